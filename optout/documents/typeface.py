"""The text face of the letters: fonts whose common subset is made once and then reused.

ReportLab makes a new subset of a TrueType font for every document, which costs most of the time
that a letter takes. Here the characters that nearly every letter needs form subset 0, made and
compressed once; the rest of a letter's characters, if any, form further subsets of their own.
"""

from __future__ import annotations

from codecs import charmap_encode
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, ref

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from optout.documents.embedding import SUBSET_SIZE, Subset, made_subset
from optout.documents.script_line import ScriptLine, lacking, set_line

FOLDER = Path(__file__).resolve().parent / "fonts"
REGULAR, BOLD, ITALIC = "OptoutText-Regular", "OptoutText-Bold", "OptoutText-Italic"
FACES = (REGULAR, BOLD, ITALIC)

NBSP = 0xA0
_TYPOGRAPHIC = "–—‘’“”•…§·©®°é" + "äöüÄÖÜß„" + "àâçèêîôùûÀÉÊ«»\u202f" + "áíóúñº"
"""Signs, and the letters of German, French and Spanish: with those in the common subset such a
letter is set twice as fast, and three kilobytes larger at most."""
_SUBSETS_KEPT = 32
_LINES_KEPT = 4_096

_COMMON = "".join(map(chr, range(32, 127))) + _TYPOGRAPHIC
_SPACE_ONLY = " "
"""For italics: a list of enclosures takes few letters, and always the same. Two dozen in a subset
of their own, made once and kept, are four kilobytes less than an alphabet."""


def _codes_of(characters: str) -> tuple[int, ...]:
    """Character by code: ASCII at its own place, typographic signs from 128 on, 0 for gaps."""
    wanted = {ord(character) for character in characters}
    ascii_part = (code if code in wanted else 0 for code in range(128))
    return (*ascii_part, *(ord(c) for c in _TYPOGRAPHIC if ord(c) in wanted))


class _Further:
    """The characters of one document beyond the common ones, in the order of their coming."""

    def __init__(self) -> None:
        self.name = ""
        self.place: dict[int, tuple[int, int]] = {}
        self.subsets: list[list[int]] = []

    def where(self, character: int) -> tuple[int, int]:
        """Subset number (from 1) and code of a character; a new one gets the next code."""
        if character not in self.place:
            if not self.subsets or len(self.subsets[-1]) == SUBSET_SIZE:
                self.subsets.append([0] * 32 + [32])  # code 32 is a space, as readers expect
            self.subsets[-1].append(character)
            self.place[character] = (len(self.subsets), len(self.subsets[-1]) - 1)
        return self.place[character]


class LetterFont(TTFont):
    """A font for ReportLab's canvas with a ready-made first subset."""

    def __init__(self, name: str, common: str) -> None:
        super().__init__(name, str(FOLDER / f"{name}.ttf"), shapable=True)
        self._codes = _codes_of(common)
        self._map = {character: code for code, character in enumerate(self._codes)
                     if character} | {NBSP: 32}
        self._further: WeakKeyDictionary[Any, _Further] = WeakKeyDictionary()
        self._latest: tuple[Callable[[], Any], _Further] = (object, _Further())
        self._subset = lru_cache(maxsize=_SUBSETS_KEPT)(self._make_subset)
        self.shown = lru_cache(maxsize=_LINES_KEPT)(self._shown)
        self.widths: dict[int, float] = self.face.charWidths
        self.widths[NBSP] = self.widths[32]

    @property
    def is_bold(self) -> bool:
        """Whether other fonts that serve beside this face are to be bold."""
        return self.fontName == BOLD

    def has(self, character: str) -> bool:
        """Whether this face itself has a shape for a character."""
        return ord(character) in self.face.charToGlyph

    def is_plain(self, text: str) -> bool:
        """Whether this face alone can write a text, from left to right."""
        return text.isascii() or self.face.charToGlyph.keys() >= set(map(ord, text))

    def lacks(self, text: str) -> set[str]:
        """The characters of a text that neither this face nor one beside it has a shape for.

        Raises:
            InvalidFile: for a font file of the person's own that cannot serve.
        """
        strange = {character for character in set(text) if not self.has(character)}
        return lacking(strange, bold=self.is_bold) if strange else strange

    def stringWidth(  # noqa: N802 - ReportLab's name
        self, text: str, size: float, encoding: str = "utf8",  # noqa: ARG002 - ReportLab's form
    ) -> float:
        """The width of a line in points."""
        if self.is_plain(text):
            return sum(self.widths[code] for code in map(ord, text)) * size / 1000
        line = text if isinstance(text, ScriptLine) else set_line(self, text)
        return line.width * size / 1000

    def splitString(  # noqa: N802 - ReportLab's name
        self, text: str, doc: Any, encoding: str = "utf-8",  # noqa: ARG002 - ReportLab's form
    ) -> list[tuple[Any, bytes]]:
        """The text as runs of (subset, codes); the common case is one table look-up."""
        self._of(doc)
        try:
            return [(0, charmap_encode(text, "strict", self._map)[0])]
        except UnicodeEncodeError:
            if self.is_plain(text):
                return self.plain_runs(text, doc)
            line = text if isinstance(text, ScriptLine) else set_line(self, text)
            return list(line.runs(self, doc))

    def _shown(self, text: str) -> str | None:
        """The operator that shows a line by the common subset; None where that is not enough."""
        try:
            return f"({escapePDF(charmap_encode(text, 'strict', self._map)[0])}) Tj"
        except UnicodeEncodeError:
            return None

    def plain_runs(self, text: str, doc: Any) -> list[tuple[Any, bytes]]:
        """A text that this face alone can write, as runs of (subset, codes)."""
        further, runs = self._of(doc), list[tuple[int, bytearray]]()
        for character in map(ord, text):
            code = self._map.get(character)
            subset, code = (0, code) if code is not None else further.where(character)
            if not runs or runs[-1][0] != subset:
                runs.append((subset, bytearray()))
            runs[-1][1].append(code)
        return [(subset, bytes(codes)) for subset, codes in runs]

    def _of(self, doc: Any) -> _Further:
        """This font's part of a document; its first use announces the font there."""
        latest, further = self._latest
        if latest() is doc:
            return further
        if doc in self._further:
            further = self._further[doc]
        else:
            further = self._further[doc] = _Further()
            further.name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{further.name}"
            doc.delayedFonts.append(self)
        self._latest = ref(doc), further
        return further

    def getSubsetInternalName(self, subset: Any, doc: Any) -> str:  # noqa: N802 - ReportLab's name
        """The name under which pages call a subset, of this face or of a font beside it."""
        if isinstance(subset, tuple):
            beside, number = subset
            return str(beside.internal_name(number, doc))
        return f"/{self._of(doc).name}+{subset}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Add every subset that the document used."""
        further = self._further.pop(doc)
        for number, codes in enumerate((self._codes, *map(tuple, further.subsets))):
            self._subset(number, codes).add_to(doc, f"{further.name}+{number}")

    def _make_subset(self, number: int, codes: tuple[int, ...]) -> Subset:
        """Cut a subset out of the font."""
        return made_subset(
            self.face, f"OPTOU{chr(ord('A') + number)}+{self.fontName}", codes,
            [chr(code) if code else "" for code in codes],
            [self.widths.get(code, 0) for code in codes])


@cache
def font(name: str) -> LetterFont:
    """A face, read from its file once and known to ReportLab from then on."""
    made = LetterFont(name, _SPACE_ONLY if name == ITALIC else _COMMON)
    pdfmetrics.registerFont(made)
    return made
