"""What people choose about single companies of their plan: ask, leave out, put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import kept_text
from optout.domain.wanted import Choice
from optout.domain.words import ChoiceKind
from optout.services import plans
from optout.services.desk import Desk
from optout.store import audit, people
from optout.store import choices as rows

LONGEST_REASON = 500


def choose(
    desk: Desk, person_id: str, broker_ids: Sequence[str], kind: ChoiceKind, *,
    reason: str = "", until: date | None = None, actor: str, on: date | None = None,
) -> tuple[Choice, ...]:
    """Keep a choice about brokers, all of them or none; it replaces an earlier one.

    Args:
        desk: the opened data.
        person_id: whose plan it is.
        broker_ids: which brokers.
        kind: ask in any case, leave out, or put off.
        reason: why, in the person's own words; needed to leave out; personal data.
        until: to put off: the first day on which it stands in the plan again.
        actor: who chooses.
        on: the day of the choice; default: today.

    Raises:
        NotFound: when the person or a broker is unknown.
        InvalidInput: when no broker, no reason or no day is given, or one that does not fit; or
            when the reason holds the number of a paper.
    """
    if not broker_ids:
        raise InvalidInput("No company is chosen.", field="brokers",
                           remedy="Choose at least one.")
    plans.check_known(desk, broker_ids)
    day = desk.day(on)
    reason = reason.strip()
    _check(kind, reason, until, day)
    made = tuple(Choice(broker_id, kind, day, actor, reason, until)
                 for broker_id in dict.fromkeys(broker_ids))
    with desk.store.writing() as session:
        people.get(session, person_id)
        for choice in made:
            rows.put(session, person_id, choice)
        audit.write(session, actor, f"choose_{kind}", person_id, desk.clock.now())
    return made


def take_back(
    desk: Desk, person_id: str, broker_ids: Sequence[str], *, actor: str
) -> tuple[str, ...]:
    """Forget what was chosen about brokers: the plan decides again.

    Returns:
        The brokers about which something had been chosen.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.writing() as session:
        people.get(session, person_id)
        known = rows.of_person(session, person_id)
        found = tuple(i for i in dict.fromkeys(broker_ids) if i in known)
        rows.remove(session, person_id, found)
        if found:
            audit.write(session, actor, "take_back_choice", person_id, desk.clock.now())
    return found


def choices_of(desk: Desk, person_id: str) -> Mapping[str, Choice]:
    """What was chosen, by the broker's id; also what does not hold any more.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.of_person(session, person_id)


def _check(kind: ChoiceKind, reason: str, until: date | None, day: date) -> None:
    kept_text(reason, "reason")
    if kind is ChoiceKind.SKIP and not reason:
        raise InvalidInput("There is no reason.", field="reason",
                           remedy="Say in a few words why it is left out; only you see it.")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"The reason is longer than {LONGEST_REASON} characters.",
                           field="reason", remedy="Shorten it.")
    if (kind is ChoiceKind.POSTPONE) != (until is not None):
        raise InvalidInput(
            "There is no day until which it is put off." if until is None else
            "A day is only named to put something off.", field="until",
            remedy="Name the first day on which it stands in the plan again."
            if until is None else "Leave the day out.")
    if until is not None and until <= day:
        raise InvalidInput("That day has come already.", field="until",
                           remedy=f"Name a day after {day.isoformat()}.")
