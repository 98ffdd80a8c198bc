"""Any story of events against a second, tiny way of counting that shares no code with the first."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import ForbiddenEvent
from optout.domain.person import Person
from optout.domain.places import Residence
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpKind, Standing
from optout.services import people
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.factories import berliner, virginian
from tests.services.marked import made, mark, waiting

EVENTS = ("acknowledge", "demand_identity", "answer_identity", "extend", "remind", "complain",
          "refuse", "appeal", "bounce", "redirect", "mark_sent", "undo")
STORY = st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 25)), min_size=1, max_size=9)
RUNS = {Standing.SENT, Standing.ACKNOWLEDGED, Standing.IDENTITY_REQUESTED, Standing.EXTENDED,
        Standing.ESCALATED}
DUE, LONGER, LATE = (FollowUpKind.RESPOND_DUE, FollowUpKind.EXTENSION_DUE, FollowUpKind.ESCALATE)

Story = list[tuple[str, date]]


def nevadan() -> Person:
    home = virginian()
    return replace(home, residences=(Residence("US-NV"),))


@dataclass(frozen=True)
class Told:
    """What a person with a paper calendar would say: the last days, and whether they are final."""

    first: date
    longer: date
    first_open: bool = False
    longer_open: bool = False


def month_later(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monday_after(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def since_sent(story: Story) -> tuple[date, Story]:
    last = max(place for place, (event, _) in enumerate(story) if event == "mark_sent")
    return story[last][1], story[last + 1:]


def questions(since: Story) -> list[tuple[date, date | None]]:
    found: list[tuple[date, date | None]] = []
    for event, on in since:
        if event == "demand_identity" and not (found and found[-1][1] is None):
            found.append((on, None))
        elif event == "answer_identity" and found and found[-1][1] is None:
            found[-1] = (found[-1][0], on)
    return found


def virginia(start: date, _asked: list[tuple[date, date | None]]) -> Told:
    return Told(start + timedelta(days=45), start + timedelta(days=90))


def nevada(start: date, asked: list[tuple[date, date | None]]) -> Told:
    still_open = bool(asked) and asked[-1][1] is None
    if asked and asked[-1][1]:
        start = asked[-1][1]
    return Told(start + timedelta(days=60), start + timedelta(days=90), still_open, still_open)


def europe(start: date, asked: list[tuple[date, date | None]]) -> Told:
    def end(months: int) -> tuple[date, bool]:
        last = month_later(start, months)
        for on, answered in asked:
            if on > us_open(monday_after(last)):
                break
            if answered is None:
                return monday_after(last), True
            last += answered - on
        return monday_after(last), False

    (first, open_now), (longer, longer_open) = end(1), end(3)
    return Told(first, longer, open_now, longer_open)


US_CLOSED = {date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 18),
             date(2027, 2, 15), date(2027, 5, 31), date(2027, 6, 18), date(2027, 7, 5)}
"""Federal holidays: the recipients of these stories sit in the United States."""


def us_open(day: date) -> date:
    while day.weekday() > 4 or day in US_CLOSED:
        day += timedelta(days=1)
    return day


LAWS = {"us-va-vcdpa": (virginian, virginia), "us-nv-603a": (nevadan, nevada),
        "eu-gdpr": (berliner, europe)}


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STORY)
def test_dates_and_tasks_are_those_of_a_paper_calendar(
    desk: Desk, law: str, steps: list[tuple[str, int]]
) -> None:
    who, count = LAWS[law]
    request_id = made(desk, people.add_person(desk, who(), actor=OWNER))
    file = mark(desk, request_id, "mark_sent")
    story: Story = [("mark_sent", MONDAY)]
    day = MONDAY
    for event, gap in steps:
        if event == "undo" and len(story) == 1:
            continue
        day += timedelta(days=gap)
        try:
            file = mark(replace(desk, clock=HandClock(day)), request_id, event, on=day)
        except ForbiddenEvent:
            continue
        story = story[:-1] if event == "undo" else [*story, (event, day)]
        start, since = since_sent(story)
        check(file, law, count(start, questions(since)), since)


def check(file: RequestFile, law: str, told: Told, since: Story) -> None:
    ends = {(row.deadlines.respond_by, row.deadlines.extended_respond_by)
            for row in file.dates if row.law == law}
    assert ends
    for first, longer in ends:
        assert first
        assert longer
        assert (first.day, first.provisional) == (told.first, told.first_open)
        assert (longer.day, longer.provisional) == (told.longer, told.longer_open)
        before_appeal = since[:next(
            (n for n, (event, _) in enumerate(since) if event == "appeal"), len(since))]
        notices = [on for event, on in before_appeal if event == "extend"]
        in_time = bool(notices) and (first.provisional or min(notices) < first.late_from)
        assert ("in time" in " ".join(longer.arithmetic[-1:])) == in_time
        assert file.request.claim or any(
            event == "appeal" for event, _ in since) or check_tasks(
                file, longer if in_time else first, since, in_time=in_time)


def check_tasks(file: RequestFile, end: object, since: Story, *, in_time: bool) -> bool:
    """No task of an unanswered request is lost, doubled, or there before its day."""
    day, late, still_open = end.day, end.late_from, end.provisional  # type: ignore[attr-defined]  # either kind of end has them
    found = waiting(file)
    for days in found.values():
        assert len(days) == len(set(days))
    assert found
    happened = {event for event, _ in since}
    if "complain" not in happened:
        assert all(one >= late for one in found.get(LATE, []))
        assert not (still_open and LATE in found)
    if file.request.standing in RUNS and not happened & {"remind", "complain", "bounce"}:
        kind, other = (LONGER, DUE) if in_time else (DUE, LONGER)
        assert found[kind] == [day]
        assert other not in found
        assert found.get(LATE, []) == ([] if still_open else [late])
    return True
