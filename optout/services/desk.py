"""What every service works on: the library that needs no passphrase, and the opened desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from optout.documents import script_files
from optout.domain.actor import OWNER, SCHEDULER
from optout.services.gate_files import parsed_gates
from optout.services.law_files import law_folder, parsed_laws
from optout.services.own_holidays import HOLIDAYS_FILE, OwnHolidaysFile
from optout.settings import Settings, resource

if TYPE_CHECKING:
    from optout.clock import Clock
    from optout.law.authorities import Authorities
    from optout.law.model import LawBook
    from optout.law.own_holidays import OwnHolidays
    from optout.planning.gate_book import GateBook
    from optout.registry.registry import Registry
    from optout.store.store import Store
    from optout.vault.sealed import SealedFiles

__all__ = ["OWNER", "SCHEDULER", "Desk", "Library"]

BROKERS_FILE = "brokers.yaml"
OVERLAY_FILE = "brokers.local.yaml"
CACHE_FOLDER = "cache"


class Library:
    """Brokers and laws: what needs no passphrase. Each is read when first asked for.

    Args:
        settings: names the data folder, whose `brokers.local.yaml` overlays the packaged file
            and whose `cache` keeps the parsed registry.
        brokers_file: another registry in place of the packaged one.
    """

    def __init__(self, settings: Settings, *, brokers_file: Path | None = None) -> None:
        self._folder = settings.instance
        script_files.look_in(settings.instance)
        self._brokers_file = brokers_file
        self._own_holidays = OwnHolidaysFile(self.holidays_file)
        self._laws: LawBook | None = None

    @cached_property
    def registry(self) -> Registry:
        """The brokers, with the user's own corrections laid over them.

        Raises:
            InvalidFile: with every problem of both files.
        """
        from optout.registry.loading import load_registry

        return load_registry(
            self.packaged_file, self.overlay_file if self.overlay_file.exists() else None,
            self.cache_folder if self.cache_folder.is_dir() else None)

    def reload(self) -> None:
        """Read the brokers anew when they are next asked for: a file has changed."""
        self.__dict__.pop("registry", None)

    @property
    def packaged_file(self) -> Path:
        """The registry that came with the program; never written to."""
        return self._brokers_file or resource(BROKERS_FILE)

    @property
    def overlay_file(self) -> Path:
        """The user's own corrections; need not exist."""
        return self._folder / OVERLAY_FILE

    @property
    def cache_folder(self) -> Path:
        """Where the parsed registry is kept; need not exist."""
        return self._folder / CACHE_FOLDER

    @property
    def holidays_file(self) -> Path:
        """The closed days that the user entered; need not exist."""
        return self._folder / HOLIDAYS_FILE

    @property
    def own_holidays(self) -> OwnHolidays:
        """The closed days that the user entered, as they stand in the file now.

        Raises:
            InvalidFile: with every problem by line and field.
        """
        return self._own_holidays.current()

    @property
    def laws(self) -> LawBook:
        """The laws, with the closed days that the user entered; one book until those change.

        Raises:
            InvalidFile: naming law and field, or the line of a closed day.
        """
        own = self.own_holidays
        if self._laws is None or self._laws.own_holidays is not own:
            self._laws = replace(self.packaged_laws, own_holidays=own)
        return self._laws

    @cached_property
    def packaged_laws(self) -> LawBook:
        """The laws as they came with the program.

        Raises:
            InvalidFile: naming law and field.
        """
        from optout.law.reading import read_laws

        return read_laws(parsed_laws())

    @cached_property
    def gates(self) -> GateBook:
        """The safety rules.

        Raises:
            InvalidFile: naming rule and field.
        """
        from optout.planning.gate_book import read_gates

        return read_gates(parsed_gates())

    @cached_property
    def authorities(self) -> Authorities:
        """Europe's supervisory authorities.

        Raises:
            InvalidFile: naming the field.
        """
        from optout.law.authorities import read_authorities
        from optout.registry import strict_yaml

        path = law_folder() / "authorities.yaml"
        data, _ = strict_yaml.load(path, name=path.name)
        return read_authorities(data)


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened instance: everything a service needs.

    Args:
        settings: the choices of this run.
        library: brokers and laws.
        store: the encrypted database.
        files: the sealed files.
        clock: tells the time; a service reads it once.
        memory: what was worked out and can be worked out again, each under a name that one
            service owns. It is emptied when the data is locked.
    """

    settings: Settings
    library: Library
    store: Store
    files: SealedFiles
    clock: Clock
    memory: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def registry(self) -> Registry:
        """The brokers."""
        return self.library.registry

    @property
    def laws(self) -> LawBook:
        """The laws."""
        return self.library.laws

    @property
    def gates(self) -> GateBook:
        """The safety rules."""
        return self.library.gates

    def day(self, on: date | None) -> date:
        """The given day, or today."""
        return on or self.clock.today()
