"""A font for one script beyond the text face: shaped by HarfBuzz, embedded glyph by glyph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFontFace

from optout.documents.embedding import SUBSET_SIZE, Subset, made_subset
from optout.documents.script_files import OWN_FOLDER, FontFile
from optout.domain.errors import InvalidFile

_GLYPH = 0x110000
"""Beyond the last character: the key of a glyph that no character stands for."""

_MAY_NOT_BE_EMBEDDED = 0x0002
_FONTS_KEPT = 16
_SUBSETS_KEPT = 32


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape on the line; distances in thousandths of the type size.

    Args:
        number: in its font.
        text: the characters that it stands for; empty where another glyph has them.
        width: its own; `advance` is how far the line goes on.
        right, up: how far it stands from its place.
    """

    number: int
    text: str
    width: float
    advance: float
    right: float
    up: float


class _Used:
    """The glyphs that one document has of a font, in the order of their coming."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.place: dict[tuple[int, str], tuple[int, int]] = {}
        self.subsets: list[list[Glyph]] = []

    def where(self, glyph: Glyph) -> tuple[int, int]:
        """Subset number and code of a glyph; a new one gets the next code."""
        key = (glyph.number, glyph.text)
        if key not in self.place:
            if not self.subsets or len(self.subsets[-1]) == SUBSET_SIZE:
                self.subsets.append([])
            self.subsets[-1].append(glyph)
            self.place[key] = (len(self.subsets) - 1, len(self.subsets[-1]) - 1)
        return self.place[key]


class ScriptFont:
    """One font file.

    Raises:
        InvalidFile: where it is the person's own and cannot serve, with the reason.
    """

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self._content = _read(file)
        face = uharfbuzz.Face(uharfbuzz.Blob(self._content))
        self._font = uharfbuzz.Font(face)
        self._scale = 1000 / face.upem
        self._face: TTFontFace | None = None
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()
        self._subset = lru_cache(maxsize=_SUBSETS_KEPT)(self._make_subset)

    def has(self, character: str) -> bool:
        """Whether there is a shape for a character."""
        return self._font.get_nominal_glyph(ord(character)) is not None

    def shaped(self, text: str, *, leftward: bool) -> tuple[Glyph, ...]:
        """The glyphs of a text in one script and direction, from left to right as seen."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftward else "ltr"
        uharfbuzz.shape(self._font, buffer, {})
        places = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        scale = self._scale
        found = [(info.cluster, Glyph(
            info.codepoint, "", self._font.get_glyph_h_advance(info.codepoint) * scale,
            place.x_advance * scale, place.x_offset * scale, place.y_offset * scale))
            for info, place in places]
        return _with_texts(text, found)

    def split(self, glyphs: Sequence[Glyph], doc: Any) -> list[tuple[Any, bytes]]:
        """Glyphs as runs of (subset, codes); a subset is this font with a number."""
        used = self._of(doc)
        runs: list[tuple[Any, bytearray]] = []
        for glyph in glyphs:
            number, code = used.where(glyph)
            if not runs or runs[-1][0][1] != number:
                runs.append(((self, number), bytearray()))
            runs[-1][1].append(code)
        return [(subset, bytes(codes)) for subset, codes in runs]

    def internal_name(self, number: int, doc: Any) -> str:
        """The name under which pages call a subset."""
        return f"/{self._of(doc).name}+{number}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Add every subset that the document used."""
        used = self._used.pop(doc)
        for number, glyphs in enumerate(used.subsets):
            self._subset(number, tuple(glyphs)).add_to(doc, f"{used.name}+{number}")

    def _of(self, doc: Any) -> _Used:
        """This font's part of a document; its first use announces the font there."""
        used = self._used.get(doc)
        if used is None:
            used = self._used[doc] = _Used(f"F{len(doc.fontMapping) + 1}")
            doc.fontMapping[self.file.name] = f"/{used.name}"
            doc.delayedFonts.append(self)
        return used

    def _make_subset(self, number: int, glyphs: tuple[Glyph, ...]) -> Subset:
        face = self._face = self._face or TTFontFace(BytesIO(self._content))
        for glyph in glyphs:
            face.charToGlyph[_GLYPH + glyph.number] = glyph.number
        name = f"OPTOU{chr(ord('A') + number % 26)}+{self.file.name}"
        return made_subset(face, name, [_GLYPH + glyph.number for glyph in glyphs],
                           [glyph.text for glyph in glyphs], [glyph.width for glyph in glyphs])


def _with_texts(text: str, found: Sequence[tuple[int, Glyph]]) -> tuple[Glyph, ...]:
    """Tell glyphs what they stand for; of those that share characters, the widest has them.

    So a letter copies out together with the points above and below it.

    Args:
        text: the whole.
        found: each glyph with the place of its first character.
    """
    begun = sorted({start for start, _ in found})
    ends = dict(zip(begun, [*begun[1:], len(text)], strict=True))
    widest = {start: max((glyph.advance, -place) for place, (at, glyph) in enumerate(found)
                         if at == start) for start in begun}
    return tuple(replace(glyph, text=text[start:ends[start]])
                 if widest[start] == (glyph.advance, -place) else glyph
                 for place, (start, glyph) in enumerate(found))


@lru_cache(maxsize=_FONTS_KEPT)
def script_font(file: FontFile) -> ScriptFont:
    """A font file, read once.

    Raises:
        InvalidFile: where it is the person's own and cannot serve.
    """
    return ScriptFont(file)


def _read(file: FontFile) -> bytes:
    """All of a font; a person's own file that could not be embedded is refused with the reason.

    It is read, not mapped: a file that is overwritten while it is mapped ends the program.
    """
    if not file.own:
        return file.path.read_bytes()
    try:
        content = file.path.read_bytes()
        reason = _why_not(content)
    except Exception as error:  # foreign bytes break each reader in ways of its own
        raise _unusable(file, "cannot be read as a font.") from error
    if reason:
        raise _unusable(file, reason)
    return content


def _why_not(content: bytes) -> str:
    """Why a readable file cannot be embedded; empty where it can."""
    face = uharfbuzz.Face(uharfbuzz.Blob(content))
    tables = set(face.table_tags)
    if tables and "glyf" not in tables:
        return "has PostScript outlines, which cannot be embedded."
    rights = bytes(face.reference_table("OS/2").data)[8:10]
    if int.from_bytes(rights, "big") == _MAY_NOT_BE_EMBEDDED:
        return "forbids to be embedded in documents."
    TTFontFace(BytesIO(content))
    return ""


def _unusable(file: FontFile, reason: str) -> InvalidFile:
    return InvalidFile(
        f"The font file “{file.path.name}” {reason}",
        remedy=f"Take another TrueType file (.ttf), or remove this one from the folder "
               f"“{OWN_FOLDER}” of your data folder.")
