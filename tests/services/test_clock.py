"""Questions of identity, extensions and appeals move the dates of a real request and its tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.footing import ComputedDate
from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpKind, FollowUpState, PeriodUnit, Standing
from optout.law.model import History
from optout.law.parts import Extension, Period
from optout.law.words import ClockStart
from optout.services import followups, own_holidays, people, requests
from optout.services.desk import Desk
from optout.services.statutory import appeal_clock
from tests.conftest import MONDAY
from tests.factories import berliner, californian, virginian
from tests.services.marked import made, mark, waiting

DUE, LATE = FollowUpKind.RESPOND_DUE, FollowUpKind.ESCALATE
VCDPA = "us-va-vcdpa"


@pytest.fixture
def german(desk: Desk) -> str:
    """A request under the GDPR that left today."""
    person = people.add_person(desk, berliner(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    mark(desk, file.request.id, "mark_sent")
    return file.request.id


@pytest.fixture
def virginias(desk: Desk) -> str:
    """A request under Virginia's law that left today."""
    request_id = made(desk, people.add_person(desk, virginian(), actor=OWNER))
    mark(desk, request_id, "mark_sent")
    return request_id


def change_law(desk: Desk, law_id: str, **fields: Any) -> None:
    """Give the desk's book other fields in one law."""
    book = desk.library.packaged_laws
    law = replace(book.law(law_id, MONDAY), **fields)
    desk.library.__dict__["packaged_laws"] = replace(
        book, histories={**book.histories, law_id: History(((date.min, law),))})
    desk.library._laws = None


def respond(file: RequestFile) -> ComputedDate:
    found = file.dates[0].deadlines.respond_by
    assert found is not None
    return found


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_a_question_holds_lateness_back_and_the_answer_adds_its_days(
    desk: Desk, german: str, clock: HandClock
) -> None:
    before = requests.get_request(desk, german)
    assert respond(before).day == date(2026, 12, 23)
    open_now = mark(desk, german, "demand_identity", on=date(2026, 12, 1))
    assert respond(open_now).provisional
    assert DUE in waiting(open_now)
    assert LATE not in waiting(open_now)
    (task,) = [t for t in open_now.follow_ups
               if t.kind is DUE and t.state is FollowUpState.WAITING]
    assert "their time does not run" in task.why
    clock.forward(days=120)
    assert requests.get_request(desk, german).overdue_days == 0
    answered = mark(desk, german, "answer_identity", on=date(2026, 12, 11))
    assert respond(answered).day == date(2027, 1, 4)
    assert waiting(answered)[DUE] == [date(2027, 1, 4)]
    assert waiting(answered)[LATE] == [respond(answered).late_from]
    assert answered.overdue_days > 0


@pytest.mark.parametrize("insist", ["remind", "complain"])
def test_who_insists_while_a_question_is_open_can_still_answer_it(
    desk: Desk, german: str, clock: HandClock, insist: str
) -> None:
    mark(desk, german, "demand_identity", on=date(2026, 12, 1))
    open_now = mark(desk, german, insist, on=date(2026, 12, 3))
    assert respond(open_now).provisional
    assert waiting(open_now)[DUE] == [respond(open_now).day]
    late = waiting(open_now).get(LATE, [])
    assert late == ([] if insist == "remind" else [date(2027, 2, 1)])  # asks how it stands
    answered = mark(desk, german, "answer_identity", on=date(2026, 12, 11))
    assert answered.request.standing is Standing.ESCALATED
    assert waiting(answered)[DUE] == [date(2027, 1, 4)]
    assert respond(answered).late_from in waiting(answered)[LATE]
    assert len(set(waiting(answered)[LATE])) == len(waiting(answered)[LATE])
    clock.forward(days=120)
    assert requests.get_request(desk, german).overdue_days > 0


