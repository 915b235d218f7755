from __future__ import annotations

import pytest

from sayso.sources.agencies import is_agency, known_agencies
from sayso.sources.dates import iso_date, read_day, read_line
from sayso.sources.press import Copyright, byline, copyright_line, dateline, is_headline, same_name


@pytest.mark.parametrize(
    ("body", "text", "credit", "day"),
    [
        ("KARSHA, 14 March (Meridian Wire) – The port", "KARSHA, 14 March", "Meridian Wire", (None, 3, 14)),
        ("(Harbour-Post.com) – The port", None, "Harbour-Post.com", None),
        ("PARIS (AP) — The port", "PARIS", "AP", None),
        ("LONDON, July 3 - The port", "LONDON, July 3", None, (None, 7, 3)),
        ("LONDON — The port", "LONDON", None, None),
        ("BRENN, July 31 (Strait Dispatch) -- The port", "BRENN, July 31", "Strait Dispatch", (None, 7, 31)),
        ("BEIJING, Oct. 3, 2023 (Xinhua) -- The port", "BEIJING, Oct. 3, 2023", "Xinhua", (2023, 10, 3)),
        ("MOSCOW, April 4. /TASS/. The port", "MOSCOW, April 4", "TASS", (None, 4, 4)),
        ("WASHINGTON/NEW YORK, Oct 3 (Reuters) - The port", "WASHINGTON/NEW YORK, Oct 3", "Reuters", (None, 10, 3)),
        ("ST. PETERSBURG, Fla. (AP) — The port", "ST. PETERSBURG, Fla.", "AP", None),
        ("Kyiv (AFP) - The port", "Kyiv", "AFP", None),
        ("Karsha, 14 March (Meridian Wire) – The port", "Karsha, 14 March", "Meridian Wire", (None, 3, 14)),
        ("THE HAGUE (dpa) - The port", "THE HAGUE", "dpa", None),
        ("SÃO TOMÉ — The port", "SÃO TOMÉ", None, None),
    ],
)
def test_datelines_of_the_press_are_read(
    body: str, text: str | None, credit: str | None, day: tuple[int | None, int, int] | None
) -> None:
    found = dateline(body)
    assert found is not None
    assert (found.text, found.credit, found.day) == (text, credit, day)
    assert body[found.end :] == "The port"


@pytest.mark.parametrize(
    "body",
    [
        "The World Health Organization (WHO) - a UN body - said so.",
        "WHO (World Health Organization) – a body",
        "OPINION – We have seen this before.",
        "THE NUMBERS – Half of it is gone.",
        "NATO – the alliance, that is – said no.",
        "Our man in the port – who else – said no.",
        "I – and who else – said no.",
        "(with a sigh) – No, he said.",
        "He said no.",
        "",
    ],
)
def test_a_dash_alone_makes_no_dateline(body: str) -> None:
    assert dateline(body) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Kern", "Ada Kern"),
        ("BY ADA KERN and Tom Brill", "ADA KERN and Tom Brill"),
        ("By Ada Kern, Staff Writer", "Ada Kern, Staff Writer"),
        ("By the Strait Dispatch newsroom", "the Strait Dispatch newsroom"),
        ("By Tom Brill Jr.", "Tom Brill Jr."),
        ("By Élise Öhm", "Élise Öhm"),
        ("By noon the port was closed", None),
        ("By Friday, all of it was gone.", None),
        ("By 14 March 2024", None),
        ("Ada Kern", None),
        ("By " + "A" * 200, None),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert byline(line) == name


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Copyright 2023, Harbour-Post.com", Copyright("Harbour-Post.com", 2023)),
        ("© 2024 The Brenn Courier", Copyright("The Brenn Courier", 2024)),
        ("© Meridian Wire 2024", Copyright("Meridian Wire", 2024)),
        ("(c) Brenn Press Bureau, 2024", Copyright("Brenn Press Bureau", 2024)),
        ("© 2019-2024 Strait Radio. All rights reserved.", Copyright("Strait Radio", 2024)),
        ("Copyright © 2020 SBN. SBN is not liable for other sites.", Copyright("SBN", 2020)),
        ("Copyright (c) 2021 U.S. Grain Daily", Copyright("U.S. Grain Daily", 2021)),
        ("© Meridian Wire. Reprinted by The Courier with permission.", Copyright("Meridian Wire", None)),
        ("(C) 2024", Copyright(None, 2024)),
        ("Copyright law is hard to read", None),
        ("All rights reserved", None),
    ],
)
def test_copyright_lines(line: str, found: Copyright | None) -> None:
    assert copyright_line(line) == found


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Port stays open, minister says", True),
        ("Who closed the port?", True),
        ("The port stays open.", False),
        ("By Ada Kern", False),
        ("14 March 2024", False),
        ("PARIS (AP) — The port", False),
        ("© 2024 The Courier", False),
        ("* * *", False),
        ("word " * 60, False),
    ],
)
def test_headlines(line: str, is_one: bool) -> None:
    assert is_headline(line) is is_one


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 14, 2024", "2024-03-14"),
        ("14 March 2024", "2024-03-14"),
        ("14th Mar 2024", "2024-03-14"),
        ("Thursday, 14 March 2024, 17:20 GMT", "2024-03-14"),
        ("Published: Sept. 5, 2024 at 5:30 pm", "2024-09-05"),
        ("2024-03-14", "2024-03-14"),
        ("3/4/2024", None),
        ("31 February 2024", None),
        ("March 14", None),
        ("March 14, 2024 was a cold day", None),
    ],
)
def test_date_lines_are_read_only_when_they_can_be_read_in_one_way(line: str, day: str | None) -> None:
    assert read_line(line) == day


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-03-14T05:30:00+02:00", "2024-03-14T05:30:00+02:00"),
        ("2024-03-14T05:30:00Z", "2024-03-14T05:30:00Z"),
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("20240314", "2024-03-14T00:00:00"),
        ("March 14, 2024", "2024-03-14"),
        ("2024-13-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_given_as_data_become_iso_8601(value: str, date: str | None) -> None:
    assert iso_date(value) == date


def test_a_leap_day_without_a_year_is_a_day() -> None:
    assert read_day("29 February") == (None, 2, 29)
    assert read_day("29 February 2023") is None


def test_agencies_are_known_by_name_by_acronym_or_by_calling_themselves_one() -> None:
    assert all(is_agency(name) for name in ("AP", "Xinhua", "reuters", "Orvan News Agency", "Meridian Wire", "OSNA"))
    assert is_agency("AP/Reuters")
    assert is_agency("AFP and dpa")
    assert not any(is_agency(name) for name in ("Strait Dispatch", "Harbour-Post.com", "The Courier"))
    assert not is_agency("SBN", bare_acronym=False)


def test_no_agency_stands_twice_in_the_table() -> None:
    from importlib import resources

    table = resources.files("sayso.sources").joinpath("agencies.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    names = [name.casefold() for row in rows for name in (row[0], *row[1].split("|")) if name]
    assert all(len(row) == 3 and row[2].startswith("http") for row in rows)
    assert len(names) == len(set(names)) == len(known_agencies())
    assert [row[0].casefold() for row in rows] == sorted(row[0].casefold() for row in rows)


def test_a_name_and_its_initials_are_one() -> None:
    assert same_name("The Courier", "courier")
    assert same_name("BPB", "Brenn Press Bureau")
    assert not same_name("Courier", "Strait Courier")
