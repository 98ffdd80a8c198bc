"""What a task asks the person to do next: one table of acts, and which can be done today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from optout.domain.document_words import Purpose
from optout.domain.outcome_words import Claim
from optout.domain.words import FollowUpKind, Standing

K, S = FollowUpKind, Standing


class Act(StrEnum):
    """What the person can do about a task, each with a place of its own in the program."""

    PREPARE = "prepare"
    SEND = "send"
    SEND_ANOTHER_WAY = "send_another_way"
    CLICK = "click"
    RECORD = "record"
    REMIND = "remind"
    SAY_WHO = "say_who"
    ANSWER_REFUSAL = "answer_refusal"
    APPEAL = "appeal"
    COMPLAIN = "complain"
    READ_REPORT = "read_report"
    LOOK = "look"
    ASK_ANEW = "ask_anew"
    RENEW_PERMISSION = "renew_permission"
    OPEN = "open"


LETTERS: Mapping[Act, Purpose] = {
    Act.REMIND: Purpose.REMINDER,
    Act.SAY_WHO: Purpose.IDENTITY_ANSWER,
    Act.ANSWER_REFUSAL: Purpose.REFUSAL_ANSWER,
    Act.APPEAL: Purpose.APPEAL,
    Act.COMPLAIN: Purpose.COMPLAINT,
}
"""The acts that are letters; each has conditions of its own (see `later.unmet`)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act, and whether today is the day for it.

    Args:
        unmet: why it cannot be done yet, one sentence; empty when it can.
    """

    act: Act
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What decides which acts fit a task.

    Args:
        kind: of the task.
        standing, claim: of its request; None where it has none.
        late: a time of the law is over by now.
        can_look: there is a listing that can be looked at, or somebody looked before.
        on_platform: it went to a platform, which tells what each broker reported.
        came_back: it was gone and was seen again.
        complained: an authority has the complaint.
        unmet: by letter, why it may not be written today; empty text where it may. A letter
            that is not in it was not asked about.
    """

    kind: FollowUpKind
    standing: Standing | None = None
    claim: Claim | None = None
    late: bool = False
    can_look: bool = True
    on_platform: bool = False
    came_back: bool = False
    complained: bool = False
    unmet: Mapping[Purpose, str] = field(default_factory=dict)


_WAITING_FOR_AN_ANSWER = (Act.RECORD, Act.REMIND)
_LADDER = (Act.REMIND, Act.APPEAL, Act.COMPLAIN)
_AFTER_REFUSAL = (Act.ANSWER_REFUSAL, Act.APPEAL, Act.COMPLAIN)

ACTS: Mapping[FollowUpKind, tuple[Act, ...]] = {
    K.PREPARED_NOT_SENT: (Act.SEND,),
    K.ACKNOWLEDGE_DUE: _WAITING_FOR_AN_ANSWER,
    K.CONFIRMATION_EXPIRES: (Act.CLICK, Act.SEND),
    K.ANSWER_IDENTITY: (Act.SAY_WHO, Act.RECORD),
    K.RESPOND_DUE: _WAITING_FOR_AN_ANSWER,
    K.EXTENSION_DUE: _WAITING_FOR_AN_ANSWER,
    K.PLATFORM_REPORT_DUE: (Act.READ_REPORT,),
    K.CONFIRM_REMOVAL: (Act.LOOK,),
    K.RECHECK: (Act.LOOK,),
    K.APPEAL_BY: (Act.APPEAL, Act.COMPLAIN),
    K.APPEAL_ANSWER_DUE: (Act.RECORD, Act.COMPLAIN),
    K.ESCALATE: (*_LADDER, Act.RECORD),
    K.AUTHORIZATION_EXPIRING: (Act.RENEW_PERMISSION,),
    K.OWN_REMINDER: (Act.OPEN,),
}
"""What each kind of task asks for, the first act first, where nothing special is known."""

_OF_UNSENT: Mapping[Standing, Act] = {
    S.DRAFT: Act.PREPARE, S.READY: Act.SEND,
    S.UNDELIVERED: Act.SEND_ANOTHER_WAY, S.REDIRECTED: Act.SEND_ANOTHER_WAY,
}


def needs_letters(case: Case) -> bool:
    """Whether the conditions of letters have to be known before `next_steps` can tell."""
    return any(act in LETTERS for act in _acts(case))


def next_steps(case: Case) -> tuple[Step, ...]:
    """The acts for a task, those that can be done today before those that cannot yet.

    Of letters only those that were asked about are named, so that nothing is ever offered whose
    conditions nobody looked at.
    """
    steps = [_step(act, case) for act in _acts(case)
             if act not in LETTERS or LETTERS[act] in case.unmet]
    return tuple(sorted(steps or [Step(Act.OPEN)], key=lambda step: bool(step.unmet)))


def _step(act: Act, case: Case) -> Step:
    return Step(act, case.unmet[LETTERS[act]] if act in LETTERS else "")


def _acts(case: Case) -> tuple[Act, ...]:
    """The acts by the table, and by what is special about the request."""
    if case.kind is K.PREPARED_NOT_SENT and case.standing is not None:
        return (_OF_UNSENT.get(case.standing, Act.SEND),)
    if case.on_platform and case.kind in {K.RECHECK, K.ESCALATE}:
        return (Act.READ_REPORT,)
    if case.kind is K.RECHECK and not case.can_look:
        return (Act.ASK_ANEW,)
    if case.kind is K.ESCALATE:
        return _next_rung(case)
    if ACTS[case.kind] is _WAITING_FOR_AN_ANSWER and not case.late:
        return (Act.RECORD,)
    return ACTS[case.kind]


def _next_rung(case: Case) -> tuple[Act, ...]:
    if case.came_back or case.standing is S.CLOSED:
        return (Act.ASK_ANEW,)
    if case.complained:
        return (Act.RECORD,)
    if case.claim in {Claim.REFUSED, Claim.PARTLY}:
        return _AFTER_REFUSAL
    return ACTS[K.ESCALATE]
