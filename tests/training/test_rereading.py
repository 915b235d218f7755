"""Statements inside statements, with a network that is scripted so that only the nesting is tested."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.attribution import Attribution
from sayso.reader.drafts import Draft
from training.rereading import nest

TEXT = "The agency said the premier told deputies that the envoy denied the plan."


def _range(part: str, within: str) -> tuple[int, int]:
    start = within.index(part)
    return start, start + len(part)


def _attribution(text: str, source: str, cue: str, content: str, score: float = 0.9) -> Attribution:
    return Attribution(_range(cue, text), (_range(source, text),), (_range(content, text),), score, 0.9)


def _find(texts: Sequence[str]) -> list[list[Attribution]]:
    """Find in each text only its first statement, as the network does."""
    found = []
    for text in texts:
        if text.startswith("the premier"):
            found.append([_attribution(text, "the premier", "told", text[text.index("that") :])])
        elif text.startswith("the envoy"):
            found.append([_attribution(text, "the envoy", "denied", "the plan")])
        else:
            found.append([])
    return found


def _top() -> Draft:
    content = TEXT[TEXT.index("the premier") : -1]
    return Draft(_range("said", TEXT), _range("The agency", TEXT), (_range(content, TEXT),), (0.9, 0.9))


def _words(draft: Draft) -> str:
    return TEXT[slice(*draft.cue)]


def test_statements_nest_to_any_depth() -> None:
    drafts = nest(TEXT, [_top()], _find, floor=0.5)
    by_cue = {d.cue: d for d in drafts}
    parents = {_words(d): _words(by_cue[d.parent]) if d.parent else None for d in drafts}
    assert parents == {"said": None, "told": "said", "denied": "told"}


def test_a_statement_found_at_both_levels_is_one() -> None:
    again = Draft(_range("told", TEXT), _range("the premier", TEXT), (_range("that the envoy", TEXT),), (0.9, 0.9))
    drafts = nest(TEXT, [_top(), again], _find, floor=0.5)
    assert [_words(d) for d in drafts].count("told") == 1


def test_an_unsure_inner_statement_is_left_out() -> None:
    drafts = nest(TEXT, [_top()], _find, floor=0.95)
    assert [_words(d) for d in drafts] == ["said"]


def test_two_statements_that_hold_each_other_are_not_each_others_parents() -> None:
    one = Draft((4, 8), (0, 3), ((0, 40),), (0.9, 0.9))
    other = Draft((20, 24), (15, 19), ((0, 40),), (0.9, 0.9))
    assert [d.parent for d in nest("x" * 50, [one, other], lambda texts: [[] for _ in texts], floor=0.5)] == [
        None,
        None,
    ]


_ranges = st.tuples(st.integers(0, 55), st.integers(1, 20)).map(lambda r: (r[0], min(60, r[0] + r[1])))
_drafts = st.builds(
    Draft,
    _ranges,
    st.none() | _ranges,
    st.lists(_ranges, max_size=3).map(lambda c: tuple(sorted(c))),
    st.just((0.9, 0.9)),
)


@given(st.lists(_drafts, max_size=8, unique_by=lambda d: d.cue))
def test_nobody_is_inside_themselves(drafts: list[Draft]) -> None:
    found = {d.cue: d for d in nest("word " * 12, drafts, lambda texts: [[] for _ in texts], floor=0.5)}
    for draft in found.values():
        seen = [draft.cue]
        while draft.parent is not None:
            draft = found[draft.parent]
            assert draft.cue not in seen
            seen.append(draft.cue)


def test_a_text_without_inner_statements_is_read_once() -> None:
    calls: list[int] = []

    def find(texts: Sequence[str]) -> list[list[Attribution]]:
        calls.append(len(texts))
        return [[] for _ in texts]

    nest(TEXT, [_top()], find, floor=0.5)
    assert calls == [1]
