"""Checkpoint → the files the package ships: ``python -m training.export --checkpoint best.pt --data FOLDER``.

Writes ``encoder.onnx`` and ``roles.onnx`` (int8 weights, dynamic activations), ``mentions.onnx`` and ``links.onnx``
(small, in fp32), ``tokenizer.json`` and ``model.json``:
tag chains, the eagerness and the confidence curve chosen on dev, the weights of forces, dev figures. Checks
parity with torch on dev: the export fails when a figure falls by more than ``--tolerance`` points.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from benchmarks.force import items, reliability
from sayso.reader.attribution import Reach, judged_forces
from sayso.reader.encode import load_tokenizer, tokenize
from sayso.reader.judge import ForceWeights, listed_reading, weigh
from sayso.reader.likeness import FEATURE_SIZES
from sayso.reader.network import OnnxNetwork
from training.calibrate import Judged, calibration_error, choose_weights, cross_fitted, fit, observations
from training.encoders import encoder_files
from training.model import Block, Config, StatementModel
from training.train import TorchNetwork, dev_table, read_split
from training.who import LINK_WIDTH, MENTION_WIDTH

__all__ = ["main"]

OPSET = 17


class _FusedAttention(torch.autograd.Function):
    """Exports as ONNX Runtime's MultiHeadAttention, which is several times faster than the plain operators."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, keep: Tensor, heads: int) -> Tensor:
        return q.clone()

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, keep: Any, heads: int) -> Any:
        none = g.op("prim::Constant")
        none.setType(torch._C.OptionalType.ofTensor())
        out = g.op("com.microsoft::MultiHeadAttention", q, k, v, none, keep, num_heads_i=heads)
        return out.setType(q.type())


def _fuse(block: Block) -> None:
    def attend(x: Tensor, bias: Tensor) -> Tensor:
        q, k, v = block.qkv(x).chunk(3, dim=-1)
        keep = (bias[:, 0, 0, :] > -1.0).to(torch.int32)
        return block.out(_FusedAttention.apply(q, k, v, keep, block.heads))

    block.attend = attend  # type: ignore[method-assign]


class _Words(nn.Module):
    """Word embeddings in int8 with a scale for each row: the quantiser of ONNX Runtime knows only one for the table."""

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        table = embedding.weight.detach()
        scale = table.abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127
        self.register_buffer("rows", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class _Graph(nn.Module):
    """One of the model's two functions as a module of its own."""

    def __init__(self, model: StatementModel, function: str) -> None:
        super().__init__()
        self.model, self.function = model, function

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        result: tuple[Tensor, ...] = getattr(self.model, self.function)(*inputs)
        return result


def _graphs(model: StatementModel, folder: Path) -> None:
    """Write both graphs in fp32 with free batch and length."""
    model.eval()
    model.encoder.word = _Words(model.encoder.word)  # type: ignore[assignment]
    for module in model.modules():
        if isinstance(module, Block):
            _fuse(module)
    ints = torch.ones(2, 9, dtype=torch.int64)
    floats = torch.ones(2, 9)
    d = model.config.role_width
    common = {"opset_version": OPSET, "dynamo": False, "custom_opsets": {"com.microsoft": 1}}
    torch.onnx.export(
        _Graph(model, "encode"),
        (ints, ints, ints, floats),
        str(folder / "encoder.onnx"),
        input_names=["ids", "shape", "quote", "mask"],
        output_names=["cue", "states", "who"],
        dynamic_axes={n: {0: "b", 1: "l"} for n in ("ids", "shape", "quote", "mask", "cue", "states", "who")},
        **common,
    )
    _who_graphs(model, folder, common)
    names = {"value": {0: "n", 1: "t"}, "gate": {0: "n"}, "shift": {0: "n"}, "relative": {0: "n", 1: "t"}}
    torch.onnx.export(
        _Graph(model, "roles"),
        (torch.ones(2, 9, d), torch.ones(2, d), torch.ones(2, d), ints, floats),
        str(folder / "roles.onnx"),
        input_names=[*names, "mask"],
        output_names=["tags", "forces"],
        dynamic_axes={**names, "mask": {0: "n", 1: "t"}, "tags": {0: "n", 1: "t"}, "forces": {0: "n"}},
        **common,
    )


def _who_graphs(model: StatementModel, folder: Path, common: dict[str, Any]) -> None:
    """Write the small graphs of mentions and links, in fp32."""
    assert model.mention is not None
    assert model.link is not None
    stretch = torch.zeros(3, dtype=torch.int64)
    torch.onnx.export(
        model.mention,
        (torch.ones(9, MENTION_WIDTH), torch.ones(9, MENTION_WIDTH), stretch, stretch, stretch),
        str(folder / "mentions.onnx"),
        input_names=["start", "end", "first", "last", "width"],
        output_names=["types"],
        dynamic_axes={"start": {0: "t"}, "end": {0: "t"}, **{n: {0: "p"} for n in ("first", "last", "width", "types")}},
        **common,
    )
    torch.onnx.export(
        model.link,
        (
            torch.ones(4, LINK_WIDTH),
            torch.ones(5, LINK_WIDTH),
            torch.zeros(4, 3, dtype=torch.int64),
            torch.zeros(4, 3, len(FEATURE_SIZES), dtype=torch.int64),
        ),
        str(folder / "links.onnx"),
        input_names=["later", "earlier", "before", "features"],
        output_names=["links"],
        dynamic_axes={
            "later": {0: "m"},
            "earlier": {0: "n"},
            **{name: {0: "m", 1: "k"} for name in ("before", "features", "links")},
        },
        **common,
    )


def _is_delicate(node: str) -> bool:
    """Say whether a product stays in fp32: the tags, and the first layer's, whose inputs have outliers.

    On PolNeAR dev that layer alone brings back half of what int8 costs; no other does by itself.
    """
    return "/tags/" in node or "/force/" in node or node == "/encoder/blocks.0/down/MatMul"


def _quantise(folder: Path, out: Path, *, reduce_range: bool) -> None:
    for name in ("encoder.onnx", "roles.onnx"):
        keep = [n.name for n in onnx.load(folder / name).graph.node if n.op_type == "MatMul" and _is_delicate(n.name)]
        quantize_dynamic(
            folder / name,
            out / name,
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=keep,
            extra_options={"MatMulConstBOnly": True},
        )
    for name in ("mentions.onnx", "links.onnx"):
        shutil.copy(folder / name, out / name)


def _describe(model: StatementModel, path: Path, name: str, **more: Any) -> None:
    chains = {
        kind: {"start": start.detach().tolist(), "trans": trans.detach().tolist()}
        for kind, (start, trans) in model.chains().items()
    }
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(path.parent.glob("*.onnx"))}
    made = datetime.now(UTC).date().isoformat()
    path.write_text(json.dumps({"name": name, "made": made, "files": files, "chains": chains, **more}, indent=1) + "\n")


