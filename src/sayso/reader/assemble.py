"""Drafts → the record: force, quotation kind, speakers, chains and ids; the last step of reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.knowledge.outlets import outlet_at
from sayso.reader.acquaint import Acquaintance, office_of
from sayso.reader.attribution import Range
from sayso.reader.cast import Cast, Figure
from sayso.reader.context import addressee_range, sentence_around, venue_range
from sayso.reader.coreference import Clusters
from sayso.reader.dates import find_dates
from sayso.reader.drafts import Draft
from sayso.reader.encode import quote_regions
from sayso.reader.gather import gather, is_met_as
from sayso.reader.judge import listed_reading, weigh
from sayso.reader.linked import Linked
from sayso.reader.metonymy import is_placed
from sayso.reader.names import find_names
from sayso.reader.network import Curves
from sayso.reader.quotes import quote_kind
from sayso.reader.segment import sentence_starts
from sayso.reader.speakers import Speakers
from sayso.record import Actor, Article, Date, Link, ReaderInfo, Reading, Span, Statement

__all__ = ["assemble", "outlet_name"]


_PLACES = frozenset({"name", "capital"})  # ways to name a country that may be no more than where something is
_WHO = frozenset({"person", "organisation", "country", "group"})
_NOBODY = Linked(Clusters((), (), ()))


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the text shows before its statements are written down."""

    article: Article
    sentences: list[int]
    quotes: list[Range]
    curves: Curves
    levels: dict[Range | None, list[Draft]]  # by parent, in the order of their cues

    def is_quoted(self, at: int) -> bool:
        """Say whether an offset lies between quotation marks."""
        after = bisect_right(self.quotes, at, key=lambda region: region[1])
        return after < len(self.quotes) and self.quotes[after][0] <= at

    def others(self, draft: Draft) -> list[Range]:
        """Give the spans of the statements before and after this one at the same level."""
        level = self.levels[draft.parent]
        at = bisect_left(level, draft.cue, key=lambda d: d.cue)
        near = [*level[max(0, at - 2) : at], *level[at + 1 : at + 3]]
        return [r for d in near for r in (d.cue, d.source, *d.content) if r is not None]


def assemble(
    article: Article, drafts: Sequence[Draft], info: ReaderInfo, curves: Curves, linked: Linked | None = None
) -> Reading:
    """Write the drafts down as a record; drafts whose parent is not among them count as outermost.

    ``linked`` are the mentions of the text that stand for the same, as the network sees them.
    """
    text = article.text
    scene = _Scene(article, sentence_starts(text), quote_regions(text), curves, _levels(drafts))
    names = find_names(text, article.body_start)
    cast = Cast(text, [name for name in names if name.how not in _PLACES or not is_placed(text, name.start)])
    acquaintance = Acquaintance(article)
    acquaintance.meet(cast.figures)
    ordered = _parents_first(drafts)
    ids = {draft.cue: f"s{number}" for number, draft in enumerate(sorted(ordered, key=_place), start=1)}
    resolver = Speakers(text, cast, linked, article.outlet or "")
    speakers, addressees = _who(scene, ordered, resolver)
    acquaintance.meet(cast.figures)
    gather(text, cast, linked or _NOBODY, resolver)
    actors = _Actors(article)
    statements: dict[Range, Statement] = {}
    for draft in ordered:
        parent = statements.get(draft.parent) if draft.parent else None
        statement = _statement(scene, draft, ids[draft.cue], parent)
        said_by = speakers[draft.cue]
        chain = parent.chain if parent else (Link(name=outlet_name(article)),)
        statements[draft.cue] = statement.model_copy(
            update={
                "speakers": tuple(actors.id_of(f) for f in said_by),
                "addressee": tuple(actors.id_of(f) for f in addressees[draft.cue]),
                "chain": _lengthened(chain, actors.link(said_by, statement.source)),
            }
        )
    for figure in cast.figures:
        is_outlet = figure.name.casefold() in outlet_name(article).casefold()
        if figure.named and not is_outlet and is_met_as(figure, linked or _NOBODY, _WHO):
            actors.id_of(figure)
    in_order = sorted(statements.values(), key=lambda s: int(s.id[1:]))
    return Reading(
        article=article, actors=actors.records(), statements=tuple(in_order), dates=_dates(article), reader=info
    )


def _dates(article: Article) -> tuple[Date, ...]:
    """Give the expressions of time, but for those without a period of their own ("recently")."""
    found = find_dates(article.text, article.published, body_start=article.body_start)
    told = [each for each in found if each.kind not in ("past", "present", "future")]
    return tuple(
        Date(id=f"d{number}", start=each.start, end=each.end, text=each.text, value=each.interval, grain=each.grain)
        for number, each in enumerate(told, start=1)
    )


def _levels(drafts: Sequence[Draft]) -> dict[Range | None, list[Draft]]:
    levels: dict[Range | None, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: d.cue):
        levels.setdefault(draft.parent, []).append(draft)
    return levels


