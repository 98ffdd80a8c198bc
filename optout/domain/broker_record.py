"""What one's own requests show of a broker, beside what it told California; nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from optout.domain.outcome_words import RefusalReason


class Outcome(StrEnum):
    """How a request that left stands today; every one is exactly one of these.

    `REMOVED`: they say that it is removed or hidden. `OPEN`: nothing was claimed, and they may
    still answer in time, or no law sets a time. `SILENT`: nothing was claimed, and their time
    is over. `ENDED`: the person closed it or took it back before anything was claimed.
    """

    REMOVED = "removed"
    PARTLY = "partly"
    NO_RECORD = "no_record"
    REFUSED = "refused"
    OPEN = "open"
    SILENT = "silent"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class BrokerRecord:
    """Requests to one broker in this data folder.

    Args:
        sent: how many left and are counted here.
        outcomes: how many of these stand how.
        answered: how many were answered at some time; the median is of these alone.
        median_days: days from the arrival, or else the sending, to the first answer, half of those
            ones or fewer; None without an answer.
        gone: how many were seen to be gone.
        listed_again: how many were seen again after that.
        reasons: why they refused, by how often that is what their latest refusal said.
        not_counted: how many older requests there are that were left out.
    """

    sent: int
    outcomes: Mapping[Outcome, int]
    answered: int
    median_days: float | None
    gone: int
    listed_again: int
    reasons: Mapping[RefusalReason, int]
    not_counted: int = 0

    @property
    def judged(self) -> int:
        """Requests of which it can be said whether they complied: answered, or over time."""
        return sum(self.outcomes.get(one, 0) for one in (
            Outcome.REMOVED, Outcome.PARTLY, Outcome.NO_RECORD, Outcome.REFUSED, Outcome.SILENT))
