"""What is done when the data is opened: overdue tasks are raised, orphaned files removed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from optout.services import folder
from optout.services.authority_tasks import follow_permissions
from optout.services.patience import AT_UNLOCKING
from optout.services.sweep import sweep
from optout.store import documents, evidence, meta, replies, signatures

if TYPE_CHECKING:
    from optout.services.desk import Desk

ORPHAN_AGE = timedelta(days=1)
"""A sealed file without a row is younger than this only while its row is being written."""

FOLLOWED, SOUGHT = "permissions_followed", "orphans_sought"
"""Keys of the days on which ends of permissions, and orphaned files, were looked for last."""

_log = logging.getLogger(__name__)


def tidy(desk: Desk) -> bool:
    """Sweep follow-ups and orphaned files; whatever fails is logged and tried again next time.

    Returns:
        Whether the sweep left something unfinished: the person waits, so it takes a moment only.
    """
    unfinished = False

    def sweep_a_moment(desk: Desk) -> None:
        nonlocal unfinished
        unfinished = sweep(desk, seconds=AT_UNLOCKING).unfinished

    for step in (_follow_daily, sweep_a_moment, _remove_orphans_daily, remove_abandoned):
        try:
            step(desk)
        except Exception:  # noqa: BLE001 - opening the data matters more than tidying it
            _log.exception("housekeeping failed at %s", step.__name__)
    return unfinished


def _follow_daily(desk: Desk) -> None:
    _once_a_day(desk, FOLLOWED, follow_permissions)


def _remove_orphans_daily(desk: Desk) -> None:
    _once_a_day(desk, SOUGHT, remove_orphans)


def _once_a_day(desk: Desk, key: str, step: Callable[[Desk], object]) -> None:
    """Each command opens the data, and there may be hundreds of thousands of files and people."""
    today = desk.clock.today().isoformat()
    with desk.store.reading() as session:
        if meta.get(session, key) == today:
            return
    step(desk)
    with desk.store.writing() as session:
        meta.put(session, key, today)


def remove_orphans(desk: Desk) -> int:
    """Delete sealed files that no row names: what a crash left between file and row.

    Returns:
        How many were deleted.
    """
    files = desk.settings.instance / folder.FILES_FOLDER
    before = _long_ago()
    old = [name for name in desk.files.names() if (files / name).stat().st_mtime < before]
    if not old:
        return 0
    with desk.store.reading() as session:
        named = frozenset[str]().union(*(
            kept.sealed_names(session) for kept in (documents, replies, evidence, signatures)))
    orphans = [name for name in old if name not in named]
    for name in orphans:
        desk.files.delete(name)
    return len(orphans)


def remove_abandoned(desk: Desk) -> int:
    """Delete what is left of a setting-up that was cut short; it never held anyone's data.

    Returns:
        How many folders were deleted.
    """
    return folder.remove_abandoned(desk.settings.instance, _long_ago())


def _long_ago() -> float:
    """Before which a file is left over, in seconds since 1970.

    By the clock of the machine, which dates its files: by one that was moved by hand, what
    another process is just writing would look old, and be taken from under it.
    """
    return time.time() - ORPHAN_AGE.total_seconds()
