"""Which way a line runs, compared with another implementation of the same rules."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from optout.documents.direction import in_sight_order, levels_of, mirrored, runs_right_to_left

MIXED = st.text("ab אבم١2 5.,()[]-/:%+", min_size=1, max_size=20).map(str.strip).filter(bool)


def seen(text: str) -> str:
    """The characters from left to right, brackets not turned round."""
    return "".join(in_sight_order(list(zip(levels_of(text), text, strict=True))))


@given(MIXED)
@example("محمد (Avery) 12")
@example("Avery (محمد) [דוד (x)] 5")
def test_a_mixed_line_is_seen_as_the_other_implementation_has_it(text: str) -> None:
    assert seen(text) == get_display(text)


def test_a_line_without_letters_that_run_left_keeps_its_order() -> None:
    assert levels_of("Avery Sample, 12 (b)") == (0,) * 20
    assert seen("Ωραία 王芳") == "Ωραία 王芳"


@pytest.mark.parametrize(("text", "leftward"), [
    ("Avery", False), ("דוד", True), ("A محمد", True), ("١٢", True), ("(12)", False)])
def test_what_runs_to_the_left_is_known(text: str, leftward: bool) -> None:  # noqa: FBT001 - a row of the table
    assert runs_right_to_left(text) is leftward


def test_brackets_that_run_left_are_turned_round() -> None:
    assert mirrored("(א") == "א)"
