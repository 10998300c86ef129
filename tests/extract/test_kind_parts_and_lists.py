"""People killed or injured told in lists, and as parts of a figure."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

WAR = "Talks between the army and the rebels over the war in the region resume next month.\n\n"
NINE = "The strike killed nine people. "
PARTS = [
    (
        "Three volunteers were killed and seven persons, including two BSF jawans, sustained "
        "bullet injuries in a gunfight in Kangpokpi district of Manipur early on Sunday, police "
        "said.",
        "k3 i7 i2p",
    ),
    (NINE + "The dead included a couple and their four-year-old son.", "k9 k3p"),
    (NINE + "The dead include seven pupils and a local journalist.", "k9 k7p k1p"),
    (NINE + "Among the victims are five signatories and a village elder.", "k9 k5p k1p"),
    (NINE + "Among the dead was Talat Bulus, 61, a kola-nut seller.", "k9 k1p"),
    (NINE + "The dead were three Syrians, two Iraqis and four Kenyans.", "k9 k3p k2p k4p"),
    (
        NINE + "The dead include two nurses, as well as Jesus Ibarra, 63, who ran a shop.",
        "k9 k2p k1p",
    ),
    (
        NINE + "Among the dead were five guards who had been riding along, and a cook.",
        "k9 k5p k1p",
    ),
    (
        "Nine died in the shelling. A man of 71 and his granddaughter are among those killed, "
        "he said.",
        "k9 k2p",
    ),
    (NINE + "Two of the nine who died were brothers.", "k9 k9 k2p"),
    (NINE + "The oldest victim was a woman of 81.", "k9 k1p"),
    (NINE + "The youngest, Amal, was six.", "k9 k1p"),
    ("The blast killed 30 people; the youngest victim was just five.", "k30 k1p"),
    ("Shelling killed six children, the youngest of them three months old.", "k6 k1p"),
    ("The raid killed 17 people, all but one of them under 18.", "k17 k16p"),
    ("Of the 31 people killed, 12 were men, 10 women and nine minors.", "k31 k12p k10p k9p"),
    ("Eight people were killed; six died instantly and two succumbed later.", "k8 k6p k2p"),
    ("Eight people were killed, three on the spot and five in hospital.", "k8 k3p k5p"),
    ("The UN recorded 120 civilian casualties: 40 killed and 80 injured.", "c120 k40p i80p"),
    ("Women made up nine of the 14 killed in the strike.", "k14 k9p"),
    ("Shelling of Tesk: 3 killed, 9 injured, of which 4 children.", "k3 i9 i4p"),
    ("3 killed (incl. 1 child), 9 injured (incl. 4 women) in shelling.", "k3 k1p i9 i4p"),
    ("Nine people were wounded, two of them in a grave condition.", "i9 i2p"),
]
WHOLES = [
    ("The dead were named as Amina Yusuf, 32, and her son Bilal, 9, both of Tesk.", "k2"),
    ("The dead were identified as Sgt. Paul Okoro, 41, and Cpl. Daniel Musa, 29.", "k2"),
    ("The casualties include a nurse and two drivers.", "c3"),
    ("Five personnel of the Force and two passers-by were martyred.", "k7 k5p k2p"),
    ("The victims, two sisters aged six and eight, were killed by a mortar round.", "k2"),
    ("Casualties included three teachers killed and one wounded.", "k3 i1"),
    ("By Friday its count had reached 19, with 44 wounded.", "k19 i44"),
    ("A novice of eleven bled to death after the shelling.", "k1"),
    ("Dad-of-two Craig Nolan was stabbed to death outside his home.", "k1"),
    ("The committee has published a list of 39 dead.", "k39"),
]
LETTERS = {"killed": "k", "injured": "i", "killed_or_injured": "c"}


def _read(extractor: ClaimExtractor, text: str) -> list[str]:
    read = read_report(extractor, WAR + text)
    return sorted(
        f"{LETTERS.get(c.harm, c.harm)}{c.quantity.low}{'p' if c.part_of else ''}"
        for c in read.claims
        if c.harm != "object_struck"
    )


@pytest.mark.parametrize(("text", "says"), [*PARTS, *WHOLES])
def test_parts_and_lists(extractor: ClaimExtractor, text: str, says: str) -> None:
    assert _read(extractor, text) == sorted(says.split())


@pytest.mark.parametrize(
    "text",
    [
        "The youngest player was 17 and the oldest 34.",
        "She raised four girls, the youngest of them 13.",
        "The signatories include five parties and a community leader.",
        "All but two of the eleven votes were for the bill.",
    ],
)
def test_no_harm_in_a_list(extractor: ClaimExtractor, text: str) -> None:
    assert _read(extractor, text) == []


def test_the_youngest_of_others_is_no_part(extractor: ClaimExtractor) -> None:
    told = "The raid killed nine. Four girls, the youngest of them 13, had been raped."
    assert _read(extractor, told) == ["k9", "sexual_violence4"]
