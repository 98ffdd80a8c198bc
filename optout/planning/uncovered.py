"""Why a plan does nothing about a broker that could be asked: the sentences."""

from __future__ import annotations

from datetime import date

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.wanted import Choice
from optout.domain.words import ChoiceKind

ASKED_ALREADY = "A request to it is open already."

PROGRAMME = "There is nobody to ask here: it is a programme to apply for. Its page says how."


def covered_by_open(parent: Broker) -> str:
    """An open request elsewhere serves it."""
    return f"The open request to {parent.name} covers it."


def covered_by_platform(platform: Broker) -> str:
    """The platform was asked before, and goes on by itself."""
    return f"Your request to {platform.name} covers it."


def chosen(choice: Choice) -> str:
    """The person left it out, or put it off."""
    if choice.kind is ChoiceKind.POSTPONE and choice.until is not None:
        return f"You put it off until {choice.until.isoformat()}."
    return f"You left it out: {choice.reason}" if choice.reason else "You left it out."


def not_found(look: Look, again_on: date) -> str:
    """A look found nothing; nobody is told about somebody whom they do not list."""
    return (f"You looked on {look.looked_on.isoformat()} and found nothing: asking would only "
            f"tell it about you. Look again on {again_on.isoformat()}.")
