"""Options that several verbs share, so that they are called and explained the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

__all__ = ["JsonOption", "StoreOption", "a_date", "one_of"]

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-s",
        envvar="SAYSO_STORE",
        metavar="PATH|URL",
        help="Where the readings are kept; without it, the store of your user account.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def one_of(option: str, value: str | None, known: Sequence[str]) -> None:
    """Refuse a value that is not in a closed list; the lists are in record.py, which a help page does not load."""
    if value is not None and value not in known:
        raise typer.BadParameter(f"{option} {value}: it is one of {', '.join(known)}")


def a_date(option: str, value: str | None) -> None:
    """Refuse what the store does not read as a date."""
    from sayso.store.when import moments

    if value is not None and moments(value) is None:
        raise typer.BadParameter(f"{option} {value}: a date is written 2023, 2023-09 or 2023-09-13")
