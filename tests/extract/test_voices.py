"""Who says what: the forms attribution takes in reports. All sentences are made for these tests."""

from __future__ import annotations

import pytest
from speech import parser, passages_of, said

from harmledger.extract.voices import find_chain, find_innermost
from harmledger.extract.voices.roster import fold_name, open_roster
from harmledger.lexicon.reporting import load_reporting

pytestmark = pytest.mark.skipif(bool(parser().note), reason="the learned parser is not installed")


@pytest.mark.parametrize(
    ("sentence", "name", "content"),
    [
        ("Ivan Koval said 12 people were killed.", "Ivan Koval", "12 people were killed"),
        (
            "Twelve people were killed, the mayor, Ivan Koval, said.",
            "Ivan Koval",
            "Twelve people were killed",
        ),
        (
            "Twelve people were killed, said Ivan Koval, who visited the site.",
            "Ivan Koval",
            "Twelve people were killed",
        ),
        (
            "According to Ivan Koval, twelve people were killed.",
            "Ivan Koval",
            "twelve people were killed",
        ),
        (
            "MSF has put the number of dead at 12.",
            "Médecins Sans Frontières (MSF)",
            "the number of dead at 12",
        ),
        (
            "WHO has confirmed 18 attacks on clinics.",
            "World Health Organization (WHO)",
            "18 attacks on clinics",
        ),
        (
            "Human Rights Watch documented 43 civilian deaths.",
            "Human Rights Watch",
            "43 civilian deaths",
        ),
    ],
)
def test_forms_of_attribution(sentence: str, name: str, content: str) -> None:
    (passage,) = passages_of(sentence)
    (attribution,) = passage.attributions
    assert attribution.voice[0].name == name
    assert said(passage, attribution) == content


def test_parenthetical_speaker_covers_both_sides() -> None:
    first, second = passages_of(
        "Ivan Koval said the school was hit.  The shelling, he said, went on until noon."
    )
    attribution = second.attributions[0]
    assert attribution.voice[0].name == "Ivan Koval"
    assert said(second, attribution).startswith("The shelling")
    assert said(second, attribution).endswith("until noon")
    assert first.attributions[0].voice[0].as_written == "Ivan Koval"


@pytest.mark.parametrize(
    "sentence",
    [
        "The strike said nothing to the people of the town.",
        "It was reported that twelve people were killed.",
        "A spokesman for the ministry declined to comment.",
        "The army did not say who was hit.",
        "Residents were denied access to the camp.",
        "Two people were reported dead.",
        "The council wants to report the attack.",
    ],
)
def test_what_is_no_voice(sentence: str) -> None:
    (passage,) = passages_of(sentence)
    assert passage.attributions == ()


def test_generic_speakers_have_a_role_and_no_name() -> None:
    (passage,) = passages_of("Local officials said the market was shelled.")
    voice = passage.attributions[0].voice[0]
    assert (voice.name, voice.role, voice.as_written) == (None, "officials", "Local officials")


@pytest.mark.parametrize(
    ("sentence", "manner"),
    [
        ("The army denied that it had fired on the school.", "denies"),
        ("The army rejected the accusation that it had fired on the school.", "denies"),
        ("The council disputed the figure of 12 dead.", "disputes"),
        ("The governor accused the rebels of shelling the market.", "accuses"),
        ("The governor holds the rebels responsible for the attack.", "accuses"),
        ("The army admitted that its aircraft had hit the school.", "admits"),
        ("The ministry confirmed that 12 people were killed.", "confirms"),
        ("The army did not confirm the attack.", "cannot_confirm"),
        ("The police are not aware of any deaths.", "cannot_confirm"),
        ("The rebels claimed that 12 soldiers were killed.", "claims"),
    ],
)
def test_manner(sentence: str, manner: str) -> None:
    (passage,) = passages_of(sentence)
    assert [a.manner for a in passage.attributions if a.voice] == [manner]


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither figure could be verified independently.",
        "This agency was not able to verify the number of dead.",
        "There was no independent confirmation of the deaths.",
    ],
)
def test_doubt_of_the_outlet_has_no_voice(sentence: str) -> None:
    (passage,) = passages_of(sentence)
    (attribution,) = passage.attributions
    assert (attribution.manner, attribution.voice) == ("cannot_confirm", ())


def test_doubt_inside_speech_keeps_the_speaker() -> None:
    (passage,) = passages_of("Ivan Koval said that no deaths were confirmed.")
    at = passage.start + passage.text.index("deaths")
    inner = find_innermost(passage.attributions, at, at + 6)
    assert inner is not None
    assert inner.manner == "cannot_confirm"
    assert [v.name for v in find_chain(passage.attributions, at, at + 6)] == ["Ivan Koval"]


