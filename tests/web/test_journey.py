"""From a name to a tracked request, as a person walks it, without any script."""

from __future__ import annotations

import io
import logging
import zipfile
from email import message_from_bytes
from email.policy import default

import pytest

from optout.services import exposures
from optout.services import requests as request_services
from tests.everyone import every_request
from tests.web.conftest import AVERY, CANARY, PASSPHRASE, World
from tests.web.visitor import Page, Visitor

ALL = ("sample-people-search", "sample-mirror", "sample-form", "sample-post", "sample-listing")


def with_listing(visitor: Visitor, plan: Page) -> Page:
    """The plan, after the link of the listing was given."""
    return visitor.submit(plan, "/plan/listings",
                          {"url": "https://listing.example/canary-zanzibarson"})


def test_the_plan_shows_what_would_be_sent_on_which_footing(world: World) -> None:
    plan = world.planned(*ALL)
    text = plan.text
    assert "California Consumer Privacy Act" in text
    assert "Cal. Civ. Code § 1798.105" in text or "Cal. Civ. Code §§ 1798.120" in text
    assert "to the extent that:" in text
    assert "E-mail address for answers" in text
    assert "This also serves 1 other company" in text
    assert "1 thing that they ask for is left out" in text  # the date of birth
    assert "Link of your listing" in text
    assert "Needs something" in text
    assert "minutes" in text


def test_a_missing_link_can_be_given_on_the_plan(world: World, visitor: Visitor) -> None:
    plan = world.planned("sample-listing")
    assert "No request can be made yet" in plan.text
    wrong = visitor.submit(plan, "/plan/listings", {"url": "not a link"})
    assert wrong.status == 422
    assert "https://" in wrong.errors["url"]
    assert 'value="not a link"' in wrong.html
    empty = visitor.submit(plan, "/plan/listings")
    assert empty.errors["url"].startswith("Paste the link")
    mended = with_listing(visitor, plan)
    assert "Needs something" not in mended.text


def test_another_way_can_be_chosen_and_unchosen(world: World, visitor: Visitor) -> None:
    plan = world.planned("sample-people-search")
    assert "E-mail" in plan.text
    by_post = visitor.submit(plan, "/plan/channels", button=("channel", "postal_mail"))
    assert "Letter by post" in by_post.text
    back = visitor.submit(by_post, "/plan/channels", button=("channel", ""))
    page = visitor.submit(visitor.submit(back, "/plan/channels",
                                         button=("channel", "postal_mail")), "/requests")
    assert "Letter by post" in page.text


def test_only_what_is_ticked_becomes_a_request(world: World, visitor: Visitor) -> None:
    plan = world.planned("sample-form", "sample-post")
    nothing = visitor.submit(plan, "/requests", {"broker": None})
    assert "tick at least one company" in nothing.text
    page = visitor.submit(plan, "/requests", {"broker": ["sample-post"]})
    assert "1 request is ready to send." in page.text
    files = every_request(world.instance.desk)
    assert [file.request.broker_id for file in files] == ["sample-post"]
    left = visitor.get(f"/people/{world.person_id}/plan")
    assert "Sample Form" in left.text
    assert "Ask them" in left.text


