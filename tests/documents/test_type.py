"""The type: whole alphabets, a common subset that is reused, lines that lose nothing."""

from __future__ import annotations

import hashlib
import unicodedata
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from optout.documents.clean import clean
from optout.documents.lines import bind, broken, text_width
from optout.documents.typeface import FACES, FOLDER, REGULAR, font
from optout.domain.errors import UnwritableText
from tests.documents.reading import words_of

ALPHABETS = {
    "latin": [*range(0xA1, 0xAD), *range(0xAE, 0x149), *range(0x14A, 0x180)],
    "vietnamese": range(0x1EA0, 0x1EFA),
    "greek": [code for code in range(0x386, 0x3CF) if unicodedata.name(chr(code), "")],
    "greek polytonic": [code for code in range(0x1F00, 0x1FFF)
                        if unicodedata.category(chr(code)) in {"Ll", "Lu", "Lt"}
                        and unicodedata.is_normalized("NFC", chr(code))],
    "cyrillic": range(0x400, 0x460),
    "marks": [0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C,
              0x31B, 0x323, 0x326, 0x327, 0x328],
    "signs": [*map(ord, "–—‘’“”„‚«»‹›…•·§¶©®™°×€£¥№−‑")],
}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("name", ALPHABETS)
def test_every_face_writes_the_whole_alphabet(face: str, name: str) -> None:
    assert font(face).lacks("".join(map(chr, ALPHABETS[name]))) == set()


def test_the_fonts_are_the_ones_that_the_note_of_origin_lists() -> None:
    note = (FOLDER / "ORIGIN.md").read_text("utf-8")
    for face in FACES:
        digest = hashlib.sha256((FOLDER / f"{face}.ttf").read_bytes()).hexdigest()
        assert f"| `{face}.ttf` | `{digest}` |" in note
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")


def pdf_with(text: str) -> bytes:
    out = BytesIO()
    font(REGULAR)
    canvas = Canvas(out, invariant=1, initialFontName=REGULAR)  # type: ignore[arg-type]  # the stubs take it for a number
    canvas.setFont(REGULAR, 4)
    for index in range(0, len(text), 60):
        canvas.drawString(20, 800 - index / 12, text[index:index + 60])
    canvas.save()
    return out.getvalue()


def test_more_characters_than_one_subset_holds_all_come_back_out() -> None:
    letters = "".join(map(chr, (*ALPHABETS["cyrillic"], *ALPHABETS["vietnamese"],
                                *ALPHABETS["greek"], *ALPHABETS["latin"])))
    assert words_of(pdf_with(letters)).replace(" ", "") == letters


def test_a_document_does_not_remember_another() -> None:
    plain = pdf_with("Avery Sample")
    pdf_with("Nguyễn Їжакевич")
    assert pdf_with("Avery Sample") == plain


def test_widths_are_those_of_the_canvas() -> None:
    for text in ("Hello, “world” – 45 days", "Nguyễn Thị Ánh"):
        assert text_width(REGULAR, 10.5, text) == pytest.approx(
            font(REGULAR).stringWidth(text, 10.5))


WORDS = st.text(st.characters(codec="latin-1", categories=("L", "N", "P")), max_size=90)


@given(st.lists(WORDS, max_size=40), st.integers(60, 500))
@example([":0000000ADÐ@"], 60)
def test_lines_lose_nothing_and_never_exceed_their_width(words: list[str], width: int) -> None:
    text = " ".join(filter(None, (word.replace("\xad", "") for word in words)))
    lines = broken(REGULAR, 10.0, text, float(width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line in bind(text) for line in lines)
    assert all(text_width(REGULAR, 10.0, line) <= width + 0.01 for line in lines)


def test_the_pieces_of_a_long_word_are_never_parted_by_a_space() -> None:
    assert broken(REGULAR, 10.0, "aaaaaaaaaa-ia-iiiiiiiii aaa", 44.0) == (
        "aaaaaaaaa", "a-ia-", "iiiiiiiii aaa")
    for number in range(1, 40):
        word = "-".join("W" * (place % number) for place in range(12))
        assert "".join(broken(REGULAR, 10.0, word, 60.0)) == word


def test_two_documents_can_be_written_side_by_side() -> None:
    outs = BytesIO(), BytesIO()
    font(REGULAR)
    canvases = [Canvas(out, invariant=1, initialFontName=REGULAR) for out in outs]  # type: ignore[arg-type]  # the stubs take it for a number
    for text in ("Avery", "Nguyễn", "Їжак"):
        for canvas in canvases:
            canvas.setFont(REGULAR, 10)
            canvas.drawString(20, 700 - 20 * len(text), text)
    for canvas in canvases:
        canvas.save()
    assert outs[0].getvalue() == outs[1].getvalue()
    assert {"Avery", "Nguyễn", "Їжак"} == set(words_of(outs[0].getvalue()).split())


def test_a_long_address_breaks_after_a_slash() -> None:
    url = "https://www.example.com/people/avery-sample/san-francisco/california/12345"
    lines = broken(REGULAR, 10.0, url, 150.0)
    assert "".join(lines) == url
    assert all(line[-1] in "/-.:" for line in lines[:-1])


@pytest.mark.parametrize(("text", "bound"), [
    ("see § 1681 there", "see §\xa01681 there"), ("Art. 17", "Art.\xa017"),
    ("in 45 days", "in 45\xa0days"), ("15 business days", "15\xa0business days"),
    ("PO Box 0", "PO Box\xa00"), ("RCW 19.373", "RCW\xa019.373"),
    ("N.J.S.A. 56:8-166.7", "N.J.S.A.\xa056:8-166.7"), ("subd. 4(k)", "subd.\xa04(k)"),
    ("Conn. Gen. Stat. § 42", "Conn. Gen. Stat.\xa0§\xa042"), ("Article 17", "Article\xa017"),
    ("the act of 7", "the act of 7"), ("an art 7", "an art 7"), ("day 5 of", "day 5 of")])
def test_no_break_spaces_stand_where_a_line_must_not_end(text: str, bound: str) -> None:
    assert bind(text) == bound


@given(st.text(max_size=60))
def test_cleaned_text_is_one_line_composed_and_steady(text: str) -> None:
    if any(unicodedata.category(c) in {"Cc", "Co", "Cn", "Cs"} and not c.isspace()
           for c in unicodedata.normalize("NFC", text)):
        with pytest.raises(UnwritableText):
            clean(text)
        return
    made = clean(text)
    assert made == clean(made) == made.strip()
    assert "\n" not in made
    assert "\t" not in made
    assert unicodedata.is_normalized("NFC", made)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn", "Cs"} for c in made)
