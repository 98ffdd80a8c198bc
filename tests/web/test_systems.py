"""Every system that the seed names has a working route from the app, or an explained “no route”."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.domain.words import ActionKind, BrokerStatus
from optout.services import people, plans
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from optout.web.app import create_app, start_path
from optout.web.systems_page import Route, feeds, route_of, systems
from tests.conftest import MONDAY, SAMPLES
from tests.everyone import every_person
from tests.factories import berliner, californian, new_yorker, virginian
from tests.page_checks import elements, text_of
from tests.web.conftest import PASSPHRASE
from tests.web.visitor import PORT, Page, Visitor

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts" / "surveillance.yaml"
SEED: dict[str, Any] = yaml.safe_load((SAMPLES / "web" / "seed_coverage.yaml").read_text("utf-8"))


def seed_ids() -> list[str]:
    """Every entry that the seed's terms lead to, as the registry calls it."""
    found = (entry for term in SEED["seed_coverage"] for entry in term["entries"])
    return list(dict.fromkeys(SEED["renamed"].get(entry, entry) for entry in found))


@dataclass(frozen=True)
class Shown:
    """The app over the shipped registry, with people from several places."""

    desk: Desk
    visitor: Visitor


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """One folder for all pages: nothing in these tests changes it."""
    settings = Settings(instance=tmp_path_factory.mktemp("systems") / "instance", port=PORT)
    clock = HandClock(MONDAY)
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    desk = instance.create(PASSPHRASE)
    for someone in (californian(), virginian(), new_yorker(), berliner()):
        people.add_person(desk, someone, actor=OWNER)
    app = create_app(instance, settings, clock=clock)
    visitor = Visitor(app)
    visitor.get(start_path(app), site="none")
    yield Shown(desk, visitor)
    app.extensions["optout"].lock()


@pytest.fixture
def desk(shown: Shown) -> Desk:
    """The opened folder."""
    return shown.desk


@pytest.fixture
def visitor(shown: Shown) -> Visitor:
    """A browser that unlocked it."""
    return shown.visitor


@pytest.mark.skipif(
    not FACTS.exists() and not os.environ.get("CI"),
    reason="the researched facts are not beside this checkout")
def test_our_list_is_the_researched_one() -> None:
    facts = yaml.safe_load(FACTS.read_text("utf-8"))
    assert SEED["seed_coverage"] == facts["seed_coverage"]
    assert SEED["terms_without_entry"] == list(facts["seed_terms_without_entry"])


def panel(page: Page, key: str) -> str:
    """The text of a section of a page; empty where there is none."""
    return next((text_of(e) for e in elements(page.root, "section")
                 if e.get("aria-labelledby") == f"{key}-head"), "")


def is_asked(desk: Desk, broker: Broker) -> bool:
    """Whether the plan of somebody has a step by which this one is asked."""
    asked = {ActionKind.REQUEST, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.LOOK}
    return any(
        broker.id in action.covers and action.kind in asked
        for person in every_person(desk)
        for action in plans.plan_for(desk, person.id, brokers=(broker.id,)).actions)


@pytest.mark.parametrize("broker_id", seed_ids())
def test_every_system_of_the_seed_has_a_route_or_an_explained_no_route(
    desk: Desk, visitor: Visitor, broker_id: str
) -> None:
    broker = desk.registry.get(broker_id)
    page = visitor.get(f"/systems/{broker_id}")
    assert page.status == 200
    assert page.path.startswith(f"/registry/companies/{broker_id}")
    if route_of(broker) is Route.REQUEST:
        assert is_asked(desk, broker), "the plan has no step for it"
        assert "Ways out" in page.text
        return
    assert len(panel(page, "route")) > 100, "it does not say why"
    assert broker.cannot in panel(page, "route")
    assert panel(page, "helps") or panel(page, "feeds"), "it does not say what helps"
    assert all(other.procedures for other in feeds(broker, desk.registry.brokers))


@pytest.mark.parametrize(("broker_id", "words"), [
    ("palantir-icm", "Only a draft for a lawyer"),
    ("cellebrite", "Why there is no request to make"),
    ("lexisnexis-accurint", "the edition for law enforcement is outside every opt-out"),
    ("venntel", "Assume that an opt-out leaves those products as they are"),
    ("babel-street", "Assume that an opt-out leaves those products as they are"),
    ("app-location-feeds", "These can be asked, and leave it less"),
])
def test_a_page_says_what_its_route_does_not_do(
    visitor: Visitor, broker_id: str, words: str
) -> None:
    assert words in visitor.get(f"/registry/companies/{broker_id}").text


def test_a_system_of_an_agency_is_never_added_to_a_selection_from_its_page(
    visitor: Visitor
) -> None:
    page = visitor.get("/registry/companies/ice")
    assert "Add to the companies" not in page.text
    assert page.text.count("A draft for the lawyer of") == 4


def test_the_index_names_every_system_of_the_seed_with_its_route(
    desk: Desk, visitor: Visitor
) -> None:
    page = visitor.get("/systems/")
    linked = {(a.get("href") or "").rpartition("/")[2] for a in elements(page.root, "a")}
    assert set(seed_ids()) <= linked
    lines = {line.broker.id: line for group in systems(desk.registry.brokers).values()
             for line in group}
    assert {lines[i].route for i in seed_ids()} == set(Route)
    assert "others" not in systems(desk.registry.brokers), "one of them has no kind"


def test_a_system_of_a_kind_that_is_not_known_stands_among_the_others(desk: Desk) -> None:
    odd = replace(desk.registry.get("cellebrite"), category="weather", related=("nobody",))
    (group,) = systems({odd.id: odd}).items()
    assert (group[0], [line.broker.id for line in group[1]]) == ("others", ["cellebrite"])
    assert feeds(odd, {}) == ()


def test_what_is_gone_cannot_be_asked(desk: Desk) -> None:
    gone = replace(desk.registry.get("venntel"), status=BrokerStatus.DEFUNCT)
    assert route_of(gone) is Route.NONE


def test_words_of_the_seed_that_name_no_system_are_told_as_such(visitor: Visitor) -> None:
    said = panel(visitor.get("/systems/"), "words").casefold()
    for term in SEED["terms_without_entry"][0].split(", "):
        assert term.replace(" algorithms", "").casefold() in said


def test_an_unknown_system_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/systems/nobody").status == 404


def test_the_days_of_an_agency_are_not_called_its_own_word(visitor: Visitor) -> None:
    assert "by their own word" not in visitor.get("/registry/companies/ice").text
    assert "by their own word" in visitor.get("/registry/companies/peopleconnect").text
