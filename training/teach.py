"""A trained model → lessons for a smaller one: ``python -m training.teach --teacher best.pt --data FOLDER --out FILE``.

For each text of PolNeAR train, and of news that nobody annotated (``fnc1-train-bodies-unlabelled``), the teacher's
probability of every cue tag and, for every attribution, of every role tag; besides, the attributions inside contents,
found by reading each content again as a text of its own, level by level (PolNeAR marks none). A smaller model that
learns from these reads all levels in one pass.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from sayso.reader.attribution import Reach, find_attributions
from sayso.reader.decode import marginals, runs, viterbi
from sayso.reader.drafts import Draft
from sayso.reader.encode import Tokens, load_tokenizer, tokenize, windows
from sayso.reader.scheme import LEFT_REACH, RIGHT_REACH
from sayso.reader.tagging import Cue, Job, read_windows, tag_roles
from training.data import Gold, Lesson, Range, read_jsonl
from training.encoders import encoder_files
from training.model import Config, StatementModel
from training.rereading import nest
from training.train import TorchNetwork

__all__ = ["main"]

_FLOOR = 0.5  # of an inner cue's probability
_REACH = Reach()
_BLOCK = 16  # texts at a time


def load_teacher(path: Path) -> TorchNetwork:
    saved = torch.load(path, weights_only=False)
    model = StatementModel(Config(**saved["config"]))
    model.load_state_dict(saved["model"])
    return TorchNetwork(model, autocast=True)


def _marked(row: dict[str, Any], tokens: Tokens) -> list[Gold]:
    found = []
    for attribution in row["attributions"]:
        if attribution["cue"]:
            cue = tokens.locate(attribution["cue"][0][0], attribution["cue"][-1][1])
            roles = ([tokens.locate(s, e) for s, e in attribution[role]] for role in ("source", "content"))
            found.append(Gold(cue, *roles))
    return found


def _lessons(
    network: TorchNetwork, texts: Sequence[str], tokens: Sequence[Tokens], marked: dict[int, list[Gold]]
) -> list[Lesson]:
    """Give the outermost part of the lesson of each text; ``marked`` holds what annotators marked, by number."""
    jobs = [
        Job(number, window)
        for number, each in enumerate(tokens)
        for window in windows(each, size=_REACH.window, left=_REACH.left, right=_REACH.right)
    ]
    jobs.sort(key=lambda job: job.length)
    emit, states = read_windows(network, jobs, tokens, batch=_REACH.batch)
    lengths = np.array([job.length for job in jobs])
    likely, tags = marginals(emit, network.cue_chain, lengths), viterbi(emit, network.cue_chain, lengths)
    soft = [np.zeros((len(each), likely.shape[-1]), dtype=np.float16) for each in tokens]
    cues: list[Cue] = []
    for row, job in enumerate(jobs):
        w = job.window
        soft[job.number][w.core_lo : w.core_hi] = likely[row, w.core_lo - w.lo : w.core_hi - w.lo]
        found = [(g.cue[0] - w.lo, g.cue[1] - w.lo) for g in marked.get(job.number, [])]
        for lo, hi in found if job.number in marked else runs(tags[row, : job.length], 1, 2):
            if w.core_lo <= w.lo + lo < w.core_hi and hi <= job.length:
                cue = Cue(job, lo, hi - 1, 1.0, states[row])
                cues.append(cue.reaching(LEFT_REACH, RIGHT_REACH))
    roles: list[dict[Range, Gold]] = [{} for _ in texts]
    for cue, role_tags, every, _ in tag_roles(network, cues):
        at, n = cue.job.window.lo, cue.right - cue.left
        where = (at + cue.first, at + cue.last + 1)
        source, content = (
            [(at + cue.left + a, at + cue.left + b) for a, b in runs(role_tags, begin, begin + 1)] for begin in (1, 3)
        )
        if cue.job.number not in marked and not content:
            continue
        roles[cue.job.number][where] = Gold(
            where, source, content, soft=every[:n].astype(np.float16), soft_at=at + cue.left
        )
    return [Lesson(cue, by_cue, []) for cue, by_cue in zip(soft, roles, strict=True)]


def _draft(text: str, tokens: Tokens, gold: Gold) -> Draft:
    def characters(r: Range) -> Range:
        return int(tokens.starts[r[0]]), int(tokens.ends[r[1] - 1])

    return Draft(
        cue=characters(gold.cue),
        source=characters(gold.source[0]) if gold.source else None,
        content=tuple(characters(piece) for piece in gold.content),
        scores=(1.0, 1.0),
    )


def _inner(network: TorchNetwork, tokenizer: Tokenizer, text: str, tokens: Tokens, outermost: list[Gold]) -> list[Gold]:
    """Find the attributions inside contents, at every depth."""

    def find(texts: Sequence[str]) -> list[Any]:
        return find_attributions(network, texts, [tokenize(tokenizer, t) for t in texts], _REACH)

    top = {draft.cue: draft for draft in (_draft(text, tokens, gold) for gold in outermost)}
    found = []
    for draft in nest(text, list(top.values()), find, floor=_FLOOR):
        if draft.cue not in top and draft.parent is not None:
            source = [tokens.locate(*draft.source)] if draft.source else []
            found.append(
                Gold(tokens.locate(*draft.cue), source, [tokens.locate(*c) for c in draft.content], inner=True)
            )
    return found


def _teach(network: TorchNetwork, tokenizer: Tokenizer, rows: list[dict[str, Any]]) -> dict[str, Lesson]:
    """Give the lesson of each text of a set; annotated copies of one text make one lesson."""
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_text.setdefault(row["text"], []).append(row)
    texts = sorted(by_text, key=len)
    lessons: dict[str, Lesson] = {}
    began = time.monotonic()
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        tokens = [tokenize(tokenizer, text) for text in block]
        marked = {
            number: [g for row in by_text[text] for g in _marked(row, tokens[number])]
            for number, text in enumerate(block)
            if "attributions" in by_text[text][0]
        }
        for text, each, lesson in zip(block, tokens, _lessons(network, block, tokens, marked), strict=True):
            inner = _inner(network, tokenizer, text, each, list(lesson.roles.values()))
            lessons[text] = Lesson(lesson.cue, lesson.roles, inner)
        if start // _BLOCK % 10 == 0:
            levels = sum(len(x.roles) for x in lessons.values()), sum(len(x.inner) for x in lessons.values())
            print(f"{len(lessons)}/{len(texts)} texts, {levels}, {time.monotonic() - began:.0f} s", flush=True)
    return lessons


def main(argv: Sequence[str] | None = None) -> None:
    """Write the lessons of PolNeAR train and of unannotated news."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, required=True, help="checkpoint of the teacher")
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-train and the unannotated news")
    parser.add_argument("--out", type=Path, required=True, help="file to write (pickle)")
    parser.add_argument("--unannotated", type=int, default=1200, help="how many texts nobody annotated")
    args = parser.parse_args(argv)
    network = load_teacher(args.teacher)
    tokenizer = load_tokenizer(encoder_files() / "tokenizer.json")
    annotated = _teach(network, tokenizer, read_jsonl(args.data / "polnear-train.jsonl.gz"))
    news = [{"text": row["text"]} for row in read_jsonl(args.data / "fnc1-train-bodies-unlabelled.jsonl.gz")]
    news = [row for row in news if 200 < len(row["text"]) < 12_000]
    random.Random(1).shuffle(news)
    unannotated = _teach(network, tokenizer, news[: args.unannotated])
    with args.out.open("wb") as file:
        pickle.dump({"annotated": annotated, "unannotated": unannotated}, file)


if __name__ == "__main__":
    main()
