"""How a statement is put: the list of cues with its rules of context, and the network, weighed against each other.

The list knows what a person wrote down, negation and all; the network knows cues that no list has and sees the whole
window. Their weights, and the curve that turns the sum into a probability, are chosen on labelled cues.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.knowledge.force import CueReading, classify, usual
from sayso.knowledge.performative import performed
from sayso.reader.attribution import Range
from sayso.reader.segment import sentence_starts
from sayso.record import FORCES, Certainty, Force, Polarity

__all__ = ["ForceWeights", "Judgement", "Listed", "listed_reading", "weigh"]


@dataclass(frozen=True, slots=True)
class ForceWeights:
    """What the list's verdict adds to the log-probability the network gives its force, by how the list came to it.

    ``plain``: an entry as it stands; ``turned``: an entry that a negation or a question turned; ``unknown``: no entry.
    ``sharpness`` scales the sum before it becomes a probability.
    """

    plain: float = 2.0
    turned: float = 3.0
    unknown: float = 0.0
    sharpness: float = 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Force, certainty and polarity; ``confidence`` is the probability that the force is right, None if unknown."""

    force: Force
    certainty: Certainty
    polarity: Polarity
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of a cue, with the words it was asked about."""

    reading: CueReading
    cue: str
    said: str


def listed_reading(text: str, cue: Range, content: Sequence[Range]) -> Listed:
    """Read a cue by the list, with the words of its sentence before it and what it says."""
    since = max(0, cue[0] - 1000)
    starts = sentence_starts(text[since : cue[1]])
    sentence = since + starts[bisect_right(starts, cue[0] - since) - 1]
    said = " ".join(text[slice(*piece)] for piece in content)
    words = text[slice(*cue)]
    reading = classify(words, text[sentence : cue[0]], said)
    if reading.force == "asserts" and not any(c.isalnum() for c in words) and (force := performed(said)) is not None:
        reading = CueReading(force, *usual(force, words, said), entry=reading.entry, turned=True)
    return Listed(reading, words, said)


def weigh(listed: Listed, forces: Sequence[float], weights: ForceWeights) -> Judgement:
    """Weigh the list's reading of a cue against the network's."""
    reading = listed.reading
    if not forces:
        return Judgement(reading.force, reading.certainty, reading.polarity, None)
    extra = weights.unknown if reading.entry is None else weights.turned if reading.turned else weights.plain
    scores = [math.log(max(p, 1e-6)) + extra * (name == reading.force) for p, name in zip(forces, FORCES, strict=True)]
    best = max(range(len(scores)), key=scores.__getitem__)
    total = sum(math.exp(weights.sharpness * (score - scores[best])) for score in scores)
    confidence = round(1.0 / total, 3)
    force: Force = FORCES[best]  # type: ignore[assignment]
    if force == reading.force:
        return Judgement(force, reading.certainty, reading.polarity, confidence)
    certainty, polarity = usual(force, listed.cue, listed.said)
    return Judgement(force, certainty, polarity, confidence)
