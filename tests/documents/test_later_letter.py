"""The letters after a request: readable, one page, without a fact that the request did not give."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from optout.documents.eml import letter_text
from optout.documents.later_context import LONGEST_QUOTE, quote_of
from optout.documents.later_letter import compose_later
from optout.documents.later_order import LaterOrder, PastTime, Step
from optout.documents.later_words import later_terms
from optout.documents.letter_pdf import letter_pdf
from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import Purpose
from optout.domain.errors import UnwritableText
from optout.domain.words import NEVER_BY_DEFAULT, ActingAs, Channel, Fact, PeriodUnit, Right
from tests.conftest import SAMPLES, Snapshot
from tests.documents.as_text import as_text, sheet_as_text
from tests.documents.later_orders import ASKED, LATER, limit
from tests.documents.orders import CCPA, changed

LETTERS = {name: order for name, order in LATER.items() if "form" not in name
           and "phone" not in name}
TO_THE_FIRM = {name: order for name, order in LETTERS.items() if "complaint" not in name}


def letter(order: LaterOrder) -> Letter:
    words = compose_later(order)
    assert isinstance(words, Letter)
    return words


def sheet(order: LaterOrder) -> FormSheet:
    words = compose_later(order)
    assert isinstance(words, FormSheet)
    return words


def text_of(order: LaterOrder) -> str:
    words = compose_later(order)
    return as_text(words) if isinstance(words, Letter) else sheet_as_text(words)


@pytest.mark.parametrize("name", LATER)
def test_a_later_letter_reads_as_its_snapshot(name: str, snapshot: Snapshot) -> None:
    snapshot(f"later-{name}.txt", text_of(LATER[name]))


def test_no_later_snapshot_is_left_behind() -> None:
    found = {path.name for path in (SAMPLES / "documents").glob("later-*.txt")}
    assert found == {f"later-{name}.txt" for name in LATER}


@pytest.mark.parametrize("order", LETTERS.values(), ids=LETTERS)
def test_a_later_letter_is_one_page(order: LaterOrder) -> None:
    assert len(PdfReader(BytesIO(letter_pdf(letter(order)))).pages) == 1


@pytest.mark.parametrize("order", TO_THE_FIRM.values(), ids=TO_THE_FIRM)
def test_nothing_that_goes_to_the_firm_threatens(order: LaterOrder) -> None:
    asked = "appeal" not in order.purpose  # an appeal asks how to reach whoever hears it next
    words = "lawsuit|sue|penalt|damages|regulator|legal action|consequence|failure to|demand"
    pattern = f"{words}|attorney general" if asked else words
    assert not re.search(pattern, letter_text(letter(order)).lower())


@pytest.mark.parametrize("order", LATER.values(), ids=LATER)
def test_no_sentence_is_too_long_to_understand(order: LaterOrder) -> None:
    words = compose_later(order)
    body = words.paragraphs if isinstance(words, Letter) else words.steps
    for paragraph in body:
        for sentence in re.split(r"(?<=[.?!])\s", re.sub(r"\([^)]*\)", "", paragraph)):
            if "“" not in sentence and "\t" not in sentence:
                assert len(sentence.split()) <= 40, sentence


@pytest.mark.parametrize("name", ["california", "virginia", "fcra"])
def test_a_reminder_names_the_days_and_the_sections(name: str) -> None:
    text = letter_text(letter(LATER[f"reminder-{name}"]))
    assert "November 23, 2026" in text
    for past in LATER[f"reminder-{name}"].past:
        assert past.limit.citation in text


def test_a_longer_time_for_some_is_never_called_over_before_it_is() -> None:
    text = letter_text(letter(LATER["reminder-fcra"]))
    assert "After a free yearly report" in text
    assert "was over on December 24, 2026" in text


def test_lateness_is_claimed_only_where_a_time_is_over() -> None:
    quiet = replace(LATER["reminder-virginia"], past=())
    text = letter_text(letter(quiet))
    assert "ended" not in text
    assert "where my request stands" in text


def test_a_reminder_about_the_confirmation_alone_leaves_the_answer_alone() -> None:
    confirm = limit(10, 16, PeriodUnit.BUSINESS_DAYS, "§ 7021(a)")
    order = replace(LATER["reminder-california"], still_running=True,
                    past=(PastTime(CCPA, Right.ACCESS, confirm, to_confirm=True),))
    text = letter_text(letter(order))
    assert "The time for your answer itself still runs." in text
    assert "I have seen no answer" not in text
    rested = letter_text(letter(replace(order, past=tuple(
        replace(one, rested=True) for one in order.past))))
    assert "Counted from" not in rested


def test_what_still_runs_is_not_claimed() -> None:
    order = LATER["reminder-california"]
    sale = [one for one in order.past if one.right is Right.OPT_OUT_OF_SALE]
    text = letter_text(letter(replace(order, past=tuple(sale), still_running=True)))
    assert text.count("The law gave you") == 1
    assert "to the points whose time is over" in text


@pytest.mark.parametrize("name", ["voluntary", "voluntary-guardian"])
def test_a_voluntary_letter_stays_a_courtesy(name: str) -> None:
    text = letter_text(letter(LATER[f"reminder-{name}"]))
    assert "as a courtesy" in text
    assert "§" not in text


@pytest.mark.parametrize("acting", ActingAs)
@pytest.mark.parametrize("purpose", ["reminder", "identity", "refusal", "appeal", "complaint"])
def test_every_voice_can_write_every_letter(acting: ActingAs, purpose: str) -> None:
    order = LATER[f"{purpose}-virginia"]
    asked = changed(order.asked, acting_as=acting,
                    agent_name="" if acting is ActingAs.SELF else "Robin Example")
    text = as_text(letter(replace(order, asked=asked)))
    assert ("Robin Example" in text) is (acting is not ActingAs.SELF)
    assert "Avery Sample" in text
    if acting is ActingAs.GUARDIAN:
        assert "as their parent or legal guardian" in text


def test_only_the_person_themselves_needs_no_proof() -> None:
    """Whoever acts for somebody has to show that they may."""
    assert "needs no proof of identity" in text_of(LATER["identity-california"])
    assert "needs no proof of identity" not in text_of(LATER["identity-california-agent"])


@pytest.mark.parametrize(("name", "claims"), [
    ("california", False), ("virginia", False), ("colorado", False), ("gdpr", True),
    ("uk", True), ("fcra", False), ("voluntary", False)])
def test_doubts_are_asked_for_only_where_the_law_wants_them(name: str, *, claims: bool) -> None:
    assert ("reasonable doubts" in text_of(LATER[f"identity-{name}"])) is claims


def test_an_identity_answer_without_ticks_or_facts_still_reads() -> None:
    order = replace(LATER["identity-virginia"], demanded=(), carried=())
    text = letter_text(letter(order))
    assert "you asked for proof of identity before you go on" in text
    assert "What you can compare" not in text


def test_an_opt_out_alone_asks_for_nothing_more() -> None:
    order = LATER["identity-california"]
    only = tuple(f for f in order.asked.footings if f.no_proof_section)
    text = letter_text(letter(replace(order, asked=changed(order.asked, footings=only))))
    assert "which provision" not in text
    assert "For the rest" not in text


def test_an_appeal_after_silence_names_no_refusal() -> None:
    order = replace(LATER["appeal-uk"], reminded_on=None)
    text = letter_text(letter(order))
    assert "declined" not in text
    assert "I have seen no answer." in text


def test_a_complaint_by_post_to_the_reply_address_alone() -> None:
    order = LATER["complaint-virginia"]
    bare = replace(order, exhibits=(), steps=(Step(date(2026, 12, 1), "acknowledged"),),
                   firm=(), conditional=False, asked=changed(
                       order.asked, reply_email="", sender_lines=("PO Box 0",)))
    words = letter(bare)
    text = letter_text(words)
    assert "by post to the address at the head" in text
    assert words.enclosures == ()
    assert "The firm:" not in text


def test_a_complaint_leaves_the_private_fields_of_a_form_empty() -> None:
    values = {value.fact: value for value in sheet(LATER["form-complaint"]).values}
    for fact in (Fact.CURRENT_ADDRESS, Fact.LISTING_URL, Fact.DATE_OF_BIRTH, Fact.SSN):
        assert values[fact].value == ""
        assert values[fact].leave_empty_because
    assert values[Fact.FULL_NAME].value == "Jürgen Beispiel"


def test_the_language_of_an_authority_is_said_where_it_is_another() -> None:
    steps = " ".join(sheet(LATER["form-complaint"]).steps)
    assert "They ask for complaints in German" in steps
    order = LATER["form-complaint"]
    assert order.authority is not None
    odd = replace(order, authority=replace(order.authority, language="tlh", wants=""))
    assert "complaints in tlh" in " ".join(sheet(odd).steps)
    same = replace(order, authority=replace(order.authority, language="en"), exhibits=())
    steps = " ".join(sheet(same).steps)
    assert "translate" not in steps
    assert "Attach" not in steps


def test_a_sheet_without_an_address_for_answers_has_no_field_for_one() -> None:
    order = LATER["form-reminder"]
    bare = replace(order, asked=changed(order.asked, reply_email="", sender_lines=("PO Box 0",)))
    assert [value.fact for value in sheet(bare).values] == [Fact.FULL_NAME]


def test_a_call_is_read_out() -> None:
    assert "read out the statement" in sheet(LATER["phone-identity"]).steps[0]


def test_only_web_addresses_become_links() -> None:
    order = LATER["form-reminder"]
    procedure = replace(order.asked.procedure, url="javascript:alert(1)")
    made = sheet(replace(order, asked=changed(order.asked, procedure=procedure)))
    assert made.link == ""
    assert "Open the page that you used" in made.steps[0]


@pytest.mark.parametrize(("words", "quoted"), [
    ("  “No.”  ", "No."), ("We said\nno\tto it", "We said no to it"),
    ("a “b” c", "a ‘b’ c"), ('a "b" c', "a ‘b’ c"), ('We said: "No."', "We said: ‘No.’"),
    ("„Nein.“", "Nein."), ("“No” and “never”", "‘No’ and ‘never’"), ("", ""),
    ("word " * 200, None)])
def test_words_are_quoted_on_one_line(words: str, quoted: str | None) -> None:
    found = quote_of(words)
    assert len(found) <= LONGEST_QUOTE + 2
    assert "\n" not in found
    if quoted is not None:
        assert found == quoted
    else:
        assert found.endswith("word …")


def test_words_that_cannot_be_printed_are_refused_by_name() -> None:
    with pytest.raises(UnwritableText):
        compose_later(replace(LATER["refusal-virginia"], their_words="no\x07"))


def test_a_language_without_later_letters_has_no_terms() -> None:
    assert later_terms("tlh") == {}


VALUES = {fact: f"value-of-{fact.value}" for fact in Fact}


@given(st.sampled_from(sorted(LATER)), st.sets(st.sampled_from(Fact)),
       st.sets(st.sampled_from(Fact)))
def test_no_later_letter_carries_a_value_of_the_person(
    name: str, carried: set[Fact], demanded: set[Fact]
) -> None:
    """Facts are named, never given; only who writes and where answers go stand in it."""
    order = LATER[name]
    asked = order.asked
    full = changed(asked, facts={fact: (value,) for fact, value in VALUES.items()})
    text = text_of(replace(order, asked=full, carried=tuple(carried), demanded=tuple(
        fact for fact in demanded)))
    assert "value-of-" not in text
    if not demanded & NEVER_BY_DEFAULT and order.purpose is Purpose.IDENTITY_ANSWER:
        assert "I enclose" not in text


def test_every_channel_and_fact_has_its_words() -> None:
    small = later_terms("en")
    for channel in set(Channel) - {Channel.PLATFORM}:
        assert small[f"by.{channel}"]
    for fact in Fact:
        assert small[f"demand.{fact}"]
    assert set(ASKED) <= {name.partition("-")[2] for name in LATER}
