"""The sweep: every task whose day has come is raised, however late, each exactly once."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import date

from optout.domain.actor import SCHEDULER
from optout.domain.errors import InvalidFile
from optout.services import days, mending, recounting, watching
from optout.services.desk import Desk
from optout.services.folder import LOCK_FOLDER, PRIVATE
from optout.services.patience import AT_A_SWEEP, Patience
from optout.store import sweeping
from optout.vault import marks

MARK = "sweep"
"""The file in the folder of locks that the process holds which is sweeping."""

CHUNK = 200
"""Tasks raised in one transaction: a page that writes meanwhile waits some milliseconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one sweep did.

    Args:
        day: up to which it looked.
        raised: ids of the follow-ups that it raised; each is raised once for each time that it
            is shown.
        failed: ids of those that could not be raised now; the next sweep tries again.
        elsewhere: another process is sweeping at this moment, so this one left it alone.
        unfinished: there is more to be counted anew, or to be given its next look, than one
            sweep does; the next one goes on with it.
    """

    day: date
    raised: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    elsewhere: bool = False
    unfinished: bool = False


def sweep(
    desk: Desk, *, actor: str = SCHEDULER, seconds: float = AT_A_SWEEP,
) -> SweepResult:
    """Raise every follow-up whose day has come, however long ago, each exactly once.

    Before that, days that rest on holidays or laws which changed are counted anew, and in an
    older data folder places are given their next look, and tasks that are there twice are closed:
    as many as there is time for.

    Args:
        desk: the opened data.
        actor: in whose name.
        seconds: for what is done before; a little of it is done in any case.

    One process sweeps at a time; without that it would still be right, as each task is claimed
    by a conditional update. One that fails is reported and left for the next sweep. Whoever is
    killed in the middle has raised whole chunks or none of them, and the next sweep goes on.
    """
    day = desk.clock.today()
    held = _hold(desk)
    if held is None:
        return SweepResult(day, elsewhere=True)
    raised: list[str] = []
    failed: list[str] = []
    with held:
        days.note(desk)
        unfinished = _catch_up(desk, actor, seconds)
        with desk.store.reading() as session:
            waiting = sweeping.waiting_ids(session, day)
        for start in range(0, len(waiting), CHUNK):
            done, not_done = _raise_chunk(desk, waiting[start:start + CHUNK], day, actor)
            raised.extend(done)
            failed.extend(not_done)
    _date(desk)
    return SweepResult(day, tuple(raised), tuple(failed), unfinished=unfinished)


def _hold(desk: Desk) -> marks.Held | None:
    folder = desk.settings.instance / LOCK_FOLDER
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    return marks.hold(folder / MARK, str(os.getpid()))


def _date(desk: Desk) -> None:
    """Let the mark show, also while the data is locked, when this was by the program's clock."""
    at = desk.clock.now().timestamp()
    os.utime(desk.settings.instance / LOCK_FOLDER / MARK, (at, at))


def _catch_up(desk: Desk, actor: str, seconds: float) -> bool:
    """Do what can wait, for a while; whether some of it is left.

    What fails is left for the sweep of the next hour and not called unfinished, so that nothing
    tries it again and again.
    """
    patience = Patience(seconds)
    counted = watched = mended = True
    try:
        recounting.recount(desk, actor=actor, patience=patience)
        with desk.store.reading() as session:
            counted = not recounting.is_under_way(session)
    except InvalidFile:  # its message may hold the person's own words
        _log.warning("a file cannot be read, so that open requests were not counted anew; "
                     "optout doctor says why")
    except Exception:  # noqa: BLE001 - what is due has to be seen all the same
        _log.exception("open requests could not be counted anew")
    try:
        watched = watching.watch_everything(desk, patience)
    except Exception:  # noqa: BLE001 - what is due has to be seen all the same
        _log.exception("places could not be given their next look")
    try:
        mended = mending.mend_doubles(desk, actor=actor, patience=patience)
    except Exception:  # noqa: BLE001 - what is due has to be seen all the same
        _log.exception("tasks that are there twice could not be closed")
    return not (counted and watched and mended)


def _raise_chunk(
    desk: Desk, ids: tuple[str, ...], day: date, actor: str,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Raise them in one transaction; where one of them fails, each in one of its own.

    Returns:
        Those that were raised, and those that could not be.
    """
    try:
        return _raise(desk, ids, day, actor), ()
    except Exception:  # noqa: BLE001 - one bad row must not keep the others from being seen
        if len(ids) == 1:
            _log.exception("follow-up %s could not be raised", ids[0])
            return (), ids
    parts = [_raise_chunk(desk, (one,), day, actor) for one in ids]
    return (tuple(one for done, _ in parts for one in done),
            tuple(one for _, not_done in parts for one in not_done))


def _raise(desk: Desk, ids: tuple[str, ...], day: date, actor: str) -> tuple[str, ...]:
    with desk.store.writing() as session:
        return sweeping.raise_those(session, ids, day, actor=actor, at=desk.clock.now())
