"""A growing delay after wrong passphrases, counted on the disk; it never locks anyone out.

It slows down a hand at this keyboard. Whoever copies the files is slowed down by Argon2id alone.
"""

from __future__ import annotations

import json
import math
from datetime import datetime, timedelta
from pathlib import Path

from optout.domain.errors import TooSoon
from optout.vault import keyfile
from optout.vault.atomic import write_whole

FREE_TRIES = 3
"""Wrong tries without any delay: everyone mistypes."""

LONGEST = timedelta(minutes=5)
"""The delay grows no further."""


def unlock(key_path: Path, passphrase: str, now: datetime) -> keyfile.DataKey:
    """Open the key file, after the delay that earlier wrong tries brought on.

    Args:
        key_path: the key file; the count lies beside it.
        passphrase: what was entered.
        now: the instant, aware.

    Raises:
        TooSoon: when the delay is not over; the passphrase was not tried.
        WrongPassphrase, Tampered, InstanceMissing, InstanceUnusable: as `keyfile.unwrap`.
    """
    attempts = Attempts(key_path.with_name("attempts.json"))
    keyfile.identity(key_path)  # a missing or damaged key file is no wrong try
    attempts.begin(now)
    key = keyfile.unwrap(key_path, passphrase)
    attempts.forget()
    return key


def delay_after(wrong: int) -> timedelta:
    """How long to wait after so many wrong tries: 2, 4, 8 ... seconds, at most five minutes."""
    if wrong <= FREE_TRIES:
        return timedelta(0)
    # The exponent is bounded before it is used: the count may be of any size.
    return min(timedelta(seconds=2 ** min(wrong - FREE_TRIES, 20)), LONGEST)


class Attempts:
    """The count of tries since the last right one.

    Args:
        path: where the count is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, now: datetime) -> None:
        """Count a try before it is made, so that tries side by side are counted too.

        Raises:
            TooSoon: when the delay is not over; this try is not counted.
        """
        count, last = self._read()
        if last is not None and last > now:
            # The clock was set back; waiting for the old time could take years.
            self._write(count, now)
            last = now
        rest = delay_after(count) - (now - last) if last else timedelta(0)
        if rest > timedelta(0):
            seconds = math.ceil(rest.total_seconds())
            raise TooSoon(
                f"After several wrong passphrases the next try has to wait {seconds} "
                f"{'second' if seconds == 1 else 'seconds'}.",
                wait_seconds=seconds, remedy="Nothing is lost: wait, then try again.")
        self._write(count + 1, now)

    def forget(self) -> None:
        """Start over after a right passphrase."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, datetime | None]:
        try:
            entry = json.loads(self._path.read_bytes())
            last = datetime.fromisoformat(entry["last"])
            return (max(0, int(entry["tries"])), last) if last.tzinfo else (0, None)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return 0, None  # a damaged count must not keep the owner out

    def _write(self, count: int, now: datetime) -> None:
        write_whole(self._path, json.dumps({"tries": count, "last": now.isoformat()}).encode())
