"""PDFs from outside: shown as they look, with nothing that acts; refused where they cannot be."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from optout.documents.foreign_drawing import CannotBeDrawn, Drawings
from optout.documents.foreign_pdf import foreign_pdf, rebuilt_pdf
from optout.domain.errors import InvalidInput
from tests.documents import foreign


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_page_is_shown_without_all_that_acts() -> None:
    original = foreign.acting_pdf()
    assert foreign.acting(original) >= {"/JS", "/Annots", "/AA", "/OpenAction", "/URI", "/XFA"}
    rebuilt = rebuilt_pdf(original)
    assert foreign.acting(rebuilt) == set()
    assert "It acts" in text_of(rebuilt)
    for gone in (b"tracker", b"payload", b"Somebody Else", b"evil"):
        assert gone not in rebuilt
    assert rebuilt_pdf(original) == rebuilt


@pytest.mark.parametrize(("degrees", "size"), [
    (0, (500, 300)), (90, (300, 500)), (180, (500, 300)), (270, (300, 500))])
def test_a_turned_page_is_shown_upright(degrees: int, size: tuple[int, int]) -> None:
    (page,) = PdfReader(BytesIO(rebuilt_pdf(foreign.turned_pdf(degrees)))).pages
    assert (page.mediabox.width, page.mediabox.height) == size
    assert page.rotation == 0
    assert page.extract_text().strip() == f"Turned by {degrees}"


def changed(**keys: Any) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Odd")))
    for key, value in keys.items():
        writer.pages[0][NameObject(f"/{key}")] = value
    return foreign.written(writer)


def box(*sides: float) -> ArrayObject:
    return ArrayObject(FloatObject(side) for side in sides)


@pytest.mark.parametrize(("content", "why"), [
    (foreign.locked_pdf(), "locked with a password"),
    (foreign.empty_pdf(), "no pages"),
    (foreign.pdf_of(*["x"] * 301), "more than 300 pages"),
    (foreign.endless_pdf(), "cannot be followed"),
    (b"%PDF-1.7\nnothing else", "damaged"),
    (foreign.pdf_of("cut")[:300], "damaged"),
    (changed(MediaBox=box(0, 0, 0, 0)), "no size"),
    (changed(MediaBox=box(0, 0, 1e7, 1e7)), "no size"),
    (changed(CropBox=box(700, 900, 800, 950)), "no size"),
    (changed(Rotate=TextStringObject("round")), "damaged"),
])
def test_what_cannot_be_shown_is_said_and_not_tried(content: bytes, why: str) -> None:
    found = foreign_pdf(content)
    assert found.pages == ()
    assert why in found.unreadable
    with pytest.raises(InvalidInput, match=why):
        rebuilt_pdf(content)


def test_a_part_of_a_page_is_all_that_is_shown() -> None:
    (page,) = foreign_pdf(changed(CropBox=box(100, 400, 300, 700))).pages
    assert page.box == (100.0, 400.0, 300.0, 700.0)
    (page,) = foreign_pdf(changed(CropBox=box(-50, -50, 5000, 5000))).pages
    assert page.size == (612.0, 792.0)


def test_a_page_without_a_size_is_taken_for_us_letter_and_one_without_content_is_empty() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Bare")))
    page = writer.pages[0]
    for key in ("/MediaBox", "/Contents", "/Resources"):
        del page[key]
    (found,) = foreign_pdf(foreign.written(writer)).pages
    assert found.size == (612.0, 792.0)
    assert not text_of(rebuilt_pdf(foreign.written(writer))).strip()


def test_what_a_page_draws_with_may_have_any_name() -> None:
    """Names of fonts and glyphs are free: `/A` there is no action."""
    glyph = StreamObject.initialize_from_dictionary(
        {"__streamdata__": b"600 0 0 0 500 700 d1 0 0 500 700 re f"})
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Odd")))
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type3"),
        NameObject("/FontBBox"): box(0, 0, 600, 700),
        NameObject("/FontMatrix"): box(.001, 0, 0, .001, 0, 0),
        NameObject("/CharProcs"): DictionaryObject({
            NameObject("/A"): writer._add_object(glyph)}),
        NameObject("/Encoding"): DictionaryObject({
            NameObject("/Differences"): ArrayObject([NumberObject(65), NameObject("/A")])}),
        NameObject("/FirstChar"): NumberObject(65), NameObject("/LastChar"): NumberObject(65),
        NameObject("/Widths"): ArrayObject([NumberObject(600)])})
    page = writer.pages[0]
    resources: Any = page["/Resources"]
    resources[NameObject("/Font")] = DictionaryObject({NameObject("/AA"): font})
    page[NameObject("/Contents")] = writer._add_object(StreamObject.initialize_from_dictionary(
        {"__streamdata__": b"BT /AA 20 Tf 72 700 Td (A) Tj ET"}))
    (shown,) = PdfReader(BytesIO(rebuilt_pdf(foreign.written(writer)))).pages
    drawing: Any = shown["/Resources"]
    fonts = drawing["/XObject"]["/Exhibit"]["/Resources"]["/Font"]
    assert fonts["/AA"]["/CharProcs"]["/A"].get_data() == glyph.get_data()


def test_what_is_not_there_or_no_page_is_passed_over() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("There")))
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/ColorSpace")] = writer._add_object(ArrayObject([NumberObject(1)]))
    resources[NameObject("/Shading")] = IndirectObject(9999, 0, writer)
    tree: Any = writer.root_object["/Pages"]
    tree["/Kids"].append(NumberObject(7))
    content = foreign.written(writer)
    assert len(foreign_pdf(content).pages) == 1
    (page,) = PdfReader(BytesIO(rebuilt_pdf(content))).pages
    drawn: Any = page["/Resources"]
    assert drawn["/XObject"]["/Exhibit"]["/Resources"]["/ColorSpace"] == [1]


def test_a_wide_tree_of_nothing_is_not_followed_to_its_end() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("There")))
    empty = ArrayObject([NumberObject(7)] * 299)
    tree: Any = writer.root_object["/Pages"]
    for _ in range(22):
        tree["/Kids"].insert(0, writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Pages"), NameObject("/Kids"): empty})))
    assert "cannot be followed" in foreign_pdf(foreign.written(writer)).unreadable


def test_one_page_bound_in_many_times_over_is_too_long_a_file() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Again")))
    tree: Any = writer.root_object["/Pages"]
    again = ArrayObject([tree["/Kids"][0]] * 200)
    for _ in range(2):
        tree["/Kids"].append(writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Pages"), NameObject("/Kids"): again})))
    assert "more than 300 pages" in foreign_pdf(foreign.written(writer)).unreadable


def test_actions_hidden_in_what_a_page_draws_with_stay_behind() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Quiet")))
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                               NameObject("/JS"): TextStringObject("app.alert(1)")})
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/ExtGState")] = DictionaryObject({
        NameObject("/G"): DictionaryObject({NameObject("/AA"): action,
                                            NameObject("/ca"): FloatObject(1)})})
    content = foreign.written(writer)
    assert "/JS" in foreign.acting(content)
    assert foreign.acting(rebuilt_pdf(content)) == set()


def test_content_in_several_pieces_is_joined() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Whole")))
    page = writer.pages[0]
    more = StreamObject.initialize_from_dictionary(
        {"__streamdata__": b"BT /F1 12 Tf 72 600 Td (in pieces) Tj ET"})
    page[NameObject("/Contents")] = ArrayObject(
        [page.raw_get("/Contents"), writer._add_object(more)])
    shown = text_of(rebuilt_pdf(foreign.written(writer)))
    assert "Whole" in shown
    assert "in pieces" in shown


def test_too_much_content_in_pieces_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optout.documents.foreign_drawing._MOST_CONTENT", 10)
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Whole")))
    page = writer.pages[0]
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents")] * 2)
    assert "too large" in foreign_pdf(foreign.written(writer)).unreadable


def test_a_drawing_that_contains_itself_is_taken_over_once() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Round")))
    inner = StreamObject.initialize_from_dictionary({
        "__streamdata__": b"/Self Do", NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): box(0, 0, 10, 10)})
    reference = writer._add_object(inner)
    inner[NameObject("/Resources")] = DictionaryObject({
        NameObject("/XObject"): DictionaryObject({NameObject("/Self"): reference})})
    inner[NameObject("/F")] = TextStringObject("another-file")
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = DictionaryObject({
        NameObject("/Self"): reference, NameObject("/Gone"): NullObject()})
    rebuilt = rebuilt_pdf(foreign.written(writer))
    assert b"another-file" not in rebuilt
    assert "Round" in text_of(rebuilt)


def test_what_is_nested_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = ArrayObject()
    for _ in range(80):
        nested = ArrayObject([nested])
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Deep")))
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/Pattern")] = nested
    assert "cannot be followed" in foreign_pdf(foreign.written(writer)).unreadable
    monkeypatch.setattr("optout.documents.foreign_drawing._MOST_OBJECTS", 3)
    page = foreign_pdf(foreign.pdf_of("Many"))
    assert "cannot be followed" in page.unreadable
    with pytest.raises(CannotBeDrawn):
        Drawings(PdfWriter()).draw(
            _page(), PdfWriter().add_blank_page(100, 100), (0, 0, 100, 100))


def _page() -> Any:
    from optout.documents.foreign_drawing import ForeignPage

    many = DictionaryObject({NameObject("/Font"): ArrayObject(
        NumberObject(number) for number in range(9))})
    return ForeignPage(None, many, (0, 0, 100, 100), 0)
