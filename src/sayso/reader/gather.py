"""Clusters → figures: the descriptions of the text that the network takes to stand for a figure become its mentions.

A cluster belongs to the figure that most of its names name; a description that a source already resolved stays there.
"""

from __future__ import annotations

from collections import Counter

from sayso.knowledge.pronouns import pronoun
from sayso.reader.cast import Cast, Figure
from sayso.reader.linked import Linked
from sayso.reader.mentions import Mention
from sayso.reader.phrases import is_indefinite
from sayso.reader.speakers import Speakers

__all__ = ["gather", "is_met_as"]

_MOST = 0.6  # of the names of a cluster that must name one figure
_SOON = 300  # characters in which somebody brought in with "a" is named
_ACTORS = frozenset({"person", "organisation", "country", "group", "work"})


def gather(text: str, cast: Cast, linked: Linked, resolver: Speakers) -> None:
    """Add to the figures of a cast the descriptions of their clusters, and those that fit them; pronouns stay out."""
    taken = bytearray(len(text))
    for start, end in (where for figure in cast.figures for where in figure.mentions):
        taken[start:end] = b"\1" * (end - start)
    for mention in linked.mentions:
        where = (mention.start, mention.end)
        if mention.type == "person" and not any(taken[slice(*where)]):
            figure = resolver.described_at(*where)
            if figure is not None and figure.named:
                cast.mention(figure, where)
                taken[slice(*where)] = b"\1" * (mention.end - mention.start)
    for cluster in linked.clusters():
        named = Counter(figure for mention in cluster for figure in _named(cast, mention))
        if not named:
            continue
        [(figure, count), *_] = named.most_common(1)
        if count < _MOST * named.total():
            continue
        for mention in cluster:
            where = (mention.start, mention.end)
            words = text[slice(*where)]
            describes = mention.type in _ACTORS and pronoun(words) is None and not _named(cast, mention)
            # "A spokesman" after the name is another one; right before it he may be named in the next sentence.
            is_new = is_indefinite(words) and not 0 < figure.mentions[0][0] - mention.start < _SOON
            if describes and not is_new and not any(taken[slice(*where)]):
                cast.mention(figure, where)


def _named(cast: Cast, mention: Mention) -> list[Figure]:
    """Give the figure whose name ends a mention: its head, but for what follows in apposition."""
    found = cast.named_at(mention.start, mention.end)
    return [figure for (_, end), figure in found if mention.end - end <= 2][-1:]


def is_met_as(figure: Figure, linked: Linked, kinds: frozenset[str]) -> bool:
    """Say whether the network takes most mentions of a figure for one of these types; false where it sees none."""
    seen = [kind for start, end in figure.mentions if (kind := linked.type_of(start, end)) is not None]
    return bool(seen) and sum(kind in kinds for kind in seen) * 2 >= len(seen)
