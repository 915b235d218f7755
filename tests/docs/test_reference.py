"""The reference is complete: what the code has, its page has."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

import sayso
from docs.refresh.samples import ROOT
from sayso import errors, record
from sayso.cli import COMMANDS
from sayso.settings import Settings
from sayso.web.api import api

REFERENCE = ROOT / "docs" / "reference"
TYPES = ["Reading", "Article", "Statement", "Link", "Actor", "Span", "ReaderInfo", "Event", "Place", "Date"]


def section(page: str, heading: str) -> str:
    """Give the text below a second-level heading of a reference page."""
    parts = re.split(r"^## (.+)$", (REFERENCE / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_its_help(verb: str) -> None:
    assert f"Usage: sayso {verb} " in section("cli.md", f"sayso {verb}")


def test_every_setting_is_listed() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`SAYSO_{name.upper()}`" not in text] == []


def test_every_error_is_listed() -> None:
    text = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    assert [name for name in errors.__all__ if f"| `{name}` |" not in text] == []


def test_every_exit_code_is_listed() -> None:
    codes = {getattr(errors, name).exit_code for name in errors.__all__}
    assert [code for code in codes if f"| {code} |" not in section("errors.md", "Exit codes")] == []


def test_every_public_name_is_described() -> None:
    text = (REFERENCE / "python.md").read_text(encoding="utf-8")
    assert [name for name in sayso.__all__ if not re.search(rf"\b{name}\b", text)] == []


def test_every_method_of_the_store_is_described() -> None:
    text = (REFERENCE / "python.md").read_text(encoding="utf-8")
    methods = [name for name in vars(sayso.Store) if not name.startswith("_")]
    assert [name for name in methods if f"Store.{name}" not in text] == []


@pytest.mark.parametrize("route", [r.path for r in api.routes if isinstance(r, APIRoute)])
def test_every_route_is_described_with_an_answer(route: str) -> None:
    assert "```json" in section("rest.md", route)


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_the_record_is_explained(name: str) -> None:
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.+?) \|", section("record.md", name), re.M))))
    fields = {info.alias or field for field, info in getattr(record, name).model_fields.items()}
    assert explained >= fields


def test_every_type_of_the_record_is_explained() -> None:
    known = {name: getattr(record, name) for name in record.__all__}
    assert {n for n, kind in known.items() if isinstance(kind, type) and issubclass(kind, BaseModel)} == set(TYPES)


def test_every_value_of_a_closed_list_is_named() -> None:
    text = (REFERENCE / "record.md").read_text(encoding="utf-8")
    lists = (record.FORCES, record.QUOTES, record.CERTAINTIES, record.ACTOR_KINDS, record.EVENT_STATUSES)
    assert [value for values in lists for value in values if f"`{value}`" not in text] == []
