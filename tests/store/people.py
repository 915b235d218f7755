"""Small readings in which people speak, to be told apart or put together over articles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from sayso.record import Actor, ActorKind, Article, ReaderInfo, Reading, Span, Statement

__all__ = ["READER", "Who", "article"]

READER = ReaderInfo(name="sayso", version="1", model="small")
_days = count(1)


@dataclass(frozen=True)
class Who:
    """One actor of an article, with one statement; ``words`` are its mentions where they are not its name."""

    name: str
    kind: ActorKind = "person"
    country: str | None = None
    roles: tuple[str, ...] = ()
    office: str | None = None
    named: bool = True
    words: tuple[str, ...] = ()
    force: str = "asserts"


def article(
    *people: Who | str,
    outlet: str | None = "Paper",
    published: str | None = "2023-09-06",
    url: str | None = None,
    reader: ReaderInfo | None = READER,
    more: str | None = None,
) -> Reading:
    """Build a reading in which each says that it rains; a string stands for a person of that name.

    The text begins with ``more``, else as none before it.
    """
    text = f"Day {next(_days)}. " if more is None else more
    actors, statements = [], []
    for number, person in enumerate(people, start=1):
        who = Who(person) if isinstance(person, str) else person
        mentions = []
        for words in who.words or (who.name,):
            start = len(text)
            text += f"{words} said that it rains. "
            mentions.append(Span(start=start, end=start + len(words), text=words))
        cue = text.index(" said ", mentions[0].end) + 1
        actors.append(
            Actor(
                id=f"a{number}",
                name=who.name,
                kind=who.kind,
                country=who.country,
                roles=who.roles,
                office=who.office,
                named=who.named,
                mentions=tuple(mentions),
            )
        )
        statements.append(
            Statement(
                id=f"s{number}",
                source=mentions[0],
                cue=Span(start=cue, end=cue + 4, text="said"),
                content=(Span(start=cue + 5, end=cue + 18, text="that it rains"),),
                speakers=(f"a{number}",),
                force=who.force,  # type: ignore[arg-type]
            )
        )
    kept = Article(text=text, outlet=outlet, published=published, url=url)
    return Reading(article=kept, actors=tuple(actors), statements=tuple(statements), reader=reader)
