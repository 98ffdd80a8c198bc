"""Labels: each address wholly on its own label, read back from the PDF."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from optout.documents.geometry import Box
from optout.documents.labels import CLEAR, LABEL_PAPERS, Label, LabelPaper, labels_pdf
from optout.domain.document_words import LabelSheet
from optout.domain.errors import InvalidInput, UnwritableText
from tests.documents.addresses import OTHER_SCRIPTS
from tests.documents.reading import Line, lines_of, reader, within

INCH = 25.4
SHORT = ("Post Holdings, Inc.", "1 Invented Plaza", "Albany, NY 12207")
LONG = ("The Extraordinarily Long Name of a Holding Company, Incorporated", "c/o Privacy Team",
        "Building Seven of the Invented Industrial Park, Suite 400", "1 Invented Plaza",
        "Albany, NY 12207")


def label(number: int, lines: tuple[str, ...] = SHORT) -> Label:
    return Label(f"OPT-{number}", (f"{number} {lines[0]}", *lines[1:]))


def box_of(paper: LabelPaper, place: int) -> Box:
    """What of a label may be printed on."""
    left, top = paper.corner(place)
    return Box(left + CLEAR - 0.1, top + CLEAR - 0.1, left + paper.width - CLEAR + 0.1,
               top + paper.height - CLEAR + 0.1)


def test_the_sheets_are_as_their_maker_cuts_them() -> None:
    us, a4 = LABEL_PAPERS[LabelSheet.AVERY_5160], LABEL_PAPERS[LabelSheet.L7160]
    assert (us.on_a_sheet, a4.on_a_sheet) == (30, 21)
    assert us.corner(0) == pytest.approx((3 / 16 * INCH, INCH / 2))
    assert us.corner(29) == pytest.approx((5.6875 * INCH, 9.5 * INCH))
    assert a4.corner(20) == pytest.approx((139.29, 15.15 + 6 * 38.1))
    for paper in (us, a4):  # the same margin at both sides, above and below
        left, top = paper.corner(paper.on_a_sheet - 1)
        assert paper.paper.width - left - paper.width == pytest.approx(paper.left, abs=0.02)
        assert paper.paper.height - top - paper.height == pytest.approx(paper.top, abs=0.02)


@pytest.mark.parametrize("sheet", LabelSheet)
@pytest.mark.parametrize("lines", [SHORT, LONG])
@pytest.mark.parametrize("skip", [0, 4])
def test_every_line_stands_on_its_own_label(
    sheet: LabelSheet, lines: tuple[str, ...], skip: int
) -> None:
    paper = LABEL_PAPERS[sheet]
    count = paper.on_a_sheet + 2
    pdf = labels_pdf([label(number, lines) for number in range(count)], sheet, skip=skip)
    assert len(reader(pdf).pages) == 2
    placed: dict[int, list[Line]] = {}
    for line in lines_of(pdf, paper.paper):
        place = next(place for place in range(paper.on_a_sheet)
                     if within(line.box, box_of(paper, place)))
        placed.setdefault((line.page - 1) * paper.on_a_sheet + place - skip, []).append(line)
    assert sorted(placed) == list(range(count))
    for number, found in placed.items():
        text = " ".join(line.text for line in found)
        assert "".join(text.split()) == "".join("".join(label(number, lines).lines).split())


def test_a_short_address_is_set_large_and_never_broken() -> None:
    paper = LABEL_PAPERS[LabelSheet.L7160]
    pdf = labels_pdf([Label("OPT-1", ("Spy Labs", "501 Union Street STE 545 PMB 29296"))],
                     LabelSheet.L7160)
    assert [line.text for line in lines_of(pdf, paper.paper)] == [
        "Spy Labs", "501 Union Street STE 545 PMB 29296"]


def test_the_same_labels_are_the_same_bytes_and_name_nobody_outside() -> None:
    once = labels_pdf([label(1)], LabelSheet.L7160)
    assert once == labels_pdf([label(1)], LabelSheet.L7160)
    metadata = reader(once).metadata
    assert metadata is not None
    assert metadata.title == "Address labels"
    assert isinstance(reader(once), PdfReader)


@pytest.mark.parametrize("skip", [-1, 21])
def test_no_more_can_be_skipped_than_there_are(skip: int) -> None:
    with pytest.raises(InvalidInput, match="has 21") as caught:
        labels_pdf([label(1)], LabelSheet.L7160, skip=skip)
    assert caught.value.field == "skip"


@pytest.mark.parametrize("sheet", LabelSheet)
def test_what_fits_no_label_is_said_in_its_place(sheet: LabelSheet) -> None:
    paper = LABEL_PAPERS[sheet]
    pdf = labels_pdf([label(1), label(77, LONG * 3), label(3)], sheet)
    placed = {place: " ".join(line.text for line in lines_of(pdf, paper.paper)
                              if within(line.box, box_of(paper, place))) for place in range(4)}
    assert placed == {
        0: " ".join(label(1).lines), 2: " ".join(label(3).lines), 3: "",
        1: "OPT-77: this address is too long for a label of this size. Write the envelope by "
           "hand."}


@pytest.mark.parametrize("sheet", LabelSheet)
@pytest.mark.parametrize("lines", OTHER_SCRIPTS)
def test_other_scripts_stand_on_their_label_and_copy_out(
    sheet: LabelSheet, lines: tuple[str, ...]
) -> None:
    paper = LABEL_PAPERS[sheet]
    pdf = labels_pdf([Label("OPT-1", lines)], sheet, skip=4)
    found = lines_of(pdf, paper.paper)
    assert len(found) >= len(lines)
    assert all(within(line.box, box_of(paper, 4)) for line in found)
    text = reader(pdf).pages[0].extract_text()
    assert sorted("".join(text.split())) == sorted("".join("".join(lines).split()))


def test_a_character_without_a_shape_is_named() -> None:
    with pytest.raises(UnwritableText, match="CUNEIFORM"):
        labels_pdf([Label("OPT-1", ("𒀀",))], LabelSheet.L7160)
