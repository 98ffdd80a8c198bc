"""From a case file to pages: what stands on each, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import category

from optout.documents.case_file import CaseExhibit, CaseFile, CaseText
from optout.documents.flow import Placed, Row, Run
from optout.documents.foreign_pdf import ForeignPdf, foreign_pdf
from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.documents.lines import broken
from optout.documents.sheet_flow import SheetSetting, blocks_of, pages_of
from optout.documents.sheet_rows import Block
from optout.documents.typeface import REGULAR, font
from optout.domain.document import Sheet

SETTING = SheetSetting(size=10.0, leading=13.2, gap=5.4, heading=11.6, title=16.0, table=8.6)
TOP, BOTTOM = 70.0, 66.0
"""Points from the edges of the paper: below the head, above the foot."""

_LEADING, _EMPTY = 13.0, 6.0
_LONGEST_TEXT = 120_000
"""Characters of one message or text that are set; the rest stays in the original."""

_TO_BE_CONTINUED = ("[The rest is left out here: the text is longer than anybody reads on paper. "
                    "The original has all of it.]")


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the bundle.

    Args:
        head: what stands above it; "" on pages that belong to no exhibit.
        rows: the type on it.
        pdf, number: the page of another file that is drawn on it.
        picture: a JPEG that is drawn on it.
    """

    head: str = ""
    rows: Sequence[Placed] = ()
    pdf: ForeignPdf | None = None
    number: int = 0
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part of the bundle with its entry in the outline; `within` the part before it."""

    title: str
    pages: list[CasePage] = field(default_factory=list)
    within: bool = False


def parts_of(case: CaseFile) -> list[CasePart]:
    """All parts, in the order in which they are bound."""
    setter = _Setter(case)
    exhibits = [setter.exhibit(one) for one in case.exhibits]
    table = CasePart("Table of exhibits", setter.exhibits(
        [len(part.pages) for part in exhibits]))
    return [CasePart("Cover", setter.cover()), CasePart("What happened, and by when",
                                                        setter.history()),
            table, *exhibits]


def writable(text: str) -> str:
    """A text in which each character that no font here can draw stands by its number."""
    strange = {c for c in set(text) if not (c.isascii() and c.isprintable())} - {"\n"}
    dropped = {c for c in strange if category(c) in {"Cf", "Cc", "Cs", "Co", "Cn", "Mn"}
               and category(c) != "Mn"}
    lacking = font(REGULAR).lacks("".join(strange - dropped))
    if not strange:
        return text
    table = {**{ord(c): "" for c in dropped},
             **{ord(c): f"[U+{ord(c):04X}]" for c in lacking}}
    return text.replace("\t", "    ").translate(table)


class _Setter:
    """Sets the pages of one case file."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        paper = PAPERS[case.page]
        self._width = paper.text_width * POINTS_PER_MM
        self._bottom = paper.height * POINTS_PER_MM - BOTTOM

    def cover(self) -> list[CasePage]:
        """What it is, what was asked of whom, where it stands, what is in it."""
        case = self._case
        return self._sheet(case.title, [
            _values(case.facts), "## What was asked",
            *(f"- {_cell(asked)}" for asked in case.asked),
            "## Where it stands", _values(case.standing),
            "## About this file", *map(_line, case.notes)])

    def history(self) -> list[CasePage]:
        """The events and the dates of the law."""
        steps = [(step.day, step.what, step.words) for step in self._case.history]
        dates = [(date.day, date.what, date.law, date.citation) for date in self._case.dates]
        return self._sheet("What happened, and by when", [
            "## What happened",
            _table(("Day", "What", "Words and numbers"), steps) if steps
            else "Nothing has happened yet.",
            "## What the law sets",
            _table(("Last day", "For", "Law", "Where it says so"), dates) if dates
            else "No law that was asserted sets a day here, or its clock has not started."])

    def exhibits(self, pages: Sequence[int]) -> list[CasePage]:
        """The table of exhibits, with the hash of each original."""
        lines = [(one.label, f"{one.title} ({one.what})", one.day,
                  str(count) if not one.left_out else f"{count}, not shown", _grouped(one.sha256))
                 for one, count in zip(self._case.exhibits, pages, strict=True)]
        explained = ("The last column is the SHA-256 of the original file: whoever is given the "
                     "original can check by it that it is the same. Spaces do not belong to it.")
        return self._sheet("Table of exhibits", [
            _table(("", "What", "Day", "Pages", "SHA-256 of the original"), lines), explained,
        ] if lines else ["There is no document in this file."])

    def exhibit(self, exhibit: CaseExhibit) -> CasePart:
        """One exhibit: a page of its own, then pages of another file where it has some."""
        title = f"Exhibit {exhibit.label}: {_cell(exhibit.title)}"
        pdf = foreign_pdf(exhibit.pdf) if exhibit.pdf else ForeignPdf()
        left_out = exhibit.left_out or (pdf.unreadable and (
            f"{pdf.unreadable} It is listed here and not shown; the original is kept."))
        if pdf.pages:
            pages = [CasePage(pdf=pdf, number=number) for number in range(len(pdf.pages))]
        elif exhibit.picture and not left_out:
            pages = [CasePage(picture=exhibit.picture)]
        else:
            pages = self._words(exhibit, left_out)
        several = f" · page {{}} of {len(pages)} of this exhibit" if len(pages) > 1 else ""
        return CasePart(title, [
            CasePage(writable(title) + several.format(number), page.rows, page.pdf, page.number,
                     page.picture)
            for number, page in enumerate(pages, start=1)], within=True)

    def _words(self, exhibit: CaseExhibit, left_out: str) -> list[CasePage]:
        about = [("Day", exhibit.day), ("Kind", exhibit.what), *exhibit.about,
                 ("SHA-256", _grouped(exhibit.sha256))]
        paragraphs = [_values(about)]
        if exhibit.quote:
            paragraphs.append(_line(f"It says: “{_cell(exhibit.quote)}”"))
        if left_out:
            paragraphs.append(_line(left_out))
        text = exhibit.text or CaseText()
        if text.head:
            paragraphs.append(_values(text.head))
        return self._sheet(exhibit.title, paragraphs, [*self._text(text.body), *(
            block for line in text.attached for block in self._text(f"Attached: {line}"))])

    def _text(self, text: str) -> Iterator[Block]:
        """Words from outside, line by line; nothing in them is taken for markup."""
        if len(text) > _LONGEST_TEXT:
            text = f"{text[:_LONGEST_TEXT]}\n{_TO_BE_CONTINUED}"
        above = SETTING.gap * 1.6
        for line in writable(text).replace("\r", "").split("\n"):
            if not line.strip():
                above += _EMPTY
                continue
            rows = [Row((Run(0.0, REGULAR, SETTING.size, part),), 0.0 if number else above,
                        _LEADING)
                    for number, part in enumerate(
                        broken(REGULAR, SETTING.size, line.rstrip(), self._width))]
            yield Block(tuple(rows))
            above = 0.0

    def _sheet(
        self, title: str, paragraphs: Sequence[str], more: Sequence[Block] = ()
    ) -> list[CasePage]:
        sheet = Sheet(self._case.reference, self._case.language, "", _line(title),
                      tuple(filter(None, paragraphs)))
        blocks = [*blocks_of(sheet, SETTING, self._width), *more]
        return [CasePage(rows=rows)
                for rows in pages_of(blocks, top=TOP, bottom=self._bottom)]


def _cell(text: str) -> str:
    """A text on one line, so that it stays in its cell."""
    return writable(" ".join(text.split()))


def _line(text: str) -> str:
    """A paragraph of words: nothing in it is taken for markup."""
    plain = _cell(text)
    return f"\N{NO-BREAK SPACE}{plain}" if plain.startswith(("#", "-", "_")) else plain


def _values(pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{_cell(label)}\t{_cell(value) or '–'}" for label, value in pairs)


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(map(_cell, cells)) for cells in (head, *lines))


def _grouped(sha256: str) -> str:
    """A hash in eights, which lines can be broken between."""
    return " ".join(sha256[start:start + 8] for start in range(0, len(sha256), 8))
