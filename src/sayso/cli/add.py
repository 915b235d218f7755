"""``sayso add``: many articles read and kept; one that fails is reported and does not stop the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import print_json
from sayso.cli.options import JsonOption, StoreOption
from sayso.cli.progress import progress

if TYPE_CHECKING:
    from sayso.store import Store

__all__ = ["Added", "add", "add_all", "failure", "summary"]

OUTCOMES = ("added", "new version", "read again", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one target: an outcome of the store, or "failed" with the error."""

    target: str
    outcome: str
    article: str | None = None
    error: str | None = None


def add(
    targets: Annotated[
        list[str],
        typer.Argument(metavar="TARGET", help="Files, folders, feeds, addresses, or - for standard input."),
    ],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Read articles and keep them in the store.

    What is there already is left as it is. Exit code 1 when an article failed.

    \b
    Examples:
      sayso add article.html
      sayso add news/ --store affair.db
      sayso add https://example.org/feed.xml
    """
    from sayso import sources

    with session.open_store(store, make=True) as kept:
        expanded = list(sources.expand(targets, settings=session.settings()))
        with progress("reading", len(expanded)) as bar:
            results = []
            for added in add_all(kept, expanded):
                results.append(added)
                bar.reach(len(results))
                bar.say(_line(added), important=added.outcome == "failed")
    if json:
        counts = Counter(result.outcome for result in results)
        print_json(
            {
                "store": session.store_place(store),
                **{outcome.replace(" ", "_"): counts[outcome] for outcome in OUTCOMES},
                "articles": [asdict(result) for result in results],
            }
        )
    else:
        typer.echo(f"{summary(results)}, in {session.store_place(store)}")
    if any(result.outcome == "failed" for result in results):
        raise typer.Exit(1)


def add_all(store: Store, targets: Iterable[str]) -> Iterator[Added]:
    """Read and keep each target; an article that cannot be read gives a failure, a store that fails raises."""
    from sayso import sources
    from sayso.errors import InputError, RecordError, SaysoError

    reader = session.get_reader()
    for target in targets:
        try:
            article = sources.load(target, settings=session.settings())
            if store.known(article.id, reader.info.version, reader.info.model):
                result = store.add_address(article)  # the text is known; where it stands may be new
            else:
                result = store.add(reader.read(article))
            added = Added(target, result.outcome, result.article_id)
        except (InputError, RecordError) as error:
            added = Added(target, "failed", error=str(error))
        except SaysoError:  # the model or the store fails: so would every other article
            raise
        except Exception as error:  # a fault of ours in one article must not cost the others
            fault = f"{type(error).__name__}: {error}"
            added = Added(target, "failed", error=f"sayso failed on this article ({fault}); please report it")
        yield added


def summary(results: list[Added]) -> str:
    """Give one line: "3 added, 1 failed"; "nothing to add" when there was nothing."""
    counts = Counter(result.outcome for result in results)
    parts = [f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome]]
    return ", ".join(parts) or "nothing to add"


def failure(added: Added) -> str:
    """Give what went wrong, with the target unless the error names it."""
    error = added.error or ""
    return error if added.target in error else f"{added.target}: {error}"


def _line(added: Added) -> str:
    return f"{added.outcome}: {failure(added) if added.error else added.target}"
