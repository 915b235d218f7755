"""``sayso actor``: one person, organisation or country over all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import output, print_json
from sayso.cli.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from rich.text import Text

    from sayso.store import Called, Portrait

__all__ = ["actor"]


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Any name it is called by, a Wikidata id, or a number.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Statements, articles shown.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip this many first.")] = 0,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show what one actor says over all articles, and what it is called where.

    \b
    Examples:
      sayso actor "Osip Lenart"
      sayso actor Lenart --json | jq .forces
    """
    with session.open_store(store, readonly=True) as kept:
        seen = kept.actor(name, limit=limit, offset=offset)
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(seen))
    else:
        _show(seen)


def _show(seen: Portrait) -> None:
    from rich.text import Text

    from sayso.cli.forces import force_text
    from sayso.cli.hits import show_hits
    from sayso.cli.listing import SHORT_ID
    from sayso.cli.view import Page, day, number

    page = Page(output())
    page.put(Text(seen.name, "bold"))
    facts = [seen.country, seen.kind, *seen.roles, seen.wikidata]
    page.put(Text(" · ".join(fact for fact in facts if fact)))
    for held in seen.offices:
        since = " to ".join(dict.fromkeys((day(held.first), day(held.last))))
        page.put(Text(f"{held.office}, {number(held.articles, 'article')}, {since}"))
    page.put(Text(f"{number(seen.statements, 'statement')} in {number(seen.articles, 'article')}", style="dim"))
    tally = Text("   ").join(Text(f"{n} ").append_text(force_text(force)) for force, n in seen.forces.items())
    for title, line in (("", tally), ("called", _called(seen.aliases)), ("also", _called(seen.epithets))):
        if line.plain:
            page.put(Text(f"{title} " if title else "", style="dim").append_text(line))
    for made in seen.decisions:
        what = f"{made.b} is {made.a}" if made.kind == "merge" else f"another than {made.a}"
        page.put(Text(f"{made.number}: {what}, decided by {made.who}" + (f": {made.why}" if made.why else ""), "dim"))
    page.put(Text())
    show_hits(page.console, seen.said)
    for row in seen.appears_in:
        lead = Text(row.id[:SHORT_ID], "cyan")
        page.put(Text(" · ".join(p for p in (row.title, row.outlet, day(row.published)) if p)), SHORT_ID + 2, lead)


def _called(called: tuple[Called, ...]) -> Text:
    from rich.text import Text

    outlets: dict[str, list[str]] = {}
    for each in called:
        outlets.setdefault(each.outlet or "outlet unknown", []).append(f"{each.words} ({each.times})")
    return Text("; ".join(f"{outlet}: {', '.join(words)}" for outlet, words in outlets.items()))
