"""The first page of a pile of letters: what is in it, and what is still to be added by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from optout.documents.batch_words import batch_terms, counted
from optout.documents.clean import clean
from optout.documents.pile import LeftOut, PiledLetter
from optout.documents.sheet_pdf import sheet_pdf
from optout.documents.words import date_words
from optout.domain.document import Sheet
from optout.domain.document_words import Purpose


def manifest_pdf(
    pile: Sequence[PiledLetter], *, day: date, home: str, page: str, duplex: bool = False,
    left_out: Sequence[LeftOut] = (),
) -> bytes:
    """The list of a pile as PDF; the same pile always gives the same bytes.

    Weights are left out: they hang on the paper and the envelopes, which nobody here knows.

    Args:
        pile: in posting order.
        day: on which it was made.
        home: ISO 3166-1 alpha-2 of the country in which it is posted; decides how the day is
            written.
        page: `letter` or `a4`, for the list itself.
        duplex: the letters are printed on both sides.
        left_out: later letters that are written and may not go today.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    words = batch_terms()
    sheets = sum(letter.sheets(duplex=duplex) for letter in pile)
    intro = words["manifest.intro"].format(
        day=date_words(day, "en", home), letters=counted("letters", len(pile)),
        sheets=counted("manifest.sheets", sheets))
    sides = words["manifest.two_sides" if duplex else "manifest.one_side"]
    return sheet_pdf(Sheet(
        reference="", language="en", mark="", title=words["manifest.title"], page=page,
        paragraphs=(f"{intro} {sides}", _table(pile, duplex=duplex), *_to_add(pile),
                    *_left_out(left_out), words["manifest.sent"])))


def _table(pile: Sequence[PiledLetter], *, duplex: bool) -> str:
    """A row for each letter; what it is, and its paper, where that is not the same for all."""
    words = batch_terms()
    columns = {
        "number": [f"{number:,}" for number, _ in enumerate(pile, start=1)],
        "reference": [one.reference for one in pile],
        "what": [clean(one.what) for one in pile],
        "recipient": [clean(one.name) for one in pile],
        "pages": [str(one.pages) for one in pile],
        "sheets": [str(one.sheets(duplex=duplex)) for one in pile],
        "paper": [words[f"paper.{one.paper}"] for one in pile],
    }
    if all(one.purpose is Purpose.REQUEST for one in pile):
        del columns["what"]
    if len({one.paper for one in pile}) == 1:
        del columns["paper"]
    rows = zip(*([words[f"manifest.{head}"], *cells] for head, cells in columns.items()),
               strict=True)
    return "\n".join("\t".join(row) for row in rows)


def _to_add(pile: Sequence[PiledLetter]) -> Iterator[str]:
    words = batch_terms()
    if not any(letter.enclosures for letter in pile):
        yield words["manifest.no_enclosures"]
        return
    yield f"## {words['manifest.enclose']}"
    for number, letter in enumerate(pile, start=1):
        for enclosure in letter.enclosures:
            yield "- [ ] " + words["manifest.enclose_item"].format(
                number=f"{number:,}", reference=letter.reference, enclosure=clean(enclosure))


def _left_out(letters: Sequence[LeftOut]) -> Iterator[str]:
    if letters:
        yield f"## {batch_terms()['manifest.left_out']}"
    for letter in letters:
        yield f"- {clean(letter.sentence)}"
