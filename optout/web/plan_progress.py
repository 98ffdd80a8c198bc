"""How far a person has come: what was asked, sent, answered, and seen gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.request import Request, RequestFile
from optout.domain.wanted import Choice
from optout.domain.words import Standing
from optout.lifecycle.outcome import confirmed_gone
from optout.planning.hygiene import HygieneStep
from optout.planning.minutes import LOOK, minutes_for

DONE = "done"
"""The reason that is kept when a setting was changed or a programme was applied for."""

_ANSWERED = frozenset({Standing.ANSWERED, Standing.CLOSED})


@dataclass(frozen=True, slots=True)
class Progress:
    """The requests of a person, counted; each number is a part of the one before it, or less."""

    asked: int
    sent: int
    answered: int
    gone: int


def progress_of(files: Sequence[RequestFile]) -> Progress:
    """Count the requests that were not withdrawn."""
    kept = [f for f in files if f.request.standing is not Standing.WITHDRAWN]
    return Progress(
        asked=len(kept),
        sent=sum(f.request.sent_on is not None for f in kept),
        answered=sum(f.request.claim is not None or f.request.standing in _ANSWERED
                     for f in kept),
        gone=sum(confirmed_gone(f.events) for f in kept))


def asked_brokers(files: Sequence[RequestFile]) -> frozenset[str]:
    """The brokers that a request stands for, their own or one that covers them."""
    return frozenset(
        broker for f in files if f.request.standing is not Standing.WITHDRAWN
        for broker in (f.request.broker_id, *f.request.covers))


def minutes_spent(
    files: Sequence[RequestFile], brokers: Mapping[str, Broker], day: date,
) -> int:
    """The minutes that this week’s requests cost, from Monday on, as a plan reckons them."""
    return sum(_minutes(f.request, brokers) for f in files
               if f.request.standing is not Standing.WITHDRAWN
               and _is_this_week(f.request.created_on, day))


def minutes_by_hand(
    looks: Sequence[Look], choices: Mapping[str, Choice], steps: Sequence[HygieneStep], day: date,
) -> int:
    """The minutes of this week that went into looks and into steps without a letter.

    Args:
        looks: all of the person's.
        choices: what they chose, by broker; a step is done where its reason is `DONE`.
        steps: those without a letter that fit the person.
        day: today; the week begins on its Monday.
    """
    done = {i for i, choice in choices.items()
            if choice.reason == DONE and _is_this_week(choice.chosen_on, day)}
    return (sum(LOOK.minutes for look in looks if _is_this_week(look.looked_on, day))
            + sum(step.minutes for step in steps if step.broker.id in done))


def _is_this_week(then: date, day: date) -> bool:
    return day - timedelta(days=day.weekday()) <= then <= day


def _minutes(request: Request, brokers: Mapping[str, Broker]) -> int:
    return next(_ways(request, brokers), 0)


def _ways(request: Request, brokers: Mapping[str, Broker]) -> Iterator[int]:
    broker = brokers.get(request.broker_id)
    if broker is not None:
        yield from (minutes_for(way) for way in broker.procedures
                    if way.channel is request.channel)
