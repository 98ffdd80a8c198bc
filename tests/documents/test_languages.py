"""Letters in other languages: whole, or not at all, and in the language of their reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

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
from optout.documents.order import LetterOrder
from optout.documents.texts import terms
from optout.documents.words import compose_form_sheet, compose_letter
from optout.domain.broker import Broker, Procedure
from optout.domain.errors import InvalidInput
from optout.domain.footing import Footing, Limit
from optout.domain.words import ActingAs, Channel, Fact, PeriodUnit, Right
from optout.law.applicable import applicable
from optout.law.sections import doubts_section
from tests.conftest import Snapshot
from tests.documents.as_text import as_text
from tests.documents.language_words import OTHERS
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
from tests.planning.builders import laws

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
