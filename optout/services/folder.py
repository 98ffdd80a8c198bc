"""The data folder: whose it is, who may read it, and whether it is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from optout.domain.errors import DiskFull, InstanceUnusable
from optout.vault.atomic import write_whole

KEY_FILE = "key.json"
DATABASE_FILE = "optout.db"
FILES_FOLDER = "files"
CACHE_FOLDER = "cache"
LOCK_FOLDER = "lock"
PRIVATE = 0o700
BUILDING = ".optout-new-"
"""How the name of a folder begins that is being built beside the data folder."""

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SetUp(Enum):
    """How far a data folder has been set up."""

    NOT_YET = "not yet"
    HALF = "half"
    WHOLE = "whole"


def set_up_of(folder: Path) -> SetUp:
    """Whether key and database are both there."""
    there = ((folder / KEY_FILE).exists(), (folder / DATABASE_FILE).exists())
    return SetUp.WHOLE if all(there) else SetUp.HALF if any(there) else SetUp.NOT_YET


def check(folder: Path) -> None:
    """Make sure that the folder may be used, before anything in it is touched.

    A folder that others may read is tightened to its owner. A folder that is not there yet
    passes if it can be made.

    Raises:
        InstanceUnusable: saying what is wrong with the folder and what to do.
    """
    if not folder.exists():
        _check_parent(folder)
        return
    if not folder.is_dir():
        raise InstanceUnusable(f"{folder} is a file, not a folder.",
                               remedy="Choose another data folder with --instance.")
    _check_owner(folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise InstanceUnusable(
            f"The data folder {folder} cannot be written.",
            remedy="Give yourself the right to write there, or choose another folder with "
                   "--instance.")
    tighten(folder)
    _check_whole(folder)


def tighten(folder: Path) -> None:
    """Take the folder away from everyone but its owner.

    Raises:
        InstanceUnusable: when the file system keeps it open to others.
    """
    if os.name == "nt" or not stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        return
    with contextlib.suppress(OSError):
        folder.chmod(PRIVATE)
    if stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        raise InstanceUnusable(
            f"Other users of this computer can read the data folder {folder}.",
            remedy="Move it to a place of your own, such as your home folder.")


def _check_owner(folder: Path) -> None:
    if os.name != "nt" and folder.stat().st_uid != os.geteuid():
        raise InstanceUnusable(
            f"The data folder {folder} belongs to another user of this computer.",
            remedy="Log in as that user, or choose a folder of your own with --instance.")


def _check_parent(folder: Path) -> None:
    place = folder.parent
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        raise InstanceUnusable(
            f"The data folder {folder} cannot be made, because {place} cannot be written.",
            remedy="Choose another folder with --instance.")


def _check_whole(folder: Path) -> None:
    if set_up_of(folder) is not SetUp.HALF:
        return
    if (folder / KEY_FILE).exists():
        raise InstanceUnusable(
            f"The data folder {folder} has a key but no database.",
            remedy=f"Put {DATABASE_FILE} back from a copy. If you never had data here, move "
                   f"{KEY_FILE} away and start again.")
    raise InstanceUnusable(
        f"The data folder {folder} has a database but no key, and without the key nobody can "
        "read it.",
        remedy=f"Put {KEY_FILE} back from a copy. If you never had data here, move "
               f"{DATABASE_FILE} away and start again.")


@contextlib.contextmanager
def built_beside(folder: Path) -> Iterator[Path]:
    """Give a private place to build a data folder in, and put it in place when all went well.

    When anything fails, whatever was built is removed and the folder is as it was before.

    Raises:
        InstanceUnusable: when the place cannot be written.
        InstanceExists: when another process was quicker; what it made stays as it is.
        DiskFull: when there is no room.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=BUILDING, dir=folder.parent))
    except OSError as error:
        raise _explained(error, folder) from None
    try:
        yield place
        _put_in_place(place, folder)
    except OSError as error:
        raise _explained(error, folder) from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


def remove_abandoned(folder: Path, before: float) -> int:
    """Remove what a crash left of data folders that were being built beside this one.

    Args:
        folder: the data folder.
        before: only what was not touched since then, in seconds since 1970; a younger one may
            still be being built.

    Returns:
        How many were removed.
    """
    removed = 0
    for place in folder.parent.glob(f"{BUILDING}*"):
        state = place.lstat()
        if stat.S_ISDIR(state.st_mode) and state.st_uid == folder.stat().st_uid and (
                state.st_mtime < before):
            shutil.rmtree(place, ignore_errors=True)
            removed += 1
    return removed


def _explained(error: OSError, folder: Path) -> DiskFull | InstanceUnusable:
    if error.errno in _FULL:
        return DiskFull("There is no room on the disk for the data folder.",
                        remedy="Make room, then start again: nothing was left half done.")
    return InstanceUnusable(f"The data folder {folder} cannot be made.",
                            remedy="Choose another folder with --instance.")


def _put_in_place(place: Path, folder: Path) -> None:
    """Move what was built into the folder: the database first, the key, which seals it, last.

    Raises:
        InstanceExists: when another process was quicker; what it made stays as it is.
    """
    if not folder.exists():
        with contextlib.suppress(OSError):  # made by another process in this very moment
            place.rename(folder)
            return
    moved: list[Path] = []
    try:
        for part in sorted(place.iterdir(), key=_order):
            target = folder / part.name
            if part.is_dir():
                if target.is_dir():
                    continue  # kept from before, such as the cache
                part.rename(target)
            else:
                write_whole(target, part.read_bytes(), replace=False)
            moved.append(target)
    except BaseException:
        for target in moved:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise


def _order(part: Path) -> int:
    return {DATABASE_FILE: 0, KEY_FILE: 2}.get(part.name, 1)
