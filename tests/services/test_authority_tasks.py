"""The end of a permission to act is announced in time, said when it came, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.person import Authorization, Person
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import authority, authority_tasks, followups
from optout.services.desk import Desk
from optout.services.sweep import sweep
from optout.store import authorizations
from tests.conftest import MONDAY

KIND = FollowUpKind.AUTHORIZATION_EXPIRING


def days(number: int) -> timedelta:
    return timedelta(days=number)


def permit(
    desk: Desk, person: Person, ends_in: int | None, *, attorney: bool = False, signed_ago: int = 5
) -> Authorization:
    ends_on = None if ends_in is None else MONDAY + days(ends_in)
    return authority.add_authorization(desk, Authorization(
        "", person.id, "Sample Legal Clinic", MONDAY - days(signed_ago), ends_on,
        power_of_attorney=attorney), actor=OWNER)


def waiting(desk: Desk) -> list[int]:
    """In how many days from the start each open task about a permission is shown."""
    return [(item.follow_up.shown_on - MONDAY).days
            for item in followups.due(desk, within_days=1_000)
            if item.follow_up.kind is KIND]


def test_its_end_is_announced_a_month_before_and_said_the_day_after(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    permission = permit(desk, avery, 90)
    assert waiting(desk) == [60, 91]
    soon, ended = (item.follow_up for item in followups.due(desk, within_days=1_000))
    assert (soon.person_id, soon.request_id, soon.broker_id) == (avery.id, "", "")
    assert soon.key.startswith(permission.id)
    assert "ends on 21 February 2027" in soon.why
    assert "ended on" in ended.why
    clock.forward(days=91)
    assert authority_tasks.follow_permissions(desk) == 0
    assert waiting(desk) == [91]
    followups.finish(desk, ended.id, actor=OWNER)
    assert authority_tasks.follow_permissions(desk) == 0
    assert waiting(desk) == []
    followups.reopen(desk, ended.id, actor=OWNER)
    with pytest.raises(Refused, match="gone"):
        followups.reopen(desk, soon.id, actor=OWNER)


def test_one_that_ends_within_the_month_is_announced_today(desk: Desk, avery: Person) -> None:
    permit(desk, avery, 10)
    assert waiting(desk) == [0, 11]


def test_without_an_end_and_long_after_it_nothing_is_said(desk: Desk, avery: Person) -> None:
    permit(desk, avery, None)
    permit(desk, avery, -100, signed_ago=200)
    assert waiting(desk) == []


def test_one_that_takes_its_place_ends_the_tasks_and_its_end_brings_them_back(
    desk: Desk, avery: Person
) -> None:
    old = permit(desk, avery, 90, attorney=True)
    permit(desk, avery, None)  # less than the power of attorney that it would have to replace
    assert waiting(desk) == [60, 91]
    (done, _) = (item.follow_up for item in followups.due(desk, within_days=1_000))
    followups.finish(desk, done.id, actor=OWNER)
    new = permit(desk, avery, 400, attorney=True)
    assert waiting(desk) == [370, 401]
    authority.revoke_authorization(desk, new.id, actor=OWNER)
    assert waiting(desk) == [91]
    authority.revoke_authorization(desk, old.id, actor=OWNER)
    assert waiting(desk) == []
    with pytest.raises(Refused, match="gone"):
        followups.reopen(desk, done.id, actor=OWNER)


def test_one_that_was_shown_before_it_was_replaced_comes_back_without_being_raised_again(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    permit(desk, avery, 90)
    clock.forward(days=70)
    (soon,) = (item.follow_up for item in followups.due(desk))
    assert sweep(desk).raised == (soon.id,)
    new = permit(desk, avery, 400)
    assert waiting(desk) == [370, 401]
    authority.revoke_authorization(desk, new.id, actor=OWNER)
    assert waiting(desk) == [60, 91]
    assert followups.find(desk, soon.id).follow_up.state is FollowUpState.RAISED
    assert sweep(desk).raised == ()
    clock.forward(days=21)
    assert len(sweep(desk).raised) == 1, "that it has ended is said on its day"


def test_those_of_an_older_version_get_their_tasks_when_the_data_is_opened(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    with desk.store.writing() as session:
        for ends_in in (20, 300):
            authorizations.save(session, Authorization(
                "", avery.id, "Sample Legal Clinic", MONDAY, MONDAY + days(ends_in)))
    assert authority_tasks.follow_permissions(desk) == 2
    assert waiting(desk) == [270, 301]
    clock.forward(days=100)
    assert authority_tasks.follow_permissions(desk) == 0
