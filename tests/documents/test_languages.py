"""Letters in the recipient's language: whole, idiomatic in their signs, and never a mix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from optout.documents.clauses import listing
from optout.documents.country_names import country_name
from optout.documents.eml import letter_text
from optout.documents.form_sheet_html import form_sheet_page
from optout.documents.languages import (
    chosen_language,
    language_of_country,
    language_of_recipient,
    primary,
)
from optout.documents.law_words import lacking, law_words
from optout.documents.letter_pdf import letter_pdf
from optout.documents.lines import bind
from optout.documents.order import LetterOrder, address_lines, recipient_of
from optout.documents.texts import languages, terms
from optout.documents.words import compose_form_sheet, compose_letter, date_words
from optout.domain.broker import Broker, Procedure
from optout.domain.countries import COUNTRY_NAMES
from optout.domain.errors import InvalidInput
from optout.domain.footing import Footing, Limit
from optout.domain.words import ActingAs, Channel, Fact, PeriodUnit, Right
from optout.law.applicable import applicable
from optout.law.sections import doubts_section
from optout.settings import resource
from tests.conftest import Snapshot
from tests.documents.orders import DAY, FORMS, ORDERS, PUBLIC, changed, period
from tests.documents.reading import reader, words_of
from tests.documents.speaking import (
    PLACES,
    REMOVAL,
    SPOKEN,
    SPOKEN_FORMS,
    due_of,
    firm_in,
    order_in,
)
from tests.documents.test_words import as_text
from tests.planning.builders import laws

LETTERS = resource("templates") / "letters"
OTHERS = tuple(PLACES)
NARROW = "\N{NARROW NO-BREAK SPACE}"
MOST_BYTES = 40_000


@pytest.mark.parametrize("name", SPOKEN)
def test_a_letter_reads_as_its_snapshot(name: str, snapshot: Snapshot) -> None:
    snapshot(f"{name}.txt", as_text(compose_letter(SPOKEN[name])))


@pytest.mark.parametrize("language", OTHERS)
def test_a_statement_reads_as_its_snapshot(language: str, snapshot: Snapshot) -> None:
    snapshot(f"form-{language}.txt", compose_form_sheet(SPOKEN_FORMS[language]).statement + "\n")


@pytest.mark.parametrize("name", SPOKEN)
def test_the_usual_letters_fit_one_page_and_say_in_which_language_they_are(name: str) -> None:
    order = SPOKEN[name]
    letter = compose_letter(order)
    pdf = letter_pdf(letter)
    read = reader(pdf)
    assert len(pdf) < MOST_BYTES
    assert len(read.pages) == (2 if name.endswith("-all-agent") else 1)
    assert read.trailer["/Root"]["/Lang"] == order.language  # type: ignore[index]  # a dictionary
    on_paper = words_of(pdf)
    for paragraph in letter.paragraphs:
        for line in paragraph.removeprefix("- ").split("\n"):
            if "\t" not in line:
                assert " ".join(line.split()) in on_paper or "· " in on_paper


# What the law gives, and the words for it.

def every_footing() -> Iterator[tuple[Footing, ActingAs]]:
    """Every footing of the regulation: homes and firms in and out, in every capacity."""
    capacities = [(one, False) for one in ActingAs] + [(ActingAs.AGENT, True)]
    for home in ("DE", "FR", "ES", "NO", "US-CA", "CH", "GB", "BR"):
        for country in ("DE", "FR", "ES", "IE", "US", "CH", ""):
            for acting_as, by_power in capacities:
                given = applicable(laws(), (home,), firm_in(country), DAY, acting_as,
                                   holds_power_of_attorney=by_power)
                yield from ((one, acting_as) for one in given.offered if one.law == "eu-gdpr")


@pytest.mark.parametrize("language", OTHERS)
def test_whatever_the_regulation_gives_has_words(language: str) -> None:
    seen = set()
    for footing, acting_as in every_footing():
        order = changed(order_in(language, ()), footings=(footing,), acting_as=acting_as,
                        agent_name="Robin Example", deadlines=due_of((footing,)),
                        facts={Fact.REASON: ("Etc.",)})
        assert lacking(order, language) == ()
        if (footing.right, footing.limits, acting_as) not in seen:
            seen.add((footing.right, footing.limits, acting_as))
            text = letter_text(compose_letter(order))
            assert law_words(language, "eu-gdpr")[footing.citation] in text
            for limit in footing.limits:
                assert law_words(language, "eu-gdpr")[limit.text] in text
    law = laws().law("eu-gdpr", DAY)
    assert {right for right, _, _ in seen} == set(law.rights) - {Right.PORTABILITY}


@pytest.mark.parametrize("language", OTHERS)
def test_there_are_words_for_the_whole_law_and_none_for_what_it_does_not_say(
    language: str,
) -> None:
    law = laws().law("eu-gdpr", DAY)
    said = {rule.section for rule in law.rights.values()} | {law.name}
    said |= {rule.limit.text for right in law.rights for rule in law.limit_rules(right)}
    for footing, _ in every_footing():
        said |= {limit.text for limit in footing.limits} | {footing.refusal_section}
        due = due_of((footing,))[footing.law, footing.right].respond_by
        assert due is not None
        said.add(due.citation)
        said.add(doubts_section(law, footing.right))
        longer = law.extension_of(footing.right)
        assert longer is not None
        said.add(longer.section)
    assert set(law_words(language, "eu-gdpr")) == said
    assert len(set(law_words(language, "eu-gdpr").values())) == len(said)


def test_the_numbers_of_articles_stay_the_same_in_every_language() -> None:
    for language in OTHERS:
        for english, said in law_words(language, "eu-gdpr").items():
            numbers = sorted(set(re.findall(r"\d+", english)))
            assert sorted(set(re.findall(r"\d+", said))) == numbers


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("change", [
    lambda one: replace(one, limits=(*one.limits, PUBLIC)),
    lambda one: replace(one, citation="GDPR Art. 99"),
    lambda one: replace(one, refusal_section="GDPR Art. 98"),
    lambda one: replace(one, law_name="Another Regulation"),
    lambda one: replace(one, clock_starts="verification"),
    lambda one: replace(one, law="ch-fadp"),
    lambda one: replace(one, right=Right.OPT_OUT_OF_SALE)])
def test_what_has_no_words_is_written_in_english_as_a_whole(language: str, change: object) -> None:
    order = order_in(language, REMOVAL)
    assert chosen_language(order, language) == language
    first, *others = order.footings
    other = changed(order, footings=(*others, change(first)),  # type: ignore[operator]  # a lambda
                    deadlines={**order.deadlines, ("ch-fadp", first.right): order.deadlines[
                        first.law, first.right]})
    assert chosen_language(other, language) == "en"
    with pytest.raises(InvalidInput, match="no words in the language"):
        compose_letter(other)
    letter_text(compose_letter(changed(other, language="en")))


def test_a_paper_to_enclose_without_a_name_means_english(monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_in("de", REMOVAL, acting_as=ActingAs.GUARDIAN)
    assert chosen_language(order, "de") == "de"
    fewer = {key: text for key, text in terms("de").items() if key != "enclosure.guardian"}
    monkeypatch.setattr("optout.documents.law_words.terms", lambda _: fewer)
    assert chosen_language(order, "de") == "en"


def test_a_period_for_confirming_means_english() -> None:
    order = order_in("de", REMOVAL)
    key = (order.footings[0].law, order.footings[0].right)
    confirmed = replace(order.deadlines[key],
                        acknowledge_by=period(10, PeriodUnit.MONTHS, "GDPR Art. 12(4)"))
    assert chosen_language(changed(order, deadlines={**order.deadlines, key: confirmed}),
                           "de") == "en"
    assert chosen_language(changed(order, deadlines={}), "de") == "de"
    assert lacking(order, "en") == ()


def test_a_reason_in_other_words_than_the_recipients_stays_in_a_letter_in_english() -> None:
    order = order_in("fr", (Right.CORRECT,), reason="Mon nom")
    assert chosen_language(order, "fr") == "fr"
    assert chosen_language(changed(order, person_language="en"), "fr") == "en"
    assert chosen_language(changed(order, person_language="en", facts={}), "fr") == "fr"


def test_what_a_person_reads_out_is_in_a_language_that_they_speak() -> None:
    order = changed(order_in("es", REMOVAL), procedure=FORMS["phone"].procedure,
                    recipient_lines=(), person_language="en")
    assert chosen_language(order, "es") == "en"
    assert chosen_language(changed(order, person_language="es"), "es") == "es"
    assert (primary("de-AT"), primary("de")) == ("de", "de")


def test_a_language_without_letters_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no letters in this language"):
        compose_letter(changed(ORDERS["gdpr"], language="tlh"))


# Whose language it is.

@pytest.mark.parametrize(("country", "language"), [
    ("DE", "de"), ("AT", "de"), ("LI", "de"), ("FR", "fr"), ("ES", "es"), ("BE", "en"),
    ("LU", "en"), ("CH", "en"), ("US", "en"), ("GB", "en"), ("MX", "en"), ("", "en")])
def test_a_country_with_one_language_is_written_to_in_it(country: str, language: str) -> None:
    assert language_of_country(country) == language


def test_the_address_that_a_letter_goes_to_comes_before_the_firms_country() -> None:
    firm: Broker = firm_in("US")
    assert language_of_recipient(firm, Procedure(Channel.EMAIL, email="a@example.com")) == "en"
    assert language_of_recipient(firm, Procedure(
        Channel.POSTAL_MAIL, address=PLACES["fr"].address)) == "fr"
    assert language_of_recipient(firm_in("ES"), Procedure(Channel.WEB_FORM)) == "es"


# No mix.

def sentences(folder: Path) -> set[str]:
    """The sentences of the templates in a folder, cut at their placeholders."""
    found: set[str] = set()
    for path in folder.rglob("*.txt"):
        if path.parts[-2] not in {"form", "counsel", "papers", "laws"}:
            lines = [one for one in path.read_text("utf-8").split("\n") if one[:1] != "#"]
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "|", "\n".join(lines))
            found |= {piece.strip() for piece in re.split(r"[|\n.:;=]", text)}
    return {piece for piece in found if len(piece.split()) > 2 and "{" not in piece}


@pytest.mark.parametrize("name", SPOKEN)
def test_no_english_is_left_in_a_letter(name: str) -> None:
    order = SPOKEN[name]
    text = letter_text(compose_letter(order))
    assert not [piece for piece in sentences(LETTERS / "en") if piece in text]
    for one in order.footings:
        assert not [limit.text for limit in one.limits if limit.text in text]
    words = set(re.findall(r"\w+", text.lower()))
    assert not words & {"the", "and", "your", "you", "please", "which", "law", "request", "month",
                        "gdpr", "name", "my"} - ({"name"} if order.language == "de" else set())
    assert "GDPR" not in text
    assert not re.search(r"[.!?][A-ZÄÖÜÉ]", text.replace("S. L.", "")), "a space is missing"


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_borrows_from_another(language: str) -> None:
    own = sentences(LETTERS / language)
    for other in languages():
        assert other == language or not own & sentences(LETTERS / other)


GRAMMAR = {"my", "me", "voice", "data", "kind", "acting"}
ONLY_ELSEWHERE = {"appeal", "no_proof", "lasts", "courtesy"}
"""What a request under the regulation, or without a law, never carries."""


def placeholders(language: str, name: str) -> set[str]:
    text = (LETTERS / language / f"{name}.txt").read_text("utf-8")
    return meta.find_undeclared_variables(Environment(autoescape=False).parse(text))  # noqa: S701 - only parsed


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", ["body", "closing", "opening", "salutation", "statement",
                                  "subject"])
def test_the_same_placeholders_stand_in_every_language(language: str, part: str) -> None:
    name = f"request/{part}"
    own, english = placeholders(language, name), placeholders("en", name)
    assert own - GRAMMAR == english - GRAMMAR - ONLY_ELSEWHERE - {"day_first"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_ask_takes_the_same_values_as_in_english(language: str) -> None:
    names = [path.relative_to(LETTERS / language).with_suffix("").as_posix()
             for path in (LETTERS / language / "asks").rglob("*.txt")]
    assert {name.rpartition("/")[2] for name in names} == {
        *laws().law("eu-gdpr", DAY).rights, Right.WITHDRAW_CONSENT, Right.VOLUNTARY}
    for name in names:
        english = name if (LETTERS / "en" / f"{name}.txt").exists() else (
            f"asks/{name.rpartition('/')[2]}")
        assert placeholders(language, name) - GRAMMAR == placeholders("en", english) - GRAMMAR


@pytest.mark.parametrize("language", OTHERS)
def test_the_small_words_are_those_of_english_and_all_that_such_a_letter_needs(
    language: str,
) -> None:
    english, own = set(terms("en")), set(terms(language))
    extra = {f"country.{code}" for code in COUNTRY_NAMES} | {"join.before_i", "date.first_day"}
    assert own <= english | extra
    groups = ("month.", "date.", "period.", "fact.", "self.", "other.")
    assert {key for key in english if key.startswith(groups)} <= own
    assert {f"country.{code}" for code in COUNTRY_NAMES} <= own
    assert all(terms(language)[f"fact.{fact}"] for fact in Fact)


# Conventions.

@pytest.mark.parametrize(("language", "written"), [
    ("de", "24. November 2026"), ("fr", "24 novembre 2026"), ("es", "24 de noviembre de 2026"),
    ("en", "24 November 2026")])
def test_a_date_is_written_as_its_reader_writes_it(language: str, written: str) -> None:
    assert date_words(date(2026, 11, 24), language, "DE") == written


@pytest.mark.parametrize(("language", "written"), [
    ("de", "1. März 2027"), ("fr", "1er mars 2027"), ("es", "1 de marzo de 2027")])
def test_the_first_of_a_month_is_counted_in_french(language: str, written: str) -> None:
    assert date_words(date(2027, 3, 1), language, "FR") == written


def test_two_names_are_joined_as_the_ear_wants_it() -> None:
    spanish = terms("es")
    assert listing(["Norte", "Sur"], spanish) == "Norte y Sur"
    assert listing(["Norte", "Illustra"], spanish) == "Norte e Illustra"
    assert listing(["Norte", "Sur", "Hispania"], spanish) == "Norte, Sur e Hispania"
    assert listing(["Norte", "Hielo"], spanish) == "Norte y Hielo"
    assert listing(["A", "Illustra"], terms("de")) == "A und Illustra"


def test_an_address_names_the_country_in_the_words_of_those_who_carry_it() -> None:
    place = PLACES["de"]
    assert address_lines("", place.address, posted_from="FR", language="fr")[-1] == "ALLEMAGNE"
    assert address_lines("", place.address, posted_from="US")[-1] == "GERMANY"
    firm = firm_in("DE")
    way = Procedure(Channel.POSTAL_MAIL, address=place.address)
    assert recipient_of(firm, way, posted_from="ES", language="es")[0][-1] == "ALEMANIA"
    assert country_name("XX", "de") == "XX"


def test_homes_and_addresses_name_their_country_in_the_letters_language() -> None:
    order = changed(order_in("de", REMOVAL), facts={
        Fact.FULL_NAME: ("Canada",), Fact.STATE_OF_RESIDENCE: ("Germany", "California"),
        Fact.CURRENT_ADDRESS: ("7, rue de l’Exemple, 75001 Paris, France",),
        Fact.PREVIOUS_ADDRESS: ("1 Sample Road, Sampleton, CA 94102, US",)})
    text = letter_text(compose_letter(order))
    assert "Name: Canada\n" in text
    assert "Wohnsitz: Deutschland\nWohnsitz: California\n" in text
    assert "75001 Paris, Frankreich\n" in text
    assert "CA 94102, Vereinigte Staaten von Amerika\n" in text


@pytest.mark.parametrize(("text", "bound"), [
    ("Art. 15 Abs. 1 Buchst. g DSGVO", "Art.~15 Abs.~1 Buchst.~g DSGVO"),
    ("Art. 6 Abs. 1 Buchst. e oder f", "Art.~6 Abs.~1 Buchst.~e oder f"),
    ("zu Nr. 2 von 30 Kalendertagen", "zu Nr.~2 von 30~Kalendertagen"),
    ("von 5 Arbeitstagen", "von 5~Arbeitstagen"),
    ("am 24. November 2026", "am 24.~November 2026"),
    ("article 15, paragraphe 1, point g), du RGPD", "article~15, paragraphe~1, point~g), du RGPD"),
    ("n° 1182/71, 2 mois, le 24 novembre 2026", "n°~1182/71, 2~mois, le 24~novembre 2026"),
    ("artículo 15, apartado 1, letra g), del", "artículo~15, apartado~1, letra~g), del"),
    ("n.º 1182/71, 2 meses, el 24 de noviembre de 2026",
     "n.º~1182/71, 2~meses, el 24~de noviembre de 2026"),
    ("points a and b, an article about 5 things", "points a and b, an article about 5 things")])
def test_what_belongs_together_stays_on_one_line(text: str, bound: str) -> None:
    assert bind(text).replace("\N{NO-BREAK SPACE}", "~") == bound


def plain_text_of(path: Path) -> str:
    """A template's text without its tags, remarks and keys."""
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "§", path.read_text("utf-8"), flags=re.DOTALL)
    lines = [line for line in text.split("\n") if not line.startswith("#") or
             path.name not in {"terms.txt", "eu-gdpr.txt"}]
    if path.parent.name == "laws" or path.name == "terms.txt":
        lines = [line.partition(" = ")[2] for line in lines]
    return "\n".join(lines)


