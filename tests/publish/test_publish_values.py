"""Words, shapes, highlights and charts: small values, one at a time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_view import (
    CLAIMS,
    DARFUR,
    DOCUMENTS,
    GIRL,
    INCIDENTS,
    KILLED_3,
    KUNDUZ,
    MARIUPOL,
    SUDAN,
    TEXTS,
    ZHYTOMYR,
    reading,
    sample_texts,
    sample_view,
)

from harmledger.core.document import Block
from harmledger.core.place import Place
from harmledger.publish.atlas import Pin, cluster_pins, render_panel
from harmledger.publish.catalogue import build_catalogue, instant_of
from harmledger.publish.charts import (
    BAR_WIDTH,
    build_axis,
    render_bar,
    render_course,
    render_timeline,
    short_range,
)
from harmledger.publish.highlight import (
    Layer,
    cut_pieces,
    find_blocks,
    quote_parts,
    render_passages,
)
from harmledger.publish.shapes import circle_corners, find_shape
from harmledger.publish.words import day_words, place_words, range_words, when_words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 3, "3"),
        (17, 18, "17–18"),
        (0, 0, "0"),
        (1207, None, "1,207 or more"),
        (None, 9, "9 or fewer"),
        (None, None, "no number stated"),
        (-4, 2, "−4–2"),
    ],
)
def test_ranges_are_said_and_never_filled_in(low: int | None, high: int | None, words: str) -> None:
    assert range_words(low, high) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2022-03-10", "2022-03-10"),
        ("2022-03-10T08:45:00+02:00", "2022-03-10 08:45 +02:00"),
        ("2015-10-03T07:45:00Z", "2015-10-03 07:45 UTC"),
        ("2015-10-03T07:45", "2015-10-03 07:45"),
        ("some day", "some day"),
        (None, "undated"),
    ],
)
def test_moments_keep_their_zone(moment: str | None, words: str) -> None:
    assert day_words(moment) == words


def test_moments_are_ordered_as_instants() -> None:
    assert instant_of("2022-03-10T08:45:00+02:00") < instant_of("2022-03-10T07:00:00Z")
    assert instant_of("2022-03-10") < instant_of("2022-03-10T00:00:01Z") < instant_of(None)


def test_places_and_times_in_words() -> None:
    assert place_words(MARIUPOL) == "Mariupol (UKR)"
    assert place_words(SUDAN) == "Sudan"
    assert place_words(Place(as_written="there")) == "“there”"
    assert when_words(None) == "date not said"


def test_shapes_follow_precision() -> None:
    assert find_shape(SUDAN) is None
    assert find_shape(Place(as_written="x", precision=1)) is None
    town, province = find_shape(MARIUPOL), find_shape(DARFUR)
    assert town
    assert town.kind == "point"
    assert province
    assert (province.kind, province.radius_km) == ("circle", 100.0)


def test_a_town_known_only_nearby_is_a_circle() -> None:
    near = find_shape(Place(as_written="near X", lat=1.0, lon=2.0, precision=2, kind="town"))
    assert near
    assert (near.kind, near.radius_km) == ("circle", 25.0)


def test_several_places_are_a_box_round_them() -> None:
    both = Place(as_written="both", precision=5, members=(MARIUPOL, ZHYTOMYR))
    shape = find_shape(both)
    assert shape
    assert shape.kind == "box"
    (west, south), (east, north) = shape.points
    assert west < 28.7 < 37.5 < east
    assert south < 47.1 < 50.3 < north
    assert find_shape(Place(as_written="c", precision=5, members=(SUDAN,))) is None


@given(lon=st.floats(-170, 170), lat=st.floats(-70, 70), radius=st.floats(5, 300))
def test_circles_run_counter_clockwise_and_close(lon: float, lat: float, radius: float) -> None:
    ring = circle_corners((lon, lat), radius)
    assert ring[0] == ring[-1]
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) > 0


def test_overlapping_claims_share_pieces() -> None:
    text = TEXTS["mariupol-1"]
    pieces = cut_pieces(text, 0, len(text), Layer(claims=(KILLED_3, GIRL)))
    shared = [p for p in pieces if len(p.claims) == 2]
    assert [p.text for p in shared] == ["one of them a girl, were killed"]
    assert shared[0].ends == (KILLED_3.id,)
    assert "".join(p.text for p in pieces) == text


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_passages_hold_every_code_point_once(name: str) -> None:
    text, document = TEXTS[name], DOCUMENTS[name]
    claims = tuple(c for c in CLAIMS if c.document == document.id)
    layer = Layer(claims=claims, numbers=sample_view().numbers.get(document.id, ()))
    passages = render_passages(text, find_blocks(text), layer)
    assert "".join("".join(p.text for p in q.pieces) + q.gap for q in passages) == text
    assert sorted(c.id for q in passages for c in q.claims) == sorted(c.id for c in claims)


@given(
    text=st.text(alphabet="ab \n\r#م", min_size=1, max_size=60),
    starts=st.lists(st.integers(0, 60), max_size=4),
)
def test_any_blocks_cover_any_text(text: str, starts: list[int]) -> None:
    inside = sorted({s for s in starts if s < len(text)})
    blocks = tuple(Block(start=s, end=len(text)) for s in inside) or find_blocks(text)
    passages = render_passages(text, blocks, Layer())
    assert "".join("".join(p.text for p in q.pieces) + q.gap for q in passages) == text


def test_furniture_is_marked_from_the_readers_blocks() -> None:
    text = TEXTS["mariupol-1"]
    at = text.index("Sign up")
    blocks = (Block(start=0, end=at), Block(start=at, end=len(text), furniture=True))
    assert [p.furniture for p in render_passages(text, blocks, Layer())] == [False, True]


def test_the_number_is_found_in_the_quote() -> None:
    assert quote_parts(KILLED_3)[:2] == ("", "Three")


def test_bars_keep_open_ends_open() -> None:
    axis = build_axis([3, 24])
    bar = render_bar(reading("killed", 24, None, []), (), axis)
    assert (bar.open_low, bar.open_high, bar.right) == (False, True, BAR_WIDTH)
    closed = render_bar(reading("killed", 3, 24, []), (KILLED_3,), axis)
    assert closed.left < closed.right
    assert closed.ticks == (axis.place(3),)


def test_zero_and_large_figures_stay_on_the_axis() -> None:
    axis = build_axis([0, 2_000_000])
    assert axis.place(0) < axis.place(1) < axis.place(2_000_000) <= BAR_WIDTH
    assert build_axis([]).top == 1


def test_a_course_needs_two_moments() -> None:
    catalogue = build_catalogue(sample_view(), sample_texts)
    killed = tuple(c for c in CLAIMS if c.harm == "killed" and c.place == KUNDUZ)
    course = render_course(catalogue, "killed", killed)
    assert course
    assert [dot.text for dot in course.series[0].dots] == ["19", "22", "42"]
    assert render_course(catalogue, "killed", (KILLED_3,)) is None


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(42, 42, "42"), (100, 300, "100–300"), (500, None, "500+"), (None, 9, "≤ 9"), (0, 0, "0")],
)
def test_labels_in_drawings_are_short(low: int | None, high: int | None, words: str) -> None:
    assert short_range(low, high) == words


def test_the_timeline_lists_what_has_no_date() -> None:
    timeline = render_timeline(build_catalogue(sample_view(), sample_texts))
    assert timeline
    assert len(timeline.moments) + len(timeline.undated) == len(INCIDENTS)


def pin(place: Place) -> Pin:
    shape = find_shape(place)
    assert shape
    return Pin(label=place.name or "", title="t", href="h", shape=shape)


def test_neighbours_share_a_panel() -> None:
    near = Place(as_written="n", name="Volnovakha", lat=47.6, lon=37.5, precision=1, kind="town")
    clusters = cluster_pins([pin(MARIUPOL), pin(KUNDUZ), pin(near)])
    assert sorted(len(c) for c in clusters) == [1, 2]


def test_labels_of_a_panel_do_not_cover_each_other() -> None:
    places = [
        Place(as_written=n, name=n, lat=50.45 + d, lon=30.5 + d, precision=1, kind="town")
        for n, d in (("Kyiv", 0.0), ("Irpin", 0.02), ("Bucha", 0.03))
    ]
    panel = render_panel(1, tuple(pin(p) for p in places))
    heights = sorted(mark.label_y for mark in panel.marks)
    assert len(panel.marks) == 3
    assert all(b - a >= 20 for a, b in itertools.pairwise(heights))
