"""The gazetteer: what a name is, where it lies, and when nothing may be said.

Most tests ask the file set-up builds (`harmledger gazetteer`); those of the build itself use a
handful of places written out here.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path

import pytest

from harmledger.core.errors import MissingResource
from harmledger.lexicon.gazetteer import (
    ATTRIBUTION,
    Gazetteer,
    ResolvedPlace,
    distance_km,
    find_gazetteer,
)
from harmledger.lexicon.gazetteer.build import build_gazetteer
from harmledger.lexicon.gazetteer.clean import NameCleaner, printed_region_name
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.gazetteer.paths import require_gazetteer
from harmledger.lexicon.gazetteer.sources import Sources
from harmledger.lexicon.gazetteer.tables import load_demonyms, load_table, load_word_lists

LOCAL = Path(__file__).parents[2] / ".local" / "gazetteer.sqlite"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    path = find_gazetteer() or (LOCAL if LOCAL.is_file() else None)
    if path is None:
        pytest.skip("no gazetteer file: run `harmledger gazetteer` once")
    return Gazetteer(path)


def found(gazetteer: Gazetteer, text: str, **known: object) -> dict[str, str]:
    """What each name in the text was resolved to; unresolved names are left out."""
    answers = gazetteer.resolve(gazetteer.scan(text), **known)  # type: ignore[arg-type]
    return {a.hit.as_written: a.place.id for a in answers if a.place is not None}


def answer_for(gazetteer: Gazetteer, text: str, name: str) -> ResolvedPlace:
    answers = gazetteer.resolve(gazetteer.scan(text))
    return next(answer for answer in answers if answer.hit.as_written == name)


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khān Yūnis", "khan yunis"),
        ("Donets'k", "Donetsk"),
        ("Ivano-Frankivsk", "ivano frankivsk"),
        ("Sana'a", "Sana’a"),
        ("KYIV", "Kyiv"),
        ("Харків", "ХАРКІВ"),
        ("أوكرانيا", "اوكرانيا"),
        ("U.S.", "u s"),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_keeps_its_own_script() -> None:
    assert name_key("Маріуполь") == "маріуполь"
    assert name_key("马里乌波尔") == "马里乌波尔"


@pytest.mark.parametrize(
    "dirt", ["hindi", "kartuli", "ri ben yu", "MPW", "Of", "日本語", "Rayon 5", "", "a, b", "UA"]
)
def test_dirty_aliases_are_dropped(dirt: str) -> None:
    assert NameCleaner(load_word_lists().articles).find_key(dirt) is None


@pytest.mark.parametrize("name", ["al-Bab", "Zhdanov", "Жданов", "Ib‘n Sina", "東京", "قم"])
def test_usable_aliases_are_kept(name: str) -> None:
    assert NameCleaner(load_word_lists().articles).find_key(name) == name_key(name)


def test_regions_print_the_form_reports_use() -> None:
    assert printed_region_name("Donetska oblast", ["Donetsk", "Donetsk Oblast"]) == "Donetsk Oblast"
    assert printed_region_name("Ḩimş", ["Homs", "Homs Governorate"]) == "Homs"
    assert printed_region_name("Sagaing", ["Sagaing Region"]) == "Sagaing"


# --- our own tables ---------------------------------------------------------------------------


def test_every_united_nations_member_has_a_demonym() -> None:
    assert len(load_table("demonyms")) >= 195
    assert {"UKR", "PSE", "XKX", "TWN", "ESH"} <= set(load_table("demonyms"))


def test_a_demonym_of_two_countries_names_neither() -> None:
    demonyms = load_demonyms()
    assert "dominican" not in demonyms
    assert demonyms["ukrainians"] == "UKR"
    assert demonyms["israeli"] == "ISR"


def test_waters_have_points_and_macro_regions_none() -> None:
    assert all(len(row["point"]) == 2 for row in load_table("waters").values())
    assert all("point" not in row for row in load_table("areas")["macro_regions"].values())


# --- one name at a time -----------------------------------------------------------------------

UKR, SYR, SDN, PSE = {"UKR": 1.0}, {"SYR": 1.0}, {"SDN": 1.0}, {"PSE": 1.0}


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("Kyiv region", UKR, "admin1:UA.13"),
        ("Kyiv", UKR, "geonames:703448"),
        ("Kiev", {}, "geonames:703448"),
        ("Donetsk Oblast", UKR, "admin1:UA.05"),
        ("Luhansk", UKR, "geonames:702658"),
        ("Sumy region", UKR, "admin1:UA.21"),
        ("Kharkiv", {}, "geonames:706483"),
        ("Kharkov", {}, "geonames:706483"),
        ("Харків", {}, "geonames:706483"),
        ("Odesa", {}, "geonames:698740"),
        ("Odessa", {}, "geonames:698740"),
        ("Odessa", {"USA": 1.0}, "geonames:5527554"),
        ("Bakhmut", UKR, "geonames:713174"),
        ("Artemivsk", UKR, "geonames:713174"),
        ("Kherson", UKR, "geonames:706448"),
        ("Bucha", UKR, "geonames:711350"),
        ("northern Gaza Strip", PSE, "admin1:PS.GZ"),
        ("the Gaza Strip", {}, "admin1:PS.GZ"),
        ("Gaza", {}, "admin1:PS.GZ"),
        ("Gaza City", {}, "geonames:281133"),
        ("North Gaza", PSE, "admin2:PS.GZ.7870263"),
        ("Khan Younis", {}, "geonames:281124"),
        ("Khan Yunis", {}, "geonames:281124"),
        ("Deir al-Balah", PSE, "geonames:281141"),
        ("Northern Darfur", SDN, "admin1:SD.55"),
        ("Darfur", SDN, "area:darfur"),
        ("El Fasher", SDN, "geonames:379555"),
        ("Al-Fashir", SDN, "geonames:379555"),
        ("Sagaing", {"MMR": 1.0}, "admin1:MM.10"),
        ("Idlib province", SYR, "admin1:SY.12"),
        ("Idlib governorate", SYR, "admin1:SY.12"),
        ("province of Idlib", SYR, "admin1:SY.12"),
        ("Aleppo", SYR, "geonames:170063"),
        ("Halab", SYR, "geonames:170063"),
        ("Qamishli", SYR, "geonames:173377"),
        ("Kunduz", {"AFG": 1.0}, "geonames:1135689"),
        ("Kunduz province", {"AFG": 1.0}, "admin1:AF.24"),
        ("Mosul", {}, "geonames:99072"),
        ("Mekelle", {}, "geonames:331180"),
        ("Goma", {}, "geonames:216281"),
        ("San Salvador", {}, "geonames:3583361"),
        ("Paris", {}, "geonames:2988507"),
        ("Georgia", {"GEO": 1.0}, "country:GEO"),
        ("Georgia", {"USA": 1.0}, "admin1:US.GA"),
        ("Black Sea", {}, "water:black-sea"),
        ("Middle East", {}, "macro-region:middle-east"),
        ("Africa", {}, "continent:AF"),
    ],
)
def test_a_name_with_a_sensible_prior(
    gazetteer: Gazetteer, name: str, countries: dict[str, float], expected: str
) -> None:
    best = gazetteer.find_places(name, countries=countries)[0]
    assert best.id == expected
    assert best.reason
    assert 0 < best.score <= 1


@pytest.mark.parametrize("name", ["Manhush", "Of", "hindi", "Nowhereville", ""])
def test_a_village_without_support_is_not_offered(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find_places(name) == ()


def test_country_or_nearness_support_a_village(gazetteer: Gazetteer) -> None:
    by_country = gazetteer.find_places("Manhush", countries=UKR)[0]
    by_point = gazetteer.find_places("Manhush", near=(47.1, 37.5))[0]
    assert by_country.id == by_point.id == "geonames:697613"
    assert "UKR" in by_country.reason
    assert "km" in by_point.reason


def test_kinds_narrow_the_choice(gazetteer: Gazetteer) -> None:
    best = gazetteer.find_places("Kunduz", countries={"AFG": 1.0}, kinds={"admin1"})[0]
    assert best.id == "admin1:AF.24"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DR Congo", "COD"),
        ("Democratic Republic of Congo", "COD"),
        ("Congo", "COD"),
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("Україна", "UKR"),
        ("Сирия", "SYR"),
        ("فلسطين", None),
        ("سوريا", "SYR"),
        ("Kosovo", "XKX"),
        ("UKR", "UKR"),
        ("Indonesia", "IDN"),
        ("Philippines", "PHL"),
        ("us", None),
        ("Island", None),
        ("Ukrainian", None),
    ],
)
def test_countries(gazetteer: Gazetteer, name: str, code: str | None) -> None:
    country = gazetteer.find_country(name)
    assert (country.country if country else None) == code


def test_countries_continents_and_macro_regions_carry_no_point(gazetteer: Gazetteer) -> None:
    for id_ in ("country:UKR", "continent:AF", "macro-region:middle-east"):
        place = gazetteer.place(id_)
        assert place is not None
        assert (place.lat, place.lon, place.box) == (None, None, None)


def test_a_region_has_a_derived_point_inside_its_box(gazetteer: Gazetteer) -> None:
    region = gazetteer.place("admin1:UA.05")
    assert region is not None
    assert region.box is not None
    assert region.derived
    assert region.country == "UKR"
    south, west, north, east = region.box
    assert region.lat is not None
    assert region.lon is not None
    assert south <= region.lat <= north
    assert west <= region.lon <= east


def test_a_town_has_its_own_point_and_province(gazetteer: Gazetteer) -> None:
    town = gazetteer.place("geonames:701822")
    assert town is not None
    assert (town.name, town.country, town.admin1_id) == ("Mariupol", "UKR", "admin1:UA.05")
    assert town.lat == pytest.approx(47.095, abs=0.01)
    assert not town.derived
    assert town.where_prec == 2


@pytest.mark.parametrize(
    ("id_", "country"),
    [
        ("admin1:UA.11", "UKR"),
        ("geonames:693805", "UKR"),
        ("country:ESH", "ESH"),
        ("country:XKX", "XKX"),
        ("country:TWN", "TWN"),
        ("admin1:PS.GZ", "PSE"),
        ("admin1:PS.WE", "PSE"),
        ("area:golan-heights", "SYR"),
        ("geonames:167444", "SYR"),
        ("area:nagorno-karabakh", "AZE"),
        ("area:transnistria", "MDA"),
        ("admin1:GE.02", "GEO"),
        ("area:south-ossetia", "GEO"),
        ("area:northern-cyprus", "CYP"),
    ],
)
def test_disputed_land_is_flagged(gazetteer: Gazetteer, id_: str, country: str) -> None:
    place = gazetteer.place(id_)
    assert place is not None
    assert place.disputed
    assert place.country == country


def test_settled_land_is_not_flagged(gazetteer: Gazetteer) -> None:
    for id_ in ("geonames:703448", "country:UKR", "geonames:170063", "country:ISR"):
        place = gazetteer.place(id_)
        assert place is not None
        assert not place.disputed


# --- running text -----------------------------------------------------------------------------


def test_hits_are_spans_of_the_text(gazetteer: Gazetteer) -> None:
    text = "😀 Shells fell on Khan Younis and the Kyiv region; Харків, too. Ukraine's Zhytomyr."
    for hit in gazetteer.scan(text):
        assert text[hit.start : hit.end] == hit.as_written


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    text = (
        "Aid reached Khan Younis, Gaza City, South Kordofan, the Gaza Strip and the Democratic "
        "Republic of Congo."
    )
    assert [hit.as_written for hit in gazetteer.scan(text)] == [
        "Khan Younis",
        "Gaza City",
        "South Kordofan",
        "Gaza Strip",
        "Democratic Republic of Congo",
    ]


def test_a_kind_word_belongs_to_the_hit(gazetteer: Gazetteer) -> None:
    region, town = gazetteer.scan("They left the Kyiv region for the city of Kyiv.")
    assert (region.as_written, region.level) == ("Kyiv region", "region")
    assert (town.as_written, town.level) == ("Kyiv", "town")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two died in the Kharkiv region.", "Kharkiv Oblast"),
        ("Two died in Donetsk region on Monday.", "Donetsk Oblast"),
        ("Two died in Kharkiv.", "Kharkiv"),
    ],
)
def test_a_kind_word_means_the_region_and_not_its_town(
    gazetteer: Gazetteer, text: str, name: str
) -> None:
    """The oblast bears the town's name only without its own kind word."""
    assert [found.place.name for found in gazetteer.find_in_text(text) if found.place] == [name]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("A shell fell on Sloviansk.", "Sloviansk", "Slovyansk, UKR"),  # Nikopol was called so
        ("Raids in Ye-U Township, Sagaing Region.", "Ye-U Township", "Ye-u, MMR"),
        ("Fighting in Ituri, Congo, reached Mambasa.", "Mambasa", "Mambasa, COD"),
        ("Shops in Lagos, Guinea and Liberia shut.", "Lagos", "Lagos, NGA"),
        ("Shells fell on Hebron, Israel.", "Hebron", "Hebron, PSE"),
        ("A school in Kani township, Sagaing Region, was bombed.", "Kani township", None),
    ],
)
def test_spelling_and_the_place_around_it_say_which_is_meant(
    gazetteer: Gazetteer, text: str, written: str, meant: str | None
) -> None:
    """Kani in Sagaing is no Kani in Japan, and no other is known."""
    answers = gazetteer.resolve(gazetteer.scan(text))
    found = next(answer.place for answer in answers if answer.hit.as_written == written)
    assert (f"{found.name}, {found.country}" if found is not None else None) == meant


