"""The file to print: the very pages that are kept, in order, with bookmarks, shared objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader, PdfWriter

from optout.documents.batch import BatchLetter, batch_pdf
from optout.documents.letter_pdf import letter_pdf
from optout.documents.pile import LetterFacts, PiledLetter, in_posting_order
from optout.documents.signature_image import cleaned_signature
from optout.domain.document import Letter
from tests.documents.addresses import OTHER_SCRIPTS
from tests.documents.foreign_pictures import signature_scan
from tests.documents.reading import picture
from tests.documents.same_pages import looks, pages_of

LETTER = Letter(
    reference="OPT-7K3M9Q", language="en", page="letter", sender=("Avery Sample", "PO Box 0"),
    recipient=("Post 1 Holdings, Inc.", "1 Invented Plaza", "Albany, NY 12207"),
    date_line="November 23, 2026", subject="Privacy request (reference OPT-7K3M9Q)",
    salutation="Dear privacy team,", paragraphs=("Please delete what you hold about me.",),
    closing="Sincerely,", signature="Avery Sample")


def letters(pages: Sequence[int]) -> list[BatchLetter]:
    """Letters with so many pages each."""
    return [BatchLetter(f"OPT-{number} · Post {number}", letter_pdf(replace(
                LETTER, reference=f"OPT-{number}",
                paragraphs=tuple(f"Sentence {line} of letter {number}."
                                 for line in range(1 + 40 * (wanted - 1))))))
            for number, wanted in enumerate(pages)]


def bookmarks(reader: PdfReader) -> list[tuple[str, int | None]]:
    found: list[Any] = reader.outline
    return [(one.title, reader.get_destination_page_number(one)) for one in found]


def test_every_page_is_the_one_that_is_kept_and_every_letter_has_its_bookmark() -> None:
    made = letters([1, 2, 1])
    reader = PdfReader(BytesIO(batch_pdf(made, title="Letters to print, 3 letters")))
    kept = [page for one in made for page in PdfReader(BytesIO(one.pdf)).pages]
    assert len(reader.pages) == len(kept) == 4
    for page, own in zip(reader.pages, kept, strict=True):
        assert page.get_contents() is not None
        assert page.get_contents().get_data() == own.get_contents().get_data()  # type: ignore[union-attr]  # asserted above
        assert page.extract_text() == own.extract_text()
        assert page.mediabox == own.mediabox
    assert bookmarks(reader) == [
        ("OPT-0 · Post 0", 0), ("OPT-1 · Post 1", 1), ("OPT-2 · Post 2", 3)]
    assert reader.metadata is not None
    assert reader.metadata.title == "Letters to print, 3 letters"
    assert reader.metadata.author is None, "lists of files name nobody"


@pytest.mark.parametrize("pages", [[1, 1, 1], [2, 1, 2], [3, 2, 1], [1]])
def test_for_both_sides_every_letter_begins_on_a_front(pages: list[int]) -> None:
    reader = PdfReader(BytesIO(batch_pdf(letters(pages), title="", duplex=True)))
    starts = [page for _, page in bookmarks(reader)]
    assert len(starts) == len(pages)
    assert all(start is not None and start % 2 == 0 for start in starts)
    assert len(reader.pages) % 2 == 0
    assert len(reader.pages) == sum(-(-one // 2) * 2 for one in pages)
    texts = [page.extract_text().strip() for page in reader.pages]
    assert texts.count("") == sum(one % 2 for one in pages), "nothing but blank backs is empty"
    assert {(page.mediabox.width, page.mediabox.height) for page in reader.pages} == {
        (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height)}


def test_what_letters_share_is_there_once_and_the_bytes_are_the_same_each_time() -> None:
    made = letters([1] * 60)
    batch = batch_pdf(made, title="t")
    assert batch == batch_pdf(made, title="t")
    alone = sum(len(one.pdf) for one in made)
    assert len(batch) < alone / 4
    more = letters([1] * 120)
    each = (len(batch_pdf(more, title="t")) - len(batch)) / 60
    assert each < 3_500, "bytes for one more letter"
    fonts = batch.count(b"/FontFile2")
    assert fonts == made[0].pdf.count(b"/FontFile2")


def piled(reference: str, country: str, code: str, pages: int = 1) -> PiledLetter:
    return PiledLetter(reference, reference, "Post", ("Post",), country, code, pages, "letter")


def test_inland_goes_before_abroad_and_each_by_postal_code() -> None:
    pile = [piled("OPT-A", "DE", "10115"), piled("OPT-B", "US", "94102"),
            piled("OPT-C", "US", "02110"), piled("OPT-D", "AT", "1010"),
            piled("OPT-F", "US", "12207"), piled("OPT-E", "US", "12207")]
    order = [one.reference for one in in_posting_order(pile, "US")]
    assert order == ["OPT-C", "OPT-E", "OPT-F", "OPT-B", "OPT-D", "OPT-A"]
    assert [one.reference for one in in_posting_order(reversed(pile), "US")] == order
    assert in_posting_order(pile, "DE")[0].reference == "OPT-A"


@pytest.mark.parametrize(("pages", "plain", "duplex"), [(1, 1, 1), (2, 2, 1), (3, 3, 2)])
def test_sheets_of_paper(pages: int, plain: int, duplex: int) -> None:
    letter = piled("OPT-A", "US", "02110", pages)
    assert (letter.sheets(duplex=False), letter.sheets(duplex=True)) == (plain, duplex)


@pytest.mark.parametrize("page", ["letter", "a4"])
def test_a_letter_is_read_back_with_its_address_and_paper(page: str) -> None:
    facts = LetterFacts(letter_pdf(replace(LETTER, page=page)))
    assert (facts.pages, facts.paper) == (1, page)
    assert facts.says(LETTER.recipient)
    assert not facts.says(("2 Invented Plaza",))
    assert not facts.says((*LETTER.recipient, "GERMANY"))


def test_a_page_of_another_size_has_no_name() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    facts = LetterFacts(out.getvalue())
    assert (facts.pages, facts.paper) == (1, "")
    assert not facts.says(("Post",))


def test_brackets_and_strokes_of_an_address_are_found_as_they_are_drawn(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = ("Post (US) \\ Holdings", "1 Invented Plaza")
    facts = LetterFacts(letter_pdf(replace(LETTER, recipient=odd)))

    def slow(*_: object) -> str:
        raise AssertionError("It reads the whole text.")

    monkeypatch.setattr(PageObject, "extract_text", slow)
    assert facts.says(odd)


def test_an_address_that_was_broken_is_found_all_the_same() -> None:
    long = ("The Extraordinarily Long Name of a Holding Company That Goes On, Incorporated",
            *LETTER.recipient[1:])
    assert LetterFacts(letter_pdf(replace(LETTER, recipient=long))).says(long)


@pytest.mark.parametrize("lines", OTHER_SCRIPTS)
def test_an_address_in_another_script_is_found_and_no_other_taken_for_it(
    lines: tuple[str, ...]
) -> None:
    facts = LetterFacts(letter_pdf(replace(LETTER, recipient=lines)))
    assert facts.says(lines)
    for number, line in enumerate(lines[:-1]):
        for other in (line + " 7", line.replace("12", "21"), lines[0][::-1]):
            changed = (*lines[:number], other, *lines[number + 1:])
            assert facts.says(changed) == (other == line), changed


def test_a_line_with_marks_that_nobody_sees_is_the_same_line() -> None:
    facts = LetterFacts(letter_pdf(replace(LETTER, recipient=("Café Data", "1 Street"))))
    assert facts.says(("Cafe\u0301\u200e Data", "1\u00a0 Street"))


def every_sort() -> list[BatchLetter]:
    """Letters that share as little as letters can: scripts, papers, pages, a signature."""
    sorts = [LETTER, replace(LETTER, page="a4", language="de", subject="Auskunft über „mich“"),
             replace(LETTER, signature_image=cleaned_signature(signature_scan())),
             *(replace(LETTER, recipient=lines, signature=lines[0]) for lines in OTHER_SCRIPTS)]
    made = [BatchLetter(f"{number}", letter_pdf(letter)) for number, letter in enumerate(sorts)]
    return [*made, *letters([3, 1]), made[0]]


@pytest.mark.parametrize("duplex", [False, True])
def test_what_is_printed_is_what_is_kept(*, duplex: bool) -> None:
    kept = every_sort()
    own = pages_of(*(one.pdf for one in kept))
    printed = [page for page in pages_of(batch_pdf(kept, title="t", duplex=duplex))
               if page.get_contents() is not None]
    assert len(printed) == len(own)
    for page, original in zip(printed, own, strict=True):
        assert looks(page) == looks(original)
        assert page.extract_text() == original.extract_text()
    assert looks(own[0]) != looks(own[1]), "the comparison sees a difference"
    assert looks(own[0]) != looks(own[2])


def test_what_is_printed_looks_as_what_is_kept(tmp_path: Path) -> None:
    kept = every_sort()
    batch = PdfReader(BytesIO(batch_pdf(kept, title="t")))
    starts = [page for _, page in bookmarks(batch)]
    for number in (2, 3, 5):  # a signature, Arabic, Chinese
        writer = PdfWriter()
        start = starts[number]
        assert start is not None
        writer.add_page(batch.pages[start])
        out = BytesIO()
        writer.write(out)
        assert picture(out.getvalue(), tmp_path) == picture(kept[number].pdf, tmp_path)
