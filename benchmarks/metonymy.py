"""Places against governments: ``python -m benchmarks.metonymy --data FOLDER``.

For every place name marked in GeoWebNews (Gritta et al. 2019), does it stand for the place ("in Moscow") or for those
who act there ("Moscow said")? Literal, mixed and coercive uses count as places, metonymic ones as actors; the set may
measure only, nothing was trained or chosen on it.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.sets import arguments, print_json
from sayso import Reader
from sayso.reader.linked import Linked
from sayso.reader.mentions import Mention
from sayso.reader.metonymy import acts
from sayso.scoring import Score

__all__ = ["main"]

_LITERAL, _METONYMIC = frozenset({"Literal", "Mixed", "Coercion"}), frozenset({"Metonymic"})


def _articles(path: Path) -> list[tuple[str, list[tuple[int, int, bool]]]]:
    with gzip.open(path) as file:
        root = ElementTree.parse(file).getroot()
    found = []
    for article in root.iter("article"):
        text, marked = article.findtext("text") or "", []
        for toponym in article.iter("toponym"):
            kind, name = toponym.findtext("type") or "", toponym.findtext("extractedName") or ""
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            if kind in _LITERAL | _METONYMIC and text[start:end] == name:
                marked.append((start, end, kind in _METONYMIC))
        found.append((text, marked))
    return found


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__, sets=["geowebnews"]).parse_args()
    reader = Reader.load()
    figures: dict[str, float] = {}
    for name in args.sets or args.default_sets:
        right = Score()
        places, actors = Score(), Score()
        for text, marked in _articles(args.data / f"{name}.xml.gz"):
            if not text.strip() or not marked:
                continue
            mentions: list[list[Mention]] = [[]]
            reader.find([text], mentions)
            linked = Linked(reader.link(text, mentions[0]))
            for start, end, metonymic in marked:
                found = acts(text, start, end, linked)
                right += Score(int(found == metonymic), 1, 1)
                actors += Score(int(found and metonymic), int(found), int(metonymic))
                places += Score(int(not found and not metonymic), int(not found), int(not metonymic))
        print(f"{name}: {right.gold} place names, model {reader.info.model}")
        print(
            f"right {100 * right.precision:.1f} %; F1 of places {100 * places.f1:.1f}, of actors {100 * actors.f1:.1f}"
        )
        figures |= {
            f"{name}/literal_metonymic_accuracy": round(100 * right.precision, 2),
            f"{name}/metonymic_f1": round(100 * actors.f1, 2),
        }
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
