"""Requests as a table on the terminal, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optout.cli import shapes
from optout.cli.output import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from optout.domain.request import Request


def request_table(rows: Iterable[tuple[Request, int]]) -> Any:
    """The table of these requests.

    Args:
        rows: each with the days by which its broker is late; 0 where it is not.
    """
    return table(
        ("id", "broker", "law", "right", "how", "standing", "claim", "sent", "days late"),
        [(one.id, one.broker_id, one.footing.law, one.footing.right.value, one.channel.value,
          one.standing.value, shapes.plain(one.claim), one.sent_on, late or "")
         for one, late in rows],
        empty="There are no such requests.")
