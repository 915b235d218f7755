"""The list of cues and the network are weighed against each other, and the sum is a probability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.force import classify
from sayso.reader.judge import ForceWeights, Listed, listed_reading, weigh
from sayso.record import FORCES

WEIGHTS = ForceWeights(plain=2.0, turned=4.0, unknown=0.0, sharpness=1.0)


def _listed(cue: str, said: str = "the plan") -> Listed:
    return Listed(classify(cue, content=said), cue, said)


def _forces(name: str, p: float) -> tuple[float, ...]:
    rest = (1 - p) / (len(FORCES) - 1)
    return tuple(p if force == name else rest for force in FORCES)


def test_without_a_network_the_list_decides_and_nothing_is_said_of_how_sure() -> None:
    judged = weigh(_listed("denied"), (), WEIGHTS)
    assert (judged.force, judged.certainty, judged.polarity, judged.confidence) == ("denies", "certain", "-", None)


def test_a_cue_no_list_has_is_left_to_the_network_with_the_usual_certainty() -> None:
    judged = weigh(_listed("blorpled"), _forces("fears", 0.7), WEIGHTS)
    assert (judged.force, judged.certainty, judged.polarity) == ("fears", "possible", "+")
    assert judged.confidence == pytest.approx(0.7)


def test_a_negation_the_list_resolved_outweighs_the_network() -> None:
    listed = _listed("did not mention")
    assert listed.reading.turned
    assert weigh(listed, _forces("asserts", 0.6), WEIGHTS).force == "silent"


def test_a_sure_network_outweighs_a_plain_entry() -> None:
    assert weigh(_listed("said"), _forces("denies", 0.97), WEIGHTS).force == "denies"


@given(st.lists(st.floats(0.001, 1.0), min_size=len(FORCES), max_size=len(FORCES)))
def test_confidence_is_a_probability_no_other_force_exceeds(raw: list[float]) -> None:
    judged = weigh(_listed("said"), [p / sum(raw) for p in raw], WEIGHTS)
    assert judged.confidence is not None
    assert 1 / len(FORCES) - 0.001 <= judged.confidence <= 1.0


@pytest.mark.parametrize("lead", ["", "x " * 700 + "\n"])
def test_the_words_before_a_cue_count_wherever_it_stands(lead: str) -> None:
    text = lead + "The mayor did not mention the dam."
    start = text.index("mention")
    assert listed_reading(text, (start, start + 7), [(start + 8, len(text) - 1)]).reading.force == "silent"
