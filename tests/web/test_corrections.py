"""The person's own part of the registry: reported, corrected, added, shown, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.domain.errors import InvalidFile
from optout.domain.words import Trust
from optout.web.forms.registry import AddForm
from optout.web.registry_changes import blame_fields
from tests.web.conftest import World
from tests.web.test_registry import REGISTRY, SHOWN
from tests.web.visitor import Page, Visitor

SEARCH = SHOWN + "sample-people-search"
NEWCOMER = {
    "name": "Newcomer Search", "domain": "https://www.newcomer.example/", "channel": "web_form",
    "category": "people_search", "contact": "https://newcomer.example/opt-out",
    "needs": ["full_name", "reply_email"], "source": "https://newcomer.example/privacy"}


@pytest.fixture
def brokers_file(tmp_path: Path) -> Path:
    """A registry that a newer one may take the place of."""
    file = tmp_path / "brokers.yaml"
    file.write_text(REGISTRY.read_text("utf-8"), "utf-8")
    return file


def correcting(world: World, visitor: Visitor, shown: str = SEARCH) -> Page:
    """The form to correct a company."""
    world.set_up()
    return visitor.get(visitor.get(shown).link("Correct this entry"))


def test_an_outdated_way_asks_for_a_look_from_now_on(world: World, visitor: Visitor) -> None:
    world.set_up()
    page = visitor.get(SEARCH)
    assert page.text.count("Look at their page first") == 1
    page = visitor.submit(page, "/outdated", button=("way", "0"))
    assert "you will be asked to look first" in page.html
    assert "Corrected by you" in page.text
    assert "to be looked at again by 2026-11-22" in page.text
    way = world.instance.desk.registry.get("sample-people-search").procedures[0]
    assert way.wants_a_look(world.clock.today())


@pytest.mark.parametrize("way", ["7", "-1", "x", "²", "", "99999999"])
def test_a_way_that_is_not_there_cannot_be_outdated(
    world: World, visitor: Visitor, way: str
) -> None:
    world.set_up()
    page = visitor.submit(visitor.get(SEARCH), "/outdated", button=("way", way))
    assert page.status == 400
    assert "There is no such way out" in page.text


def test_a_correction_is_in_force_shown_as_ones_own_and_taken_back(
    world: World, visitor: Visitor
) -> None:
    page = correcting(world, visitor)
    page = visitor.submit(page, "/correct", {
        "procedures-0-email": "desk@people.example", "status": "unclear",
        "domains": "https://www.People.example/about\nthird.example",
        "notes": "They moved\ntheir desk."})
    assert "in force" in page.html
    text = page.text
    for words in ("You corrected this. Your words are in force.", "E-mail: desk@people.example",
                  "E-mail: privacy@people.example", "unclear whether still active",
                  "third.example", "They moved their desk.", "A made-up company."):
        assert words in text
    broker = world.instance.desk.registry.get("sample-people-search")
    assert broker.domains == ("people.example", "third.example")
    assert broker.since == world.clock.today()
    assert broker.procedures[0].trust is Trust.CORROBORATED
    page = visitor.submit(page, "/undo")
    assert "Taken back." in page.html
    assert "desk@people.example" not in page.text
    assert "Corrected by you" not in page.text


def test_a_letter_s_address_is_corrected_part_by_part(world: World, visitor: Visitor) -> None:
    page = correcting(world, visitor)
    visitor.submit(page, "/correct", {
        "procedures-1-address-lines": "Privacy Desk\n7 Other Street",
        "procedures-1-address-postal_code": ""})
    place = world.instance.desk.registry.get("sample-people-search").procedures[1].address
    assert place is not None
    assert place.lines == ("Privacy Desk", "7 Other Street")
    assert (place.city, place.region, place.postal_code) == ("Springfield", "IL", "")


def test_what_one_saw_oneself_verifies_a_way(world: World, visitor: Visitor) -> None:
    page = correcting(world, visitor, SHOWN + "sample-quiet")
    page = visitor.submit(page, "/correct", {"procedures-0-seen": "y"})
    assert "Looked at on 2026-11-23." in page.text
    assert "Look at their page first" not in page.text
    assert world.instance.desk.registry.get("sample-quiet").trust is Trust.VERIFIED


def test_a_form_that_changes_nothing_leaves_nothing(world: World, visitor: Visitor) -> None:
    page = visitor.submit(correcting(world, visitor), "/correct")
    assert "Corrected by you" not in page.text


@pytest.mark.parametrize(("name", "value", "at"), [
    ("procedures-0-email", "no mailbox", "procedures-0-email"),
    ("procedures-1-address-city", "", "procedures-1-address-city"),
    ("procedures-2-phone", "555", "procedures-2-phone"),
    ("domains", "nothing_at_all!", "domains"),
    ("notes", "x" * 1300, "notes"),
    ("notes", "x" * 4001, "notes"),
])
def test_what_the_registry_s_check_finds_is_shown_at_its_field(
    world: World, visitor: Visitor, name: str, value: str, at: str
) -> None:
    page = visitor.submit(correcting(world, visitor), "/correct", {name: value})
    assert page.status == 422
    assert list(page.errors) == [at]
    assert ".yaml" not in page.errors[at]
    assert not world.instance.desk.library.overlay_file.exists()


def test_a_form_of_an_entry_that_changed_meanwhile_is_not_taken(
    world: World, visitor: Visitor
) -> None:
    page = correcting(world, visitor)
    page = visitor.submit(page, "/correct", {"procedures-0-channel": "fax"})
    assert "changed meanwhile" in page.errors["main"]


def test_a_newer_registry_that_says_otherwise_is_shown_side_by_side(
    world: World, visitor: Visitor, brokers_file: Path
) -> None:
    page = correcting(world, visitor)
    visitor.submit(page, "/correct", {"notes": "My own note."})
    brokers_file.write_text(
        brokers_file.read_text("utf-8").replace("A made-up company.", "A newer note."), "utf-8")
    world.instance.desk.library.reload()
    page = visitor.get(SEARCH)
    assert "has changed since you corrected this" in page.text
    assert "A newer note." in page.text
    assert "My own note." in page.text
    page = visitor.submit(page, "/keep")
    assert "Your own words stay in force." in page.html
    assert "has changed since" not in page.text
    brokers_file.write_text(
        brokers_file.read_text("utf-8").replace("A newer note.", "My own note."), "utf-8")
    world.instance.desk.library.reload()
    assert "no longer needed" in visitor.get(SEARCH).text


def adding(world: World, visitor: Visitor) -> Page:
    """The form to add a company."""
    return visitor.get(visitor.get(world.set_up().link("Companies")).link("Add a company"))


def test_a_company_is_added_and_can_be_asked(world: World, visitor: Visitor) -> None:
    page = visitor.submit(adding(world, visitor), "/add", NEWCOMER)
    assert page.heading == "Newcomer Search"
    assert "You added this company." in page.text
    assert "Full name" in page.text
    broker = world.instance.desk.registry.get("newcomer-search")
    assert broker.domains == ("newcomer.example",)
    assert broker.trust is Trust.UNVERIFIED
    assert world.instance.desk.registry.match("newcomer.example/4711") == broker
    page = visitor.submit(page, "/undo")
    assert page.heading == "All companies"
    assert "newcomer-search" not in world.instance.desk.registry


def test_a_company_may_be_asked_by_post_or_not_at_all(world: World, visitor: Visitor) -> None:
    form = adding(world, visitor)
    page = visitor.submit(form, "/add", {
        **NEWCOMER, "channel": "postal_mail", "contact": "", "source": "https://lists.example/all",
        "address-lines": "PO Box 7", "address-city": "Albany", "address-country": "US"})
    assert "PO Box 7" in page.text
    assert "a list by others" in page.text
    page = visitor.submit(form, "/add", {**NEWCOMER, "name": "Second", "channel": "",
                                         "domain": "second.example", "contact": ""})
    assert "No way out is known yet." in page.text


@pytest.mark.parametrize(("wrong", "at"), [
    ({"name": ""}, "name"),
    ({"name": "!!!"}, "name"),
    ({"name": "Sample Gone"}, "name"),
    ({"domain": "nowhere"}, "domain"),
    ({"domain": "people-two.example"}, "domain"),
    ({"category": ""}, "category"),
    ({"channel": ""}, "channel"),
    ({"contact": ""}, "contact"),
    ({"contact": "newcomer"}, "contact"),
    ({"channel": "phone", "contact": "555"}, "contact"),
    ({"channel": "postal_mail", "contact": "", "address-lines": "PO Box 7",
      "address-country": "US"}, "address-city"),
    ({"channel": "postal_mail", "contact": ""}, "address-lines"),
    ({"source": ""}, "source"),
    ({"source": "somewhere"}, "source"),
])
def test_a_company_that_cannot_be_added_says_why(
    world: World, visitor: Visitor, wrong: dict[str, str], at: str
) -> None:
    page = visitor.submit(adding(world, visitor), "/add", {**NEWCOMER, **wrong})
    assert page.status == 422
    assert at in page.errors
    assert "main" not in page.errors
    assert not world.instance.desk.library.overlay_file.exists()


def test_a_company_with_requests_stays(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.submit(visitor.get("/registry/add"), "/add", NEWCOMER)
    page = visitor.submit(page, "/select", button=("person", world.person_id))
    plan = visitor.get(f"/people/{world.person_id}/plan")
    visitor.submit(plan, "/requests")
    page = visitor.submit(visitor.get(SHOWN + "newcomer-search"), "/undo")
    assert "You have requests to this company" in page.html
    assert "newcomer-search" in world.instance.desk.registry


def test_nothing_of_ones_own_cannot_be_taken_back(world: World, visitor: Visitor) -> None:
    page = correcting(world, visitor)
    visitor.submit(page, "/correct", {"notes": "Once."})
    page = visitor.get(SEARCH)
    visitor.submit(page, "/undo")
    assert visitor.submit(page, "/undo").status == 404


BY_HAND = """schema: optout-brokers/1
brokers:
- id: sample-mirror
  aliases: [Looking Glass]
  registered_in: [{registry: us-vt, year: 2026}]
  search: {url: "https://mirror.example/find", reveals: [full_name]}
