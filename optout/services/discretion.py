"""How much reminders say: by default a number only; for people at risk more after a question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium, Saying
from optout.domain.gate import Gate, GateAnswer
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind
from optout.services.desk import Desk
from optout.services.reminder_gates import asked_at_risk, require_yes, someone_at_risk
from optout.store import audit, meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY = "discretion"
"""Under this key and the name of the medium the choice is kept."""

GATE = "words-in-reminders"
"""The question that is asked before reminders about people at risk say more than a number."""

TO_DO: Mapping[FollowUpKind, str] = {
    FollowUpKind.PREPARED_NOT_SENT: "Send what is prepared",
    FollowUpKind.ACKNOWLEDGE_DUE: "Check whether receipt was confirmed",
    FollowUpKind.CONFIRMATION_EXPIRES: "Click the link in a message",
    FollowUpKind.ANSWER_IDENTITY: "Answer a question about who you are",
    FollowUpKind.RESPOND_DUE: "Check whether an answer came",
    FollowUpKind.EXTENSION_DUE: "Check whether the delayed answer came",
    FollowUpKind.PLATFORM_REPORT_DUE: "Look at the report",
    FollowUpKind.CONFIRM_REMOVAL: "Look whether it is gone",
    FollowUpKind.RECHECK: "Look again",
    FollowUpKind.APPEAL_BY: "Last day to appeal",
    FollowUpKind.APPEAL_ANSWER_DUE: "Check whether the appeal was answered",
    FollowUpKind.ESCALATE: "Decide on the next step",
    FollowUpKind.AUTHORIZATION_EXPIRING: "Renew a permission",
    FollowUpKind.OWN_REMINDER: "Your own reminder",
}
"""What is to be done, without a word on whom it concerns or what it is about."""


def summary_of(
    follow_up: FollowUp, broker_name: str, discretion: Discretion, *, with_person: bool = False,
) -> str:
    """The line that stands in a calendar, a message or a notification.

    Args:
        follow_up: the task.
        broker_name: the company; said at `COMPANY` only.
        discretion: how much may be said.
        with_person: say the id of the person, too, at `COMPANY`; for those who act for several.
    """
    if discretion is Discretion.NUMBER:
        return f"privacy follow-up {follow_up.number}"
    to_do = TO_DO[follow_up.kind]
    if discretion is Discretion.KIND or not broker_name:
        return to_do
    whom = f" ({follow_up.person_id})" if with_person and follow_up.person_id else ""
    return f"{to_do}: {broker_name}{whom}"


def discretion_of(session: Session, medium: Medium) -> Discretion:
    """How much may be said there now.

    What was chosen without the safety question counts only while nobody here is at risk.
    """
    return chosen(session, medium).discretion


def chosen(session: Session, medium: Medium) -> Saying:
    """The choice that counts there now, with when it was made; see `discretion_of`."""
    kept = _read(session, medium)
    if kept.discretion is Discretion.NUMBER or kept.accepted or not someone_at_risk(session):
        return kept
    return Saying(Discretion.NUMBER, chosen_at=kept.chosen_at, actor=kept.actor)


def question(desk: Desk, medium: Medium, discretion: Discretion) -> Gate | None:
    """What is asked before reminders say that much; None where nothing is asked."""
    with desk.store.reading() as session:
        return _question(desk, session, medium, discretion, desk.clock.today())


def require_allowed(desk: Desk, medium: Medium, discretion: Discretion) -> None:
    """Make sure that so much may be said there, as for a file that is made once.

    Raises:
        GateClosed: while the safety question about it was not answered with yes.
    """
    require_yes(question(desk, medium, discretion))


def choose(
    desk: Desk, medium: Medium, discretion: Discretion, *, actor: str = OWNER,
    accepted: bool = False,
) -> Discretion:
    """Set how much reminders say in one medium.

    Args:
        desk: the opened data.
        medium: where they appear.
        discretion: how much they say.
        actor: who chooses.
        accepted: yes to the safety question, which was shown; kept with the choice.

    Raises:
        GateClosed: when somebody here is at risk, it would say more than a number, and the
            question was not answered with yes, now or before.
    """
    now = desk.clock.now()
    with desk.store.writing() as session:
        gate = _question(desk, session, medium, discretion, desk.clock.today())
        if not accepted:
            require_yes(gate)
        asked = gate is not None
        _write(session, medium, Saying(discretion, asked, now, actor))
        audit.write(session, actor, f"choose_discretion_{discretion}", medium, now)
        if asked:
            audit.write(session, actor, "accept_discretion", medium, now)
    return discretion


def _question(
    desk: Desk, session: Session, medium: Medium, discretion: Discretion, day: date
) -> Gate | None:
    if discretion is Discretion.NUMBER or not someone_at_risk(session):
        return None
    return asked_at_risk(desk, GATE, medium, day=day,
                         answers=_answers(_read(session, medium), medium, discretion))


def _answers(kept: Saying, medium: Medium, discretion: Discretion) -> tuple[GateAnswer, ...]:
    """The yes that was given before, for at least as much."""
    if not kept.accepted or kept.chosen_at is None or discretion.says_more_than(kept.discretion):
        return ()
    return (GateAnswer(GATE, medium, accepted=True, answered_on=kept.chosen_at.date(),
                       actor=kept.actor),)


def _read(session: Session, medium: Medium) -> Saying:
    text = meta.get(session, f"{KEY}:{medium}")
    if text is None:
        return Saying()
    kept = json.loads(text)
    return Saying(Discretion(kept["discretion"]), kept["accepted"],
                  datetime.fromisoformat(kept["chosen_at"]), kept["actor"])


def _write(session: Session, medium: Medium, saying: Saying) -> None:
    meta.put(session, f"{KEY}:{medium}", json.dumps({
        "discretion": saying.discretion, "accepted": saying.accepted,
        "chosen_at": saying.chosen_at and saying.chosen_at.isoformat(), "actor": saying.actor}))
