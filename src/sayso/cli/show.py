"""``sayso show``: one stored reading."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli import session
from sayso.cli.console import output, print_json
from sayso.cli.options import JsonOption, StoreOption

__all__ = ["show"]


def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id, or 6 or more of its first digits.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show one article of the store.

    \b
    Examples:
      sayso show 3fa4c1d2
      sayso show 3fa4c1d2 --json > record.json
    """
    with session.open_store(store, readonly=True) as kept:
        reading = kept.reading(article)
    if json:
        print_json(reading.model_dump(mode="json", by_alias=True))
        return
    from sayso.cli.view import show_reading

    show_reading(output(), reading)
