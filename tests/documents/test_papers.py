"""Papers for people: the same in both languages, in plain words, and silent about the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from optout.documents.geometry import A4
from optout.documents.paper_words import PaperWords, paper_languages, paper_terms
from optout.documents.papers import PermissionOrder, compose_permission
from optout.documents.papers_client import CoverOrder, compose_cover_letter, compose_safety
from optout.documents.papers_progress import (
    ProgressOrder,
    compose_progress,
    compose_what_we_do,
)
from optout.documents.sheet_pdf import sheet_pdf
from optout.domain.document import Sheet
from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput, MissingFact
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.papers import AskedOf, NextDate, PlannedAuthorization
from optout.domain.progress import PLOTS, Measure, Progress, Stretch, Tally
from optout.domain.words import Channel, FollowUpKind, Right, Standing
from optout.settings import resource
from tests.documents.reading import lines_of, reader

DAY = date(2026, 11, 23)
FOLDER = Path(resource("templates")) / "letters"
LANGUAGES = ("en", "es")
ENGLISH, SPANISH = PaperWords("en", "US"), PaperWords("es", "US")
PERMISSION = PermissionOrder("Avery Sample", "Sample Legal Clinic", DAY, date(2027, 11, 22))
CALIFORNIAN = replace(
    PERMISSION, law="us-ca-ccpa", citation="Cal. Civ. Code § 1798.100 et seq.",
    rights=((Right.ACCESS, "Cal. Civ. Code § 1798.110"), (Right.DELETE, ""),
            (Right.CORRECT, "Cal. Civ. Code § 1798.106"),
            (Right.OPT_OUT_OF_SALE, "Cal. Civ. Code §§ 1798.120, 1798.135"),
            (Right.OPT_OUT_OF_TARGETED_ADS, "Cal. Civ. Code § 1798.140(ah)"),
            (Right.LIMIT_SENSITIVE, "Cal. Civ. Code § 1798.121")))
ASKED = AskedOf("OPT-7K3M9Q", "Sample Finder", (Right.DELETE, Right.OPT_OUT_OF_SALE),
                Channel.POSTAL_MAIL, Standing.ANSWERED, others=12, sent_on=date(2026, 10, 5),
                claim=Claim.REMOVED, last_look=LookResult.LISTED, last_look_on=DAY,
                next_date=NextDate(FollowUpKind.RECHECK, date(2027, 1, 4)))
UNASKED = AskedOf("OPT-2A2A2A", "People Example", (Right.VOLUNTARY,), Channel.WEB_FORM,
                  Standing.READY)
LATE = AskedOf("OPT-3B3B3B", "Slow Example", (Right.ACCESS,), Channel.EMAIL, Standing.SENT,
               others=1, sent_on=date(2026, 9, 1), overdue_days=12,
               last_look=LookResult.NOT_FOUND, last_look_on=DAY,
               next_date=NextDate(FollowUpKind.RESPOND_DUE, date(2026, 11, 11)))
PROGRESS = ProgressOrder(DAY, (ASKED, UNASKED, LATE), "Avery Sample")

MONTHS = [DAY - timedelta(days=30 * back) for back in range(40, -1, -1)]
OVER_TIME = Progress(Stretch.MONTH, tuple(
    Tally(day, day, {one: (number + 40) // (place + 2) for place, one in enumerate(Measure)
                     if number > 5 or one in PLOTS["asked"]}, {})
    for number, day in enumerate(MONTHS)))
COVER = CoverOrder(DAY, "Avery Sample", (PaperKind.AUTHORIZATION,
                                         PaperKind.AUTHORIZATION_US_CA, PaperKind.WHAT_WE_DO),
                   ("Sample Finder", "People Example"), discreet=False)

Maker = Callable[[PaperWords], Sheet]
MADE: dict[str, Maker] = {
    "authorization": lambda w: compose_permission(PaperKind.AUTHORIZATION, PERMISSION, w),
    "blank": lambda w: compose_permission(
        PaperKind.AUTHORIZATION, PermissionOrder("Avery Sample"), w),
    "california": lambda w: compose_permission(PaperKind.AUTHORIZATION_US_CA, CALIFORNIAN, w),
    "revocation": lambda w: compose_permission(
        PaperKind.REVOCATION, replace(PERMISSION, signed_on=DAY, reply="a@example.com"), w),
    "cover": lambda w: compose_cover_letter(COVER, w),
    "discreet": lambda w: compose_cover_letter(replace(COVER, discreet=True), w),
    "what we do": lambda w: compose_what_we_do(PROGRESS, w),
    "nothing yet": lambda w: compose_what_we_do(replace(PROGRESS, asked=()), w),
    "safety": compose_safety,
    "progress": lambda w: compose_progress(replace(PROGRESS, drafts=1), w),
    "progress over time": lambda w: compose_progress(replace(PROGRESS, over_time=OVER_TIME), w),
    "no progress": lambda w: compose_progress(replace(PROGRESS, asked=(), drafts=2), w),
}


def text_of(sheet: Sheet) -> str:
    return "\n".join((sheet.title, *sheet.paragraphs))


def test_the_languages_are_english_and_spanish() -> None:
    assert paper_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_paper_has_words(language: str) -> None:
    names = {path.stem for path in (FOLDER / language / "papers").glob("*.txt")}
    assert names == {kind.value for kind in PaperKind} | {"terms"}


@pytest.mark.parametrize("kind", PaperKind)
def test_both_languages_say_the_same_things(kind: PaperKind) -> None:
    """The same placeholders, tests and headings, and as many items, lines and fields."""
    english, spanish = ((FOLDER / language / "papers" / f"{kind}.txt").read_text("utf-8")
                        for language in LANGUAGES)
    environment = Environment(autoescape=False)  # noqa: S701 - it is only read, never rendered
    assert meta.find_undeclared_variables(environment.parse(english)) == (
        meta.find_undeclared_variables(environment.parse(spanish)))
    for shape in (r"\{\{[^}]*\}\}", r"\{%[^%]*%\}", r"(?m)^## ", r"(?m)^- ", r"(?m)^- \[ \] ",
                  r"(?m)^__ ", r"\t"):
        found, other = (re.findall(shape, text) for text in (english, spanish))
        assert found == other, shape


def test_both_languages_have_the_same_small_words() -> None:
    english, spanish = (paper_terms(language) for language in LANGUAGES)
    assert set(english) == set(spanish)
    for key, words in english.items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(
            re.findall(r"\{\w+\}", spanish[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "values"), [
    ("right", Right), ("channel", Channel), ("claim", Claim), ("look", LookResult),
    ("standing", Standing), ("task", FollowUpKind)])
def test_every_word_of_the_domain_has_a_name(language: str, kind: str, values: type) -> None:
    for value in values:  # type: ignore[attr-defined]  # an enum
        assert paper_terms(language)[f"{kind}.{value}"]


_ENGLISH = re.compile(r"\b(the|and|you|your|with|from|this|not|what|yet|they|late|look|sent|by)\b",
                      re.IGNORECASE)
_QUOTED = re.compile(r"\([^()]*\)|«[^»]*»|Sample \w+( \w+)?|People Example|Slow Example")


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_no_english_stands_in_a_spanish_paper(made: Maker) -> None:
    """Legal names in English are kept in parentheses, and names of firms are names."""
    assert not _ENGLISH.findall(_QUOTED.sub("", text_of(made(SPANISH))))
    assert _ENGLISH.search(text_of(made(ENGLISH)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_each_says_once_that_it_is_no_legal_advice(made: Maker, language: str) -> None:
    text = text_of(made(PaperWords(language, "US"))).casefold()
    assert text.count({"en": "legal advice", "es": "asesoría legal"}[language]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_headings_items_and_lines_to_sign_stand_at_the_beginning(
    made: Maker, language: str
) -> None:
    for paragraph in made(PaperWords(language, "US")).paragraphs:
        assert not re.search(r"[^#]## |. - \[|[^_]__ |\{[{%]|  ", paragraph), paragraph


@pytest.mark.parametrize("country", ["US", "DE"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [
    "authorization", "blank", "california", "revocation", "cover", "discreet", "safety"])
def test_what_is_signed_or_handed_over_is_one_page(
    name: str, language: str, country: str
) -> None:
    pdf = sheet_pdf(MADE[name](PaperWords(language, country)))
    assert len(reader(pdf).pages) == 1
    assert len(pdf) < 40_000


def test_a_long_authorization_is_still_one_page() -> None:
    long = replace(CALIFORNIAN, agent_name="The Sample Legal Clinic for Everybody " * 3,
                   companies=tuple(f"Sample Company Number {n}" for n in range(25)))
    for words in (ENGLISH, SPANISH):
        sheet = compose_permission(PaperKind.AUTHORIZATION_US_CA, long, words)
        assert len(reader(sheet_pdf(sheet)).pages) == 1


def test_the_paper_and_the_date_are_those_of_the_country() -> None:
    for language, country, page, day in (
            ("en", "US", "letter", "November 23, 2026"), ("en", "DE", "a4", "23 November 2026"),
            ("es", "US", "letter", "23 de noviembre de 2026"),
            ("es", "ES", "a4", "23 de noviembre de 2026")):
        sheet = MADE["authorization"](PaperWords(language, country))
        assert sheet.page == page
        assert day in text_of(sheet)
    assert ENGLISH.short_day(DAY) == "Nov 23, 2026"
    assert PaperWords("en", "GB").short_day(DAY) == "23 Nov 2026"
    assert SPANISH.short_day(DAY) == "23 nov. 2026"


def test_an_authorization_names_agent_days_and_companies() -> None:
    text = text_of(MADE["authorization"](ENGLISH))
    for words in ("I, Avery Sample, allow", "Who may act\tSample Legal Clinic",
                  "From\tNovember 23, 2026", "Until\tNovember 22, 2027",
                  "- [ ] With all companies", "- [ ] Only with these:",
                  "__ Signature of Avery Sample\tDate",
                  "__ I accept this and will keep to it: Sample Legal",
                  "take this authorization back on any day"):
        assert words in text
    named = text_of(compose_permission(
        PaperKind.AUTHORIZATION, replace(PERMISSION, companies=("One", "Two")), ENGLISH))
    assert "Only with these: One, Two." in named
    assert "- [ ]" not in named


def test_what_is_not_known_yet_is_a_line_to_write_on() -> None:
    text = text_of(MADE["blank"](ENGLISH))
    for label in ("Who may act", "From", "Until"):
        assert re.search(rf"(?m)^{label}\t_{{20,}}$", text)
    assert "keep to it: the person or office named above\tDate" in text
    open_ended = text_of(compose_permission(
        PaperKind.AUTHORIZATION, replace(PERMISSION, starts_on=None, ends_on=None), ENGLISH))
    assert "From\tthe day on which I sign" in open_ended
    assert "Until\tthe day on which I take it back" in open_ended
    nobody = text_of(compose_permission(
        PaperKind.REVOCATION, PermissionOrder("Avery Sample"), ENGLISH))
    assert nobody.count("\t____") == 4


def test_california_is_cited_as_far_as_it_is_certain() -> None:
    text = text_of(MADE["california"](ENGLISH))
    assert "Under the California Consumer Privacy Act (Cal. Civ. Code § 1798.100 et seq.)" in text
    assert "- Delete it.\n" in text
    assert "- Correct what is wrong. (Cal. Civ. Code § 1798.106)" in text
    assert "power of attorney." in text
    certain = replace(CALIFORNIAN, section="Cal. Code Regs. tit. 11, § 7063")
    cited = text_of(compose_permission(PaperKind.AUTHORIZATION_US_CA, certain, ENGLISH))
    assert "power of attorney (Cal. Code Regs. tit. 11, § 7063)." in cited
    spanish = text_of(MADE["california"](SPANISH))
    assert "Ley de Privacidad del Consumidor de California (California Consumer" in spanish


def test_a_revocation_says_where_answers_go_from_now_on() -> None:
    assert "Answers to\ta@example.com" in text_of(MADE["revocation"](ENGLISH))
    bare = compose_permission(PaperKind.REVOCATION, PERMISSION, ENGLISH)
    assert re.search(r"Answers to\t_{20,}", text_of(bare))


def test_no_paper_of_an_authorization_without_a_name_nor_with_days_the_wrong_way_round() -> None:
    with pytest.raises(MissingFact, match="name"):
        PermissionOrder(" ")
    with pytest.raises(InvalidInput, match="ends before"):
        PlannedAuthorization(starts_on=DAY, ends_on=date(2026, 1, 1))


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


def test_values_cannot_begin_a_heading_a_field_or_a_paragraph() -> None:
    hostile = "## X\n\n__ Y\t- [ ] {{ person }} <b>{% if %}"
    made = compose_permission(PaperKind.AUTHORIZATION, replace(
        PERMISSION, agent_name=hostile, person_name=hostile, companies=(hostile,)), ENGLISH)
    plain = compose_permission(
        PaperKind.AUTHORIZATION, replace(PERMISSION, companies=("One",)), ENGLISH)
    assert len(made.paragraphs) == len(plain.paragraphs)
    assert "{{ person }} <b>{% if %}" in text_of(made)
    assert sum(one.startswith("## ") for one in made.paragraphs) == sum(
        one.startswith("## ") for one in plain.paragraphs)
    report = compose_progress(replace(PROGRESS, asked=(replace(ASKED, name=hostile),)), ENGLISH)
    assert len(report.paragraphs) == len(compose_progress(
        replace(PROGRESS, asked=(ASKED,)), ENGLISH).paragraphs)


def test_a_cover_letter_says_what_to_sign_and_what_to_send_back() -> None:
    text = text_of(MADE["cover"](ENGLISH))
    for words in ("Hello Avery Sample", "- The authorization to act for you: to sign",
                  "- The signed permission for California: to sign",
                  "- 2 letters to companies: to sign", "- Sample Finder", "- People Example",
                  "- [ ] Sign where", "- [ ] Send back everything that you signed"):
        assert words in text
    reading = text_of(compose_cover_letter(
        replace(COVER, papers=(PaperKind.WHAT_WE_DO,), letters=()), ENGLISH))
    assert "Sign where" not in reading
    assert "You do not have to sign" not in reading
    assert "letter" not in reading


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_discreet_letter_names_no_company_and_no_topic(language: str) -> None:
    text = text_of(MADE["discreet"](PaperWords(language, "US"))).casefold()
    for word in ("sample finder", "people example", "compan", "empresa", "data", "datos",
                 "broker", "california", "authoriz", "autoriz", "safety", "seguridad", "privac"):
        assert word not in text
    one = text_of(compose_cover_letter(
        replace(COVER, discreet=True, letters=("Sample Finder",)), ENGLISH))
    assert "- One letter to sign" in one


def test_many_letters_do_not_make_a_second_page() -> None:
    many = replace(COVER, letters=tuple(f"Sample Company {n}" for n in range(200)))
    sheet = compose_cover_letter(many, ENGLISH)
    assert "- 200 letters to companies: to sign" in sheet.paragraphs
    assert "- and 190 more companies" in sheet.paragraphs
    assert len(reader(sheet_pdf(sheet)).pages) == 1


def test_what_we_do_tells_whom_when_and_what_comes() -> None:
    text = text_of(MADE["what we do"](ENGLISH))
    for words in ("- Sample Finder and 12 more sites\ndelete, stop selling – sent Oct 5, 2026",
                  "by post", "- People Example\na polite request to opt out – not sent yet",
                  "- Slow Example and one more site",
                  "Nov 11, 2026 (gone by)\ttheir answer is due\tSlow",
                  "Jan 4, 2027\tlook again\tSample Finder", "We cannot promise"):
        assert words in text
    assert "It names companies" in text
    silent = text_of(compose_what_we_do(
        replace(PROGRESS, asked=(replace(ASKED, name=""),)), ENGLISH))
    assert "- OPT-7K3M9Q and 12 more sites" in silent
    assert "It names companies" not in silent
    many = text_of(compose_what_we_do(replace(PROGRESS, asked=(ASKED,) * 15), ENGLISH))
    assert "3 more follow" in many
    assert many.count("- Sample Finder") == 12
    nothing = text_of(MADE["nothing yet"](ENGLISH))
    assert "Nothing has been asked yet." in nothing
    assert "No date is waiting now." in nothing


def test_the_safety_sheet_gives_the_numbers_of_the_country() -> None:
    assert "1-800-799-7233" in text_of(compose_safety(ENGLISH))
    abroad = text_of(compose_safety(PaperWords("en", "DE")))
    assert "112 in Europe" in abroad
    assert "1-800" not in abroad


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
