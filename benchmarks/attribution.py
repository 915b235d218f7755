"""How well sources, cues and contents are found: ``python -m benchmarks.attribution --data FOLDER``.

Reads each article with the shipped reader and scores its outermost statements (PolNeAR marks no nesting) as exact
spans, covered characters and whole statements, every annotated copy counted, micro-averaged over articles.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.sets import arguments, print_json, rows
from sayso import Article, Reader
from sayso.record import Statement
from sayso.scoring import Roles, Score, attribution_scores

__all__ = ["main"]

# Figures of others, in percent: exact-span F1 of source, cue, content and whole statements.
PUBLISHED = {
    "two annotators of one article (PolNeAR train, 20 articles)": (77.7, 70.5, 68.4, 56.3),
    "BERT, cue first (best published; its scoring may differ)": (83.2, 75.3, 72.9, None),
}


def _roles(statement: Statement) -> Roles:
    def ranges(*spans: Any) -> tuple[tuple[int, int], ...]:
        return tuple((s.start, s.end) for s in spans if s is not None)

    return ranges(statement.source), ranges(statement.cue), ranges(*statement.content)


def measure(reader: Reader, articles: list[dict[str, Any]]) -> dict[str, Score]:
    """Read every annotated copy and score it; a text annotated twice is read once."""
    read: dict[str, list[Roles]] = {}
    pairs: list[tuple[list[Roles], list[Roles]]] = []
    for row in articles:
        text = row["text"]
        if text not in read:
            reading = reader.read(Article(text=text))
            read[text] = [_roles(s) for s in reading.statements if s.inside is None]
        gold = [
            tuple(tuple((start, end) for start, end in a[role]) for role in ("source", "cue", "content"))
            for a in row["attributions"]
        ]
        pairs.append((read[text], gold))  # type: ignore[arg-type]
    return attribution_scores(pairs)


def _line(label: str, cells: tuple[float | None, ...]) -> str:
    return f"{label:<60}" + "".join(f"{'–' if c is None else format(c, '.1f'):>9}" for c in cells)


def _table(name: str, scores: dict[str, Score]) -> None:
    keys = ("source", "cue", "content", "whole")
    print(f"\n{name}, exact-span F1\n{'':<60}" + "".join(f"{key:>9}" for key in keys))
    print(_line("sayso", tuple(100 * scores[k].f1 for k in keys)))
    print(_line("  precision", tuple(100 * scores[k].precision for k in keys)))
    print(_line("  recall", tuple(100 * scores[k].recall for k in keys)))
    print(_line("  covered characters, F1", (*(100 * scores[f"{k}_token"].f1 for k in keys[:3]), None)))
    for label, figures in PUBLISHED.items():
        print(_line(label, figures))


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__, sets=["polnear"]).parse_args()
    reader = Reader.load()
    figures: dict[str, float] = {}
    for name in args.sets or args.default_sets:
        articles = rows(args.data, name, args.split)
        began = time.perf_counter()
        scores = measure(reader, articles)
        _table(f"{name}-{args.split}: {len(articles)} copies, model {reader.info.model}", scores)
        print(f"read in {time.perf_counter() - began:.0f} s")
        for key, score in scores.items():
            kind = "f1" if key == "whole" or key.endswith("_token") else "exact_f1"
            figures[f"{name}/{key}_{kind}"] = round(100 * score.f1, 2)
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
