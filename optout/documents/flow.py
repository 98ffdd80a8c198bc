"""From the words of a letter to rows of type, and from rows to pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from optout.documents.geometry import PAPERS, POINTS_PER_MM, Paper
from optout.documents.lines import broken, text_width
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, ITALIC, REGULAR
from optout.domain.document import Letter

_LABEL_SHARE = 0.4
"""The widest that labels may be beside their values, as a share of the line."""

_SHORT_TABLE = 12
_PARAGRAPHS_KEPT = 1_024
_WIDOWS = 2
"""Fewest lines of a paragraph that stand alone at the foot or the head of a page."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How densely a letter is set, in points.

    Args:
        leading: from baseline to baseline.
        gap: between paragraphs.
        indent: of list items and of the labelled facts.
        signature: room for a signature by hand.
        less_margin: by how much the text may run into the lower margin.
    """

    size: float
    leading: float
    gap: float
    indent: float
    signature: float
    less_margin: float = 0.0


ROOMY = Setting(size=10.5, leading=13.4, gap=6.4, indent=17.0, signature=40.0)
TIGHT = Setting(size=10.0, leading=11.8, gap=4.3, indent=16.0, signature=27.0, less_margin=26.0)
DENSE = Setting(size=9.5, leading=11.0, gap=3.8, indent=15.0, signature=25.0, less_margin=26.0)
"""`TIGHT`, and then `DENSE`, serve a letter that would run a few lines over one page."""

_SETTINGS = (ROOMY, TIGHT, DENSE)

SMALL, SMALL_LEADING = 9.0, 11.6


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text at a distance from the left margin, in points."""

    indent: float
    face: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of type: the room above it and its own height, in points."""

    runs: tuple[Run, ...]
    above: float = 0.0
    height: float = ROOMY.leading


@dataclass(frozen=True, slots=True)
class NameRow(Row):
    """The row with the signer's name; a scanned signature stands in the room above it."""


Chunk = tuple[Row, ...]
"""Rows that no page break divides."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row on its page, its baseline in points from the top."""

    row: Row
    baseline: float


def chunks_of(letter: Letter, paper: Paper, setting: Setting) -> list[Chunk]:
    """The whole text of a letter below the address, ready for pages."""
    setter = _setter(setting, paper.text_width * POINTS_PER_MM)
    *rest, last = [setter.opening(letter), *setter.body(letter)]
    return [*rest, last + setter.closing(letter)]


def pages_of(
    chunks: Iterable[Chunk], *, first_top: float, next_top: float, bottom: float
) -> list[list[Placed]]:
    """Set chunks on pages one below the other (points from the top).

    A chunk goes to the next page when it does not fit; one that no page could hold is
    divided where the page ends, so that nothing is ever lost.
    """
    pages: list[list[Placed]] = [[]]
    y = first_top
    for chunk in chunks:
        if pages[-1] and y + _height(chunk) > bottom:
            pages.append([])
            y = next_top
        for row in chunk:
            above = row.above if pages[-1] else 0.0
            if pages[-1] and y + above + row.height > bottom:
                pages.append([])
                y, above = next_top, 0.0
            y += above + row.height
            pages[-1].append(Placed(row, y - row.height * 0.25))
    return pages


def _height(chunk: Chunk) -> float:
    return sum(row.above + row.height for row in chunk)


