"""Paste where you are listed, look at what was found, keep what is meant, take a mistake back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from optout.services import exposures
from optout.services.intake import Why
from optout.web.intake_labels import WHY
from tests.conftest import SAMPLES
from tests.page_checks import elements
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor

LISTING = "https://people.example/Avery-Zanzibarson/p1"
MIRROR = "https://mirror.example/Avery-Zanzibarson/p1"
GONE = "https://gone.example/Avery-Zanzibarson"


@pytest.fixture
def brokers_file() -> Path:
    """A registry with a network and a company that is gone."""
    return Path(__file__).parent / "registry.yaml"


def path_of(world: World) -> str:
    return f"/people/{world.person_id}/listings"


def pasted(world: World, text: str, *, at_risk: bool = False) -> Page:
    """The page that shows what was found in a text."""
    if not (world.instance.exists() and world.instance.is_open):
        world.with_person(at_risk=at_risk)
    page = world.visitor.get(path_of(world))
    return world.visitor.submit(page, "/listings", {"text": text})


def ticks(page: Page) -> dict[str, bool]:
    return {str(e.get("value")): e.get("checked") is not None
            for e in elements(page.root, "input") if e.get("name") == "link"}


def kept(world: World) -> list[str]:
    return [one.url for one in exposures.list_exposures(world.instance.desk, world.person_id)]


def test_from_a_pasted_text_to_the_plan(world: World, visitor: Visitor) -> None:
    page = pasted(world, f"{LISTING}?utm_source=x {MIRROR} {GONE} https://nobody.example/a")
    assert page.heading == "What was found"
    assert ticks(page) == {LISTING: True, MIRROR: True, GONE: False}
    assert kept(world) == []
    page = visitor.submit(page, "/listings/keep")
    assert page.heading == "Where you are listed"
    assert "2 listings are kept" in page.text
    assert kept(world) == [LISTING, MIRROR]
    plan = visitor.get(page.link("Show the plan"))
    assert "Sample People Search" in plan.text
    again = pasted(world, f"http://www.people.example/Avery-Zanzibarson/p1/ {GONE}")
    assert ticks(again) == {GONE: False}
    assert "Known already" in again.text


def test_one_opt_out_for_several_is_said_once(world: World) -> None:
    text = pasted(world, f"{LISTING} {MIRROR}").text
    assert "One opt-out serves these 2" in text
    assert "asked for at Sample People Search" in text
    assert "One opt-out" not in pasted(world, LISTING).text


def test_what_is_no_listing_is_told_with_its_reason(world: World) -> None:
    page = pasted(world, (SAMPLES / "pasted" / "results.html").read_text("utf-8"))
    assert list(ticks(page)) == ["https://people.example/Avery-Sample/San-Francisco-CA/p12345",
                                 "https://mirror.example/name/avery-sample?id=7"]
    for words in ("trail.example.org · not in the list of companies", "example.net 1 link",
                  "google.com: a page of the search engine itself", "an advertisement",
                  "people.example: the first page of a site", "about itself"):
        assert words in page.text
    assert "One opt-out serves these 2" in page.text


def test_a_site_that_is_not_known_can_be_added(world: World, visitor: Visitor) -> None:
    page = pasted(world, "https://nobody.example/avery-zanzibarson")
    assert "avery-zanzibarson" not in page.text
    page = visitor.submit(page, "/registry/add")
    assert page.heading == "Add a company"
    assert 'value="nobody.example"' in page.html


def test_a_trail_at_a_known_site_leads_to_its_company(world: World) -> None:
    page = pasted(world, "https://www.people.example › Avery-Zanzibarson")
    assert page.link("Sample People Search").endswith("/companies/sample-people-search")
    assert "Seen at these sites, without the link" in page.text


def test_a_text_without_links_says_what_to_copy(world: World) -> None:
    page = pasted(world, "Avery Zanzibarson, 41, San Francisco")
    assert "No link was found" in page.text
    assert "Zanzibarson, 41" not in page.html


def test_what_cannot_be_read_is_explained_at_the_field(world: World) -> None:
    for text, words in (
            ("", "Paste the links"), ("   ", "Paste the links"),
            ("avery " * 334_000, "2,000,000"),
            ("\n".join(f"{LISTING}{n}" for n in range(2_001)), "2,000 links")):
        page = pasted(world, text)
        assert page.status == 422
        assert words in page.errors["text"]
        assert "avery" not in page.html


def test_a_long_page_is_taken_here_and_nowhere_else(world: World, visitor: Visitor) -> None:
    page = pasted(world, f"{LISTING} " + "word " * 380_000)
    assert list(ticks(page)) == [LISTING]
    form = visitor.get("/people/new")
    assert visitor.submit(form, "/people/new", {"names-0-given": "x" * 1_900_000}).status == 413
    other = visitor.submit(visitor.get(path_of(world)), "/listings", {"text": "\0" * 9_000_000})
    assert other.status == 413


def test_only_what_is_ticked_is_kept(world: World, visitor: Visitor) -> None:
    page = pasted(world, f"{LISTING} {MIRROR}")
    visitor.submit(page, "/listings/keep", {"link": [MIRROR]})
    assert kept(world) == [MIRROR]
    page = visitor.submit(pasted(world, LISTING), "/listings/keep", {"link": None})
    assert "Nothing was kept" in page.text
    assert kept(world) == [MIRROR]


ODD = ("https://people.example/a'b(c)!", "https://people.example/a%20b?x=1&y=%22",
       "https://people.example/å,b.", "https://people.example/a)|*")
"""Links whose ends a reader of prose would cut off."""


def test_what_was_shown_is_what_is_kept(world: World, visitor: Visitor) -> None:
    page = pasted(world, "\n".join(f"<{link}>" for link in ODD))
    assert list(ticks(page)) == list(ODD)
    visitor.submit(page, "/listings/keep")
    assert kept(world) == list(ODD)


FORGED = (
    "javascript:alert(1)", "https://people.example@evil.example/a", "https://evil.example/a",
    "https://people.example/a> https://mirror.example/b", "https://people.example/", "",
    "https://people.example/a\nhttps://people.example/b")


def test_the_second_step_is_matched_anew(world: World, visitor: Visitor) -> None:
    page = pasted(world, LISTING)
    token = page.form("/listings/keep").find(".//input[@name='csrf_token']")
    assert token is not None
    for link in FORGED:
        sent = urlencode({"csrf_token": token.get("value"), "link": link})
        assert visitor.ask("POST", f"{path_of(world)}/keep", data=sent).status_code == 303
    assert kept(world) == []
    assert "Nothing was kept" in visitor.get(path_of(world)).text


def test_a_mistake_is_removed(world: World, visitor: Visitor) -> None:
    visitor.submit(pasted(world, f"{LISTING} {MIRROR}"), "/listings/keep")
    page = visitor.get(path_of(world))
    first = exposures.list_exposures(world.instance.desk, world.person_id)[0]
    page = visitor.submit(page, "/listings/forget", button=("listing", first.id))
    assert "Removed" in page.text
    assert kept(world) == [MIRROR]
    page = visitor.submit(page, "/listings/forget", button=("listing", first.id))
    assert "no such listing" in page.text


def test_links_lead_out_without_a_trace(world: World, visitor: Visitor) -> None:
    page = pasted(world, LISTING)
    shown = visitor.get(visitor.submit(page, "/listings/keep").path)
    for where in (page, shown):
        out = [a for a in elements(where.root, "a") if a.get("href") == LISTING]
        assert len(out) == 1
        assert (out[0].get("rel"), out[0].get("target")) == ("noreferrer noopener", "_blank")


@pytest.mark.parametrize("at_risk", [True, False])
def test_people_at_risk_are_told_what_opening_means(world: World, *, at_risk: bool) -> None:
    page = pasted(world, LISTING, at_risk=at_risk)
    assert ("private window" in page.text) is at_risk
    shown = world.visitor.submit(page, "/listings/keep")
    assert ("private window" in shown.text) is at_risk


def test_nothing_pasted_gets_into_addresses_sessions_or_logs(
    world: World, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    page = visitor.submit(pasted(world, f"{LISTING} {GONE}"), "/listings/keep")
    visitor.submit(page, "/listings", {"text": "\n".join([LISTING] * 3)})
    assert not [path for path in visitor.seen if "Zanzibarson" in path]
    sessions = world.app.extensions["optout"].sessions._kept
    assert "'open': True" in repr(sessions)
    assert "Zanzibarson" not in repr(sessions)
    assert "Zanzibarson" not in caplog.text


def test_unknown_people_have_no_listings(world: World, visitor: Visitor) -> None:
    world.with_person()
    assert visitor.get("/people/P-222222/listings").status == 404


def test_a_listing_at_a_company_that_left_the_registry_is_still_shown(
    world: World, visitor: Visitor
) -> None:
    from optout.domain.exposure import Exposure
    from optout.store import exposures as rows

    world.with_person()
    desk = world.instance.desk
    with desk.store.writing() as session:
        rows.add(session, Exposure(world.person_id, "left-long-ago", LISTING, desk.day(None)))
    assert "left-long-ago" in visitor.get(path_of(world)).text


def test_the_way_to_it_is_on_the_persons_page_and_where_companies_are_chosen(
    world: World, visitor: Visitor
) -> None:
    world.with_person()
    person = f"/people/{world.person_id}"
    assert visitor.get(f"{person}/companies").link("Paste the links") == path_of(world)
    assert visitor.get(person).link("Where you are listed") == path_of(world)


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(Why)
