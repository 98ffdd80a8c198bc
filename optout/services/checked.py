"""Documents that were found safe to hand out a moment ago, and under which circumstances.

To find that out means to plan the request once more, which takes longer than to open its file.
Whoever prepares documents, writes them and prints them in one go asks three times; the answer
stays the same as long as nothing that it hangs on has changed, down to the last entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.request import Request
from optout.services.desk import Desk
from optout.services.plans import Circumstances

if TYPE_CHECKING:
    from optout.law.model import LawBook
    from optout.planning.gate_book import GateBook
    from optout.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked in one call, or in several that follow each other.

    Args:
        around: the person and what was known of their past.
        day: today, when it was checked.
        registry, laws, gates: what it was checked against.
        requests: by document, its request as it stood.
    """

    around: Circumstances
    day: date
    registry: Registry
    laws: LawBook
    gates: GateBook
    requests: dict[str, Request] = field(default_factory=dict)

    @classmethod
    def now(cls, desk: Desk, around: Circumstances) -> Checked:
        """Nothing yet, under the circumstances of this moment."""
        return cls(_that_counts(around), desk.clock.today(), desk.registry, desk.laws, desk.gates)

    def holds(self, desk: Desk, around: Circumstances) -> bool:
        """Whether all circumstances are still the same."""
        return (self.day == desk.clock.today() and self.registry is desk.registry
                and self.laws is desk.laws and self.gates is desk.gates
                and self.around == _that_counts(around))

    def add(self, document_id: str, request: Request) -> None:
        """Remember that a document was found safe while its request stood so."""
        self.requests[document_id] = request

    def has(self, document_id: str, request: Request) -> bool:
        """Whether a document was found safe while its request stood as it stands."""
        return self.requests.get(document_id) == request


def _that_counts(around: Circumstances) -> Circumstances:
    """The circumstances without what no check of a waiting document looks at.

    Preparing a request changes how it stands among those that were asked; `plans.action_again`
    leaves these and later choices aside. A signature is drawn, and decides nothing.
    """
    return replace(around, asked=(), choices={}, signature=b"")
