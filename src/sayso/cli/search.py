"""``sayso search``: statements found by their words, force, speaker, outlet, date and kind of quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import interactive, output, print_json, print_rows
from sayso.cli.options import JsonOption, StoreOption, a_date, one_of

if TYPE_CHECKING:
    from sayso.store import Hit

__all__ = ["search"]


def search(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Words to look for in what is said and who says it.")
    ] = None,
    force: Annotated[
        str | None, typer.Option("--force", metavar="FORCE", help="asserts, denies, hints, fears, …")
    ] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Who says it.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published it.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published then or earlier.")] = None,
    quote: Annotated[str | None, typer.Option("--quote", metavar="KIND", help="direct, indirect or mixed.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most this many.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip this many first.")] = 0,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Search the statements in the store.

    All conditions must hold. Piped, a line holds article id, statement id, date, outlet, force, speakers and words,
    with tabs between.

    \b
    Examples:
      sayso search ammunition
      sayso search --force denies --since 2023-09-01
      sayso search annex --speaker Odrun --quote direct --json
    """
    from sayso.record import FORCES, QUOTES
    from sayso.store import StatementQuery

    one_of("--force", force, FORCES)
    one_of("--quote", quote, QUOTES)
    for option, date in {"--since": since, "--until": until}.items():
        a_date(option, date)
    query = StatementQuery(
        text=text,
        force=force,
        speaker=speaker,
        outlet=outlet,
        since=since,
        until=until,
        quote=quote,
        limit=limit,
        offset=offset,
    )
    with session.open_store(store, readonly=True) as kept:
        hits = kept.search(query)
    _show(hits, json=json)


def _show(hits: list[Hit], *, json: bool) -> None:
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(hits))
        return
    from sayso.cli.hits import cells, show_hits

    if interactive():
        show_hits(output(), hits)
    else:
        print_rows(map(cells, hits))
