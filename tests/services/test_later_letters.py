"""Letters after a request: offered when due, sealed with their purpose, marked by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind
from optout.domain.errors import DiskFull, InvalidInput, NotFound, Refused
from optout.domain.places import Residence
from optout.domain.words import Fact, Standing
from optout.services import later_rendering, letters, requests
from optout.services.desk import Desk
from optout.services.later_files import later_documents_of
from optout.services.later_letters import LaterDetails, authorities_of, offers_of, write_later
from tests.factories import berliner, californian, virginian
from tests.services.later import P, complain, mark, may, preview, sent


def test_offers_follow_the_life_of_a_request(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    assert may(desk, request) == set()
    assert [one.purpose for one in offers_of(desk, request.lower())] == [
        P.REMINDER, P.IDENTITY_ANSWER, P.REFUSAL_ANSWER, P.APPEAL, P.COMPLAINT]
    clock.forward(days=60)
    assert may(desk, request) == {P.REMINDER, P.COMPLAINT}
    mark(desk, request, "demand_identity")
    assert P.IDENTITY_ANSWER in may(desk, request)
    mark(desk, request, "refuse")
    assert may(desk, request) == {P.REFUSAL_ANSWER, P.COMPLAINT}, "California has no appeal"


def test_what_a_condition_forbids_is_refused_in_its_words(desk: Desk) -> None:
    request = sent(desk, californian)
    with pytest.raises(Refused, match="They are not late yet"):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    with pytest.raises(InvalidInput, match="the request itself"):
        write_later(desk, request, P.REQUEST, actor=OWNER)
    with pytest.raises(NotFound):
        offers_of(desk, "OPT-222222")


def test_a_reminder_claims_the_days_that_the_law_counted(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    words = preview(desk, request, P.REMINDER)
    assert "On November 23, 2026 I sent you a request by e-mail" in words
    for row in requests.get_request(desk, request).dates:
        assert row.deadlines.respond_by is not None
        assert row.deadlines.respond_by.citation.split(";")[0] in words
    assert "that time ended on January 7, 2027" in words


def test_a_reminder_stands_in_the_conversation_of_its_request(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    first = write_later(desk, request, P.REMINDER, actor=OWNER)
    second = write_later(desk, request, P.REMINDER, actor=OWNER)
    asked = letters.read_document(desk, letters.documents_of(desk, request)[0].id)
    heads = [message_from_bytes(one.content, policy=default) for one in (asked, first, second)]
    ids = [str(head["Message-ID"]) for head in heads]
    assert len(set(ids)) == 3
    assert str(heads[1]["In-Reply-To"]) == str(heads[2]["In-Reply-To"]) == ids[0]
    assert str(heads[2]["References"]).split() == ids[:2]
    assert [one.file_name for one in (first, second)] == [
        f"{request}-reminder.eml", f"{request}-reminder-2.eml"]
    assert first.kind is DocumentKind.EMAIL


def test_a_later_letter_is_kept_apart_from_the_request(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    clock.forward(days=90)
    before = letters.documents_of(desk, request)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert made.purpose is P.REMINDER
    assert made.file_name == f"{request}-reminder.pdf"
    assert made.content.startswith(b"%PDF")
    assert letters.documents_of(desk, request) == before
    assert [one.id for one in later_documents_of(desk, request)] == [made.id]
    assert letters.read_document(desk, made.id) == made
    assert letters.read_document(desk, before[0].id).purpose is P.REQUEST
    standing = requests.get_request(desk, request).request.standing
    assert standing is Standing.SENT, "writing it marks nothing"


def test_nothing_is_kept_when_the_disk_is_full(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("optout.services.later_letters.documents.add", full)
    with pytest.raises(DiskFull):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    monkeypatch.undo()
    assert later_documents_of(desk, request) == ()


def test_an_identity_answer_asks_for_what_each_law_gives(desk: Desk) -> None:
    ticked = LaterDetails(demanded=(Fact.GOVERNMENT_ID,))
    californians = sent(desk, californian)
    mark(desk, californians, "demand_identity")
    words = preview(desk, californians, P.IDENTITY_ANSWER, ticked)
    assert "Opting out needs no proof of identity (Cal. Code Regs. tit. 11, § 7026(d))" in words
    assert "no copy of an identity document" in words
    germans = sent(desk, berliner)
    mark(desk, germans, "demand_identity")
    words = preview(desk, germans, P.IDENTITY_ANSWER, ticked)
    assert "only where you have reasonable doubts about who is asking (GDPR Art. 12(6))" in words
    virginians = sent(desk, virginian, "slow-post")
    mark(desk, virginians, "demand_identity")
    words = preview(desk, virginians, P.IDENTITY_ANSWER, ticked)
    assert "needs no proof" not in words
    assert "I would rather not add to it." in words
    assert "the current address" in words
    assert "Make-Believe" not in words


def test_a_refusal_is_answered_with_the_duty_that_the_law_names(desk: Desk) -> None:
    germans = sent(desk, berliner)
    mark(desk, germans, "refuse")
    words = preview(desk, germans, P.REFUSAL_ANSWER)
    assert "the reason (GDPR Art. 12(4))" in words
    assert "to which authority I can complain (GDPR Art. 12(4))" in words
    assert "covers what was copied from public registers" in words
    virginians = sent(desk, virginian, "slow-post")
    mark(desk, virginians, "claim_partly")
    words = preview(desk, virginians, P.REFUSAL_ANSWER)
    assert "how to appeal (Va. Code § 59.1-577(C))" in words
    assert "which exemption you mean" in words
    assert "did a part of it" in words
    assert "GDPR" not in words


def test_a_quote_never_tells_the_broker_a_place_of_the_person(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    words = preview(desk, request, P.REFUSAL_ANSWER)
    assert "100 Fictional Way" not in words
    assert "“These are public records of […].”" in words


@pytest.mark.parametrize("words", [
    "We hold 100 FICTIONAL WY, Sacramento, Maria Sample and 415.555.0142.",
    "See spokeo.example/Avery-Sample/7 and call 555-0142; born Apr. 12 1985.",
    "Write to Fictional Way, or to avery.sample (at) example.com. SAMPLE, MARIA."])
def test_a_quote_has_no_private_value_however_they_write_it(desk: Desk, words: str) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    letter = preview(desk, request, P.REFUSAL_ANSWER, LaterDetails(their_words=words))
    assert letter.count("[…]") >= 3
    for private in ("fictional", "maria", "sacramento", "0142", "1985", "avery.s", "spokeo"):
        assert private not in letter.lower(), private


def test_an_appeal_names_the_refusal_and_the_time_for_its_answer(desk: Desk) -> None:
    request = sent(desk, virginian, "slow-post")
    mark(desk, request, "refuse")
    words = preview(desk, request, P.APPEAL)
    assert "I appeal against that decision" in words
    assert "Virginia Consumer Data Protection Act (Va. Code § 59.1-577(C))" in words
    assert "On November 23, 2026 you declined it." in words
    assert "The law gives you 60 calendar days for it" in words
    assert "how to reach the Virginia Attorney General" in words
    mark(desk, request, "appeal")
    assert P.APPEAL not in may(desk, request)


def test_a_letter_names_the_end_where_the_recipient_has_holidays(
    desk: Desk, clock: HandClock
) -> None:
    clock.forward(days=2)
    request = sent(desk, berliner)
    clock.forward(days=40)
    (row, *_) = requests.get_request(desk, request).dates
    assert row.deadlines.respond_by is not None
    assert row.deadlines.respond_by.day == date(2026, 12, 25), "the person is warned early"
    assert "that time ended on December 28, 2026" in preview(desk, request, P.REMINDER)
    complain(desk, request)
    chosen = LaterDetails(authority=authorities_of(desk, request)[0])
    words = preview(desk, request, P.COMPLAINT, chosen)
    assert "28. Dezember 2026: Die Antwortfrist von einem Monat ist abgelaufen" in words


def test_in_britain_the_complaint_to_the_firm_comes_first(desk: Desk, clock: HandClock) -> None:
    londoner = replace(berliner(), residences=(Residence("GB"),))
    request = sent(desk, lambda: londoner)
    clock.forward(days=60)
    assert {f.law for f in requests.get_request(desk, request).request.footings} == {"gb-uk-gdpr"}
    assert may(desk, request) == {P.REMINDER}
    mark(desk, request, "remind")
    assert P.APPEAL in may(desk, request)
    words = preview(desk, request, P.APPEAL, LaterDetails())
    assert "complaint to you" in words
    assert "Data Protection Act 2018, s. 164A" in words
    assert "30 calendar days" in words
    mark(desk, request, "appeal")
    complain(desk, request)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "I complained to the firm itself." in words
    assert "Complain to the firm itself first." in words, "what the office wants to see"


def test_two_windows_write_no_two_letters_with_one_number(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    draw = later_rendering.render

    def slowly(*args: Any, **named: Any) -> Document:
        monkeypatch.setattr(later_rendering, "render", draw)
        write_later(desk, request, P.REMINDER, actor=OWNER)  # the other window is faster
        return draw(*args, **named)

    monkeypatch.setattr(later_rendering, "render", slowly)
    with pytest.raises(Refused, match="in another window just now"):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    assert len(later_documents_of(desk, request)) == 1
    assert write_later(desk, request, P.REMINDER, actor=OWNER).file_name.endswith("-2.eml")


def test_a_longer_time_is_waited_for_and_named(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    requests.mark(desk, request, "extend", actor=OWNER)
    clock.forward(days=60)
    assert may(desk, request) == set(), "they announced in time that they need longer"
    clock.forward(days=60)
    assert "You announced that you need longer." in preview(desk, request, P.REMINDER)
    complain(desk, request)
    assert "The longer time that they announced ended" in preview(
        desk, request, P.COMPLAINT, LaterDetails())


def test_an_appeal_that_is_still_open_is_not_called_late(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    mark(desk, request, "refuse", "appeal")
    clock.forward(days=5)
    complain(desk, request)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "I appealed to the firm itself." in words
    assert "The time to answer the appeal ended" not in words


def test_a_law_that_is_gone_is_asserted_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, berliner)
    mark(desk, request, "refuse")
    book = desk.laws
    monkeypatch.setattr(desk.library, "_laws", replace(book, histories={
        one: kept for one, kept in book.histories.items() if one != "eu-gdpr"}))
    words = preview(desk, request, P.REFUSAL_ANSWER)
    assert "to which authority" not in words
    assert P.COMPLAINT not in may(desk, request)
    assert authorities_of(desk, request) == ()
