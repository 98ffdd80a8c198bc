"""Wires the house: settings, clock and library make an instance; pages, jobs and commands use it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optout.services.instance import Instance
    from optout.settings import Settings


class House:
    """What the command line is handed: the makers of everything above and beside it.

    Each imports what it makes only when asked, so that `optout --help` stays instant.
    """

    def make_instance(self, settings: Settings) -> Instance:
        """The data folder of these settings, locked or not yet set up."""
        from optout.clock import SystemClock
        from optout.services.desk import Library
        from optout.services.instance import Instance

        return Instance(settings, SystemClock(), Library(settings))

    def make_web(self, instance: Instance, settings: Settings) -> tuple[Any, str]:
        """The pages over an instance, and the path that lets the first browser in, once."""
        from optout.web.app import create_app, start_path

        app = create_app(instance, settings, clock=instance.clock)
        return app, start_path(app)

    def start_jobs(self, instance: Instance) -> Any:
        """The running scheduler."""
        from optout import jobs

        return jobs.start(instance)


def main() -> None:
    """The console script."""
    from optout import logs
    from optout.cli import main as run
    from optout.vault.process import harden

    harden()
    sys.excepthook = logs.quiet_crash
    run(obj=House())
