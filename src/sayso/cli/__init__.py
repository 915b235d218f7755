"""The verbs, one file each, thin over the rest: takes the command line, gives text, JSON and an exit code.

Exit codes: 0 all well, 1 something was found wrong or failed, 2 the command line, a setting or an article, 3 a
record, 4 the model, 5 the store, 130 stopped by Ctrl-C. Errors are one line on standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from sayso.cli import (
    actor,
    actors,
    add,
    demo,
    doctor,
    evaluate,
    knowledge,
    listing,
    read,
    schema,
    search,
    serve,
    show,
    verify,
)
from sayso.cli.entry import run

__all__ = ["COMMANDS", "VERBS", "app", "main"]

# Plain help: it wraps at any width and can be searched with grep.
app = typer.Typer(
    name="sayso",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
VERBS: dict[str, Callable[..., None] | typer.Typer] = {
    "read": read.read,
    "add": add.add,
    "list": listing.list_articles,
    "show": show.show,
    "search": search.search,
    "actors": actors.app,
    "actor": actor.actor,
    "verify": verify.verify,
    "serve": serve.serve,
    "eval": evaluate.evaluate,
    "demo": demo.demo,
    "doctor": doctor.doctor,
    "schema": schema.schema,
}
for name, verb in VERBS.items():
    if isinstance(verb, typer.Typer):  # with further words behind it
        app.add_typer(verb, name=name)
    else:
        app.command(name)(verb)
app.add_typer(knowledge.app, name="knowledge")
# All there is to call, as it is typed after "sayso".
COMMANDS = (*VERBS, "knowledge", *(f"knowledge {name}" for name in knowledge.VERBS))


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def sayso(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    _debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of an error.")] = False,
) -> None:
    """Read political news and keep the record of who says what, on whose say-so.

    \b
    Examples:
      sayso demo                        see it work on the bundled articles
      sayso read article.html           read one article, in the terminal
      sayso add news/ && sayso serve    keep a folder of articles, open the pages
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (default: the arguments of the process); gives the exit code."""
    return run(app, argv)
