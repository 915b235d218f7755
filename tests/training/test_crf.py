"""The loss that trains the reader is the CRF's own, and the torch model computes what is exported (needs torch)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sayso.reader.decode import Chain, marginals
from sayso.reader.scheme import ROLE_TAGS

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'sayso[train]'")


def test_loss_and_gradients_agree_with_trying_every_sequence() -> None:
    from training.model import crf_loss, masked

    torch.manual_seed(0)
    emit = torch.randn(2, 4, 5, requires_grad=True)
    start, trans = torch.randn(5, requires_grad=True), torch.randn(5, 5, requires_grad=True)
    mask, gold = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0.0]]), torch.tensor([[0, 1, 2, 3], [3, 4, 0, 0]])
    first, moves = masked(start, trans, ROLE_TAGS)

    def score(row: int, tags: tuple[int, ...]) -> torch.Tensor:
        steps = sum((moves[a, b] for a, b in itertools.pairwise(tags)), torch.zeros(()))
        return first[tags[0]] + steps + sum(emit[row, t, tag] for t, tag in enumerate(tags))

    expected = torch.zeros(())
    for row, length in ((0, 4), (1, 3)):
        every = torch.stack([score(row, tags) for tags in itertools.product(range(5), repeat=length)])
        expected = expected + torch.logsumexp(every, 0) - score(row, tuple(gold[row, :length].tolist()))
    loss = crf_loss(emit, (first, moves), gold, torch.eye(5)[gold], mask)
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    ours = torch.autograd.grad(loss, [emit, start, trans], retain_graph=True)
    theirs = torch.autograd.grad(expected, [emit, start, trans])
    for a, b in zip(ours, theirs, strict=True):
        assert torch.allclose(a, b, atol=1e-5)


def test_the_gradient_of_the_partition_is_what_inference_calls_marginals() -> None:
    from training.model import crf_loss, masked

    torch.manual_seed(1)
    emit = torch.randn(1, 6, 5, requires_grad=True)
    first, moves = masked(torch.randn(5), torch.randn(5, 5), ROLE_TAGS)
    gold = torch.zeros(1, 6, dtype=torch.int64)
    [gradient] = torch.autograd.grad(crf_loss(emit, (first, moves), gold, torch.eye(5)[gold], torch.ones(1, 6)), [emit])
    gradient[..., 0] += 1.0  # what the gold path takes away
    chain = Chain(first.numpy(), moves.numpy())
    assert np.allclose(gradient.numpy(), marginals(emit.detach().numpy(), chain, np.array([6])), atol=1e-5)


def test_a_teacher_draws_the_emissions_to_its_own_marginals() -> None:
    from training.model import crf_loss, masked

    torch.manual_seed(2)
    teacher = torch.randn(1, 6, 5)
    first, moves = masked(torch.randn(5), torch.randn(5, 5), ROLE_TAGS)
    soft = marginals(teacher.numpy(), Chain(first.numpy(), moves.numpy()), np.array([6]))
    student = teacher.clone().requires_grad_()
    gold = torch.zeros(1, 6, dtype=torch.int64)
    loss = crf_loss(student, (first, moves), gold, torch.from_numpy(soft), torch.ones(1, 6))
    [gradient] = torch.autograd.grad(loss, [student])
    assert np.allclose(gradient.numpy(), 0.0, atol=1e-5)
