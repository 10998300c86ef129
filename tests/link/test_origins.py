"""Who a claim rests on (R2, R15): one body in many spellings, nobodies, the outlet."""

from __future__ import annotations

import pytest

from count.made import GAZA_CITY, MARIUPOL, ZHYTOMYR, make_claim, make_document
from harmledger.core.claim import Claim, Voice
from harmledger.core.place import Place
from harmledger.link import find_origin, propose_origins


def key_of(claim: Claim) -> str:
    return propose_origins([claim], [], {})[claim.id].key


def told(
    organisation: str | None = None, place: Place | None = None, **voice: str
) -> tuple[Claim, str]:
    claim = make_claim(
        low=1,
        voice=(Voice(organisation=organisation, **voice),),
        place=place,  # type: ignore[arg-type]
    )
    return claim, key_of(claim)


@pytest.mark.parametrize(
    "names",
    [
        ("Médecins Sans Frontières", "MSF", "Doctors Without Borders", "Medecins Sans Frontieres"),
        ("Gaza's Health Ministry", "the health ministry in Gaza", "Hamas-run health ministry"),
        ("Mariupol city council", "Mariupol's city council", "the city council", "The Council"),
        ("World Health Organization", "the World Health Organisation"),
        ("Russia's defence ministry", "Russian Defense Ministry", "Ministry of Defence of Russia"),
    ],
)
def test_one_body_in_many_spellings_is_one_origin(names: tuple[str, ...]) -> None:
    place = GAZA_CITY if "Gaza" in names[0] else MARIUPOL
    assert len({told(name, place)[1] for name in names}) == 1


def test_bodies_of_two_towns_are_two_origins() -> None:
    assert told("the city council", MARIUPOL)[1] != told("the city council", ZHYTOMYR)[1]
    assert told("police", MARIUPOL)[1] != told("police", ZHYTOMYR)[1]


def test_a_person_speaks_for_the_body_they_speak_for() -> None:
    deputy, key = told(None, MARIUPOL, name="Sergei Orlov", role="deputy mayor")
    assert key == told("Mariupol city council", MARIUPOL)[1]
    spoke, key = told("MSF", None, name="Jane Roe", role="president")
    assert key == told("MSF")[1]
    head = told(None, MARIUPOL, name="Pavlo Kyrylenko", role="head of the Donetsk region")[1]
    assert head == told(None, MARIUPOL, role="regional head")[1]
    assert deputy.id != spoke.id


def test_a_person_named_without_the_office_elsewhere_speaks_for_the_same_body() -> None:
    voices = (
        Voice(name="Orlan Haduk", role="mayor"),
        Voice(name="Orlan Haduk"),
        Voice(organisation="Mariupol city council"),
        Voice(name="Ilma Varro", organisation="MSF"),
        Voice(name="Ilma Varro"),
        Voice(name="Ilma Haduk"),
    )
    claims = [
        make_claim(low=1, voice=(v,), place=MARIUPOL, document=make_document(f"report {n}"))
        for n, v in enumerate(voices)
    ]
    origins = propose_origins(claims, [], {})
    keys = [origins[c.id].key for c in claims]
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] == keys[4]
    assert len(set(keys)) == 3


def test_who_is_said_to_speak_for_two_bodies_speaks_elsewhere_for_neither() -> None:
    voices = (
        Voice(name="Orlan Haduk", organisation="MSF"),
        Voice(name="Orlan Haduk", organisation="UNICEF"),
        Voice(name="Orlan Haduk"),
    )
    claims = [
        make_claim(low=1, voice=(v,), document=make_document(f"report {n}"))
        for n, v in enumerate(voices)
    ]
    origins = propose_origins(claims, [], {})
    assert len({origins[c.id].key for c in claims}) == 3


def test_transliterations_of_one_name_are_united() -> None:
    names = ("Volodymyr Zelensky", "Volodymyr Zelenskiy", "Володимир Зеленський", "Vladimir Putin")
    claims = [make_claim(low=1, voice=(Voice(name=n),), document=make_document(n)) for n in names]
    origins = propose_origins(claims, [], {})
    keys = [origins[c.id].key for c in claims]
    assert keys[0] == keys[1]
    assert keys[3] not in keys[:3]


def test_a_short_name_is_read_by_the_longer_one_of_its_document() -> None:
    report = make_document("a")
    full = make_claim(low=1, voice=(Voice(name="Volodymyr Zelensky"),), document=report)
    short = make_claim(low=2, voice=(Voice(name="Mr Zelensky"),), document=report, start=300)
    ministry = make_claim(low=3, who="Gaza's health ministry", document=report, start=400)
    later = make_claim(low=4, who="the ministry", document=report, start=500)
    origins = propose_origins([full, short, ministry, later], [report], {})
    assert origins[full.id].key == origins[short.id].key
    assert origins[ministry.id].key == origins[later.id].key


