"""One letter for several brands of a company, from the plan to the letter and the next plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import DocumentKind
from optout.domain.words import ActionKind, Channel, Event
from optout.services import letters, people, plans, requests
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.factories import virginian
from tests.services.conftest import PASSPHRASE

BRANDS = ("courtcasefinder", "idstrong", "propertychecker")
"""Sites of one company, each with a form of its own, that take letters at one desk."""


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A new data folder with the packaged registry."""
    settings = Settings(instance=tmp_path / "real")
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()


def test_one_letter_names_all_brands_and_none_of_them_is_asked_again(desk: Desk) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    (action,) = plans.plan_for(desk, person.id, brokers=BRANDS).actions
    assert (action.kind, action.channel) == (ActionKind.JOINT, Channel.POSTAL_MAIL)
    assert set(action.covers) == set(BRANDS)

    (made,) = requests.create_requests(desk, person.id, BRANDS, actor=OWNER)
    assert set(made.request.covers) | {made.request.broker_id} == set(BRANDS)
    words = repr(letters.compose(desk, made.request.id))
    assert all(desk.registry.get(brand).name in words for brand in BRANDS)
    (document,) = letters.generate(desk, person.id, actor=OWNER)
    assert document.kind is DocumentKind.LETTER
    requests.mark(desk, made.request.id, Event.MARK_SENT, actor=OWNER)

    again = plans.plan_for(desk, person.id, brokers=BRANDS)
    assert again.actions == ()
    assert {u.broker for u in again.uncovered} == set(BRANDS)
