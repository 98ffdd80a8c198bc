"""The scheduler: a clock that calls the sweep and then the reminders, and nothing else.

What is due stands in the database; a job that is lost, late or run twice changes nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from optout.domain.errors import Locked
from optout.services.folder import LOCK_FOLDER
from optout.services.new_day import sweep_if_open
from optout.vault import marks

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

    from optout.services.instance import Instance

HOURS_BETWEEN = 1
SWEEP = "sweep"
MARK = "scheduler"
"""The file in the folder of locks that the process holds whose clock calls the sweep."""

BEAT = 20.0
"""Seconds after which a set clock, a machine that woke, or a dead neighbour is noticed."""

STEP = 5.0
"""Seconds by which the time of day may run beside the machine’s own count: no one set it."""

_log = logging.getLogger("optout.jobs")


def start(instance: Instance) -> Jobs:
    """Sweep now and every hour, in threads of its own, until `shutdown` is called.

    After a sleep of the machine the missed hours become one sweep. A locked instance is left
    alone; unlocking it sweeps by itself.
    """
    jobs = Jobs(instance)
    jobs.start()
    return jobs


class Jobs:
    """The running scheduler, and the heart that wakes it.

    The scheduler waits for a time of day. Where the clock is set back by a month, it would wait a
    month longer; where the machine slept, it would wait out the rest of its hour. So the heart
    compares the time of day with the machine’s own count, which nobody can set, and calls the
    sweep where they disagree, where a new local day began, where the data was opened, where a
    sweep left work over, and where an e-mail may be tried again: a machine that wakes has its
    network later than its clock.

    Of several processes on one data folder one sweeps; the others look at each beat whether it
    is still alive.
    """

    def __init__(self, instance: Instance) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler

        self._instance = instance
        self._held: marks.Held | None = None
        self._over = threading.Event()
        self._drift = 0.0
        self._memory: object = None
        """What one opening of the data works out, at the last tick: another one has another."""
        self._day: date | None = None
        """The local date of the last tick."""
        self._again_at: datetime | None = None
        """When an e-mail that a server put off may be tried again, as of the last tick; UTC."""
        self.scheduler: BackgroundScheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
        self._heart = threading.Thread(target=self._live, name="optout-heart", daemon=True)

    @property
    def leads(self) -> bool:
        """Whether it is this process that sweeps."""
        return self._held is not None

    def start(self) -> None:
        """Take the lead if nobody has it, and sweep at once."""
        self._take_lead()
        self._drift = _drift()
        self._memory, self._day = self._seen()
        self.scheduler.add_job(self._tick, "interval", hours=HOURS_BETWEEN, id=SWEEP,
                               next_run_time=datetime.now(UTC))
        self.scheduler.start()
        self._heart.start()

    def shutdown(self, *, wait: bool = True) -> None:
        """Stop, and leave the lead to another process."""
        self._over.set()
        self.scheduler.shutdown(wait=wait)
        if wait:
            self._heart.join()
        if self._held is not None:
            self._held.let_go()

    def beat(self) -> bool:
        """Look once whether something calls for a sweep before its hour.

        Returns:
            Whether it called for one.
        """
        drift, before = _drift(), self._drift
        self._drift = drift
        # No short cut: each of them has to be looked at.
        reasons = (self._take_lead(), abs(drift - before) > STEP, self._newly_open_or_day(),
                   self.leads and self._instance.is_open and (
                       self._instance.unfinished or self._mail_may_go()))
        if not any(reasons):
            return False
        self.scheduler.modify_job(SWEEP, next_run_time=datetime.now(UTC))
        return True

    def _live(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self.beat()
            except Exception as error:  # noqa: BLE001 -- a heart that stops is noticed by nobody
                _log.warning("the scheduler could not be woken: %s", type(error))

    def _tick(self) -> None:
        from optout.services.reminders import remind_if_open

        self._memory, self._day = self._seen()
        if self.leads:
            sweep_if_open(self._instance)
            done = remind_if_open(self._instance)
            self._again_at = done.mail.again_at if done and done.mail else None

    def _newly_open_or_day(self) -> bool:
        """Whether the data was opened, or another local day began, since the last tick.

        Opening it sweeps, and so does the first page of a day, but neither reminds anybody:
        whoever opens it for a few minutes a day would never be sent anything. It is asked of
        the last tick, not of the last beat: the scheduler passes over a call that comes while
        a tick still runs, and then the next beat calls again.
        """
        memory, day = self._seen()
        return memory is not None and (memory is not self._memory or day != self._day)

    def _mail_may_go(self) -> bool:
        return self._again_at is not None and self._instance.clock.now() >= self._again_at

    def _seen(self) -> tuple[object, date]:
        """Which opening of the data this is, None while it is locked, and which local day."""
        day = self._instance.clock.today()
        with contextlib.suppress(Locked):
            return self._instance.desk.memory, day
        return None, day

    def _take_lead(self) -> bool:
        """Whether this process has the lead now and had it not before."""
        if self._held is not None:
            return False
        with contextlib.suppress(FileNotFoundError):  # the data folder is not set up yet
            self._held = marks.hold(self._instance.folder / LOCK_FOLDER / MARK, str(os.getpid()))
        return self._held is not None


def _drift() -> float:
    """By how much the time of day lies ahead of the machine’s own count, in seconds."""
    return time.time() - time.monotonic()
