"""A fresh encrypted database for a test, and one with a person in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from optout.store import matters, people, requests
from optout.store.store import Store
from tests.store import samples


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a new database; copying one is quicker than making one."""
    path = tmp_path_factory.mktemp("blank") / "optout.db"
    Store.create(path, samples.KEY).close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, blank: bytes) -> Path:
    found = tmp_path / "optout.db"
    found.write_bytes(blank)
    return found


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path, samples.KEY)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Furnished:
    store: Store
    person_id: str
    matter_id: str
    request_id: str


@pytest.fixture
def furnished(store: Store) -> Furnished:
    """A store with one person, their matter and one request."""
    with store.writing() as session:
        person = people.save(session, samples.AVERY)
        matter = matters.current(session, person.id, samples.DAY)
        requests.add_many(session, [samples.request(person.id, matter.id)])
    return Furnished(store, person.id, matter.id, "OPT-7K3M9Q")
