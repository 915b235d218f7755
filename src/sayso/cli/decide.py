"""``sayso actors merge, split, undo, decisions, relink``: what a person decides about who is who."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import print_json, print_rows
from sayso.cli.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from sayso.store import Decision

__all__ = ["VERBS", "decisions", "merge", "relink", "split", "undo"]

WhyOption = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="The reason, kept with it.")]
WhoOption = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides; you, without it.")]


def merge(
    a: Annotated[str, typer.Argument(metavar="A", help="A name, or the number in a list; both are then called so.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another name or number.")],
    why: WhyOption = None,
    who: WhoOption = None,
    store: StoreOption = None,
) -> None:
    """Decide that two actors are one.

    It holds for articles that are added or read again later, and can be undone.

    \b
    Example:
      sayso actors merge "Mirela Dorran" "M. Sorel" --why "her maiden name"
    """
    with session.open_store(store) as kept:
        typer.echo(_line(kept.merge_actors(a, b, who=_who(who), why=why)))


def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or the number in a list.")],
    article: Annotated[str, typer.Option("--article", metavar="ID", help="The article in which it is another.")],
    why: WhyOption = None,
    who: WhoOption = None,
    store: StoreOption = None,
) -> None:
    """Decide that whoever is so called in one article is another.

    \b
    Example:
      sayso actors split "Ana Roe" --article 3fa4c1d2 --why "the judge, not the minister"
    """
    with session.open_store(store) as kept:
        typer.echo(_line(kept.split_actor(name, article, who=_who(who), why=why)))


def undo(
    number: Annotated[int | None, typer.Argument(metavar="[N]", help="Which; the last, without it.")] = None,
    who: WhoOption = None,
    store: StoreOption = None,
) -> None:
    """Undo a decision: the last that holds, or the one of a number.

    \b
    Examples:
      sayso actors undo
      sayso actors undo 3
    """
    with session.open_store(store) as kept:
        typer.echo(_line(kept.undo_decision(number, who=_who(who))))


def decisions(store: StoreOption = None, json: JsonOption = False) -> None:
    """List what was decided, by whom, when and why.

    A line holds number, day, who, what, why, and who undid it, with tabs between.

    \b
    Example:
      sayso actors decisions
    """
    with session.open_store(store, readonly=True) as kept:
        made = kept.decisions()
    if json:
        from pydantic_core import to_jsonable_python

        print_json(to_jsonable_python(made))
        return
    for each in made:
        undone = f"undone by {each.undone_by}" if each.undone_at else ""
        print_rows([[str(each.number), each.made_at[:10], each.who, _what(each), each.why or "", undone]])


def relink(store: StoreOption = None) -> None:
    """Find out anew who everyone is.

    Of use after you changed your own names and offices. Decisions hold, and nothing is read again.

    \b
    Example:
      sayso actors relink
    """
    with session.open_store(store) as kept:
        count = kept.relink_actors()
    typer.echo(f"linked anew: the actors of {count} article{'' if count == 1 else 's'}")


def _who(who: str | None) -> str:
    if who:
        return who
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "unknown"


def _what(made: Decision) -> str:
    if made.kind == "merge":
        return f"{made.b} is {made.a}"
    return f"{made.a} in {(made.article or '')[:10]} is another"


def _line(made: Decision) -> str:
    return f"{made.number}: {_what(made)}{': undone' if made.undone_at else ''}"


VERBS: dict[str, Callable[..., None]] = {
    "merge": merge,
    "split": split,
    "undo": undo,
    "decisions": decisions,
    "relink": relink,
}
