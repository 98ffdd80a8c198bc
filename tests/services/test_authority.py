"""Permissions to act: listed, taken back; and nothing is done on one that is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, InvalidInput, NotFound, OptoutError, Refused
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs, Standing
from optout.services import authority, letters, papers, requests
from optout.services.desk import Desk
from optout.store import audit
from tests.conftest import MONDAY
from tests.services.agents import let_agent_ask

BROKERS = ("quick-mail", "slow-post")


@pytest.fixture
def permission(desk: Desk, avery: Person) -> Authorization:
    """A clinic that may act, every question about it answered."""
    for broker in BROKERS:
        let_agent_ask(desk, avery, broker)
    return authority.add_authorization(desk, Authorization(
        "", avery.id, "Sample Legal Clinic", date(2026, 11, 2)), actor=OWNER)


def as_agent(desk: Desk, person: Person, broker: str) -> str:
    (made,) = requests.create_requests(
        desk, person.id, [broker], acting_as=ActingAs.AGENT, actor=OWNER)
    return made.request.id


def test_a_permission_is_taken_back_from_a_day_on(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    revoked = authority.revoke_authorization(
        desk, f" {permission.id.lower()} ", on=date(2026, 11, 20), actor=OWNER)
    assert authority.authorizations_of(desk, avery.id) == (revoked,)
    assert revoked.revoked_on == date(2026, 11, 20)
    assert not revoked.living_on(MONDAY)
    assert revoked.living_on(date(2026, 11, 19))
    with desk.store.reading() as session:
        (last,) = audit.latest(session, 1)
    assert (last.act, last.subject, last.actor) == (
        "revoke_authorization", permission.id, OWNER)


def test_without_a_day_it_ends_today_and_only_once(
    desk: Desk, permission: Authorization
) -> None:
    assert authority.revoke_authorization(
        desk, permission.id, actor=OWNER).revoked_on == MONDAY
    with pytest.raises(Refused, match="taken back since"):
        authority.revoke_authorization(desk, permission.id, actor=OWNER)


def test_a_wrong_day_and_an_unknown_permission_are_refused(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    with pytest.raises(InvalidInput, match="signed later"):
        authority.revoke_authorization(desk, permission.id, on=date(2026, 11, 1), actor=OWNER)
    with pytest.raises(NotFound):
        authority.revoke_authorization(desk, "A-222222", actor=OWNER)
    with pytest.raises(NotFound):
        authority.authorizations_of(desk, "P-222222")
    assert authority.authorizations_of(desk, avery.id) == (permission,)


def test_nothing_is_made_opened_or_sent_on_a_permission_that_is_taken_back(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    ready, draft = (as_agent(desk, avery, broker) for broker in BROKERS)
    (document,) = letters.generate(desk, avery.id, request_ids=[ready], actor=OWNER)
    assert papers.to_enclose(desk, ready) is not None
    authority.revoke_authorization(desk, permission.id, actor=OWNER)
    attempts = (
        lambda: as_agent(desk, avery, "slow-post"),
        lambda: letters.compose(desk, draft),
        lambda: letters.generate(desk, avery.id, request_ids=[draft], actor=OWNER),
        lambda: letters.generate(desk, avery.id, actor=OWNER),
        lambda: letters.read_document(desk, document.id),
        lambda: letters.zip_of(desk, [ready]),
        lambda: letters.hand_over(desk, ready),
        lambda: requests.mark(desk, ready, "mark_sent", actor=OWNER),
    )
    for attempt in attempts:
        with pytest.raises(OptoutError) as caught:
            attempt()
        assert isinstance(caught.value, GateClosed)
        assert "no-living-authorization" in caught.value.gates
    assert requests.get_request(desk, ready).request.standing is Standing.READY
    assert papers.to_enclose(desk, ready) is None


def test_what_was_sent_before_stays_and_can_still_be_read(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    sent = as_agent(desk, avery, "quick-mail")
    (document,) = letters.generate(desk, avery.id, request_ids=[sent], actor=OWNER)
    requests.mark(desk, sent, "mark_sent", actor=OWNER)
    authority.revoke_authorization(desk, permission.id, actor=OWNER)
    assert letters.read_document(desk, document.id).content
    requests.mark(desk, sent, "acknowledge", actor=OWNER)


def test_another_permission_lets_them_go_on(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    ready = as_agent(desk, avery, "quick-mail")
    (document,) = letters.generate(desk, avery.id, request_ids=[ready], actor=OWNER)
    other = authority.add_authorization(desk, Authorization(
        "", avery.id, "Sample Legal Clinic", MONDAY), actor=OWNER)
    authority.revoke_authorization(desk, permission.id, actor=OWNER)
    assert letters.read_document(desk, document.id).content
    enclosed = papers.to_enclose(desk, ready)
    assert enclosed is not None
    assert enclosed.authorization_id == other.id


def test_a_permission_that_ends_later_holds_until_that_day(
    desk: Desk, avery: Person, permission: Authorization, clock: HandClock
) -> None:
    authority.revoke_authorization(
        desk, permission.id, on=MONDAY + timedelta(days=2), actor=OWNER)
    ready = as_agent(desk, avery, "quick-mail")
    letters.generate(desk, avery.id, request_ids=[ready], actor=OWNER)
    clock.forward(days=2)
    with pytest.raises(GateClosed):
        letters.hand_over(desk, ready)
