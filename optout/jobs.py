"""The scheduler: a clock that calls the sweep, and nothing else.

What is due stands in the database; a job that is lost, late or run twice changes nothing.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from optout.domain.errors import Locked, OptoutError
from optout.logs import report
from optout.services import sweep

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

    from optout.services.instance import Instance

HOURS_BETWEEN = 1
SWEEP = "sweep"

_log = logging.getLogger("optout.jobs")


def start(instance: Instance) -> BackgroundScheduler:
    """Sweep now and every hour, in a thread of its own, until `shutdown` is called.

    After a sleep of the machine the missed hours become one sweep. A locked instance is left
    alone; unlocking it sweeps by itself.
    """
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    scheduler.add_job(sweep_if_open, "interval", hours=HOURS_BETWEEN, args=(instance,),
                      id=SWEEP, next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler


def sweep_if_open(instance: Instance) -> bool:
    """Sweep once; False when the data is locked, another process sweeps, or the sweep failed.

    An error ends in the log, by its number: the clock must go on.
    """
    if not instance.is_open:
        return False
    try:
        result = sweep.sweep(instance.desk)
    except Locked:  # the person locked it in this very moment
        return False
    except OptoutError as error:
        _log.warning("sweep refused: %s", type(error))
        return False
    except Exception as error:  # noqa: BLE001 -- the clock must go on
        report(error)
        return False
    _log.info("sweep: %d raised, %d failed", len(result.raised), len(result.failed))
    return not result.elsewhere
