"""Data sets with entities and coreference → documents: GUM, MEANTIME, re3d, wikigold, and items in our own form.

All give the same: a text and its mentions as code points, each with a type in the words of its set and, where the set
marks coreference, the number of what it refers to. Nothing is downloaded; the files are read from a folder.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

__all__ = ["SCHEMES", "SHIPPED_GENRES", "Document", "Marked", "columns", "documents"]

# The types of each set, in the order in which the network scores them; "news" is our own guideline.
SCHEMES: dict[str, tuple[str, ...]] = {
    "news": ("person", "organisation", "place", "country", "group", "role", "event", "work", "other"),
    "gum": (
        *("person", "place", "organization", "object", "event"),
        *("time", "substance", "animal", "plant", "abstract"),
    ),
    "re3d": (
        *("Organisation", "Location", "Person", "Temporal", "Nationality", "Quantity", "Weapon", "Vehicle"),
        *("MilitaryPlatform", "DocumentReference", "Money"),
    ),
    "wikigold": ("PER", "ORG", "LOC", "MISC"),
    "meantime": ("PER", "ORG", "LOC", "PRO", "FIN", "MIX"),
}
SHIPPED_GENRES = frozenset({"news", "interview", "academic", "court", "bio", "voyage"})
_DEV = 5  # every fifth document of a set without splits is kept for dev
_TOGETHER = 12  # sentences of wikigold that are read as one text
_BRACKETS = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([a-z]+)[^()]*|(\d+)(?:\[\d+/\d+\])?\)|(?<=[^()])\)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked mention, code points, half-open; ``entity`` is what it refers to, None where that is not marked."""

    start: int
    end: int
    type: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its mentions, of the set and genre named; ``turns`` are the stretches that one speaker says."""

    name: str
    scheme: str
    genre: str
    text: str
    mentions: tuple[Marked, ...]
    turns: tuple[tuple[int, int, str], ...] = ()


def columns(scheme: str) -> slice:
    """Give the columns of a set among all labels of the network, "none" first."""
    sizes = [1 + len(types) for types in SCHEMES.values()]
    at = list(SCHEMES).index(scheme)
    return slice(sum(sizes[:at]), sum(sizes[: at + 1]))


def documents(folder: Path, name: str, split: str) -> list[Document]:
    """Read the documents of a set's split.

    ``FOLDER/<set>-<split>`` is read whole; of a set without splits every fifth document, by the CRC-32 of its name, is
    "dev", the others "train", and any other split is all of it. Raises FileNotFoundError when the folder lacks the
    set, ValueError for a set it does not know.
    """
    if name not in _READERS:
        raise ValueError(f"no set {name!r}: choose {', '.join(_READERS)}")
    ending = "conllu.gz" if name == "wikigold" else "jsonl.gz"
    own, whole = folder / f"{name}-{split}.{ending}", folder / f"{name}.{ending}"
    found = _READERS[name](own if own.exists() else whole)
    if own.exists() or split not in ("train", "dev"):
        return list(found)
    return [document for document in found if (zlib.crc32(document.name.encode()) % _DEV == 0) == (split == "dev")]


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


@dataclass(slots=True)
class _Words:
    """A text in the making: words added one after another, with the place of each."""

    text: str = ""
    gap: str = ""

    def add(self, word: str, *, space: bool) -> tuple[int, int]:
        self.text += self.gap
        start = len(self.text)
        self.text += word
        self.gap = " " if space else ""
        return start, len(self.text)


def _gum(row: dict[str, str]) -> Document:
    """Read one document of GUM's CoNLL-U: nested mentions from the ``Entity`` brackets of the last column."""
    words, mentions = _Words(), []
    open_: list[tuple[str, str, int]] = []
    turns: list[tuple[int, int, str]] = []
    speaker = ""
    until, whole = 0, True  # the last word of a token that is several words, and whether a space follows it
    for line in row["conllu"].split("\n"):
        if line.startswith("# newpar") and "=" not in line:
            words.gap = "\n\n" if words.text else ""
        if line.startswith(("# speaker =", "# sent_id =")):
            speaker = line.split("=", 1)[1].strip() if line.startswith("# speaker") else ""
        cells = line.split("\t")
        if len(cells) != 10 or "." in cells[0]:
            continue
        if "-" in cells[0]:
            until, whole = int(cells[0].split("-")[1]), "SpaceAfter=No" not in cells[9]
            continue
        inside = int(cells[0]) <= until
        space = (whole and int(cells[0]) == until) if inside else "SpaceAfter=No" not in cells[9]
        until = 0 if int(cells[0]) == until else until
        start, end = words.add(cells[1], space=space)
        if speaker and turns and turns[-1][2] == speaker:
            turns[-1] = (turns[-1][0], end, speaker)
        elif speaker:
            turns.append((start, end, speaker))
        entity = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for bracket in _BRACKETS.finditer(entity):
            if bracket[1]:
                open_.append((bracket[1], bracket[2], start))
                continue
            at = len(open_) - 1
            if bracket[3]:
                at = next((i for i in reversed(range(len(open_))) if open_[i][0] == bracket[3]), -1)
            if at >= 0:
                which, kind, began = open_.pop(at)
                mentions.append(Marked(began, end, kind, which))
    return Document(row["id"], "gum", row["genre"], words.text, tuple(sorted(set(mentions), key=_order)), tuple(turns))


