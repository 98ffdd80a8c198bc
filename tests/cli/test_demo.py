"""The demo does the main job, for real brokers, and leaves nothing of itself behind."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.words import Role
from optout.registry.loading import load_registry
from optout.services import people, plans
from optout.services.demo import LAST_DAY, answer_questions, run_in_throwaway
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.factories import californian
from tests.program import Program
from tests.registry.sample import SHIPPED

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run_in_throwaway(tmp_path_factory.mktemp("demo"), DAY)


def test_at_least_60_real_brokers_are_asked(demo: dict[str, Any], optout: Program) -> None:
    asked = {request["broker"] for request in demo["requests"]}
    assert len(asked) == len(demo["requests"]) >= 60
    assert optout.json("registry", "stats")["brokers"] >= len(asked)
    for broker in sorted(asked)[:5]:
        assert optout.json("registry", "show", broker)["sources"]


def test_no_agency_is_asked_and_no_draft_is_switched_on(demo: dict[str, Any]) -> None:
    registry = load_registry(SHIPPED).brokers
    roles = {registry[request["broker"]].role for request in demo["requests"]}
    assert Role.GOVERNMENT_SYSTEM not in roles


def test_what_is_blocked_gets_no_answer(tmp_path: Path, clock: HandClock) -> None:
    settings = Settings(instance=tmp_path / "instance")
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    desk = instance.create("seven quiet otters under a bridge")
    person = people.add_person(desk, californian(), actor=OWNER)
    (action,) = plans.plan_for(desk, person.id, brokers=("ice",)).actions
    answer_questions(desk, person.id, action)
    (after,) = plans.plan_for(desk, person.id, brokers=("ice",)).actions
    assert {gate.id for gate in after.gates if gate.holds} == {
        "government-system", "government-drafts"}
    instance.lock()


def test_every_channel_has_its_documents_and_every_request_one(demo: dict[str, Any]) -> None:
    kinds = Counter(document["kind"] for document in demo["documents"])
    assert set(kinds) == {"letter", "email", "form_sheet"}
    assert {d["request"] for d in demo["documents"]} == {r["id"] for r in demo["requests"]}


def test_the_documents_are_on_the_disk_with_the_hash_that_was_said(demo: dict[str, Any]) -> None:
    for document in demo["documents"]:
        content = Path(document["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == document["sha256"]
        start = {"letter": b"%PDF-", "form_sheet": b"<!doctype html", "email": b""}
        assert content.lower().startswith(start[document["kind"]].lower())


def test_the_requests_stand_in_many_places_of_their_lives(demo: dict[str, Any]) -> None:
    standings = {request["standing"] for request in demo["requests"]}
    assert {"ready", "sent", "acknowledged", "answered", "undelivered"} <= standings


def test_follow_ups_are_scheduled_and_some_are_due(demo: dict[str, Any]) -> None:
    dates = [date.fromisoformat(item["due_on"]) for item in demo["followups"]]
    assert dates == sorted(dates)
    assert min(dates) <= date.fromisoformat(demo["to"]) < max(dates)
    assert (date.fromisoformat(demo["to"]) - DAY).days == LAST_DAY
    assert {"respond_due", "recheck"} <= {item["kind"] for item in demo["followups"]}


def test_the_calendar_is_there_and_discreet(demo: dict[str, Any]) -> None:
    text = Path(demo["calendar"]).read_text("utf-8")
    assert text.count("BEGIN:VEVENT") >= len(demo["followups"]) > 0
    assert "Avery" not in text


def test_the_person_is_plainly_fictional(demo: dict[str, Any]) -> None:
    assert demo["person"]["name"] == "Avery Sample"
    assert demo["person"]["residences"] == ["US-CA"]


def without_ids(demo: dict[str, Any]) -> list[Any]:
    """What must be the same in every run of a day."""
    return [[{key: item[key] for key in item if key in {
        "broker", "law", "right", "channel", "standing", "claim", "kind", "due_on", "why"}}
        for item in demo[part]] for part in ("requests", "documents")] + [
            sorted((item["kind"], item["due_on"]) for item in demo["followups"])]


@pytest.mark.slow
def test_the_command_does_the_same_but_for_its_ids_and_leaves_no_data_folder_behind(
    demo: dict[str, Any], optout: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says to people is looked at on a terminal: `test_terminal`."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    again = optout.apart("demo", "--out", tmp_path / "out", "--on", DAY.isoformat(), "--json").json
    assert without_ids(again) == without_ids(demo)
    assert {r["id"] for r in again["requests"]}.isdisjoint(r["id"] for r in demo["requests"])
    assert list(scratch.iterdir()) == []
    assert not optout.instance.exists()
