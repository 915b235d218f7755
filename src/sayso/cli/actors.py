"""``sayso actors``: who appears over all articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import decide, link, session
from sayso.cli.console import interactive, output, print_json, print_rows
from sayso.cli.options import JsonOption, StoreOption, one_of

if TYPE_CHECKING:
    from sayso.store import ActorRow

__all__ = ["actors", "app"]

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def actors(
    context: typer.Context,
    country: Annotated[str | None, typer.Option("--country", metavar="CODE", help="Only of this country: RUS.")] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="CODE", help="Only with this role: GOV.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="person, organisation, media, …")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only in articles of it.")] = None,
    unnamed: Annotated[bool, typer.Option("--unnamed", help="Those only described, instead of the named.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most this many.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip this many first.")] = 0,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List who appears in the articles of the store.

    One person over many articles is one, whatever an article calls them. Piped, a line holds number, name, kind,
    country, articles, statements, office and Wikidata id, with tabs between.

    \b
    Examples:
      sayso actors
      sayso actors --country RUS --role GOV --limit 10
      sayso actors merge "Mirela Dorran" "M. Sorel" --why "her maiden name"
      sayso actors split "Ana Roe" --article 3fa4c1d2
      sayso actors undo
    """
    if context.invoked_subcommand is not None:
        _refuse_lost(context)
        return
    from sayso.record import ACTOR_KINDS
    from sayso.store import ActorQuery

    one_of("--kind", kind, ACTOR_KINDS)
    country, role = country and country.upper(), role and role.upper()
    query = ActorQuery(country, role, kind, outlet, unnamed, limit=limit, offset=offset)
    with session.open_store(store, readonly=True) as kept:
        rows, total = kept.actors(query), kept.count_actors(query)
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(rows))
    elif interactive():
        _show(rows, total)
    else:
        print_rows(map(_cells, rows))


def _refuse_lost(context: typer.Context) -> None:
    """Refuse options that stand before a further word, which would not see them."""
    given = [name for name in context.params if _is_typed(context, name)]
    if given:
        word = context.invoked_subcommand
        raise typer.BadParameter(f"--{given[0]} stands before {word}: put the options after it")


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _cells(row: ActorRow) -> list[str]:
    office = row.offices[0].office if row.offices else ""
    counts = [str(row.articles), str(row.statements)]
    return [str(row.id), row.name, row.kind, row.country or "", *counts, office, row.wikidata or ""]


def _show(rows: Sequence[ActorRow], total: int) -> None:
    from rich.text import Text

    from sayso.cli.view import Page, number

    page, width = Page(output()), max((len(str(row.id)) for row in rows), default=0) + 2
    for row in rows:
        facts = [row.country, row.kind, *(office.office for office in row.offices[:2]), row.wikidata]
        facts += [number(row.statements, "statement"), number(row.articles, "article")]
        page.put(Text(row.name, "bold"), width, Text(str(row.id), "cyan"))
        page.put(Text(" · ".join(fact for fact in facts if fact), style="dim"), width)
        other = [called for called in row.called if called.words != row.name][:4]
        if other:
            names = ", ".join(f"{called.words} ({called.outlet or 'outlet unknown'})" for called in other)
            page.put(Text(f"called {names}"), width)
    if not rows:
        page.put(Text("Nobody matches."))
    elif len(rows) < total:
        page.put(Text(f"{len(rows)} of {number(total, 'actor')}; --limit and --offset show others", style="dim"))


for name, verb in {**decide.VERBS, **link.VERBS}.items():
    app.command(name)(verb)