def test_unnamed_officials_are_known_by_their_document_only() -> None:
    a, b, copy = make_document("a"), make_document("b"), make_document("copy")
    claims = [make_claim(low=1, who="officials", document=d) for d in (a, b, copy)]
    groups = {a.id: "grp_1", copy.id: "grp_1", b.id: "grp_2"}
    origins = propose_origins(claims, [a, b, copy], groups)
    keys = [origins[c.id].key for c in claims]
    assert keys[0] == keys[2] != keys[1]
    assert origins[claims[0].id].kind == "document_group"


def test_a_nameless_source_that_spoke_to_an_agency_is_one_voice() -> None:
    source = Voice(role="a European intelligence source")
    claims = [
        make_claim(low=10, voice=(source, Voice(organisation="AFP")), document=make_document(n))
        for n in "ab"
    ]
    origins = propose_origins(claims, [], {})
    assert len({origins[c.id].key for c in claims}) == 1


def test_the_outlets_own_voice_counts_only_from_the_scene() -> None:
    report = make_document("a", source="The Paper")
    there = find_origin(make_claim(low=1, document=report, on_scene=True), report, "grp_1")
    assert (there.kind, there.key) == ("on_scene", "group:grp_1")
    away = find_origin(make_claim(low=1, document=report), report, "grp_1")
    assert (away.kind, away.key, away.speaker) == (
        "unattributed",
        "unattributed",
        "outlet:the paper",
    )


def test_copies_speak_as_the_outlet_that_printed_first() -> None:
    first = make_document("first", "2022-03-09", source="Agency")
    copy = make_document("copy", "2022-03-10", source="Paper")
    claims = [make_claim(low=1, document=d) for d in (first, copy)]
    origins = propose_origins(claims, [first, copy], {first.id: "g", copy.id: "g"})
    assert {origins[c.id].speaker for c in claims} == {"outlet:agency"}


def test_a_country_speaks_as_a_body_and_its_officials_do_not() -> None:
    claims = [
        make_claim(low=1, who=who, document=make_document(f"{who}"))
        for who in ("Ukraine", "Ukrainian officials")
    ]
    origins = propose_origins(claims, [], {})
    assert [origins[c.id].kind for c in claims] == ["voice", "document_group"]


def test_whose_ministry_it_is_comes_from_the_places_of_the_document() -> None:
    report, other = make_document("a"), make_document("b")
    placed = make_claim(low=1, document=report, place=GAZA_CITY)
    spoke = make_claim(low=2, who="the health ministry", document=report, start=300)
    full = make_claim(low=2, who="Gaza's health ministry", document=other)
    origins = propose_origins([placed, spoke, full], [report, other], {})
    assert origins[spoke.id].key == origins[full.id].key
    assert origins[spoke.id].label == "Gaza's health ministry"


def test_the_nameless_who_are_named_in_the_same_document() -> None:
    report = make_document("a")
    full = make_claim(
        low=17,
        document=report,
        place=MARIUPOL,
        voice=(Voice(name="Pavlo Kyrylenko", role="head of Ukraine's Donetsk region"),),
    )
    short = make_claim(
        low=17, document=report, start=10, voice=(Voice(role="head", as_written="head"),)
    )
    other = make_claim(low=17, voice=(Voice(role="head of the Donetsk region"),))
    origins = propose_origins([full, short, other], [report], {})
    assert len({origins[c.id].key for c in (full, short, other)}) == 1


def test_a_source_told_an_agency_once_is_that_source_all_through() -> None:
    report = make_document("a")
    source = Voice(role="intelligence source", organisation="European intelligence")
    told_afp = make_claim(low=10, document=report, voice=(source, Voice(organisation="AFP")))
    again = make_claim(low=50, document=report, start=400, voice=(source,))
    origins = propose_origins([told_afp, again], [report], {})
    assert origins[told_afp.id].key == origins[again.id].key


def test_officials_of_two_sides_in_one_document_are_two() -> None:
    report = make_document("a")
    claims = [
        make_claim(
            low=1, document=report, start=n, voice=(Voice(role="officials", as_written=written),)
        )
        for n, written in enumerate(("Ukrainian officials", "Other Russian officials"))
    ]
    origins = propose_origins(claims, [report], {})
    assert len({o.key for o in origins.values()}) == 2
