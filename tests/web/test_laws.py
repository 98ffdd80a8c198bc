"""Rights in plain words, for a person and for a place; all laws, and one whole."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.actor import OWNER
from optout.domain.places import Residence
from optout.law.model import History, Law, LawBook
from optout.law.words import PersonClass
from optout.services import people
from tests.conftest import MONDAY
from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor


def rights_in(world: World, code: str, **choices: str) -> Page:
    """The page of what the law gives in a place."""
    page = world.visitor.submit(world.visitor.get("/rights"), "/rights", {"place": code})
    return world.visitor.submit(page, "/rights", choices, nth=0) if choices else page


def doubted(world: World, law_id: str, *fields: str, **changes: Any) -> Law:
    """Put a law into the book of which these fields are not certain."""
    book = world.instance.desk.laws
    law = replace(book.law(law_id, MONDAY), low_confidence_fields=fields, **changes)
    histories = {**book.histories, law_id: History(((date.min, law),))}
    library = world.instance.desk.library
    library.__dict__["packaged_laws"] = LawBook(histories, book.checked)
    library._laws = None
    return law


def test_the_rights_of_a_person_are_one_click_away(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(visitor.get(f"/people/{world.person_id}").link("Your rights"))
    assert page.heading == "Your rights"
    assert "Avery" not in page.title
    for words in (
            "What the law lets you ask on Monday, November 23, 2026.",
            "California Delete Act: Delete", "DROP, the Delete Request and Opt-out Platform",
            "They must confirm that your request arrived within 10 business days.",
            "They have 45 days, counted from receipt of the request.",
            "They may take 45 days more, but only if they tell you so in time",
            "They have 15 business days", "Small firms are outside the law.",
            "The request says: “to the extent that you are a “business”",
            "Until 2026-12-31 California lets you delete only what a firm collected",
            "You can complain at once.", "Sacramento, CA 94244-2550",
            "Somebody whom you permit can use these rights for you.",
            "The law lets people sue in some cases only.", "Checked on Nov 23, 2026.",
            "Jan 1, 2027", "known second-hand", "by itself",
            "seen, corrected and frozen, not deleted", "Against companies elsewhere"):
        assert words in page.text, words
    assert page.text.count("not legal advice") == 1


def test_the_plan_and_a_request_lead_to_the_rights_behind_them(
    world: World, visitor: Visitor
) -> None:
    plan = world.planned("sample-people-search")
    assert visitor.get(plan.link("Which rights it rests on")).heading == "Your rights"
    request = visitor.get(visitor.submit(plan, "/requests").link("Sample"))
    assert visitor.get(request.link("All rights of this person")).heading == "Your rights"
    assert "What it does not claim, and why" in request.text
    assert "Until 2026-12-31 California lets you delete only" in request.text
    assert visitor.get(request.link("All about this law")).status == 200


def test_rights_can_be_looked_up_before_anybody_is_entered(
    world: World, visitor: Visitor
) -> None:
    page = visitor.get(world.set_up().link("Rights"))
    assert page.heading == "Rights"
    assert "For a person" not in page.text
    page = visitor.submit(page, "/rights", {"place": "DE"})
    assert page.heading == "Rights by place"
    assert "They have 1 month, counted from receipt of the request." in page.text
    assert "There is one for each state." in page.text
    assert "Berliner Beauftragte" in page.text
    assert not [path for path in visitor.seen if "DE" in path], "a place is in no address"


def test_who_has_no_law_is_told_kindly_and_not_left_alone(
    world: World, visitor: Visitor
) -> None:
    world.with_person()
    assert "Rights of Avery" in visitor.get("/rights").text
    page = rights_in(world, "US-NY")
    for words in ("New York has no privacy law that gives you a right against data brokers",
                  "You are not without means:", "claims no right that you do not have",
                  "Federal law protects the files", "wherever you live"):
        assert words in page.text
    abroad = rights_in(world, "JP")
    assert "Federal law protects" not in abroad.text
    assert "Japan has no privacy law" in abroad.text


def test_a_narrow_law_and_one_that_only_shows_raise_no_false_hope(world: World) -> None:
    world.set_up()
    washington = rights_in(world, "US-WA").text
    assert "(one kind of data or company only): Delete" in washington
    assert "it does not get you out of everything" in washington
    assert "Take care, it is narrow:" in washington
    brazil = rights_in(world, "BR").text
    assert "it does not let you demand to be taken out" in brazil
    california = rights_in(world, "US-CA").text
    assert "as a courtesy" not in california


def test_a_choice_that_is_no_place_is_asked_again(world: World, visitor: Visitor) -> None:
    world.set_up()
    for place in ("", "XX-YY", "<b>"):
        response = visitor.client.post(
            "/rights", base_url="http://127.0.0.1:5170", headers={"Sec-Fetch-Site": "same-origin"},
            data={"place": place, "csrf_token": token(visitor)})
        assert response.status_code == 422
        assert "Choose a state or country." in response.get_data(as_text=True)


def token(visitor: Visitor) -> str:
    """The form token of this session."""
    form = visitor.get("/rights").form("/rights")
    return next(e.get("value") or "" for e in elements(form, "input")
                if e.get("name") == "csrf_token")


def test_who_sends_the_request_changes_what_holds(world: World) -> None:
    world.set_up()
    page = rights_in(world, "US-VA", acting_as="agent")
    assert "does not provide for agents" in page.text
    assert "1 law there that gives nothing to ask for in this way" in page.text
    selected = [text_of(e) for e in elements(page.root, "option") if e.get("selected") is not None]
    assert selected == ["Somebody whom you gave a signed permission"]
    again = rights_in(world, "US-VA", acting_as="guardian")
    assert "Virginia Consumer Data Protection Act: Delete" in again.text


def test_people_abroad_learn_that_federal_records_are_open_to_them_as_well(world: World) -> None:
    world.with_person()
    text = rights_in(world, "DE").text
    assert "Freedom of Information Act" in text
    assert "nothing is sent to an agency from here" in text
    assert "nothing is sent to an agency from here" not in rights_in(world, "US-NY").text


def test_a_home_left_lately_is_told_with_its_day(world: World, visitor: Visitor) -> None:
    world.with_person()
    desk = world.instance.desk
    person = people.get_person(desk, world.person_id)
    people.update_person(desk, replace(person, residences=(
        Residence("US-CA", valid_to=date(2026, 10, 1)), Residence("DE"))), actor=OWNER)
    page = visitor.get(f"/people/{world.person_id}/rights")
    assert "California, where you lived" in page.text
    assert "You lived there until Oct 1, 2026." in page.text
    assert "Requests made here rest on where you live now" in page.text


class TestOnlyForSome:
    """Laws for certain people."""

    @pytest.fixture
    def officials(self, world: World) -> str:
        """A law for officials of California, in an unlocked world with a person."""
        world.with_person()
        law = world.instance.desk.laws.law("us-ca-ccpa", MONDAY)
        doubted(world, "us-ca-ccpa", people=replace(
            law.people, people=PersonClass.COVERED_PERSONS, text="Judges of California.",
            question="Are you a judge?"))
        return "us-ca-ccpa"

    def test_a_tick_shows_it_for_this_view_and_is_kept_nowhere(
        self, world: World, visitor: Visitor, officials: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        path = f"/people/{world.person_id}/rights"
        page = visitor.get(path)
        assert "Are you a judge?" in page.text
        assert "They have 15 business days" not in page.text
        before = dict(world.app.extensions["optout"].sessions.__dict__)
        ticked = visitor.submit(page, "/rights", {"declared": officials})
        assert ticked.path == path
        assert ticked.status == 200, "the page itself answers, nothing leads elsewhere"
        assert ticked.response.headers["Cache-Control"] == "no-store"
        assert "They have 15 business days" in ticked.text
        assert checked(ticked) == [officials]
        assert checked(visitor.get(path)) == []
        assert "They have 15 business days" not in visitor.get(path).text
        assert not [seen for seen in visitor.seen if officials in seen]
        kept = repr(world.app.extensions["optout"].sessions.__dict__)
        assert officials not in kept
        assert before.keys() == world.app.extensions["optout"].sessions.__dict__.keys()
        assert officials not in caplog.text
        database = world.instance.desk.settings.instance
        assert not [file for file in database.rglob("*") if file.is_file()
                    and officials.encode() in file.read_bytes()]

    def test_what_is_no_such_law_is_not_taken(
        self, world: World, visitor: Visitor, officials: str
    ) -> None:
        del officials
        response = visitor.ask(
            "POST", f"/people/{world.person_id}/rights",
            data=f"csrf_token={token(visitor)}&declared=us-federal-fcra&acting_as=made-up")
        assert response.status_code == 200
        assert checked(Page("", response)) == []

    def test_one_that_gives_nothing_has_no_tick(self, world: World) -> None:
        world.set_up()
        law = world.instance.desk.laws.law("us-ca-ccpa", MONDAY)
        doubted(world, "us-ca-ccpa", "all", people=replace(
            law.people, people=PersonClass.COVERED_PERSONS, text="Judges of California."))
        page = rights_in(world, "US-CA")
        part = page.html.split('id="for-some"')[1]
        assert "Judges of California." in part
        assert 'value="us-ca-ccpa"' not in part
        assert "not certain enough to assert it" in page.text


def checked(page: Page) -> list[str]:
    """What is ticked."""
    return [e.get("value") or "" for e in elements(page.root, "input")
            if e.get("type") == "checkbox" and e.get("checked") is not None]


def test_every_law_has_its_page(world: World, visitor: Visitor) -> None:
    world.set_up()
    index = visitor.get("/laws")
    assert index.heading == "All laws"
    for law in world.instance.desk.laws.all_on(MONDAY):
        page = visitor.get(f"/laws/{law.id}")
        assert page.heading == law.name
        assert f'href="/laws/{law.id}"' in index.html
        for url in law.sources:
            assert url.replace("&", "&amp;") in page.html


def test_the_list_of_laws_tells_what_changes_when_and_can_be_narrowed(
    world: World, visitor: Visitor
) -> None:
    world.set_up()
    page = visitor.get("/laws")
    assert "Jan 1, 2027 California Consumer Privacy Act California SB 923" in page.text
    page = visitor.submit(page, "/laws", {"place": "US-VA"})
    assert "Virginia Consumer Data Protection Act" in page.text
    assert "General Data Protection Regulation" not in page.text
    assert "No coming change is known here." in page.text
    europe = visitor.submit(page, "/laws", {"place": "EU"})
    assert europe.text.count("General Data Protection Regulation") == 1
    assert visitor.get("/laws?place=%3Cscript%3E").text.count("since") > 20


@pytest.mark.parametrize(("law_id", "told", "untold"), [
    ("us-nv-603a", ("No. This law gives no right to deletion", "The clock starts only once"),
     ("It covers only what you gave them", "does not stop the clock")),
    ("us-federal-foia", ("No. It lets you see records.", "First appeal to the agency itself."),
     ("It covers only what you gave them", "First appeal to the company")),
    ("us-ut-ucpa", ("No. It covers only what you gave them yourself",), ()),
    ("us-or-ocpa", ("For an opt-out they may not make you prove who you are.",), ()),
    ("us-nj-daniels-law", ("asks for no proof of who you are",), ("For an opt-out they",)),
    ("us-wa-mhmda", ("does not stop the clock. RCW 19.373.040(1)(g)",), ("As far as we know, a",)),
])
def test_a_law_is_told_by_what_it_gives(
    world: World, visitor: Visitor, law_id: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    world.set_up()
    text = visitor.get(f"/laws/{law_id}").text
    assert [words for words in told if words not in text] == []
    assert [words for words in untold if words in text] == []


def test_one_law_is_told_whole(world: World, visitor: Visitor) -> None:
    world.set_up()
    law = world.instance.desk.laws.law("us-va-vcdpa", MONDAY)
    text = visitor.get("/laws/us-va-vcdpa").text
    for words in ("Virginia · Privacy law on firms of many kinds · VCDPA", "It is in force.",
                  "It took effect on Sunday, January 1, 2023.", law.people.text,
                  law.people.excludes, law.thresholds, law.free_requests, law.verification.rule,
                  "It reaches what they got from others, too.",
                  "no help against brokers It reaches only what you gave them yourself.",
                  "Va. Code § 59.1-577(A)(3) · Va. Code § 59.1-577(B)(1)",
                  "Yes. It does not matter where they got it.", "First appeal to the company",
                  "It has 60 days to answer the appeal.", "does not stop the clock",
                  "The law does not speak of it, so a company may refuse.",
                  "holidays of Virginia", "Dec 31, 2028", law.authorities[0].name,
                  "We read the main rights and periods in the law itself", *law.notes,
                  *(exemption.text for exemption in law.exemptions),
                  *(limit.limit.why for limit in law.threshold_limits)):
        assert " ".join(words.split()) in text, words
    california = visitor.get("/laws/us-ca-delete-act").text
    assert "Brokers fetch new requests within 45 days" in california
    assert visitor.get("/laws/eu-gdpr").text.count("the clock may stand still") == 1
    assert visitor.get("/laws/nobody").status == 404


def test_a_change_that_holds_already_moves_to_what_changed(
    world: World, visitor: Visitor
) -> None:
    world.clock.forward(days=60)
    world.set_up()
    text = visitor.get("/laws/us-ca-ccpa").text
    assert "What changed lately Jan 1, 2027: Deletion also reaches" in text


def test_what_is_not_known_is_said_to_be_unknown(world: World, visitor: Visitor) -> None:
    world.set_up()
    doubted(world, "us-va-vcdpa", "agent", "appeal", "exemptions", "counting", "citation",
            "deletion_of_third_party_data", "private_right_of_action", "identity_verification",
            "rights.delete", "rights.access.deadline", "rights.correct.section", "extension",
            "effective_date")
    text = visitor.get("/laws/us-va-vcdpa").text
    for words in ("not certain No request asserts it.",
                  "We do not know for certain how much time they have.",
                  "Whether they may take longer we do not know for certain.",
                  "We do not know for certain how far deletion reaches.",
                  "(the exact paragraph is not certain)"):
        assert words in text, words
    law = world.instance.desk.laws.law("us-va-vcdpa", MONDAY)
    for fact in ("60 days", "45 days more", "January 1, 2023", "does not stop",
                 "It does not matter where", law.agent.proof, law.private_action.text,
                 law.appeal.how, law.third_party_deletion.text,
                 *(exemption.text for exemption in law.exemptions)):
        assert fact not in text, fact
    assert "We do not know for certain whether you can appeal" in text
    assert "This is how the program counts, with care" in text
    assert "the exact citation is not certain" in text


def test_parts_of_an_appeal_can_be_unknown(world: World, visitor: Visitor) -> None:
    world.set_up()
    law = doubted(world, "us-va-vcdpa", "appeal.answer_within", "agent.proof",
                  "private_right_of_action.text")
    text = visitor.get("/laws/us-va-vcdpa").text
    assert "First appeal to the company itself." in text
    assert "By when it must answer the appeal we do not know for certain." in text
    assert "60 days" not in text
    assert law.agent.proof not in text
    assert law.private_action.text not in text
    assert "by when an appeal must be answered" in text


def test_a_locked_program_shows_no_rights(world: World, visitor: Visitor) -> None:
    world.set_up()
    other = world.another()
    for path in ("/rights", "/laws", "/laws/eu-gdpr"):
        assert other.get(path).heading == "Unlock"
    del visitor
