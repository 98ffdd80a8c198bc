"""Lines that the text face alone cannot write: other scripts, right to left, and mixtures.

Such a line is drawn in the order in which it is seen, as word processors do it, and each glyph
copies out as the characters that it stands for. Programs that put right-to-left text back into
reading order (browsers, poppler, pypdf) give the words as they were written. What is not
possible: a program that only lists what it sees from left to right gives Arabic and Hebrew words
from their end; and where the direction changes within a line, a space, a bracket or a number
beside the change may be given on its other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self
from unicodedata import category

from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from optout.documents.direction import in_sight_order, levels_of, mirrored
from optout.documents.script_files import VENDORED_FILES, FontFile, own_files
from optout.documents.script_font import Glyph, ScriptFont, script_font

if TYPE_CHECKING:
    from optout.documents.typeface import LetterFont


_SPACES = " \N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line in one font: text of the face itself, or glyphs of another font."""

    text: str = ""
    font: ScriptFont | None = None
    glyphs: tuple[Glyph, ...] = ()


class ScriptLine(ShapedStr):
    """A line of text with its pieces as they are seen, from left to right.

    Args:
        width: in thousandths of the type size.
    """

    pieces: tuple[_Piece, ...]
    width: float

    def __new__(cls, face: LetterFont, text: str, pieces: Sequence[_Piece]) -> Self:
        """Keep what ReportLab asks of shaped text: where each glyph stands."""
        shape: Any = [data for piece in pieces for data in _shape_data(face, piece)]
        line = super().__new__(cls, text, shape)
        line.pieces = tuple(pieces)
        line.width = sum(data.x_advance for data in shape)
        return line

    def runs(self, face: LetterFont, doc: Any) -> Iterator[tuple[Any, bytes]]:
        """The pieces as runs of (subset, codes) in a document."""
        for piece in self.pieces:
            if piece.font is None:
                yield from face.plain_runs(piece.text, doc)
            else:
                yield from piece.font.split(piece.glyphs, doc)


def set_line(face: LetterFont, text: str, levels: Sequence[int] = ()) -> ScriptLine:
    """Set one line.

    Args:
        face: the face of the letter; other fonts serve what it lacks.
        text: with nothing that no font has.
        levels: of its characters, resolved over the whole paragraph; default: over the line.
    """
    levels = levels or levels_of(text)
    parts = zip(_fonts(face, text), levels, text, strict=True)
    pieces: list[tuple[int, _Piece]] = []
    for (font, level), group in groupby(parts, key=lambda part: part[:2]):
        part = "".join(character for _, _, character in group)
        leftward = level % 2 == 1
        if font is None:
            pieces.append((level, _Piece(mirrored(part) if leftward else part)))
        else:
            pieces.append((level, _Piece("", font, font.shaped(part, leftward=leftward))))
    return ScriptLine(face, text, in_sight_order(pieces))


def lacking(characters: set[str], *, bold: bool) -> set[str]:
    """The characters that no font but the text face could have a shape for.

    Raises:
        InvalidFile: for a file of the person's own that cannot serve.
    """
    return {character for character in characters if _font_for(character, bold=bold) is None}


def _shape_data(face: LetterFont, piece: _Piece) -> Iterator[ShapeData]:
    if piece.font is None:
        for width in (face.widths[ord(character)] for character in piece.text):
            yield ShapeData(0, width, 0, 0, 0, width)
    for glyph in piece.glyphs:
        yield ShapeData(0, glyph.advance, 0, glyph.right, glyph.up, glyph.width)


def _fonts(face: LetterFont, text: str) -> list[ScriptFont | None]:
    """The font of each character, None for the face.

    A mark goes with the letter before it, and a space with the words on both sides, so that
    several words are one piece.
    """
    fonts: list[ScriptFont | None] = []
    for character in text:
        last = fonts[-1] if fonts else None
        if last is not None and category(character).startswith("M") and last.has(character):
            fonts.append(last)
        else:
            fonts.append(None if face.has(character)
                         else _font_for(character, bold=face.is_bold))
    for place in range(1, len(text) - 1):
        before = fonts[place - 1]
        if (text[place] in _SPACES and before is not None and before is fonts[place + 1]
                and before.has(text[place])):
            fonts[place] = before
    return fonts


def _font_for(character: str, *, bold: bool) -> ScriptFont | None:
    """The first font that has a character: vendored before own, of the wanted weight before."""
    found = _first_of(_VENDORED[bold], character)
    return found or _first_of(_by_weight(own_files(), bold=bold), character)


def _first_of(files: Sequence[FontFile], character: str) -> ScriptFont | None:
    return next((font for font in map(script_font, files) if font.has(character)), None)


def _by_weight(files: Sequence[FontFile], *, bold: bool) -> tuple[FontFile, ...]:
    return tuple(sorted(files, key=lambda file: file.bold != bold))


_VENDORED = {bold: _by_weight(VENDORED_FILES, bold=bold) for bold in (False, True)}