def _order(mention: Marked) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.entity or ""


def _meantime(row: dict[str, str]) -> Document:
    """Read one document of MEANTIME: mentions of entities and, by ``REFERS_TO``, what they refer to."""
    root, words = ElementTree.fromstring(row["xml"]), _Words()
    places, sentence = {}, "0"
    for token in root.iter("token"):
        if token.get("sentence") != sentence:
            sentence, words.gap = token.get("sentence", ""), "\n" if int(token.get("sentence", 0)) < 3 else " "
        word = token.text or ""
        if re.fullmatch(r"[.,;:?!)\]%]|'s|n't|'", word):
            words.gap = ""
        places[token.get("t_id")] = words.add(word, space=word not in "([$")
    kinds = {e.get("m_id"): e.get("ent_type", "") for e in root.iter("ENTITY")}
    refers = {
        source.get("m_id"): link.find("target").get("m_id")  # type: ignore[union-attr]
        for link in root.iter("REFERS_TO")
        for source in link.iter("source")
        if link.find("target") is not None
    }
    mentions = []
    for mention in root.iter("ENTITY_MENTION"):
        spans = [places[a.get("t_id")] for a in mention.iter("token_anchor")]
        entity = refers.get(mention.get("m_id"))
        if spans and kinds.get(entity) in SCHEMES["meantime"]:
            start, end = min(spans)[0], max(e for _, e in spans)
            mentions.append(Marked(start, end, kinds[entity], entity))
    text = words.text[: max((m.end for m in mentions), default=0)]  # only the first sentences are annotated
    return Document(row["id"], "meantime", "news", text, tuple(sorted(set(mentions), key=_order)))


def _re3d(row: dict[str, Any]) -> Document:
    document, entities = row["document"], row["entities"]
    mentions = {
        Marked(e["begin"], e["end"], e["type"])
        for e in entities
        if e["type"] in SCHEMES["re3d"] and document["text"][e["begin"] : e["end"]] == e["value"]
    }
    return Document(document["_id"], "re3d", "reports", document["text"], tuple(sorted(mentions, key=_order)))


def _wikigold(path: Path) -> Iterator[Document]:
    sentences = "".join(_lines(path)).strip().split("\n\n")
    for number in range(0, len(sentences), _TOGETHER):
        words, mentions = _Words(), []
        for sentence in sentences[number : number + _TOGETHER]:
            began, kind = -1, ""
            for line in [*sentence.split("\n"), "\t\tO"]:
                _, word, tag = line.split("\t")
                if began >= 0 and not tag.startswith("I-"):
                    mentions.append(Marked(began, len(words.text), kind))
                    began = -1
                if not word:
                    continue
                if re.fullmatch(r"[.,;:?!)\]]|'s", word):
                    words.gap = ""
                start, _ = words.add(word, space=word not in "([")
                if tag != "O" and began < 0:
                    began, kind = start, tag[2:]
        yield Document(f"wikigold-{number}", "wikigold", "encyclopedia", words.text, tuple(mentions))


def _each_gum(path: Path) -> Iterator[Document]:
    return (_gum(json.loads(line)) for line in _lines(path))


def _each_meantime(path: Path) -> Iterator[Document]:
    rows = (json.loads(line) for line in _lines(path))
    return (_meantime(row) for row in rows if row["layer"] == "intra")


def _each_re3d(path: Path) -> Iterator[Document]:
    return (_re3d(json.loads(line)) for line in _lines(path))


_READERS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "gum": _each_gum,
    "meantime": _each_meantime,
    "re3d": _each_re3d,
    "wikigold": _wikigold,
}
