"""A plan of many steps: this week's part in full, the rest by what it costs."""

from __future__ import annotations

import pytest

from optout.services import requests as request_services
from optout.web import plan_summary
from tests.everyone import every_request
from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor

ALL = ("sample-people-search", "sample-form", "sample-post", "sample-listing")


@pytest.fixture
def long_plan(world: World, monkeypatch: pytest.MonkeyPatch) -> Page:
    """A plan that counts as long."""
    monkeypatch.setattr(plan_summary, "FEW", 2)
    return world.planned(*ALL)


def unfolded(page: Page) -> list[str]:
    """The companies whose details stand open."""
    return [text_of(next(elements(card, "h3"))) for card in elements(page.root, "article")
            if next(elements(card, "details")).get("open") is not None]


def at_a_pace(visitor: Visitor, page: Page, minutes: str, days: str) -> Page:
    """The plan at another pace."""
    return visitor.submit(page, "/plan/pace", {"minutes": minutes, "days": days})


def test_a_long_plan_begins_with_this_week(long_plan: Page) -> None:
    short, week, waiting = (long_plan.text.index(words) for words in (
        "In short", "This week (", "Waiting for you ("))
    assert short < week < waiting
    assert "What most of those that wait for you need" in long_plan.text
    assert unfolded(long_plan) == []


def test_every_step_stands_in_one_part(long_plan: Page, visitor: Visitor) -> None:
    page = at_a_pace(visitor, long_plan, "5", "1")
    groups = [e for e in elements(page.root, "section") if e.get("class") == "plan-group"]
    found = [e.get("href") or "" for group in groups for e in elements(group, "a")
             if "/plan/sample-" in (e.get("href") or "")]
    assert sorted(found) == sorted(f"/people/{world_person(page)}/plan/{broker}"
                                   for broker in ALL)
    for group in groups:
        steps = [e for e in elements(group, "li", "article")
                 if e.tag == "article" or e.get("class") == "entry"]
        assert text_of(next(elements(group, "h2"))).endswith(f"({len(steps)})")


def world_person(page: Page) -> str:
    """The person whose plan it is."""
    return page.path.split("/")[2]


def test_the_pace_decides_what_stands_in_this_week(long_plan: Page, visitor: Visitor) -> None:
    assert "This week (3)" in long_plan.text
    slow = at_a_pace(visitor, long_plan, "5", "1")
    assert "This week (1)" in slow.text
    assert "Your pace: 5 minutes a day, 1 days a week" in slow.text
    assert "A stamp (1)" in slow.text


@pytest.mark.parametrize(("minutes", "days", "where"), [
    ("4", "4", "minutes"), ("15", "8", "days"), ("", "4", "minutes"), ("many", "4", "minutes")])
def test_a_pace_that_is_none_is_refused(
    long_plan: Page, visitor: Visitor, minutes: str, days: str, where: str
) -> None:
    page = at_a_pace(visitor, long_plan, minutes, days)
    assert page.status == 422
    assert where in page.errors
    assert "Your pace: 15 minutes a day, 4 days a week" in page.text


def test_a_step_that_waits_says_for_what(long_plan: Page) -> None:
    part = next(e for e in elements(long_plan.root, "section") if e.get("id") == "waiting")
    assert "Waits for: Link of your listing" in text_of(part)


def test_a_part_of_many_steps_has_a_page_of_its_own(
    long_plan: Page, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_summary, "MOST_ROWS", 0)
    slow = at_a_pace(visitor, long_plan, "5", "1")
    page = visitor.get(slow.link("Show all"))
    assert page.heading == "A form"
    made = visitor.submit(page, "/requests", {"broker": ["sample-form"]})
    assert "1 request is ready to send." in made.text
    gone = visitor.get(page.path)
    assert gone.heading == "Plan"  # nothing is left of this part


def test_this_week_is_prepared_at_once(
    long_plan: Page, world: World, visitor: Visitor
) -> None:
    page = visitor.submit(long_plan, "/plan/week")
    assert "3 requests are ready to send." in page.text
    files = every_request(world.instance.desk)
    assert {f.request.broker_id for f in files} == {
        "sample-people-search", "sample-form", "sample-post"}
    plan = visitor.get(long_plan.path)
    assert "3 asked" in plan.text
    assert "0 sent" in plan.text
    assert "Asked already (3)" in plan.text


def test_of_a_week_that_changed_meanwhile_nothing_is_prepared(
    long_plan: Page, world: World, visitor: Visitor
) -> None:
    request_services.create_requests(
        world.instance.desk, world.person_id, ["sample-post"], actor="owner")
    page = visitor.submit(long_plan, "/plan/week")
    assert "The plan has changed meanwhile, so nothing was made." in page.text
    assert len(every_request(world.instance.desk)) == 1


