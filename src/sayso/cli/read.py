"""``sayso read``: articles in, what they report people to say out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import output, print_json
from sayso.cli.options import JsonOption

if TYPE_CHECKING:
    from sayso.record import Reading

__all__ = ["read"]


def read(
    targets: Annotated[
        list[str], typer.Argument(metavar="TARGET", help="A file, an address, or - for standard input.")
    ],
    json: JsonOption = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print JSON, one record a line.")] = False,
) -> None:
    """Show who says what in an article.

    Nothing is stored. Of several articles, one that cannot be read is reported and does not stop the rest.

    \b
    Examples:
      sayso read article.html
      sayso read https://example.org/news/1234
      curl -s https://example.org/news/1234 | sayso read -
      sayso read article.txt --json > record.json
      sayso read *.html --jsonl | jq '.statements[].force'
    """
    if json and jsonl:
        raise typer.BadParameter("--json and --jsonl exclude each other")
    if json and len(targets) > 1:
        raise typer.BadParameter("--json prints one record; use --jsonl for several articles")
    from sayso import sources
    from sayso.errors import InputError

    reader, failed = None, 0
    for target in targets:
        # The article first: what is wrong with it is known before the model is loaded.
        try:
            article = sources.load(target, settings=session.settings())
        except InputError as error:
            if len(targets) == 1:
                raise
            typer.echo(f"sayso: error: {error}", err=True)
            failed = failed or error.exit_code
            continue
        first = reader is None
        reader = reader or session.get_reader()
        _print(reader.read(article), json=json, jsonl=jsonl, first=first)
    if failed:
        raise typer.Exit(failed)


def _print(reading: Reading, *, json: bool, jsonl: bool, first: bool) -> None:
    if json or jsonl:
        print_json(reading.model_dump(mode="json", by_alias=True), indented=json)
        return
    from sayso.cli.view import show_reading

    console = output()
    if not first:
        console.print()
    show_reading(console, reading)
