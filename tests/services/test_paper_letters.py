"""Letters to a client, reports, and the papers that a request encloses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import PaperKind
from optout.domain.errors import NotFound, Refused
from optout.domain.papers import PaperToEnclose
from optout.domain.person import Authorization, Person
from optout.domain.progress import Measure
from optout.domain.words import ActingAs
from optout.registry.registry import Registry
from optout.services import (
    authority,
    drafts,
    letters,
    papers,
    people,
    person_progress,
    plans,
    progress,
    requests,
)
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import audit
from optout.vault.keyfile import CHEAP
from tests.conftest import MONDAY
from tests.factories import californian, virginian
from tests.services.agents import let_agent_ask
from tests.services.conftest import PASSPHRASE
from tests.services.papered import PERMISSION, words
from tests.services.test_requests import say_yes


def ask(desk: Desk, person: Person, *brokers: str) -> list[str]:
    say_yes(desk, person, *brokers)
    return [one.request.id
            for one in requests.create_requests(desk, person.id, brokers, actor=OWNER)]


def prepare(desk: Desk, request_id: str, *events: str) -> None:
    for event in ("prepare", *events):
        requests.mark(desk, request_id, event, actor=OWNER)


def test_a_letter_to_the_client_counts_what_lies_in_the_envelope(
    desk: Desk, avery: Person
) -> None:
    post, mail = ask(desk, avery, "slow-post", "quick-mail")
    prepare(desk, post)
    prepare(desk, mail)
    text = words(desk, avery, PaperKind.COVER_LETTER)
    for found in ("One letter to a company: to sign", "Slow Post", "The authorization",
                  "The signed permission for California", "“What we are doing for you”"):
        assert found in text
    assert "Quick Mail" not in text
    authority.add_authorization(desk, replace(PERMISSION, person_id=avery.id), actor=OWNER)
    assert "The authorization" not in words(desk, avery, PaperKind.COVER_LETTER)
    discreet = words(desk, avery, PaperKind.COVER_LETTER, discreet=True)
    assert "Slow Post" not in discreet
    assert "One letter to sign" in discreet


@pytest.mark.parametrize("whole_folder", [True, False])
def test_a_letter_to_a_person_at_risk_names_no_company(
    desk: Desk, avery: Person, *, whole_folder: bool
) -> None:
    (post,) = ask(desk, avery, "slow-post")
    prepare(desk, post)
    if whole_folder:
        people.set_instance_at_risk(desk, value=True, actor=OWNER)
    else:
        people.update_person(desk, replace(avery, at_risk=True), actor=OWNER)
    text = words(desk, avery, PaperKind.COVER_LETTER)
    assert "One letter to sign" in text
    assert "A form to sign" in text
    for hidden in ("Slow Post", "compan", "OPT-", "to read"):
        assert hidden not in text
    authority.add_authorization(desk, replace(PERMISSION, person_id=avery.id), actor=OWNER)
    requests.mark(desk, post, "withdraw", actor=OWNER)
    with pytest.raises(Refused, match="Nothing waits for a signature"):
        papers.paper_for(desk, avery.id, PaperKind.COVER_LETTER)


def test_said_seen_and_standing_are_reported_apart(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    first, second, third = ask(desk, avery, "quick-mail", "slow-post", "form-first",
                               "form-mirror")
    prepare(desk, first, "mark_sent", "claim_removed", "look_listed")
    prepare(desk, second, "mark_sent")
    prepare(desk, third, "mark_sent", "look_not_found")
    with desk.store.reading() as session:
        asked, count = progress.asked_of(desk, session, avery.id, MONDAY)
    assert count == 0
    rows = {one.reference: one for one in asked}
    assert [one.reference for one in asked] == [first, second, third]
    assert (rows[first].name, rows[first].claim, rows[first].last_look) == (
        "Quick Mail", "removed", "listed")
    assert rows[third].others == 1
    assert not rows[third].confirmed_gone
    assert rows[second].next_date is not None
    clock.forward(days=8)
    requests.mark(desk, third, "look_not_found", actor=OWNER)
    clock.forward(days=60)
    with desk.store.reading() as session:
        late, _ = progress.asked_of(desk, session, avery.id, clock.today(), named=False)
    assert {one.name for one in late} == {""}
    assert late[2].confirmed_gone
    assert any(one.overdue_days for one in late)
    text = words(desk, avery, PaperKind.PROGRESS)
    for found in ("removed", "still listed", "counts as gone", "late by a date of the law",
                  "Quick Mail", first, "How it went", "Seen to be gone"):
        assert found in text
    last = person_progress.progress_of(desk, avery.id).tallies[-1].now
    assert last[Measure.SENT] == sum(one.sent_on is not None for one in late)
    assert last[Measure.SAID_REMOVED] == sum(one.claim == "removed" for one in late)
    assert last[Measure.SEEN_GONE] == sum(one.confirmed_gone for one in late) == 1


def test_a_report_of_an_earlier_day_tells_of_that_day(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    first, second = ask(desk, avery, "quick-mail", "slow-post")
    prepare(desk, first, "mark_sent")
    clock.forward(days=10)
    requests.mark(desk, first, "claim_removed", actor=OWNER)
    requests.mark(desk, first, "look_not_found", actor=OWNER)
    prepare(desk, second)
    (third,) = ask(desk, avery, "form-first")
    with desk.store.reading() as session:
        then, _ = progress.asked_of(desk, session, avery.id, MONDAY)
        now, _ = progress.asked_of(desk, session, avery.id, clock.today())
    assert [(one.reference, one.standing, one.claim, one.last_look, one.sent_on)
            for one in then] == [(first, "sent", None, None, MONDAY),
                                 (second, "draft", None, None, None)]
    assert not any(one.confirmed_gone or one.overdue_days or one.next_date for one in then)
    assert [one.reference for one in now] == [first, second, third]
    assert now[0].confirmed_gone
    with desk.store.reading() as session:
        before = progress.asked_of(desk, session, avery.id, MONDAY - timedelta(days=1))
    assert before == ((), 0)


def test_a_person_of_whom_nothing_was_asked_has_a_report_all_the_same(
    desk: Desk, avery: Person
) -> None:
    text = words(desk, avery, PaperKind.PROGRESS)
    assert "Nothing has been asked of any company yet." in text
    assert "November 23, 2026" in text
    assert "October 1, 2026" in words(desk, avery, PaperKind.PROGRESS, on=date(2026, 10, 1))


def test_a_broker_that_left_the_registry_is_still_told_of(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(desk, avery, "quick-mail")
    monkeypatch.setitem(desk.library.__dict__, "registry", Registry({}, MONDAY))
    assert "quick-mail" in words(desk, avery, PaperKind.PROGRESS)


def test_drafts_for_a_lawyer_are_counted_and_never_named(tmp_path: Path, clock: HandClock) -> None:
    settings = Settings(instance=tmp_path / "shipped")
    desk = Instance(settings, clock, Library(settings), cost=CHEAP).create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    plans.answer_gate(desk, person.id, "government-drafts", accepted=True, actor=OWNER)
    made = drafts.make_draft(desk, person.id, "ice", actor=OWNER)
    for kind in (PaperKind.PROGRESS, PaperKind.WHAT_WE_DO, PaperKind.COVER_LETTER):
        text = words(desk, person, kind)
        assert made.request.id not in text
        assert "ICE" not in text
        assert "Immigration" not in text
    assert "drafts for a lawyer: 1" in words(desk, person, PaperKind.PROGRESS)


def test_no_paper_says_when_its_reader_was_born_or_where_they_live(desk: Desk) -> None:
    person = people.add_person(desk, replace(californian(), language="es"), actor=OWNER)
    authority.add_authorization(desk, replace(PERMISSION, person_id=person.id), actor=OWNER)
    for kind in PaperKind:
        for language in ("en", "es"):
            text = words(desk, person, kind, language=language)
            for secret in ("100 Fictional", "1985", "94102", "415", "avery.sample@"):
                assert secret not in text


def test_papers_leave_no_trace_in_the_store(desk: Desk, avery: Person) -> None:
    with desk.store.reading() as session:
        before = audit.latest(session)
    papers.paper_for(desk, avery.id, PaperKind.PROGRESS)
    with desk.store.reading() as session:
        assert audit.latest(session) == before
    assert not desk.files.names()


def test_an_agents_request_says_which_paper_it_encloses(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    for broker in ("quick-mail", "slow-post"):
        let_agent_ask(desk, avery, broker)
    (agents,) = (one.request.id for one in requests.create_requests(
        desk, avery.id, ["quick-mail"], acting_as=ActingAs.AGENT, actor=OWNER))
    (own,) = ask(desk, avery, "form-first")
    assert papers.to_enclose(desk, agents.lower()) == PaperToEnclose(
        PaperKind.AUTHORIZATION_US_CA, permission.id)
    assert papers.to_enclose(desk, own) is None
    authority.add_authorization(desk, replace(
        PERMISSION, person_id=avery.id, power_of_attorney=True), actor=OWNER)
    assert papers.to_enclose(desk, agents) is None
    with pytest.raises(NotFound):
        papers.to_enclose(desk, "OPT-222222")


def test_who_sends_an_agents_request_is_told_to_enclose_what_was_signed(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    assert permission.agent_name == "Sample Legal Clinic"
    for broker in ("slow-post", "form-first"):
        let_agent_ask(desk, avery, broker)
    say_yes(desk, avery, "slow-post", "form-first", "quick-mail")
    made = [one.request.id for one in (
        *requests.create_requests(desk, avery.id, ["slow-post", "form-first"],
                                  acting_as=ActingAs.AGENT, actor=OWNER),
        *requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER))]
    letters.generate(desk, avery.id, actor=OWNER)
    told = ["Add the signed authorization" in " ".join(letters.hand_over(desk, one).steps)
            for one in made]
    assert told == [True, False, False]


def test_where_no_californian_law_is_asserted_the_general_paper_is_enclosed(desk: Desk) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    permission = authority.add_authorization(
        desk, replace(PERMISSION, person_id=person.id), actor=OWNER)
    let_agent_ask(desk, person, "quick-mail")
    (made,) = requests.create_requests(
        desk, person.id, ["quick-mail"], acting_as=ActingAs.AGENT, actor=OWNER)
    assert papers.to_enclose(desk, made.request.id) == PaperToEnclose(
        PaperKind.AUTHORIZATION, permission.id)
