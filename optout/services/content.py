"""What a request asks for and carries, as an action of a plan has it."""

from __future__ import annotations

from dataclasses import replace

from optout.domain.plan import Action
from optout.domain.request import Request


def with_content(request: Request, action: Action) -> Request:
    """The request as an action of today's plan fills it."""
    procedures = action.broker.procedures
    return replace(
        request, footings=action.footings, covers=action.covers,
        facts=tuple(need.fact for need in action.needs),
        procedure_index=(procedures.index(action.procedure)
                         if action.procedure in procedures else 0))


def with_content_of(request: Request, filled: Request) -> Request:
    """The request with what another version of it, filled before, asks for and carries, and how."""
    return replace(request, footings=filled.footings, covers=filled.covers, facts=filled.facts,
                   channel=filled.channel, procedure_index=filled.procedure_index)
