"""One law whole: `optout law show`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State

if TYPE_CHECKING:
    from optout.law.model import Law, RightRule
    from optout.law.parts import Period
    from optout.services.rights import LawSheet

_DOUBTED = {
    "agent": "agent", "appeal": "appeal", "exemptions": "exemptions",
    "identity_verification": "verification",
    "deletion_of_third_party_data": "third_party_deletion",
    "private_right_of_action": "private_action"}
"""Fields that are null where they are not certain: as the file calls them, as the answer does."""


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
              [(right, rule.section, *map(_words, (rule.acknowledgement, rule.deadline)),
                _words(rule.extension), rule.reaches_third_party_data)
               for right, rule in sheet.law.rights.items()],
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


def _words(period: Any) -> str:
    """A period in two words; nothing where the law sets none."""
    if period is None or period.number is None:
        return ""
    return f"{period.number} {period.unit.value.replace('_', ' ')}"


def law_shape(sheet: LawSheet) -> shapes.Shape:
    """A law as JSON: everything that its page shows."""
    from optout.services.law_state import upcoming_of

    law = sheet.law
    whole = shapes.plain(law)
    doubted = {key: None for field, key in _DOUBTED.items() if law.is_low(field)}
    return {
        **whole, **doubted,
        "on": shapes.plain(sheet.day), "state": sheet.state.value,
        "rights": [_right(law, rule) for rule in law.rights.values()],
        "authorities": shapes.plain(sheet.hearings),
        "upcoming": [{
            "on": shapes.plain(one.on), "confidence": one.confidence.value,
            "change": "The law takes effect." if one.change is None else one.change.text,
            "by_itself": one.by_itself} for one in upcoming_of(law, sheet.day)],
    }


def _right(law: Law, rule: RightRule) -> shapes.Shape:
    """One right; `certain` is false where no request may assert it."""
    by_channel: dict[str, Period] = {name.value: period for name, period in rule.by_channel}
    return {
        **shapes.plain(rule), "by_channel": shapes.plain(by_channel),
        "limits": shapes.plain(tuple(law.limit_rules(rule.right))),
        "certain": rule.confidence.value != "low" and not law.is_low(f"rights.{rule.right}"),
    }
