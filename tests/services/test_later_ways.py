"""Which way a later letter goes, in whose name, and what never stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker import DeadContact
from optout.domain.document import Letter
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import GateClosed, InvalidInput, Refused
from optout.domain.person import Person
from optout.domain.places import PersonAddress
from optout.domain.words import Channel, Event, Fact, Right, Sensitivity
from optout.registry.registry import Registry
from optout.services import authority, people
from optout.services.desk import Desk
from optout.services.later_hand_over import hand_over_later
from optout.services.later_letters import EVENT_OF_PURPOSE, LaterDetails, compose_later, write_later
from tests.factories import HOME, berliner, californian, new_yorker, virginian
from tests.services.later import P, complain, mark, may, person_of, preview, sent, sent_by_agent


def test_a_form_is_followed_by_a_sheet_where_there_is_no_address(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, new_yorker, "form-first")
    clock.forward(days=40)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert made.kind is DocumentKind.FORM_SHEET
    assert made.file_name == f"{request}-reminder.html"
    assert "as a courtesy" in preview(desk, request, P.REMINDER, LaterDetails())
    steps = hand_over_later(desk, made.id)
    assert made.file_name in steps.steps[0]
    with pytest.raises(InvalidInput, match="no such way"):
        compose_later(desk, request, P.REMINDER, channel=Channel.FAX)


def test_a_dead_address_is_never_written_to(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    known = desk.registry
    dead = replace(known.get("quick-mail"), dead_contacts=(
        DeadContact("privacy@quickmail.example"),))
    desk.library.__dict__["registry"] = Registry(
        {**known.brokers, "quick-mail": dead}, known.checked)
    with pytest.raises(Refused, match="no other way"):
        compose_later(desk, request, P.REMINDER)
    with pytest.raises(InvalidInput, match="no such way"):
        compose_later(desk, request, P.REMINDER, channel=Channel.EMAIL)


def test_an_agent_writes_while_the_permission_lives(desk: Desk, clock: HandClock) -> None:
    request, given = sent_by_agent(desk)
    clock.forward(days=60)
    words = preview(desk, request, P.REMINDER)
    assert "I write for Avery Sample, as their authorized agent." in words
    assert words.startswith("Robin Example")
    authority.add_authorization(desk, replace(given, ends_on=clock.today()), actor=OWNER)
    clock.forward(days=1)
    with pytest.raises(GateClosed, match="no living authorization"):
        compose_later(desk, request, P.REMINDER)


def test_a_way_that_failed_is_not_taken_again(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse", "bounce")
    with pytest.raises(Refused, match="no other way"):
        compose_later(desk, request, P.REFUSAL_ANSWER)
    mail = compose_later(desk, request, P.REFUSAL_ANSWER, channel=Channel.EMAIL)
    assert isinstance(mail, Letter), "the person may insist on it"


def test_a_recipient_that_the_registry_lost_gets_no_letter(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    known = desk.registry
    desk.library.__dict__["registry"] = Registry(
        {one: kept for one, kept in known.brokers.items() if one != "quick-mail"}, known.checked)
    with pytest.raises(Refused, match="no longer has this recipient"):
        compose_later(desk, request, P.REMINDER)


def test_words_are_checked_before_they_are_kept(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    with pytest.raises(InvalidInput) as long:
        write_later(desk, request, P.REFUSAL_ANSWER, actor=OWNER,
                    details=LaterDetails(their_words="x" * 4_001))
    assert long.value.field == "their_words"
    with pytest.raises(InvalidInput) as number:
        write_later(desk, request, P.REFUSAL_ANSWER, actor=OWNER,
                    details=LaterDetails(their_words="Your A-number is A123456789."))
    assert number.value.field == "their_words"


def test_a_letter_never_shows_a_name_that_may_not_be_sent(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    person = person_of(desk, request)
    old = replace(person.names[0], valid_to=clock.today())
    new = replace(person.names[0], given="Robin")
    people.update_person(desk, replace(person, names=(old, new)), actor=OWNER)
    clock.forward(days=60)
    assert "Avery Sample" in preview(desk, request, P.REMINDER), "under which it went out"
    hidden = replace(old, sensitivity=Sensitivity.NEVER_SEND)
    people.update_person(desk, replace(person, names=(hidden, new)), actor=OWNER)
    words = preview(desk, request, P.REMINDER)
    assert "Avery" not in words.replace("avery", "")
    assert "Robin Sample" in words


@pytest.mark.parametrize("make", [californian, berliner, new_yorker, virginian])
def test_no_later_letter_tells_what_the_request_did_not(
    desk: Desk, clock: HandClock, make: Callable[[], Person]
) -> None:
    request = sent(desk, make, "quick-mail")
    clock.forward(days=90)
    person = person_of(desk, request)
    shown = {person.main_name.full, person.reply_email}
    private = {point.value for point in (*person.emails, *person.phones)}
    private |= {line for place in person.addresses for line in place.address.lines}
    private -= shown
    details = LaterDetails(tuple(Fact), " ".join(private))
    seen = 0
    for events in ((), ("demand_identity",), ("answer_identity", "refuse")):
        mark(desk, request, *events)
        complain(desk, request)
        for purpose in may(desk, request) - {P.COMPLAINT}:
            words = preview(desk, request, purpose, details)
            assert not [value for value in private if value in words]
            seen += 1
    assert seen >= 3


def test_an_old_address_of_another_house_is_no_reason_to_hide_a_po_box(
    desk: Desk, clock: HandClock
) -> None:
    person = replace(virginian(), addresses=(
        *virginian().addresses, PersonAddress(HOME, valid_to=clock.today())))
    request = sent(desk, lambda: person, "slow-post")
    clock.forward(days=90)
    complain(desk, request)
    words = compose_later(desk, request, P.COMPLAINT)
    assert isinstance(words, Letter)
    assert "PO Box 1" in words.sender


def test_an_event_for_every_purpose() -> None:
    assert set(EVENT_OF_PURPOSE) == set(Purpose) - {P.REQUEST}
    assert EVENT_OF_PURPOSE[P.APPEAL] is Event.APPEAL
    assert Right.COMPLAIN_TO_CONTROLLER in Right
