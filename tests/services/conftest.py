"""An opened data folder with fictional brokers and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.services import people
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.conftest import SAMPLES
from tests.factories import californian

PASSPHRASE = "seven quiet otters under a bridge"
BROKERS = SAMPLES / "services" / "brokers.yaml"

MakeInstance = Callable[[Path], Instance]


@pytest.fixture
def make_instance(clock: HandClock) -> Iterator[MakeInstance]:
    """Makes the instance of a folder, as a process of its own would; all are locked at the end."""
    made: list[Instance] = []

    def make(folder: Path) -> Instance:
        settings = Settings(instance=folder)
        made.append(Instance(settings, clock, Library(settings, brokers_file=BROKERS),
                             cost=CHEAP))
        return made[-1]

    yield make
    for instance in made:
        instance.lock()


@pytest.fixture
def instance(tmp_path: Path, make_instance: MakeInstance) -> Instance:
    """A data folder that is not set up yet."""
    return make_instance(tmp_path / "instance")


@pytest.fixture
def desk(instance: Instance) -> Desk:
    """A new, opened data folder."""
    return instance.create(PASSPHRASE)


@pytest.fixture
def avery(desk: Desk) -> Person:
    """A stored Californian."""
    return people.add_person(desk, californian(), actor=OWNER)
