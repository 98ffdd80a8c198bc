"""The page of what is due: each task with its button, and what else can be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import render_template

from optout.domain.errors import NotFound
from optout.domain.request import DueItem, FollowUp
from optout.domain.words import FollowUpKind
from optout.lifecycle.next_step import Act, Step
from optout.lifecycle.putting_off import Limit, limit_of
from optout.services import followups
from optout.services.due_list import DueList, Filter, Group
from optout.services.next_steps import steps_of
from optout.web.due_acts import Button, buttons_of
from optout.web.state import desk

WEEK = 7
UNSENT_SHOWN = 5
"""Unsent requests that are shown before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for: ids, kinds, days and numbers, nothing else."""

    filter: Filter
    after: tuple[date, int] | None = None

    @classmethod
    def asked(cls, arguments: Mapping[str, str]) -> Shown:
        """Read it from an address.

        Raises:
            NotFound: for a kind or a place that there is not.
        """
        try:
            kind = FollowUpKind(arguments["kind"]) if arguments.get("kind") else None
            day, _, number = arguments.get("after", "").partition(".")
            after = (date.fromisoformat(day), int(number)) if day else None
        except ValueError:
            raise NotFound from None
        return cls(Filter(arguments.get("person") or None, kind), after)


@dataclass(frozen=True, slots=True)
class Line:
    """A task as it stands in the list.

    Args:
        buttons: what can be done about it, the first one first.
        limit: the days to which it can be put off.
        days: the days that have a button of their own: tomorrow, in a week.
        also: the other tasks of its request, folded under it.
    """

    item: DueItem
    buttons: tuple[Button, ...]
    limit: Limit
    days: tuple[date, ...]
    also: tuple[Line, ...] = ()

    @property
    def task(self) -> FollowUp:
        """The task itself."""
        return self.item.follow_up

    @property
    def fresh(self) -> bool:
        """Whether it only has to be sent: it did not come back, and was not sent on."""
        return any(button.act is Act.SEND for button in self.buttons)

    @property
    def put_off(self) -> bool:
        """Whether the person put it off."""
        return self.task.shown_on > self.task.due_on


@dataclass(frozen=True, slots=True)
class Part:
    """A group of the page: its lines, by person where there are several."""

    group: Group
    people: tuple[tuple[str, tuple[Line, ...]], ...]


def filters(arguments: Mapping[str, str]) -> dict[str, Any]:
    """What an address keeps while one goes from list to task and back."""
    return {name: arguments[name] for name in ("person", "kind") if arguments.get(name)}


def due_page(found: DueList, shown: Shown, *, whole: str = "", undo: str = "") -> str:
    """The page.

    Args:
        found: the tasks of it.
        shown: what the address asked for.
        whole: the one group that is shown alone; empty for all of them.
        undo: the id of the task about which something was done just now.
    """
    steps = steps_of(desk(), [task for group in found.groups if group.name != "later"
                              for task in group.tasks], on=found.day)
    parts = [Part(group, tuple(_by_person(group, found, steps))) for group in found.groups]
    kept = {"person": shown.filter.person_id, "kind": shown.filter.kind}
    return render_template(
        "pages/due/due.html", found=found, parts=parts, whole=whole, after=shown.after,
        kept={name: value for name, value in kept.items() if value}, kinds=list(FollowUpKind),
        some=sorted(found.busiest, key=lambda one: (found.names[one].casefold(), one)),
        undo=followups.find(desk(), undo) if undo else None, folded=UNSENT_SHOWN)


def _by_person(
    group: Group, found: DueList, steps: Mapping[str, tuple[Step, ...]]
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The lines of each person together, in the order of their first ones."""
    first: dict[str, int] = {}
    for item in group.items:
        first.setdefault(item.follow_up.person_id, len(first))
    items = sorted(group.items, key=lambda item: first[item.follow_up.person_id]) if (
        found.names) else group.items
    for person_id, of_one in groupby(items, lambda item: item.follow_up.person_id):
        yield person_id, tuple(
            replace(_line(item, found.day, steps), also=tuple(
                _line(other, found.day, steps)
                for other in group.also.get(item.follow_up.id, ()))) for item in of_one)


def _line(item: DueItem, today: date, steps: Mapping[str, tuple[Step, ...]]) -> Line:
    limit = limit_of(item.follow_up, today)
    quick = (today + timedelta(days=1), today + timedelta(days=WEEK))
    return Line(item, buttons_of(item.follow_up, steps.get(item.follow_up.id, ())), limit,
                tuple(day for day in quick if limit.first <= day <= limit.last))
