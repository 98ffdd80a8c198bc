"""Every task says what to do next, and offers no letter before its conditions hold."""

from __future__ import annotations

import pytest

from optout.domain.document_words import Purpose
from optout.domain.outcome_words import Claim
from optout.domain.words import FollowUpKind, Standing
from optout.lifecycle.next_step import ACTS, LETTERS, Act, Case, Step, needs_letters, next_steps

K, S = FollowUpKind, Standing
ALL = dict.fromkeys(LETTERS.values(), "")


def acts(case: Case) -> list[Act]:
    return [step.act for step in next_steps(case)]


@pytest.mark.parametrize("kind", list(K))
@pytest.mark.parametrize("standing", [None, *S])
def test_every_task_in_every_standing_has_a_step_that_can_be_done(
    kind: FollowUpKind, standing: Standing | None
) -> None:
    assert ACTS[kind]
    assert not next_steps(Case(kind, standing, unmet=ALL))[0].unmet
    assert acts(Case(kind, standing))  # nor does it fall silent where no letter was asked about


@pytest.mark.parametrize(("standing", "act"), [
    (S.DRAFT, Act.PREPARE), (S.READY, Act.SEND), (S.UNDELIVERED, Act.SEND_ANOTHER_WAY),
    (S.REDIRECTED, Act.SEND_ANOTHER_WAY)])
def test_what_is_not_sent_is_written_sent_or_sent_another_way(
    standing: Standing, act: Act
) -> None:
    assert acts(Case(K.PREPARED_NOT_SENT, standing)) == [act]


@pytest.mark.parametrize("kind", [K.ACKNOWLEDGE_DUE, K.RESPOND_DUE, K.EXTENSION_DUE])
def test_a_reminder_is_offered_only_when_they_are_late(kind: FollowUpKind) -> None:
    early, late = (Case(kind, S.SENT, late=late, unmet=ALL) for late in (False, True))
    assert (acts(early), needs_letters(early)) == ([Act.RECORD], False)
    assert (acts(late), needs_letters(late)) == ([Act.RECORD, Act.REMIND], True)


def test_what_cannot_be_looked_at_is_asked_anew() -> None:
    assert acts(Case(K.RECHECK)) == [Act.LOOK]
    assert acts(Case(K.RECHECK, can_look=False)) == [Act.ASK_ANEW]
    assert acts(Case(K.CONFIRM_REMOVAL, can_look=False)) == [Act.LOOK], "it was seen there"


def test_the_ladder_shows_each_rung_with_the_condition_that_is_not_met() -> None:
    silent = Case(K.ESCALATE, S.SENT, late=True, unmet={
        Purpose.REMINDER: "", Purpose.APPEAL: "no decision", Purpose.COMPLAINT: ""})
    assert next_steps(silent) == (
        Step(Act.REMIND), Step(Act.COMPLAIN), Step(Act.RECORD), Step(Act.APPEAL, "no decision"))
    refused = Case(K.ESCALATE, S.ANSWERED, Claim.REFUSED, unmet=ALL)
    assert acts(refused) == [Act.ANSWER_REFUSAL, Act.APPEAL, Act.COMPLAIN]
    assert acts(Case(K.ESCALATE, S.ESCALATED, complained=True, unmet=ALL)) == [Act.RECORD]
    assert acts(Case(K.ESCALATE, S.CLOSED, unmet=ALL)) == [Act.ASK_ANEW]
    assert acts(Case(K.ESCALATE, S.ANSWERED, came_back=True, unmet=ALL)) == [Act.ASK_ANEW]


def test_what_went_to_a_platform_is_read_there() -> None:
    for kind in (K.RECHECK, K.ESCALATE):
        assert acts(Case(kind, can_look=False, on_platform=True)) == [Act.READ_REPORT]
