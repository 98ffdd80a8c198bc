"""Wires the house: settings, clock and library make an instance that everything else uses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

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
    from optout.cli import main as run
    from optout.vault.process import harden

    harden()
    sys.excepthook = _crash
    run(obj=House())


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from optout.logs import quiet_crash

    quiet_crash(kind, error, trace)
