"""A reader that finds "NAME said that …", nested too, so that the command line is tested without the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.record import Actor, Article, Link, ReaderInfo, Reading, Span, Statement

CUES = {"said": "asserts", "denied": "denies", "warned": "warns", "hinted": "hints"}
PATTERN = re.compile(rf"([A-Z]\w+(?: [A-Z]\w+)*) ({'|'.join(CUES)}) (that [^.\n]+)")


class FakeReader:
    """Reads with one regular expression."""

    info = ReaderInfo(name="fake", version="1", model="regular expression")

    def read(self, article: Article) -> Reading:
        found = list(self._find(article, article.body_start, len(article.text), None))
        names = sorted({name for _, name in found})
        actors = tuple(
            Actor(id=name, name=name, kind="person", mentions=tuple(_mentions(article, name))) for name in names
        )
        return Reading(article=article, actors=actors, statements=tuple(s for s, _ in found), reader=self.info)

    def read_many(self, articles: Sequence[Article]) -> list[Reading]:
        return [self.read(article) for article in articles]

    def _find(
        self, article: Article, start: int, end: int, parent: Statement | None
    ) -> Iterator[tuple[Statement, str]]:
        outlet = (Link(name=article.outlet or "the outlet"),)
        for match in PATTERN.finditer(article.text, start, end):
            source, cue, content = (article.span(*match.span(i)) for i in (1, 2, 3))
            statement = Statement(
                id=f"s{match.start()}",
                source=source,
                cue=cue,
                content=(content,),
                speakers=(source.text,),
                force=CUES[cue.text],  # type: ignore[arg-type]
                certainty="certain",
                inside=parent.id if parent else None,
                chain=(*(parent.chain if parent else outlet), Link(actor=source.text, name=source.text, span=source)),
                confidence=0.9,
            )
            yield statement, source.text
            yield from self._find(article, content.start, content.end, statement)


def _mentions(article: Article, name: str) -> Iterator[Span]:
    for match in re.finditer(re.escape(name), article.text):
        yield article.span(*match.span())
