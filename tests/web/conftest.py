"""The app on a fresh data folder, at every stage of its first run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from optout.clock import HandClock
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from optout.web.app import create_app, start_path
from tests.everyone import every_person
from tests.page_checks import elements
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
class Walked:
    """Ways that were walked once, by what they were: the data folder and the page at their end.

    Hundreds of tests begin at the same place. The first one of a run walks there as a person
    does; the others get a copy of the folder, unlock it, and open the page.
    """

    folder: Path
    ends: dict[Hashable, tuple[Path, str]] = field(default_factory=dict)

    def keep(self, way: Hashable, data: Path, path: str) -> None:
        """Copy a data folder that is closed."""
        copy = self.folder / str(len(self.ends))
        shutil.copytree(data, copy)
        self.ends[way] = copy, path


@dataclass
class World:
    """The app, a browser, and the clock that both follow.

    Args:
        walked: None walks every step anew, for tests of the steps themselves.
    """

    app: Flask
    visitor: Visitor
    clock: HandClock
    instance: Instance
    walked: Walked | None = None
    brokers_file: Path | None = None

    def _at_the_end_of(self, way: Callable[..., Page], *how: Hashable) -> Page:
        """The page at the end of a way, walked now or before."""
        if self.walked is None or self.instance.exists():
            return way(self, *how)
        key = (way.__name__, how, self.brokers_file, self.clock.now())
        state = self.app.extensions["optout"]
        if key not in self.walked.ends:
            page = way(self, *how)
            state.lock()
            self.walked.keep(key, self.instance.folder, page.path)
        else:
            shutil.copytree(self.walked.ends[key][0], self.instance.folder)
            state.start_token = None  # it was used on the way
        self._unlock()
        return self.visitor.get(self.walked.ends[key][1])

    def _unlock(self) -> None:
        """Sign in without looking at the page that follows."""
        fields = {control.get("name") or "": control.get("value") or ""
                  for control in elements(self.visitor.get("/unlock").form("/unlock"), "input")}
        sent = self.visitor.ask(
            "POST", "/unlock", data=urlencode({**fields, "passphrase": PASSPHRASE}))
        assert sent.status_code == 303

    def another(self) -> Visitor:
        """A second browser."""
        return Visitor(self.app)

    def started(self) -> Page:
        """Use the start link."""
        return self.visitor.get(start_path(self.app), site="none")

    def set_up(self, *, at_risk: bool = False) -> Page:
        """The first run up to the form about the person."""
        return self._at_the_end_of(_set_up, at_risk)

    def with_person(self, *, at_risk: bool = False) -> Page:
        """The first run up to the choice of companies by hand."""
        return self._at_the_end_of(_with_person, at_risk)

    def by_hand(self, page: Page) -> Page:
        """From what should be covered to the choice of companies by hand."""
        return self.visitor.get(page.link("Choose companies by hand"))

    def planned(self, *brokers: str, at_risk: bool = False) -> Page:
        """The first run up to the plan."""
        return self._at_the_end_of(_planned, brokers, at_risk)

    def asked(self, broker: str) -> Page:
        """The page of one request that is ready to send."""
        return self._at_the_end_of(_asked, broker)

    @property
    def person_id(self) -> str:
        """The id of the only person."""
        return every_person(self.instance.desk)[0].id


def _set_up(world: World, at_risk: bool) -> Page:  # noqa: FBT001 (part of the way's name)
    page = world.started()
    page = world.visitor.get(page.link("Begin"))
    page = world.visitor.submit(page, "/welcome/safety", {"at_risk": "yes" if at_risk else "no"})
    return world.visitor.submit(page, "/welcome/passphrase",
                                {"passphrase": PASSPHRASE, "again": PASSPHRASE})


def _with_person(world: World, at_risk: bool) -> Page:  # noqa: FBT001 (likewise)
    return world.by_hand(
        world.visitor.submit(world.set_up(at_risk=at_risk), "/people/new", AVERY))


def _planned(world: World, brokers: tuple[str, ...], at_risk: bool) -> Page:  # noqa: FBT001 (likewise)
    return world.visitor.submit(world.with_person(at_risk=at_risk), "/companies",
                                {"broker": brokers}, button=("plan", "1"), nth=1)


def _asked(world: World, broker: str) -> Page:
    page = world.visitor.submit(world.planned(broker), "/requests")
    return world.visitor.get(page.link("Sample"))


@pytest.fixture
def brokers_file() -> Path:
    """The registry of the world; a module may have one of its own."""
    return BROKERS


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates, compiled once for all apps of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def all_walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The ways that tests of a run have walked so far."""
    return Walked(tmp_path_factory.mktemp("walked"))


@pytest.fixture
def walked(all_walked: Walked) -> Walked | None:
    """A module whose tests are about the first run walks anew each time: None."""
    return all_walked


@pytest.fixture
def world(
    tmp_path: Path, clock: HandClock, brokers_file: Path, compiled: BytecodeCache,
    walked: Walked | None,
) -> Iterator[World]:
    """A fresh data folder that nobody has set up; closed in the end.

    Its passphrase is cheap to try: the tests of the vault look at the dear one.
    """
    settings = Settings(instance=tmp_path / "instance", port=PORT)
    instance = Instance(settings, clock, Library(settings, brokers_file=brokers_file), cost=CHEAP)
    app = create_app(instance, settings, clock=clock)
    app.jinja_env.bytecode_cache = compiled
    yield World(app, Visitor(app), clock, instance, walked, brokers_file)
    app.extensions["optout"].lock()


@pytest.fixture
def visitor(world: World) -> Visitor:
    """The browser of the world."""
    return world.visitor
