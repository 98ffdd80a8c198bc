"""Papers to sign, to hand over and to read: in two languages, short, and true."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from optout.documents.paper_words import PaperWords, paper_languages, paper_terms
from optout.documents.papers import PermissionOrder, compose_permission
from optout.documents.papers_client import compose_cover_letter, compose_safety
from optout.documents.papers_progress import compose_progress, compose_what_we_do
from optout.documents.sheet_pdf import sheet_pdf
from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput, MissingFact
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.papers import PlannedAuthorization
from optout.domain.words import Channel, FollowUpKind, Right, Standing
from optout.settings import resource
from tests.documents.paper_orders import (
    ASKED,
    CALIFORNIAN,
    COVER,
    DAY,
    ENGLISH,
    LANGUAGES,
    MADE,
    PERMISSION,
    PROGRESS,
    SPANISH,
    Maker,
    text_of,
)
from tests.documents.reading import reader

FOLDER = Path(resource("templates")) / "letters"


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
