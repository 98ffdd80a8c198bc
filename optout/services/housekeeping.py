"""What is done each time the data is opened: overdue tasks are raised, orphaned files removed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from optout.services import folder, followups
from optout.store import documents, evidence, replies, signatures

if TYPE_CHECKING:
    from optout.services.desk import Desk

ORPHAN_AGE = timedelta(days=1)
"""A sealed file without a row is younger than this only while its row is being written."""

_log = logging.getLogger(__name__)


def tidy(desk: Desk) -> None:
    """Sweep follow-ups and orphaned files; whatever fails is logged and tried again next time."""
    for step in (followups.sweep, remove_orphans, remove_abandoned):
        try:
            step(desk)
        except Exception:  # noqa: BLE001 - opening the data matters more than tidying it
            _log.exception("housekeeping failed at %s", step.__name__)


def remove_orphans(desk: Desk) -> int:
    """Delete sealed files that no row names: what a crash left between file and row.

    Returns:
        How many were deleted.
    """
    files = desk.settings.instance / folder.FILES_FOLDER
    before = desk.clock.now() - ORPHAN_AGE
    old = [name for name in desk.files.names()
           if datetime.fromtimestamp((files / name).stat().st_mtime, UTC) < before]
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
    before = (desk.clock.now() - ORPHAN_AGE).timestamp()
    return folder.remove_abandoned(desk.settings.instance, before)
