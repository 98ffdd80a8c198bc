"""Sweeping at the right moment: now, if the data is open; and with the first page of a day."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from optout.domain.errors import Locked, OptoutError
from optout.logs import report
from optout.services.patience import AT_A_SWEEP, AT_UNLOCKING

if TYPE_CHECKING:
    from optout.services.instance import Instance

_log = logging.getLogger("optout.sweep")


def sweep_if_open(instance: Instance, *, seconds: float = AT_A_SWEEP) -> bool:
    """Sweep once; False when the data is locked, another process sweeps, or the sweep failed.

    An error ends in the log, by its number: neither the clock nor a page may stop for it.

    Args:
        instance: open or not.
        seconds: for work that can go on later.
    """
    if not instance.is_open:
        return False
    try:
        result = instance.sweep(seconds=seconds)
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


def sweep_on_new_day(instance: Instance) -> bool:
    """Sweep if none was made on this local date: after midnight, or when the machine wakes.

    It asks no more than what day it is, so that every page can call it.

    Returns:
        Whether it swept.
    """
    return instance.is_open and instance.swept_on != instance.clock.today() and (
        sweep_if_open(instance, seconds=AT_UNLOCKING))
