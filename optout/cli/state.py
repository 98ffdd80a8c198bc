"""What every command shares: the chosen data folder, the way to print, the opened desk."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from optout.domain.errors import Locked

if TYPE_CHECKING:
    from optout.services.desk import Desk, Library
    from optout.services.instance import Instance
    from optout.settings import Settings


class House(Protocol):
    """What lies above or beside the command line; `optout.bootstrap` hands it in."""

    def make_instance(self, settings: Settings) -> Instance:
        """The data folder of these settings, locked or not yet set up."""
        ...

    def make_web(self, instance: Instance, settings: Settings) -> tuple[Any, str]:
        """The WSGI application over an instance, and the path of its one-time link."""
        ...

    def start_jobs(self, instance: Instance) -> Any:
        """The running scheduler; it has `shutdown(wait=...)`."""
        ...


class State:
    """One call of the program; everything is made when first asked for.

    Args:
        house: what bootstrap hands in.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.folder: Path | None = None
        self.as_json = False

    @cached_property
    def settings(self) -> Settings:
        """The settings of the chosen data folder."""
        from optout.settings import load_settings

        return load_settings(self.folder)

    @cached_property
    def instance(self) -> Instance:
        """The data folder itself, locked until `desk` is asked for."""
        return self.house.make_instance(self.settings)

    @property
    def library(self) -> Library:
        """Brokers and laws: no passphrase needed."""
        return self.instance.library

    @cached_property
    def desk(self) -> Desk:
        """The opened instance; asks for the passphrase if no file or keyring has it.

        Raises:
            Locked: when nobody can be asked.
            WrongPassphrase: when it does not open the data.
        """
        desk = self.instance.unlock_from_environment()
        if desk is not None:
            return desk
        if not self.instance.exists():
            return self._set_up()
        self._insist_on_terminal()
        return self.instance.unlock(click.prompt("Passphrase", hide_input=True, err=True))

    def close(self) -> None:
        """Close the database, if one was opened."""
        made: Instance | None = self.__dict__.get("instance")
        if made is not None:
            made.lock()

    def _set_up(self) -> Desk:
        """Make a fresh data folder; the first question comes before any identity."""
        self._insist_on_terminal()
        click.echo(f"This sets up a new, encrypted data folder in {self.settings.instance}.",
                   err=True)
        at_risk = click.confirm(
            "Is someone looking for you, or do others use this computer?", err=True)
        click.echo("Choose a passphrase of several words. Without it nobody can read the data, "
                   "and nobody can restore it: write it down and keep it safe.", err=True)
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True,
                                  err=True)
        return self.instance.create(passphrase, at_risk=at_risk)

    def _insist_on_terminal(self) -> None:
        if not sys.stdin.isatty():
            raise Locked(
                "The data is locked, and there is no terminal to ask for the passphrase.",
                remedy="Put the passphrase into a file that only you can read and name that file "
                       "in OPTOUT_PASSPHRASE_FILE.")


def absolute(path: Path) -> str:
    """The path as answers show it: absolute, links kept."""
    return os.path.abspath(path)  # noqa: PTH100 -- Path.resolve would follow the user's links
