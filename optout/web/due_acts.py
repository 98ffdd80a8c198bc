"""The button of each act about a task: its words, and the page on which it is done."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from optout.domain.request import FollowUp
from optout.lifecycle.next_step import LETTERS, Act, Step
from optout.web.i18n import lazy as _
from optout.web.labels import TABLES

WORDS: dict[Act, str] = {
    Act.PREPARE: _("Write it"),
    Act.SEND: _("Send it"),
    Act.SEND_ANOTHER_WAY: _("Send it another way"),
    Act.CLICK: _("Say that you used their link"),
    Act.RECORD: _("Enter what came"),
    Act.REMIND: _("Write the reminder"),
    Act.SAY_WHO: _("Answer who you are"),
    Act.ANSWER_REFUSAL: _("Answer the refusal"),
    Act.APPEAL: _("Write the appeal"),
    Act.COMPLAIN: _("Complain to an authority"),
    Act.READ_REPORT: _("Enter what it shows"),
    Act.LOOK: _("Look now"),
    Act.ASK_ANEW: _("Ask again"),
    Act.RENEW_PERMISSION: _("Enter a new permission"),
    Act.OPEN: _("Open it"),
}

TABLES[Act] = WORDS

_PARTS: dict[Act, str] = {
    Act.PREPARE: "prepare-head", Act.SEND: "send-head", Act.CLICK: "event-head",
    Act.RECORD: "answer-head", Act.READ_REPORT: "answer-head", Act.ASK_ANEW: "successor-head",
}
"""The part of the request's page on which an act is done; the page itself for others."""


@dataclass(frozen=True, slots=True)
class Button:
    """An act as it stands beside a task.

    Args:
        url: where it is done; empty where it cannot be done yet.
        unmet: why not.
    """

    act: Act
    url: str
    unmet: str = ""


def buttons_of(task: FollowUp, steps: tuple[Step, ...]) -> tuple[Button, ...]:
    """The buttons for a task, as its steps come; those that cannot be done yet have no address."""
    return tuple(Button(step.act, "" if step.unmet else url_of(task, step.act), step.unmet)
                 for step in steps)


def url_of(task: FollowUp, act: Act) -> str:
    """Where an act about a task is done; ids only stand in it."""
    if act is Act.RENEW_PERMISSION:
        return url_for("papers.every", person_id=task.person_id, _anchor="authorizations")
    if act is Act.LOOK:
        return url_for("recheck.session", person_id=task.person_id, place=task.broker_id or None)
    if task.request_id:
        return _of_request(task.request_id, act)
    if task.broker_id and act is not Act.OPEN:
        return url_for("plan.show", person_id=task.person_id, broker_id=task.broker_id)
    return url_for("people.show", person_id=task.person_id)


def _of_request(request_id: str, act: Act) -> str:
    if act in LETTERS:
        return url_for("later.write", request_id=request_id, purpose=LETTERS[act].value)
    return url_for("requests.show", request_id=request_id, _anchor=_PARTS.get(act))
