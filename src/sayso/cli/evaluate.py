"""``sayso eval``: fresh readings against gold records: precision, recall and F1 for each field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.console import print_json
from sayso.cli.options import JsonOption

if TYPE_CHECKING:
    from sayso.scoring import Comparison, Said

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[Path, typer.Option("--gold", "-g", metavar="PATH", help="A gold record, or a folder of them.")],
    show: Annotated[bool, typer.Option("--show", help="List what was missed, what is extra and what differs.")] = False,
    json: JsonOption = False,
) -> None:
    """Measure the reader against gold records.

    The articles of the gold are read afresh. A gold statement counts as found when source and cue overlap, at least
    80% of its content is covered and at least half of what is covered is its content. Force, nesting, chain, speaker
    and quote are judged on those.

    \b
    Examples:
      sayso eval --gold gold/
      sayso eval --gold article.gold.json --show
    """
    from sayso import sources
    from sayso.gold import gold_files, load_gold, said_in
    from sayso.scoring import Comparison

    files = [load_gold(file, lambda path: sources.load(path, settings=session.settings())) for file in gold_files(gold)]
    reader = session.get_reader()
    total = Comparison()
    details: list[str] = []
    for item in files:
        found = said_in(reader.read(item.article))
        pairs = total.add(item.statements, found)
        details += [f"{item.name}: {line}" for line in _details(item.article.text, item.statements, found, pairs)]
    if json:
        info = reader.info.model_dump()
        print_json({"gold": str(gold), "reader": info, **total.figures(), **({"details": details} if show else {})})
        return
    for line in (*(details if show else ()), *_table(total)):
        typer.echo(line)


def _details(
    text: str, gold: tuple[Said, ...], found: tuple[Said, ...], pairs: list[tuple[Said, Said]]
) -> Iterator[str]:
    from sayso.scoring import agreement

    partner = {theirs.id: ours.id for theirs, ours in pairs}
    for statement in gold:
        if statement.id not in partner:
            yield f"missed {_words(text, statement)}"
    for statement in found:
        if statement.id not in partner.values():
            yield f"extra  {_words(text, statement)}"
    for theirs, ours in pairs:
        for name, right in agreement(theirs, ours, partner).items():
            if not right and name != "named_speaker":
                yield f"differs in {name}: {_value(ours, name)}, gold {_value(theirs, name)}: {_words(text, theirs)}"


def _value(said: Said, name: str) -> str:
    value = {
        "force": said.force,
        "quote": said.quote,
        "inside": said.inside or "nothing",
        "chain": " › ".join(said.chain or ()),
        "speaker": ", ".join(said.speakers or ()),
    }[name]
    return str(value)


def _words(text: str, said: Said) -> str:
    one = [(part,) if part else () for part in (said.source, said.cue)]
    roles = (*one, said.content)
    shown = (" … ".join(" ".join(text[start:end].split()) for start, end in role) or "-" for role in roles)
    return f"{said.id} " + " | ".join(shown)


_LABELS = {"named_speaker": "speaker, if named"}


def _table(total: Comparison) -> Iterator[str]:
    counts = total.statements
    articles = "1 article" if total.articles == 1 else f"{total.articles} articles"
    yield f"{articles}: {counts.gold} statements in the gold, {counts.found} found, {counts.right} paired"
    yield ""
    yield f"{'':<20}{'precision':>10}{'recall':>10}{'F1':>10}"
    exact = {f"{name}, exact": score for name, score in total.spans.items()}
    for name, score in {"statements": counts, **exact}.items():
        yield f"{name:<20}{score.precision:>10.1%}{score.recall:>10.1%}{score.f1:>10.1%}"
    yield ""
    yield f"{'of those paired':<20}{'right':>10}{'judged':>10}{'share':>10}"
    for name, score in total.judged.items():
        share = f"{score.precision:.1%}" if score.found else "-"
        yield f"{_LABELS.get(name, name):<20}{score.right:>10}{score.found:>10}{share:>10}"
