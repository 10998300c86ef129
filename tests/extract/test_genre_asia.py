"""Reports in the manner of the South and Southeast Asian press: datelines, words, set phrases."""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.extract import ClaimExtractor

Told = list[tuple[str, int | None, int | None]]

READ: list[tuple[str, Told]] = [
    # a dateline with a colon is no part of the sentence
    (
        "QUETTA: Three personnel of the Frontier Corps and two passers-by were martyred and 14 "
        "others sustained injuries when a bomber rammed an explosives-laden car into a checkpost "
        "here on Friday.",
        [("injured", 14, 14), ("killed", 2, 2), ("killed", 3, 3), ("killed", 5, 5),
         ("object_struck", 1, 1)],
    ),
    (
        "Jammu, May 13 (PTI) Two jawans were killed when ultras attacked a patrol in Poonch.",
        [("killed", 2, 2)],
    ),
    # words a parser hardly knows
    ("Nine men were killed and six sustained injuries in a raid.",
     [("injured", 6, 6), ("killed", 9, 9)]),
    (
        "Two policemen were martyred while five others, including a woman, sustained injuries "
        "when a bomb went off.",
        [("injured", 1, 1), ("injured", 5, 5), ("killed", 2, 2)],
    ),
    ("The three other passers-by sustained burn injuries in the blast.", [("injured", 3, 3)]),
    ("Troops sent nine khwarij to hell in a raid and two soldiers embraced shahadat.",
     [("killed", 2, 2), ("killed", 9, 9)]),
    ("Unidentified gunmen martyred a tribal elder and his son last night.", [("killed", 2, 2)]),
    # commas that set off some of the hurt
    (
        "A ranger was killed and seven people, including two policemen, injured when a bomb "
        "went off on Tuesday.",
        [("injured", 2, 2), ("injured", 7, 7), ("killed", 1, 1)],
    ),
    # the number told last, of others
    ("Four soldiers were killed and as many injured in a rebel attack on Monday.",
     [("injured", 4, 4), ("killed", 4, 4)]),
    ("Six people died in the blast and as many others were wounded.",
     [("injured", 6, 6), ("killed", 6, 6)]),
    # who did it, and who gave up, are not the dead
    ("At least 12 people were killed in a village by a gang of 20 young men, police said.",
     [("killed", 12, None)]),
    ("Rebel fighters seized the town after the surrender of 40 regime soldiers.", []),
    ("Rebels shot 11 hostages dead before the army came.", [("killed", 11, 11)]),
    # names behind the word for several; others hurt are none of the dead
    (
        "Two policemen were shot dead by gunmen. The slain men were identified as constables "
        "Rehmat Khan and Sana Gul.",
        [("killed", 2, 2), ("killed", 2, 2)],
    ),
    (
        "Three men were shot dead by gunmen. Four others were admitted to RIMS with bullet "
        "injuries.",
        [("injured", 4, 4), ("killed", 3, 3)],
    ),
    # of the dead, their wounds
    ("Gunmen attacked the camp. Four of the deceased had bullet wounds.", [("killed", 4, 4)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), READ, ids=[r[0] for r in READ])
def test_read(extractor: ClaimExtractor, body: str, told: Told) -> None:
    claims = read_report(extractor, body).claims
    found = [(c.harm, *figure(c)) for c in claims]
    assert sorted(found, key=str) == sorted(told, key=str)


PLACED = [
    (
        "RAWALPINDI: Four soldiers were martyred in two operations in Panjgur, the army said.",
        "Panjgur",
    ),
    ("PESHAWAR: Nine people were killed when a bomb went off in a mosque here on Friday.",
     "Peshawar"),
    (
        "Members of the Kuki-Chin National Front abducted a bank manager in Imphal on Tuesday.",
        "Imphal",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "place"), PLACED, ids=[p[0] for p in PLACED])
def test_placed(extractor: ClaimExtractor, body: str, place: str) -> None:
    claims = read_report(extractor, body).claims
    assert {c.place.as_written.casefold() for c in claims if c.place} == {place.casefold()}


def test_labels_in_capitals_are_no_datelines(extractor: ClaimExtractor) -> None:
    body = "KILLED: Two men of the village and a boy of nine, by a shell fired on Monday morning."
    assert {c.harm for c in read_report(extractor, body).claims} == {"killed"}


VOICES = [
    ("Two men were shot dead by gunmen, SHO Mohsin Ali said.", "Mohsin Ali"),
    ("Assistant Commissioner Samson Kua said 16 men were killed in the clash.", "Samson Kua"),
    ("Nine men were killed in a raid at Tari, Prime Minister James Marape said.", "James Marape"),
]


@pytest.mark.parametrize(("body", "name"), VOICES, ids=[v[0] for v in VOICES])
def test_voices(extractor: ClaimExtractor, body: str, name: str) -> None:
    assert read_report(extractor, body).one("killed").voice[0].name == name


def test_the_age_of_one_is_not_of_all(extractor: ClaimExtractor) -> None:
    body = "Eight men, including a 16-year-old student, were beaten to death by soldiers."
    whole = next(c for c in read_report(extractor, body).claims if c.part_of is None)
    assert (whole.victims.age, whole.victims.status) == ("adult", "undetermined")


def test_where_the_accused_were_is_no_name_of_theirs(extractor: ClaimExtractor) -> None:
    body = "A couple was shot dead by suspected insurgents in Bannang Sata district on Tuesday."
    accused = read_report(extractor, body).one("killed").alleged_perpetrator
    assert accused is not None
    assert accused.name == "suspected insurgents"


def test_soldiers_convoy_carries_no_aid(extractor: ClaimExtractor) -> None:
    body = "Five soldiers were killed when militants ambushed their convoy on Monday."
    assert {c.harm for c in read_report(extractor, body).claims} == {"killed"}
