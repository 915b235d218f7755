"""``sayso knowledge``: what the tables of names, offices and organisations know, and the user's own rows in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.console import output, print_json, print_rows
from sayso.cli.options import JsonOption

if TYPE_CHECKING:
    from sayso.upkeep.coverage import Coverage

__all__ = ["VERBS", "add", "app", "check", "list_tables", "remove", "show"]

app = typer.Typer(no_args_is_help=False)


@app.callback(invoke_without_command=True)
def knowledge(context: typer.Context) -> None:
    """See who is who, and add names, offices and organisations of your own.

    \b
    Examples:
      sayso knowledge show Macron --date 2018-05
      sayso knowledge add my-ministers.csv
      sayso knowledge check
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def show(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A name, title or description.")],
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="As of when; without it, now.")] = None,
    json: JsonOption = False,
) -> None:
    """Show everything that is known under a name.

    Terms of office, organisations, countries and roles, each with the row it is from, and who the words stand for at
    the date. Exit code 1 when nothing is known.

    \b
    Examples:
      sayso knowledge show Shinzo Abe
      sayso knowledge show "the foreign minister of Norway" --date 2023-09-13
      sayso knowledge show IAEA --json
    """
    from sayso.upkeep.lookup import known

    found = known(" ".join(words), date)
    if json:
        print_json(_plain(asdict(found)))
    else:
        from sayso.cli.who import show_known

        show_known(output(), found)
    if found.is_empty:
        raise typer.Exit(1)


def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table, with tabs or commas between its cells.")],
    json: JsonOption = False,
) -> None:
    """Add rows of your own to a table.

    The first line names the columns, those of offices.tsv, organisations.tsv or regions.tsv. All rows are checked, and
    all are added or none. A row about the same thing as one of yours takes its place; yours win over those shipped.

    \b
    Examples:
      sayso knowledge add my-ministers.csv
      SAYSO_KNOWLEDGE=desk/names sayso knowledge add parties.tsv
    """
    from sayso.upkeep.own import add_file

    done = add_file(file)
    if json:
        print_json(_plain(asdict(done)))
        return
    counts = {"added": done.added, "replaced": done.replaced, "unchanged": done.unchanged}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    typer.echo(f"{said}, in {done.path}")


def remove(
    what: Annotated[str, typer.Argument(metavar="FILE|ROW", help="A file that was added, offices.tsv:3, or a table.")],
    json: JsonOption = False,
) -> None:
    """Take rows of your own out again.

    Give the file that was added, one row as `sayso knowledge show` names it, or a table's name for all your rows in it.
    What is shipped stays.

    \b
    Examples:
      sayso knowledge remove my-ministers.csv
      sayso knowledge remove offices.tsv:3
      sayso knowledge remove regions.tsv
    """
    from sayso.upkeep.own import remove as take_out

    gone = take_out(what)
    if json:
        print_json(_plain([asdict(row) for row in gone]))
        return
    print_rows([["removed", row.place, *row.cells.values()] for row in gone])


def list_tables(json: JsonOption = False) -> None:
    """List the tables with the number of rows, shipped and your own.

    A line holds table, rows shipped, own rows and the file of the own rows, with tabs between.

    \b
    Example:
      sayso knowledge list
    """
    from sayso.upkeep.tables import EXTENSIBLE, own_path, own_rows, shipped_names, shipped_rows

    tables = [
        {
            "table": name,
            "shipped": len(shipped_rows(name)),
            "own": len(own_rows(name)) if name in EXTENSIBLE else 0,
            "file": str(own_path(name)) if name in EXTENSIBLE else None,
        }
        for name in shipped_names()
    ]
    if json:
        print_json(tables)
    else:
        print_rows([str("" if cell is None else cell) for cell in table.values()] for table in tables)


def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A folder with lists to compare with.")
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="List what of those lists is not known.")] = False,
    json: JsonOption = False,
) -> None:
    """Check all tables, shipped and your own.

    With a folder that holds leaderlist_3_21.csv (REIGN) or countries.json (mledoze/countries), say how many of their
    leaders since 1990, countries, demonyms and capitals are known, too. Exit code 1 when a row is not good.

    \b
    Examples:
      sayso knowledge check
      sayso knowledge check lists/ --missing
    """
    from sayso.upkeep.checking import check_all

    compared: list[Coverage] = []
    if folder is not None:
        from sayso.upkeep.coverage import coverage

        compared = coverage(folder)
    checked = list(check_all())
    if json:
        print_json(_checked(checked, compared, missing=missing))
    else:
        for name, own, count, found in checked:
            verdict = f"{len(found)} wrong" if found else "ok"
            typer.echo(f"{name}{' (yours)' if own else ''}: {count} rows, {verdict}")
        for problem in (problem for *_, found in checked for problem in found):
            typer.echo(str(problem))
        for each in compared:
            typer.echo(f"{each.what}: {each.known} of {each.total} known ({_share(each):.1f}%)")
            for name in each.missing if missing else ():
                typer.echo(f"missing\t{each.what}\t{name}")
    if any(found for *_, found in checked):
        raise typer.Exit(1)


def _checked(checked: Iterable[tuple[Any, ...]], compared: Iterable[Coverage], *, missing: bool) -> dict[str, Any]:
    return {
        "tables": [
            {"table": name, "own": own, "rows": count, "problems": [asdict(problem) for problem in found]}
            for name, own, count, found in checked
        ],
        "coverage": [
            {"what": each.what, "known": each.known, "total": each.total, "percent": round(_share(each), 2)}
            | ({"missing": each.missing} if missing else {})
            for each in compared
        ],
    }


def _share(each: Coverage) -> float:
    return 100 * each.known / each.total if each.total else 100.0


def _plain(value: Any) -> Any:
    """Turn paths and tuples into what JSON has."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


VERBS: dict[str, Callable[..., None]] = {
    "show": show,
    "add": add,
    "remove": remove,
    "list": list_tables,
    "check": check,
}
for name, verb in VERBS.items():
    app.command(name)(verb)
