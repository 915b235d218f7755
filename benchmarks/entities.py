"""How well mentions of people, bodies and places are found: ``python -m benchmarks.entities --data FOLDER``.

Reads the documents of each set with the shipped network and scores its mentions, nested ones too, in the types of
that set: a mention counts when both ends and the type agree. Micro-averaged over documents.
"""

from __future__ import annotations

from collections import Counter

from benchmarks.corpora import SCHEMES, Document, columns, documents
from benchmarks.sets import arguments, print_json
from sayso import Reader
from sayso.scoring import Score

__all__ = ["main", "measure"]

SETS = ["gum", "meantime", "re3d", "wikigold"]


def measure(reader: Reader, found: list[Document], name: str) -> tuple[Score, Score, dict[str, Score]]:
    """Score documents of a set: typed mentions, untyped mentions, and typed ones by type."""
    typed, untyped, by_type = Score(), Score(), {kind: Score() for kind in SCHEMES[name]}
    for document in found:
        mentions: list[list] = [[]]
        reader.find([document.text], mentions, columns=columns(name), types=SCHEMES[name])
        ours = {(m.start, m.end, m.type) for m in mentions[0]}
        gold = {(m.start, m.end, m.type) for m in document.mentions}
        typed += Score(len(ours & gold), len(ours), len(gold))
        places = [{(start, end) for start, end, _ in some} for some in (ours, gold)]
        untyped += Score(len(places[0] & places[1]), len(places[0]), len(places[1]))
        counts = [Counter(kind for *_, kind in some) for some in (ours & gold, ours, gold)]
        for kind in by_type:
            by_type[kind] += Score(*(count[kind] for count in counts))
    return typed, untyped, by_type


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__, sets=SETS).parse_args()
    reader = Reader.load()
    figures: dict[str, float] = {}
    print(f"model {reader.info.model}\n{'':<28}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>10}")
    for name in args.sets or args.default_sets:
        found = documents(args.data, name, args.split)
        typed, untyped, by_type = measure(reader, found, name)
        rows = {f"{name}-{args.split}, {len(found)} texts": typed, "  type aside": untyped}
        rows |= {f"  {kind}": score for kind, score in by_type.items() if score.gold}
        for label, score in rows.items():
            cells = (100 * score.precision, 100 * score.recall, 100 * score.f1)
            print(f"{label:<28}" + "".join(f"{cell:>10.1f}" for cell in cells) + f"{score.gold:>10}")
        figures[f"{name}/span_f1"] = round(100 * typed.f1, 2)
        figures[f"{name}/span_untyped_f1"] = round(100 * untyped.f1, 2)
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
