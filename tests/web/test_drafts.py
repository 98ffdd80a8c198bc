"""The pages of drafts for counsel: read first, made one at a time, filed by counsel."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.domain.actor import OWNER
from optout.domain.wanted import Wanted
from optout.domain.words import Standing
from optout.services import counsel as counsels
from optout.services import listing, plans, wishes
from tests.conftest import SAMPLES
from tests.everyone import every_request
from tests.page_checks import elements, text_of
from tests.web.conftest import AVERY, World
from tests.web.visitor import Page

COUNSEL = {
    "name": "Robin Sample", "organisation": "Sample Legal Clinic",
    "office-street": "1 Invented Plaza", "office-city": "Oakland", "office-region": "CA",
    "office-postal_code": "94612", "office-country": "US"}


@pytest.fixture
def brokers_file() -> Path:
    """Two agencies beside a broker."""
    return SAMPLES / "services" / "agency.yaml"


def begin(world: World) -> None:
    """Set up, with one person."""
    world.visitor.submit(world.set_up(), "/people/new", AVERY)


def page_of(world: World, broker: str = "ice") -> Page:
    return world.visitor.get(f"/people/{world.person_id}/drafts/{broker}")


def switched_on(world: World) -> Page:
    """The page with every question answered with yes."""
    page = world.visitor.submit(page_of(world), "/answers", button=("answer", "yes"))
    while True:
        open_ones = [f for f in elements(page.root, "form")
                     if any(b.get("value") == "yes" for b in elements(f, "button"))]
        if not open_ones:
            return page
        forms = [f for f in elements(page.root, "form")
                 if (f.get("action") or "").endswith("/answers")]
        page = world.visitor.submit(page, "/answers", button=("answer", "yes"),
                                    nth=forms.index(open_ones[0]))


def made(world: World) -> Page:
    return world.visitor.submit(switched_on(world), "/drafts/ice", {"read": "yes"})


def name_counsel(world: World, **values: str) -> Page:
    page = world.visitor.get(f"/people/{world.person_id}/counsel")
    return world.visitor.submit(page, "/counsel", {**COUNSEL, **values})


def test_the_page_asks_before_anything_can_be_made(world: World) -> None:
    begin(world)
    page = page_of(world)
    assert "Should drafts for a lawyer be prepared for this person?" in page.text
    assert "It cannot be made yet" in page.text
    assert not [f for f in elements(page.root, "form")
                if (f.get("action") or "").endswith("/drafts/ice")]
    assert "A lawyer decides first whether to ask, and files." in page.text


def test_every_warning_stands_on_the_page_before_the_button(world: World) -> None:
    begin(world)
    page = switched_on(world)
    for words in ("Nothing is ever sent to a public agency from here.",
                  "A request tells this agency more about you than you may want.",
                  "Some people must report it when they move.",
                  "Only you sign that this is true.",
                  "Homeland Security takes requests for records on its websites only.",
                  "Believe no caller who wants your data or your money."):
        assert words in page.text
        assert page.text.index(words) < page.text.index("Make this one draft")
    assert "stays out unless your lawyer has confirmed" in page.text


def test_a_yes_can_be_taken_back_there(world: World) -> None:
    begin(world)
    page = world.visitor.submit(switched_on(world), "/answers", button=("answer", "no"))
    assert page.path.startswith(f"/people/{world.person_id}/drafts/ice")
    assert "It cannot be made yet" in page.text


def test_nothing_is_made_without_the_tick_that_it_was_read(world: World) -> None:
    begin(world)
    page = world.visitor.submit(switched_on(world), "/drafts/ice", {"read": None})
    assert "Nothing was made" in page.html
    assert every_request(world.instance.desk) == ()


def test_a_draft_is_made_read_and_downloaded_and_has_no_way_out(world: World) -> None:
    begin(world)
    page = made(world)
    assert "Give it to your lawyer" in page.text
    assert "The program does not send this" in page.text
    forms = [f.get("action") or "" for f in elements(page.root, "form")]
    assert not [action for action in forms if action.endswith("/sent")]
    outside = [a.get("href") or "" for a in elements(page.root, "a")]
    assert not [link for link in outside if link.startswith(("http", "mailto"))]
    words = world.visitor.get(page.link("Read what it says"))
    assert "DRAFT FOR COUNSEL" in words.text
    assert "left to counsel’s pen" in words.text
    assert "4711" not in words.text
    pdf = world.visitor.ask("GET", words.link("Download"))
    assert pdf.mimetype == "application/pdf"
    assert "Made already" in page_of(world).text


def test_a_draft_is_not_marked_as_sent_by_hand(world: World) -> None:
    begin(world)
    page = made(world)
    token = next(e.get("value") or "" for e in elements(page.root, "input")
                 if e.get("name") == "csrf_token")
    (file,) = every_request(world.instance.desk)
    response = world.visitor.ask(
        "POST", f"/requests/{file.request.id}/sent",
        data=f"csrf_token={token}&on=2026-11-23", site="same-origin")
    assert response.status_code == 303
    assert "The program never sends this." in world.visitor.get(page.path).html
    (file,) = every_request(world.instance.desk)
    assert file.request.sent_on is None


def test_counsel_is_named_and_files_it(world: World) -> None:
    begin(world)
    page = made(world)
    name_counsel(world)
    (file,) = every_request(world.instance.desk)
    page = world.visitor.get(f"/requests/{file.request.id}")
    assert "once Robin Sample has filed it" in page.text
    page = world.visitor.submit(page, "/filed", {"on": "yesterday"})
    assert "Enter the day as a date" in page.html
    page = world.visitor.submit(page, "/filed", {"on": "2026-11-23", "number": "2026-1"})
    assert "counsel filed it" in page.html
    (file,) = every_request(world.instance.desk)
    assert file.request.sent_on is not None


def test_without_a_lawyer_nobody_filed_it(world: World) -> None:
    begin(world)
    made(world)
    name_counsel(world)
    (file,) = every_request(world.instance.desk)
    stale = world.visitor.get(f"/requests/{file.request.id}")
    counsels.remove_counsel(world.instance.desk, world.person_id, actor=OWNER)
    page = world.visitor.submit(stale, "/filed", {"on": "2026-11-23"})
    assert "No lawyer is named for this person" in page.html
    (file,) = every_request(world.instance.desk)
    assert file.request.sent_on is None


def test_the_form_about_counsel_keeps_what_was_typed_and_says_what_is_missing(
    world: World
) -> None:
    begin(world)
    page = name_counsel(world, **{"office-street": "", "office-city": "", "office-region": "",
                                  "office-postal_code": "", "office-country": ""})
    assert page.status == 422
    assert "Enter the address of the office." in page.errors.values()
    page = name_counsel(world, **{"office-country": ""})
    assert page.errors == {"office-country": "Choose the country of this address."}
    page = name_counsel(world, organisation="client A012345678")
    assert (page.status, len(page.errors)) == (422, 1)
    assert counsels.counsel_of(world.instance.desk, world.person_id) is None


def test_the_tick_for_the_home_is_off_until_somebody_sets_it(world: World) -> None:
    begin(world)
    name_counsel(world)
    kept = counsels.counsel_of(world.instance.desk, world.person_id)
    assert kept is not None
    assert not kept.may_show_home
    name_counsel(world, may_show_home="y")
    kept = counsels.counsel_of(world.instance.desk, world.person_id)
    assert kept is not None
    assert kept.may_show_home
    page = world.visitor.get(f"/people/{world.person_id}/counsel")
    assert any(e.get("checked") is not None for e in elements(page.root, "input"))
    page = world.visitor.submit(page, "/remove")
    assert counsels.counsel_of(world.instance.desk, world.person_id) is None


def test_the_page_of_a_person_names_the_lawyer(world: World) -> None:
    begin(world)
    page = world.visitor.get(f"/people/{world.person_id}")
    page = world.visitor.get(page.link("Name a lawyer"))
    page = world.visitor.submit(page, "/counsel", COUNSEL)
    assert "Robin Sample, Sample Legal Clinic" in page.text


def test_a_draft_is_never_ticked_in_a_plan_nor_packed_with_others(world: World) -> None:
    begin(world)
    made(world)
    desk = world.instance.desk
    action = plans.action_for(plans.plan_for(desk, world.person_id, brokers=("cbp",)), "cbp")
    from optout.web.planned import can_be_written

    assert action.may_go_on
    assert not can_be_written(action)
    page = world.visitor.get(f"/requests?person={world.person_id}")
    assert "Download everything" not in page.text
    assert world.visitor.get(f"/people/{world.person_id}/documents.zip").status == 404
    assert text_of(next(elements(page.root, "h1")))


def test_the_list_of_requests_calls_a_draft_what_it_is(world: World) -> None:
    begin(world)
    made(world)
    page = world.visitor.get("/requests")
    rows = text_of(next(elements(page.root, "table")))
    assert "Draft for your lawyer" in rows
    assert "Ready to send" not in rows
    assert listing.unsent_of(world.instance.desk, "", Standing.READY, most=9) == ()


def test_a_company_has_no_draft(world: World) -> None:
    begin(world)
    page = page_of(world, "quick-mail")
    assert page.path.startswith("/registry/companies/quick-mail")
    assert page_of(world, "nobody").status == 404


def test_a_plan_with_an_agency_leads_to_the_page_of_the_draft(world: World) -> None:
    begin(world)
    wishes.set_wanted(world.instance.desk, world.person_id, Wanted(brokers=("ice",)), actor=OWNER)
    switched_on(world)
    page = world.visitor.get(f"/people/{world.person_id}/plan")
    assert "The plan never asks it for anything" in page.text
    assert not [e for e in elements(page.root, "input")
                if (e.get("name"), e.get("type")) == ("broker", "checkbox")]
    assert world.visitor.get(page.link("Read it, and decide")).heading == "Draft for counsel"
