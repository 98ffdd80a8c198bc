"""One data folder: made, unlocked, locked; used by the pages and the command line alike."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from optout.clock import Clock
from optout.domain.errors import (
    InstanceExists,
    InstanceMissing,
    InvalidInput,
    Locked,
)
from optout.services import bulk_jobs
from optout.services import folder as folders
from optout.services.desk import OWNER, Desk, Library
from optout.services.folder import CACHE_FOLDER, DATABASE_FILE, FILES_FOLDER, KEY_FILE, LOCK_FOLDER
from optout.services.patience import AT_A_SWEEP
from optout.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from optout.services.days import Days
    from optout.services.sweep import SweepResult
    from optout.vault.keyfile import Cost, DataKey

SHORTEST_PASSPHRASE = 8
"""Characters; the pages ask for more, the program refuses less."""

class Instance:
    """A data folder, locked until its passphrase is given.

    Safe for several threads: the pages and the scheduler share it.

    Args:
        settings: names the folder.
        clock: tells the time to everything that happens in it.
        library: brokers and laws, which need no passphrase.
        cost: what one try of the passphrase costs, for `create`; default: strong.
    """

    def __init__(
        self, settings: Settings, clock: Clock, library: Library, *, cost: Cost | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.library = library
        self._cost = cost
        self._desk: Desk | None = None
        self._guard = threading.RLock()
        self._swept_on: date | None = None
        self._days: Days | None = None
        self._unfinished = False

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.settings.instance

    def exists(self) -> bool:
        """Whether the folder has been set up, wholly.

        Raises:
            InstanceUnusable: when it belongs to someone else, cannot be written, or is half
                set up.
        """
        folders.check(self.folder)
        return folders.set_up_of(self.folder) is folders.SetUp.WHOLE

    @property
    def is_open(self) -> bool:
        """Whether the passphrase has been given."""
        return self._desk is not None

    @property
    def desk(self) -> Desk:
        """The opened data.

        Raises:
            Locked: before `unlock` or `create`, and after `lock`.
        """
        desk = self._desk
        if desk is None:
            raise Locked(remedy="Enter the passphrase first.")
        return desk

    @property
    def swept_on(self) -> date | None:
        """The local date of the last sweep by this process; None before the first."""
        return self._swept_on

    @property
    def unfinished(self) -> bool:
        """Whether the last sweep by this process left something that another should go on with."""
        return self._unfinished

    @property
    def later_day(self) -> date | None:
        """A day that was here already and lies after today; None while the clock goes forward.

        It is known without asking the database: as the last sweep left it.
        """
        days = self._days
        return days.newest if days and days.behind(self.clock.today()) else None

    def sweep(self, *, seconds: float = AT_A_SWEEP) -> SweepResult:
        """Raise what is due, and remember the day.

        Args:
            seconds: for work that can go on later.

        Raises:
            Locked: before `unlock` or `create`, and after `lock`.
        """
        from optout.services import days, sweep

        desk = self.desk
        # First, so that the pages that are asked for meanwhile do not wait for it too.
        self._swept_on = self.clock.today()
        self._unfinished = False  # one that fails is not tried again at once
        result = sweep.sweep(desk, seconds=seconds)
        self._unfinished = result.unfinished
        self._days = days.known(desk)
        return result

    def believe_clock(self) -> None:
        """Take the computer’s date for right although a later one was here; see `days.believe`."""
        from optout.services import days

        self._days = days.believe(self.desk)

    def create(self, passphrase: str, *, at_risk: bool = False) -> Desk:
        """Set the folder up: a random key wrapped by the passphrase, an encrypted database.

        Everything is built beside the folder and put in place when it is whole.

        Args:
            passphrase: whatever the person chose; at least `SHORTEST_PASSPHRASE` characters.
            at_risk: someone is looking for the person, or others use this computer.

        Raises:
            InstanceExists: when it has been set up before.
            InstanceUnusable: when the folder cannot be used.
            InvalidInput: when the passphrase is too short.
            DiskFull: when there is no room.
            DriverMissing: when the encrypted database driver is missing.
        """
        with self._guard:
            if self.exists():
                raise InstanceExists(remedy="Unlock it with its passphrase.")
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise InvalidInput(
                    f"The passphrase is shorter than {SHORTEST_PASSPHRASE} characters.",
                    field="passphrase", remedy="Use a few words that nobody would guess.")
            with folders.built_beside(self.folder) as place:
                key = self._build(place, passphrase, at_risk=at_risk)
            return self._open(key)

    def unlock(self, passphrase: str) -> Desk:
        """Open the data.

        Raises:
            InstanceMissing: when the folder has not been set up.
            InstanceUnusable: when it cannot be used, or the database is damaged.
            WrongPassphrase: for a wrong passphrase.
            TooSoon: when the delay that wrong ones bring on is not over; it grows with each
                and survives a restart.
            Tampered: when the key file was changed or damaged.
            DriverMissing: when the encrypted database driver is missing.
        """
        from optout.vault import attempts

        with self._guard:
            if not self.exists():
                raise InstanceMissing(remedy="Set it up first: start “optout serve”.")
            key = attempts.unlock(self.folder / KEY_FILE, passphrase, self.clock.now())
            return self._desk or self._open(key)

    def unlock_from_environment(self) -> Desk | None:
        """Open the data without a question, if a passphrase file or the keyring allows it.

        A fresh folder is set up from the passphrase file.

        Returns:
            The desk; None when there is no passphrase to be had.

        Raises:
            InvalidInput: when the passphrase file is missing, empty or readable by others.
            Everything that `unlock` and `create` raise.
        """
        from optout.vault import keyfile
        from optout.vault import passphrase as sources

        if self._desk is not None:
            return self._desk
        if self.settings.passphrase_file is not None:
            words = sources.from_file(self.settings.passphrase_file)
            try:
                return self.unlock(words) if self.exists() else self.create(words)
            except InstanceExists:  # another process set it up in this very moment
                return self.unlock(words)
        if not self.exists():
            return None
        remembered = sources.from_keyring(keyfile.identity(self.folder / KEY_FILE))
        return None if remembered is None else self.unlock(remembered)

    def lock(self) -> None:
        """Close the database, forget the key and all that was worked out; stop what works."""
        with self._guard:
            desk, self._desk = self._desk, None
            if desk is not None:
                bulk_jobs.stop_all(desk)
                desk.memory.clear()
                desk.store.close()

    def _build(self, place: Path, passphrase: str, *, at_risk: bool) -> DataKey:
        from optout.services import calendar_given, people
        from optout.store import audit
        from optout.store.store import Store
        from optout.vault import keyfile

        for name in (FILES_FOLDER, CACHE_FOLDER, LOCK_FOLDER):
            (place / name).mkdir(mode=folders.PRIVATE)
        key = keyfile.create(place / KEY_FILE, passphrase, cost=self._cost or keyfile.STRONG)
        store = Store.create(place / DATABASE_FILE, key.database_hex)
        try:
            with store.writing() as session:
                now = self.clock.now()
                people.remember_risk(session, at_risk=at_risk)
                calendar_given.begin(session)
                audit.write(session, OWNER, "create_instance", "", now)
        finally:
            store.close()
        return key

    def _open(self, key: DataKey) -> Desk:
        from optout.services import days, housekeeping
        from optout.store.store import Store
        from optout.vault.sealed import SealedFiles

        store = Store.open(self.folder / DATABASE_FILE, key.database_hex)
        files = SealedFiles(self.folder / FILES_FOLDER, key.files_key)
        desk = Desk(self.settings, self.library, store, files, self.clock)
        self._desk = desk
        self._swept_on = self.clock.today()
        self._unfinished = housekeeping.tidy(desk)
        self._days = days.known(desk)
        return desk
