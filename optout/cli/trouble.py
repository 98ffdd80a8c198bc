"""Errors as a person reads them: one clear line with the remedy, or a reference number."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import click

from optout.domain.errors import (
    DiskFull,
    InstanceUnusable,
    OptoutError,
    PortInUse,
    UnknownEvent,
)

if TYPE_CHECKING:
    from optout.cli.state import State

REFUSED = 1
WRONG_USAGE = 2

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def explain(error: Exception, state: State) -> int:
    """Say on standard error what went wrong; give the exit code."""
    known = _known(error)
    if known is None:
        click.echo("Something went wrong inside optout; this should not happen. Run “optout "
                   f"doctor” to see whether all is well; if you report it, quote "
                   f"{_record(error, state)}.", err=True)
        return REFUSED
    click.echo(str(known), err=True)
    return WRONG_USAGE if isinstance(known, UnknownEvent) else REFUSED


def _known(error: Exception) -> Exception | None:
    """The mistake that a person can mend, with its remedy in its text."""
    from optout.settings import BadSetting

    if isinstance(error, OptoutError | BadSetting):
        return error
    number = error.errno if isinstance(error, OSError) else None
    if number in _NO_ROOM:
        return DiskFull(remedy="Make room, then repeat the command: nothing is left half written.")
    if number in _NO_RIGHT:
        return InstanceUnusable(
            "A file or folder cannot be written.",
            remedy="Check that the folder belongs to you and is not read-only, "
                   "or choose another one.")
    if number == errno.EADDRINUSE:
        return PortInUse(remedy="Choose another one with --port.")
    return None


def _record(error: Exception, state: State) -> str:
    """Keep where it happened, without any value, in the data folder's log; give its number."""
    from optout import logs

    try:
        folder = state.settings.instance / "logs"
        if state.settings.instance.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / "errors.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except (OSError, ValueError):
        handle = os.open(os.devnull, os.O_WRONLY)  # the number alone still tells failures apart
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        logs.set_up("info", stream)
        number = logs.report(error)
    logs.set_up("warning")
    return number
