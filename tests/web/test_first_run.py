"""The first run: the start link, the first question, the passphrase."""

from __future__ import annotations

import pytest

from optout.services import people
from optout.web.app import start_path
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import Visitor


@pytest.fixture
def walked() -> None:
    """Nothing was walked before: these tests are about the way."""


def test_the_start_link_opens_the_welcome(world: World) -> None:
    page = world.started()
    assert page.heading == "Welcome"
    assert page.path.endswith("/welcome")
    assert "never do" in page.text


def test_the_start_link_works_once(world: World) -> None:
    path = start_path(world.app)
    world.visitor.get(path)
    assert start_path(world.app) == ""
    stranger = world.another()
    page = stranger.get(path)
    assert (page.status, page.heading) == (403, "Link used up")
    assert stranger.get("/welcome").status == 403


def test_a_wrong_token_does_not_use_up_the_right_one(world: World) -> None:
    assert world.another().get("/start/guess").status == 403
    assert world.started().heading == "Welcome"


def test_nobody_sets_up_a_fresh_folder_without_the_start_link(world: World) -> None:
    for path in ("/", "/welcome", "/welcome/safety", "/welcome/passphrase", "/people/new"):
        page = world.visitor.get(path)
        assert (page.status, page.heading) == (403, "Open the start link"), path
    assert not world.instance.exists()


def test_the_first_question_comes_before_the_passphrase(world: World) -> None:
    world.started()
    page = world.visitor.get("/welcome/passphrase")
    assert page.heading == "First, your safety"


def test_the_first_question_must_be_answered(world: World, visitor: Visitor) -> None:
    page = visitor.submit(visitor.get(world.started().link("Begin")), "/welcome/safety")
    assert page.status == 422
    assert page.errors == {"at_risk": "Choose “Yes, or I am not sure” or “No”."}


def test_the_way_out_is_there_before_the_first_answer(world: World) -> None:
    page = world.started()
    assert "Leave quickly" in page.html
    assert page.title == "Welcome"


def test_someone_at_risk_gets_quiet_titles_and_the_way_out(world: World) -> None:
    page = world.set_up(at_risk=True)
    assert page.title == "About you"
    assert "Leave quickly" in page.html
    assert people.instance_at_risk(world.instance.desk)


def test_someone_who_is_not_at_risk_sees_the_name_of_the_program(world: World) -> None:
    page = world.set_up()
    assert page.title == "About you – optout"
    assert "Leave quickly" not in page.html


def test_a_short_passphrase_is_refused_with_what_to_do(world: World, visitor: Visitor) -> None:
    visitor.get("/help")
    world.started()
    page = visitor.submit(visitor.get("/welcome/safety"), "/welcome/safety", {"at_risk": "no"})
    page = visitor.submit(page, "/welcome/passphrase", {"passphrase": "short", "again": "short"})
    assert page.status == 422
    assert "at least 12 characters" in page.errors["passphrase"]
    page = visitor.submit(page, "/welcome/passphrase",
                          {"passphrase": PASSPHRASE, "again": PASSPHRASE + "s"})
    assert "differ" in page.errors["again"]
    assert PASSPHRASE not in page.html
    assert not world.instance.exists()


def test_the_passphrase_page_says_that_nothing_can_be_recovered(
    world: World, visitor: Visitor
) -> None:
    world.started()
    page = visitor.submit(visitor.get("/welcome/safety"), "/welcome/safety", {"at_risk": "yes"})
    assert "cannot be recovered" in page.text


def test_a_folder_that_is_set_up_is_not_set_up_again(world: World, visitor: Visitor) -> None:
    world.set_up()
    for path in ("/welcome", "/welcome/safety", "/welcome/passphrase"):
        assert visitor.get(path).heading == "About you"