def test_chain_puts_the_originator_first() -> None:
    (passage,) = passages_of("According to AFP, the governor said 12 people were killed.")
    at = passage.start + passage.text.index("12 people")
    chain = find_chain(passage.attributions, at, at + 9)
    assert [v.name or v.role for v in chain] == ["governor", "AFP"]


def test_told_and_citing_name_the_relayer() -> None:
    told, cited = passages_of(
        "The governor, Ivan Koval, told Reuters that 12 people were killed.",
        "State television, citing the health ministry, reported 9 dead.",
    )
    assert [v.name for v in told.attributions[0].voice] == ["Ivan Koval", "Reuters"]
    assert [v.name for v in cited.attributions[0].voice] == ["health ministry", "State television"]


def test_quotation_keeps_its_speaker_over_sentences_and_paragraphs() -> None:
    passages = passages_of(
        "Ivan Koval said: “The roof fell on us.  We carried out two people.",
        "“Then it was quiet.”",
        "The market was closed.",
    )
    voices = [[a.voice[0].name for a in p.attributions] for p in passages]
    assert voices == [["Ivan Koval"], ["Ivan Koval"], ["Ivan Koval"], []]
    assert all(a.voice[0].direct_quote for p in passages for a in p.attributions)


def test_surname_and_spelling_take_the_full_name() -> None:
    first, second = passages_of(
        "Kovalskiy said the market was hit.",
        "President Ihor Kovalsky said two bridges had been destroyed.",
    )
    assert first.attributions[0].voice[0].name == "Ihor Kovalsky"
    assert first.attributions[0].voice[0].as_written == "Kovalskiy"
    assert second.attributions[0].voice[0].role == "president"
    assert fold_name("Zelenskyy") == fold_name("Zelenskiy")


def test_pronoun_with_two_speakers_is_unsure() -> None:
    passages = passages_of(
        "Ivan Koval said the school was hit.  Petro Hnatiuk left the town."
        "  He said two people died."
    )
    voice = passages[2].attributions[0].voice[0]
    assert voice.unsure


def test_pronoun_nobody_answers_to_is_not_the_outlet() -> None:
    (passage,) = passages_of("Twelve people were killed, he said.")
    voice = passage.attributions[0].voice[0]
    assert (voice.name, voice.as_written, voice.unsure) == (None, "he", True)


def test_definite_word_takes_up_the_body() -> None:
    _, second, third = passages_of(
        "The city council of Lviv said 12 people were killed."
        "  The council added that two were hurt."
        "  It said the market had burned down."
    )
    assert second.attributions[0].voice[0].organisation == "Lviv city council"
    assert third.attributions[0].voice[0].organisation == "Lviv city council"


def test_day_of_the_statement_is_not_the_day_of_the_harm() -> None:
    stated, happened = passages_of(
        "The governor said on Tuesday that 12 people were killed.",
        "The governor said 12 people were killed on Tuesday.",
    )
    said_on = stated.attributions[0].said_on
    assert said_on is not None
    assert stated.text[said_on[0] - stated.start : said_on[1] - stated.start] == "on Tuesday"
    assert happened.attributions[0].said_on is None


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("The mayor said 12 people were killed in a Russian air strike.", "civil_authority"),
        ("The Russian army said it fired on the town.", "belligerent:Russia"),
        ("Hamas said 12 people were killed.", "belligerent:Hamas"),
        ("The health ministry said 12 people were killed.", "health"),
        ("Doctors said 12 people were killed.", "health"),
        ("The Red Cross said 12 people were killed.", "humanitarian"),
        ("Witnesses said 12 people were killed.", "resident"),
        ("The court said 12 people were killed.", "court"),
    ],
)
def test_side(sentence: str, side: str) -> None:
    (passage,) = passages_of(sentence)
    assert passage.attributions[0].voice[0].side == side


def test_another_speaker_ends_what_the_first_says() -> None:
    (passage,) = passages_of(
        "The army said rebels fired the rocket, while the rebels said it came from the army."
    )
    first, second = passage.attributions
    assert said(passage, first) == "rebels fired the rocket"
    assert second.voice[0].role == "rebels" or second.voice[0].organisation == "rebels"


def test_channel_is_kept() -> None:
    (passage,) = passages_of("In a message on Telegram the council said 12 people were killed.")
    assert passage.attributions[0].voice[0].channel == "Telegram"


def test_lexicon_loads_every_manner() -> None:
    verbs = load_reporting().verbs
    hit = verbs.match(["denied"], ["deny"], 0)
    assert hit is not None
    assert {v.manner for v in hit[1]} == {"denies"}


@pytest.mark.parametrize("line", ["Petrenko", "Smith", "Ivan Koval", "Ihor Bondar\n\nSmith"])
def test_a_line_that_is_a_name_alone_is_read(line: str) -> None:
    assert passages_of(line)
    assert open_roster(passages_of(line)) is not None
