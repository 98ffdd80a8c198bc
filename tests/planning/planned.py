"""What a plan says, as tests ask for it."""

from __future__ import annotations

from optout.domain.plan import Plan
from optout.domain.words import Channel

FORM = Channel.WEB_FORM
EMAIL = Channel.EMAIL
POST = Channel.POSTAL_MAIL


def reason(made: Plan, broker_id: str) -> str:
    return next(u.reason for u in made.uncovered if u.broker == broker_id)