def _judged(network: OnnxNetwork, tokenizer: Tokenizer, data: Path, half: str) -> list[Judged]:
    """Read the labelled cues of a half, by the list and by the network."""
    found = []
    for item in items(half, data):
        forces = judged_forces(network, tokenize(tokenizer, item.text), item.cue, Reach())
        found.append((listed_reading(item.text, item.cue, item.content), forces, item.labels["settled"][0]))
    return found


def _force_reliability(
    network: OnnxNetwork, tokenizer: Tokenizer, data: Path, weights: ForceWeights
) -> list[tuple[float, float, int]]:
    """Give what the held half says of the confidence of forces; reported, nothing is chosen by it."""
    verdicts = [
        (weigh(listed, forces, weights), gold) for listed, forces, gold in _judged(network, tokenizer, data, "held")
    ]
    return reliability([v.confidence or 0.0 for v, _ in verdicts], [v.force == gold for v, gold in verdicts])


def _rounded(table: list[tuple[float, float, int]]) -> list[list[float]]:
    return [[round(promised, 3), round(right, 3), count] for promised, right, count in table]


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reader/models"))
    parser.add_argument("--name", default="statements-1")
    parser.add_argument("--tolerance", type=float, default=0.5, help="points of dev F1 that int8 may cost")
    parser.add_argument(
        "--eagerness", type=float, nargs="+", default=[-0.4, -0.2, 0.0, 0.2], help="values to try on dev"
    )
    parser.add_argument("--full-range", action="store_true", help="8-bit weights: right only on CPUs with VNNI")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> None:
    """Export, choose the eagerness on dev, check parity, and only then replace the files in ``--out``."""
    args = _arguments(argv)
    saved = torch.load(args.checkpoint, weights_only=False)
    model = StatementModel(Config(**saved["config"]))
    model.load_state_dict(saved["model"])
    dev = args.data / "polnear-dev.jsonl.gz"
    tokenizer = load_tokenizer(encoder_files() / "tokenizer.json")
    torch_figures = dev_table(TorchNetwork(model), tokenizer, dev, Reach())
    print("torch fp32", torch_figures, flush=True)
    with tempfile.TemporaryDirectory() as work:
        plain, small = Path(work) / "fp32", Path(work) / "int8"
        plain.mkdir()
        small.mkdir()
        _graphs(model, plain)
        _quantise(plain, small, reduce_range=not args.full_range)
        _describe(model, small / "model.json", args.name)
        shutil.copy(encoder_files() / "tokenizer.json", small / "tokenizer.json")
        network = OnnxNetwork(small)
        tried = sorted({0.0, *args.eagerness})
        table = {e: dev_table(network, tokenizer, dev, Reach(eagerness=e)) for e in tried}
        for eagerness, figures in table.items():
            print("onnx int8, eagerness", eagerness, figures, flush=True)
        lost = {k: round(v - table[0.0][k], 2) for k, v in torch_figures.items()}
        print("int8 costs", lost, flush=True)
        if max(lost[k] for k in ("source", "cue", "content", "whole")) > args.tolerance:
            raise SystemExit(f"int8 loses more than {args.tolerance} points: not exported")
        best = max(args.eagerness, key=lambda e: sum(table[e][k] for k in ("source", "cue", "content", "whole")))
        x, y = observations(read_split(network, tokenizer, dev, Reach(eagerness=best)))
        curve, predicted = fit(x, y), cross_fitted(x, y)
        error = calibration_error(predicted, y)
        weights = choose_weights(_judged(network, tokenizer, args.data, "tune"))
        print(f"confidence {curve}, expected calibration error {error:.3f} (5-fold); {weights}")
        _describe(
            model,
            small / "model.json",
            args.name,
            eagerness=best,
            calibration=asdict(curve),
            calibration_error=round(error, 4),
            reliability=_rounded(reliability(predicted.tolist(), (y > 0).tolist())),
            force=asdict(weights),
            force_reliability=_rounded(_force_reliability(network, tokenizer, args.data, weights)),
            dev=table[best],
        )
        args.out.mkdir(parents=True, exist_ok=True)
        for file in small.iterdir():
            shutil.copy(file, args.out / file.name)
    print(f"wrote {args.out}, eagerness {best}")


if __name__ == "__main__":
    main()
