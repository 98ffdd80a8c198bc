"""The letter on paper: in the window, whole, in every script that the fonts know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optout.documents.eml import letter_text
from optout.documents.geometry import A4, PAPERS, US_LETTER, Paper
from optout.documents.letter_pdf import letter_pdf
from optout.documents.order import LetterOrder
from optout.documents.words import compose_letter
from optout.domain.document import Letter
from optout.domain.errors import UnwritableText
from tests.documents.orders import ORDERS, changed
from tests.documents.reading import lines_of, picture, reader, touches, within, words_of

MOST_BYTES = 40_000
CALIFORNIA = compose_letter(ORDERS["california"])
SEVEN_LINES = ("Example Data Holdings, Inc.", "Attn: Privacy Requests", "Example Tower",
               "100 Example Plaza", "Suite 400, Mail Stop 7", "Sacramento, CA 95814",
               "UNITED STATES OF AMERICA")


def paper_of(letter: Letter) -> Paper:
    return PAPERS[letter.page]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_every_kind_fits_one_page_and_is_small(order: LetterOrder) -> None:
    pdf = letter_pdf(compose_letter(order))
    assert len(reader(pdf).pages) == 1
    assert len(pdf) < MOST_BYTES


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_words_on_paper_are_the_words_of_the_e_mail(order: LetterOrder) -> None:
    letter = compose_letter(order)
    on_paper = words_of(letter_pdf(letter))
    numberless = on_paper.replace("– ", "")
    for paragraph in letter.paragraphs:
        for line in paragraph.removeprefix("- ").split("\n"):
            if "\t" not in line:
                assert line.replace("– ", "") in numberless
    for word in letter_text(letter).split():
        assert word in on_paper or word == "-"


@pytest.mark.parametrize("paper", [US_LETTER, A4], ids=lambda paper: paper.name)
@pytest.mark.parametrize("count", [3, 4, 5, 6, 7])
def test_the_address_stands_in_the_window_and_nothing_else_does(paper: Paper, count: int) -> None:
    letter = replace(CALIFORNIA, page=paper.name, recipient=SEVEN_LINES[:count])
    lines = lines_of(letter_pdf(letter), paper)
    seen = [line for line in lines if line.page == 1 and touches(line.box, paper.window)]
    assert [line.text for line in seen] == list(SEVEN_LINES[:count])
    assert all(within(line.box, paper.window) for line in seen)


@pytest.mark.parametrize(("paper", "count"), [(US_LETTER, 3), (A4, 5)],
                         ids=lambda value: getattr(value, "name", value))
def test_a_short_address_shows_whole_however_the_sheet_slides(paper: Paper, count: int) -> None:
    letter = replace(CALIFORNIA, page=paper.name, recipient=SEVEN_LINES[:count])
    lines = lines_of(letter_pdf(letter), paper)
    address = [line for line in lines if line.text in SEVEN_LINES]
    assert len(address) == count
    assert all(line.box.top >= paper.always.top for line in address)
    assert all(line.box.bottom <= paper.always.bottom for line in address)
    assert all(line.box.left >= paper.always.left + 3 for line in address)
    assert all(line.box.right <= paper.always.right for line in address)


def test_the_text_begins_below_the_fold_on_both_papers() -> None:
    for paper in (US_LETTER, A4):
        assert paper.first_line > paper.folds[0]
        assert paper.sender.bottom < paper.window.top


@pytest.mark.parametrize("paper", [US_LETTER, A4], ids=lambda paper: paper.name)
def test_fold_marks_and_text_are_where_they_should_be_in_the_picture(
    paper: Paper, tmp_path: Path
) -> None:
    width, height, pixels = picture(
        letter_pdf(replace(CALIFORNIA, page=paper.name)), tmp_path, dpi=100)
    def dark(left: float, top: float, right: float, bottom: float) -> bool:
        rows = range(round(top / paper.height * height), round(bottom / paper.height * height))
        columns = slice(round(left / paper.width * width), round(right / paper.width * width))
        return any(min(pixels[row * width:(row + 1) * width][columns]) < 0xC0 for row in rows)
    for fold in paper.folds:
        assert dark(4, fold - 0.6, 8, fold + 0.6)
    assert not dark(0, 0, 3.5, paper.height)
    assert not dark(paper.width - 15, 0, paper.width, paper.height)
    assert dark(paper.window.left, paper.window.top, paper.window.right, paper.window.bottom)
    assert not dark(9, paper.window.bottom, paper.width, paper.first_line)


def test_the_fonts_are_embedded_as_subsets() -> None:
    page: Any = reader(letter_pdf(CALIFORNIA)).pages[0]
    names = set()
    for reference in page["/Resources"]["/Font"].values():
        font = reference.get_object()
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
        names.add(font["/BaseFont"])
    assert names == {"/OPTOUA+OptoutText-Regular", "/OPTOUA+OptoutText-Bold"}


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    read: Any = reader(letter_pdf(CALIFORNIA))
    assert read.metadata.title == "Privacy request (reference OPT-7K3M9Q)"
    assert read.metadata.author == "Avery Sample"
    assert read.trailer["/Root"]["/Lang"] == "en"


def test_the_same_letter_gives_the_same_bytes_and_another_gives_others() -> None:
    assert letter_pdf(CALIFORNIA) == letter_pdf(CALIFORNIA)
    assert letter_pdf(CALIFORNIA) != letter_pdf(replace(CALIFORNIA, signature="Avery Other"))


@pytest.mark.parametrize("name", [
    "Nguyễn Thị Phương Ánh", "Łukasz Żółć", "Ștefan Țuțuianu", "Þórr Æðey", "Олександр Їжакевич",
    "Ђорђе Љубишић", "Αναστασία Ωραιοπούλου", "ᾌδων Ῥοδίτης", "Jürgen Groß", "Zoë “Z” O’Brien–Lee"])
def test_names_in_latin_cyrillic_and_greek_come_back_out(name: str) -> None:
    pdf = letter_pdf(compose_letter(changed(ORDERS["california"], person_name=name)))
    assert name in words_of(pdf)
    assert reader(pdf).metadata.author == name  # type: ignore[union-attr]  # it has metadata


def test_a_name_in_parts_is_composed() -> None:
    letter = compose_letter(changed(ORDERS["california"], person_name="Nguye\u0302\u0303n"))
    assert "Nguyễn" in words_of(letter_pdf(letter))


@pytest.mark.parametrize(("name", "character"), [
    ("สมชาย", "THAI CHARACTER SO SUA"), ("अनिता", "DEVANAGARI LETTER A"),
    ("Avery 🙂", "SLIGHTLY SMILING FACE")])
def test_a_character_without_shape_is_refused_by_its_name(name: str, character: str) -> None:
    letter = compose_letter(changed(ORDERS["california"], person_name=name))
    with pytest.raises(UnwritableText) as caught:
        letter_pdf(letter)
    assert character in caught.value.characters
    assert name not in str(caught.value)


def test_a_bare_control_or_direction_override_never_reaches_the_page() -> None:
    for character in ("\x07", "\N{RIGHT-TO-LEFT OVERRIDE}", "\x7f"):
        with pytest.raises(UnwritableText):
            letter_pdf(replace(CALIFORNIA, subject=f"a{character}b"))


HOSTILE = [
    "Acme <b Data", "</para>", "<para>&amp;&bogus;", "<img src='/etc/hostname'>", "{{ 7*7 }}",
    "%n%s %(x)s", "(((\\) Tj ET", "x" * 5_000, "word " * 2_000, "/" * 900, "-",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_is_only_text(text: str) -> None:
    order = changed(ORDERS["california"], broker_name=text, person_name=text,
                    covers_names=(text,), recipient_lines=(text, text),
                    sender_lines=(text,), reply_email=f"a@{'b' * 300}.example")
    pdf = letter_pdf(compose_letter(order))
    on_paper = words_of(pdf).replace(" ", "")
    assert on_paper.count(" ".join(text.split()).replace(" ", "")[:40]) >= 3
    for line in lines_of(pdf, US_LETTER):
        assert line.box.right <= US_LETTER.width - US_LETTER.right + 0.5
        assert line.box.bottom <= US_LETTER.height


def test_a_sheet_whose_address_fits_no_window_loses_nothing() -> None:
    lines = tuple(f"Line {number} of a very long address" for number in range(12))
    letter = replace(CALIFORNIA, recipient=lines)
    pdf = letter_pdf(letter)
    assert all(line in words_of(pdf) for line in lines)
    boxes = [line.box for line in lines_of(pdf, US_LETTER) if line.text in lines]
    assert not all(within(box, US_LETTER.window) for box in boxes)


def test_long_lines_of_an_address_are_wrapped_inside_the_window() -> None:
    name = "The Extraordinarily Long Example Data and Information Services Company, LLC"
    letter = replace(CALIFORNIA, recipient=(name, *SEVEN_LINES[3:6]))
    lines = lines_of(letter_pdf(letter), US_LETTER)
    seen = [line for line in lines if touches(line.box, US_LETTER.window)]
    assert " ".join(line.text for line in seen[:2]) == name
    assert all(within(line.box, US_LETTER.window) for line in seen)


def long_letter(paragraphs: int) -> Letter:
    sentence = "This sentence stands here to make the letter long enough for two pages. "
    return replace(CALIFORNIA, paragraphs=tuple(
        f"{number}: {sentence * 5}".strip() for number in range(paragraphs)))


def test_two_pages_are_numbered_and_one_is_not() -> None:
    two = lines_of(letter_pdf(long_letter(11)), US_LETTER)
    assert [line.text for line in two if "page" in line.text and "of 2" in line.text] == [
        "OPT-7K3M9Q · page 1 of 2", "OPT-7K3M9Q · page 2 of 2"]
    assert not any("page 1" in line.text for line in lines_of(letter_pdf(CALIFORNIA), US_LETTER))


@pytest.mark.parametrize("count", range(8, 20))
def test_no_line_of_a_paragraph_stands_alone_and_the_signature_never_does(count: int) -> None:
    letter = long_letter(count)
    lines = [line for line in lines_of(letter_pdf(letter), US_LETTER)
             if "· page" not in line.text]
    by_page = {page: [line.text for line in lines if line.page == page]
               for page in {line.page for line in lines}}
    last = by_page[max(by_page)]
    assert letter.signature in last
    if len(by_page) > 1:
        assert last.index(letter.closing) >= 2
        for page in sorted(by_page)[:-1]:
            # The last line on the page is at least the second of its paragraph.
            starts = [index for index, text in enumerate(by_page[page])
                      if text.partition(":")[0].isdigit()]
            assert len(by_page[page]) - max(starts) != 1


def test_a_letter_a_few_lines_too_long_is_set_tighter_instead_of_running_over() -> None:
    pages = [len(reader(letter_pdf(long_letter(count))).pages) for count in range(1, 12)]
    assert pages == sorted(pages)
    sizes = {count: min(line.box.bottom - line.box.top
                        for line in lines_of(letter_pdf(long_letter(count)), US_LETTER))
             for count in (1, pages.count(1))}
    assert sizes[pages.count(1)] <= sizes[1]


def test_every_line_of_a_sentence_with_a_section_sign_keeps_its_number() -> None:
    letter = replace(CALIFORNIA, paragraphs=tuple(
        f"{'x' * length} under § 1681 and Art. 17 within 45 days" for length in range(40, 90, 3)))
    for line in lines_of(letter_pdf(letter), US_LETTER):
        assert not line.text.endswith(("§", "Art.", " 45"))
