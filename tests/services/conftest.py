"""An opened data folder with fictional brokers and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Authorization, Person
from optout.services import authority, people, requests
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.conftest import SAMPLES
from tests.factories import californian, virginian
from tests.services.lettered import ALL
from tests.services.papered import PERMISSION

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


@pytest.fixture
def morgan(desk: Desk) -> Person:
    """A stored Virginian."""
    return people.add_person(desk, virginian(), actor=OWNER)


@pytest.fixture
def drafts(desk: Desk, avery: Person) -> list[str]:
    """An e-mail, a letter and a form, not prepared yet."""
    made = requests.create_requests(desk, avery.id, ALL, actor=OWNER)
    return [file.request.id for file in made]


@pytest.fixture
def three(desk: Desk, avery: Person) -> list[str]:
    """Three requests that left today, by channels of their own."""
    made = requests.create_requests(desk, avery.id, ALL, actor=OWNER)
    for file in made:
        requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return [file.request.id for file in made]


@pytest.fixture
def permission(desk: Desk, avery: Person) -> Authorization:
    """A clinic’s permission, as it is stored."""
    return authority.add_authorization(
        desk, replace(PERMISSION, person_id=avery.id), actor=OWNER)
