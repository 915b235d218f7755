"""Training that feels the rounding of the shipped file: products in int8 as ONNX Runtime computes them.

Weights are rounded to 7 bits for each output, inputs to 8 bits for each call, as its dynamic quantisation does; the
gradient passes as if nothing had been rounded (Jacob et al. 2018; Bengio et al. 2013).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

__all__ = ["rounds_its_products"]


class _Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, scale: Tensor, low: int, high: int) -> Tensor:
        return torch.clamp(torch.round(x / scale), low, high) * scale

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, None, None]:  # type: ignore[override]
        return grad, None, None, None


def _product(layer: nn.Linear, x: Tensor) -> Tensor:
    weight = layer.weight
    with torch.no_grad():
        per_output = weight.abs().amax(-1, keepdim=True).clamp_min(1e-12) / 64
        low, high = x.amin().clamp_max(0).float(), x.amax().clamp_min(0).float()
        step = ((high - low) / 255).clamp_min(1e-12)
        zero = torch.round(-low / step)
    rounded = _Round.apply(x.float(), step, int(-zero), int(255 - zero)).to(x.dtype)
    return F.linear(rounded, _Round.apply(weight, per_output, -64, 64), layer.bias)


def rounds_its_products(model: nn.Module) -> None:
    """Let every linear layer of a model compute as the quantised graphs will; for training, not to be undone.

    The small graphs of mentions and links stay in fp32.
    """
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear) and not name.endswith("tags") and not name.startswith(("mention", "link")):
            layer.forward = lambda x, layer=layer: _product(layer, x)  # type: ignore[method-assign]
