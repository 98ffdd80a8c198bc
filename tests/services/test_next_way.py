"""What came back goes another way of the same broker, and never the same one again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.actor import OWNER
from optout.domain.broker import Procedure
from optout.domain.errors import Refused
from optout.domain.person import Person
from optout.domain.places import PostalAddress
from optout.domain.words import Channel, Event, Fact, Standing
from optout.services import consistency, letters, next_way, people, requests
from optout.services.desk import Desk
from tests.factories import californian
from tests.services.marked import made, mark

POST = Procedure(Channel.POSTAL_MAIL, needs=(Fact.FULL_NAME, Fact.CITY_STATE),
                 address=PostalAddress(("1 Invented Plaza",), "Albany", "NY", "12207", "US"),
                 checked=date(2026, 10, 1))
FORM = Procedure(Channel.WEB_FORM, url="https://quickmail.example/out",
                 needs=(Fact.FULL_NAME, Fact.REPLY_EMAIL), steps=("Open the form.",),
                 checked=date(2026, 10, 1))


def with_ways(desk: Desk, patch: pytest.MonkeyPatch, *more: Procedure) -> None:
    """Let the broker have these ways besides its e-mail."""
    broker = desk.registry.get("quick-mail")
    patch.setattr(desk.registry, "brokers", {
        **desk.registry.brokers,
        broker.id: replace(broker, procedures=(broker.procedures[0], *more))})


@pytest.fixture
def bounced(desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch) -> str:
    """An e-mail that came back, to a broker that also takes letters and has a form."""
    with_ways(desk, monkeypatch, POST, FORM)
    request_id = made(desk, avery, channel=Channel.EMAIL)
    letters.generate(desk, avery.id, request_ids=[request_id], actor=OWNER)
    mark(desk, request_id, "mark_sent", "bounce")
    return request_id


def test_the_best_way_comes_next_and_the_one_that_failed_never_again(
    desk: Desk, bounced: str
) -> None:
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert [way.channel for way in left.ways] == [Channel.WEB_FORM, Channel.POSTAL_MAIL]
    assert left.tried[-1].contact == "privacy@quickmail.example"
    assert not left.remains
    file = next_way.reroute(desk, f" {bounced.lower()} ", actor=OWNER)
    assert (file.request.channel, file.request.standing) == (Channel.WEB_FORM, Standing.READY)
    assert file.events[-1].event is Event.PREPARE
    assert file.events[-1].detail == (
        "Now by web form, as email failed: privacy@quickmail.example")
    assert [d.kind.value for d in letters.documents_of(desk, bounced)] == ["email", "form_sheet"]
    mark(desk, bounced, "mark_sent", "redirect")
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert [way.channel for way in left.ways] == [Channel.POSTAL_MAIL]
    assert [one.channel for one in left.tried] == [Channel.EMAIL, Channel.WEB_FORM]
    file = next_way.reroute(desk, bounced, channel=Channel.POSTAL_MAIL, actor=OWNER)
    mark(desk, bounced, "mark_sent", "bounce")
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert left.ways == ()
    assert "Keep what came back" in left.remains
    with pytest.raises(Refused) as raised:
        next_way.reroute(desk, bounced, actor=OWNER)
    assert raised.value.remedy == left.remains
    assert list(consistency.problems(desk)) == []


def test_an_undo_brings_the_way_and_what_it_carried_back(desk: Desk, bounced: str) -> None:
    before = requests.get_request(desk, bounced)
    next_way.reroute(desk, bounced, channel=Channel.POSTAL_MAIL, actor=OWNER)
    after = mark(desk, bounced, "undo")
    assert after.request == before.request
    assert after.dates == before.dates
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert len(left.ways) == 2


def test_only_what_came_back_goes_another_way_and_only_one_that_is_left(
    desk: Desk, bounced: str
) -> None:
    with pytest.raises(Refused, match="not among the ways"):
        next_way.reroute(desk, bounced, channel=Channel.EMAIL, actor=OWNER)
    mark(desk, bounced, "undo")
    assert next_way.next_ways(desk, bounced) is None
    with pytest.raises(Refused, match="came back"):
        next_way.reroute(desk, bounced, actor=OWNER)


def test_a_way_behind_a_question_comes_last_and_names_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = people.add_person(desk, replace(californian(), phones=()), actor=OWNER)
    with_ways(desk, monkeypatch, replace(FORM, needs=(Fact.FULL_NAME, Fact.PHONE)), POST)
    request_id = made(desk, person, channel=Channel.EMAIL)
    mark(desk, request_id, "mark_sent", "bounce")
    left = next_way.next_ways(desk, request_id)
    assert left is not None
    assert [way.channel for way in left.ways] == [Channel.POSTAL_MAIL, Channel.WEB_FORM]
    assert any("phone" in question for question in left.ways[-1].questions)


def test_a_corrected_address_of_the_same_kind_is_another_way(
    desk: Desk, bounced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_way.reroute(desk, bounced, actor=OWNER)
    mark(desk, bounced, "mark_sent", "bounce")
    broker = desk.registry.get("quick-mail")
    mended = replace(broker.procedures[0], email="people@quickmail.example")
    monkeypatch.setattr(desk.registry, "brokers", {
        **desk.registry.brokers,
        broker.id: replace(broker, procedures=(mended, *broker.procedures[1:]))})
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert (Channel.EMAIL, "people@quickmail.example") in {
        (way.channel, way.contact) for way in left.ways}


def test_where_the_registry_lost_the_company_only_taking_back_remains(
    desk: Desk, bounced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.registry, "brokers", {})
    left = next_way.next_ways(desk, bounced)
    assert left is not None
    assert left.ways == ()
    assert "Withdraw" in left.remains


def test_a_note_that_only_reads_like_a_trace_is_a_note(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_ways(desk, monkeypatch, POST)
    request_id = made(desk, avery, channel=Channel.EMAIL)
    requests.mark(desk, request_id, "prepare", actor=OWNER,
                  detail="Now by pigeon, as smoke signal failed: nobody looked up")
    mark(desk, request_id, "mark_sent", "bounce")
    left = next_way.next_ways(desk, request_id)
    assert left is not None
    assert [one.channel for one in left.tried] == [Channel.EMAIL]
