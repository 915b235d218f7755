"""Found against gold: precision, recall and F1 over sets, micro-averaged, and statements paired one to one.

The exact-span scoring of PolNeAR as the documentation's reference page defines it: per article, the set of gold
spans of a role (each contiguous piece by itself, duplicates merged) against the set found. What is not a span
(force, nesting, chain, speaker, quote) is judged on the statements that :func:`pair` pairs.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = [
    "FOUND_SHARE",
    "GOLD_SHARE",
    "JUDGED_FIELDS",
    "SPAN_FIELDS",
    "Comparison",
    "Said",
    "Score",
    "agreement",
    "attribution_scores",
    "pair",
    "same_name",
]

SPAN_FIELDS = ("source", "cue", "content", "whole")
JUDGED_FIELDS = ("force", "inside", "chain", "speaker", "named_speaker", "quote")
GOLD_SHARE, FOUND_SHARE = 0.8, 0.5  # of the gold's content that must be found; of the found that must be the gold's

Range = tuple[int, int]
Roles = tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]  # source, cue, content


@dataclass(slots=True)
class Score:
    """Counts of what was right, found and in the gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Iterable[Hashable], gold: Iterable[Hashable]) -> None:
        """Count one article's two sets."""
        ours, theirs = set(found), set(gold)
        self.right += len(ours & theirs)
        self.found += len(ours)
        self.gold += len(theirs)

    def __iadd__(self, other: Score) -> Score:
        self.right += other.right
        self.found += other.found
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 to 1; 0 when there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def _covered(pieces: Iterable[Range]) -> Iterable[int]:
    for start, end in pieces:
        yield from range(start, end)


