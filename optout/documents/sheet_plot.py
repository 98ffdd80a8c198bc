"""A plot on paper, by ReportLab’s own charts; told apart by marks and dashes, never by colour."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.charts.axes import ValueAxis
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.shapes import Drawing
from reportlab.graphics.widgets.markers import Marker
from reportlab.lib.colors import Color, black, grey, lightgrey, white
from reportlab.lib.validators import Auto

from optout.documents.lines import text_width
from optout.documents.sheet_rows import PLOT_HEIGHT
from optout.documents.typeface import REGULAR
from optout.domain.document import SheetPlot
from optout.domain.progress import Series

_LEFT, _BELOW, _ABOVE = 32.0, 20.0, 8.0
_SWATCH, _TO_TEXT, _TO_LEGEND = 26.0, 6.0, 16.0
_MOST_NUMBERS, _MOST_DAYS, _MOST_MARKS = 5, 4, 12

_STYLES: Sequence[tuple[str, float, Color, list[float] | None]] = (
    ("Circle", 7.5, black, None), ("Square", 6.0, white, [5, 2.5]),
    ("Triangle", 6.5, black, [1.5, 2]), ("Diamond", 7.0, white, [7, 2, 1.5, 2]))
"""Of each line: the shape, size and filling of its marks, and its dashes."""


def plot_drawing(plot: SheetPlot, width: float, size: float) -> Drawing:
    """A plot with its legend on the right.

    Args:
        plot: what to draw.
        width: of the whole, in points.
        size: of the type.
    """
    texts = max(text_width(REGULAR, size, one.name) for one in plot.series)
    drawing = Drawing(width, PLOT_HEIGHT)
    lines = _lines(plot)
    wide = width - _LEFT - _TO_LEGEND - _SWATCH - _TO_TEXT - texts
    lines.setProperties({"x": _LEFT, "y": _BELOW, "width": wide,
                         "height": PLOT_HEIGHT - _BELOW - _ABOVE})
    _number(lines.yValueAxis, plot.series)
    _name(lines.xValueAxis, plot.labels)
    for axis in (lines.xValueAxis, lines.yValueAxis):
        axis.strokeColor, axis.strokeWidth = grey, 0.6
        axis.labels.fontName, axis.labels.fontSize = REGULAR, size
    drawing.add(lines)
    drawing.add(_legend(lines, len(plot.series), size, _LEFT + wide + _TO_LEGEND))
    return drawing


def _lines(plot: SheetPlot) -> LinePlot:
    lines = LinePlot()
    known = [[(place, value) for place, value in enumerate(one.values) if value is not None]
             for one in plot.series]
    lines.data = known
    every = -(-len(plot.labels) // _MOST_MARKS)
    for row, (one, points) in enumerate(zip(plot.series, known, strict=True)):
        shape, size, filling, dashes = _STYLES[row]
        style = lines.lines[row]
        style.name, style.strokeColor, style.strokeWidth = one.name, black, 1.0
        style.strokeDashArray = dashes
        if not points:
            style.lineStyle = None  # ReportLab cannot draw a line without a point
        style.symbol = Marker(kind=shape, size=size, fillColor=filling, strokeWidth=0.9)
        for number, (place, _) in enumerate(points):
            if place % every and number != len(points) - 1:
                lines.lines[row, number].symbol = None
    return lines


def _number(axis: ValueAxis, series: Sequence[Series]) -> None:
    """Whole numbers from zero on, with a thin line across at each."""
    highest = max(value for one in series for value in one.values if value is not None)
    axis.valueMin, axis.rangeRound = 0, "ceiling"
    axis.valueMax = max(highest, 1)
    axis.maximumTicks = _MOST_NUMBERS + 1
    axis.valueStep = 1 if highest <= _MOST_NUMBERS else None
    axis.labelTextFormat = "{:.0f}".format
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = True, lightgrey, 0.5


def _name(axis: ValueAxis, labels: Sequence[str]) -> None:
    """A few of the labels, evenly, the first and the last among them."""
    last = len(labels) - 1
    axis.valueMin, axis.valueMax = (0, last) if last else (-1, 1)
    axis.valueSteps = sorted({round(last * part / _MOST_DAYS) for part in range(_MOST_DAYS + 1)})
    axis.labelTextFormat = lambda place: labels[round(place)]
    axis.keepTickLabelsInside = True


def _legend(lines: LinePlot, number: int, size: float, x: float) -> Legend:
    legend = Legend()
    legend.setProperties({
        "x": x, "y": PLOT_HEIGHT - _ABOVE, "boxAnchor": "nw", "alignment": "right",
        "fontName": REGULAR, "fontSize": size, "dx": _SWATCH, "dy": size,
        "dxTextSpace": _TO_TEXT, "deltay": size * 1.9, "columnMaximum": number,
        "colorNamePairs": Auto(obj=lines)})
    return legend
