"""A letter set in the plainest way, to compare the fast one with: no cache, ReportLab's own font.

It knows the page's measures and the rules of the design, and nothing of how the product sets
type: words are measured anew each time, lines are filled word by word, rows follow one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportlab.pdfbase.ttfonts import TTFont

from optout.documents.flow import Setting
from optout.documents.geometry import POINTS_PER_MM, Paper
from optout.documents.lines import bind
from optout.documents.typeface import BOLD, FACES, FOLDER, ITALIC, REGULAR
from optout.domain.document import Letter

_FONTS = {face: TTFont(f"Plain-{face}", str(FOLDER / f"{face}.ttf")) for face in FACES}


@dataclass(frozen=True)
class Piece:
    """A run of text where it begins: points from the top left corner."""

    page: int
    x: float
    y: float
    text: str


def width(face: str, size: float, text: str) -> float:
    return float(_FONTS[face].stringWidth(text, size))


def filled(face: str, size: float, text: str, room: float) -> list[str]:
    """A text in lines, each as full as it goes; no word here is wider than a line."""
    lines = [""]
    for word in bind(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(face, size, longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@dataclass
class PlainPage:
    """Sets the text of a letter of one page, row below row."""

    letter: Letter
    paper: Paper
    setting: Setting
    pieces: list[Piece] = field(default_factory=list)
    y: float = 0.0

    def text(self) -> list[Piece]:
        """Everything from the subject to the enclosures."""
        letter, setting = self.letter, self.setting
        self.y = self.paper.first_line * POINTS_PER_MM
        self.paragraph(letter.subject, BOLD)
        self.paragraph(letter.salutation, REGULAR, above=setting.gap * 1.4)
        items = [text for text in letter.paragraphs if text.startswith("- ")]
        for text in letter.paragraphs:
            if text in items:
                self.item(text[2:], f"{items.index(text) + 1}." if len(items) > 1 else "–")
            elif "\t" in text:
                self.table([line.split("\t", 1) for line in text.split("\n")])
            else:
                self.paragraph(text, REGULAR, above=setting.gap)
        self.paragraph(letter.closing, REGULAR, above=setting.gap * 1.4)
        self.paragraph(letter.signature, REGULAR, above=setting.signature)
        return self.pieces

    @property
    def room(self) -> float:
        return (self.paper.width - self.paper.left - self.paper.right) * POINTS_PER_MM

    def put(self, indent: float, text: str) -> None:
        """On the row above `y`, whose baseline is a quarter of its height from its foot."""
        self.pieces.append(Piece(1, self.paper.left * POINTS_PER_MM + indent,
                                 self.y - self.setting.leading / 4, text))

    def row(self, *texts: tuple[float, str], above: float = 0.0) -> None:
        self.y += above + self.setting.leading
        for indent, text in texts:
            self.put(indent, text)

    def paragraph(self, text: str, face: str, *, above: float = 0.0, indent: float = 0.0) -> None:
        for line in filled(face, self.setting.size, text, self.room - indent):
            self.row((indent, line), above=above)
            above = 0.0

    def item(self, text: str, mark: str) -> None:
        size, indent, above = self.setting.size, self.setting.indent, self.setting.gap * 0.8
        heading, _, rest = text.partition("\n")
        place = len(self.pieces)
        found = re.fullmatch(r"(.*?) (\(.*)", heading, re.DOTALL)
        if not rest:
            self.paragraph(heading, REGULAR, above=above, indent=indent)
        elif found is None:
            self.paragraph(heading, BOLD, above=above, indent=indent)
        else:
            ask, citation = found[1], found[2]
            after = indent + width(BOLD, size, f"{ask} ")
            if after + width(REGULAR, size, citation) <= self.room:
                self.row((indent, ask), (after, citation), above=above)
            else:
                self.paragraph(ask, BOLD, above=above, indent=indent)
                self.paragraph(citation, REGULAR, indent=indent)
        first = self.pieces[place]
        self.pieces.insert(place, Piece(1, first.x - indent, first.y, mark))
        if rest:
            self.paragraph(rest, REGULAR, indent=indent)

    def table(self, lines: list[list[str]]) -> None:
        size, indent = self.setting.size, self.setting.indent
        widest = max(width(REGULAR, size, label) for label, _ in lines)
        column = min(widest, self.room * 0.4) + indent + size * 1.3
        above = self.setting.gap * 0.6
        for label, value in lines:
            labels = filled(REGULAR, size, label, column - indent)
            values = filled(REGULAR, size, value, self.room - column)
            for number in range(max(len(labels), len(values))):
                self.row(*((start, texts[number]) for start, texts in (
                    (indent, labels), (column, values)) if number < len(texts)), above=above)
                above = 0.0


def enclosures(letter: Letter, paper: Paper, setting: Setting, label: str) -> tuple[str, float]:
    """The enclosures as one line, and where it begins if it ends at the right margin."""
    text = f"{label}: {', '.join(letter.enclosures)}"
    right = (paper.width - paper.right) * POINTS_PER_MM
    return text, right - width(ITALIC, setting.size, text)
