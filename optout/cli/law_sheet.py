"""One law whole: `optout law show`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from optout.cli import shapes
from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State

if TYPE_CHECKING:
    from optout.law.model import Law, RightRule
    from optout.law.parts import Period
    from optout.services.rights import LawSheet

_CALLED = {
    "identity_verification": "verification",
    "deletion_of_third_party_data": "third_party_deletion",
    "private_right_of_action": "private_action"}
"""Fields of a law's file that the answer calls otherwise."""

_NEVER_NULL = frozenset({"rights", "changes", "counting", "enforcement", "effective_date",
                         "citation", "all"})
"""Doubted as a whole, these still stand, each with its own mark of doubt or status."""


@click.command("show", cls=Command)
@click.argument("law_id", metavar="ID")
@day_option(text="As it stands on this day (default: today).")
@pass_state
def show_law(state: State, *, law_id: str, on: date | None) -> None:
    """Show one law whole, with who hears a complaint.

    Rights, periods, appeal, agents, authorities, changes and sources. What is not known for
    certain is null, and named under `low_confidence_fields`.
    """
    from optout.clock import SystemClock
    from optout.services import rights

    sheet = rights.law_sheet(state.library, law_id, on or SystemClock().today())
    found = law_shape(sheet)
    answer(
        state, found,
        f"{found['name']} ({found['jurisdiction']}), {found['citation']}",
        f"On {found['on']}: {found['state'].replace('_', ' ')}. Confidence: "
        f"{found['confidence']}, checked {found['checked']}.",
        table(("right", "section", "acknowledge", "answer", "extension", "reaches bought data"),
              [(one["right"], one["section"], *map(_words, (
                  one["acknowledgement"], one["deadline"], one["extension"])),
                one["reaches_third_party_data"]) for one in found["rights"]],
              empty="It gives no right to send a request."),
        table(("who hears a complaint", "where", "status"),
              [(one.name, one.contact.url,
                "confirmed" if one.contact.url_confirmed else one.contact.url_status)
               for one in sheet.hearings]),
        table(("from", "what changes", "how surely", "by itself"),
              [(item["on"], item["change"], item["confidence"], item["by_itself"])
               for item in found["upcoming"]], empty="No coming change is known."),
        *(f"Not certain: {field}." for field in sheet.law.low_confidence_fields),
        "Sources: " + "; ".join(sheet.law.sources))


def _words(period: shapes.Shape | None) -> str:
    """A period in two words; nothing where the law sets none, or where it is not certain."""
    if period is None or period["number"] is None:
        return ""
    return f"{period['number']} {period['unit'].replace('_', ' ')}"


def law_shape(sheet: LawSheet) -> shapes.Shape:
    """A law as JSON: everything that its page shows."""
    from optout.services.law_state import upcoming_of

    law = sheet.law
    whole = {
        **shapes.plain(law), "on": shapes.plain(sheet.day), "state": sheet.state.value,
        "rights": [_right(law, rule) for rule in law.rights.values()],
        "authorities": shapes.plain(sheet.hearings),
        "upcoming": [{
            "on": shapes.plain(one.on), "confidence": one.confidence.value,
            "change": "The law takes effect." if one.change is None else one.change.text,
            "by_itself": one.by_itself} for one in upcoming_of(law, sheet.day)],
    }
    for field in law.low_confidence_fields:
        _take_out(whole, field)
    return whole


def _take_out(whole: shapes.Shape, field: str) -> None:
    """Put null in the place of what is not certain."""
    top, _dot, rest = field.partition(".")
    key = _CALLED.get(top, top)
    if top in _NEVER_NULL or key not in whole:
        return
    if rest:
        whole[key] = {**whole[key], rest: None}
    else:
        whole[key] = None


def _right(law: Law, rule: RightRule) -> shapes.Shape:
    """One right; `certain` is false where no request may assert it."""
    by_channel: dict[str, Period] = {name.value: period for name, period in rule.by_channel}
    path = f"rights.{rule.right}"
    doubted = {key: None for key in ("section", "deadline", "extension")
               if law.is_low(f"{path}.{key}") and not law.is_low(path)}
    if law.is_low("extension"):
        doubted["extension"] = None
    return {
        **shapes.plain(rule), "by_channel": shapes.plain(by_channel),
        "limits": shapes.plain(tuple(law.limit_rules(rule.right))), **doubted,
        "certain": law.is_certain_of(rule.right),
    }
