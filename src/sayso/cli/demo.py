"""``sayso demo``: the bundled articles read, kept and shown, as a first look."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import session
from sayso.cli.add import add_all, failure, summary
from sayso.cli.console import interactive, output
from sayso.cli.progress import progress
from sayso.cli.serve import OpenOption, PortOption, serve_store

__all__ = ["demo"]

FIRST = "01-wire-secret-annex.txt"  # the article that is shown: the one the others are about


def demo(
    store: Annotated[Path, typer.Option("--store", metavar="FOLDER", help="Folder of the demo's store.")] = Path(
        "demo"
    ),
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages when it is done.")] = True,
    port: PortOption = None,
    open_page: OpenOption = False,
) -> None:
    """See it work on the bundled articles.

    One is read and shown, all are kept in a store, and the pages are served; without a terminal nothing is served.
    The articles are fiction or paraphrase of the public record, written for sayso.

    \b
    Examples:
      sayso demo
      sayso demo --no-serve --store /tmp/demo
    """
    from sayso import sources
    from sayso.cli.view import show_reading
    from sayso.store import Store

    with resources.as_file(resources.files("sayso") / "examples" / "articles") as folder:
        reader = session.get_reader()
        show_reading(output(), reader.read(sources.load(folder / FIRST, settings=session.settings())))
        typer.echo()
        place = _place(store)
        with Store.open(str(place)) as kept:
            results = []
            articles = _articles(folder)
            with progress("reading", len(articles)) as bar:
                for added in add_all(kept, articles):
                    results.append(added)
                    bar.reach(len(results))
            for added in results:
                if added.error:
                    typer.echo(f"failed: {failure(added)}", err=True)
            typer.echo(f"{summary(results)}, in {place}")
            typer.echo(f"try: sayso search --force denies --store {place}")
            if serve and interactive():
                serve_store(kept, None, port, open_page=open_page)
            else:
                typer.echo(f"the pages: sayso serve --store {place}")
    if any(result.outcome == "failed" for result in results):
        raise typer.Exit(1)


def _articles(folder: Path) -> list[str]:
    return sorted(str(file) for file in folder.iterdir() if file.is_file())


def _place(folder: Path) -> Path:
    from sayso.errors import StoreReadOnly

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(f"cannot make the folder {folder} ({error.strerror}): --store names another") from error
    return folder / "sayso.db"
