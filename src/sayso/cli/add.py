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
    from sayso.record import Article, Reading
    from sayso.store import Store

__all__ = ["Added", "add", "add_all", "failure", "summary"]

TOGETHER, TOGETHER_CHARACTERS = 16, 200_000  # articles, and characters, that are read at a time
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
    """Read and keep each target; an article that cannot be read gives a failure, a store that fails raises.

    Articles are read some at a time, which is faster; results come in the order of the targets.
    """
    reader = session.get_reader()
    waiting: list[tuple[str, Article]] = []
    for target in targets:
        try:
            article = _load(target)
            if not store.known(article.id, reader.info.version, reader.info.model):
                waiting.append((target, article))
                if len(waiting) == TOGETHER or sum(len(a.text) for _, a in waiting) > TOGETHER_CHARACTERS:
                    yield from _read_and_keep(store, reader, waiting)
                    waiting = []
                continue
            result = store.add_address(article)  # the text is known; where it stands may be new
            added = Added(target, result.outcome, result.article_id)
        except Exception as error:
            added = _failed(target, error)
        yield from _read_and_keep(store, reader, waiting)
        waiting = []
        yield added
    yield from _read_and_keep(store, reader, waiting)


def _load(target: str) -> Article:
    from sayso import sources

    return sources.load(target, settings=session.settings())


def _read_and_keep(store: Store, reader: session.Reads, waiting: list[tuple[str, Article]]) -> Iterator[Added]:
    """Read articles together; when one of them fails, each by itself, so that the others are kept."""
    readings: Iterable[Reading | None]
    try:
        readings = reader.read_many([article for _, article in waiting])
    except Exception:  # whichever it was is found, and reported, below
        readings = [None] * len(waiting)
    for (target, article), reading in zip(waiting, readings, strict=True):
        try:
            result = store.add(reading or reader.read(article))
            yield Added(target, result.outcome, result.article_id)
        except Exception as error:
            yield _failed(target, error)


def _failed(target: str, error: Exception) -> Added:
    """Say what failed with an article; raises what every other article would fail with, too."""
    from sayso.errors import InputError, RecordError, SaysoError

    if isinstance(error, InputError | RecordError):
        return Added(target, "failed", error=str(error))
    if isinstance(error, SaysoError):  # the model or the store fails
        raise error
    fault = f"{type(error).__name__}: {error}"  # a fault of ours in one article must not cost the others
    return Added(target, "failed", error=f"sayso failed on this article ({fault}); please report it")


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
