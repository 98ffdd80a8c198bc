"""Plots: axes from zero, gaps, marks, and a few days below."""

from __future__ import annotations

import pytest

from optout.domain.progress import Series
from optout.web.plots import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, plot


@pytest.mark.parametrize(("highest", "numbers"), [
    (0, ["0", "1"]), (1, ["0", "1"]), (5, ["0", "1", "2", "3", "4", "5"]),
    (6, ["0", "2", "4", "6"]), (11, ["0", "5", "10", "15"]), (1_000, ["0", "200", "400", "600",
                                                                    "800", "1,000"])])
def test_the_axis_begins_at_zero_and_holds_the_highest(highest: int, numbers: list[str]) -> None:
    drawn = plot([Series("a", (0, highest))], ["x", "y"])
    assert [tick.text for tick in drawn.rows] == numbers
    assert drawn.rows[0].at == HEIGHT - BOTTOM
    assert all(tick.at >= drawn.top for tick in drawn.rows)


def test_what_is_not_known_leaves_a_gap() -> None:
    (line,) = plot([Series("a", (None, 1, 2, None, 3, None, 2, 2))], list("abcdefgh")).lines
    assert len(line.paths) == 2  # a single point has a mark and no line
    assert len(line.marks) == 5


def test_many_points_have_few_marks_and_the_last_one_always() -> None:
    drawn = plot([Series("a", tuple(range(61)))], [str(one) for one in range(61)])
    (line,) = drawn.lines
    assert line.paths[0].count("L") == 60
    assert len(line.marks) <= 13
    assert line.marks[-1].d.startswith(f"M{WIDTH - RIGHT - 4}")
    assert [tick.text for tick in drawn.columns] == ["0", "20", "40", "60"]
    assert [tick.anchor for tick in drawn.columns] == ["start", "middle", "middle", "end"]


def test_one_point_stands_in_the_middle() -> None:
    drawn = plot([Series("a", (3,))], ["today"])
    assert drawn.columns[0].at == LEFT + (WIDTH - LEFT - RIGHT) / 2
    assert drawn.columns[0].anchor == "middle"
    assert drawn.lines[0].paths == ()


def test_no_two_lines_have_the_same_mark() -> None:
    drawn = plot([Series(str(one), (1, 1)) for one in range(4)], ["a", "b"])
    assert len({line.sample.d for line in drawn.lines}) == 4


def test_nothing_at_all_is_an_empty_plot() -> None:
    assert plot([], []).columns == ()
