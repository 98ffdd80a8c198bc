"""Steps by one's own hand: looks, settings, and what is chosen about single companies."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.words import ChoiceKind
from optout.services import choices, exposures, requests
from optout.store import looks as look_rows
from optout.web import plan_summary
from tests.everyone import every_request
from tests.page_checks import elements, text_of
from tests.web.conftest import AVERY, World
from tests.web.test_cover import PLAN_BROKERS
from tests.web.visitor import Page, Visitor


@pytest.fixture
def brokers_file() -> Path:
    """A registry with a platform, a search page, and systems of an agency."""
    return PLAN_BROKERS


def plan_of(world: World, *, at_risk: bool = False, place: str = "US-CA") -> Page:
    """The plan for everything relevant."""
    person = {**AVERY, "residences-0-code": place}
    page = world.visitor.submit(world.set_up(at_risk=at_risk), "/people/new", person)
    return world.visitor.submit(page, "/cover")


def card(page: Page, broker: str) -> str:
    """The words of a company's card."""
    return text_of(next(e for e in elements(page.root) if e.get("id") == f"company-{broker}"))


def looks(world: World) -> list[tuple[str, LookResult]]:
    with world.instance.desk.store.reading() as session:
        return [(look.broker_id, look.result)
                for look in look_rows.of_person(session, world.person_id)]


# --- looks ------------------------------------------------------------------------------


def test_one_looks_before_one_asks(world: World) -> None:
    page = plan_of(world)
    words = card(page, "sample-search")
    assert "Look for yourself" in words
    for told in ("What the look tells them", "Full name", "Internet address of your connection"):
        assert told in words
    link = next(e for e in elements(page.root, "a")
                if "search.example" in (e.get("href") or ""))
    assert link.get("href") == "https://search.example/find/Avery-Zanzibarson"
    assert link.get("rel") == "noreferrer noopener"
    assert link.get("target") == "_blank"


def test_someone_at_risk_is_told_of_a_private_window_and_why(world: World) -> None:
    words = card(plan_of(world, at_risk=True), "sample-search")
    assert "Open the link in a private window, and do not sign in to anything there" in words
    assert "stay in the history of this computer" in words


def test_a_listing_that_was_found_becomes_a_request(world: World, visitor: Visitor) -> None:
    page = visitor.submit(plan_of(world), "/looks/listed", {"url": "https://search.example/me"})
    assert looks(world) == [("sample-search", LookResult.LISTED)]
    assert [e.url for e in exposures.list_exposures(
        world.instance.desk, world.person_id)] == ["https://search.example/me"]
    assert "You are listed there" in card(page, "sample-search")
    assert "Ask them" in card(page, "sample-search")


def test_a_listing_needs_no_link(world: World, visitor: Visitor) -> None:
    page = visitor.submit(plan_of(world), "/looks/listed")
    assert looks(world) == [("sample-search", LookResult.LISTED)]
    assert "You are listed there" in card(page, "sample-search")


def test_a_wrong_link_is_explained_where_it_was_typed(world: World, visitor: Visitor) -> None:
    page = visitor.submit(plan_of(world), "/looks/listed", {"url": "not a link"})
    assert page.status == 422
    assert page.heading == "Sample Search"
    assert "https://" in page.errors["url"]
    assert 'value="not a link"' in page.html
    assert looks(world) == []
    long = visitor.submit(page, "/looks/listed", {"url": "https://search.example/" + "a" * 2000})
    assert long.errors["url"] == "This is too long."


def test_who_found_nothing_is_not_made_known(world: World, visitor: Visitor) -> None:
    page = visitor.submit(plan_of(world), "/plan/looks", button=("result", "not_found"))
    assert looks(world) == [("sample-search", LookResult.NOT_FOUND)]
    assert "Left out" in page.text
    assert "found nothing: asking would only tell it about you." in page.text


@pytest.mark.parametrize(("reason", "kept"), [
    ("captcha", NoLook.CAPTCHA), ("no such reason", NoLook.OTHER)])
def test_who_could_not_look_says_why_and_can_ask(
    world: World, visitor: Visitor, reason: str, kept: NoLook,
) -> None:
    visitor.submit(plan_of(world), "/plan/looks/none", {"reason": reason})
    with world.instance.desk.store.reading() as session:
        (look,) = look_rows.of_person(session, world.person_id)
    assert (look.result, look.reason) == (LookResult.COULD_NOT_LOOK, kept)


