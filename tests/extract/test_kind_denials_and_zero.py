"""Denials, disputes, doubts, figures taken back, and nobody harmed (reading rules 2 to 5, 16)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

KILLED = "Gunmen killed eleven villagers near Bankass on Friday"
STRUCK = "Shelling hit a school in Sake on Monday."
HURT = "A drone hit a bus near Goundam on Monday"

ANSWERS = [
    (f"{KILLED}. The Front disputed that.", "killed", "disputes"),
    (f'{KILLED}. The mayor contested that count: "We have six."', "killed", "disputes"),
    (f"{KILLED}. The mayor called the number exaggerated.", "killed", "disputes"),
    (f"{KILLED}. The mayor described the toll as wildly inflated.", "killed", "disputes"),
    (f"{KILLED}, which the army denies.", "killed", "denies"),
    (f"{KILLED}, elders said, a charge the Front rejects.", "killed", "denies"),
    (f"{KILLED}, elders said, a claim dismissed by the Front.", "killed", "denies"),
    (f'{KILLED}, elders said, an accusation the army called "absurd".', "killed", "denies"),
    (f'{KILLED}. "This was not us," an army spokesman said.', "killed", "denies"),
    (f'{KILLED}. "These bullets were not ours," the Front said.', "killed", "denies"),
    (f"{KILLED}. The Front said it was not responsible.", "killed", "denies"),
    (f"{KILLED}. The Front disowned the attack.", "killed", "denies"),
    (f"{KILLED}. The Front distanced itself from the attack.", "killed", "denies"),
    (
        f"{KILLED}. The commander denied that any woman had been abused.",
        "sexual_violence",
        "denies",
    ),
    (f"{KILLED}. The Front denied that its men took anybody.", "abducted", "denies"),
    (f"{STRUCK} Guards beat ten boys there; the army said that was untrue.", "injured", "denies"),
    (f'{STRUCK} "There was no strike on the school," the army said.', "object_struck", "denies"),
    (f"{STRUCK} The school was never shelled, the army says.", "object_struck", "denies"),
    (f'{STRUCK} The militia said its men "did not touch any school".', "object_struck", "denies"),
    (f'{STRUCK} "There is no siege," the army spokesman said.', "trapped", "denies"),
    (f"{KILLED}. Neither side's account could be checked.", "killed", "cannot_confirm"),
    (f"{KILLED}, an account that we were unable to verify.", "killed", "cannot_confirm"),
    (f"{KILLED}, a toll that could not be verified.", "killed", "cannot_confirm"),
    (f"{KILLED}. The mission was not in a position to confirm it.", "killed", "cannot_confirm"),
    (f"{KILLED}. The army would neither confirm nor deny it.", "killed", "cannot_confirm"),
    (f"{KILLED}. The reports remain unverified.", "killed", "cannot_confirm"),
    (f"{KILLED}. The police had no record of any rape.", "sexual_violence", "cannot_confirm"),
]


@pytest.mark.parametrize(("body", "harm", "stance"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_answer(extractor: ClaimExtractor, body: str, harm: str, stance: str) -> None:
    read = read_report(extractor, body)
    answers = [c for c in read.claims if c.stance != "asserts"]
    assert [(c.harm, c.stance) for c in answers] == [(harm, stance)], read.summary()
    figure = answers[0].quantity
    assert (figure.low, figure.high) == (None, None)


def test_what_others_assert_stays_beside_its_rejection(extractor: ClaimExtractor) -> None:
    body = (
        "The governor rejects the allegation, circulated by a local radio, that soldiers killed "
        "nine women in Sake."
    )
    read = read_report(extractor, body)
    assert read.one("killed").quantity.low == 9
    assert read.one("killed", stance="denies").about == read.one("killed").id


NOBODY = [
    (f"{HURT} without hurting anyone.", "injured"),
    (f"{HURT}, with no loss of life.", "killed"),
    (f"{HURT}. No one came to harm.", "killed_or_injured"),
    (f"{HURT}. No civilian was touched, the army said.", "killed_or_injured"),
    (f"{HURT}. No civilian was affected.", "killed_or_injured"),
]


@pytest.mark.parametrize(("body", "harm"), NOBODY, ids=[n[0] for n in NOBODY])
def test_nobody_was_harmed(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, body)
    people = [c for c in read.claims if c.harm != "object_struck"]
    assert [(c.harm, c.quantity.low, c.quantity.high) for c in people] == [(harm, 0, 0)]


TAKEN_BACK = [
    "Shelling of Sake: the paper retracted its report that 12 people had been killed by soldiers.",
    "Shelling of Sake: we withdraw our report that 12 people were killed by soldiers.",
]


@pytest.mark.parametrize("body", TAKEN_BACK)
def test_report_taken_back(extractor: ClaimExtractor, body: str) -> None:
    claims = read_report(extractor, body).claims
    assert [(c.harm, c.stance, c.quantity.low) for c in claims] == [("killed", "retracts", 12)]


def test_only_the_earlier_figure_is_taken_back(extractor: ClaimExtractor) -> None:
    body = (
        "Correction: an earlier version of this story said 12 people were killed in the shelling; "
        "the figure is 10."
    )
    read = read_report(extractor, body)
    assert read.one("killed", stance="retracts").quantity.low == 12
    assert read.one("killed").quantity.low == 10


NOT_TOLD = [
    f"{STRUCK} It was not immediately clear whether there were casualties.",
    f"{STRUCK} No one knows whether people were killed.",
    f"{STRUCK} It was not clear whether two soldiers were killed.",
    f"{STRUCK} Casualties were not immediately known.",
    f"{STRUCK} Information about casualties is being clarified.",
    f"{STRUCK} No one should be killed in a classroom.",
    f"{STRUCK} The attackers denied nothing.",
    f'{STRUCK} "They are not us," a girl said.',
    f"{STRUCK} The teachers' union is not behind the strike.",
    f"{STRUCK} The mayor did not touch on the matter.",
    f"{STRUCK} Nobody carried out repairs.",
    f"{STRUCK} The police did not carry out a search.",
    f"{STRUCK} A porter listed among the dead is alive.",
]


@pytest.mark.parametrize("body", NOT_TOLD)
def test_nothing_is_told_beside_the_school(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert [(c.harm, c.stance) for c in read.claims] == [("object_struck", "asserts")]


ASSERTED = [
    f"{STRUCK} Not only were nine people killed, three houses burned.",
    f"{STRUCK} The army has not denied that nine people died.",
    f"{STRUCK} Nobody denies that nine people died.",
    f"{STRUCK} Not all of the nine killed were pupils.",
]


@pytest.mark.parametrize("body", ASSERTED)
def test_what_only_looks_denied(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert [c.quantity.low for c in read.of("killed")] == [9], read.summary()


def test_what_is_asked_of_those_killed_leaves_them_killed(extractor: ClaimExtractor) -> None:
    body = f"{STRUCK} It is unclear whether the nine killed in the raid were fighters."
    assert read_report(extractor, body).one("killed").quantity.low == 9