@dataclass(frozen=True, eq=False)
class _Setter:
    """Sets letters in one setting, `width` points wide."""

    setting: Setting
    width: float

    def opening(self, letter: Letter) -> Chunk:
        """Subject and salutation."""
        gap = self.setting.gap
        return (*self._rows(letter.subject, BOLD),
                *self._rows(letter.salutation, REGULAR, above=gap * 1.4))

    def body(self, letter: Letter) -> list[Chunk]:
        """The paragraphs; list items are numbered where there are several.

        A paragraph that ends with a colon stays with what it announces, and a short table of
        facts stays in one piece.
        """
        several = sum(p.startswith("- ") for p in letter.paragraphs) > 1
        number, announced, chunks = 0, False, list[Chunk]()
        for paragraph in letter.paragraphs:
            if paragraph.startswith("- "):
                number += 1
            mark = f"{number}." if several else "–"
            new = list(_paragraph(self, paragraph, mark if paragraph.startswith("- ") else ""))
            if announced:
                new[0] = chunks.pop() + new[0]
            chunks.extend(new)
            announced = paragraph.endswith(":")
        return chunks

    def paragraph(self, text: str, mark: str) -> Iterable[Chunk]:
        """One paragraph; `mark` stands before a list item."""
        if mark:
            return self._item(text[2:], mark)
        if "\t" in text:
            return _together(list(self._table(text.split("\n"))))
        return _kept(self._rows(text, REGULAR, above=self.setting.gap))

    def closing(self, letter: Letter) -> Chunk:
        """Closing, room for a signature, the name, and what is enclosed."""
        setting = self.setting
        name, *more = self._rows(letter.signature, REGULAR, above=setting.signature)
        rows = [*self._rows(letter.closing, REGULAR, above=setting.gap * 1.4),
                NameRow(name.runs, name.above, name.height), *more]
        if letter.enclosures:
            text = f"{terms(letter.language)['enclosed']}: {', '.join(letter.enclosures)}"
            rows = self._with_enclosures(rows, text)
        return tuple(rows)

    def _with_enclosures(self, rows: list[Row], text: str) -> list[Row]:
        """The enclosures beside the name where there is room, else below it."""
        size, half = self.setting.size, self.width / 2
        last = rows[-1]
        name = last.runs[0]
        if (text_width(ITALIC, size, text) <= half
                and text_width(REGULAR, size, name.text) < half - size):
            beside = Run(self.width - text_width(ITALIC, size, text), ITALIC, size, text)
            return [*rows[:-1], replace(last, runs=(name, beside))]
        return [*rows, *self._rows(text, ITALIC, above=self.setting.gap * 2)]

    def _rows(
        self, text: str, face: str, *, above: float = 0.0, indent: float = 0.0
    ) -> tuple[Row, ...]:
        """A text broken into rows; the room above belongs to the first."""
        size, leading = self.setting.size, self.setting.leading
        return tuple(
            Row((Run(indent, face, size, line),), 0.0 if index else above, leading)
            for index, line in enumerate(broken(face, size, text, self.width - indent)))

    def _item(self, text: str, mark: str) -> Iterator[Chunk]:
        """A list item: its mark, its heading in bold, its sentences."""
        setting = self.setting
        heading, _, rest = text.partition("\n")
        first, *others = self._heading(heading) if rest else self._rows(
            heading, REGULAR, above=setting.gap * 0.8, indent=setting.indent)
        runs = (Run(0.0, REGULAR, setting.size, mark), *first.runs)
        head = (replace(first, runs=runs), *others)
        if not rest:
            yield from _kept(head)
            return
        opening, *more = _kept(self._rows(rest, REGULAR, indent=setting.indent))
        yield (*head, *opening)
        yield from more

    def _heading(self, heading: str) -> tuple[Row, ...]:
        """An ask in bold with its citation, in parentheses, in plain type after it."""
        setting, above = self.setting, self.setting.gap * 0.8
        ask, opening, citation = heading.partition(" (")
        start = setting.indent + text_width(BOLD, setting.size, f"{ask} ")
        plain = f"({citation}"
        if not opening:
            return self._rows(heading, BOLD, above=above, indent=setting.indent)
        if start + text_width(REGULAR, setting.size, plain) > self.width:
            return (*self._rows(ask, BOLD, above=above, indent=setting.indent),
                    *self._rows(plain, REGULAR, indent=setting.indent))
        return (Row((Run(setting.indent, BOLD, setting.size, ask),
                     Run(start, REGULAR, setting.size, plain)), above, setting.leading),)

    def _table(self, lines: Sequence[str]) -> Iterator[Row]:
        """Label and value in two columns; a value that is too long runs on below itself."""
        size, indent = self.setting.size, self.setting.indent
        pairs = [line.partition("\t") for line in lines]
        widest = max(text_width(REGULAR, size, label) for label, _, _ in pairs)
        column = min(widest, self.width * _LABEL_SHARE) + indent + size * 1.3
        for number, (label, _, value) in enumerate(pairs):
            labels = broken(REGULAR, size, label, column - indent)
            values = broken(REGULAR, size, value, self.width - column)
            for index in range(max(len(labels), len(values))):
                columns = ((indent, labels), (column, values))
                runs = tuple(Run(start, REGULAR, size, texts[index])
                             for start, texts in columns if index < len(texts))
                above = self.setting.gap * 0.6 if number == index == 0 else 0.0
                yield Row(runs, above, self.setting.leading)


@lru_cache(maxsize=len(_SETTINGS) * len(PAPERS))
def _setter(setting: Setting, width: float) -> _Setter:
    """One setter for each density and paper, so that what it has set is found again."""
    return _Setter(setting, width)


@lru_cache(maxsize=_PARAGRAPHS_KEPT)
def _paragraph(setter: _Setter, text: str, mark: str) -> tuple[Chunk, ...]:
    """A paragraph set; letters always repeat their paragraphs, so results are kept."""
    return tuple(setter.paragraph(text, mark))


def _together(rows: list[Row]) -> list[Chunk]:
    """The rows of a table in one chunk, unless they are many."""
    return [tuple(rows)] if len(rows) <= _SHORT_TABLE else [(row,) for row in rows]


def _kept(rows: Sequence[Row]) -> Iterator[Chunk]:
    """A paragraph's rows so divided that no single line stands alone on a page."""
    if len(rows) < 2 * _WIDOWS:
        yield tuple(rows)
        return
    yield tuple(rows[:_WIDOWS])
    yield from ((row,) for row in rows[_WIDOWS:-_WIDOWS])
    yield tuple(rows[-_WIDOWS:])
