"""The turns of a request on its page: a refusal, another way, a return, a duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.actor import OWNER
from optout.domain.broker import Procedure
from optout.domain.request import Request
from optout.domain.words import Channel, Fact, Standing
from optout.services import requests
from optout.store import requests as rows
from tests.everyone import every_request
from tests.page_checks import elements
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import Page, Visitor

BROKER = "sample-people-search"


def mark(world: World, *events: str) -> Page:
    """Let this happen to the request; its page."""
    request = only(world)
    for event in events:
        requests.mark(world.instance.desk, request.id, event, actor=OWNER)
    return world.visitor.get(f"/requests/{request.id}")


def only(world: World) -> Request:
    """The request that was made first."""
    return every_request(world.instance.desk)[0].request


def test_a_refusal_is_recorded_with_its_reason_and_judged(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked(BROKER), "/sent")
    page = visitor.submit(page, "/answer", {
        "answer-reading": "refused", "answer-reason": "public_record", "answer-words": "No."})
    assert "Why they refuse, and whether they may" in page.text
    assert "They call the data public" in page.text
    assert "It depends" in page.text
    assert "What you can do" in page.text
    assert page.link("Answer their refusal").endswith("/refusal_answer")
    assert page.link("Accept it, and close the request") == "#event-head"
    states = {tag.text for tag in elements(page.root, "span") if tag.get("class") == "tag"}
    assert "off the list" in states, "what the refusal ended"
    (folded,) = [one for one in elements(page.root, "details")
                 if "off the list" in (one.findtext("summary") or "")]
    for task in elements(page.root, "li"):
        if (task.get("class") or "").startswith("follow-"):
            assert (task in list(folded.iter("li"))) is (task.get("class") == "follow-done")
    assert "done" not in states, "nobody did it"
    (row,) = [e for e in elements(page.root, "tr") if "They refused" in "".join(e.itertext())]
    assert "They call the data public" in "".join(row.itertext())


def test_a_reason_without_a_refusal_is_explained_at_its_field(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(visitor.submit(world.asked(BROKER), "/sent"), "/answer", {
        "answer-reading": "removed", "answer-reason": "policy"})
    assert page.status == 422
    assert "Only a refusal has a reason" in page.errors["answer-reason"]
    page = mark(world, "refuse")
    assert "No reason is written down." in page.text


def test_a_way_that_lacks_a_fact_names_it_and_leads_to_where_it_is_given(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.asked(BROKER)
    registry = world.instance.desk.registry
    broker = registry.get(BROKER)
    form = Procedure(Channel.WEB_FORM, url="https://form.example/out",
                     needs=(Fact.FULL_NAME, Fact.LISTING_URL), steps=("Open the form.",),
                     checked=date(2026, 11, 1))
    monkeypatch.setattr(registry, "brokers", {
        **registry.brokers, BROKER: replace(broker, procedures=(*broker.procedures, form))})
    page = mark(world, "mark_sent", "bounce")
    assert page.status == 200
    assert "First to be settled:" in page.text
    assert "They want the link of your listing. Look for your listing there" in page.text
    assert BROKER in page.link("To the plan")
    assert visitor.get(page.link("To the plan")).status == 200


def test_what_came_back_is_prepared_another_way_with_one_button(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.asked(BROKER)
    registry = world.instance.desk.registry
    broker = registry.get(BROKER)
    form = Procedure(Channel.WEB_FORM, url="https://form.example/out", needs=(Fact.FULL_NAME,),
                     steps=("Open the form.",), checked=date(2026, 11, 1))
    monkeypatch.setattr(registry, "brokers", {
        **registry.brokers, BROKER: replace(broker, procedures=(*broker.procedures, form))})
    sent = mark(world, "mark_sent")
    assert "They must answer by" in sent.text
    requests.mark(world.instance.desk, only(world).id, "bounce", detail="No such mailbox.",
                  actor=OWNER)
    page = mark(world)
    assert "https://form.example/out" in page.text
    assert "No such mailbox." in page.text
    assert "They must answer by" not in page.text, "nobody has it"
    assert "No time of the law runs until it leaves again." in page.text
    heads = [tag.text for tag in elements(page.root, "h2")]
    assert heads.index("Another way to them") == 1
    assert {"When it has left", "Send it"}.isdisjoint(heads)
    (once_more,) = [fold for fold in elements(page.root, "details") if "Mark as sent" in
                {control.get("value") for control in elements(fold, "input")}]
    assert once_more.get("open") is None
    wrong = visitor.submit(page, "/reroute", {"channel": "pigeon"})
    assert wrong.status >= 400
    there = visitor.submit(page, "/reroute")
    assert "It is ready to go another way" in there.text
    assert only(world).channel is Channel.WEB_FORM
    (before,) = [fold for fold in elements(there.root, "details")
                 if "Written before (1)" in "".join(fold.itertext())]
    assert "E-mail draft" in "".join(before.itertext())
    assert "Read and copy the text" not in there.text, "it is not to be sent again"
    assert "They must answer by" not in there.text
    again = visitor.submit(page, "/reroute")
    assert "another way already" in again.text
    page = mark(world, "mark_sent", "bounce")
    (failed,) = [e for e in elements(page.root, "p") if "Did not go through" in (e.text or "")]
    assert "https://form.example/out" in "".join(failed.itertext())
    monkeypatch.setattr(registry, "brokers", {
        **registry.brokers, BROKER: replace(broker, procedures=(form,))})
    assert "No other way to them is known." in mark(world).text


def test_a_return_opens_the_tied_successor(world: World, visitor: Visitor) -> None:
    world.asked(BROKER)
    mark(world, "mark_sent", "claim_removed", "look_not_found")
    page = mark(world, "look_listed")
    assert "It is listed again" in page.text
    new = visitor.submit(page, "/successor")
    old = only(world)
    assert new.path == f"/requests/{old.successor_id}"
    assert new.link(old.id) == f"/requests/{old.id}"
    assert "Ready to send" in new.text
    assert visitor.submit(page, "/successor").path == new.path
    assert visitor.get(f"/requests/{old.id}").link(old.successor_id) == new.path
    world.clock.forward(days=3)
    visitor.submit(visitor.get("/unlock"), "/unlock", {"passphrase": PASSPHRASE})
    assert new.path in visitor.get("/due").html, "it is asked about until it has left"


def test_the_task_to_ask_again_leads_to_the_button_that_does_it(
    world: World, visitor: Visitor
) -> None:
    world.asked("sample-post")
    mark(world, "mark_sent", "claim_removed")
    old = only(world)
    assert "Ask again" not in visitor.get(f"/requests/{old.id}").text
    world.clock.forward(days=200)
    visitor.submit(visitor.get("/unlock"), "/unlock", {"passphrase": PASSPHRASE})
    path, _, part = visitor.get("/due?kind=recheck").link("Ask again").partition("#")
    page = visitor.get(path)
    assert f'id="{part}"' in page.html
    assert "is then closed" in page.text
    new = visitor.submit(page, "/successor")
    assert f"This request continues {old.id}, which is closed." in new.text
    assert old.id not in visitor.get("/due").html


def test_a_duplicate_is_merged_after_a_question(world: World, visitor: Visitor) -> None:
    world.asked(BROKER)
    keep = only(world)
    with world.instance.desk.store.writing() as session:
        twin = replace(keep, id=rows.free_id(session), standing=Standing.DRAFT, moved_on=None)
        rows.add_many(session, [twin])
    requests.mark(world.instance.desk, twin.id, "mark_sent", actor=OWNER)
    page = visitor.get(f"/requests/{keep.id}")
    assert "Asked twice" in page.text
    question = visitor.get(page.link("Merge it into this one"))
    assert "Turn it round" in question.text
    assert requests.get_request(world.instance.desk, twin.id).request.merged_into == ""
    merged = visitor.submit(question, f"/merge/{twin.id}")
    assert "Merged into this request" in merged.text
    assert visitor.submit(question, f"/merge/{twin.id}").path == merged.path
    other = visitor.get(merged.link(twin.id))
    assert "It is a duplicate." in other.text
    assert "Record an answer" not in other.text
    assert "Answer to their refusal" not in other.text, "letters are written about what goes on"
    back = visitor.submit(visitor.get(merged.path), f"/requests/{twin.id}/undo")
    assert "The last entry is undone." in back.text
    assert requests.get_request(world.instance.desk, twin.id).request.merged_into == ""


def test_who_sent_it_before_entering_it_says_so(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked(BROKER), "/sent", {"sent-on": "2026-11-02"})
    assert page.status == 422
    assert "before the request was made" in page.errors["sent-on"]
    visitor.submit(page, "/sent", {"sent-on": "2026-11-02", "sent-before_making": "y"})
    assert only(world).sent_on == date(2026, 11, 2)


def test_what_two_looks_on_one_day_tell_them_stands_there_once(
    world: World, visitor: Visitor
) -> None:
    world.asked(BROKER)
    mark(world, "mark_sent", "look_listed", "look_listed")
    page = visitor.get(f"/people/{only(world).person_id}")
    assert page.text.count("Internet address of your connection") == 1
