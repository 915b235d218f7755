"""The figures of an article: its names grouped into those they stand for, as a reader meets them.

A surname stands for the full name met before it, an acronym for the name it was introduced with, a country's
adjective or capital for the country. What only a description names becomes a figure when it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sayso.knowledge.countries import find_countries, government_name, name_of
from sayso.knowledge.roles import roles_of
from sayso.reader.attribution import Range
from sayso.reader.names import Name, starts_sentence
from sayso.reader.trail import Trail
from sayso.record import ActorKind

__all__ = ["Cast", "Figure", "body_key"]

_ACRONYM = re.compile(r"\s*\((?:the\s+)?([A-Z][A-Z.&-]{1,9})\)")


@dataclass(slots=True, eq=False)
class Figure:
    """Someone or something that may speak; ``mentions`` are half-open ranges of the text, in order.

    ``office`` and ``codes`` are what is known beyond the text.
    """

    name: str
    kind: ActorKind
    country: str | None = None
    named: bool = True
    plural: bool = False
    gender: str | None = None
    office: str | None = None
    codes: tuple[str, ...] = ()
    descriptors: list[str] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)

    @property
    def roles(self) -> tuple[str, ...]:
        """Agent codes of the words the text describes it with, primary first, each once."""
        if self.kind == "media":
            return ("MED",)
        if self.kind in ("country", "government"):
            return ("GOV",)
        described = [code for words in self.descriptors for code in roles_of(words)]
        return tuple(dict.fromkeys(self.codes or described or roles_of(self.name)))

    def described_as(self, words: str) -> None:
        """Remember a description, once."""
        if words and words not in self.descriptors:
            self.descriptors.append(words)


class Cast:
    """The figures met in one text, by the names they are met under."""

    def __init__(self, text: str, names: Iterable[Name]) -> None:
        self.figures: list[Figure] = []
        self._by_name: dict[str, Figure] = {}
        self._by_word: dict[str, list[Figure]] = {}  # by the first and the last word of their names
        self._named: Trail[tuple[Range, Figure]] = Trail()
        self._met: Trail[Figure] = Trail()
        sure = _sure(text, list(names))
        self._acting = {name.country for name in sure if name.kind == "country"}
        for name in sure:
            figure = self._meet(name)
            if figure is None:
                continue
            self.mention(figure, (name.start, name.end))
            figure.described_as(name.descriptor)
            figure.country = figure.country or name.country
            figure.gender = figure.gender or name.gender
            self._named.mark(name.start, ((name.start, name.end), figure))
            if acronym := _ACRONYM.match(text, name.end):
                self._by_name.setdefault(acronym.group(1).replace(".", ""), figure)

    def _meet(self, name: Name) -> Figure | None:
        if name.how == "demonym" and not name.text.endswith("s"):
            return None  # an adjective: "Russian officials" names no speaker
        key = _key(name.text)
        if name.kind == "government" and name.how == "capital" and name.country and name.country in self._acting:
            return self.country(name.country)  # "Washington", where "the United States" is named too
        if name.kind in ("country", "government") and name.country and name.how in ("name", "capital"):
            key = _figure(name).name  # "the US" and "the United States" are one
        if name.kind == "organisation" and name.country:
            key = body_key(name.text, name.country)
        if (known := self._by_name.get(key)) is not None:
            return known
        if name.kind in (None, "person") and (whole := self._by_part(name)) is not None:
            return whole
        return self.add(_figure(name), key)

    def _by_part(self, name: Name) -> Figure | None:
        """Find the last introduced whose name ends (or, as in East Asia, begins) with these words, persons first."""
        words = name.text.split()
        parts = ((slice(-len(words), None), words[-1]), (slice(None, len(words)), words[0]))
        for person in (True, False):
            for part, known in parts:
                for figure in reversed(self._by_word.get(known, [])):
                    full = figure.name.split()
                    fits = len(full) > len(words) and full[part] == words and _same_gender(name, figure)
                    if fits and (figure.kind == "person") is person:
                        return figure
        return None

    def add(self, figure: Figure, key: str) -> Figure:
        """Enter a figure under a key; under a key already taken the figure there is kept and given back."""
        if key in self._by_name:
            return self._by_name[key]
        self._by_name[key] = figure
        self.figures.append(figure)
        if figure.kind in ("person", "media", "organisation") and figure.named:
            for word in {figure.name.split()[0], figure.name.split()[-1]}:
                self._by_word.setdefault(word, []).append(figure)
        return figure

    def mention(self, figure: Figure, where: Range) -> None:
        """Note where a figure is mentioned."""
        figure.mentions.append(where)
        self._met.mark(where[0], figure)

    def named_at(self, start: int, end: int) -> list[tuple[Range, Figure]]:
        """Give the named mentions that lie in ``start:end``, in order."""
        return [named for named in self._named.between(start, end) if named[0][1] <= end]

    def latest(self, at: int, fits: Callable[[Figure], bool]) -> Figure | None:
        """Give the figure that fits and was mentioned last before the offset, or None."""
        found = self._met.last(at, fits)
        return found[1] if found else None

    def country(self, alpha3: str) -> Figure:
        """Give the figure of a country, met or not; where only its government was met, that."""
        name, government = name_of(alpha3), self._by_name.get(government_name(alpha3))
        if government is not None and name not in self._by_name:
            return government
        return self.add(Figure(name, "country", alpha3), name)


def body_key(phrase: str, country: str) -> str:
    """Give what bodies of one country are told apart by: "Armenia's defence ministry" is "the Armenian ministry of
    defence".
    """
    plain = phrase
    for mention in reversed(find_countries(phrase)):
        plain = plain[: mention.start] + " " + plain[mention.end :]
    plain = re.sub(r"[’']s?(?=\s|$)|\b(?:the|a|an|its|of|for|republic)\b", " ", plain.lower())
    plain = plain.replace("defense", "defence").replace("department", "ministry").replace("affairs", "")
    return f"{country} {' '.join(sorted(plain.split()))}"


def _same_gender(name: Name, figure: Figure) -> bool:
    return name.gender is None or figure.gender in (None, name.gender)


def _sure(text: str, names: list[Name]) -> list[Name]:
    """Leave out single words of no known kind that stand only where any word has a capital ("Investors said")."""
    elsewhere = {word for n in names if " " in n.text or not starts_sentence(text, n.start) for word in n.text.split()}
    return [n for n in names if n.kind is not None or n.text in elsewhere]


def _key(name: str) -> str:
    return re.sub(r"[.\s]+", " ", name).strip()


def _figure(name: Name) -> Figure:
    if name.kind == "country" and name.country:
        return Figure(name_of(name.country), "country", name.country)
    if name.kind == "government" and name.country and name.how == "capital":
        return Figure(government_name(name.country), "government", name.country)
    return Figure(name.text, name.kind or "person", name.country)
