"""The statement reader in torch: a BERT-shaped encoder, a cue head and a role head read once per cue.

After Vaswani et al. 2017 and Devlin et al. 2019 for the encoder, Lafferty et al. 2001 for the linear-chain CRF.
Shapes: B windows of L sub-tokens; N cues, each with T positions around it; H encoder width; D role width.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.reader.encode import QUOTE_CLASSES, SHAPE_CLASSES
from sayso.reader.scheme import CUE_TAGS, RELATIVE_BUCKETS, ROLE_TAGS, forbidden
from sayso.record import FORCES
from training.who import WHO_WIDTH, LinkHead, MentionHead

__all__ = ["Config", "StatementModel", "crf_loss"]


@dataclass(frozen=True, slots=True)
class Config:
    """Sizes of the network; the encoder's are those of all-MiniLM-L6-v2."""

    vocab: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    role_width: int = 256
    role_heads: int = 4
    role_inner: int = 512
    dropout: float = 0.1
    nested: bool = False  # whether inner cues have tags of their own, and cues a force
    who: bool = False  # whether mentions and coreference are read
    distances: int = 0  # buckets of relative position in the encoder's attention; MPNet has 32, BERT none

    @property
    def cue_tags(self) -> tuple[str, ...]:
        return CUE_TAGS if self.nested else CUE_TAGS[:3]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Dropout(nn.Module):
    """Dropout whose masks are slices of one pool drawn beforehand: drawing them anew took a fifth of a CPU step."""

    pool: Tensor | None = None

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0.0:
            return x
        if Dropout.pool is None:
            Dropout.pool = (torch.rand(1 << 24) >= self.rate).to(torch.bfloat16) / (1.0 - self.rate)
        at = int(torch.randint(0, len(Dropout.pool) - x.numel(), (1,)))
        return x * Dropout.pool[at : at + x.numel()].view(x.shape)


