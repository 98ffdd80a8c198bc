"""What should be covered: the boxes, their numbers, and a wish that lasts."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.domain.wanted import Wanted
from optout.services import wishes
from tests.page_checks import elements, text_of
from tests.web.conftest import AVERY, PASSPHRASE, World
from tests.web.visitor import Page, Visitor

PLAN_BROKERS = Path(__file__).parent / "plan_brokers.yaml"


@pytest.fixture
def brokers_file() -> Path:
    """A registry with a platform, a search page, and systems of an agency."""
    return PLAN_BROKERS


@pytest.fixture
def cover(world: World, visitor: Visitor) -> Page:
    """The page, for a Californian who has chosen nothing yet."""
    return visitor.submit(world.set_up(), "/people/new", AVERY)


def offers(page: Page) -> dict[str, bool]:
    """The boxes of the page by what they say: whether each is ticked."""
    boxes = [e for e in elements(page.root, "label") if e.get("class") == "choice"]
    return {text_of(e): next(elements(e, "input")).get("checked") is not None for e in boxes}


def kept(world: World) -> Wanted:
    return wishes.wish_of(world.instance.desk, world.person_id).wanted


def test_what_is_relevant_is_recommended_with_its_number(cover: Page) -> None:
    assert cover.heading == "What should be covered?"
    assert offers(cover) == {
        "Everyone who deals in people where you live or lived 5 companies": True,
        "Everyone who sells or collects where people are 2 companies": False,
        "Told California that it sold or shared data to law enforcement 1 company": False,
        "Told California that it sold or shared data to the federal government 0 companies": False,
        "Told California that it sold or shared data to a foreign actor 0 companies": False,
        "Location data 2 companies": False,
        "Marketing profiles 3 companies": False,
        "People search 1 company": False,
        "State platform 1 company": False,
    }


def test_the_wish_is_kept_and_shown_again(
    cover: Page, world: World, visitor: Visitor
) -> None:
    plan = visitor.submit(cover, "/cover", {
        "relevant": None, "location": "location", "told": "sold_law_enforcement",
        "category": "marketing"})
    assert plan.heading == "Plan"
    assert kept(world) == Wanted(location=True, told=("sold_law_enforcement",),
                                 categories=("marketing",))
    again = visitor.get(plan.link("Change what should be covered"))
    assert [words.partition(" ")[0] for words, ticked in offers(again).items() if ticked] == [
        "Everyone", "Told", "Marketing"]


def test_a_wish_for_nothing_is_explained(cover: Page, world: World, visitor: Visitor) -> None:
    page = visitor.submit(cover, "/cover", {"relevant": None})
    assert page.heading == "What should be covered?"
    assert "Nothing is ticked, so there is nothing to plan." in page.html
    assert "No company is selected yet." in visitor.get(f"/people/{world.person_id}/plan").text


def test_companies_chosen_by_hand_stay_beside_what_is_ticked(
    cover: Page, world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.by_hand(cover), "/companies", {"broker": ["sample-far"]},
                          button=("keep", "1"), nth=1)
    page = visitor.get(page.link("Back to what should be covered"))
    assert "1 company chosen by hand is part of the plan, too." in page.text
    visitor.submit(page, "/cover", {"location": "location"})
    assert kept(world) == Wanted(location=True, brokers=("sample-far",))


def test_made_up_wishes_are_not_taken(cover: Page, world: World, visitor: Visitor) -> None:
    token = next(e.get("value") for e in elements(cover.root, "input")
                 if e.get("name") == "csrf_token")
    visitor.ask("POST", cover.path, data=(
        f"csrf_token={token}&told=made_up&category=government_records&category=marketing"))
    assert kept(world) == Wanted(categories=("marketing",))


def test_a_wish_outlives_the_session(cover: Page, world: World, visitor: Visitor) -> None:
    visitor.submit(cover, "/cover")
    world.app.extensions["optout"].lock()
    page = visitor.get("/people")
    visitor.submit(page, "/unlock", {"passphrase": PASSPHRASE})
    assert "step" in visitor.get(f"/people/{world.person_id}/plan").text
    assert kept(world) == Wanted(relevant=True)


def test_another_flag_of_a_wish_is_offered_too(
    cover: Page, world: World, visitor: Visitor
) -> None:
    wishes.set_wanted(world.instance.desk, world.person_id,
                      Wanted(told=("sold_genai_developer",)), actor="owner")
    page = visitor.get(cover.path)
    assert offers(page)[
        "Told California that it sold or shared data to a maker of generative AI 0 companies"]