def test_a_week_that_is_used_up_says_so(long_plan: Page, visitor: Visitor) -> None:
    visitor.submit(at_a_pace(visitor, long_plan, "5", "1"), "/plan/week")
    page = visitor.get(long_plan.path)
    assert "Your time for this week is used up" in page.text


def test_a_company_of_the_plan_has_a_page_of_its_own(long_plan: Page, visitor: Visitor) -> None:
    page = visitor.get(f"{long_plan.path}/sample-listing")
    assert page.heading == "Sample Listing"
    wrong = visitor.submit(page, "/plan/listings", {"url": "not a link"})
    assert wrong.status == 422
    assert wrong.heading == "Sample Listing"
    kept = visitor.submit(wrong, "/plan/listings", {"url": "https://listing.example/me"})
    assert kept.heading == "Sample Listing"
    assert "Ready" in kept.text
    made = visitor.submit(kept, "/requests")
    assert "1 request is ready to send." in made.html
    left = visitor.get(f"{long_plan.path}/sample-listing")
    assert "A request to it is open already." in left.text


def test_a_company_that_is_not_of_the_plan_has_none(long_plan: Page, visitor: Visitor) -> None:
    page = visitor.get(f"{long_plan.path}/sample-unknown")
    assert page.status == 404


def test_one_comes_back_to_the_step_that_one_changed(
    long_plan: Page, visitor: Visitor
) -> None:
    page = visitor.submit(long_plan, "/plan/channels", button=("channel", "postal_mail"))
    assert len(unfolded(page)) == 1
    assert unfolded(visitor.get(page.path)) == []


def test_a_long_plan_makes_what_is_ticked(long_plan: Page, visitor: Visitor) -> None:
    slow = at_a_pace(visitor, long_plan, "5", "1")
    assert "The companies that you ticked below this week’s part get a request." in slow.text
    page = visitor.submit(slow, "/requests", {"broker": ["sample-post"]})
    assert "1 request is ready to send." in page.html


def test_who_takes_a_tick_away_leaves_a_step_of_this_week_for_later(
    long_plan: Page, world: World, visitor: Visitor
) -> None:
    visitor.submit(long_plan, "/plan/week", {"broker": ["sample-form"]})
    (file,) = every_request(world.instance.desk)
    assert file.request.broker_id == "sample-form"


def test_what_was_prepared_is_the_next_thing_to_do(long_plan: Page, visitor: Visitor) -> None:
    assert "wait for you to send them" not in long_plan.text
    visitor.submit(long_plan, "/plan/week")
    plan = visitor.get(long_plan.path)
    assert "3 requests are ready and wait for you to send them." in plan.text
    assert visitor.get(plan.link("Send the first one")).heading.startswith("Request OPT-")


def test_a_long_plan_speaks_of_this_week_first(long_plan: Page) -> None:
    week, whole = (long_plan.text.index(words) for words in (
        "3 steps this week, about", "The whole plan: 4 steps"))
    assert week < whole


def test_a_choice_of_channel_says_how_long_it_holds(long_plan: Page) -> None:
    assert "Your choice holds until you lock the program." in long_plan.text


def test_a_plan_gives_the_advice_of_the_safety_rules_once(long_plan: Page) -> None:
    for words in ("A good order saves work.", "What is gone can come back."):
        assert long_plan.text.count(words) == 1


def test_a_short_plan_shows_everything(world: World) -> None:
    page = world.planned("sample-post")
    assert "In short" not in page.text
    assert "What it rests on" in page.text


def test_what_changed_is_told_until_it_is_noted(long_plan: Page, visitor: Visitor) -> None:
    assert "What changed since" not in long_plan.text
    page = visitor.submit(long_plan, "/plan/noted")
    assert "Remember this plan" not in page.text
    visitor.submit(page, "/plan/week", {"broker": ["sample-post"]})
    page = visitor.get(long_plan.path)
    assert "What changed since Nov 23, 2026" in page.text
    assert "Sample Post" in page.text.partition("What changed")[2].partition("In short")[0]
    page = visitor.submit(page, "/plan/noted")
    assert "What changed since" not in page.text


def test_without_a_plan_nothing_can_be_noted(world: World, visitor: Visitor) -> None:
    page = world.with_person()
    token = next(e.get("value") for e in elements(page.root, "input")
                 if e.get("name") == "csrf_token")
    answer = visitor.ask("POST", f"/people/{world.person_id}/plan/noted",
                         data=f"csrf_token={token}")
    assert answer.status_code == 400
