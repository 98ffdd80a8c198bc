"""Dates of a law by what happened, as tests ask for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.words import Right
from optout.law.clock import ClockHistory, Question
from optout.law.deadlines import deadlines
from optout.law.model import History, Law, LawBook
from tests.law.samples import book, on

CCPA, VCDPA, FCRA, GDPR = "us-ca-ccpa", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr"
MONDAY = "Monday 2026-11-23"


def asked(*pairs: tuple[str, str | None]) -> ClockHistory:
    """Questions with the days of their answers."""
    return ClockHistory(tuple(
        Question(on(first), on(then) if then else None) for first, then in pairs))


def dates(law: str, right: Right, start: str, history: ClockHistory, **how: Any) -> Deadlines:
    return deadlines(how.pop("laws", book()), law, right, on(start), history=history, **how)


def respond(law: str, right: Right, start: str, history: ClockHistory, **how: Any) -> ComputedDate:
    found = dates(law, right, start, history, **how).respond_by
    assert found
    return found


def with_law(law: Law) -> LawBook:
    return replace(book(), histories={
        **book().histories, law.id: History(((date.min, law),))})
