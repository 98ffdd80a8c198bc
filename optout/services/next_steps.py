"""What to do next about the tasks that are shown, with the conditions that are not met yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from optout.domain.later import LATER_PURPOSES
from optout.domain.request import FollowUp, Request
from optout.domain.words import Channel, Event
from optout.lifecycle.later import Standpoint, unmet
from optout.lifecycle.next_step import Case, Step, needs_letters, next_steps
from optout.lifecycle.outcome import relisted
from optout.services.desk import Desk
from optout.services.later_standing import standpoints_of
from optout.store import requests


def steps_of(
    desk: Desk, tasks: Sequence[FollowUp], *, on: date | None = None,
) -> Mapping[str, tuple[Step, ...]]:
    """By task: what the person can do about it, what is possible today first.

    Histories are read of those requests alone whose task may call for a letter; so give it the
    tasks of one page, not all there are.

    Args:
        desk: the opened data.
        tasks: open ones.
        on: the day; default: today.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        asked = {one.id: one for one in requests.some(
            session, list(dict.fromkeys(task.request_id for task in tasks if task.request_id)))}
        cases = {task.id: _case(desk, task, asked.get(task.request_id), day) for task in tasks}
        of_letters = {task.id: task.request_id for task in tasks if needs_letters(cases[task.id])}
        points = standpoints_of(
            desk, session, [asked[one] for one in dict.fromkeys(of_letters.values())], day)
    for task_id, request_id in of_letters.items():
        cases[task_id] = _with_letters(cases[task_id], points[request_id])
    return {task_id: next_steps(case) for task_id, case in cases.items()}


def _case(desk: Desk, task: FollowUp, request: Request | None, day: date) -> Case:
    if request is None:
        return Case(task.kind)  # it is there because a listing was seen, search link or not
    broker = desk.registry.brokers.get(task.broker_id)
    can_look = request.last_look is not None or (broker is not None and broker.search is not None)
    return Case(
        task.kind, request.standing, request.claim, can_look=can_look,
        on_platform=request.channel is Channel.PLATFORM,
        late=request.late_from is not None and request.late_from <= day)


def _with_letters(case: Case, at: Standpoint) -> Case:
    insisted = at.last(Event.REMIND, Event.APPEAL, Event.COMPLAIN)
    return replace(
        case, came_back=relisted(at.events),
        complained=insisted is not None and insisted.event is Event.COMPLAIN,
        unmet={purpose: unmet(purpose, at) for purpose in LATER_PURPOSES})