def test_places_named_together_settle_each_other(gazetteer: Gazetteer) -> None:
    text = "Fighters entered Manhush and Nikolske, two villages west of Mariupol."
    assert found(gazetteer, text) == {
        "Manhush": "geonames:697613",
        "Nikolske": "geonames:689151",
        "Mariupol": "geonames:701822",
    }


def test_a_region_beside_a_town_settles_it(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "He was born in Odessa, Texas.")["Odessa"] == "geonames:5527554"
    assert found(gazetteer, "He was born in Odessa, Ukraine.")["Odessa"] == "geonames:698740"
    mobile = found(gazetteer, "A shooting in Mobile, Alabama, killed two.")
    assert mobile["Mobile"] == "geonames:4076598"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paris Hilton was seen at the clinic.", "Paris"),
        ("The strike was denied, Jackson said.", "Jackson"),
        ("Deputy mayor Sergei Orlov spoke in Mariupol.", "Orlov"),
        ("The player Michael Jordan flew home.", "Jordan"),
        ("They were treated after a Police patrol found them.", "Police"),
        ("The men came from Manhush.", "Manhush"),
    ],
)
def test_no_pin_where_none_is_meant(gazetteer: Gazetteer, text: str, name: str) -> None:
    answers = gazetteer.resolve(gazetteer.scan(text))
    assert all(a.place is None for a in answers if a.hit.as_written == name)


