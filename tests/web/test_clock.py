"""One plain sentence where the computer’s date went back, and the first page of a new day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clocks import SetClock
from tests.conftest import MONDAY
from tests.web.conftest import World

EARLIER = "please check that it is right"


@pytest.fixture
def clock() -> SetClock:
    """Monday 2026-11-23, until it is set."""
    return SetClock(MONDAY)


def test_a_date_that_went_back_is_told_until_it_is_believed(
    world: World, clock: SetClock
) -> None:
    world.set_up()
    clock.set_to(MONDAY + timedelta(days=400))
    world.instance.sweep()
    clock.set_to(MONDAY)
    world.instance.sweep()
    page = world.visitor.get("/")
    assert EARLIER in page.text
    assert "Monday, November 23, 2026" in page.text
    assert "Tuesday, December 28, 2027" in page.text
    page = world.visitor.submit(page, "/clock/believe")
    assert "Deadlines are counted by today’s date." in page.text
    assert EARLIER not in page.text
    assert world.instance.later_day is None


def test_a_locked_page_tells_no_dates(world: World, clock: SetClock) -> None:
    page = world.set_up()
    clock.set_to(MONDAY - timedelta(days=30))
    assert EARLIER in world.visitor.get("/").text
    page = world.visitor.submit(page, "/lock")
    assert EARLIER not in page.text


def test_the_first_page_of_a_day_sweeps(world: World, clock: SetClock) -> None:
    world.set_up()
    world.app.extensions["optout"].opened_here = False  # its passphrase file opened it
    clock.forward(hours=13)
    world.visitor.get("/static/css/app.css")
    assert world.instance.swept_on == MONDAY
    world.visitor.get("/unlock")
    assert world.instance.swept_on == clock.today() == MONDAY + timedelta(days=1)