class Block(nn.Module):
    """A transformer layer, post-norm as in BERT or pre-norm as in the role head."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, *, pre_norm: bool) -> None:
        super().__init__()
        self.heads, self.pre_norm = heads, pre_norm
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm_1 = nn.LayerNorm(width, eps=1e-12)
        self.norm_2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Dropout(dropout)

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, width = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        return self.drop(self.out(mixed.transpose(1, 2).reshape(b, t, width)))

    def feed(self, x: Tensor) -> Tensor:
        return self.drop(self.down(F.gelu(self.up(x))))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        if self.pre_norm:
            x = x + self.attend(self.norm_1(x), bias)
            return x + self.feed(self.norm_2(x))
        x = self.norm_1(x + self.attend(x, bias))
        return self.norm_2(x + self.feed(x))


def _distance_bucket(where: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """Number the distance between positions (L, L): exact when near, logarithmic beyond (Raffel et al. 2020)."""
    away = where[:, None] - where[None, :]
    half, near = buckets // 2, buckets // 4
    far = near + torch.log(away.abs().clamp_min(1) / near) / math.log(farthest / near) * (half - near)
    return (away < 0) * half + torch.where(away.abs() < near, away.abs(), far.long().clamp_max(half - 1))


class Encoder(nn.Module):
    """BERT or MPNet with two more input embeddings: word shape and place within quotation marks."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.word = nn.Embedding(config.vocab, config.width)
        self.position = nn.Embedding(config.positions, config.width)
        self.shape = nn.Embedding(SHAPE_CLASSES, config.width)
        self.quote = nn.Embedding(QUOTE_CLASSES, config.width)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.drop = Dropout(config.dropout)
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, config.inner, config.dropout, pre_norm=False)
            for _ in range(config.layers)
        )
        self.distance = nn.Embedding(config.distances, config.heads) if config.distances else None
        nn.init.normal_(self.shape.weight, std=0.01)
        nn.init.normal_(self.quote.weight, std=0.01)

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor, mask: Tensor) -> Tensor:
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(where)[None] + self.shape(shape) + self.quote(quote)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        if self.distance is not None:
            # Kept as published: scores with a gradient would bar the fused attention, a third of a step.
            near = self.distance.weight.detach()[_distance_bucket(where, self.distance.num_embeddings)]
            bias = bias + near.permute(2, 0, 1)[None]
        for block in self.blocks:
            x = block(x, bias)
        return x

    def load_mpnet(self, path: Path, rows: Tensor) -> None:
        """Start from an MPNet checkpoint (Song et al. 2020); ``rows`` gives its row for each of our token numbers."""
        old = load_file(str(path))
        new = {
            "word.weight": old["embeddings.word_embeddings.weight"][rows],
            "position.weight": old["embeddings.position_embeddings.weight"][2:],  # two are kept for padding
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
            "distance.weight": old["encoder.relative_attention_bias.weight"],
        }
        for i in range(len(self.blocks)):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                new[f"blocks.{i}.qkv.{part}"] = torch.cat([old[f"{at}attention.attn.{n}.{part}"] for n in "qkv"])
                for ours, theirs in (
                    ("out", "attention.attn.o"),
                    ("norm_1", "attention.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm_2", "output.LayerNorm"),
                ):
                    new[f"blocks.{i}.{ours}.{part}"] = old[f"{at}{theirs}.{part}"]
        self._start_from(new, path)

    def _start_from(self, new: dict[str, Tensor], path: Path) -> None:
        missing = self.load_state_dict(new, strict=False)
        if set(missing.missing_keys) != {"shape.weight", "quote.weight"} or missing.unexpected_keys:
            raise ValueError(f"{path} is not the expected checkpoint: {missing}")

    def load_bert(self, path: Path) -> None:
        """Start from a BERT checkpoint in safetensors; its token type 0 is folded into the positions."""
        old = load_file(str(path))
        old = {k.removeprefix("bert.").removeprefix("0.auto_model."): v for k, v in old.items()}
        new = {
            "word.weight": old["embeddings.word_embeddings.weight"],
            "position.weight": old["embeddings.position_embeddings.weight"]
            + old["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        for i in range(len(self.blocks)):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                qkv = [old[f"{at}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                new[f"blocks.{i}.qkv.{part}"] = torch.cat(qkv)
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm_1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm_2", "output.LayerNorm"),
                ):
                    new[f"blocks.{i}.{ours}.{part}"] = old[f"{at}{theirs}.{part}"]
        self._start_from(new, path)


class RoleHead(nn.Module):
    """For one cue, the source and content around it: gated states, one transformer layer, five tags."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        d = config.role_width
        self.relative = nn.Embedding(RELATIVE_BUCKETS, d)
        self.block = Block(d, config.role_heads, config.role_inner, config.dropout, pre_norm=True)
        self.norm = nn.LayerNorm(d)
        self.tags = nn.Linear(d, len(ROLE_TAGS))

    def forward(self, value: Tensor, gate: Tensor, shift: Tensor, relative: Tensor, mask: Tensor) -> Tensor:
        x = value * torch.sigmoid(gate)[:, None] + shift[:, None] + self.relative(relative)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        return self.tags(self.norm(self.block(x, bias)))


class StatementModel(nn.Module):
    """The whole network; ``encode`` and ``roles`` are the two graphs that are exported."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        tags = len(config.cue_tags)
        self.cue = nn.Linear(config.width, tags)
        self.project = nn.Linear(config.width, 3 * config.role_width)
        self.cue_value = nn.Linear(tags, config.role_width, bias=False)
        self.role = RoleHead(config)
        self.force = nn.Linear(2 * config.role_width, len(FORCES)) if config.nested else None
        self.who = nn.Linear(config.width, WHO_WIDTH) if config.who else None
        self.mention = MentionHead() if config.who else None
        self.link = LinkHead() if config.who else None
        self.drop = Dropout(config.dropout)
        self.cue_start = nn.Parameter(torch.zeros(tags))
        self.cue_trans = nn.Parameter(torch.zeros(tags, tags))
        self.role_start = nn.Parameter(torch.zeros(len(ROLE_TAGS)))
        self.role_trans = nn.Parameter(torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)))

    def encode(self, ids: Tensor, shape: Tensor, quote: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give cue emissions (B, L, K), role states (B, L, 3·D): value, gate and shift side by side, and who states.

        Those of mentions and links are (B, L, 640), of width 0 where the model does not read them.
        """
        hidden = self.drop(self.encoder(ids, shape, quote, mask))
        who = hidden[..., :0] if self.who is None else self.who(hidden)
        cue = self.cue(hidden)
        value, gate, shift = self.project(hidden).chunk(3, dim=-1)
        value = value + self.cue_value(torch.softmax(cue, dim=-1))
        return cue, torch.cat([value, gate, shift], dim=-1), who

    def roles(
        self, value: Tensor, gate: Tensor, shift: Tensor, relative: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Give role emissions (N, T, 5) for N cues, and the scores (N, 16) of their forces, none without that head."""
        tags = self.role(value, gate, shift, relative, mask)
        if self.force is None:
            return tags, tags.new_zeros(len(tags), 0)
        return tags, self.force(torch.cat([gate, shift], dim=-1))

    def chains(self) -> dict[str, tuple[Tensor, Tensor]]:
        """Give (start, transition) log scores of both CRFs, forbidden moves at −1e4."""
        return {
            "cue": masked(self.cue_start, self.cue_trans, self.config.cue_tags),
            "role": masked(self.role_start, self.role_trans, ROLE_TAGS),
        }


def masked(start: Tensor, trans: Tensor, tags: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    no_start, no_move = forbidden(tags)
    return (
        start.masked_fill(torch.from_numpy(no_start), -1e4),
        trans.masked_fill(torch.from_numpy(no_move), -1e4),
    )


class _LogPartition(torch.autograd.Function):
    """log Z of N chains by scaled forward–backward; its gradient is the marginals (no graph through time)."""

    @staticmethod
    def forward(ctx: Any, emit: Tensor, start: Tensor, trans: Tensor, mask: Tensor) -> Tensor:
        n, length, _ = emit.shape
        top = emit.amax(-1, keepdim=True)
        p = (emit - top).exp().clamp_min(1e-30)
        a, first = trans.exp(), start.exp()
        alpha, scale = torch.empty_like(emit), torch.ones(n, length)
        live = mask.bool()
        now = first * p[:, 0]
        for t in range(length):
            if t:
                now = torch.where(live[:, t, None], (alpha[:, t - 1] @ a) * p[:, t], alpha[:, t - 1])
            total = now.sum(-1, keepdim=True).clamp_min(1e-30)
            alpha[:, t] = now / total
            scale[:, t] = torch.where(live[:, t], total[:, 0], torch.ones(n))
        beta = torch.ones_like(emit)
        weighted = torch.zeros_like(emit)  # p · beta / scale, of the next step
        for t in range(length - 1, 0, -1):
            w = p[:, t] * beta[:, t] / scale[:, t, None]
            weighted[:, t] = w * live[:, t, None]
            beta[:, t - 1] = torch.where(live[:, t, None], w @ a.T, beta[:, t])
        marginal = alpha * beta * mask[..., None]
        pairs = torch.einsum("nti,ntj->ij", alpha[:, :-1], weighted[:, 1:]) * a
        ctx.save_for_backward(marginal, pairs)
        ctx.n = n
        return ((scale.log() + top[..., 0]) * mask).sum()

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:  # type: ignore[override]
        marginal, pairs = ctx.saved_tensors
        return grad * marginal, grad * marginal[:, 0].sum(0), grad * pairs, None


def crf_loss(emit: Tensor, chain: tuple[Tensor, Tensor], gold: Tensor, soft: Tensor, mask: Tensor) -> Tensor:
    """Sum over N chains of −log p(gold), the emissions drawn towards ``soft`` (N, T, K), the moves towards ``gold``.

    ``mask`` is a prefix of ones per row, ``gold`` holds tag numbers. With one-hot ``soft`` it is the log-likelihood;
    with a teacher's marginals the gradient of the emissions is the student's marginals less the teacher's.
    """
    start, trans = chain
    emit, mask = emit.float(), mask.float()
    picked = ((emit * soft).sum(-1) * mask).sum()
    moves = (trans[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum()
    log_z = _LogPartition.apply(emit, start, trans, mask)
    return log_z - picked - moves - start[gold[:, 0]].sum()
