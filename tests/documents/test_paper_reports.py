"""Reports: what was said, seen and done stay apart, over time and in number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.documents.geometry import A4
from optout.documents.paper_words import PaperWords
from optout.documents.papers_progress import compose_progress
from optout.documents.sheet_pdf import sheet_pdf
from optout.domain.document import Sheet
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.papers import AskedOf
from optout.domain.progress import PLOTS, Measure, Progress, Stretch, Tally
from tests.documents.paper_orders import (
    ASKED,
    DAY,
    ENGLISH,
    LANGUAGES,
    LATE,
    MADE,
    PROGRESS,
    SPANISH,
    UNASKED,
    text_of,
)
from tests.documents.reading import lines_of


def test_a_report_tells_how_it_went_with_a_dash_for_what_was_not_known() -> None:
    assert not any("How it went" in one for one in compose_progress(PROGRESS, ENGLISH).paragraphs)
    report = MADE["progress over time"](ENGLISH)
    tables = [[line.split("\t") for line in one.split("\n")] for one in report.paragraphs
              if one.startswith("Up to\t")]
    assert [len(table[0]) for table in tables] == [4, 5, 3]
    for table in tables:
        assert len(table) <= 13
        assert len({len(line) for line in table}) == 1
        assert table[-1][0] == "Nov\xa023,\xa02026"
    asked, said, seen = tables
    assert asked[-1][1:] == ["40", "26", "20"]
    assert said[1][1:] == ["–"] * 4
    assert seen[1][1:] == ["–"] * 2
    empty = replace(PROGRESS, over_time=Progress(Stretch.WEEK, ()))
    assert compose_progress(empty, ENGLISH) == compose_progress(PROGRESS, ENGLISH)


def test_every_table_over_time_has_its_plot_and_the_same_numbers() -> None:
    report = MADE["progress over time"](SPANISH)
    assert [plot.id for plot in report.plots] == list(PLOTS)
    for plot in report.plots:
        assert plot.labels[-1] == "nov. 2026"
        place = report.paragraphs.index(f"~ {plot.id}")
        table = next(one for one in report.paragraphs[place:] if one.startswith("Hasta\t"))
        head, *_, last = (line.split("\t") for line in table.split("\n"))
        assert head[1:] == [one.name for one in plot.series]
        assert last[1:] == [str(one.values[-1]) for one in plot.series]


def test_where_nobody_looked_no_plot_is_drawn_and_why_is_said() -> None:
    first = Progress(Stretch.WEEK, (Tally(DAY, DAY, {Measure.SENT: 0, Measure.FOUND: 2}, {}),))
    report = compose_progress(replace(PROGRESS, over_time=first), ENGLISH)
    assert [(plot.id, plot.labels) for plot in report.plots] == [("asked", ("Nov 23",))]
    text = text_of(report)
    assert "Nobody was asked yet" in text
    assert "Nobody has looked yet" in text
    assert [one for one in report.paragraphs if one.startswith("~ ")] == ["~ asked"]


def table_of(sheet: Sheet) -> list[list[str]]:
    (table,) = [one for one in sheet.paragraphs if one.startswith("Company\tAsked")]
    return [line.split("\t") for line in table.split("\n")]


def test_said_seen_and_standing_are_three_columns() -> None:
    head, asked, unasked, late = table_of(MADE["progress"](ENGLISH))
    assert head == ["Company", "Asked", "What they say", "What we saw", "Where it stands",
                    "What comes next"]
    assert asked == ["Sample Finder and 12 more sites (OPT-7K3M9Q)",
                     "delete, stop selling; sent Oct 5, 2026 by post", "removed",
                     "still listed, Nov 23, 2026", "answered", "Jan 4, 2027: look again"]
    assert unasked[2:] == ["–", "not looked yet", "ready, not sent", "–"]
    assert late[2:] == ["nothing yet", "not found, Nov 23, 2026", "sent, no answer; 12 days late",
                        "Nov 11, 2026 (gone by): their answer is due"]


@pytest.mark.parametrize(("seen", "words"), [
    (replace(ASKED, last_look=LookResult.NOT_FOUND, confirmed_gone=True),
     "not found, Nov 23, 2026; counts as gone"),
    (replace(ASKED, last_look=LookResult.COULD_NOT_LOOK, confirmed_gone=True),
     "could not look, Nov 23, 2026"),
    (replace(ASKED, listed_again=True), "listed again, Nov 23, 2026")])
def test_what_was_seen_is_told_as_it_was_seen(seen: AskedOf, words: str) -> None:
    assert table_of(compose_progress(replace(PROGRESS, asked=(seen,)), ENGLISH))[1][3] == words


def test_the_numbers_add_up_column_by_column() -> None:
    asked = (ASKED, ASKED, UNASKED, LATE, replace(
        ASKED, last_look=LookResult.NOT_FOUND, confirmed_gone=True, claim=Claim.SUPPRESSED))
    sheet = compose_progress(replace(PROGRESS, asked=asked), ENGLISH)
    (numbers,) = [one for one in sheet.paragraphs if one.startswith("What they say")]
    lines = [line.split("\t") for line in numbers.split("\n")]
    columns = [[cell for cell in column if cell] for column in zip(*lines, strict=True)]
    assert columns == [
        ["What they say", "removed: 2", "hidden, not deleted: 1", "nothing yet: 1"],
        ["What we saw", "counts as gone: 1", "not found, once: 1", "still listed: 2",
         "not looked yet: 1"],
        ["Where it stands", "ready, not sent: 1", "sent, no answer: 1", "answered: 3",
         "late by a date of the law: 1"]]
    assert "done" not in " ".join(cell for line in lines for cell in line)


def test_drafts_for_a_lawyer_are_counted_and_not_named() -> None:
    assert "Drafts for a lawyer\t1 (not named in this report)" in text_of(MADE["progress"](ENGLISH))
    assert "drafts for a lawyer: 2 (not named" in text_of(MADE["no progress"](ENGLISH))
    plain = text_of(compose_progress(PROGRESS, ENGLISH))
    assert "lawyer" not in plain


def test_a_report_that_names_no_company_shows_references() -> None:
    sheet = compose_progress(replace(PROGRESS, asked=(replace(ASKED, name=""),)), ENGLISH)
    assert table_of(sheet)[1][0] == "OPT-7K3M9Q and 12 more sites"
    assert "Sample Finder" not in text_of(sheet)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_300_requests_loses_nothing(language: str) -> None:
    asked = tuple(replace(
        one, reference=f"OPT-{number:06d}", name=f"Sample Company of Some Length No {number}")
        for number, one in enumerate((ASKED, UNASKED, LATE) * 100))
    words = PaperWords(language, "DE")
    lines = lines_of(sheet_pdf(compose_progress(replace(PROGRESS, asked=asked), words)), A4)
    last = max(line.page for line in lines)
    pages = [" ".join(line.text for line in lines if line.page == number)
             for number in range(1, last + 1)]
    assert 10 < len(pages) < 40
    whole = " ".join(pages)
    assert all(f"OPT-{number:06d}" in whole for number in range(300))
    head = words["head.asked"]
    assert all(head in page for page in pages[1:-1])
    assert f"{len(pages)}" in pages[-1]
    for line in lines:
        assert line.box.right <= A4.width - A4.right + 0.5
        assert line.box.bottom <= A4.height - 12


def test_only_the_next_dates_are_told_beforehand() -> None:
    many = compose_progress(replace(PROGRESS, asked=(ASKED,) * 20), ENGLISH)
    (dates,) = [one for one in many.paragraphs if one.startswith("When\t")]
    assert dates.count("\n") == 12
    assert "8 further dates come later" in text_of(many)
    none = compose_progress(replace(PROGRESS, asked=(UNASKED,)), ENGLISH)
    assert "No date is waiting now." in text_of(none)
