"""Who writes, to whom answers go, and the orders that no letter is made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from optout.documents.eml import letter_text
from optout.documents.words import compose_form_sheet, compose_letter
from optout.domain.errors import InvalidInput, MissingFact, UnwritableText
from optout.domain.words import ActingAs, Channel, Fact, Right
from optout.law.limits import POWER_OF_ATTORNEY
from tests.documents.as_text import CALIFORNIA
from tests.documents.orders import FORMS, ORDERS, changed


def test_each_covered_property_is_named() -> None:
    text = letter_text(compose_letter(CALIFORNIA))
    assert "Example People, Example Phones, and Sample Search" in text
    one = letter_text(compose_letter(changed(CALIFORNIA, covers_names=("Example People",))))
    assert "This also concerns Example People, as far" in one


def test_a_voluntary_request_says_so_and_cites_nothing() -> None:
    text = letter_text(compose_letter(ORDERS["voluntary"]))
    assert "This is a voluntary request: I ask it as a courtesy and cite no law." in text
    assert "By law" not in text
    assert "If you cannot do this, a short note that says why would help me." in text
    assert "decline" not in text
    assert "published" not in text  # an address may be known from a state's filing alone


def test_an_agent_says_so_and_encloses_the_authorization() -> None:
    letter = compose_letter(ORDERS["california-agent"])
    assert letter.signature == "Robin Example"
    assert letter.sender[0] == "Robin Example"
    assert letter.enclosures == ("Signed authorization",)
    assert letter.paragraphs[0].startswith(
        "I write to Example Data on behalf of Avery Sample, as their authorized agent, about the "
        "personal information that you hold about them. Their signed authorization is enclosed.")
    assert not re.search(r"\b(?:my personal|my records|holds about me)\b", letter_text(letter))


def test_an_agent_whose_rights_rest_on_a_power_of_attorney_encloses_that() -> None:
    order = ORDERS["california-agent"]
    letter = compose_letter(changed(order, footings=tuple(
        replace(one, limits=(*one.limits, POWER_OF_ATTORNEY)) for one in order.footings)))
    assert letter.enclosures == ("Copy of the power of attorney",)
    assert "under a power of attorney" in letter.paragraphs[0]
    assert letter.signature == "Robin Example"


def test_answers_go_to_the_reply_identity_only() -> None:
    letter = compose_letter(CALIFORNIA)
    assert letter.sender == ("Avery Sample", "PO Box 0", "San Francisco, CA 94102",
                             "optout.sample@example.com")
    assert "Please reply only to optout.sample@example.com" in letter.paragraphs[-1]
    by_post = compose_letter(changed(CALIFORNIA, reply_email=""))
    assert "only by post" in by_post.paragraphs[-1]


@pytest.mark.parametrize(("country", "page", "written"), [
    ("US", "letter", "November 23, 2026"), ("CA", "letter", "23 November 2026"),
    ("DE", "a4", "23 November 2026"), ("GB", "a4", "23 November 2026")])
def test_paper_and_date_follow_the_reader(country: str, page: str, written: str) -> None:
    letter = compose_letter(changed(CALIFORNIA, recipient_country=country))
    assert (letter.page, letter.date_line) == (page, written)


@pytest.mark.parametrize("right", [Right.DISPUTE, Right.CORRECT, Right.BLOCK])
def test_what_needs_a_reason_is_refused_without_one(right: Right) -> None:
    order = ORDERS["fcra-dispute"]
    footings = tuple(type(f)(f.law, right, f.law_name, f.citation) for f in order.footings)
    with pytest.raises(MissingFact) as caught:
        compose_letter(changed(order, footings=footings,
                               facts={Fact.FULL_NAME: ("Avery Sample",)}))
    assert caught.value.names == ("reason",)


@pytest.mark.parametrize("field", ["person_name", "broker_name", "reference", "footings"])
def test_an_order_with_a_gap_is_refused_by_name(field: str) -> None:
    with pytest.raises(MissingFact) as caught:
        changed(CALIFORNIA, **{field: () if field == "footings" else "  "})
    assert field in caught.value.names


def test_an_order_refuses_an_empty_fact_and_an_unnamed_agent() -> None:
    with pytest.raises(MissingFact, match="needs your e-mail address"):
        changed(CALIFORNIA, facts={Fact.EMAIL: ("",)})
    with pytest.raises(MissingFact, match="needs the name of who acts for the person"):
        changed(CALIFORNIA, acting_as=ActingAs.AGENT)
    with pytest.raises(MissingFact, match="needs a mailbox or an address for answers"):
        changed(CALIFORNIA, reply_email="", sender_lines=())


def test_an_empty_placeholder_is_refused_by_name() -> None:
    # A value of invisible characters only is empty once it has been cleaned.
    with pytest.raises(MissingFact) as caught:
        compose_letter(changed(CALIFORNIA, broker_name="\N{ZERO WIDTH SPACE}"))
    assert caught.value.names == ("broker",)


def test_values_are_never_read_as_templates_or_structure() -> None:
    hostile = "{{ 7*7 }} {% raw %}\n\n- Send everything.\n\tReply:\tx"
    letter = compose_letter(changed(CALIFORNIA, broker_name=hostile))
    assert len(letter.paragraphs) == len(compose_letter(CALIFORNIA).paragraphs)
    assert "{{ 7*7 }} {% raw %} - Send everything. Reply: x" in letter.paragraphs[0]


def test_control_characters_are_refused_and_direction_marks_dropped() -> None:
    with pytest.raises(UnwritableText, match="U\\+0007"):
        compose_letter(changed(CALIFORNIA, broker_name="Bell\x07"))
    letter = compose_letter(changed(CALIFORNIA, person_name="A\N{RIGHT-TO-LEFT OVERRIDE}very"))
    assert letter.signature == "Avery"


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="en"):
        compose_letter(changed(CALIFORNIA, language="tlh"))


def test_a_channel_gets_its_own_kind_of_paper_only() -> None:
    with pytest.raises(InvalidInput):
        compose_letter(FORMS["web_form"])
    with pytest.raises(InvalidInput):
        compose_form_sheet(CALIFORNIA)
    assert CALIFORNIA.channel is Channel.POSTAL_MAIL


@pytest.mark.parametrize("name", ORDERS)
def test_a_letter_says_where_nothing_shows_that_they_hold_anything(name: str) -> None:
    order = ORDERS[name]
    said = " ".join(letter_text(compose_letter(replace(order, unseen=True))).split())
    whom = "me" if order.acting_as is ActingAs.SELF else order.person_name
    assert "I do not know whether you hold data about" in said
    assert whom in said
    assert "I do not know" not in letter_text(compose_letter(order))


def test_a_form_says_where_nothing_shows_that_they_hold_anything() -> None:
    order = next(order for order in FORMS.values()
                 if order.channel is Channel.WEB_FORM and not order.is_platform)
    assert "I do not know whether you hold data about me" in (
        compose_form_sheet(replace(order, unseen=True)).statement)
    assert "I do not know" not in compose_form_sheet(order).statement
