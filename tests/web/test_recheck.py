"""A re-check session: one place after the other, what is entered, taken back, and summed up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.outcome_words import LookResult, NoLook
from optout.services import exposures, intake, looks, people, recheck_session, requests
from optout.services.recheck_session import Done
from optout.store import evidence as evidence_rows
from tests.documents import foreign_pictures
from tests.page_checks import elements
from tests.web.conftest import AVERY, World
from tests.web.test_cover import PLAN_BROKERS
from tests.web.visitor import Page, Visitor

SCREENSHOT = ("seen.png", foreign_pictures.screenshot())
LISTING = "https://search.example/p/zanzibarson-1"


@pytest.fixture
def brokers_file() -> Path:
    """A registry with a search page."""
    return PLAN_BROKERS


@pytest.fixture
def person(world: World) -> str:
    """Somebody with two listings, seen three weeks ago."""
    world.visitor.submit(world.set_up(), "/people/new", AVERY)
    desk = world.instance.desk
    for broker in ("sample-search", "sample-marketing"):
        exposures.add_exposure(desk, world.person_id, broker, f"{LISTING}-{broker}",
                               on=desk.clock.today() - timedelta(21), actor=OWNER)
    return world.person_id


def entered(world: World) -> list[tuple[str, LookResult, NoLook | None]]:
    return [(look.broker_id, look.result, look.reason)
            for look in looks.looks_of(world.instance.desk, world.person_id)]


def begun(visitor: Visitor, person: str) -> Page:
    return visitor.get(f"/people/{person}/recheck")


def all_places(visitor: Visitor, person: str) -> Page:
    """Look at every place, due or not."""
    page = begun(visitor, person)
    while page.heading != "Look again":
        page = said(page, "skip", visitor=visitor)
    return visitor.submit(page, "/recheck", nth=1, button=("what", "everything"))


def said(page: Page, word: str, **more: object) -> Page:
    """Press one of the answers."""
    visitor = more.pop("visitor")
    assert isinstance(visitor, Visitor)
    return visitor.submit(page, "/recheck/look", button=("do", word), **more)  # type: ignore[arg-type]  # each test names what a form takes


def test_one_place_comes_after_the_other_and_all_is_summed_up(
    world: World, visitor: Visitor, person: str,
) -> None:
    page = begun(visitor, person)
    assert page.heading == "Look again: 1 of 2"
    assert "Sample Marketing" in page.text
    assert "No search link is known." in page.text
    page = said(page, "listed", visitor=visitor, values={"url": LISTING},
                files={"file": SCREENSHOT})
    assert page.heading == "Look again: 2 of 2"
    link = next(e for e in elements(page.root, "a") if e.get("data-key") == "o")
    assert link.get("href") == "https://search.example/find/Avery-Zanzibarson"
    assert (link.get("rel"), link.get("target")) == ("noreferrer noopener", "_blank")
    assert "The last one, Sample Marketing: You looked: still listed" in page.text
    assert "4711" not in page.html, "only what the look reveals is shown of the person"
    page = said(page, "dead_link", visitor=visitor)
    assert "1 found, 0 not there, 1 could not be seen, 0 skipped" in page.text
    assert entered(world) == [
        ("sample-marketing", LookResult.LISTED, None),
        ("sample-search", LookResult.COULD_NOT_LOOK, NoLook.DEAD_LINK)]
    desk = world.instance.desk
    (first, _) = looks.looks_of(desk, person)
    with desk.store.reading() as session:
        picture = evidence_rows.of_looks(session, [first.id])[0].evidence
    assert (picture.name, picture.request_id, picture.person_id) == ("seen.png", "", person)
    assert LISTING in [one.url for one in exposures.list_exposures(desk, person)]
    page = visitor.submit(page, "/recheck/ask")
    assert page.path.startswith("/requests/OPT-")
    assert begun(visitor, person).heading == "Look again"
    again = visitor.submit(begun(visitor, person), "/recheck", nth=1,
                           button=("what", "everything"))
    again = again if "Sample Marketing" in again.text else said(again, "skip", visitor=visitor)
    assert again.link("What it showed then") == f"/evidence/{picture.id}/shown"
    assert "1 kept picture" in again.text
    path = f"/evidence/{picture.id}/remove"
    without = visitor.submit(again, path)
    assert "Removed from this computer. That you looked stays written down." in without.text
    assert "kept picture" not in without.text
    assert "You looked: still listed" in without.text
    assert picture.id not in desk.files.names()
    assert "Removed" not in visitor.submit(again, path).text, "a second click"


def test_the_last_answer_is_taken_back_and_asked_again(
    world: World, visitor: Visitor, person: str,
) -> None:
    page = said(begun(visitor, person), "not_found", visitor=visitor)
    page = said(page, "skip", visitor=visitor)
    assert "One look is no proof." in page.text
    assert "a look from Nov 30, 2026 on would confirm it" in page.text
    page = said(page, "back", visitor=visitor)
    assert page.heading == "Look again: 2 of 2"
    page = said(page, "back", visitor=visitor)
    assert "is taken back. Enter what you saw" in page.text
    assert entered(world) == [("sample-marketing", LookResult.COULD_NOT_LOOK, None)]
    page = said(page, "skip", visitor=visitor)
    page = said(said(page, "back", visitor=visitor), "listed", visitor=visitor)
    assert entered(world) == [("sample-marketing", LookResult.LISTED, None)]
    assert page.heading == "Look again: 2 of 2"


def test_nothing_is_written_twice_or_without_sense(
    world: World, visitor: Visitor, person: str,
) -> None:
    page = begun(visitor, person)
    wrong = said(page, "not_found", visitor=visitor, values={"url": LISTING})
    assert wrong.status == 422
    assert "found one" in wrong.errors["url"]
    broken = said(page, "listed", visitor=visitor, files={"file": ("a.exe", b"MZ\0\1")})
    assert set(broken.errors) == {"file"}
    assert said(page, "no such answer", visitor=visitor).status == 422
    assert entered(world) == []
    assert said(page, "back", visitor=visitor).heading == "Look again: 1 of 2"
    said(page, "not_found", visitor=visitor)
    again = said(page, "not_found", visitor=visitor)
    assert again.heading == "Look again: 2 of 2"
    assert len(entered(world)) == 1
    end = said(again, "unsure", visitor=visitor)
    assert said(end, "listed", visitor=visitor).text == end.text


def test_what_a_request_moved_on_from_is_undone_there(
    world: World, visitor: Visitor, person: str,
) -> None:
    desk = world.instance.desk
    (file,) = requests.create_requests(desk, person, ["sample-search"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    requests.mark(desk, file.request.id, "claim_removed", actor=OWNER)
    page = all_places(visitor, person)
    if "Sample Marketing" in page.text:
        page = said(page, "skip", visitor=visitor)
    assert "They say it is removed" in page.text
    end = said(page, "not_found", visitor=visitor)
    assert "Seen to be gone" in end.text
    assert "It counts as gone" in visitor.get(f"/requests/{file.request.id}").text
    requests.mark(desk, file.request.id, "close", actor=OWNER)
    held = said(end, "back", visitor=visitor)
    assert f"Something was written into {file.request.id} after this look." in held.text
    requests.mark(desk, file.request.id, "undo", actor=OWNER)
    page = said(held, "back", visitor=visitor)
    assert [event.event.value for event in requests.get_request(
        desk, file.request.id).events][-3:] == ["close", "undo", "undo"]
    end = said(page, "listed", visitor=visitor)
    assert end.link("Open your request") == f"/requests/{file.request.id}"


def test_a_wrong_link_is_forgotten_unless_something_rests_on_it(
    world: World, visitor: Visitor, person: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = visitor.submit(begun(visitor, person), "/recheck/forget")
    assert [one.broker_id for one in exposures.list_exposures(
        world.instance.desk, person)] == ["sample-search"]
    page = said(page, "skip", visitor=visitor)

    def refuse(*_about: object, **_more: object) -> None:
        raise Refused("It was sent.")

    monkeypatch.setattr(intake, "forget_exposure", refuse)
    assert "It was sent." in visitor.submit(page, "/recheck/forget").text


def test_a_clinic_goes_person_by_person(visitor: Visitor, person: str) -> None:
    page = visitor.get("/recheck")
    assert "2 places" in page.text
    page = visitor.submit(page, f"/people/{person}/recheck")
    assert page.heading == "Look again: 1 of 2"
    for _ in range(2):
        page = said(page, "captcha", visitor=visitor)
    assert "Nobody has a look to make today." in visitor.get(
        page.link("Who else has looks to make")).text


def test_a_task_leads_to_its_own_place_due_or_not(visitor: Visitor, person: str) -> None:
    page = said(begun(visitor, person), "captcha", visitor=visitor)
    page = visitor.get(f"/people/{person}/recheck?place=sample-location")
    assert (page.heading, page.path) == ("Look again: 2 of 3", f"/people/{person}/recheck")
    assert "Sample Location" in page.text
    page = visitor.get(f"/people/{person}/recheck?place=sample-search")
    assert page.heading == "Look again: 2 of 3", "it moves up, and nothing is lost"
    assert "Sample Search" in page.text
    for _ in range(2):
        page = said(page, "skip", visitor=visitor)
    assert page.heading == "Look again", "all are through"
    assert visitor.get(f"/people/{person}/recheck?place=nowhere").heading == "Look again"
    page = visitor.get(f"/people/{person}/recheck?place=sample-search")
    assert page.heading.startswith("Look again: 1 of "), "one begins anew"
    assert "Sample Search" in page.text


def test_people_at_risk_are_told_of_the_private_window(
    world: World, visitor: Visitor, person: str,
) -> None:
    people.set_instance_at_risk(world.instance.desk, value=True, actor=OWNER)
    page = begun(visitor, person)
    assert "private window" in page.text
    assert "Sample" not in page.title


def test_where_no_request_can_be_made_it_is_said(
    world: World, visitor: Visitor, person: str,
) -> None:
    page = said(begun(visitor, person), "listed", visitor=visitor)
    page = said(page, "skip", visitor=visitor)
    requests.create_requests(world.instance.desk, person, ["sample-marketing"], actor=OWNER)
    assert "is open already" in visitor.submit(page, "/recheck/ask").text


def test_one_place_is_judged_by_its_newest_look(world: World, person: str) -> None:
    desk = world.instance.desk
    place, look_id = "sample-search", ""
    for days in (9, 1):
        (outcome,) = recheck_session.outcomes(desk, person, [Done(place, look_id)])
        assert not outcome.gone
        look_id = looks.record_look(desk, person, place, LookResult.NOT_FOUND, actor=OWNER,
                                    on=desk.clock.today() - timedelta(days)).id
    (outcome,) = recheck_session.outcomes(desk, person, [Done(place, look_id)])
    assert outcome.gone
