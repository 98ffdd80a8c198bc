"""When a letter may follow a request: each condition that is not met is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from optout.domain.document_words import Purpose
from optout.domain.footing import VOLUNTARY, ComputedDate, Deadlines, Footing
from optout.domain.later import EVENT_OF_PURPOSE, LATER_PURPOSES
from optout.domain.request import StatutoryDate
from optout.domain.words import Channel, Event, Right, Standing
from optout.lifecycle.followups import Expectation
from optout.lifecycle.later import Standpoint, asked_who, asks_again_from, heard_laws, unmet
from optout.lifecycle.life import possible
from optout.lifecycle.overdue import latenesses
from tests.lifecycle.builders import DAY, LEGAL, computed, history, request_after

E, P = Event, Purpose
SENT = (E.PREPARE, E.MARK_SENT)
APPEALABLE = replace(LEGAL, appeal_section="Sample Code 2")
UK = replace(LEGAL, law="gb-uk-gdpr", appeal_section="Data Protection Act 2018, s. 164A")


def standpoint(
    *steps: Event | tuple[Event, int], footings: tuple[Footing, ...] = (LEGAL,), after: int = 0,
    respond: ComputedDate | None = None, acknowledge: ComputedDate | None = None,
    numbered: bool = True, **more: object,
) -> Standpoint:
    """A request with that history, so many days after it was sent, with a time of 45 days."""
    events = history(*steps)
    limit = (respond or computed(45)) if numbered else None
    dates = tuple(
        StatutoryDate(f.law, f.right, 2, Deadlines(
            acknowledge_by=acknowledge, respond_by=limit, extended_respond_by=computed(90)))
        for f in footings if f is not VOLUNTARY and limit is not None)
    known: dict[str, object] = {
        "expectation": Expectation(), "heard": frozenset(f.law for f in footings), **more}
    return Standpoint(
        request=request_after(events, footings=footings), events=events, dates=dates,
        day=DAY + timedelta(days=after), **known)  # type: ignore[arg-type]  # real fields


def why(purpose: Purpose, *steps: Event | tuple[Event, int], **how: object) -> str:
    return unmet(purpose, standpoint(*steps, **how))  # type: ignore[arg-type]  # as above


def resting() -> ComputedDate:
    return replace(computed(45), provisional=True)


@pytest.mark.parametrize("purpose", LATER_PURPOSES)
def test_nothing_follows_what_never_left_or_is_over(purpose: Purpose) -> None:
    assert why(purpose) == "It has not been sent yet."
    assert why(purpose, E.PREPARE) == "It has not been sent yet."
    assert why(purpose, *SENT, E.CLOSE, after=99).startswith("This request is over.")
    assert why(purpose, *SENT, E.WITHDRAW, after=99).startswith("This request is over.")


@pytest.mark.parametrize("purpose", LATER_PURPOSES)
def test_nothing_follows_a_platform_or_a_draft_for_counsel(purpose: Purpose) -> None:
    counsel = standpoint(*SENT, after=99, for_counsel=True)
    assert "for counsel to write" in unmet(purpose, counsel)
    at = standpoint(*SENT, after=99)
    platform = replace(at, request=replace(at.request, channel=Channel.PLATFORM))
    assert "platform" in unmet(purpose, platform)


@pytest.mark.parametrize(("steps", "after", "sentence"), [
    (SENT, 45, "They are not late yet. A reminder may go out from 8 January 2027 on."),
    (SENT, 46, ""),
    ((*SENT, E.ACKNOWLEDGE), 46, ""),
    ((*SENT, (E.EXTEND, 40)), 46,
     "They are not late yet. A reminder may go out from 22 February 2027 on."),
    ((*SENT, (E.EXTEND, 40)), 91, ""),
    ((*SENT, (E.EXTEND, 60)), 61, ""),
    ((*SENT, (E.REMIND, 46)), 60, ""),
    ((*SENT, E.BOUNCE), 99, "It came back. Send it again, another way."),
    ((*SENT, E.REDIRECT), 99, "They want it sent another way. Send it that way first."),
    ((*SENT, E.NEEDS_CONFIRMATION), 99,
     "It does not count until you click the link that they sent you."),
    ((*SENT, E.REFUSE), 99, "They refused. Answer the refusal instead."),
    ((*SENT, E.CLAIM_PARTLY), 99, "They refused. Answer the refusal instead."),
    ((*SENT, E.CLAIM_REMOVED), 99,
     "They have answered. Look whether it is true before you write again."),
])
def test_a_reminder_waits_for_the_first_day_of_lateness(
    steps: Sequence[Event | tuple[Event, int]], after: int, sentence: str
) -> None:
    assert why(P.REMINDER, *steps, after=after) == sentence


def test_a_clock_that_rests_makes_nobody_late() -> None:
    steps = (*SENT, E.DEMAND_IDENTITY)
    assert "their time does not run" in why(P.REMINDER, *steps, after=99, respond=resting())
    assert "their time does not run" in why(P.COMPLAINT, *steps, after=99, respond=resting())
    assert why(P.REMINDER, *steps, after=99) == "", "where a demand does not stop the clock"


def test_a_missing_confirmation_is_lateness_of_its_own() -> None:
    at = standpoint(*SENT, after=20, acknowledge=computed(14))
    assert unmet(P.REMINDER, at) == ""
    assert [late.to_confirm for late in at.late] == [True]
    confirmed = standpoint(*SENT, E.ACKNOWLEDGE, after=20, acknowledge=computed(14))
    assert unmet(P.REMINDER, confirmed).startswith("They are not late yet")


@pytest.mark.parametrize(("expectation", "steps", "first"), [
    (Expectation(), SENT, 30),
    (Expectation(expected_days=10), SENT, 10),
    (Expectation(median_days=50), SENT, 50),
    (Expectation(median_days=3), SENT, 30),
    (Expectation(expected_days=10), (*SENT, (E.EXTEND, 5)), 10),
])
@pytest.mark.parametrize("footing", [VOLUNTARY, LEGAL])
def test_without_a_number_in_the_law_it_is_fair_to_ask_after_what_they_promise(
    expectation: Expectation, steps: Sequence[Event | tuple[Event, int]], first: int,
    footing: Footing,
) -> None:
    def at(after: int) -> Standpoint:
        return standpoint(*steps, footings=(footing,), numbered=False, after=after,
                          expectation=expectation)

    assert unmet(P.REMINDER, at(first)) == ""
    assert unmet(P.REMINDER, at(first - 1)).startswith("No law sets a date here.")
    assert asks_again_from(at(0)) == DAY + timedelta(days=first)


def test_a_date_that_they_named_is_waited_for() -> None:
    at = standpoint(*SENT, (E.EXTEND, 5), footings=(VOLUNTARY,), numbered=False)
    named = date(2027, 3, 1)
    events = (*at.events[:-1], replace(at.events[-1], until=named))
    assert asks_again_from(replace(at, events=events)) == date(2027, 3, 2)
    assert asks_again_from(standpoint()) is None


def test_identity_is_answered_only_while_the_question_is_open() -> None:
    none = "They have not asked who you are."
    assert why(P.IDENTITY_ANSWER, *SENT) == none
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY) == ""
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.ANSWER_IDENTITY) == none
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.UNDO) == none
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.REMIND) == ""
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.REFUSE) == (
        "They have answered since they asked. Look at their answer first.")
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.ACKNOWLEDGE) == ""
    assert why(P.IDENTITY_ANSWER, *SENT, E.DEMAND_IDENTITY, E.REDIRECT) == (
        "They want it sent another way. Send it that way first.")


def test_a_new_sending_ends_an_old_question() -> None:
    events = history(*SENT, E.DEMAND_IDENTITY, E.REDIRECT, E.MARK_SENT)
    assert asked_who(events) is None
    assert asked_who(()) is None


@pytest.mark.parametrize(("steps", "sentence"), [
    (SENT, "They have not refused anything."),
    ((*SENT, E.CLAIM_REMOVED), "They have not refused anything."),
    ((*SENT, E.REFUSE), ""), ((*SENT, E.CLAIM_PARTLY), ""),
    ((*SENT, E.REFUSE, E.REMIND), ""),
    ((*SENT, E.REFUSE, E.CLAIM_REMOVED), "They have not refused anything."),
    ((*SENT, E.REFUSE, E.REDIRECT), "They want it sent another way. Send it that way first."),
])
def test_a_refusal_is_answered_while_it_stands(
    steps: Sequence[Event | tuple[Event, int]], sentence: str
) -> None:
    assert why(P.REFUSAL_ANSWER, *steps) == sentence
    assert why(P.REFUSAL_ANSWER, *steps, footings=(VOLUNTARY,), numbered=False) == sentence


def test_an_appeal_needs_a_law_that_gives_one_and_a_decision() -> None:
    refused = (*SENT, (E.REFUSE, 10))
    assert why(P.APPEAL, *refused, footings=(VOLUNTARY,)) == (
        "This is a voluntary request: no law gives an appeal.")
    assert why(P.APPEAL, *refused) == "None of its laws gives an appeal to the firm itself."
    assert why(P.APPEAL, *SENT, footings=(APPEALABLE,), after=99) == (
        "There is no decision yet that you could appeal against.")
    assert why(P.APPEAL, *refused, footings=(APPEALABLE,)) == ""
    assert why(P.APPEAL, *refused, footings=(VOLUNTARY, APPEALABLE)) == ""
    assert why(P.APPEAL, *refused, (E.REMIND, 12), footings=(APPEALABLE,)) == ""


def test_an_appeal_is_made_in_time_and_once_for_each_decision() -> None:
    refused = (*SENT, (E.REFUSE, 10))
    end = computed(100)
    assert why(P.APPEAL, *refused, footings=(APPEALABLE,), after=100, appeal_by=end) == ""
    assert why(P.APPEAL, *refused, footings=(APPEALABLE,), after=101, appeal_by=end) == (
        "The law’s time for an appeal ended on 3 March 2027.")
    made = (*refused, (E.APPEAL, 12))
    assert why(P.APPEAL, *made, footings=(APPEALABLE,), after=20) == (
        "You appealed on 5 December 2026. Wait for their answer, or complain.")
    assert why(P.APPEAL, *made, (E.REFUSE, 15), footings=(APPEALABLE,), after=20) == ""


def test_in_britain_one_complains_to_the_firm_about_silence_too() -> None:
    assert why(P.APPEAL, *SENT, footings=(UK,), after=46) == (
        "Send a reminder first. If they stay silent, this comes next.")
    assert why(P.APPEAL, *SENT, (E.REMIND, 46), footings=(UK,), after=60) == ""
    assert why(P.APPEAL, *SENT, (E.REMIND, 46), (E.APPEAL, 47), footings=(UK,),
               after=60).startswith("You appealed on")
    assert why(P.APPEAL, *SENT, footings=(UK,), after=45).startswith("There is no decision")


def test_a_voluntary_request_has_nobody_to_complain_to() -> None:
    assert "nobody to complain to" in why(
        P.COMPLAINT, *SENT, E.REFUSE, footings=(VOLUNTARY,), numbered=False)


def test_a_complaint_needs_lateness_or_a_refusal() -> None:
    early = "They are not late by this law, and they have not refused."
    assert why(P.COMPLAINT, *SENT, after=45) == early
    assert why(P.COMPLAINT, *SENT, after=46) == ""
    assert why(P.COMPLAINT, *SENT, E.REFUSE) == ""
    assert why(P.COMPLAINT, *SENT, E.CLAIM_REMOVED, after=99) == early
    assert why(P.COMPLAINT, *SENT, E.BOUNCE, after=99) == early
    assert why(P.COMPLAINT, *SENT, E.REFUSE, heard=frozenset()) == (
        "No confirmed way is known here to complain under this law.")


def test_in_britain_the_firm_comes_before_the_authority() -> None:
    first = "Complain to the firm itself first"
    refused = (*SENT, E.REFUSE)
    assert why(P.COMPLAINT, *refused, footings=(UK,)).startswith(first)
    assert why(P.COMPLAINT, *refused, E.APPEAL, footings=(UK,)) == ""
    itself = replace(UK, right=Right.COMPLAIN_TO_CONTROLLER)
    assert why(P.COMPLAINT, *refused, footings=(itself,)) == ""


def test_one_law_under_which_it_may_be_made_is_enough() -> None:
    at = standpoint(*SENT, E.REFUSE, footings=(UK, LEGAL, VOLUNTARY))
    assert unmet(P.COMPLAINT, at) == ""
    assert heard_laws(at) == (LEGAL.law,)


def test_lateness_counts_for_the_law_that_sets_it() -> None:
    other = replace(LEGAL, law="us-yy-sample")
    at = standpoint(*SENT, footings=(LEGAL, other), after=46)
    late = replace(at, dates=(at.dates[0], replace(
        at.dates[1], deadlines=Deadlines(respond_by=computed(60)))))
    assert heard_laws(late) == (LEGAL.law,)
    assert [one.law for one in late.late] == [LEGAL.law]
    answered = replace(late.request, standing=Standing.CLOSED)
    assert latenesses(answered, late.dates, late.day, late.events) == ()


@pytest.mark.parametrize("purpose", LATER_PURPOSES)
def test_what_may_be_written_can_be_marked_once_it_is_sent(purpose: Purpose) -> None:
    """A letter is offered only where the table takes the event that its sending is."""
    kinds = (E.ACKNOWLEDGE, E.DEMAND_IDENTITY, E.ANSWER_IDENTITY, E.REFUSE, E.CLAIM_PARTLY,
             E.REMIND, E.APPEAL, E.REDIRECT, E.BOUNCE, E.EXTEND, E.COMPLAIN, E.NEEDS_CONFIRMATION)
    seen = 0
    for first in kinds:
        if first not in possible(history(*SENT)):
            continue
        for second in kinds:
            if second not in possible(history(*SENT, first)):
                continue
            events = history(*SENT, first, second)
            for footing in (LEGAL, APPEALABLE, UK, VOLUNTARY):
                for after in (1, 99):
                    at = standpoint(*SENT, first, second, footings=(footing,), after=after,
                                    numbered=footing is not VOLUNTARY)
                    if not unmet(purpose, at):
                        seen += 1
                        assert EVENT_OF_PURPOSE[purpose] in possible(events)
    assert seen
