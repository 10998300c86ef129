"""Dates are read when they say one day, and only then."""

import pytest

from harmledger.read.published import (
    find_date_in_url,
    find_dateline,
    find_published,
    normalise_date,
)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-03-10", "2022-03-10"),
        ("20220310", "2022-03-10"),
        ("2022-03-10T09:00:00Z", "2022-03-10T09:00:00+00:00"),
        ("2022-03-10T09:00:00.000+02:00", "2022-03-10T09:00:00+02:00"),
        ("2022-03-10 09:00", "2022-03-10"),
        ("10 March 2022", "2022-03-10"),
        ("Thursday, 10 March 2022", "2022-03-10"),
        ("March 10, 2022", "2022-03-10"),
        ("Mar. 10th, 2022, 5 p.m.", "2022-03-10"),
        ("10 MAR 2022", "2022-03-10"),
        ("Thu, 10 Mar 2022 09:00:00 +0200", "2022-03-10T09:00:00+02:00"),
        ("Thu, 10 Mar 2022 09:00:00 GMT", "2022-03-10T09:00:00+00:00"),
        ("2022/3/10", "2022-03-10"),
        ("25/03/2022", "2022-03-25"),
        ("03/25/2022", "2022-03-25"),
        ("10.03.2022", "2022-03-10"),
        ("03/04/2022", None),
        ("2015-13-45", None),
        ("30 February 2022", None),
        ("March 2022", None),
        ("2022", None),
        ("2022-W10", None),
        ("last week", None),
        ("0001-01-01", None),
        ("", None),
        ("Thu, 99 Foo 20222 99:99:99 +9999", None),
    ],
)
def test_normalise(written: str, iso: str | None) -> None:
    assert normalise_date(written) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("(AB)\n\n   SPRINGFIELD, 3 JAN 90 -- [REPORT] [TEXT] THE", "1990-01-03"),
        ("SPRINGFIELD (NORTH), 22 MAR 89 (DAILY NEWS) --\n[TEXT]", "1989-03-22"),
        ("SPRINGFIELD, 8 JAN 15 (RADIO)-- [TEXT]", "2015-01-08"),
        ("SPRINGFIELD, JUNE 11 89 (AB) -- [TEXT]", "1989-06-11"),
        ("KYIV, March 9, 2022 — Three people", "2022-03-09"),
        ("Kyiv, Ukraine, 9 March 2022 – Three people", "2022-03-09"),
        ("# Title\n\nPublished: 10 March 2022\n\nText", "2022-03-10"),
        ("**Date:** 2022-03-10\n\nText", "2022-03-10"),
        ("Title\r\n10 March 2022\r\nText", "2022-03-10"),
        ("On 3 October 2015 a strike hit the town.", None),
        ("SPRINGFIELD, NO DATE -- [TEXT]", None),
        ("SPRINGFIELD, 7 FEB (AB) -- [TEXT]", None),
        ("x" * 300 + "\nPublished: 10 March 2022", None),
    ],
)
def test_datelines(text: str, iso: str | None) -> None:
    assert find_dateline(text) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://a.example/2022/03/10/x", "2022-03-10"),
        ("https://a.example/news/2022-03-10-x", "2022-03-10"),
        ("https://a.example/20220310/x", "2022-03-10"),
        ("https://a.example/2022/mar/10/x", "2022-03-10"),
        ("https://a.example/2022/13/40/x", None),
        ("https://a.example/120220310/x", None),
        ("https://a.example/2022/03/x", None),
    ],
)
def test_addresses(url: str, iso: str | None) -> None:
    assert find_date_in_url(url) == iso


def test_metadata_first_then_address_then_text() -> None:
    url, text = "https://a.example/2022/03/10/", "KYIV, March 9, 2022 — Three"
    assert find_published(("soon", "2022-03-11"), "record", url, text) == ("2022-03-11", "record")
    assert find_published(("soon",), "front_matter", url, text) == ("2022-03-10", "url")
    assert find_published((), "front_matter", None, text) == ("2022-03-09", "text")
    assert find_published(("2015-13-45",), "front_matter", None, "x") == (None, None)
