"""The list with its filters, the board, the search and the table, as pages without scripts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from optout.domain.actor import OWNER
from optout.domain.person import PersonName
from optout.domain.words import Event
from optout.services import listing, people, requests
from optout.web.views import registry
from tests.web.conftest import CANARY, World
from tests.web.visitor import Page, Visitor


@pytest.fixture
def reference(world: World) -> str:
    """A request that was sent and answered, with a note."""
    page = world.asked("sample-post")
    found = page.path.rpartition("/")[2]
    for event, detail in ((Event.MARK_SENT, "Zoe Bluheron took it."), (Event.CLAIM_REMOVED, "")):
        requests.mark(world.instance.desk, found, event, detail=detail, actor=OWNER)
    return found


def test_a_list_is_filtered_by_an_address_that_names_nobody(
    world: World, visitor: Visitor, reference: str,
) -> None:
    page = visitor.get("/requests")
    assert "1 request" in page.text
    page = visitor.submit(page, "/requests/filter", {
        "company": "sample post", "standing": "answered", "claim": "removed", "sort": "next",
        "late": None, "made_from": "2026-01-01"})
    assert reference in page.text
    assert page.path == ("/requests?standing=answered&claim=removed&made_from=2026-01-01"
                         "&sort=next&broker=sample-post")
    none = visitor.submit(page, "/requests/filter", {"look": "not_found"})
    assert "No request is like that." in none.text
    assert reference in visitor.get(none.link("Show all")).text
    assert "No company of that name" in visitor.submit(
        none, "/requests/filter", {"company": "zzzzqqq", "look": ""}).text
    assert reference in visitor.submit(
        none, "/requests/filter", {"company": "", "look": "", "mine": None}).text
    assert "does not exist" in visitor.submit(none, "/requests/filter", {
        "made_to": "2026-02-30"}).text
    for known in ("standing=with_them&standing=answered", f"person={world.person_id}&mine=1",
                  "late=1&sort=moved", "channel=email"):
        assert visitor.get(f"/requests?{known}").status == 200
    for wrong in ("standing=gone", "sort=up", "after=1", "made_to=2026-02-30", "person=P-222222",
                  "after=2026-02-30.OPT-222222"):
        assert visitor.get(f"/requests?{wrong}").status == 404, wrong


def test_a_long_list_has_pages(
    world: World, visitor: Visitor, reference: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor.submit(visitor.submit(world.by_hand(visitor.get(
        f"/people/{world.person_id}/cover")), "/companies", {"broker": ["sample-people-search"]},
        button=("plan", "1"), nth=1), "/requests")
    whole = listing.list_page
    monkeypatch.setattr(listing, "list_page", lambda desk, wanted, **how: whole(
        desk, wanted, **{**how, "most": 1}))
    first = visitor.get("/requests")
    second = visitor.get(first.link("Next page"))
    assert (reference in first.text) != (reference in second.text)
    assert visitor.get(second.link("Back to the first page")).text == first.text


def test_the_board_shows_the_three_axes_apart(
    world: World, visitor: Visitor, reference: str,
) -> None:
    page = visitor.get(visitor.get("/requests").link("Board"))
    assert page.heading == "Board"
    assert "They say it is removed" in page.text
    assert "here since today" in page.text
    assert "Zanzibarson" not in page.html  # there is one person: nobody is named
    columns = [e for e in page.root.iter() if e.get("class") == "board-column"]
    assert len(columns) == 6
    behind = visitor.get(page.link("All in this column"))
    assert behind.path.endswith("standing=answered")
    assert reference in behind.text
    assert visitor.get("/board?person=P-222222").status == 404
    people.add_person(world.instance.desk, replace(
        people.get_person(world.instance.desk, world.person_id), id=""), actor=OWNER)
    page = visitor.submit(visitor.get("/board"), "/board", {"person": world.person_id})
    assert "Zanzibarson" in page.text


def test_a_board_without_requests_says_what_to_do(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get("/board")
    assert "There are no requests yet." in page.text
    assert world.person_id in page.link("Say what should be covered")


def found(visitor: Visitor, words: str) -> Page:
    return visitor.submit(visitor.get("/search"), "/search", {"words": words})


def test_the_search_finds_everything_and_puts_nothing_into_addresses(
    world: World, visitor: Visitor, reference: str,
) -> None:
    assert reference in found(visitor, reference[4:].lower()).text
    page = found(visitor, "zanzibars")
    assert visitor.get(page.link("Zanzibarson")).path == f"/people/{world.person_id}"
    assert "/requests?broker=sample-post" in found(visitor, "sample post").html
    page = found(visitor, "bluheron")
    assert "Zoe Bluheron took it." in page.text
    assert page.link(reference) == f"/requests/{reference}"
    assert "Nothing was found" in found(visitor, "no such word").text
    assert found(visitor, "x" * 300).status == 422
    addresses = " ".join(visitor.seen).lower()
    assert not [word for word in (*CANARY, "bluheron", "zanzibars") if word.lower() in addresses]
    assert visitor.get("/search?words=zanzibars").text == visitor.get("/search").text


def test_the_table_is_saved_after_a_warning(
    world: World, visitor: Visitor, reference: str,
) -> None:
    del world
    page = visitor.get(visitor.get("/requests?standing=answered").link("table (CSV)"))
    assert "not encrypted" in page.text
    saved = visitor.submit(page, "/requests/export")
    assert saved.response.headers["Content-Disposition"] == (
        'attachment; filename="optout-requests.csv"')
    assert saved.response.mimetype == "text/csv"
    (row,) = csv.DictReader(io.StringIO(saved.response.get_data().decode("utf-8-sig")))
    assert (row["reference"], row["standing"]) == (reference, "answered")
    assert "Zanzibarson" in row["person"]
    bare = visitor.submit(page, "/requests/export", {"without_names": "y"})
    assert b"Zanzibarson" not in bare.response.get_data()


def test_many_people_come_a_page_at_a_time_and_are_found(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.with_person()
    assert "Find a person" not in visitor.get("/people").text
    last = world.person_id  # ids come by chance: the next one may stand before it
    other = people.add_person(world.instance.desk, replace(
        people.get_person(world.instance.desk, last), id="",
        names=(PersonName("Blair", "Aardvark"),)), actor=OWNER)
    monkeypatch.setattr(people, "PAGE", 1)
    first = visitor.get("/people")
    assert "Blair Aardvark" in first.text
    assert "Zanzibarson" not in first.text
    second = visitor.get(first.link("Next page"))
    assert "Zanzibarson" in second.text
    assert visitor.get(second.link("Back to the first page")).text == first.text
    assert "nobody further on" in visitor.get(f"/people?after={last}").text
    assert visitor.get("/people?after=P-222222").status == 404
    found = visitor.submit(second, "/search", {"words": "aardv"})
    assert f"/people/{other.id}" in found.html
    assert "Companies" not in found.text
    assert visitor.get(first.link("Rights")).link("Choose for whom") == "/people"
    board = visitor.get(f"/board?person={other.id}")
    assert "Blair Aardvark" in board.text
    monkeypatch.setattr(registry, "MOST_PEOPLE", 1)
    company = visitor.get("/registry/companies/sample-post").text
    assert "Blair Aardvark" in company
    assert "Zanzibarson" not in company
