"""From the paragraphs of a sheet to rows of type, and from rows to pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from optout.documents.flow import Chunk, Placed, Row, Run
from optout.documents.lines import broken, text_width
from optout.documents.sheet_rows import (
    BELOW_BASELINE,
    PLOT_HEIGHT,
    Block,
    DrawnRow,
    PlotRow,
    Rule,
)
from optout.documents.sheet_table import table_blocks
from optout.documents.typeface import BOLD, REGULAR
from optout.domain.document import Sheet, SheetPlot

TO_TICK = "- [ ] "
"""How a list item begins that somebody marks by hand, or leaves."""

TO_SIGN = "__ "
"""How a line to sign begins; what stands under it follows, divided by tabs."""

TO_PLOT = "~ "
"""How the place of a plot begins; its id follows."""

_TO_WRITE_ON = 21.0
"""Points from baseline to baseline where somebody writes by hand."""

_TO_SIGN_ON = 34.0
_INDENT, _TICK_INDENT, _COLUMN = 14.0, 26.0, 118.0
_LABEL_SHARE = 0.4

_MANY_COLUMNS, _IN_TABLES = 4, 0.93
_BETWEEN_SIGNATURES = 0.06
_FIRST_SIGNATURE = 0.6
"""The share of the line that the first of several things to write by hand gets."""


@dataclass(frozen=True, slots=True)
class SheetSetting:
    """How densely a sheet is set, in points.

    Args:
        leading: from baseline to baseline.
        gap: between paragraphs.
        table: type size in tables of several columns.
    """

    size: float
    leading: float
    gap: float
    heading: float = 11.5
    title: float = 15.0
    table: float = 8.8


def blocks_of(sheet: Sheet, setting: SheetSetting, width: float) -> list[Block]:
    """The whole text of a sheet in pieces that no page divides.

    A heading, and a paragraph that ends with a colon, stay with what follows; a line to sign
    stays with what is signed.
    """
    setter = _Setter(setting, width, sheet.plots)
    blocks = [Block(tuple(setter.rows(sheet.title, BOLD, setting.title)))]
    held: Chunk = ()
    for paragraph in sheet.paragraphs:
        if paragraph.startswith("## "):
            held += tuple(setter.rows(paragraph[3:], BOLD, setting.heading,
                                      above=setting.gap * 2.2))
            continue
        first, *rest = setter.paragraph(paragraph)
        if paragraph.startswith(TO_SIGN) and not held:
            held = blocks.pop().rows
        first = replace(first, rows=held + first.rows)
        held = ()
        if paragraph.endswith(":") and not rest:
            held = first.rows
        else:
            blocks.extend((first, *rest))
    return [*blocks, Block(held)] if held else blocks


def pages_of(blocks: Sequence[Block], *, top: float, bottom: float) -> list[list[Placed]]:
    """Set blocks on pages one below the other (points from the top).

    A block goes to the next page when it does not fit, and its head stands there once more; one
    that no page could hold is divided where the page ends, so that nothing is ever lost.
    """
    page = _Page(top, bottom)
    for block in blocks:
        if page.is_begun and not page.has_room(_height(block.rows)):
            page.turn(() if block.has_head else block.head)
        for row in block.rows:
            if page.is_begun and not page.has_room(row.above + row.height):
                page.turn(block.head)
            page.set(row)
    return page.pages


class _Page:
    """The page that is being filled, after those before it."""

    def __init__(self, top: float, bottom: float) -> None:
        self._top, self._bottom = top, bottom
        self._y = top
        self.pages: list[list[Placed]] = [[]]

    @property
    def is_begun(self) -> bool:
        return bool(self.pages[-1])

    def has_room(self, height: float) -> bool:
        return self._y + height <= self._bottom

    def turn(self, head: Chunk) -> None:
        self.pages.append([])
        self._y = self._top
        for row in head:
            self.set(row)

    def set(self, row: Row) -> None:
        self._y += (row.above if self.is_begun else 0.0) + row.height
        self.pages[-1].append(Placed(row, self._y - row.height * BELOW_BASELINE))


def _height(chunk: Chunk) -> float:
    return sum(row.above + row.height for row in chunk)


class _Setter:
    """Sets one sheet in one setting, `width` points wide."""

    def __init__(self, setting: SheetSetting, width: float, plots: Iterable[SheetPlot]) -> None:
        self.setting = setting
        self.width = width
        self.plots = {f"{TO_PLOT}{plot.id}": plot for plot in plots}

    def paragraph(self, text: str) -> Iterator[Block]:
        """A paragraph by its first characters, as `Sheet` says."""
        lines = text.split("\n")
        if text.startswith(TO_SIGN):
            yield Block(tuple(self._signature(text.removeprefix(TO_SIGN).split("\t"))))
        elif lines[0].count("\t") > 1:
            yield from table_blocks([line.split("\t") for line in lines], self.width,
                                    size=self._table_size(lines[0]), above=self.setting.gap)
        elif "\t" in text:
            yield Block(tuple(self._values(lines)))
        elif text.startswith(TO_TICK):
            yield Block(tuple(self._to_tick(text.removeprefix(TO_TICK))))
        elif text.startswith("- "):
            yield Block(tuple(self._item(text.removeprefix("- "))))
        elif text in self.plots:
            yield Block((PlotRow((), self.setting.gap, PLOT_HEIGHT, plot=self.plots[text],
                                 width=self.width, size=self.setting.table),))
        elif not text.strip("_"):
            yield Block((DrawnRow((), 0.0, _TO_WRITE_ON, rules=(Rule(0.0, self.width, 0.6),)),))
        else:
            yield Block(tuple(self.rows(text, REGULAR, self.setting.size,
                                        above=self.setting.gap)))

    def _table_size(self, head: str) -> float:
        """Small type only where many columns share the line."""
        wide = head.count("\t") >= _MANY_COLUMNS
        return self.setting.table if wide else self.setting.size * _IN_TABLES

    def rows(
        self, text: str, face: str, size: float, *, above: float = 0.0, indent: float = 0.0
    ) -> list[Row]:
        """A text broken into rows; the room above belongs to the first."""
        leading = size * self.setting.leading / self.setting.size
        return [Row((Run(indent, face, size, line),), 0.0 if index else above, leading)
                for index, line in enumerate(broken(face, size, text, self.width - indent))]

    def _item(self, text: str) -> Iterator[Row]:
        """A list item; where it has a line of its own to begin with, that is its heading."""
        heading, _, rest = text.partition("\n")
        size, above = self.setting.size, self.setting.gap * 0.6
        first, *more = self.rows(heading, BOLD if rest else REGULAR, size, above=above,
                                 indent=_INDENT)
        yield replace(first, runs=(Run(0.0, REGULAR, size, "–"), *first.runs))
        yield from more
        if rest:
            yield from self.rows(rest, REGULAR, size, indent=_INDENT)

    def _to_tick(self, text: str) -> Iterator[Row]:
        first, *more = self.rows(text, REGULAR, self.setting.size, above=self.setting.gap * 0.6,
                                 indent=_TICK_INDENT)
        yield DrawnRow(first.runs, first.above, first.height, to_tick=True)
        yield from more

    def _values(self, lines: Sequence[str]) -> Iterator[Row]:
        """Labels and values in two columns, with room where a value is to be written by hand."""
        size = self.setting.size
        pairs = [line.partition("\t") for line in lines]
        widest = max(text_width(BOLD, size, label) for label, _, _ in pairs) + _INDENT
        column = max(_COLUMN, min(widest, self.width * _LABEL_SHARE))
        for number, (label, _, value) in enumerate(pairs):
            labels = broken(BOLD, size, label, column - _INDENT / 2)
            values = broken(REGULAR, size, value, self.width - column)
            for index in range(max(len(labels), len(values))):
                runs = (*(Run(0.0, BOLD, size, part) for part in labels[index:index + 1]),
                        *(Run(column, REGULAR, size, part) for part in values[index:index + 1]))
                by_hand = "__" in "".join(values[index:index + 1])
                yield Row(runs, self.setting.gap if number == index == 0 else 0.0,
                          _TO_WRITE_ON if by_hand else self.setting.leading)

    def _signature(self, labels: Sequence[str]) -> Iterator[Row]:
        """Lines to write on, side by side, and what stands under each."""
        size, gap = self.setting.table, self.width * _BETWEEN_SIGNATURES
        starts = self._starts(len(labels), gap)
        ends = [*(start - gap for start in starts[1:]), self.width]
        rules = tuple(Rule(*ends, 0.6) for ends in zip(starts, ends, strict=True))
        yield DrawnRow((), self.setting.gap, _TO_SIGN_ON, rules=rules)
        texts = [broken(REGULAR, size, label, rule.end - rule.start)
                 for label, rule in zip(labels, rules, strict=True)]
        for index in range(max(map(len, texts))):
            runs = tuple(Run(start, REGULAR, size, lines[index])
                         for start, lines in zip(starts, texts, strict=True)
                         if index < len(lines))
            yield Row(runs, 0.0, size * 1.3)
        yield Row((), 0.0, self.setting.gap)

    def _starts(self, number: int, gap: float) -> list[float]:
        """Where each line to write on begins; the first is the longest."""
        if number == 1:
            return [0.0]
        first = self.width * _FIRST_SIGNATURE + gap
        each = (self.width - first + gap) / (number - 1)
        return [0.0, *(first + each * index for index in range(number - 1))]
