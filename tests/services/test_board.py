"""The board and the lists: what stands where, with its three axes, and only what is shown."""

from __future__ import annotations

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.listing import STANDINGS_OF, BoardColumn, Column, Count, SortBy, Wanted
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.person import Person
from optout.domain.words import Event, Standing
from optout.services import board, listing, looks, people, requests
from optout.services.desk import Desk
from tests.factories import virginian

BROKER = "quick-mail"


def ask(desk: Desk, person: Person, *events: Event, broker: str = BROKER) -> str:
    (file,) = requests.create_requests(desk, person.id, (broker,), actor=OWNER)
    for event in events:
        requests.mark(desk, file.request.id, event, actor=OWNER)
    return file.request.id


def columns(desk: Desk, person_id: str = "") -> dict[Column, BoardColumn]:
    return {column.column: column for column in board.board(desk, person_id)}


def test_every_standing_has_one_column() -> None:
    assert sorted(one for standings in STANDINGS_OF.values() for one in standings) == sorted(
        Standing)


def test_a_card_says_what_they_say_and_what_was_seen_apart(
    desk: Desk, avery: Person, clock: HandClock,
) -> None:
    ask(desk, avery, Event.PREPARE, Event.MARK_SENT, Event.CLAIM_REMOVED)
    looks.record_look(desk, avery.id, BROKER, LookResult.LISTED, actor=OWNER)
    clock.forward(days=3)
    (card,) = columns(desk)[Column.ANSWERED].cards
    asked = card.row.request
    assert (asked.standing, asked.claim, asked.last_look) == (
        Standing.ANSWERED, Claim.REMOVED, LookResult.LISTED)
    assert card.days == 3
    assert card.row.person_name == "Avery Sample"
    assert card.row.next_task is not None


def test_the_late_come_first_and_only_a_few_of_many_are_cards(
    desk: Desk, avery: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(desk, avery, Event.PREPARE, Event.MARK_SENT)
    clock.forward(days=90)
    other = people.add_person(desk, virginian(), actor=OWNER)
    ask(desk, other, Event.PREPARE, Event.MARK_SENT)
    found = columns(desk)[Column.WITH_THEM]
    assert [card.row.days_late > 0 for card in found.cards] == [True, False]
    assert found.number == 2
    assert columns(desk, other.id)[Column.WITH_THEM].number == 1
    assert columns(desk, other.id)[Column.OVER].cards == ()
    monkeypatch.setattr(board, "CARDS", 1)
    few = columns(desk)[Column.WITH_THEM]
    assert (few.number, len(few.cards)) == (2, 1)


def test_nobody_has_no_board(desk: Desk) -> None:
    with pytest.raises(NotFound):
        board.board(desk, "P-222222")
    with pytest.raises(NotFound):
        listing.list_page(desk, Wanted(person_id="P-222222"))


def test_what_is_late_and_what_needs_me_is_found(
    desk: Desk, avery: Person, clock: HandClock,
) -> None:
    reference = ask(desk, avery, Event.PREPARE, Event.MARK_SENT)
    today = clock.today()
    assert listing.count(desk, Wanted(late_by=today)) == Count(0)
    clock.forward(days=90)
    later = clock.today()
    for wanted in (Wanted(late_by=later), Wanted(shown_by=later), Wanted(broker_id=BROKER)):
        (row,) = listing.list_page(desk, wanted, sort=SortBy.NEXT).rows
        assert row.request.id == reference
        assert row.days_late == requests.get_request(desk, reference).overdue_days > 0


def test_a_long_list_is_read_a_chunk_at_a_time(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = people.add_person(desk, virginian(), actor=OWNER)
    made = {ask(desk, avery), ask(desk, other)}
    monkeypatch.setattr(listing, "CHUNK", 1)
    assert {row.request.id for row in listing.every_row(desk, Wanted())} == made
    assert listing.unsent_of(desk, "", Standing.DRAFT, most=9) != ()
    assert set(listing.unsent_of(desk, avery.id, Standing.DRAFT, most=9)) < made
    assert not listing.has_post(desk, avery.id)
    ask(desk, avery, broker="slow-post")
    assert listing.has_post(desk, avery.id), "a letter that is still to be written"
    assert not listing.has_post(desk, other.id)
    assert listing.broker_name(desk, "gone") == "gone"
