"""Who a phrase stands for: ``python -m benchmarks.actors [--data FOLDER] [--split held] [--show] [--json]``.

Asks ``sayso.actors.resolve`` about hand-made items (``benchmarks/items/actors/<split>.jsonl``): a phrase, often with a
date or the sentence around it, and the country, roles, kind and name that a careful reader gives it. Five things are
scored: the *country* (as a set: "KOR+USA"; SUN counts as RUS), the *first role*, whether it *is an actor* at all, the
*kind*, and, where the item has one, the *name* (whatever its accents; another name of the same organisation counts).
Country and role count on all items: what has none is right when none is given. With a folder that holds REIGN's
``leaderlist_3_21.csv``, the share of its leaders since 1990 that the tables know is given, too. The tables are those
shipped, without the user's own.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.sets import print_json
from sayso.actors import Identity, resolve
from sayso.knowledge.offices import folded
from sayso.knowledge.organisations import bodies_called

__all__ = ["METRICS", "Tally", "items", "main", "measure", "score"]

METRICS = ("country", "first_role", "is_actor", "name", "kind")
_ITEMS = Path(__file__).parent / "items" / "actors"
_SUCCESSORS = {"SUN": "RUS"}


@dataclass(slots=True)
class Tally:
    """What came of the items of one group: of each metric how many were right and how many scored."""

    items: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METRICS, 0))
    scored: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METRICS, 0))
    misses: list[str] = field(default_factory=list)

    def percent(self, metric: str) -> float | None:
        """Give the share that is right, None when nothing was scored."""
        return 100 * self.right[metric] / self.scored[metric] if self.scored[metric] else None


def items(split: str) -> list[dict[str, Any]]:
    """Read the items of a split."""
    return [json.loads(line) for line in (_ITEMS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


def _codes(country: str | None) -> set[str]:
    return {_SUCCESSORS.get(code, code) for code in (country or "").split("+") if code}


def _is_named(gold: str, found: str | None) -> bool:
    if found is None:
        return False
    ours, theirs = (folded(name).removeprefix("the ") for name in (found, gold))
    if ours == theirs:
        return True
    return bool({body.name for body in bodies_called(gold)} & {body.name for body in bodies_called(found)})


def score(item: dict[str, Any], found: Identity | None) -> dict[str, bool]:
    """Say for each metric that is scored on an item whether it is right."""
    roles = found.roles if found else ()
    right = {
        "country": _codes(item["country"]) == _codes(found.country if found else None),
        "first_role": list(roles[:1]) == item["roles"][:1],
        "is_actor": (item["kind"] != "none") == (found is not None),
        "kind": item["kind"] == (found.kind if found else "none"),
    }
    if item["name"] is not None:
        right["name"] = _is_named(item["name"], found.name if found else None)
    return right


def measure(asked: Iterable[dict[str, Any]]) -> dict[str, Tally]:
    """Resolve the items; gives a tally for each group, in order of its first item."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for item in asked:
        found = resolve(item["text"], item["date"], item["context"])
        tally, right = tallies[item["group"]], score(item, found)
        tally.items += 1
        for metric, is_right in right.items():
            tally.scored[metric] += 1
            tally.right[metric] += is_right
        if wrong := [metric for metric, is_right in right.items() if not is_right]:
            gold = [item[key] for key in ("kind", "name", "country", "roles")]
            ours = [found.kind, found.name, found.country, list(found.roles)] if found else None
            asked_with = f" ({item['date'] or 'undated'}; {item['context'] or 'no context'})"
            tally.misses.append(f"{', '.join(wrong)}: {item['text']!r}{asked_with}\n  gold {gold}\n  ours {ours}")
    return dict(tallies)


def _total(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.items += tally.items
        for metric in METRICS:
            total.right[metric] += tally.right[metric]
            total.scored[metric] += tally.scored[metric]
    return total


def _line(name: str, tally: Tally) -> str:
    cells = (tally.percent(metric) for metric in METRICS)
    return f"{name:<18}{tally.items:>6}" + "".join(f"{'–' if c is None else f'{c:.1f}':>12}" for c in cells)


def _without_own_tables() -> None:
    """Have the tables read without rows of the user's own: the folder of the settings becomes one that is not there."""
    from sayso.settings import default_settings
    from sayso.upkeep.tables import forget

    os.environ["SAYSO_KNOWLEDGE"] = str(Path(tempfile.gettempdir()) / "sayso-no-tables" / "none")
    default_settings.cache_clear()
    forget()


def main() -> None:
    """Measure every group and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with leaderlist_3_21.csv")
    parser.add_argument("--split", choices=("dev", "held"), default="held", help="dev was used to develop the tables")
    parser.add_argument("--show", action="store_true", help="print each item that is not right")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    args = parser.parse_args()
    _without_own_tables()
    tallies = measure(items(args.split))
    total = _total(tallies.values())
    if args.show:
        print(*(miss for tally in tallies.values() for miss in tally.misses), sep="\n\n")
    print(f"hand-made actors, {args.split}: % right")
    print(f"{'':<18}{'items':>6}" + "".join(f"{metric.replace('_', ' '):>12}" for metric in METRICS))
    for name, tally in {**tallies, "all": total}.items():
        print(_line(name, tally))
    figures = {f"actors/{metric}": round(total.percent(metric) or 0.0, 2) for metric in METRICS}
    if args.data is not None:
        from sayso.upkeep.coverage import LEADERS, leader_coverage

        if (args.data / LEADERS).is_file():
            leaders = leader_coverage(args.data / LEADERS)
            share = 100 * leaders.known / leaders.total
            figures["actors/leaders"] = round(share, 2)
            print(f"{leaders.what} (REIGN): {leaders.known} of {leaders.total} known, {share:.1f}%")
    if args.json:
        print_json(figures)


if __name__ == "__main__":
    main()
