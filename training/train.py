"""Train the statement reader: ``python -m training.train --data FOLDER --out FOLDER``.

Writes ``last.pt`` (to resume), ``best.pt`` (averaged weights of the best epoch by the mean of the four dev
figures) and ``log.jsonl``. ``python -m training.export`` makes the ONNX files from ``best.pt``.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from benchmarks.corpora import documents
from sayso.reader.attribution import Attribution, Reach, find_attributions
from sayso.reader.decode import Chain
from sayso.reader.encode import load_tokenizer, tokenize
from sayso.scoring import Roles, attribution_scores
from training.data import Article, Batch, Windows, batches, grouped, load, load_items, read_jsonl, taught
from training.encoders import NAMES, encoder_files, fresh_model, widened
from training.model import StatementModel, crf_loss
from training.rounding import rounds_its_products
from training.who import Text, Windowed, text_groups, text_of, texts, who_loss, who_table

__all__ = ["TorchNetwork", "dev_table", "main", "read_split"]

ITEMS = Path(__file__).parent / "items"
WHO_ITEMS = Path(__file__).parent / "who_items"
WHO_HEADS = ("who", "mention", "link")
WHO_SETS = ("gum", "meantime", "re3d", "wikigold")
CUE_WEIGHT, ROLE_WEIGHT, FORCE_WEIGHT = 20.0, 0.5, 0.5


class TorchNetwork:
    """The torch model behind the same interface as the ONNX one, so that training measures what will be used."""

    def __init__(self, model: StatementModel, *, autocast: bool = False) -> None:
        self.model = model.eval()
        self.autocast = autocast
        chains = {k: Chain(*(x.detach().numpy() for x in pair)) for k, pair in model.chains().items()}
        self.cue_chain, self.role_chain = chains["cue"], chains["role"]

    def _run(self, method: Any, *arrays: np.ndarray) -> Any:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.autocast):
            result = method(*(torch.from_numpy(a) for a in arrays))
        return tuple(r.float().numpy() for r in result) if isinstance(result, tuple) else result.float().numpy()

    def encode(self, *arrays: np.ndarray) -> Any:
        return self._run(self.model.encode, *arrays)

    def roles(self, *arrays: np.ndarray) -> Any:
        return self._run(self.model.roles, *arrays)


def read_split(
    network: Any, tokenizer: Tokenizer, path: Path, reach: Reach
) -> list[tuple[list[Attribution], list[Roles]]]:
    """Read every annotated copy of a split; gives what was found beside the gold roles."""
    rows = read_jsonl(path)
    texts = [row["text"] for row in rows]
    found = find_attributions(network, texts, [tokenize(tokenizer, t) for t in texts], reach)
    gold = [
        [tuple(tuple((s, e) for s, e in a[r]) for r in ("source", "cue", "content")) for a in row["attributions"]]
        for row in rows
    ]
    return list(zip(found, gold, strict=True))  # type: ignore[arg-type]


def dev_table(network: Any, tokenizer: Tokenizer, path: Path, reach: Reach) -> dict[str, float]:
    """Score a split as ``benchmarks.attribution`` does; figures are F1 in percent."""
    pairs = [
        ([(a.source, (a.cue,), a.content) for a in found if not a.inner], gold)
        for found, gold in read_split(network, tokenizer, path, reach)
    ]
    return {name: round(100 * score.f1, 2) for name, score in attribution_scores(pairs).items()}


def loss_of(model: StatementModel, batch: Batch) -> tuple[torch.Tensor, dict[str, float]]:
    """20 × cue loss per token + 0.5 × role loss per cue (the weights that worked on dev)."""
    chains = model.chains()
    cue_emit, states, _ = model.encode(batch.ids, batch.shape, batch.quote, batch.mask)
    gold, soft = batch.cue_gold, batch.cue_soft
    if not model.config.nested:
        gold, soft = (
            gold * (gold < 3),
            torch.cat([soft[..., :1] + soft[..., 3:].sum(-1, keepdim=True), soft[..., 1:3]], -1),
        )
    cue = crf_loss(cue_emit[:, 1:], chains["cue"], gold, soft, batch.cue_mask) / batch.cue_mask.sum()
    states = states[:, 1:]
    value, gate, shift = states.chunk(3, dim=-1)
    ends = [(part[batch.rows, batch.first] + part[batch.rows, batch.last]) / 2 for part in (gate, shift)]
    emit, forces = model.roles(value[batch.rows[:, None], batch.positions], *ends, batch.relative, batch.role_mask)
    cues = max(1.0, float(batch.role_mask[:, 0].sum()))
    role = crf_loss(emit, chains["role"], batch.role_gold, batch.role_soft, batch.role_mask) / cues
    loss, parts = CUE_WEIGHT * cue + ROLE_WEIGHT * role, {"cue": cue.item(), "role": role.item()}
    if model.config.nested:
        each = F.cross_entropy(forces.float(), batch.force, reduction="none")
        force = (each * batch.sure).sum() / batch.sure.sum().clamp_min(1.0)
        loss, parts = loss + FORCE_WEIGHT * force, {**parts, "force": force.item()}
    return loss, parts


def _average(ema: StatementModel, model: StatementModel, decay: float) -> None:
    with torch.no_grad():
        for old, new in zip(ema.parameters(), model.parameters(), strict=True):
            old.lerp_(new, 1.0 - decay)


def _seed(seed: int) -> random.Random:
    torch.manual_seed(seed)
    np.random.seed(seed)
    return random.Random(seed)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--encoder", choices=NAMES, default="minilm")
    parser.add_argument("--encoder-files", type=Path, help="folder of its weights, where no package carries them")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=6, help="windows a batch")
    parser.add_argument("--size", type=int, default=382, help="sub-tokens a window")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--who-rate", type=float, default=1e-3, help="rate of the heads of mentions and links")
    parser.add_argument("--straight", type=float, default=0.2, help="share of articles read with straight quotes")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to begin with")
    parser.add_argument("--lessons", type=Path, help="what training.teach wrote: a teacher's probabilities to learn")
    parser.add_argument("--items", type=int, default=2, help="how often an epoch the hand-made items are read")
    parser.add_argument("--trust", type=float, default=0.5, help="weight of the teacher where people annotated")
    parser.add_argument("--who", type=int, default=0, help="how often an epoch the texts with entities are read")
    parser.add_argument("--share", type=float, default=1.0, help="share of the statements that is read each epoch")
    parser.add_argument("--rounding", type=int, default=0, help="last epochs that feel the rounding to int8")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    return parser.parse_args(argv)


def _articles(args: argparse.Namespace, tokenizer: Tokenizer) -> list[Article]:
    annotated = args.data / "polnear-train.jsonl.gz"
    if args.lessons is None:
        return load(annotated, tokenizer)
    with args.lessons.open("rb") as file:
        lessons = pickle.load(file)
    items = load_items(ITEMS, tokenizer) * args.items
    return load(annotated, tokenizer, lessons["annotated"]) + taught(tokenizer, lessons["unannotated"]) + items


def _groups(articles: list[Article], args: argparse.Namespace, rng: random.Random) -> list[Windows]:
    return grouped(articles, size=args.size, batch=args.batch, straight=args.straight, rng=rng)


def _work(
    articles: list[Article], read: list[Text], args: argparse.Namespace, rng: random.Random
) -> list[Windows | list[Text]]:
    """Give what an epoch reads, in random order: groups of windows, and groups of texts with entities."""
    some = rng.sample(articles, round(args.share * len(articles)))
    work: list[Windows | list[Text]] = [group for group in _groups(some, args, rng) if group]
    for _ in range(args.who):
        work += text_groups(read, args.batch * args.size, rng)
    rng.shuffle(work)
    return work


def _first_model(args: argparse.Namespace) -> StatementModel:
    if args.start is None:
        return fresh_model(args.encoder, args.encoder_files, nested=args.lessons is not None)
    return widened(torch.load(args.start, weights_only=False), who=args.who > 0)


def main(argv: Sequence[str] | None = None) -> None:
    """Train, printing a dev table after each epoch; goes on from ``last.pt`` when there is one."""
    torch.set_flush_denormal(True)  # Adam's moments of rare words decay into denormals, which are slow
    args = _arguments(argv)
    rng = _seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(encoder_files() / "tokenizer.json")
    articles = _articles(args, tokenizer)
    read = texts(args.data, WHO_ITEMS, tokenizer) if args.who else []
    dev = {s: [text_of(d, tokenizer) for d in documents(args.data, s, "dev")] for s in WHO_SETS} if args.who else {}
    model = _first_model(args)
    ema = copy.deepcopy(model)
    encoder = list(model.encoder.parameters())
    named = [(name.split(".")[0], p) for name, p in model.named_parameters() if not name.startswith("encoder.")]
    new = [p for name, p in named if name in WHO_HEADS]
    rest = [p for name, p in named if name not in WHO_HEADS]
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": args.encoder_rate},
            {"params": rest, "lr": args.head_rate},
            {"params": new, "lr": args.who_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    tokens = sum(len(a.variants[0]) for a in articles)
    total = args.epochs * len(_work(articles, read, args, random.Random(args.seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.1 * total)) * max(0.02, 1.0 - s / total) / 0.9
    )
    state: dict[str, Any] = {"epoch": 0, "best": -1.0, "step": 0}
    last = args.out / "last.pt"
    if last.exists():
        saved = torch.load(last, weights_only=False)
        for name, part in (("model", model), ("ema", ema), ("optimizer", optimizer), ("schedule", schedule)):
            part.load_state_dict(saved[name])
        state = saved["state"]
        rng.setstate(saved["rng"])
        torch.set_rng_state(saved["torch_rng"])
    print(f"{len(articles)} copies, {tokens} sub-tokens, about {total} steps", flush=True)
    for epoch in range(state["epoch"], args.epochs):
        if epoch >= args.epochs - args.rounding:
            rounds_its_products(model)
            rounds_its_products(ema)
        _epoch(model, ema, optimizer, schedule, (articles, read), args, rng, state)
        figures = dev_table(TorchNetwork(ema, autocast=True), tokenizer, args.data / "polnear-dev.jsonl.gz", Reach())
        mean = sum(figures[k] for k in ("source", "cue", "content", "whole")) / 4
        print(f"epoch {epoch + 1}: {figures} mean {mean:.2f}", flush=True)
        for name, documents_ in dev.items():
            figures |= {f"{name} {k}": v for k, v in who_table(Windowed(ema.eval(), args.size), documents_).items()}
        print({k: v for k, v in figures.items() if " " in k}, flush=True)
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps({"epoch": epoch + 1, **figures}) + "\n")
        if mean > state["best"]:
            state["best"] = mean
            torch.save(
                {"model": ema.state_dict(), "config": ema.config.as_dict(), "dev": figures}, args.out / "best.pt"
            )
        state["epoch"] = epoch + 1
        saved = {"model": model.state_dict(), "ema": ema.state_dict(), "optimizer": optimizer.state_dict()}
        chance = {"rng": rng.getstate(), "torch_rng": torch.get_rng_state()}
        torch.save({**saved, **chance, "schedule": schedule.state_dict(), "state": state}, last)


def _epoch(
    model: StatementModel,
    ema: StatementModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    known: tuple[list[Article], list[Text]],
    args: argparse.Namespace,
    rng: random.Random,
    state: dict[str, Any],
) -> None:
    model.train()
    began, seen = time.monotonic(), 0
    shown: dict[str, float] = {}
    for work in _work(*known, args, rng):
        with torch.autocast("cpu", torch.bfloat16):
            if isinstance(work[0], Text):
                loss, parts = who_loss(Windowed(model, args.size, rng), work)
                seen += sum(len(text.tokens) for text in work)
            else:
                [batch] = batches([work], trust=args.trust)
                loss, parts = loss_of(model, batch)
                seen += int(batch.mask.sum())
        shown |= {name: 0.95 * shown.get(name, value) + 0.05 * value for name, value in parts.items()}
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        state["step"] += 1
        if state["step"] % 4 == 0:
            _average(ema, model, min(0.985, state["step"] / (state["step"] + 40)))
        if state["step"] % 50 == 0:
            rate = seen / (time.monotonic() - began)
            losses = " ".join(f"{name} {value:.3f}" for name, value in shown.items())
            print(f"step {state['step']} {losses} {rate:.0f} tokens/s", flush=True)
        if args.steps and state["step"] >= args.steps:
            raise SystemExit(0)


if __name__ == "__main__":
    main()
