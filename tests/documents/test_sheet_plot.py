"""Plots on paper: whole numbers from zero, lines told apart without colour, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Group,
    Line,
    PolyLine,
    Shape,
    String,
    UserNode,
)

from optout.documents.geometry import PAPERS
from optout.documents.sheet_pdf import sheet_pdf
from optout.documents.sheet_plot import plot_drawing
from optout.domain.document import Sheet, SheetPlot
from optout.domain.progress import Series
from tests.documents.reading import lines_of, words_of

WIDTH, SIZE = 460.0, 8.8


def plot(*values: tuple[int | None, ...], labels: int = 0) -> SheetPlot:
    names = ("Listings found", "Requests sent", "Waiting for an answer", "They refuse")
    number = labels or len(values[0])
    return SheetPlot("asked", tuple(Series(*one) for one in zip(names, values, strict=False)),
                     tuple(f"day {place}" for place in range(number)))


def shapes(drawing: Drawing) -> list[Shape]:
    """Every shape of a drawing, out of its charts and groups."""
    def inside(group: Group) -> Iterator[Shape]:
        for part in group.contents:
            drawn = part.provideNode() if isinstance(part, UserNode) else part
            yield from inside(drawn) if isinstance(drawn, Group) else (drawn,)
    return list(inside(drawing))


def lines(drawing: Drawing) -> list[PolyLine]:
    return [shape for shape in shapes(drawing) if isinstance(shape, PolyLine)]


def words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in shapes(drawing) if isinstance(shape, String)]


@pytest.mark.parametrize(("highest", "numbers"), [
    (0, ["0", "1"]), (1, ["0", "1"]), (4, ["0", "1", "2", "3", "4"]),
    (6, ["0", "2", "4", "6"]), (11, ["0", "5", "10", "15"]),
    (2_257, ["0", "500", "1000", "1500", "2000", "2500"])])
def test_the_axis_has_whole_numbers_from_zero(highest: int, numbers: list[str]) -> None:
    assert words(plot_drawing(plot((0, highest)), WIDTH, SIZE))[2:-1] == numbers


def test_lines_differ_in_dashes_and_marks_and_no_colour_is_used() -> None:
    drawing = plot_drawing(plot((1, 2), (3, 4), (5, 6), (7, 8)), WIDTH, SIZE)
    assert len({tuple(one.strokeDashArray or ()) for one in lines(drawing)}) == 4
    assert words(drawing)[-4:] == ["Listings found", "Requests sent", "Waiting for an answer",
                                   "They refuse"]
    marks = [shape for shape in shapes(drawing)
             if not isinstance(shape, (PolyLine, String, Line))]
    assert len({(type(one), len(getattr(one, "points", ()))) for one in marks}) == 4
    for shape in shapes(drawing):
        for name in ("strokeColor", "fillColor"):
            colour = getattr(shape, name, None)
            assert colour is None or colour.red == colour.green == colour.blue


def test_what_is_not_known_is_not_drawn() -> None:
    drawing = plot_drawing(plot((4, 5, 6), (None, None, 0), (None, 1, 2), (None,) * 3), WIDTH, SIZE)
    assert [len(one.points) // 2 for one in lines(drawing) if one.points] == [3, 1, 2]
    assert "They refuse" in words(drawing)


def test_a_line_of_which_nothing_is_known_stands_in_the_legend_alone() -> None:
    sheet = Sheet("", "en", "", "A report", ("~ asked",), plots=(plot((1, 2), (None, None)),))
    assert "Requests sent" in words_of(sheet_pdf(sheet))


def test_many_points_have_few_marks_and_the_last_one_always() -> None:
    drawing = plot_drawing(plot(tuple(range(61))), WIDTH, SIZE)
    (line,) = lines(drawing)
    assert len(line.points) == 122
    *marks, last, legend = [one for one in shapes(drawing) if isinstance(one, Circle)]
    assert len(marks) < 13
    assert [last.cx, last.cy] == line.points[-2:]
    assert legend.cx > last.cx
    assert words(drawing)[:5] == ["day 0", "day 15", "day 30", "day 45", "day 60"]


def test_one_point_stands_in_the_middle() -> None:
    drawing = plot_drawing(plot((3,)), WIDTH, SIZE)
    first, _ = [one for one in shapes(drawing) if isinstance(one, Circle)]
    across = [one for one in shapes(drawing) if isinstance(one, Line) and one.y1 == one.y2]
    longest = max(across, key=lambda one: one.x2 - one.x1)
    assert first.cx == pytest.approx((longest.x1 + longest.x2) / 2)


def test_a_sheet_shows_its_plot_in_the_width_of_its_text() -> None:
    sheet = Sheet("", "en", "", "A report", ("Before.", "~ asked", "~ another", "After."),
                  plots=(plot((1, 2), (2, 3)),))
    pdf = sheet_pdf(sheet)
    assert pdf == sheet_pdf(sheet)
    text = words_of(pdf)
    assert "~ asked" not in text
    assert "~ another" in text  # no plot of that name: nothing that is written is left out
    paper = PAPERS["letter"]
    boxes = {line.text: line.box for line in lines_of(pdf, paper)}
    assert boxes["Before."].bottom < boxes["Listings found"].top < boxes["day 1"].top
    assert boxes["day 1"].bottom < boxes["~ another"].top
    assert all(paper.left <= box.left and box.right <= paper.left + paper.text_width + 0.1
               for box in boxes.values())
