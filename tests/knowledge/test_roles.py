"""Noun phrases get CAMEO agent codes, the primary one first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.roles import CODES, roles_of


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("South Korean and American officials", ("GOV",)),
        ("US State Department spokesperson", ("GOV",)),
        ("the president", ("GOV",)),
        ("ministers of state", ("GOV",)),
        ("defence minister", ("GOV", "MIL")),
        ("military officials", ("MIL", "GOV")),
        ("generals", ("MIL",)),
        ("rebel troops", ("REB", "MIL")),
        ("UN officials", ("IGO",)),
        ("opposition lawmakers", ("OPP", "LEG")),
        ("lawmakers", ("LEG",)),
        ("judges", ("JUD",)),
        ("police spokesman", ("COP",)),
        ("spokeswoman for the rebels", ("REB",)),
        ("members of the opposition", ("OPP",)),
        ("president of the World Bank", ("IGO",)),
        ("former prime minister", ("ELI",)),
        ("aid workers", ("NGO",)),
        ("a political analyst at the university", ("EDU",)),
        ("bank officials", ("BUS",)),
        ("residents of the capital", ("CVL",)),
        ("intelligence officials", ("SPY", "GOV")),
        ("trade union leaders", ("LAB",)),
        ("gunmen", ("UAF",)),
        ("smugglers", ("CRM",)),
        ("refugees", ("REF",)),
        ("journalists", ("MED",)),
        ("state media", ("MED", "GOV")),
        ("Supreme Court justices", ("JUD",)),
        ("spokesman", ()),
        ("the weather", ()),
        ("", ()),
    ],
)
def test_roles_of_phrase(phrase: str, codes: tuple[str, ...]) -> None:
    assert roles_of(phrase) == codes


@given(st.text(max_size=80))
def test_any_phrase_gives_known_codes_without_repeats(phrase: str) -> None:
    codes = roles_of(phrase)
    assert set(codes) <= set(CODES)
    assert len(codes) == len(set(codes))
