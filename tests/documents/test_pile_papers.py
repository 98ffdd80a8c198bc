"""The papers around a pile: manifest and mail list, read back from their PDFs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from optout.documents.geometry import A4, US_LETTER
from optout.documents.mail_list import mail_list_pdf
from optout.documents.manifest import manifest_pdf
from optout.documents.pile import LeftOut, PiledLetter
from optout.domain.document_words import Purpose
from optout.domain.errors import UnwritableText
from tests.documents.addresses import OTHER_SCRIPTS
from tests.documents.reading import lines_of, reader, words_of

DAY = date(2026, 11, 23)
ABROAD = ("Post GmbH", "Musterweg 5", "50667 Köln", "GERMANY")


def letter(number: int, *, pages: int = 1, country: str = "US") -> PiledLetter:
    return PiledLetter(
        document_id=f"D-{number}", reference=f"OPT-A{number:05}", name=f"Post {number}",
        recipient=ABROAD if country != "US" else (
            f"Post {number} Holdings, Inc.", "1 Invented Plaza", "Albany, NY 12207"),
        country=country, postal_code="12207", pages=pages, paper="letter")


def manifest(pile: list[PiledLetter], *, duplex: bool = False) -> bytes:
    return manifest_pdf(pile, day=DAY, home="US", page="letter", duplex=duplex)


def test_the_manifest_counts_letters_pages_and_sheets() -> None:
    pile = [letter(1, pages=3), letter(2), letter(3, pages=2)]
    text = words_of(manifest(pile))
    assert "3 letters on 6 sheets of paper" in text
    assert "Made on November 23, 2026" in text
    assert "on one side" in text
    rows = [line.text for line in lines_of(manifest(pile), US_LETTER)]
    for one in pile:
        assert one.reference in rows
        assert one.name in rows
    both = words_of(manifest(pile, duplex=True))
    assert "3 letters on 4 sheets of paper" in both
    assert "both sides" in both


def test_one_letter_is_not_called_letters() -> None:
    assert "1 letter on 1 sheet of paper" in words_of(manifest([letter(1)]))


def test_the_manifest_lists_what_is_to_be_added_to_which_letter() -> None:
    assert "No letter here needs anything added by hand." in words_of(manifest([letter(1)]))
    text = words_of(manifest([letter(1), replace(
        letter(2), enclosures=("signed authorization", "police report"))]))
    assert "No. 2, OPT-A00002: add signed authorization." in text
    assert "No. 2, OPT-A00002: add police report." in text
    assert "OPT-A00001: add" not in text
    assert "Nothing is marked as sent by printing it." in text


def test_paper_is_named_only_where_it_differs() -> None:
    one = manifest([letter(1)])
    both = manifest([letter(1), replace(letter(2), paper="a4")])
    assert "US Letter" not in words_of(one)
    assert {"US Letter", "A4"} <= {line.text for line in lines_of(both, US_LETTER)}


def test_a_long_manifest_repeats_its_head_and_loses_no_letter() -> None:
    pile = [letter(number) for number in range(1, 151)]
    made = manifest(pile)
    pages = [page.extract_text() for page in reader(made).pages]
    assert len(pages) > 2
    assert all("recipient" in page for page in pages[:-1])
    text = words_of(made)
    assert all(one.reference in text for one in pile)
    assert made == manifest(pile)


def test_the_list_numbers_every_letter_with_its_address_and_room_for_the_number() -> None:
    pile = [letter(number) for number in range(1, 41)]
    made = mail_list_pdf(pile, page="letter", home="US")
    lines = lines_of(made, US_LETTER)
    found = [int(line.text) for line in lines if line.text.isdecimal()]
    assert sorted(found) == list(range(1, 41))
    text = words_of(made)
    assert "Letters sent by certified mail" in text
    assert "registered" not in text
    for one in pile:
        assert f"1 Invented Plaza, Albany, NY 12207, {one.reference}" in text
    right = US_LETTER.width - US_LETTER.right
    widest = max(line.box.right for line in lines if "Holdings" in line.text)
    assert right - widest > 60, "millimetres beside each letter for its number"
    count = len(reader(made).pages)
    assert count > 2
    assert text.count("Letters on this list: 40") == count
    assert f"page {count} of {count}" in text
    assert made == mail_list_pdf(pile, page="letter", home="US")


@pytest.mark.parametrize(("home", "page", "titles"), [
    ("US", "letter", ["Letters sent by certified mail", "Letters sent by registered post"]),
    ("DE", "a4", ["Letters sent by registered post"])])
def test_certified_mail_does_not_leave_the_country(
    home: str, page: str, titles: list[str]
) -> None:
    pile = [letter(1), letter(2, country="DE")]
    made = mail_list_pdf(pile, page=page, home=home)
    texts = [sheet.extract_text() for sheet in reader(made).pages]
    assert len(texts) == len(titles)
    for text, title in zip(texts, titles, strict=True):
        assert title in text
    assert "GERMANY" in texts[-1]
    size = reader(made).pages[0].mediabox
    paper = US_LETTER if page == "letter" else A4
    assert float(size.width) * 25.4 / 72 == pytest.approx(paper.width, abs=0.1)


def test_a_long_name_is_bold_to_its_end() -> None:
    name = " ".join(["Extraordinarily Long Holdings"] * 4)
    made = mail_list_pdf([replace(letter(1), recipient=(name, "1 Invented Plaza"))],
                         page="letter", home="US")
    fonts = list[str]()
    reader(made).pages[0].extract_text(visitor_text=lambda text, _ctm, _tm, kind, _size: (
        fonts.append(str(kind["/BaseFont"])) if "Long" in text else None))
    assert len(fonts) > 1
    assert {name.rpartition("-")[2] for name in fonts} == {"Bold"}


def test_no_line_of_a_very_long_address_runs_off_the_page() -> None:
    pile = [letter(1), replace(letter(2), recipient=(
        "Post 2", *(f"Line number {number} of an address without an end" for number in range(200)),
        "Albany, NY 12207")), letter(3)]
    made = mail_list_pdf(pile, page="letter", home="US")
    text = words_of(made)
    assert set(map(str, range(200))) <= set(text.split())
    assert text.split().count("address") == 200
    bottom = US_LETTER.height - 12
    assert all(line.box.bottom < bottom for line in lines_of(made, US_LETTER))
    assert text.count("Letters on this list: 3") == len(reader(made).pages) > 2
    assert [line.text for line in lines_of(made, US_LETTER) if line.text in {"1", "2", "3"}] == [
        "1", "2", "3"]


@pytest.mark.parametrize("lines", OTHER_SCRIPTS)
def test_other_scripts_are_listed_and_the_reference_stays_beside_them(
    lines: tuple[str, ...]
) -> None:
    one = replace(letter(1), name=lines[0], recipient=lines, purpose=Purpose.COMPLAINT,
                  about=lines[0])
    for made in (mail_list_pdf([one], page="letter", home="US"), manifest([one])):
        text = words_of(made)
        assert all(word in text or word[::-1] in text
                   for word in re.findall(r"\w+", lines[0]))
        assert one.reference in text
        assert "complaint about" in text
    rows = [line.text for line in lines_of(
        mail_list_pdf([one], page="letter", home="US"), US_LETTER)]
    ends = [row for row in rows if one.reference in row]
    assert len(ends) == 1
    if lines[0][0] in "شח":
        assert ends[0].startswith(f"{one.reference}, complaint about"), "read from the left"


def test_what_a_later_letter_is_stands_beside_its_number() -> None:
    pile = [letter(1), replace(letter(2), purpose=Purpose.REMINDER),
            replace(letter(3), name="Sample Authority", purpose=Purpose.COMPLAINT, about="Post 3")]
    assert [one.title for one in pile] == [
        "OPT-A00001 · Post 1", "OPT-A00002 · reminder · Post 2",
        "OPT-A00003 · complaint about Post 3 · Sample Authority"]
    assert "what it is" not in words_of(manifest(pile[:1]))
    rows = [line.text for line in lines_of(manifest(pile), US_LETTER)]
    assert {"what it is", "request", "reminder", "complaint about Post 3"} <= set(rows)
    listed = words_of(mail_list_pdf(pile, page="letter", home="US"))
    assert "Albany, NY 12207, OPT-A00002, reminder" in listed
    assert "OPT-A00001, request" not in listed


def test_what_is_left_out_is_named_with_its_reason() -> None:
    out = [LeftOut("D1", "OPT-A00009", "Post 9", purpose, "It is over. Write it anew.")
           for purpose in (Purpose.APPEAL, Purpose.COMPLAINT)]
    text = words_of(manifest_pdf(
        [letter(1)], day=DAY, home="US", page="letter", left_out=out))
    assert "Written, but not in this pile:" in text
    assert "OPT-A00009, appeal (Post 9): It is over. Write it anew." in text
    assert "OPT-A00009, complaint about Post 9: It is over. Write it anew." in text
    assert "not in this pile" not in words_of(manifest([letter(1)]))


def test_a_character_without_a_shape_is_named() -> None:
    with pytest.raises(UnwritableText, match="CUNEIFORM"):
        mail_list_pdf([replace(letter(1), recipient=("𒀀", "x"))], page="letter", home="US")
