"""Source phrases → the figures they stand for.

A first resolution by general rules: names; pronouns to the speaker before them; "the agency" or "the report" to the
medium last cited; "both nations" to the two countries the text speaks of most; a described person ("the Russian
leader") to the named one whose description fits. What cannot be resolved stays a described, unnamed figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from sayso.knowledge.countries import countries_by_epithet, find_countries
from sayso.knowledge.mouths import classes_of, gender_of, words_of_class
from sayso.knowledge.roles import roles_of
from sayso.reader.attribution import Range
from sayso.reader.cast import Cast, Figure, body_key
from sayso.reader.coreference import Clusters
from sayso.reader.linked import Linked
from sayso.reader.names import is_organisation_word, is_person_word
from sayso.reader.phrases import (
    FEMININE,
    MASCULINE,
    before_apposition,
    described,
    head_end,
    head_noun,
    is_definite,
    is_indefinite,
    is_medium,
    is_plural_noun,
    modifiers,
)
from sayso.reader.trail import Trail

__all__ = ["Speakers"]

_PLURAL = frozenset({"they", "them", "their", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
_WE = frozenset({"we", "us", "our", "ourselves"})
_FIRST = frozenset({"i", "me", "my", "myself"}) | _WE
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Words that make another office of an office: "the president" is not the vice president.
_OTHER_OFFICE = frozenset({"vice", "deputy", "former", "ex", "acting", "assistant", "then", "outgoing", "incoming"})
_MODIFIES = re.compile(
    r"[’']s?\s+\S|[-–]\w|\s+(?!(?:and|or|of|for|from|at|in|who|which|that|on|with|to|also|as|is|was|has|had|"
    r"himself|herself|itself|themselves)\b)[a-z]"
)
_AFTER_PREPOSITION = re.compile(
    r"\S\s+(?:of|for|to|at|in|from|with|by|on|near|inside|behind|around|across|throughout|"
    r"about|among|against|outside|within|close to)\s+(?:[\w’'.-]+\s+){0,3}$"
)
_ISSUED = re.compile(
    r"\b(?:in|through|via|on|issued|released|published) (?:an?|its|his|her|their|the) (?:[\w-]+ ){0,3}?(\w+)\b"
)
_BESIDE = 40  # characters after a cue in which its document is named
_LEADERS = frozenset({"leader", "ruler", "dictator", "strongman", "autocrat", "president", "chief", "despot"})
_SURE = 0.5  # how likely a link must be to be followed
_NEAR = 900  # characters a pronoun looks back for its antecedent
_LONGEST = 400  # characters of a source that are looked at: no name or description is longer
_ADJACENT = 120  # characters a relative pronoun does


class Speakers:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(self, text: str, cast: Cast, linked: Linked | None = None, outlet: str = "") -> None:
        self.text, self.cast, self.linked = text, cast, linked or Linked(Clusters((), (), ()))
        self._outlet = outlet
        self._spoke: Trail[Figure] = Trail()
        self._cited: Trail[Figure] = Trail()  # media, and those whose documents were cited
        self._documents: dict[str, Figure] = {}  # by the noun they were cited under: whose they are
        self._countries = [(m.start, m.alpha3) for m in find_countries(text)]

    def resolve(
        self, source: Range, around: tuple[Figure, ...] = (), *, quoted: bool = False, speaks: bool = True
    ) -> tuple[Figure, ...]:
        """Give the figures a phrase stands for; ``around`` are the speakers of the statement it lies in.

        In reported speech "she" is mostly who speaks ("she said she feared"); where it is ``quoted`` she is not.
        Those who do not speak (they are spoken to) are no antecedents of later pronouns.
        """
        figures = self._figures(source, around, quoted)
        phrase = self.text[source[0] : min(source[1], source[0] + _LONGEST)].lower()
        for figure in figures:
            if all(known is not figure for _, known in self.cast.named_at(*source)):
                self.cast.mention(figure, source)
            if speaks:
                self._spoke.mark(source[0], figure)
            if figure.kind == "media" or is_medium(phrase):
                self._cited.mark(source[0], figure)
            if "document" in classes_of(phrase):
                self._documents[head_noun(phrase)] = figure
        return figures

    def issued(self, cue: Range, by: tuple[Figure, ...]) -> None:
        """Remember whose document it is when a cue says "in a statement": "the statement" will be theirs."""
        where = _ISSUED.search(self.text, cue[0], min(cue[1] + _BESIDE, len(self.text)))
        if where and len(by) == 1 and "document" in classes_of(where[1]):
            self._documents[where[1].lower()] = by[0]

    def _figures(self, source: Range, around: tuple[Figure, ...], quoted: bool) -> tuple[Figure, ...]:
        start, end = source[0], min(source[1], source[0] + _LONGEST)
        phrase = self.text[start:end].strip("“”\"'‘’ ,")
        low = phrase.lower()
        if low in _FIRST:
            own_voice = not around and not quoted and self._outlet and low in _WE
            return (self.cast.add(Figure(self._outlet, "media"), self._outlet),) if own_voice else around
        if low in MASCULINE | FEMININE | _PLURAL | _NEUTER | _RELATIVE:
            antecedent = self._same(start, end, low) or self._antecedent(low, start, around, quoted)
            return (antecedent,) if antecedent else (self._described(phrase, start),)
        if low in words_of_class("pair") and (figures := self._pair(low, start)):
            return figures
        core = before_apposition(self.text[start:end])
        core_end = start + len(core)
        if issuer := self._issuer(start, core_end, around, quoted):
            return (issuer,)
        if heads := self._heads(start, core_end):
            return heads
        if apposed := self._apposed(core, core_end, end):
            return (apposed,)
        figure = self._anaphor(core, start) or self._same(start, core_end, low) or self._described(core, start)
        return (figure,)

    def _same(self, start: int, end: int, phrase: str) -> Figure | None:
        """Give the figure named by the phrases that the network takes to stand for the same, by most of them."""
        number = self.linked.at(start, end)
        if number is None or self.linked.sure(number) < _SURE:
            return None
        votes: dict[Figure, float] = {}
        others = self.linked.others(number)
        if is_indefinite(phrase):  # whoever is brought in may be named only later
            others = [mention for mention in others if mention.start > start]
        for rank, mention in enumerate(others):
            named = self._heads(mention.start, mention.end)
            if len(named) == 1 and _agrees(phrase, named[0]):
                votes[named[0]] = votes.get(named[0], 0.0) + 1.0 / (1 + rank)
        return max(votes, key=lambda figure: votes[figure]) if votes else None

    def _heads(self, start: int, end: int) -> tuple[Figure, ...]:
        """Give the figures the phrase names as heads, not those that only modify ("Berg aides", "aides of Berg")."""
        heads: list[Figure] = []
        for (lo, hi), figure in self.cast.named_at(start, end):
            modifies = _MODIFIES.match(self.text, hi, end) and not _is_last_word(self.text, hi, end)
            before = self.text[start:lo].rstrip()
            described = next((d for d in figure.descriptors if before.endswith(d)), "")
            after_preposition = _AFTER_PREPOSITION.search(before.removesuffix(described).rstrip() + " ")
            if not modifies and not after_preposition and figure not in heads:
                heads.append(figure)
        return tuple(heads)

    def _apposed(self, core: str, core_end: int, end: int) -> Figure | None:
        """Give the person named right after a description ("The foreign secretary, Olaf Lie,"), or None."""
        if not is_person_word(head_noun(core.lower())):
            return None
        for (lo, _), figure in self.cast.named_at(core_end, end):
            if self.text[core_end:lo].strip() == "," and figure.kind == "person":
                figure.described_as(core)
                return figure
        return None

    def _issuer(self, start: int, end: int, around: tuple[Figure, ...], quoted: bool) -> Figure | None:
        """Give whose document a phrase cites ("a White House statement", "its report", "a survey by …"), or None."""
        phrase = self.text[start:end].lower()
        if "document" not in classes_of(phrase):
            return None
        noun_end = start + head_end(phrase)
        for (lo, hi), figure in self.cast.named_at(start, end):
            by = re.fullmatch(r"\s+(?:by|from|of)\s+(?:the\s+)?", self.text[noun_end:lo])
            if figure.kind != "group" and (hi <= noun_end or by):
                return figure
        possessive = re.match(r"(?:its|his|her|their)\b", phrase)
        return self._antecedent(possessive.group(), start, around, quoted) if possessive else None

    def _antecedent(self, pronoun: str, at: int, around: tuple[Figure, ...], quoted: bool) -> Figure | None:
        def fits(figure: Figure) -> bool:
            return _agrees(pronoun, figure) and not (quoted and figure in around)

        if not quoted and (speaker := next((f for f in around if fits(f)), None)):
            return speaker
        if pronoun in _RELATIVE:
            beside = self._spoke.last(at, fits, within=_ADJACENT)
            return beside[1] if beside else self.cast.latest(at, fits)
        spoke = self._spoke.last(at, fits, within=_NEAR)
        subject = self._last_subject(at, fits)
        candidates = [c for c in (spoke, subject) if c is not None]
        figure = max(candidates, key=lambda c: c[0])[1] if candidates else self.cast.latest(at, fits)
        if figure and pronoun in MASCULINE | FEMININE and figure.gender is None:
            figure.gender = "m" if pronoun in MASCULINE else "f"
        return figure

    def _last_subject(self, at: int, fits: Callable[[Figure], bool]) -> tuple[int, Figure] | None:
        """Give the last named figure that begins a sentence before the offset, with its place."""
        for (lo, _), figure in reversed(self.cast.named_at(max(0, at - _NEAR), at)):
            before = self.text[max(0, lo - 60) : lo]
            opening = re.search(r"(?:^|[.!?”\"’]\s+|\n\s*)(?:[\w’'-]+\s+){0,3}$", before)
            if opening and fits(figure):
                return lo, figure
        return None

    def _pair(self, phrase: str, at: int) -> tuple[Figure, ...]:
        """Give the two persons or the two countries the text has spoken of most before the offset, or nothing."""
        if "person" in classes_of(phrase.split()[-1]):
            known = [
                f for f in self.cast.figures if f.kind == "person" and f.named and (f.descriptors or " " in f.name)
            ]
            people = Counter({f: sum(e <= at for _, e in f.mentions) for f in known})
            top = [f for f, count in people.most_common(2) if count]
            return tuple(top) if len(top) == 2 else ()
        seen = Counter(alpha3 for where, alpha3 in self._countries if where < at)
        if len(seen) < 2:  # a headline speaks of what follows
            seen = Counter(alpha3 for _, alpha3 in self._countries)
        top_countries = [alpha3 for alpha3, _ in seen.most_common(2)]
        return tuple(self.cast.country(alpha3) for alpha3 in top_countries) if len(top_countries) == 2 else ()

    def described_at(self, start: int, end: int) -> Figure | None:
        """Give the named figure a definite description stands for that is no source ("the Russian leader"), or None."""
        phrase = self.text[start:end]
        head = head_noun(phrase.lower())
        if not is_definite(phrase) or not is_person_word(head) or is_plural_noun(head):
            return None
        return self._in_office(phrase, head, start)

    def _anaphor(self, phrase: str, at: int) -> Figure | None:
        """Resolve a definite description ("the agency", "the Russian leader") to a figure met before, or None."""
        low = phrase.lower().strip()
        if not low.startswith(("the ", "this ", "that ")):
            return None
        head = head_noun(low)
        if "media" not in classes_of(low) and "document" in classes_of(low):
            return self._documents.get(head)
        if "media" in classes_of(low) and len(low.split()) <= 4:
            cited = self._cited.last(at)
            medium = cited[1] if cited else self.cast.latest(at, lambda f: f.kind == "media")
            if medium is not None:
                return medium
        if is_organisation_word(head.capitalize()):
            words = set(low.split()[1:])
            return self.cast.latest(at, lambda f: f.kind == "organisation" and words <= set(f.name.lower().split()))
        if not is_person_word(head) or is_plural_noun(head):
            return None
        return self._in_office(phrase, head, at)

    def _in_office(self, phrase: str, head: str, at: int) -> Figure | None:
        """Give the named person met last whose description fits ("the Russian leader", "the foreign minister")."""
        wanted = {m.alpha3 for m in find_countries(phrase)}
        codes, words, gender = set(roles_of(phrase.lower())), modifiers(phrase), gender_of(head)
        if not wanted and head in _LEADERS:
            wanted, told = (set(some) for some in countries_by_epithet(phrase))
            codes, words = (set(), words - told) if wanted else (codes, words)

        def fits(figure: Figure) -> bool:
            if figure.kind != "person" or not figure.named or (wanted and figure.country not in wanted):
                return False
            if gender and figure.gender not in (None, gender):
                return False
            for descriptor in figure.descriptors:
                known = set(re.findall(r"[\w’-]+", descriptor.lower()))
                same_office = head in known or (bool(wanted) and (not codes or bool(codes & set(figure.roles))))
                if words <= known and same_office and not (known - words) & _OTHER_OFFICE:
                    return True
            return False

        return self.cast.latest(at, fits)

    def _described(self, phrase: str, start: int) -> Figure:
        """Give the figure a description makes; a definite one is the same each time, others are each their own."""
        figure = described(phrase)
        key = figure.name.lower()
        if figure.kind == "organisation" and figure.country:
            return self.cast.add(figure, body_key(phrase, figure.country))
        return self.cast.add(figure, key if is_definite(phrase) or figure.named else f"{key} @{start}")


def _agrees(pronoun: str, figure: Figure) -> bool:
    """Say whether a pronoun can stand for a figure, by number, gender and kind."""
    if pronoun in MASCULINE | FEMININE:
        gender = "m" if pronoun in MASCULINE else "f"
        return figure.kind == "person" and figure.gender in (None, gender)
    if pronoun in _NEUTER:
        return figure.kind != "person" and not figure.plural
    if pronoun in _PLURAL:
        return figure.plural or figure.kind == "organisation"
    return True


def _is_last_word(text: str, hi: int, end: int) -> bool:
    """Say whether nothing but a genitive ending follows the name in its phrase ("Berg’s")."""
    return text[hi:end].strip() in ("’s", "'s", "’", "'", "")
