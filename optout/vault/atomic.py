"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from optout.domain.errors import DiskFull, InstanceExists, InstanceUnusable

# EFBIG is a limit on the size of files: for the person it is the same as a full disk.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT")
                     else {errno.ENOSPC, errno.EFBIG})


def write_whole(
    path: Path, data: bytes, *, replace: bool = True, settled: bool = True
) -> None:
    """Write a file so that its name always stands for all of the old or all of the new bytes.

    The bytes go to a temporary file beside it (readable by its owner only), reach the disk, and
    take the name; then the folder reaches the disk too.

    Args:
        path: where to; its folder must exist.
        data: all of the content.
        replace: whether a file of that name may be replaced.
        settled: whether the name reaches the disk at once; whoever writes many files into one
            folder does that once, by `sync_folder`.

    Raises:
        DiskFull: when there is no room; nothing is left behind.
        InstanceExists: when `replace` is False and the file is there.
        InstanceUnusable: when the folder is missing or may not be written, or when the name stands
            for a device, a link or a folder: taking such a name would destroy what it is.
    """
    _refuse_what_is_no_file(path)
    temporary = path.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        _write(temporary, data)
        if replace:
            temporary.replace(path)
        else:
            _take_free_name(temporary, path)
        if settled:
            sync_folder(path.parent)
    except FileExistsError as error:
        raise InstanceExists(f"The file {path} is there already.") from error
    except OSError as error:
        raise _explained(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make sure that names made or removed in a folder reach the disk."""
    if os.name == "nt":  # there a folder cannot be opened, and names are written through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        kind = path.lstat().st_mode
    except OSError:  # not there, or not to be seen: writing will tell
        return
    if not stat.S_ISREG(kind):
        raise InstanceUnusable(f"{path} is no plain file, and would be replaced by one.",
                               remedy="Choose the name of a file.")


def _write(path: Path, data: bytes) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _take_free_name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # fails if the name is taken, even by another process just now
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (FAT): the best left is to look before taking the name.
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)


def _explained(path: Path, error: OSError) -> DiskFull | InstanceUnusable:
    if error.errno in _NO_ROOM:
        return DiskFull(f"There is no room left on the disk for {path.name}.",
                        remedy="Free some room and try again; nothing was half-written.")
    return InstanceUnusable(
        f"The folder {path.parent} cannot be written ({error.strerror}).",
        remedy="Check that the folder exists and belongs to you, or choose another one.")
