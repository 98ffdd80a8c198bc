"""Open requests are counted anew when what their dates rest on has changed; ended ones never."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from optout.domain.actor import SCHEDULER
from optout.domain.request import Request
from optout.law.calendar import library_version
from optout.law.clock_start import NO_POST_ON
from optout.law.counting import RULES_VERSION
from optout.lifecycle.followups import standing_tasks
from optout.lifecycle.restated import with_lateness
from optout.services.desk import Desk, Library
from optout.services.law_files import law_paths
from optout.services.marking_effects import expectation_of
from optout.services.rescheduling import Change, reschedule, rested
from optout.services.statutory import statutory_dates
from optout.store import audit, meta
from optout.store import requests as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COUNTED_BY = "counted_by"
"""Key of what the stored dates were last counted by."""

ACT = "recount_dates"
EARLIER = "the list of holidays or the law has changed since, which made it earlier"


@dataclass(frozen=True, slots=True)
class Basis:
    """What dates are counted by.

    Args:
        rules: the program's own way of counting.
        holidays: the version of the holiday library.
        laws: a digest of the laws' files.
        own: by region, a digest of the closed days that the person entered.
    """

    rules: int
    holidays: str
    laws: str
    own: Mapping[str, str]

    def touched_since(self, before: Basis | None) -> frozenset[str] | None:
        """The regions whose closed days have changed; None where everything may have."""
        if before is None or (before.rules, before.holidays, before.laws) != (
                self.rules, self.holidays, self.laws):
            return None
        return frozenset(region for region in {*before.own, *self.own}
                         if before.own.get(region) != self.own.get(region))


def basis_of(library: Library) -> Basis:
    """What dates are counted by now.

    Raises:
        InvalidFile: when the person's own closed days cannot be read.
    """
    found = hashlib.sha256()
    for path in law_paths():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return Basis(RULES_VERSION, library_version(), found.hexdigest(),
                 library.own_holidays.digests())


def recount(desk: Desk, *, actor: str = SCHEDULER) -> tuple[str, ...]:
    """Count the dates of open requests anew, if what they rest on has changed since last time.

    Only requests are read that are open, unanswered and touched: those whose dates looked at a
    region that changed. All of them change in one transaction, or none. Tasks follow their
    dates; what the person did stays done.

    Returns:
        Ids of the requests whose dates changed, even if only in their arithmetic.

    Raises:
        InvalidFile: when the person's own closed days, or the registry, cannot be read.
    """
    now = basis_of(desk.library)
    with desk.store.reading() as session:
        if _last(session) == now:
            return ()
    with desk.store.writing() as session:
        before = _last(session)  # another process may have done it in this very moment
        touched = now.touched_since(before)
        running = () if touched is not None and not touched else rows.with_running_clock(
            session, touched, post_counts_by=NO_POST_ON)
        changed = tuple(request.id for request in running if _recount(desk, session, request))
        for request_id in changed:
            audit.write(session, actor, ACT, request_id, desk.clock.now())
        meta.put(session, COUNTED_BY, json.dumps(asdict(now), sort_keys=True))
    return changed


def counted_as_now(desk: Desk, session: Session) -> bool:
    """Whether stored dates rest on what dates are counted by now; else a sweep renews them.

    Also where no sweep has run yet.

    Raises:
        InvalidFile: when the person's own closed days cannot be read.
    """
    return _last(session) in (None, basis_of(desk.library))


def _recount(desk: Desk, session: Session, request: Request) -> bool:
    history = rows.events(session, request.id)
    before = rows.dates(session, request.id)
    broker = desk.registry.brokers.get(request.broker_id)
    after = statutory_dates(desk.laws, broker, request, history)
    renewed = with_lateness(request, after, history)
    if renewed != request:
        rows.update(session, renewed)
    if after == before:
        return False
    rows.save_dates(session, request.id, after)
    then, now = (expectation_of(broker, request, dates, desk.laws, at_risk=False, history=history)
                 for dates in (before, after))
    reschedule(session, request.id, Change(
        before=standing_tasks(request, before, then, history),
        after=standing_tasks(request, after, now, history),
        today=desk.clock.today(), at=desk.clock.now(), earlier_because=EARLIER,
        revives=rested(before) and not rested(after)))
    return True


def _last(session: Session) -> Basis | None:
    """What the dates were last counted by; None if that is not known, or by an older program."""
    stored = meta.get(session, COUNTED_BY)
    try:
        found: dict[str, Any] = json.loads(stored or "null")
        return Basis(**found)
    except (TypeError, ValueError):
        return None
