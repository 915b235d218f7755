"""``sayso verify``: proves for a whole store that every span is a slice of its article."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli import session
from sayso.cli.console import print_json, print_rows
from sayso.cli.options import JsonOption, StoreOption
from sayso.cli.progress import progress

__all__ = ["verify"]


def verify(
    store: StoreOption = None,
    json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")] = False,
) -> None:
    """Prove that every span is a slice of its article.

    Each is cut out of the stored text again and compared; exit code 1 when one differs. A problem is a line of
    article id, kind and detail, with tabs between.

    \b
    Examples:
      sayso verify
      sayso verify --store affair.db --quiet
    """
    with session.open_store(store, readonly=True) as kept:
        total = kept.count_articles()
        with progress("checking", total) as bar:
            problems = list(kept.verify(progress=lambda done, _: bar.reach(done)))
    if json:
        from pydantic_core import to_jsonable_python

        print_json({"articles": total, "problems": to_jsonable_python(problems)})
    else:
        print_rows([problem.article_id or "store", problem.kind, problem.detail] for problem in problems)
        if not quiet or problems:
            found = f"{len(problems)} wrong" if problems else "every span is a slice of its article"
            typer.echo(f"{total} article{'' if total == 1 else 's'} checked: {found}", err=bool(problems))
    if problems:
        raise typer.Exit(1)