def attribution_scores(pairs: Iterable[tuple[Iterable[Roles], Iterable[Roles]]]) -> dict[str, Score]:
    """Score articles, each a pair (found, gold) of statements given as (source, cue, content) pieces.

    Keys: ``source``, ``cue``, ``content`` (exact spans), the same with ``_token`` (covered characters), and
    ``whole`` (statements of which all three roles are exact).
    """
    names = ("source", "cue", "content")
    scores = {key: Score() for key in (*names, "whole", *(f"{name}_token" for name in names))}
    for found, gold in pairs:
        ours, theirs = list(found), list(gold)
        for i, name in enumerate(names):
            pieces = [[p for statement in side for p in statement[i]] for side in (ours, theirs)]
            scores[name].add(*pieces)
            scores[f"{name}_token"].add(*(_covered(side) for side in pieces))
        scores["whole"].add(
            *({tuple(tuple(sorted(role)) for role in statement) for statement in side} for side in (ours, theirs))
        )
    return scores


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as it is compared: ranges are code points of the article, half-open.

    ``speakers`` and ``quote`` are None when the gold does not say, and are then not judged. ``people`` holds the
    names that are persons' (they match by last name), ``unnamed`` those that only describe somebody. ``met`` says
    where each actor is named or described, pronouns left out: two actors met in the same places are the same.
    """

    id: str
    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    force: str
    quote: str | None = None
    inside: str | None = None
    speakers: tuple[str, ...] | None = None
    chain: tuple[str, ...] | None = None
    people: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    met: Mapping[str, frozenset[Range]] = field(default_factory=dict)

    @property
    def roles(self) -> Roles:
        """The three roles as pieces, for :func:`attribution_scores`."""
        one = [(part,) if part else () for part in (self.source, self.cue)]
        return one[0], one[1], self.content


@dataclass(slots=True)
class Comparison:
    """Found against gold over any number of articles.

    ``statements`` counts the pairs; ``spans`` are the exact-span scores; ``judged`` counts per field, over the pairs
    for which the gold says it, how often the found one agrees (``found`` is the number judged).
    """

    articles: int = 0
    statements: Score = field(default_factory=Score)
    spans: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in SPAN_FIELDS})
    judged: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in JUDGED_FIELDS})

    def add(self, gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[Said, Said]]:
        """Count one article; gives the pairs (gold, found) in the order of the gold."""
        pairs = pair(gold, found)
        self.articles += 1
        self.statements += Score(len(pairs), len(found), len(gold))
        exact = attribution_scores([([s.roles for s in found], [s.roles for s in gold])])
        for name, score in self.spans.items():
            score += exact[name]
        partner = {theirs.id: ours.id for theirs, ours in pairs}
        for theirs, ours in pairs:
            for name, right in agreement(theirs, ours, partner).items():
                self.judged[name] += Score(int(right), 1, 1)
        return pairs

    def figures(self) -> dict[str, float | int]:
        """Give every figure under a flat key, ``statements_f1`` or ``force_accuracy``, shares from 0 to 1."""
        flat: dict[str, float | int] = {"articles": self.articles}
        for name, score in {"statements": self.statements, **self.spans}.items():
            flat |= {f"{name}_{part}": round(getattr(score, part), 4) for part in ("precision", "recall", "f1")}
            flat |= {f"{name}_{part}": getattr(score, part) for part in ("right", "found", "gold")}
        for name, score in self.judged.items():
            flat |= {f"{name}_accuracy": round(score.precision, 4), f"{name}_right": score.right}
            flat[f"{name}_judged"] = score.found
        return flat


def _overlap(one: Range | None, other: Range | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] < other[1] and other[0] < one[1]


def _closeness(gold: Said, found: Said) -> float | None:
    """How close two statements are, above 0; None when they are not the same statement."""
    if not (_overlap(gold.source, found.source) and _overlap(gold.cue, found.cue)):
        return None
    exact = 0.01 * ((gold.source == found.source) + (gold.cue == found.cue))
    theirs, ours = set(_covered(gold.content)), set(_covered(found.content))
    if not theirs:
        return exact + (1.0 if not ours else 0.1)
    shared = len(theirs & ours)
    if shared < GOLD_SHARE * len(theirs) or shared < FOUND_SHARE * len(ours):
        return None
    return exact + shared / len(theirs | ours)


def pair(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[Said, Said]]:
    """Pair statements one to one, the closest first; gives (gold, found) in the order of the gold.

    Two are the same statement when their sources overlap (or both have none), their cues overlap (or both have
    none), and the content found covers at least 80% of the gold's characters while at least half of it is the
    gold's. A gold statement without content is recognised by source and cue alone.
    """
    close = [(c, i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if (c := _closeness(g, f)) is not None]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(close, key=lambda item: (-item[0], item[1], item[2])):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return [(gold[i], found[j]) for i, j in sorted(partner.items())]


def agreement(gold: Said, found: Said, partner: Mapping[str, str]) -> dict[str, bool]:
    """Say for each field that the gold judges whether the found statement agrees.

    ``partner`` maps gold ids to the ids of the statements found for them: one that is inside a statement is right
    only when the statement it is inside was found too.
    """
    right = {"force": gold.force == found.force}
    if gold.quote is not None:
        right["quote"] = gold.quote == found.quote
    right["inside"] = found.inside == (None if gold.inside is None else partner.get(gold.inside, gold.inside + "?"))
    if gold.chain is not None:
        links = found.chain or ()
        right["chain"] = len(links) == len(gold.chain) and all(
            _same_link(g, f, gold, found) for g, f in zip(gold.chain, links, strict=True)
        )
    if gold.speakers:
        ours = found.speakers or ()
        right["speaker"] = len(ours) == len(gold.speakers) and all(
            any(_same_link(g, f, gold, found) for f in ours) for g in gold.speakers
        )
        if ours and not found.unnamed.intersection(ours):
            right["named_speaker"] = right["speaker"]
    return right


def _same_link(theirs: str, ours: str, gold: Said, found: Said) -> bool:
    # Two descriptions of somebody unnamed differ in words; that both stand for the same words is known from the pair.
    if theirs in gold.unnamed and ours in found.unnamed:
        return True
    if same_name(theirs, ours, person=theirs in gold.people or ours in found.people):
        return True
    return _met_together(theirs, ours, gold, found)


def _met_together(theirs: str, ours: str, gold: Said, found: Said) -> bool:
    """Say whether two actors with different names are met in the same places, the source that is judged aside."""
    if theirs not in gold.met or ours not in found.met:
        return False

    def elsewhere(places: frozenset[Range]) -> frozenset[Range]:
        return frozenset(place for place in places if not _overlap(place, gold.source))

    mine = elsewhere(found.met[ours])
    if not mine:
        return not elsewhere(gold.met[theirs])
    shared = {name: _shared(elsewhere(places), mine) for name, places in gold.met.items()}
    return shared[theirs] > 0 and shared[theirs] == max(shared.values())


def _shared(some: frozenset[Range], others: frozenset[Range]) -> int:
    """Count the places of which one lies within the other."""
    return sum(any((a <= c and d <= b) or (c <= a and b <= d) for c, d in others) for a, b in some)


def same_name(one: str, other: str, *, person: bool) -> bool:
    """Say whether two names agree.

    They do when they are the same but for case and a leading "the", when one is the initials of the other, when both
    list the same names in another order, and, for a person, when the last names agree.
    """
    first, second = (name.casefold().removeprefix("the ").split() for name in (one, other))
    if first == second or _listed(one) == _listed(other):
        return True
    if person and first and second:
        return first[-1] == second[-1]
    return one == _initials(other) or other == _initials(one)


def _listed(names: str) -> frozenset[str]:
    return frozenset(re.split(r",? and |, ", " ".join(names.casefold().split())))


def _initials(name: str) -> str | None:
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters if len(letters) > 1 else None
