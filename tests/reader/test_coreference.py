"""Mentions are found in whole words of one sentence and linked to the best earlier one, whatever the blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.reader import coreference
from sayso.reader.coreference import link
from sayso.reader.encode import load_tokenizer, tokenize
from sayso.reader.linked import Linked
from sayso.reader.mentions import WIDEST, Mention, stretches
from sayso.reader.read import model_folder
from sayso.settings import default_settings


class _SameFirst:
    """Links mentions whose first state is equal; the nearer one wins."""

    def links(
        self,
        later: NDArray[np.float32],
        earlier: NDArray[np.float32],
        before: NDArray[np.int64],
        features: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        assert features.shape[:2] == before.shape
        same = later[:, None, 0] == earlier[before][..., 0]
        return np.where(same, 5.0 - 0.01 * np.arange(before.shape[1]), -5.0).astype(np.float32)


def _mentions(text: str, *marked: tuple[str, float]) -> list[Mention]:
    at, found = 0, []
    for phrase, which in marked:
        at = text.index(phrase, at)
        found.append(Mention(at, at + len(phrase), "person", 1.0, np.array([which, 0], dtype=np.float32)))
        at += len(phrase)
    return found


TEXT = "Ana Berg met Olaf Lie. She thanked him. Berg left."
MARKED = _mentions(TEXT, ("Ana Berg", 1), ("Olaf Lie", 2), ("She", 1), ("him", 2), ("Berg", 1))


def test_mentions_are_clustered_by_their_links() -> None:
    assert link(_SameFirst(), TEXT, MARKED).of == (0, 1, 0, 1, 0)


def test_blocks_do_not_matter(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    whole = link(_SameFirst(), TEXT, MARKED)
    monkeypatch.setattr(coreference, "_BLOCK", 2)
    assert link(_SameFirst(), TEXT, MARKED).of == whole.of


def test_no_mentions_are_no_clusters() -> None:
    assert link(_SameFirst(), "", []).of == ()


def test_a_phrase_is_looked_up_by_place() -> None:
    linked = Linked(link(_SameFirst(), TEXT, MARKED))
    she = TEXT.index("She")
    number = linked.at(she, she + 3)
    assert number is not None
    assert [TEXT[m.start : m.end] for m in linked.others(number)] == ["Ana Berg", "Berg"]
    assert linked.at(she, she + 20) is None
    assert linked.type_of(4, 8) == "person"
    assert linked.type_of(9, 12) is None


def test_stretches_are_whole_words_of_one_sentence() -> None:
    tokenizer = load_tokenizer(model_folder(default_settings()) / "tokenizer.json")
    text = "Unbelievably, Mnuchin left. He slept."
    tokens = tokenize(tokenizer, text)
    first, last, words = stretches(tokens, 0, len(tokens))
    found = {text[tokens.starts[a] : tokens.ends[b]] for a, b in zip(first, last, strict=True)}
    assert {"Unbelievably, Mnuchin left.", "Mnuchin", "He slept", "left"} <= found
    assert not any("left. He" in each or each.startswith(("belie", "uchin")) for each in found)
    assert words.max() <= WIDEST
    begun = stretches(tokens, 0, len(tokens), begin=(len(tokens) - 3, len(tokens)))
    assert {text[tokens.starts[a] :][:2] for a in begun[0]} == {"He", "sl", "."}
