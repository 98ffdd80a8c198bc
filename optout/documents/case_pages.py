"""From a case file to pages: what stands on each, before anything is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from optout.documents.case_file import CaseExhibit, CaseFile, CaseText
from optout.documents.flow import Placed, Row, Run
from optout.documents.foreign_pdf import ForeignPdf, foreign_pdf
from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.documents.lines import broken
from optout.documents.sheet_flow import SheetSetting, blocks_of, pages_of
from optout.documents.sheet_rows import Block, DrawnRow
from optout.documents.sheet_table import table_blocks
from optout.documents.typeface import REGULAR, font
from optout.domain.document import Sheet

SETTING = SheetSetting(size=10.0, leading=13.2, gap=5.4, heading=11.6, title=16.0, table=8.6)
TOP, BOTTOM = 70.0, 66.0
"""Points from the edges of the paper: below the head, above the foot."""

_LEADING, _EMPTY = 13.0, 6.0
_LONGEST_TEXT = 120_000
"""Characters of one message or text that are set; the rest stays in the original."""

_HASH_INDENT = 14.0
_HASH_EXPLAINED = (
    "Under each exhibit stands the SHA-256 of the original file: whoever is given the original "
    "can check by it that it is the same. Spaces do not belong to it.")
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
    """A part of the bundle.

    Args:
        entries: of the outline: each title, and on which page of the part it begins (from 0).
        within: whether they belong under the part before.
    """

    pages: list[CasePage]
    entries: list[tuple[str, int]]
    within: bool = False


def parts_of(case: CaseFile) -> list[CasePart]:
    """All parts, in the order in which they are bound."""
    setter = _Setter(case)
    pdfs = {one.label: foreign_pdf(one.pdf) for one in case.exhibits
            if one.pdf and not one.left_out}
    exhibits = tuple(replace(one, left_out=_unreadable(pdfs[one.label])) if one.label in pdfs
                     else one for one in case.exhibits)
    parts: list[CasePart] = []
    pages: dict[str, int] = {}
    for left_out, group in groupby(exhibits, key=lambda one: bool(one.left_out)):
        if left_out:
            parts.append(setter.not_shown(tuple(group)))
            continue
        for one in group:
            parts.append(setter.exhibit(one, pdfs.get(one.label, ForeignPdf())))
            pages[one.label] = len(parts[-1].pages)
    return [_part("Cover", setter.cover()), _part("What happened, and by when", setter.history()),
            _part("Table of exhibits", setter.exhibits(exhibits, pages)), *parts]


def _part(title: str, pages: list[CasePage]) -> CasePart:
    return CasePart(pages, [(title, 0)])


def _unreadable(pdf: ForeignPdf) -> str:
    """Why a PDF is not shown; "" where it is."""
    return pdf.unreadable and (
        f"{pdf.unreadable} It is listed here and not shown; the original is kept.")


def writable(text: str) -> str:
    """A text in which each character that no font here can draw stands by its number.

    What does not show (direction marks and overrides, joiners, controls) is dropped.
    """
    text = unicodedata.normalize("NFC", text.replace("\t", "    "))
    strange = {c for c in set(text) if not (c.isascii() and c.isprintable())} - {"\n"}
    hidden = {c for c in strange if unicodedata.category(c) in {"Cf", "Cc"}}
    lacking = font(REGULAR).lacks("".join(strange - hidden))
    return text.translate({**{ord(c): "" for c in hidden},
                           **{ord(c): f"[U+{ord(c):04X}]" for c in lacking}})


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

    def exhibits(
        self, exhibits: Sequence[CaseExhibit], pages: Mapping[str, int]
    ) -> list[CasePage]:
        """The table of exhibits, with the hash of each original below it, on a line of its own."""
        if not exhibits:
            return self._sheet("Table of exhibits", ["There is no document in this file."])
        lines = [(one.label, _cell(f"{one.title} ({one.what})"), _cell(one.day),
                  str(pages.get(one.label, "not shown"))) for one in exhibits]
        blocks = table_blocks((("", "What", "Day", "Pages"), *lines), self._width,
                              size=SETTING.table, above=SETTING.gap)
        return self._pages([
            *self._blocks("Table of exhibits", [_HASH_EXPLAINED]),
            *(_with_more(block, one)
              for block, one in zip(blocks, exhibits, strict=True))])

    def exhibit(self, exhibit: CaseExhibit, pdf: ForeignPdf) -> CasePart:
        """One exhibit: the pages of another file, a picture, or words."""
        title = _titled(exhibit)
        if pdf.pages:
            pages = [CasePage(pdf=pdf, number=number) for number in range(len(pdf.pages))]
        elif exhibit.picture:
            pages = [CasePage(picture=exhibit.picture)]
        else:
            pages = self._sheet(exhibit.title, _described(exhibit), self._words(exhibit))
        several = f" · page {{}} of {len(pages)} of this exhibit" if len(pages) > 1 else ""
        return CasePart([replace(page, head=title + several.format(number))
                         for number, page in enumerate(pages, start=1)], [(title, 0)], within=True)

    def not_shown(self, exhibits: Sequence[CaseExhibit]) -> CasePart:
        """Exhibits that are described only, one below the other, each reason once."""
        blocks: list[Block] = []
        firsts: list[Row] = []
        reason = ""
        for exhibit in exhibits:
            paragraphs = _described(exhibit)
            if exhibit.left_out != reason:
                reason = exhibit.left_out
                paragraphs.append(_line(reason))
            new = self._blocks(f"## {_titled(exhibit)}", paragraphs)
            firsts.append(new[0].rows[0])
            blocks += new
        pages = self._pages(blocks)
        head = f"Exhibits {exhibits[0].label} to {exhibits[-1].label}: described, not shown"
        if len(exhibits) == 1:
            head = _titled(exhibits[0])
        begins = [next(place for place, page in enumerate(pages)
                       if any(placed.row is first for placed in page.rows)) for first in firsts]
        return CasePart([replace(page, head=head) for page in pages],
                        list(zip(map(_titled, exhibits), begins, strict=True)), within=True)

    def _words(self, exhibit: CaseExhibit) -> list[Block]:
        text = exhibit.text or CaseText()
        return [*self._text(text.body), *(
            block for line in text.attached for block in self._text(f"Attached: {line}"))]

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
        return self._pages([*self._blocks(_line(title), paragraphs), *more])

    def _blocks(self, title: str, paragraphs: Sequence[str]) -> list[Block]:
        """A title and paragraphs, as blocks; a title may be a heading of one part only."""
        own = not title.startswith("## ")
        sheet = Sheet(self._case.reference, self._case.language, "", title if own else "",
                      tuple(filter(None, paragraphs if own else (title, *paragraphs))))
        blocks = blocks_of(sheet, SETTING, self._width)
        return blocks if own else blocks[1:]

    def _pages(self, blocks: Sequence[Block]) -> list[CasePage]:
        return [CasePage(rows=rows) for rows in pages_of(blocks, top=TOP, bottom=self._bottom)]


def _with_more(block: Block, exhibit: CaseExhibit) -> Block:
    """A line of the table with what its pages do not say, and the hash, above the rule."""
    last = block.rows[-1]
    rules = last.rules if isinstance(last, DrawnRow) else ()
    silent = exhibit.pdf or exhibit.picture
    lines = [*(_cell(f"{label}: {value}") for label, value in exhibit.about if silent),
             f"SHA-256 {_grouped(exhibit.sha256)}"]
    rows = [Row((Run(_HASH_INDENT, REGULAR, SETTING.table, line),), 0.0, SETTING.table * 1.3)
            for line in lines]
    hashed = DrawnRow(rows[-1].runs, 0.0, SETTING.table * 1.4, rules=rules)
    plain = Row(last.runs, last.above, last.height)
    return replace(block, rows=(*block.rows[:-1], plain, *rows[:-1], hashed))


def _titled(exhibit: CaseExhibit) -> str:
    return f"Exhibit {exhibit.label}: {_cell(exhibit.title)}"


def _described(exhibit: CaseExhibit) -> list[str]:
    """What is known of an exhibit, as paragraphs."""
    about = _values((("Day", exhibit.day), ("Kind", exhibit.what), *exhibit.about,
                     ("SHA-256", _grouped(exhibit.sha256))))
    quote = [_line(f"It says: “{_cell(exhibit.quote)}”")] if exhibit.quote else []
    head = [_values(exhibit.text.head)] if exhibit.text and exhibit.text.head else []
    return [about, *quote, *head]


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
