"""Over a day on which laws begin or change: what waits to be sent says what the law gives then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, Outdated
from optout.domain.person import Authorization, Person
from optout.domain.places import Residence
from optout.domain.request import Request
from optout.domain.words import ActingAs, Event, Right, Standing
from optout.registry.registry import Registry
from optout.services import authority, letters, people, requests
from optout.services.desk import Desk
from optout.services.not_asserted import not_asserted
from optout.store import requests as rows
from tests.factories import californian, new_yorker, safe_at_risk, virginian
from tests.services.agents import let_agent_ask

DECEMBER = date(2026, 12, 30)
JANUARY = date(2027, 1, 4)
BROKER = "quick-mail"


def oklahoman() -> Person:
    return replace(virginian(), residences=(Residence("US-OK"),))


@pytest.fixture
def december(desk: Desk, clock: HandClock) -> Callable[[Person], Request]:
    """Makes a request on a day in December."""
    def made(person: Person) -> Request:
        clock.forward(days=(DECEMBER - clock.today()).days)
        kept = people.add_person(desk, person, actor=OWNER)
        (file,) = requests.create_requests(desk, kept.id, [BROKER], actor=OWNER)
        return file.request
    return made


def to_january(clock: HandClock) -> None:
    clock.forward(days=(JANUARY - clock.today()).days)


def rights(desk: Desk, request: Request) -> set[Right]:
    return {one.right for one in requests.get_request(desk, request.id).request.footings}


@pytest.mark.parametrize(("make", "before"), [
    (californian, {Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS}),
    (oklahoman, {Right.VOLUNTARY}),
])
@pytest.mark.parametrize("prepared", [True, False])
def test_a_request_of_december_is_prepared_in_january_by_the_law_of_january(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock,
    *, make: Callable[[], Person], before: set[Right], prepared: bool,
) -> None:
    request = december(make())
    assert before <= rights(desk, request)
    assert Right.DELETE not in rights(desk, request)
    if prepared:
        (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    to_january(clock)
    (made,) = letters.generate(desk, request.person_id, actor=OWNER)
    assert made.made_on == JANUARY
    assert b"Delete" in letters.read_document(desk, made.id).content
    asked = rights(desk, request)
    assert {Right.DELETE, Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS} <= asked
    assert Right.VOLUNTARY not in asked
    stored = requests.get_request(desk, request.id)
    assert stored.request.standing is Standing.READY
    assert Event.UNDO in {one.event for one in stored.events} or not prepared
    assert letters.generate(desk, request.person_id, actor=OWNER) == (made,)
    if prepared:
        assert old.id != made.id
        assert made.file_name.endswith("-2.eml")


@pytest.mark.parametrize("make", [californian, oklahoman])
def test_what_was_prepared_before_the_law_changed_is_not_handed_out_after(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock,
    make: Callable[[], Person],
) -> None:
    request = december(make())
    (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    content = letters.read_document(desk, old.id).content
    to_january(clock)
    for hand_out in (lambda: letters.read_document(desk, old.id),
                     lambda: letters.zip_of(desk, [request.id]),
                     lambda: letters.hand_over(desk, request.id),
                     lambda: letters.compose(desk, request.id)):
        with pytest.raises(Outdated, match="30 December 2026"):
            hand_out()
    requests.mark(desk, request.id, "mark_sent", on=DECEMBER, before_making=True,
                  actor=OWNER)  # it had left then
    assert letters.read_document(desk, old.id).content == content


def test_for_people_at_risk_too(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(oklahoman())
    (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    people.update_person(desk, replace(
        safe_at_risk(), id=request.person_id, residences=(Residence("US-OK"),)), actor=OWNER)
    to_january(clock)
    with pytest.raises(Outdated):
        letters.read_document(desk, old.id)


def test_where_no_law_changed_the_document_stays(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(virginian())
    (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    to_january(clock)
    assert letters.generate(desk, request.person_id, actor=OWNER) == (old,)
    assert letters.hand_over(desk, request.id).title


def test_a_right_that_was_chosen_by_name_stays_the_only_one(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(californian())
    requests.mark(desk, request.id, "withdraw", actor=OWNER)
    (file,) = requests.create_requests(
        desk, request.person_id, [BROKER], right=Right.OPT_OUT_OF_SALE, actor=OWNER)
    to_january(clock)
    letters.generate(desk, request.person_id, request_ids=[file.request.id], actor=OWNER)
    assert rights(desk, file.request) == {Right.OPT_OUT_OF_SALE}


def test_a_letter_that_bears_a_later_day_is_measured_by_the_law_of_its_day(
    desk: Desk, december: Callable[[Person], Request]
) -> None:
    request = december(oklahoman())
    (made,) = letters.generate(desk, request.person_id, on=JANUARY, actor=OWNER)
    assert letters.read_document(desk, made.id).sha256 == made.sha256


def test_who_moved_away_since_asserts_no_law_of_the_old_home(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(virginian())
    (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    people.update_person(desk, replace(new_yorker(), id=request.person_id), actor=OWNER)
    clock.forward(days=1)
    with pytest.raises(Outdated):
        letters.read_document(desk, old.id)


def test_a_law_or_a_broker_that_is_gone_is_no_reason_to_fail(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(virginian())
    (old,) = letters.generate(desk, request.person_id, actor=OWNER)
    with desk.store.writing() as session:
        stored = rows.get(session, request.id)
        rows.update(session, replace(stored, footings=tuple(
            replace(one, law="us-xx-gone") for one in stored.footings)))
    to_january(clock)
    with pytest.raises(Outdated):
        letters.read_document(desk, old.id)
    desk.library.__dict__["registry"] = Registry({}, desk.registry.checked)
    assert letters.read_document(desk, old.id).sha256 == old.sha256


def test_what_was_sent_without_a_document_stands_on_the_law_of_that_day(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(californian())
    to_january(clock)
    sent = requests.mark(desk, request.id, "mark_sent", actor=OWNER)
    assert sent.request.footing.right is Right.DELETE
    assert Right.DELETE not in {
        one.right for one in not_asserted(desk, sent.request) if one.law == "us-ca-ccpa"}
    assert Right.DELETE in {one.right for one in sent.dates}


def test_what_is_not_asserted_is_told_by_the_day_of_the_words(
    desk: Desk, december: Callable[[Person], Request], clock: HandClock
) -> None:
    request = december(californian())
    assert Right.DELETE in {
        one.right for one in not_asserted(desk, request) if one.law == "us-ca-ccpa"}
    to_january(clock)
    draft = requests.get_request(desk, request.id).request
    assert draft.standing is Standing.DRAFT
    assert draft.footing.right is Right.DELETE
    letters.generate(desk, request.person_id, actor=OWNER)
    for asked in (draft, requests.get_request(desk, request.id).request):
        assert Right.DELETE not in {
            one.right for one in not_asserted(desk, asked) if one.law == "us-ca-ccpa"}


def test_what_was_prepared_for_someone_is_not_handed_out_after_the_permission_ended(
    desk: Desk, clock: HandClock
) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    authority.add_authorization(desk, Authorization(
        "", person.id, "Sample Legal Clinic", clock.today(), ends_on=clock.today()), actor=OWNER)
    let_agent_ask(desk, person, "slow-post")
    (file,) = requests.create_requests(
        desk, person.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    (made,) = letters.generate(desk, person.id, actor=OWNER)
    assert letters.read_document(desk, made.id).sha256 == made.sha256
    clock.forward(days=1)
    with pytest.raises(GateClosed, match="no living authorization"):
        letters.hand_over(desk, file.request.id)


def test_what_a_power_of_attorney_opens_is_not_called_closed_to_agents(
    desk: Desk, clock: HandClock
) -> None:
    texan = replace(virginian(), residences=(Residence("US-TX"),))
    person = people.add_person(desk, texan, actor=OWNER)
    authority.add_authorization(desk, Authorization(
        "", person.id, "Sample Legal Clinic", clock.today(), power_of_attorney=True), actor=OWNER)
    let_agent_ask(desk, person, "slow-post")
    (file,) = requests.create_requests(
        desk, person.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    asserted = {(one.law, one.right) for one in file.request.footings}
    assert Right.DELETE in {right for _, right in asserted}
    assert not asserted & {
        (one.law, one.right) for one in not_asserted(desk, file.request)}