def test_an_unsupported_village_says_why(gazetteer: Gazetteer) -> None:
    answer = answer_for(gazetteer, "The men came from Manhush.", "Manhush")
    assert answer.place is None
    assert answer.reason == "place_unknown"


def test_a_surname_stays_a_surname(gazetteer: Gazetteer) -> None:
    text = "Dr. Anna Buffington treated six people in Chicago. Later Buffington left the USA."
    assert "Buffington" not in found(gazetteer, text)


def test_excluded_spans_are_no_hits(gazetteer: Gazetteer) -> None:
    text = "Kharkiv Media reported from Lviv."
    assert [hit.as_written for hit in gazetteer.scan(text, exclude=[(0, 13)])] == ["Lviv"]


def test_the_callers_tokens_are_used(gazetteer: Gazetteer) -> None:
    text = "Shelling hit Ukraine's Zhytomyr."
    tokens = [(0, 8), (9, 12), (13, 20), (20, 22), (23, 31), (31, 32)]
    hits = gazetteer.scan(text, tokens=tokens)
    assert [hit.as_written for hit in hits] == ["Ukraine", "Zhytomyr"]


def test_small_words_are_no_abbreviations(gazetteer: Gazetteer) -> None:
    names = [hit.as_written for hit in gazetteer.scan("They told us that US and UK aid came.")]
    assert names == ["US", "UK"]


