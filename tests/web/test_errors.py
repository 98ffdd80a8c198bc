"""A page for every error; ours carry a number and nothing about anyone."""

from __future__ import annotations

import logging

import pytest
from flask import Flask, abort

from optout.domain import errors
from tests.web.conftest import World

SECRET = "Zanzibarson lives at 4711 Canarybird Way"

MISTAKES: tuple[tuple[Exception, int, str], ...] = (
    (errors.NotFound("There is no such broker.", remedy="Search for it."), 404, "Not found"),
    (errors.InvalidInput("The day is wrong."), 400, "Not understood"),
    (errors.UnknownEvent(), 400, "Not understood"),
    (errors.GateClosed("Answer first."), 409, "A question first"),
    (errors.MissingFact("A city is missing."), 409, "Something is missing"),
    (errors.ForbiddenEvent("Not now."), 409, "Not possible"),
    (errors.UnwritableText(), 409, "Not possible"),
    (errors.InstanceUnusable(), 500, "Not possible"),
    (errors.Tampered(), 500, "Not possible"),
    (errors.DriverMissing(), 500, "Not possible"),
    (errors.InvalidFile("The file is broken."), 500, "Not possible"),
    (errors.DiskFull(remedy="Make room."), 507, "Not possible"),
)


def raising(app: Flask, error: Exception) -> None:
    """Give the app a page that fails."""
    def fail() -> str:
        raise error

    fail.open_page = True  # type: ignore[attr-defined]  # as guard.open_page does
    app.add_url_rule("/fails", "fails", fail)


@pytest.mark.parametrize(("error", "status", "heading"), MISTAKES,
                         ids=lambda value: type(value).__name__)
def test_mistakes_are_explained_with_their_remedy(
    world: World, error: errors.OptoutError, status: int, heading: str
) -> None:
    raising(world.app, error)
    page = world.visitor.get("/fails")
    assert (page.status, page.heading) == (status, heading)
    assert error.message in page.text
    assert error.remedy in page.text


@pytest.mark.parametrize("number", [1, 20, 23])
def test_the_lines_of_a_broken_file_are_named(world: World, number: int) -> None:
    raising(world.app, errors.InvalidFile("It does not follow its form.", problems=[
        f"days.yaml:{line}: <b>wrong</b>" for line in range(1, number + 1)]))
    page = world.visitor.get("/fails")
    assert "days.yaml:1: <b>wrong</b>" in page.text
    assert (f"days.yaml:{number}: " in page.text) == (number <= 20)
    assert ("And 3 more." in page.text) == (number > 20)


def test_what_is_locked_or_not_set_up_leads_to_the_right_page(world: World) -> None:
    raising(world.app, errors.Locked())
    assert world.visitor.get("/fails").heading == "Open the start link"
    world.set_up()
    world.visitor.submit(world.visitor.get("/people"), "/lock")
    assert world.visitor.get("/fails").heading == "Unlock"


def test_our_own_mistake_gets_a_number_and_tells_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    raising(world.app, KeyError(SECRET))
    page = world.visitor.get("/fails")
    assert (page.status, page.heading) == (500, "Our mistake")
    number = next(word for word in page.text.split() if word.startswith("E-"))
    logged = "\n".join(f"{record.getMessage()}{record.exc_text or ''}{record.exc_info or ''}"
                       for record in caplog.records)
    assert number in logged
    assert "KeyError" in logged
    assert "test_errors.py" in logged
    for word in SECRET.split():
        if len(word) > 4:
            assert word not in page.html
            assert word not in logged


@pytest.mark.parametrize(("status", "heading"), [
    (400, "Not understood"), (403, "Not allowed"), (404, "Not found"), (405, "Not possible"),
    (413, "Too large"), (429, "Too many tries"), (500, "Our mistake"), (418, "Not possible")])
def test_every_http_error_has_its_page(world: World, status: int, heading: str) -> None:
    def fail() -> str:
        abort(status)

    fail.open_page = True  # type: ignore[attr-defined]  # as guard.open_page does
    world.app.add_url_rule("/fails", "fails", fail)
    page = world.visitor.get("/fails")
    assert (page.status, page.heading) == (status, heading)


def test_a_method_that_a_page_does_not_take_has_its_page(world: World) -> None:
    world.set_up()
    for method, path in (("DELETE", "/due"), ("PUT", "/people"), ("GET", "/lock")):
        answer = world.visitor.ask(method, path)
        assert answer.status_code == 405
        assert "Not possible" in answer.text


def test_a_locked_program_tells_nothing_about_unknown_addresses(world: World) -> None:
    world.asked("sample-post")
    page = world.visitor.submit(world.visitor.get("/people"), "/lock")
    assert page.heading == "Unlock"
    assert world.visitor.get("/nope").status == 404
    assert world.visitor.get("/requests/OPT-222222").heading == "Unlock"


def test_help_is_open_to_everyone_and_changes_the_first_answer(world: World) -> None:
    stranger = world.visitor.get("/help")
    assert "If you are in danger" in stranger.text
    assert "Change your answer" not in stranger.text
    world.set_up()
    page = world.visitor.submit(world.visitor.get("/help"), "/help", {"at_risk": "yes"})
    assert "Your answer is kept." in page.text
    assert "Leave quickly" in page.html
    assert page.title == "Help and safety"
    page = world.visitor.submit(page, "/help", {"at_risk": "no"})
    assert page.title == "Help and safety – optout"


def test_a_folder_that_cannot_be_used_is_explained(world: World) -> None:
    world.instance.folder.write_text("a file where the folder should be", "utf-8")
    page = world.visitor.get("/")
    assert page.status == 500
    assert page.heading == "Not possible"
