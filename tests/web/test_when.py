"""Dates as a reader writes them."""

from __future__ import annotations

import pytest

from sayso.web.when import When, date_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024-03-15", "15 March 2024"),
        ("2024-03-15T18:40:00+02:00", "15 March 2024, 18:40 (+02:00)"),
        ("2023-07-18T06:00:00Z", "18 July 2023, 06:00 UTC"),
        ("2023-07-18T06:00:00", "18 July 2023, 06:00"),
        ("2024-03", "March 2024"),
        ("2024-13", "2024-13"),
        ("2023", "2023"),
        ("2023?", "2023?"),
        ("2024-02-31", "2024-02-31"),
        ("2023-09-12/2023-09-14", "2023-09-12/2023-09-14"),
    ],
)
def test_full_dates_are_written_out_and_others_given_as_they_stand(value: str, words: str) -> None:
    assert date_words(value) == words


def test_no_date_is_no_date() -> None:
    assert When.of(None) is None
    assert When.of("2023", "copyright line") == When("2023", "2023", "copyright line")
