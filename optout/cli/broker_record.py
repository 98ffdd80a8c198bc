"""The command that says what one's own requests show of a company."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.broker_record import Outcome

if TYPE_CHECKING:
    from optout.domain.broker import DeletionRequests
    from optout.domain.broker_record import BrokerRecord

_OURS = {"removed": "they say: removed or hidden", "partly": "they say: a part of it",
         "no_record": "they say: nothing about you", "refused": "they refused",
         "silent": "silent, and their time is over",
         "open": "no answer yet, and they may still take time",
         "ended": "ended by you before an answer"}
_TOLD = {"removed": "complied", "partly": "partly", "refused": "denied"}


@click.command("record", cls=Command)
@click.argument("broker_id", metavar="ID")
@day_option(text="The day up to which lateness is counted (default: today).")
@pass_state
def broker_record(state: State, *, broker_id: str, on: date | None) -> None:
    """What your own requests show of a company, in numbers.

    Beside them stands what it told California, as filed. What they say is their word; only “seen
    to be gone” was looked at. Nobody who asked is named.
    """
    from optout.services.broker_record import FEW, record_of

    broker = state.library.registry.get(broker_id)
    record = record_of(state.desk, broker.id, on=on)
    told = broker.deletion_requests
    few = record.sent < FEW
    answer(state, _shape(broker.id, record, told, hint_only=few),
           table(("what", "your requests", "what it told California"), _lines(record, told)),
           *(["So few requests are no more than a hint."] if few else []))


def _shape(
    broker_id: str, record: BrokerRecord, told: DeletionRequests | None, *, hint_only: bool,
) -> dict[str, Any]:
    return {
        "broker": broker_id, "sent": record.sent, "hint_only": hint_only,
        **{name: record.outcomes.get(Outcome(name), 0) for name in _OURS},
        "answered": record.answered, "median_days": record.median_days, "gone": record.gone,
        "listed_again": record.listed_again,
        "reasons": {reason.value: number for reason, number in record.reasons.items()},
        "not_counted": record.not_counted,
        "told_california": None if told is None else {
            "filed": told.filed, "received": told.received, "complied": told.complied,
            "partly": told.partly, "denied": told.denied, "median_days": told.median_days},
    }


def _lines(record: BrokerRecord, told: DeletionRequests | None) -> list[tuple[str, ...]]:
    def filed(name: str) -> str:
        value = getattr(told, name, None) if name else None
        return "" if value is None else str(value)

    return [
        ("requests", str(record.sent), filed("received")),
        *((words, str(record.outcomes.get(Outcome(name), 0)), filed(_TOLD.get(name, "")))
          for name, words in _OURS.items()),
        ("half of the answers came within (days)",
         "" if record.median_days is None else f"{record.median_days:g} (n={record.answered})",
         filed("median_days")),
        ("seen to be gone", str(record.gone), ""),
        ("listed again after that", str(record.listed_again), ""),
    ]


def join(registry: click.Group) -> None:
    """Add this room's command to those about the registry."""
    registry.add_command(broker_record)
