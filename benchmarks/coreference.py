"""How well mentions that stand for the same are linked: ``python -m benchmarks.coreference --data FOLDER``.

CoNLL F1, the mean of MUC, B³ and CEAF-e (Pradhan et al. 2014), singletons left out, with the mentions that the network
finds itself (end to end) and with those that are marked; by genre, and by kind of mention.
"""

from __future__ import annotations

from collections import defaultdict

from benchmarks.clusters import Tally
from benchmarks.corpora import SCHEMES, Document, columns, documents
from benchmarks.sets import arguments, print_json
from sayso import Reader
from sayso.reader.likeness import traits
from sayso.reader.mentions import Mention
from sayso.scoring import Score

__all__ = ["main", "measure"]

Place = tuple[int, int]
# CoNLL F1 on the test part of OntoGUM, end to end (Zhu et al. 2021).
PUBLISHED = {"SpanBERT trained on OntoNotes, on OntoGUM (its guideline differs)": 64.0}
_PRONOUNS = 10  # the first forms of likeness are pronouns
_NAME = 10


def _clusters(reader: Reader, document: Document, mentions: list[Mention]) -> list[set[Place]]:
    """Link mentions and give the clusters of two and more."""
    linked, found = reader.link(document.text, mentions, document.turns), defaultdict(set)
    for mention, cluster in zip(linked.mentions, linked.of, strict=True):
        found[cluster].add((mention.start, mention.end))
    return [cluster for cluster in found.values() if len(cluster) > 1]


def _gold(document: Document) -> list[set[Place]]:
    found: dict[str, set[Place]] = defaultdict(set)
    for mention in document.mentions:
        if mention.entity is not None:
            found[mention.entity].add((mention.start, mention.end))
    return [cluster for cluster in found.values() if len(cluster) > 1]


def _marked(reader: Reader, document: Document) -> list[Mention]:
    """Give the marked mentions with the network's states."""
    states: dict[Place, Mention] = {}
    every: list[list[Mention]] = [[]]
    places = {(m.start, m.end) for m in document.mentions}
    reader.find([document.text], every, columns=columns(document.scheme), types=SCHEMES[document.scheme], only=places)
    states = {(m.start, m.end): m for m in every[0]}
    return [states[place] for place in sorted(states, key=lambda p: (p[0], -p[1]))]


def measure(reader: Reader, found: list[Document]) -> tuple[dict[str, Tally], dict[str, Tally], dict[str, Score]]:
    """Score documents: tallies end to end and with marked mentions, by genre and over all (""), and links by kind.

    A mention that is not the first of its gold cluster is linked rightly when its cluster holds an earlier one of it.
    """
    tallies: tuple[dict[str, Tally], dict[str, Tally]] = (defaultdict(Tally), defaultdict(Tally))
    by_kind: dict[str, Score] = defaultdict(Score)
    for document in found:
        gold = _gold(document)
        mentions: list[list[Mention]] = [[]]
        reader.find([document.text], mentions, columns=columns(document.scheme), types=SCHEMES[document.scheme])
        marked = _marked(reader, document)
        for tally, some in zip(tallies, (mentions[0], marked), strict=True):
            clusters = _clusters(reader, document, some)
            for genre in ("", document.genre):
                tally[genre].add(gold, clusters)
        _count_links(reader, document, marked, gold, by_kind)
    return (*tallies, by_kind)


def _count_links(
    reader: Reader, document: Document, marked: list[Mention], gold: list[set[Place]], by_kind: dict[str, Score]
) -> None:
    linked = reader.link(document.text, marked, document.turns)
    forms = traits(document.text, [(m.start, m.end) for m in marked]).form
    of = {place: number for number, cluster in enumerate(gold) for place in cluster}
    place_of = [(m.start, m.end) for m in marked]
    seen: set[int] = set()
    first: dict[int, int] = {}
    for i, place in enumerate(place_of):
        number = of.get(place)
        back = first.get(linked.of[i])
        kind = "pronoun" if forms[i] < _PRONOUNS else "name" if forms[i] == _NAME else "noun phrase"
        if number is not None and number in seen:
            right = back is not None and any(
                of.get(place_of[j]) == number for j in range(i) if linked.of[j] == linked.of[i]
            )
            by_kind[kind] += Score(int(right), int(back is not None), 1)
        elif back is not None:
            by_kind[kind] += Score(0, 1, 0)
        first.setdefault(linked.of[i], i)
        if number is not None:
            seen.add(number)


def _table(name: str, tallies: tuple[dict[str, Tally], dict[str, Tally]]) -> None:
    print(f"\n{name}{'':<20}end to end{'':<28}marked mentions")
    print(f"{'':<16}" + 2 * "".join(f"{k:>9}" for k in ("mentions", "MUC", "B³", "CEAF-e", "CoNLL")))
    for genre in sorted(tallies[0]):
        cells = [t[genre].scores()[k][2] for t in tallies for k in ("mentions", "muc", "b3", "ceafe", "conll")]
        print(f"{genre or 'all':<16}" + "".join(f"{cell:>9.1f}" for cell in cells))


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__, sets=["gum", "meantime"]).parse_args()
    reader = Reader.load()
    figures: dict[str, float] = {}
    print(f"model {reader.info.model}; F1 in percent, singletons left out")
    for name in args.sets or args.default_sets:
        found = documents(args.data, name, args.split)
        *tallies, by_kind = measure(reader, found)
        _table(f"{name}-{args.split}", (tallies[0], tallies[1]))
        print(f"{'links, marked mentions':<28}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>10}")
        for kind, score in sorted(by_kind.items()):
            cells = (100 * score.precision, 100 * score.recall, 100 * score.f1)
            print(f"  {kind:<26}" + "".join(f"{cell:>10.1f}" for cell in cells) + f"{score.gold:>10}")
            figures[f"{name}/links_{kind.replace(' ', '_')}_f1"] = round(cells[2], 2)
        for key, tally in zip(("conll_f1", "conll_f1_gold_mentions"), tallies, strict=True):
            figures[f"{name}/{key}"] = round(tally[""].scores()["conll"][2], 2)
            near = Tally()
            for genre in {"news", "interview"} & set(tally):
                near.counts = {
                    k: [a + b for a, b in zip(v, tally[genre].counts[k], strict=True)] for k, v in near.counts.items()
                }
            figures[f"{name}/{key}_news_interview"] = round(near.scores()["conll"][2], 2)
    for label, figure in PUBLISHED.items():
        print(f"published: {label}: {figure}")
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
