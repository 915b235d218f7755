"""Checkpoint → the files the package ships: ``python -m training.export --checkpoint best.pt --data FOLDER``.

Writes ``encoder.onnx`` and ``roles.onnx`` (int8 weights, dynamic activations), ``tokenizer.json`` and ``model.json``:
tag chains, the eagerness and the confidence curve chosen on dev, words that hardly ever are cues, dev figures. Checks
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
from torch import Tensor, nn

from sayso.reader.attribution import Reach
from sayso.reader.encode import load_tokenizer
from sayso.reader.network import OnnxNetwork
from training.calibrate import calibration_error, fit, observations
from training.data import quiet_words, read_jsonl
from training.model import Block, Config, StatementModel
from training.train import TorchNetwork, dev_table, encoder_files, read_split

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


class _Encode(nn.Module):
    def __init__(self, model: StatementModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.encode(ids, shape, quote, mask)


def _graphs(model: StatementModel, folder: Path) -> None:
    """Write both graphs in fp32 with free batch and length."""
    model.eval()
    for module in model.modules():
        if isinstance(module, Block):
            _fuse(module)
    ints = torch.ones(2, 9, dtype=torch.int64)
    floats = torch.ones(2, 9)
    d = model.config.role_width
    common = {"opset_version": OPSET, "dynamo": False, "custom_opsets": {"com.microsoft": 1}}
    torch.onnx.export(
        _Encode(model),
        (ints, ints, ints, floats),
        str(folder / "encoder.onnx"),
        input_names=["ids", "shape", "quote", "mask"],
        output_names=["cue", "states"],
        dynamic_axes={n: {0: "b", 1: "l"} for n in ("ids", "shape", "quote", "mask", "cue", "states")},
        **common,
    )
    names = {"value": {0: "n", 1: "t"}, "gate": {0: "n"}, "shift": {0: "n"}, "relative": {0: "n", 1: "t"}}
    torch.onnx.export(
        model.role,
        (torch.ones(2, 9, d), torch.ones(2, d), torch.ones(2, d), ints, floats),
        str(folder / "roles.onnx"),
        input_names=[*names, "mask"],
        output_names=["tags"],
        dynamic_axes={**names, "mask": {0: "n", 1: "t"}, "tags": {0: "n", 1: "t"}},
        **common,
    )


def _is_delicate(node: str) -> bool:
    """Say whether a product stays in fp32: the tags, and the first layer's, whose inputs have outliers.

    On PolNeAR dev that layer alone brings back half of what int8 costs; no other does by itself.
    """
    return "/tags/" in node or node == "/encoder/blocks.0/down/MatMul"


def _quantise(folder: Path, out: Path, *, reduce_range: bool) -> None:
    for name in ("encoder.onnx", "roles.onnx"):
        keep = [n.name for n in onnx.load(folder / name).graph.node if n.op_type == "MatMul" and _is_delicate(n.name)]
        quantize_dynamic(
            folder / name,
            out / name,
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=keep,
            extra_options={"MatMulConstBOnly": True},
        )


def _describe(model: StatementModel, path: Path, name: str, **more: Any) -> None:
    chains = {
        kind: {"start": start.detach().tolist(), "trans": trans.detach().tolist()}
        for kind, (start, trans) in model.chains().items()
    }
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(path.parent.glob("*.onnx"))}
    made = datetime.now(UTC).date().isoformat()
    path.write_text(json.dumps({"name": name, "made": made, "files": files, "chains": chains, **more}, indent=1) + "\n")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reader/models"))
    parser.add_argument("--name", default="statements-1")
    parser.add_argument("--tolerance", type=float, default=1.0, help="points of dev F1 that int8 may cost")
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
        table = {e: dev_table(network, tokenizer, dev, Reach(eagerness=e)) for e in (-0.25, 0.0, 0.25)}
        for eagerness, figures in table.items():
            print("onnx int8, eagerness", eagerness, figures, flush=True)
        lost = {k: round(v - table[0.0][k], 2) for k, v in torch_figures.items()}
        print("int8 costs", lost)
        if max(lost.values()) > args.tolerance:
            raise SystemExit(f"int8 loses more than {args.tolerance} points: not exported")
        best = max(table, key=lambda e: sum(table[e][k] for k in ("source", "cue", "content", "whole")))
        x, y = observations(read_split(network, tokenizer, dev, Reach(eagerness=best)))
        curve, error = fit(x, y), calibration_error(x, y)
        print(f"confidence {curve}, expected calibration error {error:.3f} (5-fold)")
        _describe(
            model,
            small / "model.json",
            args.name,
            eagerness=best,
            calibration=asdict(curve),
            calibration_error=round(error, 4),
            quiet=quiet_words(read_jsonl(args.data / "polnear-train.jsonl.gz")),
            dev=table[best],
        )
        args.out.mkdir(parents=True, exist_ok=True)
        for file in small.iterdir():
            shutil.copy(file, args.out / file.name)
    print(f"wrote {args.out}, eagerness {best}")


if __name__ == "__main__":
    main()
