"""The statement network on ONNX Runtime: what the shipped model files compute, without torch."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.errors import ModelError
from sayso.reader.decode import Chain

__all__ = ["Calibration", "OnnxNetwork", "log_odds"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


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


def log_odds(p: float) -> float:
    """Give log p/(1 − p), p kept between 0.0001 and 0.9999."""
    p = min(max(p, 1e-4), 1.0 - 1e-4)
    return math.log(p / (1.0 - p))


class OnnxNetwork:
    """The two graphs of a model folder, loaded once; safe to use from several threads.

    Raises ModelError when a file is missing or is not what ``model.json`` describes.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        try:
            self.about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            chains = self.about["chains"]
            self.cue_chain, self.role_chain = (
                Chain(*(np.array(chains[kind][part], dtype=np.float32) for part in ("start", "trans")))
                for kind in ("cue", "role")
            )
            self._encoder = _session(folder / "encoder.onnx", threads)
            self._roles = _session(folder / "roles.onnx", threads)
        except (OSError, KeyError, ValueError, RuntimeError) as error:
            raise ModelError(f"the model in {folder} cannot be loaded ({error}); reinstall sayso") from error
        self.name = str(self.about["name"])
        self.calibration = Calibration(**self.about.get("calibration", {}))
        self.quiet = frozenset(self.about.get("quiet", ()))
        self.eagerness = float(self.about.get("eagerness", 0.0))

    def encode(self, ids: Ints, shape: Ints, quote: Ints, mask: Floats) -> tuple[Floats, Floats]:
        """Give cue emissions (B, L, 3) and role states (B, L, 3·D)."""
        cue, states = self._encoder.run(None, {"ids": ids, "shape": shape, "quote": quote, "mask": mask})
        return cue, states

    def roles(self, value: Floats, gate: Floats, shift: Floats, relative: Ints, mask: Floats) -> Floats:
        """Give role emissions (N, T, 5) for N cues."""
        feeds = {"value": value, "gate": gate, "shift": shift, "relative": relative, "mask": mask}
        tags: Floats = self._roles.run(None, feeds)[0]
        return tags


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.enable_mem_pattern = False  # lengths vary: a plan for each would only fill memory
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