def test_organisations_in_capitals_are_no_places(gazetteer: Gazetteer) -> None:
    text = "KHARKIV, Ukraine (AP) - The WHO, OCHA, MSF and UNICEF spoke."
    assert [hit.as_written for hit in gazetteer.scan(text)] == ["KHARKIV", "Ukraine"]


def test_demonyms_are_evidence_and_no_pins(gazetteer: Gazetteer) -> None:
    text = "Ukrainian officials said shells hit Bucha."
    hits = gazetteer.scan(text)
    assert hits[0].demonym == "UKR"
    assert found(gazetteer, text) == {"Bucha": "geonames:711350"}


def test_other_scripts(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "غارة على خان يونس في قطاع غزة") == {
        "خان يونس": "geonames:281124",
        "قطاع غزة": "admin1:PS.GZ",
    }
    assert found(gazetteer, "乌克兰马里乌波尔遭到袭击")["马里乌波尔"] == "geonames:701822"


def test_one_name_one_place_in_a_document(gazetteer: Gazetteer) -> None:
    text = "In Lincoln, Nebraska, shots were fired. Lincoln police closed the road to Lincoln."
    answers = gazetteer.resolve(gazetteer.scan(text))
    assert len({a.place.id for a in answers if a.place and a.hit.key == "lincoln"}) == 1


