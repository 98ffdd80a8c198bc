"""A person's progress as plots with tables, and a company's record beside what it told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element

from optout.domain.actor import OWNER
from optout.domain.outcome_words import LookResult
from optout.services import looks, requests
from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Page


def progress(world: World) -> Page:
    """The page, from the person's own."""
    person = world.visitor.get(f"/people/{world.person_id}")
    return world.visitor.get(person.link("How it went over time"))


def shapes(root: Element, name: str) -> Iterator[Element]:
    """The parts of drawings of that name, which are no words of HTML."""
    return (part for part in root.iter() if str(part.tag).rsplit("}", 1)[-1] == name)


def asked(world: World, days_ago: int, answer: str, days_later: int) -> str:
    """A request that left some days ago and was answered some days later."""
    desk, then = world.instance.desk, world.clock.today() - timedelta(days=days_ago)
    (file,) = requests.create_requests(
        desk, world.person_id, ["sample-post"], on=then, actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", on=then, actor=OWNER)
    requests.mark(desk, file.request.id, answer, on=then + timedelta(days=days_later), actor=OWNER)
    return file.request.id


def test_nothing_yet_is_said_and_nothing_is_drawn(world: World) -> None:
    world.with_person()
    page = progress(world)
    assert "There is nothing to show yet" in page.text
    assert not list(elements(page.root, "figure"))


def test_each_plot_has_its_table_and_sights_stay_apart(world: World) -> None:
    world.with_person()
    request_id = asked(world, 20, "claim_removed", 18)
    page = progress(world)
    assert "Each point is the end of a week." in page.text
    found, said, seen = elements(page.root, "figure")
    for drawn in (found, said):
        first, *_legend = shapes(drawn, "svg")
        assert first.get("role") == "img"
        assert [part.tag.rsplit("}")[-1] for part in first[:2]] == ["title", "desc"]
        assert list(elements(drawn, "table"))
    last_row = list(elements(said, "tr"))[-1]
    assert [text_of(cell) for cell in elements(last_row, "td")][:2] == ["1", "1"]
    assert "They say: removed or hidden: from 0 on" in text_of(next(shapes(said, "desc")))
    assert "They say: removed or hidden" not in text_of(seen)
    assert "Nobody has looked yet" in text_of(seen)
    assert not list(shapes(seen, "svg"))
    requests.mark(world.instance.desk, request_id, "look_not_found", actor=OWNER)
    seen = list(elements(progress(world).root, "figure"))[2]
    assert "not known" in text_of(seen)
    assert "Seen to be gone: from 1 on" in text_of(next(shapes(seen, "desc")))


def test_a_listing_without_an_address_was_found_too(world: World) -> None:
    world.with_person()
    for _ in range(2):
        looks.record_look(world.instance.desk, world.person_id, "sample-people-search",
                          LookResult.LISTED, actor=OWNER)
    first, *_ = elements(progress(world).root, "figure")
    assert "Listings found: from 1 on" in text_of(next(shapes(first, "desc")))


def test_a_longer_time_is_shown_by_months(world: World) -> None:
    world.with_person()
    asked(world, 400, "refuse", 30)
    assert "Each point is the end of a month." in progress(world).text


def test_a_companys_page_sets_own_requests_beside_its_filing(world: World) -> None:
    world.with_person()
    address = "/registry/companies/sample-post"
    assert "No request to this company has left yet" in world.visitor.get(address).text
    asked(world, 20, "refuse", 9)
    page = world.visitor.get(address)
    assert "1 request to this company left this data folder. That is no more than a hint." in (
        page.text)
    table = next(e for e in elements(page.root, "section") if e.get("id") == "record")
    rows = {text_of(next(elements(row, "th"))): text_of(row) for row in elements(table, "tr")}
    assert "1 of 1 answered or late" in rows["They refused"]
    assert "1 answer" in rows["Half of the answers came within"]
    assert "Avery" not in text_of(table)
