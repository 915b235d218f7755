"""The statement network on ONNX Runtime: what the shipped model files compute, without torch."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.errors import ModelError
from sayso.reader.decode import Chain
from sayso.reader.judge import ForceWeights
from sayso.reader.scheme import CUE_TAGS, ROLE_TAGS

__all__ = ["Calibration", "Curves", "OnnxNetwork", "log_odds", "model_name"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_CARD, _ENCODER, _ROLES = "model.json", "encoder.onnx", "roles.onnx"
_MENTIONS, _LINKS = "mentions.onnx", "links.onnx"
_PROVIDERS = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
}
_INPUTS = {
    _ENCODER: ("ids", "shape", "quote", "mask"),
    _ROLES: ("value", "gate", "shift", "relative", "mask"),
    _MENTIONS: ("start", "end", "first", "last", "width"),
    _LINKS: ("later", "earlier", "before", "features"),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the network's scores to the probability that a statement is right: a logistic curve fitted on dev.

    Right means that an annotator marked a statement whose cue and source overlap and whose content agrees in four
    fifths of its characters (Platt 1999, with two scores).
    """

    bias: float = 0.0
    cue: float = 1.0
    roles: float = 0.0

    def confidence(self, cue_score: float, role_score: float) -> float:
        """Give the calibrated probability, 0 to 1, rounded to three places."""
        z = self.bias + self.cue * log_odds(cue_score) + self.roles * log_odds(role_score)
        return round(1.0 / (1.0 + math.exp(-z)), 3)


@dataclass(frozen=True, slots=True)
class Curves:
    """What was chosen on labelled data after training: how scores become confidences and how forces are weighed."""

    statement: Calibration = field(default_factory=Calibration)
    force: ForceWeights = field(default_factory=ForceWeights)


def log_odds(p: float) -> float:
    """Give log p/(1 − p), p kept between 0.0001 and 0.9999."""
    p = min(max(p, 1e-4), 1.0 - 1e-4)
    return math.log(p / (1.0 - p))


class OnnxNetwork:
    """The four graphs of a model folder, loaded once; safe to use from several threads.

    Raises ModelError when a file is missing, is broken or is another than its name says, or when ONNX Runtime cannot
    use the device.
    """

    def __init__(self, folder: Path, *, threads: int = 0, device: str = "cpu") -> None:
        provider = _PROVIDERS[device]
        if provider not in ort.get_available_providers():
            raise ModelError(
                f"ONNX Runtime has no {provider} here: install sayso[{device}] in place of onnxruntime, or set "
                "SAYSO_DEVICE to cpu"
            )
        try:
            self._load(folder, threads, provider)
        # Not narrower: ONNX Runtime's errors share no base but Exception, and a broken card can raise nearly any.
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise ModelError(f"the model in {folder} cannot be loaded ({reason}); reinstall sayso") from error

    def _load(self, folder: Path, threads: int, provider: str) -> None:
        about: dict[str, Any] = json.loads((folder / _CARD).read_bytes())
        self.cue_chain = _chain(about["chains"]["cue"], len(CUE_TAGS))
        self.role_chain = _chain(about["chains"]["role"], len(ROLE_TAGS))
        self.curves = Curves(
            Calibration(**{name: float(value) for name, value in about.get("calibration", {}).items()}),
            ForceWeights(**{name: float(value) for name, value in about.get("force", {}).items()}),
        )
        self.eagerness = float(about.get("eagerness", 0.0))
        self._encoder = _session(folder / _ENCODER, threads, provider)
        self._roles = _session(folder / _ROLES, threads, provider)
        self._mentions = _session(folder / _MENTIONS, threads, _PROVIDERS["cpu"])
        self._links = _session(folder / _LINKS, threads, _PROVIDERS["cpu"])
        self.name = model_name(folder)

    def encode(self, ids: Ints, shape: Ints, quote: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """Give cue emissions (B, L, 5), role states (B, L, 3·D) and states of mentions and links (B, L, W)."""
        cue, states, who = self._encoder.run(None, {"ids": ids, "shape": shape, "quote": quote, "mask": mask})
        return cue, states, who

    def roles(self, value: Floats, gate: Floats, shift: Floats, relative: Ints, mask: Floats) -> tuple[Floats, Floats]:
        """Give role emissions (N, T, 5) for N cues, and the scores (N, 16) of their forces."""
        feeds = {"value": value, "gate": gate, "shift": shift, "relative": relative, "mask": mask}
        tags, forces = self._roles.run(None, feeds)
        return tags, forces

    def mentions(self, start: Floats, end: Floats, first: Ints, last: Ints, width: Ints) -> Floats:
        """Give the scores (P, labels) of the types of stretches, from the states (T, D) of their ends."""
        feeds = {"start": start, "end": end, "first": first, "last": last, "width": width}
        scores: Floats = self._mentions.run(None, feeds)[0]
        return scores

    def links(self, later: Floats, earlier: Floats, before: Ints, features: Ints) -> Floats:
        """Give the scores (m, K) of links from mentions (m, C) to the earlier ones (n, C) that ``before`` names."""
        feeds = {"later": later, "earlier": earlier, "before": before, "features": features}
        scores: Floats = self._links.run(None, feeds)[0]
        return scores


def model_name(folder: Path) -> str:
    """Give the name of a model and, in brackets, 8 digits of the SHA-256 of its graphs and its card.

    New weights, word lists or curves thus make another reader. Raises OSError, ValueError or KeyError when there is no
    model in the folder.
    """
    digest = hashlib.sha256()
    for file in (_ENCODER, _ROLES, _MENTIONS, _LINKS, _CARD):
        digest.update((folder / file).read_bytes())
    name = json.loads((folder / _CARD).read_bytes())["name"]
    return f"{name} ({digest.hexdigest()[:8]})"


def _chain(parts: dict[str, Any], tags: int) -> Chain:
    start, trans = (np.array(parts[part], dtype=np.float32) for part in ("start", "trans"))
    if start.shape != (tags,) or trans.shape != (tags, tags):
        raise ValueError(f"a chain is of {start.shape} and {trans.shape}, not of {tags} tags")
    return Chain(start, trans)


def _session(path: Path, threads: int, provider: str) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.enable_mem_pattern = False  # lengths vary: a plan for each would only fill memory
    options.log_severity_level = 3
    session = ort.InferenceSession(str(path), options, providers=list(dict.fromkeys([provider, _PROVIDERS["cpu"]])))
    inputs = sorted(each.name for each in session.get_inputs())
    if inputs != sorted(_INPUTS[path.name]):
        raise ValueError(f"{path.name} takes {', '.join(inputs)}, not {', '.join(sorted(_INPUTS[path.name]))}")
    return session
