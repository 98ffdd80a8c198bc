"""A plan of many steps: what counts first, the rest folded."""

from __future__ import annotations

import pytest

from optout.web import plan_summary
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


def test_a_long_plan_begins_with_what_can_be_done(long_plan: Page) -> None:
    short, ready, waiting = (long_plan.text.index(words) for words in (
        "In short", "Ready (", "Waiting for you ("))
    assert short < ready < waiting
    assert "What most of the others wait for" in long_plan.text
    assert unfolded(long_plan) == []


def test_every_step_stands_in_one_group(long_plan: Page) -> None:
    groups = [e for e in elements(long_plan.root, "section") if e.get("class") == "plan-group"]
    cards = [len(list(elements(group, "article"))) for group in groups]
    assert sum(cards) == len(list(elements(long_plan.root, "article"))) > 2
    for group, number in zip(groups, cards, strict=True):
        assert text_of(next(elements(group, "h2"))).endswith(f"({number})")


def test_a_folded_step_says_what_it_waits_for(long_plan: Page) -> None:
    card = next(e for e in elements(long_plan.root, "article")
                if e.get("id") == "company-sample-listing")
    head = text_of(next(elements(card, "header")))
    assert "Waits for: Link of your listing" in head


def test_one_comes_back_to_the_step_that_one_changed(long_plan: Page, visitor: Visitor) -> None:
    page = visitor.submit(long_plan, "/plan/listings", {"url": "https://listing.example/me"})
    assert len(unfolded(page)) == 1
    assert unfolded(visitor.get(page.path)) == []


def test_a_wrong_link_keeps_its_step_open(long_plan: Page, visitor: Visitor) -> None:
    page = visitor.submit(long_plan, "/plan/listings", {"url": "not a link"})
    assert page.status == 422
    assert len(unfolded(page)) == 1


def test_a_long_plan_makes_what_is_ticked(long_plan: Page, visitor: Visitor) -> None:
    page = visitor.submit(long_plan, "/requests", {"broker": ["sample-post"]})
    assert "1 request is ready to send." in page.html


def test_a_short_plan_shows_everything(world: World) -> None:
    page = world.planned("sample-post")
    assert "In short" not in page.text
    assert "What it rests on" in page.text
