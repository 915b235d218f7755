"""What a published date can mean, from its first second to its last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.store.when import Moments, moments


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [
        ("2023", "2023-01-01T00:00:00", "2023-12-31T23:59:59"),
        ("2024-02", "2024-02-01T00:00:00", "2024-02-29T23:59:59"),
        ("2023-09-13", "2023-09-13T00:00:00", "2023-09-13T23:59:59"),
        ("2023-09-XX", "2023-09-01T00:00:00", "2023-09-30T23:59:59"),
        ("20XX", "2000-01-01T00:00:00", "2099-12-31T23:59:59"),
        ("2023-09?", "2023-09-01T00:00:00", "2023-09-30T23:59:59"),
        ("2023-22", "2023-01-01T00:00:00", "2023-12-31T23:59:59"),
        ("2023-09/2023-10", "2023-09-01T00:00:00", "2023-10-31T23:59:59"),
        ("2023/..", "2023-01-01T00:00:00", "9999-12-31T23:59:59"),
        ("2023-09-13T10:00:00.5", "2023-09-13T10:00:00", "2023-09-13T10:00:00"),
    ],
)
def test_a_date_runs_from_its_first_to_its_last_second(date: str, earliest: str, latest: str) -> None:
    found = moments(date)
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


def test_a_time_keeps_its_own_clock_to_be_filtered_and_utc_to_be_sorted() -> None:
    written = "2023-09-13T23:30:00"
    assert moments(written + "-05:00") == Moments(written, written, "2023-09-14T04:30:00")
    assert moments("0001-01-01T00:00:00+05:00") is not None


@pytest.mark.parametrize(
    "date", [None, "", "Friday", "2023-13", "2023-02-30", "2023-00", "2024/2023", "13.09.2023", "/x"]
)
def test_what_is_no_date_means_nothing(date: str | None) -> None:
    assert moments(date) is None


@given(st.text(max_size=20) | st.text("0123456789X-/T:+Z?~. ", max_size=20))
def test_any_text_is_a_date_or_none(date: str) -> None:
    found = moments(date)
    assert found is None or found.earliest <= found.latest
