"""The file of wordings: what it may say, and that every wording asks for a word to look for."""

from __future__ import annotations

import pytest

from harmledger.core.errors import LexiconError
from harmledger.lexicon.wordings import load_wordings, parse_element


def test_every_wording_has_words_of_its_own() -> None:
    """A wording of slots and gaps alone would fit any sentence."""
    wordings = load_wordings()
    assert len(wordings) > 100
    assert not [w.written for w in wordings if not w.literals]


def test_a_named_service_has_a_slot_that_names_it() -> None:
    services = [w for w in load_wordings() if w.harm == "service_denied" and not w.denied]
    assert not [w.written for w in services if not w.service and "service" not in w.slots()]


def test_every_wording_gives_words_to_look_for() -> None:
    """Words that stand in the way are none to look for, and marks are no words."""
    for wording in load_wordings():
        assert wording.entry(), wording.written
        barred = {word for e in wording.elements if e.barred for word in e.words}
        asked = {word for listed in wording.entry() for word in listed.split("|")}
        assert not (barred - {word for words in wording.literals for word in words}) & asked
        assert ":" not in asked


def test_no_choice_of_words_is_overlooked() -> None:
    """Whichever words of its elements a sentence has, the entry is content with them."""
    for wording in load_wordings():
        offered = {frozenset(listed.split("|")) for listed in wording.entry()}
        assert offered <= set(wording.literals), wording.written


@pytest.mark.parametrize("written", ["<watter>", "<people", "lorry|<mover>"])
def test_an_unknown_slot_is_refused(written: str) -> None:
    with pytest.raises(LexiconError, match="unknown slot"):
        parse_element(written, f"{written} stops")
