"""``sayso actors link``: which Wikidata item an actor is, from a list or, when asked to, from Wikidata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import print_json
from sayso.cli.options import JsonOption, StoreOption
from sayso.cli.progress import progress

if TYPE_CHECKING:
    from sayso.store import Linked, Store, WikidataRow

__all__ = ["VERBS", "link"]


def link(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Lines of name, id and country, tabbed.")] = None,
    online: Annotated[bool, typer.Option("--online", help="Ask Wikidata for those who have no id.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Ask for at most this many.")] = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Link actors to Wikidata items.

    A line of FILE is a name, an id (- takes the link away) and, if you like, a country, with tabs between. Only with
    --online is anything sent: names, one at a time. An item is taken when it alone fits name, kind and country.

    \b
    Examples:
      sayso actors link ids.tsv
      sayso actors link --online --limit 20
    """
    if (file is None) is not online:
        raise typer.BadParameter("give a file, or --online")
    with session.open_store(store) as kept:
        done = _ask(kept, limit) if file is None else kept.link_wikidata(list(_rows(file)), source="file")
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(done))
        return
    for each in done:
        if each.outcome in ("nobody", "several"):
            typer.echo(f"{each.outcome} called {each.name}", err=True)
    counts = Counter(each.outcome for each in done)
    typer.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "nothing to link")


def _rows(file: Path) -> Iterator[WikidataRow]:
    from sayso.errors import InputError, NotFound
    from sayso.store import WikidataRow

    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {file}; check the name") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({error}); give a text file in UTF-8") from error
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or (number == 1 and cells[1:2] == ["qid"]):
            continue
        if len(cells) not in (2, 3) or not cells[0] or not cells[1]:
            raise InputError(f"{file}:{number}: a line is a name, an id and, if you like, a country, with tabs between")
        yield WikidataRow(cells[0], None if cells[1] == "-" else cells[1], (cells[2:] or [""])[0].upper() or None)


def _ask(kept: Store, limit: int) -> list[Linked]:
    from sayso.sources.wikidata import Wikidata
    from sayso.store import ActorQuery, Linked, WikidataRow

    done: list[Linked] = []
    rows = [row for row in kept.actors(ActorQuery(unlinked=True, limit=limit)) if row.kind != "group"]
    with Wikidata(session.settings()) as wikidata, progress("asking", len(rows)) as bar:
        for row in rows:
            qid = wikidata.find(row.name, row.kind, row.country)
            if qid is None:
                done.append(Linked(row.name, None, "nobody"))
            else:
                done += kept.link_wikidata([WikidataRow(row.name, qid, row.country)], source="wikidata.org")
            bar.reach(len(done))
    return done


VERBS: dict[str, Callable[..., None]] = {"link": link}