def test_one_can_ask_without_looking(world: World, visitor: Visitor) -> None:
    page = visitor.submit(plan_of(world), "/choices/ask", button=("broker", "sample-search"))
    assert looks(world) == []
    assert "Ask them" in card(page, "sample-search")
    assert "Ready" in card(page, "sample-search")


# --- choices ----------------------------------------------------------------------------


def chosen(world: World) -> dict[str, ChoiceKind]:
    return {b: c.kind for b, c in choices.choices_of(
        world.instance.desk, world.person_id).items()}


def form_of(page: Page, action: str, broker: str) -> int:
    """Which of the forms to an address is about a company."""
    forms = [f for f in elements(page.root, "form")
             if (f.get("action") or "").endswith(action)]
    return next(n for n, form in enumerate(forms)
                if any(e.get("value") == broker for e in elements(form, "input", "button")))


def test_a_company_is_left_out_with_a_reason_and_taken_back(
    world: World, visitor: Visitor
) -> None:
    plan = plan_of(world)
    nth = form_of(plan, "/choices/skip", "sample-search")
    page = visitor.submit(plan, "/choices/skip", {"reason": "my own employer"}, nth=nth)
    assert chosen(world) == {"sample-search": ChoiceKind.SKIP}
    assert "You left it out: my own employer" in page.text
    own = visitor.get(page.link("Sample Search"))
    assert "Left out by you: my own employer" in own.text
    back = visitor.submit(own, "/choices/back", button=("broker", "sample-search"))
    assert back.heading == "Sample Search"
    assert chosen(world) == {}
    left = visitor.submit(visitor.get(plan.path), "/choices/skip", {"reason": "x"}, nth=nth)
    again = visitor.submit(left, "/choices/back", button=("broker", "sample-search"))
    assert again.heading == "Plan"
    assert chosen(world) == {}


def test_leaving_out_needs_a_reason(world: World, visitor: Visitor) -> None:
    plan = plan_of(world)
    nth = form_of(plan, "/choices/skip", "sample-search")
    page = visitor.submit(plan, "/choices/skip", nth=nth)
    assert page.status == 422
    assert page.heading == "Sample Search"
    assert "Write a word or two" in page.errors["reason"]
    assert chosen(world) == {}


def test_a_company_is_put_off_until_a_day(world: World, visitor: Visitor) -> None:
    plan = plan_of(world)
    nth = form_of(plan, "/choices/postpone", "sample-search")
    past = visitor.submit(plan, "/choices/postpone", {"until": "2026-11-01"}, nth=nth)
    assert past.errors["until"] == "Choose a day after today."
    none = visitor.submit(plan, "/choices/postpone", nth=nth)
    assert "Enter a day" in none.errors["until"]
    page = visitor.submit(plan, "/choices/postpone", {"until": "2026-12-24"}, nth=nth)
    assert chosen(world) == {"sample-search": ChoiceKind.POSTPONE}
    assert "You put it off until" in page.text
    own = visitor.get(page.link("Sample Search"))
    assert "Put off by you, until Dec 24, 2026" in own.text


def test_a_setting_that_was_changed_leaves_the_plan(world: World, visitor: Visitor) -> None:
    plan = plan_of(world)
    words = card(plan, "app-location-feeds")
    assert "By your own hand" in words
    assert "What to do" in words
    page = visitor.submit(plan, "/choices/done", button=("broker", "app-location-feeds"))
    assert chosen(world) == {"app-location-feeds": ChoiceKind.SKIP}
    assert "company-app-location-feeds" not in page.html


def test_a_choice_about_nobody_is_refused(world: World, visitor: Visitor) -> None:
    plan = plan_of(world)
    token = next(e.get("value") for e in elements(plan.root, "input")
                 if e.get("name") == "csrf_token")
    for act in ("ask", "skip", "done", "postpone", "back"):
        answer = visitor.ask("POST", f"{plan.path}/choices/{act}",
                             data=f"csrf_token={token}&broker=made-up")
        assert answer.status_code == 404
    for act in ("looks", "looks/listed"):
        answer = visitor.ask("POST", f"{plan.path}/{act}",
                             data=f"csrf_token={token}&broker=made-up")
        assert answer.status_code == 404
    assert chosen(world) == {}


# --- the platform -----------------------------------------------------------------------


