"""The bundle as a PDF: bookmarks, numbers and labels on every page, originals left as they are."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from optout.documents.case_bundle import case_bundle_pdf
from optout.documents.case_file import (
    CaseDate,
    CaseExhibit,
    CaseFile,
    CaseStep,
    CaseText,
    label_of,
)
from optout.documents.case_pages import writable
from optout.documents.case_redaction import LEFT_OUT, redacted_case
from optout.documents.readback import leaks
from optout.documents.redaction import Redactor
from tests.documents import foreign
from tests.documents import foreign_pictures as pictures
from tests.documents.private import VALUES

REFERENCE = "OPT-7K3M9Q"
HASHES = [f"{number:064x}" for number in range(60)]


def exhibit(number: int, **more: Any) -> CaseExhibit:
    return CaseExhibit(label_of(number), more.pop("title", f"Paper {number}"), "November 23, 2026",
                       more.pop("what", "PDF"), HASHES[number], **more)


def case(*exhibits: CaseExhibit, **more: Any) -> CaseFile:
    return CaseFile(**{
        "reference": REFERENCE, "title": f"Case file {REFERENCE}", "page": "letter",
        "redacted": False, "mark": "A mark", "facts": (("Reference", REFERENCE),),
        "asked": ("Delete (A law, § 1)",), "standing": (("The request", "It left."),),
        "notes": ("A note.",), "history": (CaseStep("November 23, 2026", "It left", "4711"),),
        "dates": (CaseDate("Answer", "January 7, 2027", "A law", "§ 2"),),
        "exhibits": exhibits, **more})


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def outline(reader: PdfReader) -> list[tuple[str, int]]:
    def walk(entries: list[Any]) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for entry in entries:
            found += walk(entry) if isinstance(entry, list) else [
                (str(entry.title), reader.get_destination_page_number(entry) or 0)]
        return found

    return walk(reader.outline)


def plain(page: Any) -> str:
    return " ".join(page.extract_text().replace("\N{NO-BREAK SPACE}", " ").split())


MIXED = case(
    exhibit(0, title="The request", pdf=foreign.pdf_of("Dear desk", "and so on")),
    exhibit(1, what="E-mail", ours=False, quote="We refuse.", text=CaseText(
        (("From", "desk@quickmail.example"), ("Subject", "Re: yours")),
        "## Not a heading\n\n- no item\n\tand a tab\n[ ] __ \N{SNOWMAN}\u202e",
        ("r.pdf (application/pdf, 5 bytes)",))),
    exhibit(2, what="Picture", ours=False,
            picture=pictures.screenshot("JPEG", size=(1500, 1000))),
    exhibit(3, ours=False, pdf=foreign.locked_pdf()),
    exhibit(4, ours=False, left_out="It does not open."),
    exhibit(5, ours=False, pdf=foreign.turned_pdf(90)))


def test_every_part_has_its_bookmark_on_its_page() -> None:
    reader = read(case_bundle_pdf(MIXED))
    assert outline(reader) == [
        ("Cover", 0), ("What happened, and by when", 1), ("Table of exhibits", 2),
        ("Exhibit A: The request", 3), ("Exhibit B: Paper 1", 5), ("Exhibit C: Paper 2", 6),
        ("Exhibit D: Paper 3", 7), ("Exhibit E: Paper 4", 7), ("Exhibit F: Paper 5", 8)]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Case file {REFERENCE}"
    assert reader.metadata.author == "anonymous"
    assert str(reader.root_object["/Lang"]) == "en"


def test_every_page_has_its_number_and_exhibits_their_label() -> None:
    pages = [plain(page) for page in read(case_bundle_pdf(MIXED)).pages]
    for number, text in enumerate(pages, start=1):
        assert f"{REFERENCE} · page {number} of 9" in text
        assert "A mark" in text
    assert "Exhibit A: The request · page 1 of 2 of this exhibit" in pages[3]
    assert "Dear desk" in pages[3]
    assert "page 2 of 2 of this exhibit" in pages[4]
    assert "and so on" in pages[4]
    assert "Exhibits D to E: described, not shown" in pages[7]
    assert "locked with a password" in pages[7]
    assert "It does not open." in pages[7]
    assert "Turned by 90" in pages[8]


def test_the_table_has_each_hash_and_how_many_pages() -> None:
    table = plain(read(case_bundle_pdf(MIXED)).pages[2])
    for number in range(6):
        assert HASHES[number] in table.replace(" ", "")
    assert table.count("not shown") == 2


def test_words_from_outside_are_set_as_they_are_and_act_in_no_way() -> None:
    content = case_bundle_pdf(MIXED)
    text = read(content).pages[5].extract_text()
    for line in ("## Not a heading", "- no item", "and a tab", "[ ] __", "It says: “We refuse.”",
                 "Attached: r.pdf (application/pdf, 5 bytes)", "desk@quickmail.example"):
        assert line in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "\u202e" not in text
    assert foreign.acting(content) <= {"/Names"}


def test_stamps_and_pages_of_others_never_touch() -> None:
    """The frame of another file ends above the foot and below the head."""
    page = read(case_bundle_pdf(MIXED)).pages[3]
    heights: dict[str, list[float]] = {"ours": [], "theirs": []}

    def visit(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            whose = "theirs" if "Dear desk" in text else "ours"
            heights[whose].append(tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=visit)
    assert heights["theirs"]
    assert all(60 < height < 730 for height in heights["theirs"])
    assert all(height < 50 or height > 740 for height in heights["ours"])


def test_an_acting_file_comes_along_as_a_picture_of_itself() -> None:
    content = case_bundle_pdf(case(exhibit(0, pdf=foreign.acting_pdf(), ours=False)))
    assert "It acts" in plain(read(content).pages[3])
    assert foreign.acting(content) <= {"/Names"}
    for gone in (b"tracker", b"payload", b"evil"):
        assert gone not in content


@pytest.mark.parametrize("page", ["letter", "a4"])
def test_it_is_the_same_to_the_byte_on_either_paper(page: str) -> None:
    made = case_bundle_pdf(replace(MIXED, page=page))
    assert made == case_bundle_pdf(replace(MIXED, page=page))
    width = float(read(made).pages[0].mediabox.width)
    assert round(width) == (612 if page == "letter" else 595)
    assert {round(float(one.mediabox.width)) for one in read(made).pages} == {round(width)}


def test_a_file_of_nothing_says_so() -> None:
    pages = [plain(page) for page in read(case_bundle_pdf(
        case(history=(), dates=(), asked=()))).pages]
    assert "Nothing has happened yet." in pages[1]
    assert "No law that was asserted sets a day here" in pages[1]
    assert "There is no document in this file." in pages[2]


def test_a_very_long_message_is_cut_with_a_word_about_it() -> None:
    long = case(exhibit(0, text=CaseText(body="word " * 60_000)))
    pages = [plain(page) for page in read(case_bundle_pdf(long)).pages]
    assert "The original has all of it." in pages[-1]
    assert len(pages) < 60


def test_a_long_title_stays_on_its_line() -> None:
    long = case(exhibit(0, title="A title " * 30, pdf=foreign.pdf_of("a", "b")))
    text = plain(read(case_bundle_pdf(long)).pages[-1])
    assert "…" in text
    assert "page 2 of 2 of this exhibit" in text


def test_a_cell_holds_no_markup_and_no_second_line() -> None:
    made = case_bundle_pdf(case(
        facts=(("Name", "## A\tB\nC"), ("Empty", "")), notes=("## note", "- item", "__ sign"),
        history=(CaseStep("D", "W", "a\tb\nc"),)))
    text = "\n".join(plain(page) for page in read(made).pages)
    for line in ("## A B C", "## note", "- item", "__ sign", "a b c"):
        assert line in text


@pytest.mark.parametrize(("number", "label"), [
    (0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
def test_labels_go_on_after_z(number: int, label: str) -> None:
    assert label_of(number) == label


def test_what_no_font_draws_stands_by_its_number() -> None:
    assert writable("Grüße Ελλάδα Привет") == "Grüße Ελλάδα Привет"
    assert writable("a\N{SNOWMAN}b") == "a[U+2603]b"
    assert writable("e\u0301\u202e\x07\tx") == "é    x"


def test_twenty_exhibits_take_no_two_seconds() -> None:
    many = case(*(exhibit(number, pdf=foreign.pdf_of(*["page"] * 3)) for number in range(10)),
                *(exhibit(number, text=CaseText(body="line\n" * 200), ours=False)
                  for number in range(10, 20)))
    case_bundle_pdf(many)
    started = time.process_time()
    content = case_bundle_pdf(many)
    assert time.process_time() - started < 2.0
    assert len(read(content).pages) > 50


SECRET = ("I live at 100 Fictional Way, San Francisco, CA 94102; (415) 555-0142; "
          "avery.sample@example.com; born April 12, 1985; age 41; "
          "https://quickmail.example/people/avery-sample; Robin Helper; PO Box 0")


def secretive() -> CaseFile:
    """The same secrets in every corner of a case."""
    text = CaseText((("From", SECRET),), f"Dear desk,\n{SECRET}\nAvery Sample", (SECRET,))
    return case(
        exhibit(0, title=SECRET, about=(("Note", SECRET),), text=text, pdf=foreign.pdf_of("x")),
        exhibit(1, ours=False, text=text, quote=f"{SECRET}, and Maria Sample",
                about=(("From", SECRET),)),
        exhibit(2, ours=False, pdf=foreign.pdf_of(SECRET)),
        exhibit(3, ours=False, picture=pictures.screenshot("JPEG")),
        exhibit(4, left_out=SECRET),
        title=SECRET, facts=(("Who", SECRET),), asked=(SECRET,), standing=(("It", SECRET),),
        notes=(SECRET,), history=(CaseStep(SECRET, SECRET, SECRET),),
        dates=(CaseDate(SECRET, "soon", SECRET, SECRET),))


def test_the_copy_for_others_says_none_of_it_anywhere() -> None:
    content = case_bundle_pdf(redacted_case(secretive(), Redactor(VALUES)))
    assert leaks(content, VALUES) == ()
    text = "\n".join(plain(page) for page in read(content).pages)
    for gone in ("Fictional", "94102", "0142", "1985", "Helper", "Maria", "avery-sample"):
        assert gone not in text
    assert "Avery Sample" in text
    assert "[home address removed]" in text
    assert text.count(LEFT_OUT[:40]) == 1
    assert not any("/Subtype /Image" in str(page) for page in read(content).pages)


def test_the_complete_copy_says_all_of_it_and_the_search_finds_that() -> None:
    assert set(leaks(case_bundle_pdf(secretive()), VALUES)) >= {
        "home address", "phone number", "private e-mail address", "date of birth",
        "link to a listing", "name of another person"}
