"""What PolNeAR does not mark: ``python -m benchmarks.phenomena [--split held] [--kind NAME …] [--show]``.

Reads hand-made items (``benchmarks/items/<split>/<kind>.jsonl``; DATA.md there says how they were made), a kind for
each habit of the press: nested chains, headlines, transcripts, refusals … A statement of an item counts as *found*
when a statement of the reading has a cue that overlaps, a source that overlaps (or none, where there is none) and four
fifths of the content's characters (of those of either; any, where the item has none), and lies inside the same
statement; as *right* when its force, and the addressee
and venue where the item gives them, agree, too. *Extra* are statements of the reading that match none. For narration,
which attributes nothing, the figure is false statements per 1,000 words.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.sets import print_json
from sayso import Article, Reader
from sayso.record import Reading, Span, Statement

__all__ = ["Tally", "main", "measure"]

_ITEMS = Path(__file__).parent / "items"
_NARRATION = "narration"


@dataclass(slots=True)
class Tally:
    """What came of the items of one kind; ``words`` are those of its texts."""

    gold: int = 0
    found: int = 0
    right: int = 0
    extra: int = 0
    words: int = 0
    misses: list[str] = field(default_factory=list)


def _range(span: list[Any] | Span | None) -> set[int]:
    if span is None:
        return set()
    return set(range(span.start, span.end)) if isinstance(span, Span) else set(range(span[0], span[1]))


def _ranges(spans: Iterable[Any]) -> set[int]:
    return set().union(*(_range(span) for span in spans))


def _found(gold: dict[str, Any], statement: Statement) -> bool:
    cue = _range(gold["cue"])
    if cue and not cue & _range(statement.cue):
        return False
    source, ours = _range(gold["source"]), _range(statement.source)
    if bool(source) != bool(ours) or (source and not source & ours):
        return False
    content, said = _ranges(gold["content"]), _ranges(statement.content)
    if not content:  # recognised by source and cue
        return True
    return len(content & said) >= 0.8 * len(content | said)


def _right(gold: dict[str, Any], statement: Statement, reading: Reading) -> bool:
    if gold["force"] != statement.force:
        return False
    if "venue" in gold and not _range(gold["venue"]) & _range(statement.venue):
        return False
    if "addressee" in gold:
        mentions = [m for a in reading.actors if a.id in statement.addressee for m in a.mentions]
        return bool(_range(gold["addressee"]) & _ranges(mentions))
    return True


def _pair(item: dict[str, Any], reading: Reading) -> list[Statement | None]:
    """Give for each statement of an item the one of the reading that is it, the parents of the nested ones agreeing."""
    free = list(reading.statements)
    golds: list[dict[str, Any]] = item["statements"]
    pairs: dict[int, Statement | None] = {}

    def pair(number: int) -> Statement | None:
        if number not in pairs:
            gold = golds[number]
            parent = pair(gold["inside"]) if gold["inside"] is not None else None
            loose = gold["inside"] is None
            fit = (s for s in free if (loose or (parent and s.inside == parent.id)) and _found(gold, s))
            pairs[number] = next(fit, None)
            if (found := pairs[number]) is not None:
                free.remove(found)
        return pairs[number]

    return [pair(number) for number in range(len(golds))]


def _line(reading: Reading, statement: Statement) -> str:
    source = statement.source.text if statement.source else "–"
    content = " … ".join(span.text for span in statement.content)
    where = f" in {statement.venue.text!r}" if statement.venue else ""
    told = [a.name for a in reading.actors if a.id in statement.addressee]
    cue = statement.cue.text if statement.cue else "–"
    return f"{statement.id}<{statement.inside} {statement.force}: {source} | {cue} | {content}{where} to {told}"


def _explain(item: dict[str, Any], pairs: list[Statement | None], reading: Reading) -> Iterable[str]:
    for gold, statement in zip(item["statements"], pairs, strict=True):
        if statement is None or not _right(gold, statement, reading):
            parts = [gold["source"], gold["cue"], *gold["content"], gold.get("venue"), gold.get("addressee")]
            said = " | ".join(part[2] if part else "–" for part in parts)
            yield f"  {'missed' if statement is None else 'wrong '} {gold['force']} <{gold['inside']}: {said}"
    taken = {s.id for s in pairs if s}
    for statement in reading.statements:
        mark = "      as" if statement.id in taken else "   extra"
        yield f"  {mark} {_line(reading, statement)}"


def measure(reader: Reader, path: Path) -> Tally:
    """Read the items of one kind and compare."""
    tally = Tally()
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        reading = reader.read(Article(text=item["text"]))
        pairs = _pair(item, reading)
        right = sum(s is not None and _right(g, s, reading) for g, s in zip(item["statements"], pairs, strict=True))
        found = sum(s is not None for s in pairs)
        tally.gold += len(pairs)
        tally.found += found
        tally.right += right
        tally.extra += len(reading.statements) - found
        tally.words += len(item["text"].split())
        if right < len(pairs) or found < len(reading.statements):
            shown = item["text"] if item["statements"] else item["text"][:80]
            tally.misses.append("\n".join([shown, *_explain(item, pairs, reading)]))
    return tally


def main() -> None:
    """Measure every kind and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "held"), default="held", help="dev was used to develop the reader")
    parser.add_argument("--kind", action="append", metavar="NAME", help="only these kinds")
    parser.add_argument("--show", action="store_true", help="print each item that is not read as it should be")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    args = parser.parse_args()
    reader = Reader.load()
    figures: dict[str, float] = {}
    print(f"hand-made items, {args.split}, model {reader.info.model}")
    print(f"{'':<16}{'statements':>11}{'found %':>9}{'right %':>9}{'extra':>7}")
    for path in sorted((_ITEMS / args.split).glob("*.jsonl")):
        kind = path.stem
        if args.kind and kind not in args.kind:
            continue
        tally = measure(reader, path)
        if args.show:
            print(*tally.misses, sep="\n\n")
        if kind == _NARRATION:
            rate = 1000 * tally.extra / tally.words
            figures[f"{kind}/false_per_1000_words"] = round(rate, 3)
            print(f"{kind:<16}{tally.extra} false statements in {tally.words:,} words: {rate:.2f} in 1,000")
            continue
        found, right = 100 * tally.found / tally.gold, 100 * tally.right / tally.gold
        figures |= {f"{kind}/found": round(found, 2), f"{kind}/right": round(right, 2)}
        print(f"{kind:<16}{tally.gold:>11}{found:>9.1f}{right:>9.1f}{tally.extra:>7}")
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
