"""A helper with two clients: whose is what, and nobody is asked for the wrong one."""

from __future__ import annotations

from tests.web.conftest import AVERY, World
from tests.web.visitor import Page, Visitor

BLAIR = {**AVERY, "names-0-given": "Blair", "names-0-middle": "", "names-0-family": "Otherling"}


def two_asked(world: World) -> Page:
    """The requests after the same company was asked for two people."""
    visitor = world.visitor
    visitor.submit(world.planned("sample-post"), "/requests")
    page = world.by_hand(visitor.submit(visitor.get("/people/new"), "/people/new", BLAIR))
    plan = visitor.submit(page, "/companies", {"broker": ["sample-post"]},
                          button=("plan", "1"), nth=1)
    visitor.submit(plan, "/requests")
    return visitor.get("/requests")


def test_what_is_due_says_for_whom(world: World, visitor: Visitor) -> None:
    two_asked(world)
    page = visitor.get("/due")
    assert "for Blair Otherling" in page.text
    assert "for Avery Quillfeather Zanzibarson" in page.text


def test_what_is_due_names_nobody_where_there_is_one_person(
    world: World, visitor: Visitor
) -> None:
    visitor.submit(world.planned("sample-post"), "/requests")
    assert "Zanzibarson" not in visitor.get("/due").html


def test_more_companies_are_asked_for_the_person_that_one_chooses(
    world: World, visitor: Visitor
) -> None:
    page = two_asked(world)
    assert visitor.get(page.link("Ask more companies")).heading == "People"
    of_one = visitor.get(f"/requests?person={world.person_id}")
    assert world.person_id in of_one.link("Ask more companies")


def test_with_two_people_and_no_request_one_chooses_for_whom(
    world: World, visitor: Visitor
) -> None:
    world.with_person()
    visitor.submit(visitor.get("/people/new"), "/people/new", BLAIR)
    for path in ("/due", "/requests"):
        assert visitor.get(visitor.get(path).link("Choose for whom")).heading == "People"


def test_the_second_person_is_not_called_you(world: World, visitor: Visitor) -> None:
    world.with_person()
    assert visitor.get("/people/new").heading == "About another person"
