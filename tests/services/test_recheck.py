"""Where to look again: what was seen, what waits for a look, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.exposure import Exposure
from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.services import exposures, looks, people, requests
from optout.services.desk import Desk
from optout.services.recheck import Again, recheck
from optout.services.watching import renew_watch
from optout.store import exposures as exposure_rows
from optout.store import watches
from tests.conftest import MONDAY
from tests.factories import safe_at_risk

PAGE = "https://quickmail.example/search"


def due(desk: Desk, person: Person) -> dict[str, tuple[date | None, date | None]]:
    return {place.broker_id: (place.last_seen, place.due_on)
            for place in recheck(desk, person.id).places}


def waiting(desk: Desk, person: Person) -> list[FollowUp]:
    """The open tasks of looking that belong to no request."""
    with desk.store.reading() as session:
        return [task for task in watches.looking(session, person.id) if not task.request_id]


def look(desk: Desk, person: Person, broker: str, result: LookResult, ago: int = 0) -> None:
    reason = NoLook.CAPTCHA if result is LookResult.COULD_NOT_LOOK else None
    looks.record_look(desk, person.id, broker, result, reason=reason, actor=OWNER,
                      on=desk.clock.today() - timedelta(ago))


def test_without_looks_and_listings_there_is_nothing(desk: Desk, morgan: Person) -> None:
    found = recheck(desk, morgan.id)
    assert (found.places, found.advice) == ((), "")
    with pytest.raises(NotFound):
        recheck(desk, "P-NOBODY")


def test_the_interval_follows_what_was_seen(desk: Desk, morgan: Person) -> None:
    look(desk, morgan, "quick-mail", LookResult.NOT_FOUND)
    look(desk, morgan, "slow-post", LookResult.COULD_NOT_LOOK)
    look(desk, morgan, "form-first", LookResult.LISTED, ago=2)
    found = recheck(desk, morgan.id)
    assert found.places == (
        Again("slow-post", "Slow Post", "", None, MONDAY + timedelta(3)),
        Again("form-first", "Form First", "", MONDAY - timedelta(2), MONDAY + timedelta(12)),
        Again("quick-mail", "Quick Mail", PAGE, None, MONDAY + timedelta(90)))
    assert found.advice == ""


def test_people_at_risk_look_again_sooner_and_in_a_private_window(desk: Desk) -> None:
    person = people.add_person(desk, safe_at_risk(), actor=OWNER)
    look(desk, person, "quick-mail", LookResult.NOT_FOUND)
    found = recheck(desk, person.id)
    assert [place.due_on for place in found.places] == [MONDAY + timedelta(30)]
    assert "private window" in found.advice


def test_a_listing_that_was_entered_is_looked_at_again(desk: Desk, morgan: Person) -> None:
    for day in (MONDAY - timedelta(20), MONDAY - timedelta(5)):
        exposures.add_exposure(desk, morgan.id, "slow-post",
                               f"https://slowpost.example/{day.isoformat()}", on=day, actor=OWNER)
    assert due(desk, morgan) == {
        "slow-post": (MONDAY - timedelta(5), MONDAY + timedelta(9))}
    look(desk, morgan, "slow-post", LookResult.NOT_FOUND, ago=6)
    assert due(desk, morgan)["slow-post"][1] == MONDAY + timedelta(9), "it was seen later"
    look(desk, morgan, "slow-post", LookResult.NOT_FOUND, ago=5)
    assert due(desk, morgan)["slow-post"] == (MONDAY - timedelta(5), MONDAY + timedelta(9))
    look(desk, morgan, "slow-post", LookResult.NOT_FOUND)
    assert due(desk, morgan)["slow-post"][1] == MONDAY + timedelta(45), "a second clean look"


@pytest.mark.parametrize(("at_risk", "days"), [(False, 60), (True, 30)])
def test_the_brokers_own_interval_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, at_risk: bool, days: int,
) -> None:
    person = people.add_person(desk, replace(safe_at_risk(), at_risk=at_risk), actor=OWNER)
    brokers = desk.registry.brokers
    monkeypatch.setattr(desk.registry, "brokers", {
        **brokers, "slow-post": replace(brokers["slow-post"], recheck_days=60)})
    look(desk, person, "slow-post", LookResult.LISTED)
    assert due(desk, person)["slow-post"] == (MONDAY, MONDAY + timedelta(days))


def test_a_task_of_a_request_sets_the_day(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    (file,) = requests.create_requests(desk, morgan.id, ["quick-mail"], actor=OWNER)
    assert due(desk, morgan) == {}
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    assert due(desk, morgan) == {"quick-mail": (None, MONDAY + timedelta(10))}
    clock.forward(days=10)
    requests.mark(desk, file.request.id, "look_listed", actor=OWNER)
    today = MONDAY + timedelta(10)
    assert recheck(desk, morgan.id, due_only=True).places == ()
    assert due(desk, morgan) == {"quick-mail": (today, today + timedelta(14))}
    clock.forward(days=14)
    look(desk, morgan, "quick-mail", LookResult.NOT_FOUND)
    last_seen, next_look = due(desk, morgan)["quick-mail"]
    assert last_seen == today
    assert next_look == today + timedelta(14 + 14), "the task of the request, not the 90 days"


def test_of_two_tasks_the_sooner_one_sets_the_day(desk: Desk, morgan: Person) -> None:
    (file,) = requests.create_requests(desk, morgan.id, ["quick-mail"], actor=OWNER)
    for event in ("mark_sent", "claim_removed"):
        requests.mark(desk, file.request.id, event, actor=OWNER)
    assert due(desk, morgan) == {"quick-mail": (None, MONDAY + timedelta(10))}


def test_where_nothing_is_asked_any_more_there_is_nothing_to_look_at(
    desk: Desk, morgan: Person,
) -> None:
    (file,) = requests.create_requests(desk, morgan.id, ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    assert len(recheck(desk, morgan.id, everything=True).places) == 1
    requests.mark(desk, file.request.id, "withdraw", actor=OWNER)
    assert recheck(desk, morgan.id, everything=True).places == ()


def test_people_at_risk_who_have_nothing_to_look_at_are_told_nothing(desk: Desk) -> None:
    person = people.add_person(desk, safe_at_risk(), actor=OWNER)
    assert recheck(desk, person.id).advice == ""


def test_a_request_for_a_network_looks_after_the_listings_that_it_serves(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    with desk.store.writing() as session:
        for broker in ("form-mirror", "gone-from-registry"):
            exposure_rows.add(session, Exposure(
                morgan.id, broker, "https://formmirror.example/x", MONDAY))
            renew_watch(desk, session, morgan.id, broker)
    (file,) = requests.create_requests(
        desk, morgan.id, ["form-first", "form-mirror"], actor=OWNER)
    assert "form-mirror" in file.request.covers
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    assert "form-first" not in due(desk, morgan), "it promises nothing that could be looked at"
    requests.mark(desk, file.request.id, "claim_removed", actor=OWNER)
    found = {place.broker_id: place for place in recheck(desk, morgan.id).places}
    assert found["form-mirror"].due_on == found["form-first"].due_on
    assert [task.broker_id for task in waiting(desk, morgan)] == ["gone-from-registry"]
    gone = found["gone-from-registry"]
    assert (gone.name, gone.search_url) == ("gone-from-registry", "")
    assert gone.due_on == MONDAY + timedelta(14)
    clock.forward(days=90)
    look(desk, morgan, "form-mirror", LookResult.NOT_FOUND)
    assert due(desk, morgan)["form-mirror"][1] == MONDAY + timedelta(90 + 14), "its own look"
