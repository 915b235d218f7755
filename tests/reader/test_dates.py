"""Expressions of time: what is found, what it is worth, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.dates import Found, find_dates

DAY = "2023-09-13"  # a Wednesday


def one(text: str, published: str | None = DAY) -> Found:
    found = find_dates(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "said", "value", "grain"),
    [
        # full and partial dates
        ("The pact of September 13, 2021 stands.", "September 13, 2021", "2021-09-13", "day"),
        ("The pact of 13 Sept 2021 stands.", "13 Sept 2021", "2021-09-13", "day"),
        ("The pact of 13th of September 2021 stands.", "13th of September 2021", "2021-09-13", "day"),
        ("It was signed on Sept. 13 in Oslo.", "Sept. 13", "2023-09-13", "day"),
        ("It was signed on 4 May in Oslo.", "4 May", "2023-05-04", "day"),
        ("It was signed on May 4 in Oslo.", "May 4", "2023-05-04", "day"),
        ("Signed: 2021-02-03.", "2021-02-03", "2021-02-03", "day"),
        ("It was signed on Tuesday, 12 September 2023.", "Tuesday, 12 September 2023", "2023-09-12", "day"),
        ("It was signed on Feb. 29, 2020 there.", "Feb. 29, 2020", "2020-02-29", "day"),
        ("They signed on 25/12/2021 there.", "25/12/2021", "2021-12-25", "day"),
        ("They signed on 12/25/2021 there.", "12/25/2021", "2021-12-25", "day"),
        ("They signed on 3/4/2021 there.", "3/4/2021", None, "day"),
        ("They signed on 13.9.2021 there.", "13.9.2021", "2021-09-13", "day"),
        ("They signed on 2021/04/03 there.", "2021/04/03", "2021-04-03", "day"),
        ("Security changed after 9/11 everywhere.", "9/11", "2001-09-11", "day"),
        ("The harvest failed in March 2014 there.", "March 2014", "2014-03", "month"),
        ("The harvest failed in July there.", "July", "2023-07", "month"),
        ("It failed in December, and people fled.", "December", "2022-12", "month"),
        ("Voters went to the polls in May.", "May", "2023-05", "month"),
        ("The harvest failed in 1987.", "1987", "1987", "year"),
        ("The treaty of 1648 ended the war.", "1648", "1648", "year"),
        # the year that is left out is the nearest one
        ("The mine closed on Dec. 20 after a fire.", "Dec. 20", "2022-12-20", "day"),
        ("The mine will close on Jan. 10 for good.", "Jan. 10", "2024-01-10", "day"),
        ("The mine was closed in June last year.", "June last year", "2022-06", "month"),
        ("The mine was closed last May for good.", "last May", "2023-05", "month"),
        ("The mine was closed last September.", "last September", "2022-09", "month"),
        ("The mine was closed last October.", "last October", "2022-10", "month"),
        ("Following Monday’s debate he fell.", "Monday", "2023-09-11", "day"),
        ("The Sept. 11 attacks changed that.", "Sept. 11", "2001-09-11", "day"),
        ("The president has until Friday to sign.", "Friday", "2023-09-15", "day"),
        (
            "Fighting stopped at 4 a.m. local time on Tuesday.",
            "4 a.m. local time on Tuesday",
            "2023-09-12T04:00",
            "hour",
        ),
        ("It ran between March and May 2022.", "between March and May 2022", "2022-03/2022-05", "month"),
        # weekdays and days
        ("The minister said on Friday that he was ill.", "Friday", "2023-09-08", "day"),
        ("The minister said Wednesday that he was ill.", "Wednesday", "2023-09-13", "day"),
        ("The minister will resign on Friday.", "Friday", "2023-09-15", "day"),
        ("The minister is to resign on Friday.", "Friday", "2023-09-15", "day"),
        ("On Sunday will be the vote.", "Sunday", "2023-09-17", "day"),
        ("He said the court would rule on Monday.", "Monday", "2023-09-18", "day"),
        ("The court is expected to rule Monday.", "Monday", "2023-09-18", "day"),
        ("They were arrested last Wednesday.", "last Wednesday", "2023-09-06", "day"),
        ("They meet next Monday.", "next Monday", "2023-09-18", "day"),
        ("Early Tuesday shells hit the port.", "Early Tuesday", "2023-09-12", "day"),
        ("Crowds gathered after Friday prayers.", "Friday", "2023-09-08", "day"),
        ("Friday’s vote was cancelled.", "Friday", "2023-09-08", "day"),
        ("The rebels surrendered Friday night.", "Friday night", "2023-09-08", "day"),
        ("The envoy leaves today.", "today", "2023-09-13", "day"),
        ("The envoy left yesterday.", "yesterday", "2023-09-12", "day"),
        ("The envoy leaves tomorrow morning.", "tomorrow morning", "2023-09-14", "day"),
        ("The envoy leaves tonight.", "tonight", "2023-09-13", "day"),
        ("The envoy left this morning.", "this morning", "2023-09-13", "day"),
        ("The envoy left last night.", "last night", "2023-09-12", "day"),
        ("He died the day before yesterday.", "the day before yesterday", "2023-09-11", "day"),
        # what is reckoned from publication
        ("The strike ended last month.", "last month", "2023-08", "month"),
        ("The strike ended earlier this week.", "earlier this week", "2023-W37", "week"),
        ("The strike ended last week.", "last week", "2023-W36", "week"),
        ("Taxes rise next year.", "next year", "2024", "year"),
        ("Taxes rose this year.", "this year", "2023", "year"),
        ("Taxes rose early this year.", "early this year", "2023~", "year"),
        ("He resigned three weeks ago.", "three weeks ago", "2023-W34", "week"),
        ("He resigned two years ago.", "two years ago", "2021", "year"),
        ("He resigned 10 days ago.", "10 days ago", "2023-09-03", "day"),
        ("He resigned over the weekend.", "the weekend", "2023-09-09/2023-09-10", "weekend"),
        ("The dam broke last winter.", "last winter", "2022-24", "season"),
        ("The dam broke last spring.", "last spring", "2023-21", "season"),
        ("The dam will last into the next century.", "the next century", "21XX", "century"),
        # parts of years, longer periods
        ("The army fled in winter 2021.", "winter 2021", "2021-24", "season"),
        ("The army fled in the summer of 2014.", "the summer of 2014", "2014-22", "season"),
        ("Exports fell in the third quarter of 2022.", "the third quarter of 2022", "2022-35", "quarter"),
        ("Exports fell in Q2 2022.", "Q2 2022", "2022-34", "quarter"),
        ("Exports fell in the second quarter.", "the second quarter", "2023-34", "quarter"),
        ("Exports fell in the first half of 2022.", "the first half of 2022", "2022-40", "half"),
        ("The budget of fiscal 2024 is short.", "fiscal 2024", "2024", "year"),
        ("It began in early 2022.", "early 2022", "2022~", "year"),
        ("It began in late September 2022.", "late September 2022", "2022-09~", "month"),
        ("It began in mid-1989.", "mid-1989", "1989~", "year"),
        ("It began around 1990.", "around 1990", "1990~", "year"),
        ("Wars marked the 1990s.", "the 1990s", "199X", "decade"),
        ("Wars marked the late 1960s.", "the late 1960s", "196X~", "decade"),
        ("Wars marked the ’90s.", "the ’90s", "199X", "decade"),
        ("Wars marked the 19th century.", "the 19th century", "18XX", "century"),
        # intervals
        ("They met from 3 to 5 May in Geneva.", "from 3 to 5 May", "2023-05-03/2023-05-05", "day"),
        ("They met May 3-5 in Geneva.", "May 3-5", "2023-05-03/2023-05-05", "day"),
        ("He ruled between 1990 and 1995.", "between 1990 and 1995", "1990/1995", "year"),
        ("He ruled from 1990 to 1995.", "from 1990 to 1995", "1990/1995", "year"),
        ("He ruled in 2014-15.", "2014-15", "2014/2015", "year"),
        ("He ruled 1990–1995.", "1990–1995", "1990/1995", "year"),
        ("It ran from May 2014 to June 2015.", "from May 2014 to June 2015", "2014-05/2015-06", "month"),
        ("It ran from March 3 to April 5.", "from March 3 to April 5", "2023-03-03/2023-04-05", "day"),
        # durations
        ("The talks lasted for nearly two hours.", "nearly two hours", "PT2H", "duration"),
        ("They talked for three days.", "three days", "P3D", "duration"),
        ("They talked for a year and a half.", "a year and a half", "P18M", "duration"),
        ("They talked for several months.", "several months", None, "duration"),
        ("Parliament passed a two-year ban.", "two-year", "P2Y", "duration"),
        ("He was jailed for at least twenty-five years.", "at least twenty-five years", "P25Y", "duration"),
        ("It grew over the past two decades.", "the past two decades", "P20Y", "duration"),
        ("Peace for the next century was promised.", "the next century", "P100Y", "duration"),
        ("They meet every Friday.", "every Friday", "R/P1W", "duration"),
        # times of day
        ("It began at 5:30 p.m. on Friday.", "5:30 p.m. on Friday", "2023-09-08T17:30", "hour"),
        ("It began on Friday at noon.", "Friday at noon", "2023-09-08T12:00", "hour"),
        ("It began at 0735 GMT on Tuesday.", "0735 GMT on Tuesday", "2023-09-12T07:35Z", "hour"),
        ("It began at 14:30.", "14:30", None, "hour"),
        # holidays
        ("They attacked on Christmas Eve.", "Christmas Eve", "2022-12-24", "day"),
        ("They attacked on New Year’s Day 2020.", "New Year’s Day 2020", "2020-01-01", "day"),
        ("Easter 2024 is early.", "Easter 2024", "2024-03-31", "day"),
        # words without a period of their own
        ("The army is now in charge.", "now", None, None),
        ("The army recently took charge.", "recently", None, None),
    ],
)
def test_an_expression_has_its_span_value_and_grain(text: str, said: str, value: str | None, grain: str | None) -> None:
    found = one(text)
    assert (found.text, found.value, found.grain) == (said, value, grain)


@pytest.mark.parametrize(
    "text",
    [
        "Nations march on; the army may attack.",
        "Theresa May said so, and May was firm.",
        "May I ask? The minister may go.",
        "She came second; a second envoy left.",
        "Some 2,000 people fled, then 2000 soldiers.",
        "Version 2.3.2014 costs $2015 or £1999.",
        "The vote was 9/10 in favour, 3-2 in court.",
        "The 52-year-old is 52 years old.",
        "Flight 2014 carried an Airbus A320.",
        "He springs a trap as they fall.",
        "In the fall of the wall they saw hope.",
        "The bill was at first read, then sat on.",
        "She rode the N2017 road at 5:1 odds.",
        "April Glass sang; so did June Carter.",
        "Sheffield Wednesday lost. The Sunday Times won.",
        "They March for Women. The Long March of it.",
        "It costs $3 a day or 40 cents a minute.",
        "Three-quarters of them left.",
        "USA Today and Fox News Sunday had it; Easter Island did not.",
        "UN Resolution 1973 passed. He fell soon after.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, DAY) == []


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("2023", "They met on September 13.", "2023-09-13"),
        ("2023", "They met on Wednesday.", None),
        ("2023", "They met last year.", "2022"),
        ("2023", "They met last month.", None),
        ("2023", "They met in July.", "2023-07"),
        ("2023-09", "They met last month.", "2023-08"),
        ("2023-09", "They met yesterday.", None),
        ("2023-09-13T23:10:00+02:00", "They met yesterday.", "2023-09-12"),
        (None, "They met on September 13.", None),
        (None, "They met on September 13, 2020.", "2020-09-13"),
        (None, "They met on Wednesday.", None),
        ("soon", "They met yesterday.", None),
        ("2023-02-31", "They met yesterday.", None),
        ("9999-12-31", "They will meet tomorrow.", None),
        ("0001-01-01", "They met yesterday.", None),
    ],
)
def test_the_publication_date_counts_as_far_as_it_is_known(published: str | None, text: str, value: str | None) -> None:
    found = one(text, published)
    assert found.value == value


def test_a_dateline_is_an_anchor() -> None:
    text = "PARIS, March 3 (AFP) — The envoy left yesterday."
    assert [f.value for f in find_dates(text, "2022")] == ["2022-03-03", "2022-03-02"]
    assert [f.value for f in find_dates(text, "2022-03-05")] == ["2022-03-03", "2022-03-02"]
    assert [f.value for f in find_dates(text, "2022-09-05")][1] == "2022-09-04"
    assert [f.value for f in find_dates(text)] == [None, None]
    assert find_dates("PARIS, 3 March 2021 (AFP) — He left yesterday.")[1].value == "2021-03-02"
    headed = "Envoy goes\n\n" + text
    assert find_dates(headed, "2022", body_start=12)[1].value == "2022-03-02"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It fell on 4 May 2021. The day before, he had fled.", ["2021-05-04", "2021-05-03"]),
        ("It fell on 4 May 2021. Two days earlier, he had fled.", ["2021-05-04", "2021-05-02"]),
        ("It fell on 4 May 2021. He fled three days later.", ["2021-05-04", "2021-05-07"]),
        ("It fell on 4 May 2021. He fled the next day.", ["2021-05-04", "2021-05-05"]),
        ("It fell on 4 May 2021. The following month he fled.", ["2021-05-04", "2021-06"]),
        ("It fell in 1999. He fled that year.", ["1999", "1999"]),
        ("Two days earlier, he had fled.", [None]),
        ("He fled the day before the vote of 4 May 2021.", [None, "2021-05-04"]),
        ("The report came a couple of hours after they met.", [None]),
        ("He fled two days before the vote.", [None]),
    ],
)
def test_what_refers_to_a_date_or_an_event_in_the_text(text: str, values: list[str | None]) -> None:
    assert [found.value for found in find_dates(text, DAY)] == values


def test_an_expression_before_an_event_is_without_its_preposition() -> None:
    found = one("The report came a couple of hours after they met.")
    assert (found.text, found.value, found.grain) == ("a couple of hours", None, "hour")


@pytest.mark.parametrize(
    ("text", "interval"),
    [("He has ruled since 2014.", "2014/.."), ("It must end by 2030.", "../2030"), ("It ended in 2014.", "2014")],
)
def test_a_bound_opens_the_interval(text: str, interval: str) -> None:
    assert one(text).interval == interval


def test_the_other_dates_of_a_text_tell_day_from_month() -> None:
    assert [f.value for f in find_dates("From 30/4/2018 and on 2/5/2018.", DAY)] == ["2018-04-30", "2018-05-02"]
    assert [f.value for f in find_dates("On 4/30/2018 and on 2/5/2018.", DAY)] == ["2018-04-30", "2018-02-05"]
    assert [f.value for f in find_dates("On 4/30/2018, 30/4/2018 and on 2/5/2018.", DAY)][2] is None


def test_kinds_tell_open_words_from_dates() -> None:
    found = find_dates("He is now ill, recently fell, and will soon rest for two days from Friday at 5 p.m.", DAY)
    assert [f.kind for f in found] == ["present", "past", "future", "duration", "time"]


PIECES = (
    "May 3|-|5 |last |next |Friday|Sept. |13|2023|, |the |a |two |years |ago |'90s|1990s|half |and |of |quarter |Q3 "
    "|5 p.m. |from |to |between |\n\n|.|’s |century|9/11|31/02/2023|0000-00-00|9999|before |first |nineteen |thousand |"
    "FY|é|٣|\ud800|Easter |Dec. |Election Day|year |weekend |fiscal |earlier |EST|1/0|/|99999999999"
)
ALPHABET = st.sampled_from(PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(ALPHABET, max_size=40).map("".join))
PUBLISHED = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.dates().map(str),
    st.dates().map(lambda d: str(d)[:7]),
    st.sampled_from(["0000", "9999", "0001-01-01", "9999-12-31", "2024-02-29", "2023/2024", "199X", "2023~", ""]),
)


@given(TEXTS, PUBLISHED)
def test_any_text_is_survived_and_spans_are_its_slices(text: str, published: str | None) -> None:
    end = 0
    for found in find_dates(text, published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.value is None or found.value
        end = found.end


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "two-",
        "last ",
        "May ",
        "3 May ",
        "twenty ",
        "the the ",
        "2014-",
        "1,",
        "'90",
        "\n",
        "5 p.m. on ",
        "1990 to ",
        ".",
    ],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    def took(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.perf_counter()
        find_dates(text, DAY)
        return time.perf_counter() - began

    took(1_000)
    short, long = min(took(20_000) for _ in range(2)), took(80_000)
    assert long < 8 * short + 0.5
