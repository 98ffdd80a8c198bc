"""Open requests are counted anew when what their dates rest on has changed; ended ones never."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from optout.domain.actor import SCHEDULER
from optout.domain.errors import InvalidFile
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
from optout.services.uncounted import MOST, keep, uncounted
from optout.store import audit, meta
from optout.store import requests as rows
from optout.store.apart import apart

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.services.patience import Patience

COUNTED_BY = "counted_by"
"""Key of what the stored dates were last counted by, all of them."""

UNDER_WAY = "recounting"
"""Key of how far a recount came that has not reached every request yet."""

AT_ONCE = 100
"""Requests that are counted anew in one transaction: some tenths of a second."""

LOOKED_THROUGH = 2_000
"""Requests that are looked through for those in one transaction."""

ACT = "recount_dates"
_log = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True)
class _Way:
    """A recount that is on its way.

    Args:
        to: what dates are being counted by.
        since: what stored dates may still rest on, besides that.
        after: the id of the last request that was reached.
    """

    to: Basis
    since: tuple[Basis | None, ...]
    after: str = ""

    @property
    def touched(self) -> frozenset[str] | None:
        """The regions whose requests are read; None for every region."""
        parts = [self.to.touched_since(before) for before in self.since]
        if any(part is None for part in parts):
            return None
        return frozenset(region for part in parts for region in part or ())

    def towards(self, now: Basis) -> _Way:
        """The same way, or a new one from the start when what dates are counted by changed."""
        return self if now == self.to else _Way(now, (*self.since, self.to))


def recount(
    desk: Desk, *, actor: str = SCHEDULER, patience: Patience | None = None,
) -> tuple[str, ...]:
    """Count the dates of open requests anew, if what they rest on has changed since last time.

    Only requests are read that are open, unanswered and touched: those whose dates looked at a
    region that changed. Tasks follow their dates; what the person did stays done.

    They are counted a few at a time in the order of their ids, each few in a transaction of their
    own that also keeps how far it came. A request changes wholly or not at all, its dates
    together with its tasks, and as each request's dates rest on nothing of another's, every
    state in between is right for all that were reached and as it was for the others. It is not
    one transaction for all, because that one would hold the write lock for minutes where there
    are many. When what dates are counted by changes on the way, it begins anew.

    A request that fails stays as it was, with its dates and its tasks, and holds nobody up: its
    id is kept, the doctor names it, and the next call tries it again before the others.

    Args:
        desk: the opened data.
        actor: in whose name.
        patience: after which it stops until it is called again; default: never.

    Returns:
        Ids of the requests whose dates changed now, even if only in their arithmetic.

    Raises:
        InvalidFile: when the person's own closed days, or the registry, cannot be read.
    """
    now = basis_of(desk.library)
    with desk.store.reading() as session:
        again, all_there = uncounted(session), _way(session, now) is None
    changed = _try_again(desk, actor) if again else []
    if all_there:
        return tuple(changed)
    while True:
        some, last = _recount_some(desk, now, actor)
        changed += some
        if last or (patience is not None and not patience.lasts()):
            return tuple(changed)


def is_under_way(session: Session) -> bool:
    """Whether a recount was begun and has not reached every request yet."""
    return meta.get(session, UNDER_WAY) is not None


def _recount_some(desk: Desk, now: Basis, actor: str) -> tuple[list[str], bool]:
    """The next few requests: which of them changed, and whether there are no more."""
    with desk.store.writing() as session:
        way = _way(session, now)
        if way is None:  # another process did it in this very moment
            return [], True
        touched, end = way.touched, None
        changed: list[str] = []
        if touched is None or touched:
            running, end = rows.with_running_clock(
                session, touched, post_counts_by=NO_POST_ON, after=way.after, most=AT_ONCE,
                among=LOOKED_THROUGH)
            changed = _each(desk, session, running, actor, before=uncounted(session))
        if end is not None:
            meta.put(session, UNDER_WAY, json.dumps(asdict(replace(way, after=end))))
            return changed, False
        meta.forget(session, UNDER_WAY)
        meta.put(session, COUNTED_BY, json.dumps(asdict(now), sort_keys=True))
        return changed, True


def _try_again(desk: Desk, actor: str) -> list[str]:
    """Count those anew that failed before, a few of them; which of them changed."""
    with desk.store.writing() as session:
        kept = uncounted(session)
        found = rows.some(session, kept[:AT_ONCE])
        running = [one for one in found if one.standing not in rows.ENDED and one.claim is None]
        return _each(desk, session, running, actor, before=kept[AT_ONCE:])


def _each(
    desk: Desk, session: Session, requests: Iterable[Request], actor: str, *,
    before: Sequence[str],
) -> list[str]:
    """Count each of these anew by itself; which of them changed.

    Those that fail are kept behind the ones that failed before; those of them that are counted
    now are kept no longer.
    """
    changed: list[str] = []
    left = dict.fromkeys(before)
    for request in requests:
        error = apart(session, partial(_recount, desk, session, request, changed))
        left.pop(request.id, None)
        if isinstance(error, InvalidFile) or (error and len(left) >= MOST):
            raise error  # the others would fail as well
        if error is not None:  # its words may hold personal data
            left[request.id] = None
            _log.warning("the dates of %s could not be counted anew: %s", request.id,
                         type(error))
    for request_id in changed:
        audit.write(session, actor, ACT, request_id, desk.clock.now())
    keep(session, left)
    return changed


def _way(session: Session, now: Basis) -> _Way | None:
    """The way to what dates are counted by now; None where all of them are there."""
    last, stored = _last(session), meta.get(session, UNDER_WAY)
    if stored is None:
        return None if last == now else _Way(now, (last,))
    try:
        kept = json.loads(stored)
        since = tuple(None if one is None else Basis(**one) for one in kept["since"])
        return _Way(Basis(**kept["to"]), since, kept["after"]).towards(now)
    except (TypeError, ValueError, KeyError):  # by another version of the program
        return _Way(now, (None,))


def counted_as_now(desk: Desk, session: Session) -> bool:
    """Whether stored dates rest on what dates are counted by now; else a sweep renews them.

    Also where no sweep has run yet.

    Raises:
        InvalidFile: when the person's own closed days cannot be read.
    """
    return not is_under_way(session) and _last(session) in (None, basis_of(desk.library))


def _recount(desk: Desk, session: Session, request: Request, changed: list[str]) -> None:
    """Count the dates of one request anew, and add its id to those that changed if they did."""
    history = rows.events(session, request.id)
    before = rows.dates(session, request.id)
    broker = desk.registry.brokers.get(request.broker_id)
    after = statutory_dates(desk.laws, broker, request, history)
    renewed = with_lateness(request, after, history)
    if renewed != request:
        rows.update(session, renewed)
    if after == before:
        return
    rows.save_dates(session, request.id, after)
    then, now = (expectation_of(broker, request, dates, desk.laws, at_risk=False, history=history)
                 for dates in (before, after))
    reschedule(session, request.id, Change(
        before=standing_tasks(request, before, then, history),
        after=standing_tasks(request, after, now, history),
        today=desk.clock.today(), at=desk.clock.now(), earlier_because=EARLIER,
        revives=rested(before) and not rested(after)))
    changed.append(request.id)


def _last(session: Session) -> Basis | None:
    """What the dates were last counted by; None if that is not known, or by an older program."""
    stored = meta.get(session, COUNTED_BY)
    try:
        found: dict[str, Any] = json.loads(stored or "null")
        return Basis(**found)
    except (TypeError, ValueError):
        return None
