"""The registry to look through: one company with everything that is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.services import corrections
from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor

REGISTRY = Path(__file__).parent / "registry.yaml"
SHOWN = "/registry/companies/"


@pytest.fixture
def brokers_file() -> Path:
    """A registry that has something of everything."""
    return REGISTRY


def test_the_page_of_a_company_tells_what_it_is(world: World, visitor: Visitor) -> None:
    world.set_up()
    page = visitor.get(SHOWN + "sample-people-search")
    assert page.heading == "Sample People Search"
    for words in ("Data broker · People search", "Sample Data Inc.", "United States, Canada",
                  "people-two.example", "Sample Folk Finder", "names, addresses",
                  "A made-up company.", "old@people.example", "It bounced.",
                  "Looking tells them: Full name, Internet address of your connection"):
        assert words in page.text


def test_a_way_out_says_where_it_goes_what_it_needs_and_why(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    text = visitor.get(SHOWN + "sample-people-search").text
    for words in ("privacy@people.example", "Delete · Stop selling",
                  "California Californians only.", "A link sent by e-mail",
                  "14 days by their own word", "They look for your record by name.",
                  "Phone number if you like", "Date of birth left empty",
                  "Use the link that they send back.", "It hides, and deletes nothing.",
                  "a page of their own; 3 lists by others", "Checked Nov 20, 2026",
                  "To be looked at again by Nov 20, 2027", "The list of fields is an assumption",
                  "somebody looked (seen on 1 May 2024)", "Nothing about you.",
                  "Court records stay where they are."):
        assert words in text
    assert "1 other way: Fax" in text
    assert text.count("Look at their page first") == 1, "only the letter was checked long ago"


def test_a_network_is_shown_from_both_ends_with_what_is_not_proven(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    page = visitor.get(SHOWN + "sample-people-search")
    assert page.text.count("not proven") == 1
    assert "Only an address in common." in page.text
    other = visitor.get(page.link("Sample Mirror"))
    assert "Served by the way out of Sample People Search" in other.text
    assert "their own filing with a state" in other.text


def test_what_it_told_california_is_told_as_its_own_words(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    text = visitor.get(SHOWN + "sample-people-search").text
    for words in ("Its newest filing there is of 2026.",
                  "sold or shared data to law enforcement", "collects data about minors",
                  "sold or shared data to the federal government: no",
                  "by its own account", "12,345", "340", "9 days",
                  "California 2025 C-17", "Texas 2026", "Fair Credit Reporting Act"):
        assert words in text
    other = visitor.get(SHOWN + "sample-quiet").text
    assert "Its newest filing there is of 2025." in other
    assert "Turned down" not in other


def test_sources_are_dated_and_old_ones_are_marked(world: World, visitor: Visitor) -> None:
    world.set_up()
    text = visitor.get(SHOWN + "sample-people-search").text
    assert "looked at about 3 years ago" in text
    assert "Jan 2, 2023 (about 3 years ago) · not sure old" in text
    assert "sure old" not in text.replace("not sure old", "")


def test_a_system_without_a_way_out_says_what_helps_cautions_first(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    text = visitor.get(SHOWN + "sample-plates").text
    order = ["Do not send them your plate number.", "Why there is no request to make",
             "Nobody outside can have a reading deleted.", "Ask the agency",
             "Sample People Search"]
    assert [text.find(words) for words in order] == sorted(text.find(words) for words in order)
    assert all(words in text for words in order)
    assert "police" in text


def test_a_company_that_is_gone_is_shown_as_gone(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(SHOWN + "sample-gone")
    assert "The newest sign of this is from Feb 3, 2026." in page.text
    assert "Add to the companies" not in page.html


def test_an_unknown_company_is_not_found(world: World, visitor: Visitor) -> None:
    world.set_up()
    assert visitor.get(SHOWN + "nobody").status == 404


def test_a_company_is_added_to_the_companies_of_a_person(
    world: World, visitor: Visitor
) -> None:
    world.with_person()
    page = visitor.get(SHOWN + "sample-people-search")
    page = visitor.submit(page, "/select", button=("person", world.person_id))
    assert "Sample People Search is among the selected companies now." in page.html
    chosen = visitor.get(page.link("Selected for Avery"))
    assert "Your selection (1)" in chosen.text


def found(page: Page) -> list[str]:
    """The names of the companies that a page of the registry lists."""
    return [text_of(e) for e in elements(page.root, "a") if e.get("class") == "pick-name"]


def test_the_registry_is_reached_from_everywhere_and_tells_its_age(
    world: World, visitor: Visitor
) -> None:
    page = visitor.get(world.set_up().link("Companies"))
    assert page.heading == "All companies"
    assert "Compiled on Nov 20, 2026, 3 days ago." in page.text
    assert found(page) == ["Sample <b>Quiet</b> & Sons", "Sample Gone", "Sample Mirror",
                           "Sample People Search", "Sample Plate Readers"]
    assert "no way out known" in page.text
    assert "gone" in page.text


@pytest.mark.parametrize(("asked", "names"), [
    ({"q": "folk finder"}, ["Sample People Search"]),
    ({"category": "license_plates"}, ["Sample Plate Readers"]),
    ({"channel": "postal_mail"}, ["Sample People Search"]),
    ({"role": "government_system"}, ["Sample Plate Readers"]),
    ({"region": "DE"}, ["Sample <b>Quiet</b> & Sons"]),
    ({"region": "US-TX"}, ["Sample People Search"]),
    ({"registered_in": "us-vt"}, ["Sample <b>Quiet</b> & Sons"]),
    ({"trust": "verified"}, ["Sample People Search"]),
    ({"status": "defunct"}, ["Sample Gone"]),
    ({"q": "qqqqqq"}, []),
])
def test_companies_are_found_by_what_is_known_of_them(
    world: World, visitor: Visitor, asked: dict[str, str], names: list[str]
) -> None:
    world.set_up()
    page = visitor.submit(visitor.get("/registry/"), "/registry/", asked)
    assert found(page) == names
    assert ("Nothing matches" in page.text) is (not names)
    chosen = [e.get("value") for e in elements(page.form("/registry/"), "option")
              if e.get("selected") is not None]
    assert set(asked.values()) - {asked.get("q")} <= set(chosen)


def test_who_told_california_that_they_sold_is_one_click_away(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    page = visitor.get("/registry/")
    page = visitor.get(page.link(
        "Everyone who told California that it sold or shared data to law enforcement"))
    assert found(page) == ["Sample <b>Quiet</b> & Sons", "Sample People Search"]
    assert "That is their own answer; nobody checked it." in page.text
    assert len(found(visitor.get(page.link("Take all filters away")))) == 5


def test_companies_are_put_into_the_order_that_was_asked_for(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    fastest = visitor.get("/registry/?sort=median_days")
    assert found(fastest)[0] == "Sample People Search"
    assert "half answered within 9 days" in fastest.text
    assert found(visitor.get("/registry/?sort=priority"))[0] == "Sample People Search"


def test_the_registry_is_read_page_by_page_with_the_filters_kept(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.set_up()
    monkeypatch.setattr("optout.web.registry_index.PER_PAGE", 1)
    page = visitor.get("/registry/?category=people_search&sort=priority")
    assert "Page 1 of 3" in page.text
    page = visitor.get(page.link("Next page"))
    assert found(page) == ["Sample Gone"]
    assert "category=people_search" in page.path
    assert "sort=priority" in page.path
    assert found(visitor.get(page.link("Previous page"))) == ["Sample People Search"]
    assert "Page 3 of 3" in visitor.get("/registry/?category=people_search&page=999").text


@pytest.mark.parametrize("query", [
    "page=0", "page=-1", "page=x", "page=99999999999999999999", "page=²", "sort=made-up",
    "category=made-up", "told=%3Cscript%3E", "region=", "q=" + 500 * "a"])
def test_what_the_address_asks_for_wrongly_is_left_out(
    world: World, visitor: Visitor, query: str
) -> None:
    world.set_up()
    page = visitor.get(f"/registry/?{query}")
    assert page.status == 200
    assert len(found(page)) == (0 if query.startswith("q=") else 5)


def test_a_pasted_link_tells_whose_it_is_and_is_not_kept(world: World, visitor: Visitor) -> None:
    page = visitor.get(world.set_up().link("Companies"))
    page = visitor.get(page.link("Whose listing is this?"))
    link = "https://www.people-two.example/avery-quillfeather?id=4711"
    page = visitor.submit(page, "/match", {"link": link})
    assert "It belongs to Sample People Search" in page.text
    assert page.html.count("avery-quillfeather") == 1, "it stands in its own field only"
    assert not [path for path in visitor.seen if "quillfeather" in path]
    assert visitor.get(page.link("How it lets people out")).heading == "Sample People Search"
    gone = visitor.submit(page, "/match", {"link": "gone.example/4711"})
    assert "this company is gone" in gone.text


def test_an_unknown_site_can_be_added_with_its_domain_filled_in(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    page = visitor.submit(visitor.get("/registry/match"), "/match",
                          {"link": "https://find.newcomer.co.uk/avery/4711"})
    assert "This site is not known here" in page.text
    page = visitor.submit(page, "/registry/add", button=("begin", "1"))
    assert 'value="newcomer.co.uk"' in page.html
    assert "4711" not in page.html


@pytest.mark.parametrize("link", ["", "nothing at all", "http://[broken", "10.0.0.1", "x" * 3000])
def test_what_is_no_link_is_said_to_be_none(world: World, visitor: Visitor, link: str) -> None:
    world.set_up()
    page = visitor.submit(visitor.get("/registry/match"), "/match", {"link": link})
    assert page.status == 422
    assert list(page.errors) == ["link"]


def test_an_address_that_several_share_and_nobody_confirmed_is_shown(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    shared = {"channel": "web_form", "url": "https://mirror.example/opt-out",
              "needs": ["full_name"], "basis": [{"kind": "independent_lists"}],
              "checked": "2026-08-01"}
    corrections.add_broker(world.instance.desk.library, {
        "name": "Sample Twin", "role": "broker", "category": "people_search",
        "status": {"is": "active"}, "procedures": [shared],
        "sources": [{"url": "https://twin.example/privacy", "checked": "2026-08-01"}]})
    text = visitor.get(SHOWN + "sample-twin").text
    assert "Shares an address that nobody confirmed https://mirror.example/opt-out" in text
    assert "If it is wrong, no request to any of them arrives." in text
    assert "Shares an address" not in visitor.get(SHOWN + "sample-people-search").text