def outlet_name(article: Article) -> str:
    """Give the name the article's outlet goes by in chains: its name, else that of its address, else "this article"."""
    if article.outlet:
        return article.outlet
    if (known := outlet_at(article.url or "")) is not None:
        return known.name
    host = (article.url or "").partition("://")[2].partition("/")[0]
    return host.removeprefix("www.") or "this article"


def _place(draft: Draft) -> tuple[int, int, Range]:
    return draft.start, -max((end for _, end in draft.content), default=draft.cue[1]), draft.cue


def _parents_first(drafts: Sequence[Draft]) -> list[Draft]:
    by_cue = {draft.cue: draft for draft in drafts}

    def depth(draft: Draft) -> int:
        return 1 + depth(by_cue[draft.parent]) if draft.parent in by_cue else 0

    return sorted(drafts, key=lambda draft: (depth(draft), draft.cue))


def _who(
    scene: _Scene, drafts: list[Draft], resolver: Speakers
) -> tuple[dict[Range, tuple[Figure, ...]], dict[Range, tuple[Figure, ...]]]:
    """Resolve who speaks and who is spoken to, in the order of the sources; whom a statement lies in, first."""
    text = scene.article.text
    by_cue = {draft.cue: draft for draft in drafts}
    speakers: dict[Range, tuple[Figure, ...]] = {}
    addressees: dict[Range, tuple[Figure, ...]] = {}

    def resolve(draft: Draft) -> None:
        if draft.cue in speakers:
            return
        if draft.parent in by_cue:
            resolve(by_cue[draft.parent])
        around = speakers.get(draft.parent, ()) if draft.parent else ()
        quoted = scene.is_quoted(draft.cue[0])
        speakers[draft.cue] = resolver.resolve(draft.source, around, quoted=quoted) if draft.source else ()
        resolver.issued(draft.cue, speakers[draft.cue])
        spoken_to = addressee_range(text, draft)
        addressees[draft.cue] = resolver.resolve(spoken_to, around, quoted=quoted, speaks=False) if spoken_to else ()

    for draft in sorted(drafts, key=lambda d: d.source or d.cue):
        resolve(draft)
    return speakers, addressees


def _statement(scene: _Scene, draft: Draft, name: str, parent: Statement | None) -> Statement:
    text = scene.article.text
    sentence = sentence_around(scene.sentences, len(text), draft.cue[0])
    content = tuple(scene.article.span(*piece) for piece in draft.content)
    judged = weigh(listed_reading(text, draft.cue, draft.content), draft.forces, scene.curves.force)
    sure = scene.curves.statement.confidence(*draft.scores) if draft.confidence is None else draft.confidence
    venue = venue_range(text, draft, _region(draft, parent, sentence), scene.others(draft))
    return Statement(
        id=name,
        source=scene.article.span(*draft.source) if draft.source else None,
        cue=scene.article.span(*draft.cue),
        content=content,
        venue=scene.article.span(*venue) if venue else None,
        quote=quote_kind(text, draft.content, scene.quotes),
        force=judged.force,
        certainty=judged.certainty,
        polarity=judged.polarity,
        inside=parent.id if parent else None,
        confidence=sure,
        force_confidence=judged.confidence,
    )


def _lengthened(chain: tuple[Link, ...], links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Add a mouth to a chain; who speaks of their own words ("she said she feared") is one mouth, as is the outlet."""
    if not links:
        return chain
    last, own = chain[-1], links[0]
    same_actor = own.actor is not None and last.actor == own.actor
    is_outlet = last.span is None and last.name.casefold() == own.name.casefold()
    return chain if same_actor or is_outlet else (*chain, own)


def _region(draft: Draft, parent: Statement | None, sentence: Range) -> Range:
    """Give the words a statement may draw on: its sentence, and of that only the content it lies in."""
    for piece in parent.content if parent else ():
        if piece.start <= draft.cue[0] < piece.end:
            return max(piece.start, sentence[0]), min(piece.end, sentence[1])
    return sentence


class _Actors:
    """Gives each figure that speaks or is spoken to its id, in the order in which they first do."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._ids: dict[Figure, str] = {}

    def id_of(self, figure: Figure) -> str:
        return self._ids.setdefault(figure, f"a{len(self._ids) + 1}")

    def link(self, figures: tuple[Figure, ...], source: Span | None) -> tuple[Link, ...]:
        """Give the link of a chain for those who speak together; none when nobody is named as the source."""
        if not figures:
            return () if source is None else (Link(name=source.text, span=source),)
        actor = self.id_of(figures[0]) if len(figures) == 1 else None
        return (Link(actor=actor, name=" and ".join(f.name for f in figures), span=source),)

    def records(self) -> tuple[Actor, ...]:
        return tuple(
            Actor(
                id=name,
                name=figure.name,
                kind=figure.kind,
                country=figure.country,
                roles=figure.roles,
                office=office_of(figure),
                named=figure.named,
                mentions=tuple(self._article.span(*r) for r in sorted(set(figure.mentions))),
            )
            for figure, name in self._ids.items()
        )
