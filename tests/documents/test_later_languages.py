"""Later letters in the recipient's language: whole, and never a mix."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from optout.documents.eml import letter_text
from optout.documents.later_law_words import (
    chosen_later_language,
    in_its_later_language,
    later_lacking,
)
from optout.documents.later_letter import compose_later
from optout.documents.later_order import Exhibit, LaterOrder, Step
from optout.documents.later_words import later_terms
from optout.documents.letter_pdf import letter_pdf
from optout.domain.document import FormSheet
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput
from optout.domain.words import NEVER_BY_DEFAULT, Channel, Fact
from tests.conftest import SAMPLES, Snapshot
from tests.documents.as_text import as_text
from tests.documents.language_words import GRAMMAR, LETTERS, OTHERS, placeholders, sentences
from tests.documents.later_speaking import LATER_SPOKEN
from tests.documents.orders import changed
from tests.documents.reading import reader
from tests.documents.speaking import PLACES

ONLY_ELSEWHERE = {"appeal", "appeal_section", "no_proof", "needs_none", "to_confirm", "why", "over",
                  "answer_is_late", "my_start", "day_first"}
"""What a letter about a request under the regulation, or without a law, never carries."""

PURPOSES = (Purpose.REMINDER, Purpose.IDENTITY_ANSWER, Purpose.REFUSAL_ANSWER, Purpose.COMPLAINT)


def words_of(order: LaterOrder) -> str:
    made = compose_later(order)
    return made.statement if isinstance(made, FormSheet) else letter_text(made)


@pytest.mark.parametrize("name", LATER_SPOKEN)
def test_a_later_letter_reads_as_its_snapshot(name: str, snapshot: Snapshot) -> None:
    made = compose_later(LATER_SPOKEN[name])
    snapshot(f"{name}.txt",
             f"{made.statement}\n" if isinstance(made, FormSheet) else as_text(made))


def test_no_snapshot_is_left_behind() -> None:
    found = {path.stem for path in (SAMPLES / "documents").glob("??-later-*.txt")}
    assert found == set(LATER_SPOKEN)


@pytest.mark.parametrize("name", LATER_SPOKEN)
def test_a_later_letter_is_written_whole_in_the_language_of_its_recipient(name: str) -> None:
    order = LATER_SPOKEN[name]
    language = order.asked.language
    assert later_lacking(order, language) == ()
    assert chosen_later_language(order, language) == language
    text = words_of(order)
    own = text.replace(order.their_words, "")
    assert not re.search(r"[.!?][A-ZÄÖÜÉ]", own), "a space is missing"
    assert not [piece for piece in sentences(LETTERS / "en") if piece in own]
    assert not set(re.findall(r"\w+", own.lower())) & {
        "the", "and", "your", "you", "please", "which", "law", "request", "month", "gdpr", "my"}
    made = compose_later(order)
    if not isinstance(made, FormSheet):
        assert len(reader(letter_pdf(made)).pages) == 1
        assert made.language == language


def test_the_dates_and_sections_of_a_reminder_are_the_recipients() -> None:
    text = words_of(LATER_SPOKEN["de-later-reminder"])
    assert ("Die gesetzliche Frist von einem Monat ist, gerechnet ab dem 23. November 2026, am "
            "23. Dezember 2026 abgelaufen (Art. 12 Abs. 3 DSGVO; Art. 3 der Verordnung") in text
    assert "Am 30. November 2026 haben Sie den Eingang bestätigt." in text
    spanish = words_of(LATER_SPOKEN["es-later-reminder"])
    assert "Contado desde el 23 de noviembre de 2026, ese plazo terminó" in spanish


def test_what_is_never_sent_is_refused_in_every_language() -> None:
    for language, said in (("de", "füge ich keine Ausweiskopie und kein Foto bei"),
                           ("fr", "aucune copie d’une pièce d’identité ni aucune photo"),
                           ("es", "ninguna copia de un documento de identidad ni ninguna foto")):
        assert said in words_of(LATER_SPOKEN[f"{language}-later-identity"])


@pytest.mark.parametrize("language", OTHERS)
def test_a_sheet_for_a_complaint_tells_the_person_in_english(language: str) -> None:
    sheet = compose_later(LATER_SPOKEN[f"{language}-later-form-complaint"])
    assert isinstance(sheet, FormSheet)
    assert sheet.title.startswith("Complaint to ")
    assert sheet.statement_language == language
    assert "I complain about" in sheet.statement_in_english
    assert "I complain about" not in sheet.statement
    assert not any("They ask for complaints in" in step for step in sheet.steps)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("change", [
    lambda one: replace(one, past=(replace(one.past[0], to_confirm=True),)),
    lambda one: replace(one, past=(replace(one.past[0], why_later="Some have longer."),)),
    lambda one: replace(one, past=(replace(one.past[0], limit=replace(
        one.past[0].limit, citation="GDPR Art. 99")),)),
    lambda one: replace(one, doubts="GDPR Art. 98"),
    lambda one: replace(one, purpose=Purpose.APPEAL),
    lambda one: replace(one, steps=(Step(one.sent_on, "to_firm"),)),
    lambda one: replace(one, exhibits=(Exhibit("Z", "unheard_of"),))])
def test_what_has_no_words_is_written_in_english_as_a_whole(
    language: str, change: object
) -> None:
    order = change(LATER_SPOKEN[f"{language}-later-reminder"])  # type: ignore[operator]  # a lambda
    assert chosen_later_language(order, language) == "en"
    with pytest.raises(InvalidInput, match="no words in the language"):
        in_its_later_language(order)
    english = replace(order, asked=changed(order.asked, language="en"))
    assert in_its_later_language(english) == english


def test_a_language_of_an_authority_without_letters_is_english() -> None:
    order = LATER_SPOKEN["de-later-complaint"]
    assert chosen_later_language(order, "it") == "en"
    assert chosen_later_language(order, "en") == "en"
    assert later_lacking(order, "en") == ()


def test_a_letter_after_a_request_in_english_is_in_english_but_an_authority_is_told_in_its_own(
) -> None:
    reminder, complaint = (
        replace(order, carried=(Fact.FULL_NAME, Fact.REASON),
                asked=changed(order.asked, person_language="en"))
        for order in (LATER_SPOKEN["fr-later-reminder"], LATER_SPOKEN["fr-later-complaint"]))
    assert chosen_later_language(reminder, "fr") == "en"
    assert chosen_later_language(complaint, "fr") == "fr"
    own = replace(reminder, asked=changed(reminder.asked, person_language="fr"))
    assert chosen_later_language(own, "fr") == "fr"


@pytest.mark.parametrize(("language", "words"), [
    ("de", "Auf einen Teil eines Antrags, den ich nach"),
    ("fr", "n’a pas répondu dans le délai légal à une partie d’une demande"),
    ("es", "no respondió en plazo a una parte de una solicitud")])
def test_a_complaint_claims_no_time_that_still_runs(language: str, words: str) -> None:
    order = LATER_SPOKEN[f"{language}-later-complaint-agent"]
    assert words not in words_of(order)
    assert words in words_of(replace(order, still_running=True))


@pytest.mark.parametrize("language", OTHERS)
def test_the_small_words_are_those_that_such_letters_need(language: str) -> None:
    english, own = later_terms("en"), later_terms(language)
    steps = {"step.confirm_over", "step.longest_over", "step.appealed", "step.to_firm",
             "step.appeal_over"}
    groups = ("by.", "firm_by.", "demand.", "held.", "step.", "exhibit", "mailbox.", "nothing_of.",
              "quote", "in_exhibit", "mark.")
    assert set(own) - {"join.nor"} == {
        key for key in english if key.startswith(groups)} - steps
    assert all(f"demand.{fact}" in own for fact in Fact)
    assert all(f"nothing_of.{fact}" in own for fact in NEVER_BY_DEFAULT)
    for key, text in own.items():
        assert set(re.findall(r"\{\w+\}", text)) <= set(
            re.findall(r"\{\w+\}", english.get(key, "{first}{last}"))), key


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", [
    "opening", "reply", "past", "asks", "closing", "salutation",
    *(f"{purpose}/{name}" for purpose in PURPOSES for name in ("body", "subject"))])
def test_the_same_placeholders_stand_in_every_language(language: str, part: str) -> None:
    name = f"later/{part}"
    own, english = placeholders(language, name), placeholders("en", name)
    assert own - GRAMMAR == english - GRAMMAR - ONLY_ELSEWHERE


@pytest.mark.parametrize("channel", [
    Channel.EMAIL, Channel.POSTAL_MAIL, Channel.FAX, Channel.WEB_FORM, Channel.PHONE,
    Channel.ACCOUNT, Channel.PORTAL])
@pytest.mark.parametrize("language", list(PLACES))
def test_a_letter_says_by_which_way_the_request_went(language: str, channel: Channel) -> None:
    order = replace(LATER_SPOKEN[f"{language}-later-reminder"], sent_by=channel)
    assert later_terms(language)[f"by.{channel}"] in words_of(order)
