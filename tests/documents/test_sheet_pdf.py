"""A sheet: set on its paper, with boxes, lines and tables, and nothing in it lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from optout.documents.flow import Row
from optout.documents.geometry import A4, POINTS_PER_MM, US_LETTER, Paper
from optout.documents.sheet_flow import SheetSetting, blocks_of, pages_of
from optout.documents.sheet_pdf import FOR_READERS, sheet_pdf
from optout.documents.sheet_rows import Block, DrawnRow
from optout.documents.sheet_table import table_blocks
from optout.domain.document import Sheet
from optout.domain.errors import UnwritableText
from tests.documents.reading import lines_of, reader, words_of

SHEET = Sheet("", "en", "", "A form", (
    "First words.", "## To fill in", "Name\tAvery Sample\nAgent\t____________", "- One thing",
    "- A heading\nand what it says", "- [ ] Something to tick", "______",
    "__ Signature of Avery Sample\tDate", "Last words."))
SETTING = SheetSetting(size=10.0, leading=13.0, gap=6.0)
WIDTH = US_LETTER.text_width * POINTS_PER_MM


def rows_of(sheet: Sheet) -> list[DrawnRow]:
    return [row for block in blocks_of(sheet, SETTING, WIDTH) for row in block.rows
            if isinstance(row, DrawnRow)]


def texts(block: Block) -> list[str]:
    return [run.text for row in block.rows for run in row.runs]


def test_every_word_of_a_sheet_is_read_back() -> None:
    words = words_of(sheet_pdf(SHEET))
    for text in ("A form", "First words.", "To fill in", "Name", "Avery Sample", "One thing",
                 "A heading", "and what it says", "Something to tick",
                 "Signature of Avery Sample", "Date", "Last words."):
        assert text in words


@pytest.mark.parametrize(("page", "paper"), [("letter", US_LETTER), ("a4", A4)])
def test_it_is_printed_on_its_own_paper_within_the_margins(page: str, paper: Paper) -> None:
    long = replace(SHEET, page=page, paragraphs=("word " * 300, "x" * 400, *SHEET.paragraphs))
    pdf = sheet_pdf(long)
    box = reader(pdf).pages[0].mediabox
    assert (round(float(box.width) / POINTS_PER_MM, 1),
            round(float(box.height) / POINTS_PER_MM, 1)) == (paper.width, paper.height)
    for line in lines_of(pdf, paper):
        assert line.box.left >= paper.left - 0.5
        assert line.box.right <= paper.width - paper.right + 0.5


def test_lists_of_files_learn_the_title_and_nobodys_name() -> None:
    found = reader(sheet_pdf(SHEET))
    assert found.metadata is not None
    assert found.metadata.title == "A form"
    assert "Avery" not in repr(found.metadata)
    assert found.metadata.author in {None, "", "anonymous"}
    assert str(found.root_object["/Lang"]) == "en"
    titled = reader(sheet_pdf(SHEET, title="Another title")).metadata
    assert titled is not None
    assert titled.title == "Another title"


def test_the_same_sheet_has_the_same_bytes() -> None:
    assert sheet_pdf(SHEET) == sheet_pdf(replace(SHEET))


def test_a_page_number_stands_only_where_it_says_something() -> None:
    assert "page 1" not in words_of(sheet_pdf(SHEET))
    long = replace(SHEET, paragraphs=("Words. " * 120,) * 10)
    assert "page 1 of 3" in words_of(sheet_pdf(long))
    numbered = words_of(sheet_pdf(replace(SHEET, reference="OPT-7K3M9Q", mark="A MARK")))
    assert "OPT-7K3M9Q · page 1 of 1" in numbered
    assert numbered.count("A MARK") == 2


def test_what_fits_one_page_when_it_is_set_tighter_is() -> None:
    tight = replace(SHEET, paragraphs=("Some words that fill a line or so. " * 4,) * 19)
    assert len(reader(sheet_pdf(tight, FOR_READERS[:1])).pages) == 2
    assert len(reader(sheet_pdf(tight)).pages) == 1
    longer = replace(tight, paragraphs=tight.paragraphs * 3)
    assert sheet_pdf(longer) == sheet_pdf(longer, FOR_READERS[:1])


def test_there_are_squares_to_tick_and_lines_to_write_on() -> None:
    rows = rows_of(SHEET)
    assert sum(row.to_tick for row in rows) == 1
    write_on, sign = (row.rules for row in rows if row.rules)
    assert [(rule.start, round(rule.end)) for rule in write_on] == [(0.0, round(WIDTH))]
    assert len(sign) == 2
    assert sign[0].start == 0.0
    assert sign[0].end < sign[1].start < sign[1].end <= WIDTH + 0.01
    (alone,) = (row.rules for row in rows_of(replace(SHEET, paragraphs=("Words.", "__ From")))
                if row.rules)
    assert round(alone[0].end) == round(WIDTH)
    three = [row.rules for row in rows_of(replace(SHEET, paragraphs=("__ One\tTwo\tThree",)))
             if row.rules]
    assert [len(rules) for rules in three] == [3]
    assert all(rule.end - rule.start > 60 for rule in three[0])


def test_where_somebody_writes_by_hand_there_is_room() -> None:
    (block,) = [one for one in blocks_of(SHEET, SETTING, WIDTH) if "Agent" in texts(one)]
    name, agent = (row.height for row in block.rows[-2:])
    assert agent > name + 5


def test_a_long_label_goes_on_below_itself() -> None:
    label = "A label that is far too long for the narrow column in which labels stand here"
    (block,) = [one for one in blocks_of(
        replace(SHEET, paragraphs=(f"{label}\tvalue",)), SETTING, WIDTH) if "value" in texts(one)]
    assert len(block.rows) > 1
    assert " ".join(text for text in texts(block) if text != "value") == label


def test_what_announces_stays_with_what_it_announces() -> None:
    sheet = replace(SHEET, paragraphs=(
        "## Heading", "They go to:", "- first", "- second", "Sign:", "__ Name\tDate", "## End"))
    pieces = [texts(block) for block in blocks_of(sheet, SETTING, WIDTH)]
    assert pieces[1][:2] == ["Heading", "They go to:"]
    assert "first" in pieces[1]
    assert pieces[2][-1] == "second"
    assert pieces[3] == ["Sign:", "Name", "Date"]
    assert pieces[4] == ["End"]


def test_nobody_signs_on_a_page_without_what_is_signed() -> None:
    sheet = replace(SHEET, paragraphs=("Words.", "I promise it.", "__ Name\tDate"))
    assert texts(blocks_of(sheet, SETTING, WIDTH)[-1]) == ["I promise it.", "Name", "Date"]


def table(rows: int) -> str:
    body = "\n".join(f"Company {n}\tdelete; stop selling\tnothing yet" for n in range(rows))
    return f"Company\tAsked\tAnswer\n{body}"


def test_a_tables_head_stands_on_every_page() -> None:
    pages = reader(sheet_pdf(replace(SHEET, paragraphs=("Before.", table(120), "After.")))).pages
    assert len(pages) > 2
    words = [" ".join(page.extract_text().split()) for page in pages]
    assert all("Company Asked Answer" in page for page in words)
    assert sum(page.count("nothing yet") for page in words) == 120
    assert "After." in words[-1]


def test_a_table_that_begins_a_page_has_its_head_once() -> None:
    before = Block((Row((), 0.0, 630.0),))
    blocks = [before, *table_blocks([["A", "B"], ["x", "y"]], WIDTH, size=9.0, above=6.0)]
    first, second = pages_of(blocks, top=60.0, bottom=700.0)
    assert len(first) == 1
    assert [run.text for placed in second for run in placed.row.runs] == ["A", "B", "x", "y"]


def test_a_line_of_a_table_is_not_divided_by_a_page() -> None:
    cell = "words " * 40
    blocks = list(table_blocks([["A", "B"], *([["x", cell]] * 30)], WIDTH, size=9.0, above=6.0))
    ends = {id(block.rows[-1]) for block in blocks}
    for page in pages_of(blocks, top=60.0, bottom=700.0)[:-1]:
        assert id(page[-1].row) in ends


def test_what_no_page_could_hold_is_divided_and_not_lost() -> None:
    huge = list(table_blocks([["A", "B"], ["x", "words " * 3000]], WIDTH, size=9.0, above=6.0))
    pages = pages_of(huge, top=60.0, bottom=700.0)
    assert len(pages) > 2
    assert sum(run.text.count("words") for page in pages for placed in page
               for run in placed.row.runs) == 3000
    assert all(page[0].row.runs[0].text == "A" for page in pages)


def test_columns_are_as_wide_as_their_words_need() -> None:
    def starts(*cells: str) -> list[float]:
        head = ["H"] * len(cells)
        (block,) = table_blocks([head, list(cells)], WIDTH, size=9.0, above=0.0)
        return [run.indent for run in block.rows[0].runs]

    even = starts("a", "b", "c")
    assert even[1] - even[0] == pytest.approx(even[2] - even[1])
    wide = starts("short", "many words " * 20, "some words " * 4)
    assert wide[2] - wide[1] > wide[1] - wide[0]
    crowded = starts(*(["x" * 90] * 6))
    assert all(end - start > 60 for start, end in pairwise(crowded))


def test_cells_without_words_are_empty() -> None:
    (block,) = table_blocks([["A", "B", "C"], ["", "b", ""]], WIDTH, size=9.0, above=0.0)
    assert texts(block) == ["A", "B", "C", "b"]


def test_what_the_type_cannot_write_is_named_before_anything_is_made() -> None:
    for strange in (replace(SHEET, title="Form \U00013000"),
                    replace(SHEET, paragraphs=("A \U00013000 sign.",)),
                    replace(SHEET, reference="\U00013000"), replace(SHEET, mark="\u202e")):
        with pytest.raises(UnwritableText, match=r"EGYPTIAN|RIGHT-TO-LEFT"):
            sheet_pdf(strange)
