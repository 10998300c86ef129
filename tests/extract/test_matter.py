"""Which sentences the network reads: all that can hold a claim, few of a text without violence."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.test_spans import item_of
from harmledger.core.claim import Claim
from harmledger.evals.claims import match_claims
from harmledger.evals.gold import load_gold
from harmledger.evals.gold_texts import make_finder
from harmledger.extract import ClaimExtractor
from harmledger.extract.matter import Plan, plan_beside, plan_reading
from harmledger.extract.triggers import find_hits
from harmledger.lexicon.wordings import load_wordings
from harmledger.read import read_item

CALM = (
    "The council opened a new library on Monday.",
    "Visitors can see the old maps and take them home for a week.",
    "The mayor, Ana Reis, said the city had found money for two more.",
    "Trains will return to the valley in May, the company said.",
    "A nurse from the hills has won the marathon.",
    "Nine people died when a ferry sank in a storm last year.",
    "Prices of bread and milk rose by four percent.",
    "The festival will be held in the open air.",
)
HARM = "Gunmen shot dead three farmers near the bridge."


def plan(*sentences: str, telling: set[int] | None = None) -> Plan:
    """The whole plan; ``telling``: the first sentences that tell a harm, by default all."""
    text = read_item(item_of(" ".join(sentences)))[1]
    assert len(text.sentences) == len(sentences)
    first = plan_reading(text.text, text.sentences)
    told = first.network if telling is None else telling
    return plan_beside(text.text, text.sentences, first, told)


def test_the_network_is_not_asked_about_a_calm_text() -> None:
    calm = plan(*CALM)
    assert calm.network == frozenset()
    assert calm.wanted == (5,)  # nine died: the number is listed, and read by rules


def test_a_harm_that_stands_alone_is_for_the_network_and_its_neighbours_are_read() -> None:
    told = plan(*CALM, HARM, *CALM)
    assert len(CALM) in told.network
    assert {len(CALM) - 1, len(CALM) + 1} <= set(told.wanted)
    assert len(told.network) <= 4


@pytest.mark.parametrize(
    "weak",
    [
        "Two of them perished on the way.",
        "Officials denied this.",
        "The town has been without water since then.",
        "Forty families fled.",
    ],
)
def test_weak_words_answers_and_cut_services_matter_beside_violence(weak: str) -> None:
    assert len(CALM) + 1 in plan(*CALM, HARM, weak, *CALM).network
    assert plan(*CALM, weak).network == frozenset()


def test_one_word_said_of_much_else_is_no_violence_near() -> None:
    """ "Police" or "a battle" alone is near anything; two of them, or one said of nothing else,
    are not."""
    weak, last = "Forty families fled.", len(CALM) + 1
    for lone in ("Police gave the figure.", "The battle for the library goes on."):
        assert plan(*CALM, lone, weak, *CALM).network == frozenset()
        assert 4 in plan(*CALM[:3], lone, weak).network  # in a short text all is near
    assert last in plan(*CALM, CALM[0], "Police beat two of them.", *CALM).network
    for told in ("Police spoke of a raid.", "Gunmen had come.", "Shelling had begun."):
        assert last in plan(*CALM, told, weak, *CALM).network


def test_whatever_words_of_a_wording_stand_in_a_sentence_it_is_for_the_network() -> None:
    """The first and the last word of every list, beside a number and those who live there."""
    slots = {"service", "mover", "route", "truce"}  # these ask for more words beside them
    for wording in load_wordings():
        if wording.harm == "answers" or wording.slots() & slots:
            continue
        for at in (0, -1):
            said = " ".join(sorted(listed)[at] for listed in wording.literals)
            told = f"{HARM} Nine people {said.replace(':', '')} there. {CALM[0]}"
            text = read_item(item_of(told))[1]
            assert 1 in plan_reading(text.text, text.sentences).network, (wording.written, said)


def test_answers_and_figures_matter_only_beside_a_sentence_that_tells_a_harm() -> None:
    sentences = (*CALM, HARM, "One was a farmer, 71.", "Officials denied this.", *CALM)
    first = len(CALM)
    assert {first, first + 1, first + 2} <= plan(*sentences).network
    nothing = plan(*sentences, telling=set())
    assert first + 1 not in nothing.network
    assert not nothing.tells
    assert first + 1 not in nothing.wanted  # no speaker or place is looked for


def test_a_metaphor_takes_no_neighbours_to_the_network(extractor: ClaimExtractor) -> None:
    """ "killing time" is no harm: its neighbours are not read, and no place is looked up."""
    told = " ".join((*CALM[:3], "They were killing time in Osaka.", "Three agreed.", *CALM[3:]))
    document, text = read_item(item_of(told))
    assert extractor.extract(document, text).claims == ()
    assert extractor.extract(document, text, layers=True).claims == ()


def test_a_phrase_matters_as_a_whole_and_a_word_by_its_forms() -> None:
    beside = plan(*CALM, HARM, "They found two seats and took them.", "He has found his place.")
    assert len(CALM) + 1 in beside.network  # "took" alone may be an abduction
    alone = plan("The children were slain at dawn.", *CALM)
    assert 0 in alone.network


def test_everything_that_may_matter_is_for_the_network_in_a_report_of_violence() -> None:
    sentences = (HARM, "Shelling hit the town.", "Rebels attacked the army.", *CALM[:4])
    text = read_item(item_of(" ".join(sentences)))[1]
    told = plan_reading(text.text, text.sentences)
    assert told.network >= set(find_hits(text.text, text.sentences))


def test_skipping_loses_no_claim_of_the_development_gold(extractor: ClaimExtractor) -> None:
    """Gold claims found with every sentence parsed are found when the network skips."""
    gold = Path(__file__).parents[1] / "gold"
    finder = make_finder("written", gold, None)
    for marked in load_gold(gold, "written", "development"):
        document, text = read_item(finder(marked))
        if len(plan_reading(text.text, text.sentences).network) == len(text.sentences):
            continue  # nothing is skipped: both readings are the same

        def found(claims: tuple[Claim, ...]) -> set[int]:
            matched = match_claims(marked, claims, text.sentences)  # noqa: B023 - used at once
            return {pair.gold.n for pair in matched.pairs}

        every = found(extractor.extract(document, text, layers=True).claims)
        assert every <= found(extractor.extract(document, text).claims), marked.doc