# --- geometry and containment -----------------------------------------------------------------


def test_distance() -> None:
    assert distance_km((50.45, 30.52), (49.99, 36.23)) == pytest.approx(409, abs=5)
    assert distance_km((10.0, 20.0), (10.0, 20.0)) == 0


def test_containment_by_codes(gazetteer: Gazetteer) -> None:
    ids = ("country:UKR", "admin1:UA.05", "geonames:701822", "area:donbas", "geonames:703448")
    ukraine, donetsk, mariupol, donbas, kyiv = (gazetteer.place(id_) for id_ in ids)
    assert ukraine
    assert donetsk
    assert mariupol
    assert donbas
    assert kyiv
    assert gazetteer.contains(ukraine, mariupol)
    assert gazetteer.contains(donetsk, mariupol)
    assert gazetteer.contains(donbas, mariupol)
    assert not gazetteer.contains(donetsk, kyiv)
    assert not gazetteer.contains(mariupol, mariupol)
    assert gazetteer.same_or_inside(mariupol, mariupol)


# --- the file ---------------------------------------------------------------------------------


def test_the_file_says_where_it_comes_from(gazetteer: Gazetteer) -> None:
    assert gazetteer.meta["attribution"] == ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION
    assert any(key.startswith("sha256:") for key in gazetteer.meta)


