"""Names and addresses beyond Latin, Cyrillic and Greek: shaped, ordered, embedded, copied out."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optout.documents import script_files
from optout.documents.letter_pdf import letter_pdf
from optout.documents.lines import broken, text_width
from optout.documents.script_files import VENDORED_FILES, own_files
from optout.documents.script_font import script_font
from optout.documents.script_line import ScriptLine, set_line
from optout.documents.typeface import BOLD, FOLDER, REGULAR, font
from optout.documents.words import compose_letter
from optout.domain.errors import InvalidFile, UnwritableText
from optout.services.desk import Library
from optout.settings import Settings
from tests.documents.font_files import make_font
from tests.documents.orders import ORDERS
from tests.documents.reading import reader

CALIFORNIA = compose_letter(ORDERS["california"])
THAI = "สมชาย"
NAMES = {
    "arabic": "محمد علي الحسن", "persian": "پریسا گلچین", "urdu": "ٹیپو ڈار",
    "hebrew": "דוד כהן", "chinese": "王芳", "traditional": "陳國強", "korean": "김민수",
    "japanese": "山田 花子", "kana": "サンプル たろう",
}


@pytest.fixture(autouse=True)
def _no_own_fonts() -> Iterator[None]:
    """Each test begins and ends without a data folder."""
    script_files._Own.folder = None
    yield
    script_files._Own.folder = None


def with_name(name: str) -> bytes:
    return letter_pdf(replace(CALIFORNIA, signature=name, sender=(name, *CALIFORNIA.sender[1:])))


def by_poppler(pdf: bytes, folder: Path) -> str:
    """The text as poppler gives it, without its marks of direction."""
    if shutil.which("pdftotext") is None:
        pytest.skip("there is no pdftotext on this machine")
    (folder / "a.pdf").write_bytes(pdf)
    found = subprocess.run(["pdftotext", folder / "a.pdf", "-"], check=True, capture_output=True)
    return re.sub("[\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}"
                  "\N{POP DIRECTIONAL FORMATTING}]", "", found.stdout.decode())


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_another_script_copies_out_as_it_was_written(name: str, tmp_path: Path) -> None:
    pdf = with_name(name)
    assert by_poppler(pdf, tmp_path).count(name) == 2
    assert reader(pdf).pages[0].extract_text().count(name) == 2
    assert reader(pdf).metadata.author == name  # type: ignore[union-attr]  # it has metadata


def test_a_line_of_two_scripts_copies_out_in_reading_order(tmp_path: Path) -> None:
    pdf = letter_pdf(replace(CALIFORNIA, recipient=(
        "Example Data محمد علي Inc.", "רחוב הרצל 12", "東京都千代田区1-2-3, Japan")))
    for text in (by_poppler(pdf, tmp_path), reader(pdf).pages[0].extract_text()):
        assert "Example Data محمد علي Inc.".replace(" ", "") in text.replace(" ", "")
        assert "רחוב הרצל" in text
        assert "東京都千代田区1-2-3, Japan" in text


def test_every_face_beyond_the_text_face_is_embedded() -> None:
    page: Any = reader(with_name("محمد דוד 王")).pages[0]
    fonts = [reference.get_object() for reference in page["/Resources"]["/Font"].values()]
    assert all("/FontFile2" in one["/FontDescriptor"] and "/ToUnicode" in one for one in fonts)
    assert {one["/BaseFont"].partition("+")[2] for one in fonts} == {
        "OptoutText-Regular", "OptoutText-Bold", "OptoutArabic-Regular", "OptoutArabic-Bold",
        "OptoutHebrew-Regular", "OptoutHebrew-Bold", "OptoutCJK-Regular"}


def test_letters_of_arabic_join_and_run_left() -> None:
    regular = font(REGULAR)
    joined = set_line(regular, "محمد")
    (piece,) = joined.pieces
    alone = [set_line(regular, letter).pieces[0].glyphs[0].number for letter in "محمد"]
    assert [glyph.text for glyph in piece.glyphs] == list("دمحم")
    assert [glyph.number for glyph in piece.glyphs] != alone[::-1]


def test_brackets_and_digits_in_a_line_that_runs_left_stand_as_they_are_read() -> None:
    line = set_line(font(REGULAR), "דוד (12)")
    assert "".join(piece.text or "#" for piece in line.pieces) == "(12) #"


def test_points_stand_above_and_below_their_letters() -> None:
    (piece,) = set_line(font(REGULAR), "שָׁלוֹם").pieces
    assert any(glyph.advance == 0 and glyph.right for glyph in piece.glyphs)
    assert "".join(glyph.text for glyph in reversed(piece.glyphs)) == "שָׁלוֹם"


def test_a_lone_mark_before_any_letter_is_set_too() -> None:
    assert set_line(font(REGULAR), "\N{ARABIC FATHA}").pieces[0].font is not None


def test_bold_type_takes_the_bold_font_where_there_is_one() -> None:
    def names(face: str, text: str) -> set[str]:
        return {piece.font.file.name for piece in set_line(font(face), text).pieces if piece.font}

    assert names(REGULAR, "دוד王") == {
        "OptoutHebrew-Regular", "OptoutArabic-Regular", "OptoutCJK-Regular"}
    assert names(BOLD, "دוד王") == {
        "OptoutHebrew-Bold", "OptoutArabic-Bold", "OptoutCJK-Regular"}


@pytest.mark.parametrize("text", [
    "שלום עולם " * 30, "王芳住在北京市朝阳区示例路" * 12, "My name is محمد علي and " * 12,
    "서울특별시 종로구 예시로 12 " * 9])
@pytest.mark.parametrize("width", [90.0, 300.0])
def test_lines_of_every_script_lose_nothing_and_keep_their_width(text: str, width: float) -> None:
    lines = broken(REGULAR, 10.0, text.strip(), width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert isinstance(line, ScriptLine) or font(REGULAR).is_plain(line)
        assert text_width(REGULAR, 10.0, line) <= width + 0.01
        assert font(REGULAR).stringWidth(line, 10.0) == pytest.approx(
            text_width(REGULAR, 10.0, line))


def test_text_that_was_not_broken_is_set_as_well() -> None:
    line = set_line(font(REGULAR), "12 דוד")
    assert text_width(REGULAR, 10.0, "12 דוד") == pytest.approx(line.width / 100)
    assert font(REGULAR).stringWidth("12 דוד", 10.0) == pytest.approx(line.width / 100)
    pdf = letter_pdf(replace(CALIFORNIA, reference="דוד-1"))
    assert "דוד" in reader(pdf).pages[0].extract_text()


def test_a_letter_in_latin_is_the_same_before_and_after_others() -> None:
    first = letter_pdf(CALIFORNIA)
    arabic = with_name("محمد")
    with_name("王芳 Їжакевич Nguyễn")
    assert letter_pdf(CALIFORNIA) == first
    assert with_name("محمد") == arabic


def test_more_glyphs_than_one_subset_holds_all_come_back_out() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    text = reader(letter_pdf(replace(CALIFORNIA, paragraphs=(letters,)))).pages[0].extract_text()
    assert letters in text.replace("\n", "")


def test_the_vendored_fonts_are_the_ones_that_the_note_of_origin_lists() -> None:
    note = (FOLDER / "ORIGIN.md").read_text("utf-8")
    for file in VENDORED_FILES:
        assert file.path.name in note
    assert {file.path.name for file in VENDORED_FILES} == {
        path.name for path in FOLDER.glob("*.ttf") if not path.name.startswith("OptoutText")}
    assert "Google LLC" in (FOLDER / "OFL-Noto.txt").read_text("utf-8")
    assert "Apache License" in (FOLDER / "APACHE.txt").read_text("utf-8")


ALPHABETS = {
    "arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي٠١٢٣٤٥٦٧٨٩،؛؟", "persian": "پچژکگی۰۱۲۳۴۵۶۷۸۹",
    "urdu": "ٹڈڑںھہے", "hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת־׳״",
    "kana": "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7)))),
    "hangul": "".join(map(chr, range(0xAC00, 0xD7A4))),
    "ideographs": "".join(map(chr, range(0x4E00, 0x9FA6))), "signs": "、。「」・ー（）〒",
}


@pytest.mark.parametrize("name", ALPHABETS)
@pytest.mark.parametrize("face", [REGULAR, BOLD])
def test_every_face_has_the_whole_alphabet_of_each_script(face: str, name: str) -> None:
    assert font(face).lacks(ALPHABETS[name]) == set()


def test_a_script_that_no_font_writes_is_refused_by_name_with_the_remedy() -> None:
    with pytest.raises(UnwritableText, match="folder “fonts” of your data folder") as caught:
        with_name(THAI)
    assert "THAI CHARACTER SO SUA" in caught.value.characters
    assert THAI not in str(caught.value)


def test_a_font_file_of_the_person_writes_what_the_vendored_ones_lack(tmp_path: Path) -> None:
    make_font(tmp_path / "fonts" / "Thai.ttf", THAI)
    (tmp_path / "fonts" / "README.txt").write_text("no font", "utf-8")
    Library(Settings(tmp_path))
    pdf = with_name(THAI)
    page: Any = reader(pdf).pages[0]
    assert page.extract_text().count(THAI) == 2
    assert any("OwnFont-1" in reference.get_object()["/BaseFont"]
               for reference in page["/Resources"]["/Font"].values())


def test_of_two_own_files_the_bold_one_serves_bold_type(tmp_path: Path) -> None:
    script_files.look_in(tmp_path)
    assert own_files() == ()
    make_font(tmp_path / "fonts" / "Thai-Bold.ttf", THAI, wide=900)
    make_font(tmp_path / "fonts" / "Thai.TTF", THAI)
    assert set_line(font(BOLD), THAI).width == 900 * len(THAI)
    assert set_line(font(REGULAR), THAI).width == 600 * len(THAI)


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    script_files.look_in(tmp_path)
    path = make_font(tmp_path / "fonts" / "a.ttf", "ก")
    assert font(REGULAR).lacks("กข") == {"ข"}
    path.unlink()
    make_font(path, "กขฃ")
    assert font(REGULAR).lacks("กข") == set()


def test_a_font_that_is_overwritten_serves_on_as_it_was(tmp_path: Path) -> None:
    """To map a file that somebody cuts short is to be ended by the system."""
    script_files.look_in(tmp_path)
    path = make_font(tmp_path / "fonts" / "a.ttf", THAI, wide=900)
    (file,) = own_files()
    serving = script_font(file)
    path.write_bytes(b"\0" * file.size)
    glyphs = serving.shaped(THAI, leftward=False)
    assert [glyph.width for glyph in glyphs] == [900.0] * len(THAI)
    assert serving._make_subset(0, glyphs).name.endswith("OwnFont-1")


@pytest.mark.parametrize(("making", "reason"), [
    ({"post_script": True}, "has PostScript outlines"), ({"rights": 2}, "forbids to be embedded")])
def test_an_own_font_that_cannot_serve_is_named_with_the_reason(
    making: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    script_files.look_in(tmp_path)
    make_font(tmp_path / "fonts" / "mine.otf", THAI, **making)
    with pytest.raises(InvalidFile, match=f"“mine.otf” {reason}") as caught:
        with_name(THAI)
    assert "remove this one" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"no font at all", b"\0\1\0\0" + b"\xff" * 300])
def test_a_file_that_is_no_font_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "broken.ttf").write_bytes(content)
    script_files.look_in(tmp_path)
    with pytest.raises(InvalidFile, match=r"“broken\.ttf”"):
        with_name(THAI)


def test_a_font_cut_short_is_named(tmp_path: Path) -> None:
    path = make_font(tmp_path / "fonts" / "short.ttf", THAI)
    path.write_bytes(path.read_bytes()[:-400])
    script_files.look_in(tmp_path)
    with pytest.raises(InvalidFile, match=r"“short\.ttf”"):
        with_name(THAI)


def test_letters_in_vendored_scripts_never_read_the_own_folder(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"x")
    script_files.look_in(tmp_path)
    assert with_name("محمد")


def test_a_font_is_read_once() -> None:
    assert script_font(VENDORED_FILES[0]) is script_font(VENDORED_FILES[0])
