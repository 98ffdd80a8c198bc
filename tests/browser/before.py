"""What was done in a data folder before the program starts there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optout.clock import HandClock
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.browser.people import PASSPHRASE
from tests.program import NOW


@contextmanager
def desk_in(world: Path) -> Iterator[Desk]:
    """A new data folder, open while the block runs; the program finds it locked."""
    world.mkdir()
    settings = Settings(instance=world / "instance")
    instance = Instance(settings, HandClock(NOW), Library(settings), cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()
