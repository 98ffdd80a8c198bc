"""Where a passphrase can come from when nobody types it: a file, or the system's keyring."""

from __future__ import annotations

import stat
from pathlib import Path

from optout.domain.errors import InvalidInput

SERVICE = "optout"
"""Under which name a keyring keeps passphrases, each for the id of a data folder."""

_LONGEST_BYTES = 4096


def from_file(path: Path) -> str:
    """The passphrase in a file: all of its text, without one line end at the end.

    A file that others may read is accepted, because container secrets arrive that way and the
    folder around it may be closed; `readable_by_others` lets `doctor` say so.

    Raises:
        InvalidInput: when the file cannot be read, is empty, too long, or not UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"The passphrase file {path} cannot be read ({error.strerror}).",
                           field="OPTOUT_PASSPHRASE_FILE",
                           remedy="Check the path, and that you may read the file.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unfit(path, "is not UTF-8 text") from None  # the error would quote the passphrase
    text = text.removesuffix("\n").removesuffix("\r")
    if len(data) > _LONGEST_BYTES:
        raise _unfit(path, "is longer than 4096 bytes")
    if not text.strip():
        raise _unfit(path, "is empty")
    return text


def readable_by_others(path: Path) -> bool:
    """Whether other users of this machine could read the file."""
    try:
        readable = path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
        entered = path.resolve().parent.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH)
    except OSError:
        return False
    return bool(readable and entered)


def from_keyring(instance_id: str) -> str | None:
    """The passphrase that the desktop's keyring has; None without it or without keyring.

    The person puts it there: `keyring set optout ID` (`doctor` shows the id of the data folder).
    """
    try:
        import keyring  # late: it looks for desktop services

        return keyring.get_password(SERVICE, instance_id) or None
    except Exception:  # noqa: BLE001 - backends raise what they like; absence is no mistake
        return None


def _unfit(path: Path, what: str) -> InvalidInput:
    return InvalidInput(f"The passphrase file {path} {what}.", field="OPTOUT_PASSPHRASE_FILE",
                        remedy="Write the passphrase into it, on one line.")