def test_a_question_in_a_law_without_a_rest_moves_nothing(desk: Desk, virginias: str) -> None:
    before = requests.get_request(desk, virginias)
    after = mark(desk, virginias, "demand_identity", on=day(7))
    assert respond(after).day == respond(before).day
    assert respond(after).late_from == respond(before).late_from
    assert "so it goes on" in respond(after).arithmetic[-1]
    assert waiting(after)[DUE] == waiting(before)[DUE]
    assert waiting(after)[LATE] == waiting(before)[LATE]


def test_an_undone_answer_and_an_undone_question_bring_the_days_back(
    desk: Desk, german: str
) -> None:
    sent = requests.get_request(desk, german)
    asked = mark(desk, german, "demand_identity", on=day(8))
    mark(desk, german, "answer_identity", on=day(18))
    again = mark(desk, german, "undo", on=day(18))
    assert again.dates == asked.dates
    assert waiting(again) == waiting(asked)
    back = mark(desk, german, "undo", on=day(18))
    assert back.dates == sent.dates
    assert waiting(back) == waiting(sent)


def test_a_task_that_was_done_while_the_question_was_open_comes_back_with_the_answer(
    desk: Desk, german: str, clock: HandClock
) -> None:
    mark(desk, german, "demand_identity", on=day(8))
    clock.forward(days=40)
    for item in followups.due(desk):
        followups.finish(desk, item.follow_up.id, actor=OWNER)
    answered = mark(desk, german, "answer_identity", on=day(40))
    assert waiting(answered)[DUE] == [respond(answered).day]
    assert waiting(answered)[LATE] == [respond(answered).late_from]


def test_an_answer_where_nothing_rested_brings_no_done_task_back(
    desk: Desk, virginias: str, clock: HandClock
) -> None:
    mark(desk, virginias, "demand_identity", on=day(5))
    clock.forward(days=60)
    for item in followups.due(desk):
        followups.finish(desk, item.follow_up.id, actor=OWNER)
    # A closed day that no sweep has counted yet changes the dates with the next event.
    own_holidays.add(desk.library, "US-VA", day(45), "Closed")
    answered = mark(desk, virginias, "answer_identity", on=day(60))
    assert DUE not in waiting(answered)
    assert LATE not in waiting(answered)


def test_a_second_question_moves_the_same_tasks_on(desk: Desk, german: str) -> None:
    for asked, answered in ((8, 10), (14, 17)):
        mark(desk, german, "demand_identity", on=day(asked))
        file = mark(desk, german, "answer_identity", on=day(answered))
    assert respond(file).day == date(2026, 12, 28)
    assert waiting(file)[DUE] == [date(2026, 12, 28)]
    assert len(waiting(file)[LATE]) == 1
    assert len({task.key for task in file.follow_ups}) == len(file.follow_ups)


def test_a_clock_that_waits_for_verification_starts_with_the_answer(
    desk: Desk, virginias: str
) -> None:
    law = desk.laws.law(VCDPA, MONDAY)
    change_law(desk, VCDPA, rights={
        right: replace(rule, deadline=rule.deadline and replace(
            rule.deadline, starts_at=ClockStart.VERIFICATION))
        for right, rule in law.rights.items()})
    asked = mark(desk, virginias, "demand_identity", on=day(3))
    assert respond(asked).provisional
    assert LATE not in waiting(asked)
    answered = mark(desk, virginias, "answer_identity", on=day(10))
    assert respond(answered).starts_on == day(10)
    assert respond(answered).day == day(55)
    assert waiting(answered)[DUE] == [day(55)]
    assert len(waiting(answered)[LATE]) == 1


def test_an_extension_counts_only_if_its_notice_came_in_time(
    desk: Desk, virginias: str, clock: HandClock
) -> None:
    first = respond(requests.get_request(desk, virginias))
    clock.forward(days=100)
    late = mark(desk, virginias, "extend", on=first.late_from)
    assert waiting(late)[DUE] == [first.day]
    assert FollowUpKind.EXTENSION_DUE not in waiting(late)
    assert "too late" in respond(late).arithmetic[-1]
    assert late.overdue_days > 0
    mark(desk, virginias, "undo")
    in_time = mark(desk, virginias, "extend", on=first.day)
    longer = in_time.dates[0].deadlines.extended_respond_by
    assert longer is not None
    assert "in time" in longer.arithmetic[-1]
    assert waiting(in_time)[FollowUpKind.EXTENSION_DUE] == [longer.day]
    assert DUE not in waiting(in_time)