def test_threads_may_share_one(gazetteer: Gazetteer) -> None:
    answers: list[str] = []

    def ask() -> None:
        answers.append(gazetteer.find_places("Mosul")[0].id)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["geonames:99072"] * 8


def test_a_missing_file_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMLEDGER_GAZETTEER", str(tmp_path / "none.sqlite"))
    assert find_gazetteer() is None
    with pytest.raises(MissingResource, match="harmledger gazetteer"):
        require_gazetteer()


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(b"not a database, long enough to be read as one")
    with pytest.raises(MissingResource, match="no gazetteer"):
        Gazetteer(path)
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        database.execute("INSERT INTO meta VALUES ('schema', '0')")
    with pytest.raises(MissingResource, match="schema 0"):
        Gazetteer(old)


# --- the build, from a handful of places ------------------------------------------------------


@pytest.fixture
def tiny_sources(tmp_path: Path) -> Sources:
    """Three towns of two countries, one region, in the sources' own formats."""

    def town(
        id_: int, name: str, cc: str, lat: float, lon: float, people: int
    ) -> dict[str, object]:
        return {
            "geonameid": id_,
            "name": name,
            "latitude": lat,
            "longitude": lon,
            "countrycode": cc,
            "population": people,
            "admin1code": "05",
            "alternatenames": ["hindi", "MPW", f"{name} City", "Маріуполь"],
        }

    def country(iso: str, iso3: str, name: str, capital: str) -> dict[str, object]:
        return {
            "iso": iso,
            "iso3": iso3,
            "name": name,
            "capital": capital,
            "population": 1000,
            "neighbours": "RU" if iso == "UA" else "UA",
        }

    towns = [
        town(1, "Mariupol", "UA", 47.0, 37.0, 300),
        town(2, "Donetsk", "UA", 48.0, 38.0, 100),
        town(3, "Rostov", "RU", 47.2, 39.7, 50),
    ]
    countries = [country("UA", "UKR", "Ukraine", "Kyiv"), country("RU", "RUS", "Russia", "Moscow")]
    region = "Donetska oblast\tUA-14\tUA.05\t709716\tRegion\tDonetsk Oblast\t1\t\t1"
    links = "Mariupol\t1\t1\t1\t300\t47\t37\nDonetsk\t2\t1\t1\t100\t48\t38\n"
    files = {
        "towns.json": json.dumps({str(row["geonameid"]): row for row in towns}),
        "countries.json": json.dumps({str(row["iso"]): row for row in countries}),
        "regions.tsv": region + "\n",
        "links.tsv": links,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return Sources(
        towns=tmp_path / "towns.json",
        countries=tmp_path / "countries.json",
        regions=tmp_path / "regions.tsv",
        links=tmp_path / "links.tsv",
        versions={"tiny": "1"},
    )


def test_build_from_sources(tmp_path: Path, tiny_sources: Sources) -> None:
    lines: list[str] = []
    path = build_gazetteer(
        tmp_path / "new" / "g.sqlite", progress=lines.append, sources=tiny_sources
    )
    tiny = Gazetteer(path)
    region = tiny.place("admin1:UA.05")
    assert region is not None
    assert region.name == "Donetsk Oblast"
    assert region.lat == pytest.approx(47.25)
    assert region.lon == pytest.approx(37.25)
    assert region.box == (47.0, 37.0, 48.0, 38.0)
    assert region.population == 400
    assert "geonames:1" in {place.id for place in tiny.named("Маріуполь")}
    assert tiny.named("hindi") == ()
    assert lines
    tiny.close()


def test_a_broken_build_leaves_the_old_file(tmp_path: Path, tiny_sources: Sources) -> None:
    target = tmp_path / "g.sqlite"
    target.write_bytes(b"the old file")
    tiny_sources.towns.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        build_gazetteer(target, sources=tiny_sources)
    assert target.read_bytes() == b"the old file"
    assert [file.name for file in tmp_path.glob(".gazetteer-*")] == []
