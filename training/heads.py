"""Train the heads of mentions and links alone, on an encoder that stays: ``python -m training.heads --data FOLDER``.

The encoder reads every text once; its states are kept, so an epoch over all texts takes seconds and the reading of
statements is not touched. Starts from the heads of ``--checkpoint``, anew where it has none, and writes it with them to
``--out``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.corpora import documents
from sayso.reader.encode import load_tokenizer
from training.encoders import encoder_files
from training.model import Config, StatementModel
from training.train import WHO_ITEMS, WHO_SETS
from training.who import Text, encoder_inputs, text_of, texts, who_loss, who_table, windows_of

__all__ = ["main"]


class _Kept(nn.Module):
    """The heads over kept states of the encoder (T, 384), by text."""

    def __init__(self, model: StatementModel, kept: dict[int, Tensor]) -> None:
        super().__init__()
        self.who, self.mention, self.link = model.who, model.mention, model.link
        self.kept, self.drop = kept, nn.Dropout(0.2)

    def states(self, texts: list[Text]) -> list[Tensor]:
        return [self.who(self.drop(self.kept[id(text)].float())) for text in texts]


def _encode(model: StatementModel, some: list[Text], size: int) -> dict[int, Tensor]:
    kept = {}
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for text in some:
            cut = windows_of(text.tokens, size, None)
            hidden = model.encoder(*encoder_inputs([(text.tokens, lo, hi) for lo, hi in cut]))
            parts = [hidden[row, 1 : hi - lo + 1] for row, (lo, hi) in enumerate(cut)]
            kept[id(text)] = torch.cat(parts).to(torch.bfloat16).clone()
    return kept


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--heads", type=Path, help="checkpoint whose heads to start from, if not its own or anew")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint with the new heads")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--size", type=int, default=510, help="sub-tokens a window")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=3, help="texts a step")
    parser.add_argument("--every", type=int, default=4, help="epochs between dev tables")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> None:
    """Train, printing dev tables; what is written is the mean of the weights of the last third of the epochs."""
    torch.set_flush_denormal(True)
    args = _arguments(argv)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    saved: dict[str, Any] = torch.load(args.checkpoint, weights_only=False)
    model = StatementModel(Config(**{**saved["config"], "who": True}))
    heads = ("who.", "mention.", "link.")
    weights = {k: v for k, v in saved["model"].items() if not k.startswith(heads)}
    known = args.heads or args.checkpoint
    begun = {k: v for k, v in torch.load(known, weights_only=False)["model"].items() if k.startswith(heads)}
    fresh = {k: v for k, v in model.state_dict().items() if k.startswith(heads)}
    model.load_state_dict({**fresh, **begun, **weights})
    model.eval()
    tokenizer = load_tokenizer(encoder_files() / "tokenizer.json")
    read = texts(args.data, WHO_ITEMS, tokenizer)
    dev = {s: [text_of(d, tokenizer) for d in documents(args.data, s, "dev")] for s in WHO_SETS}
    began = time.monotonic()
    kept = _encode(model, [*read, *(text for some in dev.values() for text in some)], args.size)
    print(f"{len(read)} texts encoded in {time.monotonic() - began:.0f} s", flush=True)
    whole = _Kept(model, kept)
    trained = [p for name, p in whole.named_parameters() if name.startswith(heads)]
    optimizer = torch.optim.AdamW(trained, lr=args.rate, weight_decay=0.02)
    steps = args.epochs * (len(read) // args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.05 * steps)) * max(0.02, 1.0 - s / steps)
    )
    mean = torch.optim.swa_utils.AveragedModel(whole, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998))
    for epoch in range(args.epochs):
        whole.train()
        shown = {"mention": 0.0, "link": 0.0}
        order = rng.sample(read, len(read))
        for at in range(0, len(order) - args.batch + 1, args.batch):
            loss, parts = who_loss(whole, order[at : at + args.batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            mean.update_parameters(whole)
            shown = {k: v + parts[k] * args.batch / len(order) for k, v in shown.items()}
        losses = " ".join(f"{k} {v:.3f}" for k, v in shown.items())
        print(f"epoch {epoch + 1} {losses} {time.monotonic() - began:.0f} s", flush=True)
        if (epoch + 1) % args.every == 0 or epoch + 1 == args.epochs:
            tables = {name: who_table(mean.module.eval(), some) for name, some in dev.items()}
            print(tables, flush=True)
            found = {k: v for k, v in mean.module.state_dict().items() if k.startswith(heads)}
            config = {**saved["config"], "who": True}
            torch.save({"model": {**weights, **found}, "config": config, "dev": tables}, args.out)


if __name__ == "__main__":
    main()
