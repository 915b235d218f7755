"""How well force, certainty and polarity are judged: ``python -m benchmarks.force [--data FOLDER] [--split held]``.

Over cues labelled by two readers and settled by a third (``benchmarks/labels``; DATA.md there says how), the source,
cue and content given. ``force-own.jsonl`` holds sentences written for it; ``force-polnear.jsonl`` points into PolNeAR
train and is measured where FOLDER holds it. Half of the ids, drawn by their checksum, is *tune*, which rules and
weights were chosen on; the other half is *held*. Figures are accuracy and macro-F1 over the classes that occur.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sets import print_json
from sayso import Reader

__all__ = ["Item", "is_held", "items", "macro_f1", "main", "reliability"]

Range = tuple[int, int]
_LABELS = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled cue in its text; ``labels`` are force, certainty and polarity by annotator: a, b, settled."""

    id: str
    text: str
    cue: Range
    content: tuple[Range, ...]
    labels: dict[str, tuple[str, str, str]]


def is_held(name: str) -> bool:
    """Say whether an item is of the half that nothing was chosen on."""
    return zlib.crc32(name.encode()) % 2 == 1


def _labels(row: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    return {who: (row[who][0], row[who][1], row[who][2]) for who in ("a", "b", "settled")}


def _own() -> Iterator[Item]:
    for line in (_LABELS / "force-own.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        content = tuple((start, end) for start, end, _ in row["content"])
        yield Item(row["id"], row["text"], (row["cue"][0], row["cue"][1]), content, _labels(row))


def _polnear(path: Path) -> Iterator[Item]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        copies = {(row["id"], row["annotator"]): row for row in map(json.loads, lines)}
    for line in (_LABELS / "force-polnear.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        copy = copies[row["article"], row["annotator"]]
        start, end = row["cue"]
        by_cue = {(a["cue"][0][0], a["cue"][-1][1]): a for a in copy["attributions"] if a["cue"]}
        marked = by_cue[start, end]
        yield Item(row["id"], copy["text"], (start, end), tuple((s, e) for s, e in marked["content"]), _labels(row))


def items(split: str, data: Path | None = None) -> list[Item]:
    """Give the labelled cues of a half; those of PolNeAR only where its train file is in ``data``."""
    every = list(_own())
    path = data / "polnear-train.jsonl.gz" if data else None
    if path is not None and path.exists():
        every += _polnear(path)
    return [item for item in every if is_held(item.id) == (split == "held")]


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Give the mean F1 over the classes that occur in the gold, 0 to 1."""
    right = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    golds, founds = Counter(gold), Counter(found)
    return sum(2 * right[c] / (golds[c] + founds[c]) for c in golds) / len(golds)


def reliability(promised: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> list[tuple[float, float, int]]:
    """Give for each tenth of the scale that is used: mean confidence, share that was right, how many."""
    table = []
    for number in range(bins):
        inside = [(p, r) for p, r in zip(promised, right, strict=True) if min(int(p * bins), bins - 1) == number]
        if inside:
            ps, rs = zip(*inside, strict=True)
            table.append((sum(ps) / len(ps), sum(rs) / len(rs), len(ps)))
    return table


def _accuracy(gold: Sequence[str], found: Sequence[str]) -> float:
    return sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with polnear-train (without it, only own sentences)")
    parser.add_argument("--split", choices=("tune", "held"), default="held")
    parser.add_argument("--show", action="store_true", help="print each cue whose force is judged otherwise")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    args = parser.parse_args()
    every = items(args.split, args.data)
    reader = Reader.load()
    judged = [reader.judge(item.text, item.cue, item.content) for item in every]
    gold = [item.labels["settled"] for item in every]
    found = [(j.force, j.certainty, j.polarity) for j in judged]
    people = [(item.labels["a"], item.labels["b"]) for item in every]
    figures: dict[str, float] = {}
    print(f"{len(every)} cues, {args.split}, model {reader.info.model}")
    print(f"{'':<12}{'macro-F1':>10}{'accuracy':>10}{'annotators agree':>18}")
    for part, name in enumerate(("force", "certainty", "polarity")):
        ours, theirs = [f[part] for f in found], [g[part] for g in gold]
        f1, accuracy = macro_f1(theirs, ours), _accuracy(theirs, ours)
        agree = _accuracy([a[part] for a, _ in people], [b[part] for _, b in people])
        figures |= {f"force/{name}_macro_f1": f1, f"force/{name}_accuracy": accuracy, f"force/{name}_agreement": agree}
        print(f"{name:<12}{100 * f1:>10.1f}{100 * accuracy:>10.1f}{100 * agree:>18.1f}")
    if args.show:
        for item, g, f in zip(every, gold, found, strict=True):
            if g != f:
                said = " … ".join(item.text[slice(*piece)] for piece in item.content)
                print(f"{item.id} {'/'.join(g)} ours {'/'.join(f)}: [{item.text[slice(*item.cue)]}] {said[:90]}")
    table = reliability([j.confidence or 0.0 for j in judged], [g[0] == f[0] for g, f in zip(gold, found, strict=True)])
    figures["force/calibration_error"] = sum(abs(p - right) * n for p, right, n in table) / len(every)
    print(f"expected calibration error of the force's confidence: {figures['force/calibration_error']:.3f}")
    _by_class([g[0] for g in gold], [f[0] for f in found])
    if args.json:
        print_json({key: round(value, 4) for key, value in figures.items()})


def _by_class(gold: Sequence[str], found: Sequence[str]) -> None:
    golds, founds = Counter(gold), Counter(found)
    print(f"\n{'force':<12}{'cues':>6}{'precision':>11}{'recall':>8}")
    for name in sorted(golds):
        right = sum(g == f == name for g, f in zip(gold, found, strict=True))
        precision = 100 * right / founds[name] if founds[name] else 0.0
        print(f"{name:<12}{golds[name]:>6}{precision:>11.1f}{100 * right / golds[name]:>8.1f}")


if __name__ == "__main__":
    main()