def test_in_europe_the_longer_time_counts_from_receipt_and_rests_too(
    desk: Desk, german: str
) -> None:
    mark(desk, german, "demand_identity", on=date(2026, 12, 1))
    mark(desk, german, "answer_identity", on=date(2026, 12, 11))
    file = mark(desk, german, "extend", on=date(2027, 1, 4))
    # 23 February and ten days.
    assert waiting(file)[FollowUpKind.EXTENSION_DUE] == [date(2027, 3, 5)]


@pytest.mark.parametrize("end", ["withdraw", "close", "claim_removed"])
def test_an_ended_clock_has_no_task_and_no_lateness_left(
    desk: Desk, virginias: str, clock: HandClock, end: str
) -> None:
    before = requests.get_request(desk, virginias)
    file = mark(desk, virginias, end, on=day(2))
    kinds = {FollowUpKind.ACKNOWLEDGE_DUE, DUE, FollowUpKind.EXTENSION_DUE, LATE}
    assert not kinds & waiting(file).keys()
    clock.forward(days=200)
    assert requests.get_request(desk, virginias).overdue_days == 0
    assert file.dates == before.dates


def test_another_sending_starts_the_clock_anew(
    desk: Desk, virginias: str, clock: HandClock
) -> None:
    clock.forward(days=(day(12) - clock.today()).days)
    mark(desk, virginias, "redirect", on=day(10))
    file = mark(desk, virginias, "mark_sent", on=day(12))
    assert respond(file).starts_on == day(12)
    assert file.dates[0].started_by_seq == 3
    assert waiting(file)[DUE] == [day(57)]


def test_a_closed_request_keeps_its_dates_when_the_law_changes(
    desk: Desk, virginias: str
) -> None:
    closed = mark(desk, virginias, "close", on=day(2))
    law = desk.laws.law(VCDPA, MONDAY)
    change_law(desk, VCDPA, rights={
        right: replace(rule, deadline=Period(10, PeriodUnit.CALENDAR_DAYS), extension=None)
        for right, rule in law.rights.items()})
    assert mark(desk, virginias, "look_not_found", on=day(3)).dates == closed.dates
    reopened = mark(desk, virginias, "undo", on=day(3))
    assert reopened.request.standing is Standing.CLOSED
    assert respond(mark(desk, virginias, "undo", on=day(3))).day == day(10)


def with_appeal(desk: Desk, **changes: Any) -> None:
    law = desk.laws.law(VCDPA, MONDAY)
    change_law(desk, VCDPA, appeal=replace(law.appeal, **changes))


def test_a_longer_time_for_the_appeal_moves_its_answer_alone(
    desk: Desk, virginias: str
) -> None:
    with_appeal(desk, extension=Extension(30, PeriodUnit.CALENDAR_DAYS))
    mark(desk, virginias, "refuse", on=day(5))
    appealed = mark(desk, virginias, "appeal", on=day(6))
    answer = FollowUpKind.APPEAL_ANSWER_DUE
    assert waiting(appealed)[answer] == [day(66)]
    longer = mark(desk, virginias, "extend", on=day(20))
    assert waiting(longer)[answer] == [day(96)]
    assert FollowUpKind.EXTENSION_DUE not in waiting(longer)
    assert DUE not in waiting(longer)
    clock = appeal_clock(desk.laws, longer.request, longer.events)
    assert clock is not None
    assert (clock.law, clock.made_on, clock.longer) == (VCDPA, day(6), True)
    undone = mark(desk, virginias, "undo", on=day(20))
    assert waiting(undone)[answer] == [day(66)]
    too_late = mark(desk, virginias, "extend", on=day(70))
    assert waiting(too_late)[answer] == [day(66)]