TEMPLATES = sorted(LETTERS.rglob("*.txt"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(LETTERS)))
def test_quotation_marks_dashes_and_spaces_are_those_of_a_printer(path: Path) -> None:
    language = path.relative_to(LETTERS).parts[0]
    text = plain_text_of(path)
    assert "'" not in text
    assert '"' not in text
    assert "--" not in text.replace("_", "")
    assert "..." not in text
    assert not re.search(r"\S +-(?: |$)", text), "a hyphen for a dash"
    assert not re.search(r"[^\s\[(\\]  +\S", text), "two spaces"
    wrong = {"de": "”«»‘", "fr": "„“”‘", "es": "„‘", "en": "„«»"}[language]
    assert not set(text) & set(wrong)
    if language == "fr":
        assert not re.search(rf"[^{NARROW}§\s:/][;!?»]|«[^{NARROW}]", text)
        assert not re.search(rf"(?<!https)(?<!http)[^{NARROW}§:\d]:(?!/)", text)
        assert not re.search(r"[  \N{NO-BREAK SPACE}][;:!?»]", text)
    elif language == "de":
        assert text.count("„") == text.count("“")


# The sheet that a person works from.

@pytest.mark.parametrize("language", OTHERS)
def test_a_sheet_tells_the_person_in_english_and_the_recipient_in_their_language(
    language: str,
) -> None:
    order = SPOKEN_FORMS[language]
    sheet = compose_form_sheet(order)
    english = compose_form_sheet(changed(order, language="en"))
    assert (sheet.title, sheet.steps, sheet.values) == (
        english.title, english.steps, english.values)
    assert sheet.statement_language == language
    assert sheet.statement != english.statement
    assert sheet.statement_in_english == english.statement
    assert english.statement_in_english == ""
    assert compose_form_sheet(
        changed(order, person_language=language)).statement_in_english == ""
    page = form_sheet_page(sheet).decode()
    assert f'id="statement-text" lang="{language}"' in page
    assert "In English it says this" in page
    assert page.index("In English it says this") < page.index("Under the General Data")
    assert "In English" not in form_sheet_page(english).decode()


def test_a_platforms_sheet_has_no_statement_in_any_language() -> None:
    sheet = compose_form_sheet(changed(
        FORMS["platform"], footings=order_in("de", REMOVAL).footings, language="de",
        deadlines={}))
    assert (sheet.statement, sheet.statement_in_english) == ("", "")


def test_english_law_words_stay_as_they_are() -> None:
    order: LetterOrder = ORDERS["gdpr"]
    limit = Limit("x", "you have any reason")
    text = letter_text(compose_letter(changed(order, footings=(
        replace(order.footings[0], limits=(limit,)),))))
    assert "to the extent that you have any reason." in text