- id: first-own
  name: First Own
  role: broker
  category: marketing
  status: {is: active}
  cannot: Nothing is known yet.
  sources: [{url: "https://own.example/", checked: 2026-11-20}]
- id: second-own
  name: Second Own
  role: broker
  category: marketing
  status: {is: active}
  cannot: Nothing is known yet.
  related: [first-own]
  sources: [{url: "https://own.example/", checked: 2026-11-20}]
end: true
"""


def test_what_was_corrected_by_hand_in_the_file_is_shown_too(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    world.instance.desk.library.overlay_file.write_text(BY_HAND, "utf-8")
    world.instance.desk.library.reload()
    text = visitor.get(SHOWN + "sample-mirror").text
    for words in ("Looking Glass", "registry: us-vt, year: 2026",
                  "url: https://mirror.example/find"):
        assert words in text
    assert "Corrected by you" not in visitor.get(SEARCH).text


def test_a_company_that_another_one_needs_is_not_taken_back(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    world.instance.desk.library.overlay_file.write_text(BY_HAND, "utf-8")
    world.instance.desk.library.reload()
    page = visitor.submit(visitor.get(SHOWN + "first-own"), "/undo")
    assert "Something else that you added needs this entry." in page.html
    assert page.heading == "First Own"


@pytest.mark.parametrize(("problem", "said"), [
    ("brokers.local.yaml:7: some-id: covers[0].id: there is none", "covers[0].id: there is none"),
    ("brokers.local.yaml:7: it is cut off", "it is cut off"),
    ("it is cut off", "it is cut off"),
])
def test_what_belongs_to_no_field_is_said_at_the_head(
    world: World, problem: str, said: str
) -> None:
    with world.app.test_request_context(base_url="http://127.0.0.1:5170"):
        form = AddForm()
        blame_fields(form, InvalidFile("The registry has an error.", problems=(problem,)))
    assert form.form_errors == [said]


def test_of_two_forms_of_one_entry_the_later_one_does_not_undo_the_first(
    world: World, visitor: Visitor
) -> None:
    first = correcting(world, visitor)
    second = visitor.get(first.path)
    visitor.submit(first, "/correct", {"notes": "They moved."})
    page = visitor.submit(second, "/correct", {"domains": "people.example\nthird.example"})
    assert "changed meanwhile" in page.errors["main"]
    assert world.instance.desk.registry.get("sample-people-search").notes == "They moved."


def test_a_character_that_nobody_can_see_is_refused_on_a_valid_page(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(correcting(world, visitor), "/correct", {"notes": "a\x01\ufffeb"})
    assert "nobody can see" in page.errors["notes"]
    assert not world.instance.desk.library.overlay_file.exists()
    for path in ("/registry/?q=%00", "/registry/companies/%00", "/registry/?q=%C2%85"):
        visitor.get(path)