def test_a_letter_is_downloaded_as_a_file(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-post")
    assert "Ready to send" in page.text
    answer = visitor.ask("GET", page.link("Download: Letter"))
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="OPT-')


def test_an_email_is_downloaded_as_a_draft(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-people-search")
    answer = visitor.ask("GET", page.link("Download: E-mail draft"))
    message = message_from_bytes(answer.data, policy=default)
    assert message["To"] == "privacy@people.example"
    assert message["X-Unsent"] == "1"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    words = visitor.get(page.link("Read and copy the text"))
    assert words.heading == "What it says"
    assert words.link("Open an empty e-mail").startswith(
        "mailto:privacy@people.example?subject=")
    assert "California Consumer Privacy Act" in words.text


def test_a_form_sheet_opens_in_the_program_and_as_a_file(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-form")
    sheet = visitor.get(page.link("Open the form sheet here"))
    assert sheet.heading == "Form sheet"
    assert "answers.canary@example.com" in sheet.text
    assert "San Francisco, CA" in sheet.text
    assert 'data-copy="value-1"' in sheet.html
    assert sheet.link("Open their form") == "https://form.example/opt-out"
    answer = visitor.ask("GET", sheet.link("Download: Form sheet"))
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_everything_comes_as_one_zip(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    answer = visitor.ask("GET", page.link("ZIP"))
    assert answer.headers["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert len(names) >= 2
    assert not [name for name in names for word in CANARY if word in name]


def test_sending_starts_dates_that_open_into_their_arithmetic(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    assert "Sent, no answer yet" in page.text
    assert "They must answer by" in page.text
    assert "Day 0" in page.text or "day 0" in page.text
    assert "Calendar of business days" in page.text
    assert "You can call it late from" in page.text
    assert "Their answer is due" in page.text
    person = visitor.get(f"/people/{world.person_id}")
    assert "Full name, State where you live, E-mail address for answers" in person.text


def test_the_day_of_sending_cannot_lie_ahead(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-post")
    wrong = visitor.submit(page, "/sent", {"sent-on": "2026-12-24"})
    assert wrong.status == 422
    assert "has not come yet" in wrong.errors["sent-on"]
    wrong = visitor.submit(page, "/sent", {"sent-on": ""})
    assert wrong.errors["sent-on"].startswith("Enter the day")
    wrong = visitor.submit(page, "/sent", {"sent-received_on": "2026-11-22"})
    assert "before it was sent" in wrong.errors["sent-received_on"]
    right = visitor.submit(page, "/sent", {"sent-received_on": "2026-11-23"})
    assert right.status == 200


def test_an_answer_is_recorded_with_their_words(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    wrong = visitor.submit(page, "/answer")
    assert wrong.errors == {"answer-reading": "Choose what they say."}
    page = visitor.submit(page, "/answer", {
        "answer-reading": "removed", "answer-words": "Your record is gone."})
    assert "They say it is removed" in page.text
    assert "Your record is gone." in page.text
    assert "That is their word" in page.text


def test_a_message_that_says_nothing_changes_nothing(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    page = visitor.submit(page, "/answer", {"answer-reading": "auto_reply"})
    assert page.status == 422
    assert "changes nothing" in page.errors["answer-reading"]


def test_other_events_and_undo_are_kept_in_the_history(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    page = visitor.submit(page, "/events", {
        "event-event": "acknowledge", "event-detail": "They phoned."})
    assert "Receipt confirmed" in page.text
    page = visitor.submit(page, "/undo")
    assert "Sent, no answer yet" in page.text
    history = page.text[page.text.index("History"):]
    assert "They phoned." in history
    assert "The last entry was undone" in history
    assert history.count("You, Nov 23, 2026") == 4


def test_what_is_due_is_shown_late_today_and_this_week(world: World, visitor: Visitor) -> None:
    request = visitor.submit(world.asked("sample-people-search"), "/sent")
    assert "Later" in visitor.get("/due").text
    world.clock.forward(days=25)
    page = visitor.submit(visitor.get("/due"), "/unlock",
                          {"passphrase": "seven quiet otters under a bridge"})
    assert "Late (" in page.text
    assert "late" in page.text
    before = page.text.count("Sample People Search")
    page = visitor.submit(page, "/done")
    assert "off the list" in page.text
    assert visitor.get("/due").text.count("Sample People Search") == before - 1
    assert "late" in visitor.get(request.path).text


def test_the_calendar_file_names_nobody(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    answer = visitor.ask("GET", visitor.get("/due").link("calendar file"))
    text = answer.get_data(as_text=True)
    assert text.startswith("BEGIN:VCALENDAR")
    assert "Sample People Search" not in text
    assert not [word for word in CANARY if word in text]
    assert page.status == 200


def test_someone_at_risk_is_stopped_until_answers_have_a_safe_address(
    world: World, visitor: Visitor
) -> None:
    unsafe = {k: v for k, v in AVERY.items() if not k.startswith("reply_address")}
    unsafe["reply_email"] = AVERY["emails-0-value"]
    page = world.by_hand(visitor.submit(world.set_up(at_risk=True), "/people/new", unsafe))
    plan = visitor.submit(page, "/companies", {"broker": ["sample-people-search"]},
                          button=("plan", "1"), nth=1)
    assert "Stop" in plan.text
    assert "No request can be made yet" in plan.text
    assert "Leave quickly" in plan.html


def test_a_question_about_a_company_is_answered_and_taken_back(
    world: World, visitor: Visitor
) -> None:
    careful = {**AVERY, "addresses-0-sensitivity": "ask"}
    page = world.by_hand(visitor.submit(world.set_up(), "/people/new", careful))
    plan = visitor.submit(page, "/companies", {"broker": ["sample-form"]},
                          button=("plan", "1"), nth=1)
    assert "Please answer first" in plan.text
    assert "No request can be made yet" in plan.text
    refused = visitor.submit(plan, "/plan/answers", button=("answer", "no"))
    assert "Please answer first" in refused.text
    agreed = visitor.submit(refused, "/plan/answers", button=("answer", "yes"))
    assert "Ask them" in agreed.text
    again = visitor.submit(agreed, "/plan/answers", button=("answer", "no"))
    assert "Please answer first" in again.text
    made = visitor.submit(visitor.submit(again, "/plan/answers", button=("answer", "yes")),
                          "/requests")
    assert "1 request is ready to send." in made.text


def test_a_question_about_the_person_is_asked_once_for_all_companies(
    world: World, visitor: Visitor
) -> None:
    no_mailbox = {k: v for k, v in AVERY.items() if not k.startswith("reply_")}
    page = world.by_hand(visitor.submit(world.set_up(), "/people/new", no_mailbox))
    plan = visitor.submit(page, "/companies", {"broker": ["sample-form", "sample-people-search"]},
                          button=("plan", "1"), nth=1)
    assert plan.text.count("Please answer first") == 1
    assert "This waits for what stands under “Before you begin”" in plan.text
    plan = visitor.submit(plan, "/plan/answers", button=("answer", "yes"))
    assert "Please answer first" not in plan.text
    assert "This waits for" not in plan.text


def test_a_plan_that_changed_meanwhile_makes_nothing(world: World, visitor: Visitor) -> None:
    plan = world.planned("sample-post")
    second = visitor.submit(plan, "/requests")
    assert "1 request is ready" in second.text
    again = visitor.submit(plan, "/requests")
    assert again.heading == "Plan"
    assert len(every_request(world.instance.desk)) == 1


def test_a_draft_is_written_on_its_own_page(world: World, visitor: Visitor) -> None:
    world.with_person()
    made = request_services.create_requests(
        world.instance.desk, world.person_id, ["sample-post"], actor="owner")
    page = visitor.get(f"/requests/{made[0].request.id}")
    assert "Nothing is written yet." in page.text
    page = visitor.submit(page, "/prepare")
    assert "Ready to send" in page.text
    assert "Letter (PDF)" in page.text


def test_dates_in_the_wrong_order_are_explained_at_their_fields(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    early = visitor.submit(page, "/answer", {
        "answer-reading": "extended", "answer-on": "2026-11-20"})
    assert "before the request was sent" in early.errors["answer-on"]
    early = visitor.submit(page, "/events", {
        "event-event": "acknowledge", "event-on": "2026-11-20"})
    assert "before the request was sent" in early.errors["event-on"]
    early = visitor.submit(page, "/answer", {
        "answer-reading": "extended", "answer-until": "2026-11-20"})
    assert early.status == 422
    assert "answer-until" in early.errors


def test_an_empty_bundle_says_what_to_do(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(f"/people/{world.person_id}/documents.zip")
    assert page.status == 404
    assert "Make a request first." in page.text


def test_the_canary_turns_up_in_no_address_and_no_log(
    world: World, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world.walked = None  # every step counts
    plan = with_listing(visitor, world.planned(*ALL))
    page = visitor.submit(plan, "/requests")
    for reference in {word for word in page.text.split() if word.startswith("OPT-")}:
        request = visitor.get(f"/requests/{reference}")
        visitor.get(f"/requests/{reference}/words")
        visitor.submit(request, "/sent")
    person = visitor.get(f"/people/{world.person_id}")
    visitor.submit(visitor.get(person.link("Change details")), "/edit")
    visitor.ask("GET", "/people/Zanzibarson-is-nobody")
    visitor.seen.remove("/people/Zanzibarson-is-nobody")
    logged = "\n".join(f"{r.name} {r.getMessage()} {r.exc_text or ''}" for r in caplog.records)
    for word in CANARY:
        assert not [path for path in visitor.seen if word.lower() in path.lower()], word
        assert word.lower() not in logged.lower(), word


def test_someone_at_risk_is_asked_for_the_listing_before_anything_new_is_told(
    world: World, visitor: Visitor
) -> None:
    plan = world.planned("sample-form", at_risk=True)
    assert "This would tell them something that they may not know." in plan.text
    assert "No request can be made yet" in plan.text
    plan = visitor.submit(plan, "/plan/listings", {"url": "https://form.example/canary"})
    assert plan.status == 200
    assert "https://form.example/canary" not in plan.html
    desk = world.instance.desk
    assert [e.url for e in exposures.list_exposures(desk, world.person_id)] == [
        "https://form.example/canary"]


def test_what_was_prepared_before_the_law_changed_is_offered_anew(
    world: World, visitor: Visitor
) -> None:
    world.asked("sample-people-search")
    (file,) = every_request(world.instance.desk)
    request_id = file.request.id
    world.clock.forward(days=60)  # over the first of January 2027, when California's law changes
    page = visitor.submit(visitor.get(f"/requests/{request_id}"), "/unlock",
                          {"passphrase": PASSPHRASE})
    page = visitor.get(f"/requests/{request_id}")
    assert "does not say what the law gives today" in page.text
    refused = visitor.get(f"/requests/{request_id}/words")
    assert "does not say what the law gives today" in refused.text
    packed = visitor.get(f"/people/{world.person_id}/documents.zip")
    assert packed.heading == "Requests"
    assert "does not say what the law gives today" in packed.text
    renewed = visitor.submit(packed, "/documents")
    assert "What waits to be sent says what the law gives today." in renewed.text
    assert visitor.get(f"/people/{world.person_id}/documents.zip").status == 200
    request_services.mark(world.instance.desk, request_id, "undo", actor="owner")
    page = visitor.get(f"/requests/{request_id}")
    anew = visitor.submit(page, "/prepare")
    assert "does not say what the law gives today" not in anew.text
    assert "Cal. Civ. Code § 1798.105" in anew.text
