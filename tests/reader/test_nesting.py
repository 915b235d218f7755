"""Statements find the statement they lie in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.drafts import Draft
from sayso.reader.nesting import placed

TEXT = "The agency said the premier told deputies that the envoy denied the plan."


def _range(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


def _draft(source: str, cue: str, content: str) -> Draft:
    return Draft(_range(cue), _range(source), (_range(content),), (0.9, 0.9))


SAID = _draft("The agency", "said", "the premier told deputies that the envoy denied the plan")
TOLD = _draft("the premier", "told", "that the envoy denied the plan")
DENIED = _draft("the envoy", "denied", "the plan")


def test_statements_nest_to_any_depth() -> None:
    parents = {d.cue: d.parent for d in placed([DENIED, TOLD, SAID])}
    assert parents == {SAID.cue: None, TOLD.cue: SAID.cue, DENIED.cue: TOLD.cue}


def test_without_the_one_between_a_statement_lies_in_the_next() -> None:
    assert {d.cue: d.parent for d in placed([DENIED, SAID])}[DENIED.cue] == SAID.cue


def test_a_statement_whose_speaker_stands_outside_the_content_is_not_inside() -> None:
    outside = Draft(DENIED.cue, _range("The agency"), DENIED.content, (0.9, 0.9))
    assert {d.cue: d.parent for d in placed([outside, TOLD])}[DENIED.cue] is None


_RANGES = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(st.tuples(_RANGES, st.lists(_RANGES, max_size=2)), max_size=12, unique_by=lambda d: d[0]))
def test_nothing_is_lost_and_nothing_lies_in_itself(drawn: list[tuple[tuple[int, int], list[tuple[int, int]]]]) -> None:
    drafts = [Draft(cue, None, tuple(sorted(content)), (0.9, 0.9)) for cue, content in drawn]
    result = {d.cue: d for d in placed(drafts)}
    assert result.keys() == {d.cue for d in drafts}
    for draft in result.values():
        seen, up = {draft.cue}, draft.parent
        while up is not None:
            assert up not in seen
            seen.add(up)
            up = result[up].parent
