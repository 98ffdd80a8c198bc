"""Choosing companies: search, kinds, a selection that lasts."""

from __future__ import annotations

from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Visitor


def test_companies_are_found_by_name_and_kind(world: World, visitor: Visitor) -> None:
    page = world.with_person()
    assert "5 companies" in page.text
    found = visitor.submit(page, "/companies", {"q": "mirror.example"})
    assert "Sample Mirror" in found.text
    assert "Sample Post" not in found.text
    kind = visitor.submit(page, "/companies", {"category": "marketing"})
    assert "1 company" in kind.text
    way = visitor.submit(page, "/companies", {"channel": "postal_mail"})
    assert "2 companies" in way.text
    kept = visitor.submit(way, "/companies", {"broker": ["sample-post"]},
                          button=("keep", "1"), nth=1)
    assert "2 companies" in kept.text
    assert "The list was compiled on Nov 20, 2026, 3 days ago." in page.text
    none = visitor.submit(page, "/companies", {"q": "qqqqqqqq"})
    assert "Nothing matches" in none.text


def test_a_selection_lasts_over_several_searches(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.with_person(), "/companies", {"q": "Sample Post"})
    page = visitor.submit(page, "/companies", {"broker": ["sample-post"]},
                          button=("keep", "1"), nth=1)
    page = visitor.submit(page, "/companies", {"q": "", "category": "marketing"})
    page = visitor.submit(page, "/companies", {"broker": ["sample-form"]},
                          button=("keep", "1"), nth=1)
    assert "Your selection (2)" in page.text


def test_unticking_takes_out_of_the_selection(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.with_person(), "/companies",
                          {"broker": ["sample-post", "sample-form"]},
                          button=("keep", "1"), nth=1)
    page = visitor.submit(page, "/companies", {"broker": ["sample-form"]},
                          button=("keep", "1"), nth=1)
    assert "Your selection (1)" in page.text
    page = visitor.submit(page, "/companies", button=("drop", "sample-form"), nth=2)
    assert "Your selection (0)" in page.text


def test_the_whole_selection_can_be_emptied(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.with_person(), "/companies",
                          {"broker": ["sample-post", "sample-form"]},
                          button=("keep", "1"), nth=1)
    page = visitor.submit(page, "/companies", button=("drop_all", "1"), nth=2)
    assert "Nothing is selected yet." in page.text


def test_a_plan_needs_a_selection(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.with_person(), "/companies", button=("plan", "1"), nth=1)
    assert "Select at least one company first." in page.html
    assert page.heading == "Choose companies"
    assert "No company is selected yet." in visitor.get(f"/people/{world.person_id}/plan").text


def test_a_company_that_does_not_exist_cannot_be_selected(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.with_person(), "/companies", {"broker": ["made-up"]},
                          button=("keep", "1"), nth=1)
    assert "Your selection (0)" in page.text


def test_one_request_serves_a_network_also_by_another_way(
    world: World, visitor: Visitor
) -> None:
    plan = world.planned("sample-people-search", "sample-mirror")
    assert plan.text.count("Ask them") == 1
    plan = visitor.submit(plan, "/plan/channels", button=("channel", "postal_mail"))
    assert "Letter by post" in plan.text
    page = visitor.submit(plan, "/requests")
    assert "1 request is ready to send." in page.text


def test_the_companies_that_matter_most_come_first(world: World) -> None:
    page = world.with_person()
    names = [text_of(e) for e in elements(page.root, "span") if e.get("class") == "pick-name"]
    assert names[0] == "Sample People Search"
    assert names[1:] == sorted(names[1:], key=str.casefold)


def test_the_companies_that_matter_most_are_selected_at_once(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.with_person(), "/companies", {"broker": ["sample-post"]},
                          button=("important", "1"), nth=1)
    assert "Your selection (2)" in page.text
    assert "Not sure?" not in page.text