def test_the_platform_stands_first_and_says_what_it_leaves(world: World) -> None:
    page = plan_of(world)
    first = next(e for e in elements(page.root, "article"))
    assert first.get("id") == "company-california-drop"
    words = text_of(first)
    for said in ("Prove where you live.",
                 "The companies must fetch the list every 45 days.",
                 "They have 90 days to report what they did.",
                 "It does not reach public records.",
                 "It leaves 2 of your companies uncovered Sample Search, Sample Silent",
                 "2 companies are left to it alone Sample Location, Sample Marketing"):
        assert said in words, said
    for article in elements(page.root, "article"):
        assert article.get("id") not in {"company-sample-location", "company-sample-marketing"}


def test_a_company_that_the_platform_covers_can_be_asked_too(
    world: World, visitor: Visitor
) -> None:
    plan = plan_of(world)
    own = visitor.get(plan.link("Have some of them asked too"))
    assert own.heading == "Sample Platform"
    visitor.submit(own, "/choices/ask", button=("broker", "sample-marketing"))
    assert chosen(world) == {"sample-marketing": ChoiceKind.ASK}
    assert "Ready" in card(visitor.get(plan.path), "sample-marketing")
    served = visitor.get(f"{plan.path}/sample-location")
    assert "Served by another step" in served.text
    asked = visitor.submit(served, "/choices/ask", button=("broker", "sample-location"))
    assert "To be asked in any case" in asked.text


def test_after_the_platform_was_asked_its_card_says_when_to_look(
    world: World, visitor: Visitor
) -> None:
    plan = plan_of(world)
    made = requests.create_requests(
        world.instance.desk, world.person_id, ["california-drop"], actor="owner")
    page = visitor.get(plan.path)
    assert "It is prepared, and not marked as sent yet." in card(page, "california-drop")
    page = visitor.submit(visitor.get(f"/requests/{made[0].request.id}"), "/prepare")
    visitor.submit(page, "/sent")
    page = visitor.get(plan.path)
    words = card(page, "california-drop")
    assert "One request here reaches 2 registered companies." in words
    assert "You sent it on Nov 23, 2026." in words
    assert "Look at its status page on" in words
    assert "Asked already" in words
    own = visitor.get(f"{plan.path}/california-drop")
    assert "You sent it on Nov 23, 2026." in own.text


def test_elsewhere_there_is_no_platform(world: World) -> None:
    page = plan_of(world, place="US-TX")
    assert "Sample Platform" not in page.text.partition("Left out")[0]


# --- what is never part of it -----------------------------------------------------------


def test_systems_of_agencies_are_explained_and_never_a_step(
    world: World, visitor: Visitor
) -> None:
    plan = plan_of(world)
    assert "Sample Agency" not in plan.text
    page = visitor.get(plan.link("Why, and what helps instead"))
    assert page.status == 200
    assert visitor.get(f"{plan.path}/sample-agency").status == 404
    token = next(e.get("value") for e in elements(plan.root, "input")
                 if e.get("name") == "csrf_token")
    for target in (f"{plan.path}/week", f"/people/{world.person_id}/requests"):
        visitor.ask("POST", target, data=f"csrf_token={token}&broker=sample-agency")
    assert every_request(world.instance.desk) == ()


def test_a_company_without_a_way_out_is_left_out_with_the_reason(
    world: World, visitor: Visitor
) -> None:
    plan = plan_of(world)
    own = visitor.get(plan.link("Sample Silent"))
    assert own.heading == "Sample Silent"
    assert "Left out" in own.text


# --- what this week cost ----------------------------------------------------------------


def test_looks_and_steps_by_ones_own_hand_count_for_this_week(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_summary, "FEW", 0)
    slow = visitor.submit(plan_of(world), "/plan/pace", {"minutes": "10", "days": "1"})
    assert "This week (1)" in slow.text
    own = visitor.get(f"/people/{world.person_id}/plan/app-location-feeds")
    visitor.submit(own, "/choices/done", button=("broker", "app-location-feeds"))
    assert "This week (0)" in visitor.get(f"/people/{world.person_id}/plan").text


# --- the safety rules of a person's form -------------------------------------------------


@pytest.mark.parametrize("at_risk", [True, False])
def test_the_form_about_a_person_says_what_is_never_kept(
    world: World, *, at_risk: bool
) -> None:
    page = world.set_up(at_risk=at_risk)
    assert "Some things are never kept here." in page.text
    assert ("Safety comes before opt-outs." in page.text) is at_risk
