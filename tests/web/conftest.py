"""The app on a fresh data folder, at every stage of its first run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from optout.clock import HandClock
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from optout.web.app import create_app, start_path
from tests.web.visitor import PORT, Page, Visitor

BROKERS = Path(__file__).parent / "brokers.yaml"
PASSPHRASE = "seven quiet otters under a bridge"

AVERY = {
    "names-0-given": "Avery", "names-0-middle": "Quillfeather", "names-0-family": "Zanzibarson",
    "residences-0-code": "US-CA",
    "reply_email": "answers.canary@example.com",
    "emails-0-value": "avery.canary@example.com",
    "phones-0-value": "+1 415 555 0142",
    "addresses-0-street": "4711 Canarybird Way", "addresses-0-city": "San Francisco",
    "addresses-0-region": "CA", "addresses-0-postal_code": "94102", "addresses-0-country": "US",
    "reply_address-street": "PO Box 8812", "reply_address-city": "Oakland",
    "reply_address-region": "CA", "reply_address-postal_code": "94601",
    "reply_address-country": "US",
}
"""The canary: a fictional Californian whose words must turn up nowhere but on their own pages."""

CANARY = ("Avery", "Quillfeather", "Zanzibarson", "canary", "4155550142", "415 555 0142",
          "4711", "8812")


@dataclass
class World:
    """The app, a browser, and the clock that both follow."""

    app: Flask
    visitor: Visitor
    clock: HandClock
    instance: Instance

    def another(self) -> Visitor:
        """A second browser."""
        return Visitor(self.app)

    def started(self) -> Page:
        """Use the start link."""
        return self.visitor.get(start_path(self.app), site="none")

    def set_up(self, *, at_risk: bool = False) -> Page:
        """The first run up to the form about the person."""
        page = self.started()
        page = self.visitor.get(page.link("Begin"))
        page = self.visitor.submit(page, "/welcome/safety",
                                   {"at_risk": "yes" if at_risk else "no"})
        return self.visitor.submit(page, "/welcome/passphrase",
                                   {"passphrase": PASSPHRASE, "again": PASSPHRASE})

    def with_person(self, *, at_risk: bool = False) -> Page:
        """The first run up to the choice of companies by hand."""
        page = self.visitor.submit(self.set_up(at_risk=at_risk), "/people/new", AVERY)
        return self.by_hand(page)

    def by_hand(self, page: Page) -> Page:
        """From what should be covered to the choice of companies by hand."""
        return self.visitor.get(page.link("Choose companies by hand"))

    def planned(self, *brokers: str, at_risk: bool = False) -> Page:
        """The first run up to the plan."""
        return self.visitor.submit(self.with_person(at_risk=at_risk), "/companies",
                                   {"broker": brokers}, button=("plan", "1"), nth=1)

    def asked(self, broker: str) -> Page:
        """The page of one request that is ready to send."""
        page = self.visitor.submit(self.planned(broker), "/requests")
        return self.visitor.get(page.link("Sample"))

    @property
    def person_id(self) -> str:
        """The id of the only person."""
        from optout.services import people

        return people.list_people(self.instance.desk)[0].id


@pytest.fixture
def brokers_file() -> Path:
    """The registry of the world; a module may have one of its own."""
    return BROKERS


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates, compiled once for all apps of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def world(
    tmp_path: Path, clock: HandClock, brokers_file: Path, compiled: BytecodeCache,
) -> Iterator[World]:
    """A fresh data folder that nobody has set up; closed in the end.

    Its passphrase is cheap to try: the tests of the vault look at the dear one.
    """
    settings = Settings(instance=tmp_path / "instance", port=PORT)
    instance = Instance(settings, clock, Library(settings, brokers_file=brokers_file), cost=CHEAP)
    app = create_app(instance, settings, clock=clock)
    app.jinja_env.bytecode_cache = compiled
    yield World(app, Visitor(app), clock, instance)
    app.extensions["optout"].lock()


@pytest.fixture
def visitor(world: World) -> Visitor:
    """The browser of the world."""
    return world.visitor
