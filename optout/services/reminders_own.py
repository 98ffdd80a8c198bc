"""The person's own reminders: a day and words, about a request or about one broker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput
from optout.domain.reference import new_id
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services.desk import Desk
from optout.services.task_words import own_words
from optout.services.typed import as_stored
from optout.store import audit, people, requests
from optout.store import followups as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FARTHEST_DAYS = 10 * 366
"""Further ahead lies a mistyped year."""

WHY = "You asked to be reminded on this day. Do what you had in mind, or put it off."
"""The same for all of them: their own words are personal data and stand in `reason`."""


def remind_me(
    desk: Desk, *, on: date, words: str, actor: str, request_id: str = "", person_id: str = "",
    broker_id: str = "",
) -> FollowUp:
    """Keep a reminder that the person wants for themselves.

    Its words are the person's and may name anybody: they are shown here alone, and never stand
    in a calendar or a message, however much those may say.

    Args:
        desk: the opened data.
        on: the day; today or later.
        words: what to be reminded of.
        actor: who asks for it.
        request_id: about this request; then person and broker are those of it.
        person_id: whose it is, where it is about no request.
        broker_id: about which broker; may stay empty.

    Raises:
        NotFound: when there is no such request, person or broker.
        InvalidInput: for a day that is over or more than ten years ahead, for words that are
            missing, too long or hold the number of a paper, or where nothing says whose it is.
    """
    _check_day(on, desk.clock.today())
    kept = own_words(words, "words", what="text of the reminder")
    if broker_id and not request_id:
        desk.registry.get(broker_id)
    with desk.store.writing() as session:
        about = _about(session, as_stored(request_id), person_id, broker_id)
        task_id, now = new_id("F", 10), desk.clock.now()
        rows.add(session, FollowUp(
            id=task_id, request_id=about[0], person_id=about[1], broker_id=about[2],
            kind=FollowUpKind.OWN_REMINDER, due_on=on, state=FollowUpState.WAITING,
            key=f"own:{task_id}", why=WHY, reason=kept), at=now)
        audit.write(session, actor, "add_reminder", task_id, now)
        return rows.get(session, task_id)


def _check_day(on: date, today: date) -> None:
    if on < today:
        raise InvalidInput("This day is over.", field="on", remedy="Choose today or a later day.")
    if on > today + timedelta(days=FARTHEST_DAYS):
        raise InvalidInput("This day lies more than ten years ahead.", field="on",
                           remedy="Check the year.")


def _about(
    session: Session, request_id: str, person_id: str, broker_id: str
) -> tuple[str, str, str]:
    if request_id:
        request = requests.get(session, request_id)
        return request.id, request.person_id, request.broker_id
    if not person_id:
        raise InvalidInput("A reminder is about a request or about a person.", field="person_id",
                           remedy="Name one of them.")
    return "", people.get(session, person_id).id, broker_id