def test_without_a_longer_time_in_the_law_a_notice_does_not_move_the_appeal(
    desk: Desk, virginias: str
) -> None:
    with_appeal(desk, extension=None)
    mark(desk, virginias, "refuse", on=day(5))
    mark(desk, virginias, "appeal", on=day(6))
    file = mark(desk, virginias, "extend", on=day(20), until=day(200))
    assert waiting(file)[FollowUpKind.APPEAL_ANSWER_DUE] == [day(66)]


def test_without_a_number_the_day_that_they_named_for_the_appeal_is_taken(
    desk: Desk, virginias: str
) -> None:
    with_appeal(desk, answer_within=None, extension=None)
    mark(desk, virginias, "refuse", on=day(5))
    appealed = mark(desk, virginias, "appeal", on=day(6))
    assert appeal_clock(desk.laws, appealed.request, appealed.events) is None
    assert waiting(appealed)[FollowUpKind.APPEAL_ANSWER_DUE] == [day(66)]
    file = mark(desk, virginias, "extend", on=day(20), until=day(80))
    assert waiting(file)[FollowUpKind.APPEAL_ANSWER_DUE] == [day(80)]


@pytest.mark.parametrize("refusal", ["refuse", "claim_partly"])
def test_the_last_day_for_an_appeal_is_a_task_where_the_law_names_one(
    desk: Desk, virginias: str, refusal: str
) -> None:
    with_appeal(desk, file_within=Period(30, PeriodUnit.CALENDAR_DAYS, starts="their refusal"))
    file = mark(desk, virginias, refusal, on=day(5))
    assert waiting(file)[FollowUpKind.APPEAL_BY] == [day(35)]
    mark(desk, virginias, "look_listed", on=day(6))
    # Days later, an undo brings the same day back.
    assert waiting(mark(desk, virginias, "undo", on=day(9)))[FollowUpKind.APPEAL_BY] == [day(35)]
    appealed = mark(desk, virginias, "appeal", on=day(9))
    assert FollowUpKind.APPEAL_BY not in waiting(appealed)


def test_where_the_law_names_no_day_for_an_appeal_none_is_invented(
    desk: Desk, virginias: str
) -> None:
    with_appeal(desk, file_within=None)
    assert FollowUpKind.APPEAL_BY not in waiting(mark(desk, virginias, "refuse", on=day(5)))


def test_the_delivery_of_a_letter_moves_the_tasks_and_keeps_who_they_are(
    desk: Desk, avery: Person
) -> None:
    request_id = made(desk, avery, "slow-post")
    before = mark(desk, request_id, "mark_sent")
    keys = {task.key for task in before.follow_ups if task.kind is DUE}
    after = mark(desk, request_id, "acknowledge", on=day(22), received_on=day(21))
    assert {task.key for task in after.follow_ups if task.kind is DUE} == keys
    assert waiting(after)[DUE] > waiting(before)[DUE]


def test_a_notice_that_turns_out_to_be_in_time_has_its_own_task(
    desk: Desk, clock: HandClock
) -> None:
    request_id = made(desk, people.add_person(desk, virginian(), actor=OWNER), "slow-post")
    sent = mark(desk, request_id, "mark_sent")
    late = mark(desk, request_id, "extend", on=respond(sent).late_from)
    assert set(waiting(late)) >= {DUE, LATE}
    clock.forward(days=60)
    told = mark(desk, request_id, "acknowledge", received_on=respond(sent).starts_on
                + timedelta(days=3))
    (row,) = {item.deadlines.extended_respond_by for item in told.dates}
    assert row
    assert DUE not in waiting(told)
    assert waiting(told)[FollowUpKind.EXTENSION_DUE] == [row.day]
    assert waiting(told)[LATE] == [row.late_from]


def test_a_refusal_names_an_appeal_only_where_the_law_knows_one(desk: Desk) -> None:
    def told(who: Person) -> str:
        refused = mark(desk, made(desk, people.add_person(desk, who, actor=OWNER)),
                       "mark_sent", "refuse")
        return " ".join(task.why for task in refused.follow_ups if task.kind is LATE)

    assert "appeal" in told(virginian())
    assert "appeal" not in told(californian())
