"""Plots as plain shapes: where each line, mark and number stands; a template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from optout.domain.progress import Series

WIDTH, HEIGHT = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 34
"""The room around the plotting area, for the numbers and the days."""

MOST_TICKS = 5
MOST_MARKS = 12
MOST_DAYS = 4
"""Days named below the axis, the first and the last among them."""

SHAPES = ("circle", "square", "triangle", "diamond")
"""A series is known by its mark and its dashes as well as by its colour."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `d` is its path, at its place."""

    d: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series as it is drawn.

    Args:
        number: 1, 2, 3 ...: colour and dashes follow from it.
        paths: one for each run of known values.
        marks: at some of its points, the first and the last of each run among them.
        sample: its mark for the legend, around the middle of a box of 24 by 12.
    """

    name: str
    number: int
    paths: tuple[str, ...]
    marks: tuple[Mark, ...]
    sample: Mark


@dataclass(frozen=True, slots=True)
class Tick:
    """A number or a day beside an axis, at its place."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: its lines, and what stands beside its axes."""

    lines: tuple[Line, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def plot(series: Sequence[Series], labels: Sequence[str]) -> Plot:
    """Lay out a plot whose axis begins at zero.

    Args:
        series: the lines; each has as many values as there are labels.
        labels: what each stretch is called below the axis.
    """
    highest = max((value for one in series for value in one.values if value is not None),
                  default=0)
    step = _step(highest)
    top = step * max(1, -(-highest // step))
    return Plot(
        tuple(_line(number, one, top) for number, one in enumerate(series, start=1)),
        tuple(Tick(_y(value, top), f"{value:,}", "end") for value in range(0, top + 1, step)),
        tuple(_columns(labels)))


def _step(highest: int) -> int:
    """The distance of the numbers on the axis: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= factor * size * MOST_TICKS:
                return factor * size
        size *= 10


def _x(place: int, number: int) -> float:
    wide = WIDTH - LEFT - RIGHT
    return round(LEFT + (wide / 2 if number == 1 else wide * place / (number - 1)), 1)


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _line(number: int, series: Series, top: int) -> Line:
    shape = SHAPES[(number - 1) % len(SHAPES)]
    many = len(series.values)
    every = max(1, -(-many // MOST_MARKS))
    paths, marks = [], []
    places = enumerate(series.values)
    for known, run in groupby(places, key=lambda entry: entry[1] is not None):
        if not known:
            continue
        points = [(place, _x(place, many), _y(value, top))
                  for place, value in run if value is not None]
        if len(points) > 1:
            paths.append("M" + " L".join(f"{x} {y}" for _, x, y in points))
        marks += [Mark(_mark(shape, x, y)) for place, x, y in points
                  if place % every == 0 or place in (points[0][0], points[-1][0])]
    return Line(series.name, number, tuple(paths), tuple(marks), Mark(_mark(shape, 12, 6)))


def _mark(shape: str, x: float, y: float) -> str:
    """The path of a mark around a point."""
    if shape == "circle":
        return f"M{x - 4:g} {y:g} a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 z"
    if shape == "square":
        return f"M{x - 3.5:g} {y - 3.5:g} h7 v7 h-7 z"
    if shape == "triangle":
        return f"M{x:g} {y - 4.5:g} l4.5 8 h-9 z"
    return f"M{x:g} {y - 5:g} l5 5 l-5 5 l-5 -5 z"


def _columns(labels: Sequence[str]) -> list[Tick]:
    """A few of the labels, evenly; the first and the last lean inwards."""
    last = len(labels) - 1
    shown = sorted({round(last * part / (MOST_DAYS - 1)) for part in range(MOST_DAYS)}
                   if last > 0 else {0}) if labels else []
    return [Tick(_x(place, len(labels)), labels[place],
                 "middle" if last == 0 or 0 < place < last else ("start" if place == 0 else "end"))
            for place in shown]
