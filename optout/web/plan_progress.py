"""How far a person has come: what was asked, sent, answered, and seen gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.request import Request
from optout.domain.wanted import Choice
from optout.domain.words import Standing
from optout.planning.hygiene import HygieneStep
from optout.planning.minutes import LOOK, minutes_for
from optout.services.glance import Glance

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


def progress_of(seen: Glance) -> Progress:
    """Count the requests that were not withdrawn."""
    kept = seen.standing
    return Progress(
        asked=len(kept),
        sent=sum(one.sent_on is not None for one in kept),
        answered=sum(one.claim is not None or one.standing in _ANSWERED for one in kept),
        gone=sum(one.id in seen.gone for one in kept))


def asked_brokers(seen: Glance) -> frozenset[str]:
    """The brokers that a request stands for, their own or one that covers them."""
    return frozenset(broker for one in seen.standing for broker in (one.broker_id, *one.covers))


def minutes_spent(seen: Glance, brokers: Mapping[str, Broker], day: date) -> int:
    """The minutes that this week’s requests cost, from Monday on, as a plan reckons them."""
    return sum(_minutes(one, brokers) for one in seen.standing
               if _is_this_week(one.created_on, day))


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
