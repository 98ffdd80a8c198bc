"""A person's requests at a glance, for the page of the plan: no more is read than it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.outcome_words import LookResult
from optout.domain.request import Request
from optout.domain.words import Channel, FollowUpKind, Standing
from optout.lifecycle.outcome import confirmed_gone
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.store import followups, history, people, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MAY_BE_GONE = (LookResult.NOT_FOUND, LookResult.COULD_NOT_LOOK)
"""Newest looks after which a listing may be gone: a look that failed says nothing of the others."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the plan shows of the requests that were made.

    Args:
        requests: all of the person's, oldest first.
        gone: ids of those whose listing is confirmed gone.
        to_send: ids of those that wait for the person to send them; drafts for counsel are not.
        reports: by the id of a request to a platform: the day on which to look at its report.
    """

    requests: tuple[Request, ...]
    gone: frozenset[str] = frozenset()
    to_send: tuple[str, ...] = ()
    reports: Mapping[str, date] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Request, ...]:
        """Those that were not withdrawn."""
        return tuple(one for one in self.requests if one.standing is not Standing.WITHDRAWN)


def glance_at(desk: Desk, person_id: str) -> Glance:
    """A person's requests. Histories are read of those alone that looks may have confirmed gone.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        made = requests.every(session, person_id)
        looked = history.events_where_looked(session, person_id, _MAY_BE_GONE)
        return Glance(
            made, frozenset(one for one, events in looked.items() if confirmed_gone(events)),
            tuple(one.id for one in made if one.standing is Standing.READY
                  and not is_for_counsel(desk, session, one)),
            _reports(session, made))


def _reports(session: Session, made: tuple[Request, ...]) -> Mapping[str, date]:
    """Of the requests to platforms, which are a handful."""
    return {task.request_id: task.due_on for request in reversed(made)
            if request.channel is Channel.PLATFORM
            for task in reversed(followups.of_request(session, request.id))
            if task.kind is FollowUpKind.PLATFORM_REPORT_DUE and task.state in followups.OPEN}
