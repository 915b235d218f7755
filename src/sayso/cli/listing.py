"""``sayso list``: the articles in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import interactive, output, print_json, print_rows
from sayso.cli.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from sayso.store import ArticleRow

__all__ = ["SHORT_ID", "list_articles"]

SHORT_ID = 10  # digits of an article's id that are shown; `sayso show` takes any prefix that is unique


def list_articles(
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Only articles with these words.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most this many.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip this many first.")] = 0,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the articles in the store.

    Piped, a line holds id, date, outlet, number of statements and title, with tabs between.

    \b
    Examples:
      sayso list
      sayso list --outlet "Meridian Wire" --limit 10
      sayso list | cut -f1 | xargs -n1 sayso show
    """
    with session.open_store(store, readonly=True) as kept:
        rows = kept.articles(limit=limit, offset=offset, outlet=outlet, text=text)
        total = kept.count_articles(outlet=outlet, text=text)
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(rows))
    elif interactive():
        _show(rows, total, narrowed=bool(outlet or text))
    else:
        print_rows([r.id[:SHORT_ID], r.published or "", r.outlet or "", str(r.statements), r.title or ""] for r in rows)


def _show(rows: Sequence[ArticleRow], total: int, *, narrowed: bool) -> None:
    from rich.text import Text

    from sayso.cli.view import Page, day, number

    page = Page(output())
    for row in rows:
        facts = [row.outlet or "outlet unknown", day(row.published)]
        facts.append(number(row.statements, "statement"))
        facts += [f"version {row.version}"] if row.version > 1 else []
        page.put(Text(row.title or "(untitled)", "bold"), SHORT_ID + 2, Text(row.id[:SHORT_ID], "cyan"))
        page.put(Text(" · ".join(facts), style="dim"), SHORT_ID + 2)
    if not rows:
        page.put(Text("No article matches." if narrowed else "The store is empty: `sayso add` fills it."))
    elif len(rows) < total:
        page.put(Text(f"{len(rows)} of {number(total, 'article')}; --limit and --offset show others", style="dim"))
