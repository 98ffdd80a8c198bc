"""An opened data folder, and the app on it, with one recipient for each gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import BytecodeCache

from optout.clock import HandClock
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from optout.web.app import create_app
from tests.attacks.situations import BROKERS
from tests.web.conftest import Walked, World, all_walked, compiled
from tests.web.visitor import PORT, Visitor

PASSPHRASE = "seven quiet otters under a bridge"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A new, opened data folder."""
    settings = Settings(instance=tmp_path / "instance")
    instance = Instance(settings, clock, Library(settings, brokers_file=BROKERS), cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()


@pytest.fixture
def world(
    tmp_path: Path, clock: HandClock, compiled: BytecodeCache, all_walked: Walked,
) -> Iterator[World]:
    """The app on a fresh data folder that nobody has set up."""
    settings = Settings(instance=tmp_path / "instance", port=PORT)
    instance = Instance(settings, clock, Library(settings, brokers_file=BROKERS), cost=CHEAP)
    app = create_app(instance, settings, clock=clock)
    app.jinja_env.bytecode_cache = compiled
    yield World(app, Visitor(app), clock, instance, all_walked, BROKERS)
    app.extensions["optout"].lock()


__all__ = ["all_walked", "compiled"]
