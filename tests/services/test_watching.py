"""Every place has its next look, exactly one, whatever happens to requests and listings."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.exposure import Exposure
from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import exposures, intake, looks, people, requests, watching
from optout.services import followups as looking
from optout.services.desk import Desk
from optout.services.patience import Patience
from optout.services.returns import Returns, forget, remember, returns_at
from optout.services.sweep import sweep
from optout.store import exposures as exposure_rows
from optout.store import followups, meta, watches
from optout.store.models import MetaRow
from tests.conftest import MONDAY
from tests.factories import safe_at_risk

URL = "https://quickmail.example/p/1"


def watched(desk: Desk, person: Person, broker: str = "quick-mail") -> list[tuple[str, date]]:
    """The open tasks of looking at a place that belong to no request."""
    with desk.store.reading() as session:
        return [(task.state, task.due_on) for task in watches.tasks_at(
            session, person.id, broker) if task.state in followups.OPEN]


def tasks(desk: Desk, person: Person) -> tuple[FollowUp, ...]:
    with desk.store.reading() as session:
        return watches.tasks_at(session, person.id, "quick-mail")


def look(desk: Desk, person: Person, result: LookResult, broker: str = "quick-mail") -> str:
    reason = NoLook.CAPTCHA if result is LookResult.COULD_NOT_LOOK else None
    return looks.record_look(desk, person.id, broker, result, reason=reason, actor=OWNER).id


def sent(desk: Desk, person: Person, *brokers: str) -> str:
    (file,) = requests.create_requests(
        desk, person.id, brokers or ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return file.request.id


def test_a_listing_is_watched_until_a_request_to_it_is_sent_and_again_when_it_is_taken_back(
    desk: Desk, morgan: Person,
) -> None:
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, actor=OWNER)
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(14))]
    request_id = sent(desk, morgan)
    assert watched(desk, morgan) == []
    requests.mark(desk, request_id, "withdraw", actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(14))]
    assert len(tasks(desk, morgan)) == 1, "the same one, brought back"
    requests.mark(desk, request_id, "undo", actor=OWNER)
    assert watched(desk, morgan) == []


def test_a_look_that_was_shown_before_a_request_stood_for_it_is_not_raised_again(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    """Found by the random lives: it came back on the day that had raised it, and was once more."""
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, actor=OWNER)
    clock.forward(days=14)
    (task,) = tasks(desk, morgan)
    assert sweep(desk).raised == (task.id,)
    request_id = sent(desk, morgan)
    assert watched(desk, morgan) == []
    requests.mark(desk, request_id, "withdraw", actor=OWNER)
    assert watched(desk, morgan) == [("raised", MONDAY + timedelta(14))]
    assert sweep(desk).raised == ()


def test_each_look_calls_for_the_next_one(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, actor=OWNER)
    for result, days in ((LookResult.LISTED, 14), (LookResult.COULD_NOT_LOOK, 3),
                         (LookResult.NOT_FOUND, 14), (LookResult.NOT_FOUND, 45),
                         (LookResult.NOT_FOUND, 90), (LookResult.NOT_FOUND, 90)):
        clock.forward(days=1)
        look(desk, morgan, result)
        assert watched(desk, morgan) == [
            ("waiting", desk.clock.today() + timedelta(days))], result
    states = [task.state for task in tasks(desk, morgan)]
    assert states == [*[FollowUpState.DONE] * 6, FollowUpState.WAITING]


def test_a_listing_that_is_forgotten_is_not_watched(desk: Desk, morgan: Person) -> None:
    (kept,) = intake.take_in(desk, morgan.id, "https://quickmail.example/p/1",
                             actor=OWNER).kept
    assert len(watched(desk, morgan)) == 1
    intake.forget_exposure(desk, morgan.id, kept.id, actor=OWNER)
    assert watched(desk, morgan) == []


def test_what_was_answered_is_looked_at_for_ever_also_when_closed(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    request_id = sent(desk, morgan)
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    look(desk, morgan, LookResult.COULD_NOT_LOOK)
    requests.mark(desk, request_id, "close", actor=OWNER)
    for _ in range(6):
        (next_look,) = {*watched(desk, morgan), *(
            (task.state, task.due_on) for task in requests.get_request(
                desk, request_id).follow_ups
            if task.state in followups.OPEN and task.kind is FollowUpKind.RECHECK)}
        clock.forward(days=(next_look[1] - desk.clock.today()).days)
        look(desk, morgan, LookResult.NOT_FOUND)


def test_a_task_of_looking_that_is_done_by_hand_is_followed_by_the_next(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    request_id = sent(desk, morgan)
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    requests.mark(desk, request_id, "close", actor=OWNER)
    (task,) = (task for task in requests.get_request(desk, request_id).follow_ups
               if task.state in followups.OPEN)
    looking.finish(desk, task.id, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(14))]
    clock.forward(days=14)
    first = tasks(desk, morgan)[-1]
    looking.finish(desk, first.id, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(28))]
    looking.reopen(desk, first.id, actor=OWNER)
    assert watched(desk, morgan) == [("raised", MONDAY + timedelta(14))]
    looking.finish(desk, first.id, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(28))]
    looking.not_needed(desk, tasks(desk, morgan)[-1].id, "They closed down.", actor=OWNER)
    assert watched(desk, morgan) == [], "the person does not need it, until something is seen"


def test_a_look_that_is_ticked_off_for_a_year_is_still_followed_by_the_next(
    desk: Desk, morgan: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the newest tasks of a place are read; their number is not how many there were."""
    monkeypatch.setattr(watches, "_NEWEST", 3)
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, actor=OWNER)
    for _ in range(6):
        clock.forward(days=14)
        (task,) = (task for task in tasks(desk, morgan) if task.state in followups.OPEN)
        looking.finish(desk, task.id, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", clock.today() + timedelta(14))]


def test_tasks_that_have_nothing_to_do_with_the_broker_change_nothing(
    desk: Desk, morgan: Person,
) -> None:
    exposure = Exposure(morgan.id, "quick-mail", URL, MONDAY)
    with desk.store.writing() as session:
        exposure_rows.add(session, exposure)
        own = FollowUp("F-1", "", FollowUpKind.OWN_REMINDER, MONDAY, FollowUpState.DONE, "own:1",
                       person_id=morgan.id, broker_id="quick-mail")
        watching.renew_after(desk, session, own)
        watching.renew_after(desk, session, replace(
            own, kind=FollowUpKind.RECHECK, broker_id=""))
    watching.watch_everything(desk)
    assert watched(desk, morgan) == [], "once in the life of a data folder"
    with desk.store.writing() as session:
        session.execute(sa.delete(MetaRow).where(MetaRow.key == "watched"))  # an older folder
    watching.watch_everything(desk)
    assert len(watched(desk, morgan)) == 1


def older_folder(desk: Desk, person: Person, brokers: Sequence[str]) -> None:
    """Listings and looks that an older program entered, which gave no place its next look."""
    with desk.store.writing() as session:
        for broker in brokers:
            exposure_rows.add(session, Exposure(person.id, broker, URL, MONDAY))
        session.execute(sa.delete(MetaRow).where(MetaRow.key == "watched"))


def test_places_are_reached_a_few_at_a_time_and_each_once_however_often_it_is_cut_short(
    desk: Desk, morgan: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:
    look(desk, morgan, LookResult.LISTED)
    brokers = [f"gone-{number}" for number in range(5)]
    older_folder(desk, morgan, [*brokers, "quick-mail"])
    monkeypatch.setattr(watching, "AT_ONCE", 2)
    reached: list[str] = []
    renew = watching.renew_watch

    def cut_short(desk: Desk, session: Session, person_id: str, broker_id: str) -> None:
        if len(reached) in {3, 6}:
            reached.append("power cut")
            raise RuntimeError
        reached.append(broker_id)
        renew(desk, session, person_id, broker_id)

    monkeypatch.setattr(watching, "renew_watch", cut_short)
    calls: list[bool | None] = []
    while True not in calls:
        with suppress(RuntimeError):
            calls.append(None)
            calls[-1] = watching.watch_everything(desk, Patience(0))
    # Two of a transaction; what was cut short is done again from its first place on.
    assert reached == ["gone-0", "gone-1", "gone-2", "power cut", "gone-2", "gone-3",
                       "power cut", "gone-4", "quick-mail"]
    assert calls == [False, None, False, None, False, True]
    for broker in (*brokers, "quick-mail"):
        assert len(watched(desk, morgan, broker)) == 1
    assert watching.watch_everything(desk)
    assert len(reached) == 9


def test_two_processes_watch_everything_once(
    desk: Desk, morgan: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:
    older_folder(desk, morgan, ["gone-0"])
    first = meta.get
    overtaken: list[bool] = []

    def then_another(session: Session, key: str) -> str | None:
        found = first(session, key)
        if not overtaken:
            overtaken.append(True)
            assert watching.watch_everything(desk)
        return found

    monkeypatch.setattr(meta, "get", then_another)
    assert watching.watch_everything(desk)
    assert len(watched(desk, morgan, "gone-0")) == 1


def test_an_entry_that_is_corrected_moves_its_task(desk: Desk, morgan: Person) -> None:
    exposures.add_exposure(desk, morgan.id, "quick-mail", URL, on=MONDAY - timedelta(30),
                           actor=OWNER)
    look_id = look(desk, morgan, LookResult.NOT_FOUND)
    with desk.store.writing() as session:
        task = tasks(desk, morgan)[-1]
        followups.claim(session, task.id, FollowUpState.WAITING, FollowUpState.RAISED,
                        at=desk.clock.now())
    looks.take_back_look(desk, look_id, actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(3))]
    looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED, corrects=look_id,
                      actor=OWNER)
    assert watched(desk, morgan) == [("waiting", MONDAY + timedelta(14))]
    assert tasks(desk, morgan)[-1].id == task.id


def test_a_return_shortens_the_wait_for_everyone_there(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    look(desk, morgan, LookResult.LISTED)
    look(desk, morgan, LookResult.NOT_FOUND)
    clock.forward(days=40)
    back = look(desk, morgan, LookResult.LISTED)
    assert watched(desk, morgan) == [("waiting", desk.clock.today() + timedelta(14))]
    look(desk, morgan, LookResult.NOT_FOUND)
    clock.forward(days=14)
    look(desk, morgan, LookResult.NOT_FOUND)
    assert watched(desk, morgan) == [("waiting", desk.clock.today() + timedelta(20))]
    other = people.add_person(desk, safe_at_risk(), actor=OWNER)
    look(desk, other, LookResult.NOT_FOUND)
    assert watched(desk, other) == [("waiting", desk.clock.today() + timedelta(20))]
    with desk.store.reading() as session:
        assert returns_at(session, "quick-mail") == Returns((40,))
        assert returns_at(session, "slow-post").soonest is None
    looks.take_back_look(desk, back, actor=OWNER)
    with desk.store.reading() as session:
        assert returns_at(session, "quick-mail") == Returns(), "no look that stands saw a return"
    looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED, corrects=back, actor=OWNER)
    with desk.store.reading() as session:
        assert returns_at(session, "quick-mail") == Returns((40,))


def test_a_later_look_takes_over_a_return_that_the_first_one_did_not_see(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    look(desk, morgan, LookResult.LISTED)
    gone = look(desk, morgan, LookResult.NOT_FOUND)
    clock.forward(days=40)
    first = look(desk, morgan, LookResult.LISTED)
    clock.forward(days=3)
    look(desk, morgan, LookResult.LISTED)
    for corrected, days in ((first, 43), (gone, None)):
        looks.take_back_look(desk, corrected, actor=OWNER)
        with desk.store.reading() as session:
            assert returns_at(session, "quick-mail").soonest == days


def test_an_undone_return_shortens_no_wait(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    request_id = sent(desk, morgan)
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    requests.mark(desk, request_id, "look_not_found", actor=OWNER)
    clock.forward(days=20)
    before = open_looks(desk, request_id)
    requests.mark(desk, request_id, "look_listed", actor=OWNER)
    with desk.store.reading() as session:
        assert returns_at(session, "quick-mail").soonest == 20
    (new,) = requests.create_requests(desk, morgan.id, ("quick-mail",), actor=OWNER)
    assert new.request.predecessor_id == request_id
    for _ in ("close", "look_listed"):
        requests.mark(desk, request_id, "undo", actor=OWNER)
    with desk.store.reading() as session:
        assert returns_at(session, "quick-mail") == Returns()
    assert open_looks(desk, request_id) == before


def open_looks(desk: Desk, request_id: str) -> list[tuple[FollowUpKind, date]]:
    return [(task.kind, task.due_on) for task in requests.get_request(desk, request_id).follow_ups
            if task.state in followups.OPEN]


def test_a_return_that_was_a_mistake_is_unlearned(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    look(desk, morgan, LookResult.LISTED)
    look(desk, morgan, LookResult.NOT_FOUND)
    clock.forward(days=40)
    looks.take_back_look(desk, look(desk, morgan, LookResult.LISTED), actor=OWNER)
    with desk.store.writing() as session:
        assert returns_at(session, "quick-mail") == Returns()
        forget(session, "quick-mail", 3)
        for days in (9, *range(20, 30), 21):
            remember(session, "quick-mail", days)
        forget(session, "quick-mail", 21)
        kept = returns_at(session, "quick-mail")
    assert kept.days == (21, *range(22, 30))
    assert kept.soonest == 21


def test_what_a_request_learns_shortens_its_own_looks(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    with desk.store.writing() as session:
        remember(session, "quick-mail", 16)
    request_id = sent(desk, morgan)
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    clock.forward(days=10)
    look(desk, morgan, LookResult.NOT_FOUND)
    (task,) = (task for task in requests.get_request(desk, request_id).follow_ups
               if task.state in followups.OPEN)
    assert task.due_on == desk.clock.today() + timedelta(8)


def test_the_listing_of_a_mirror_follows_the_request_that_serves_it(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    exposures.add_exposure(desk, morgan.id, "form-mirror", "https://formmirror.example/p",
                           actor=OWNER)
    request_id = sent(desk, morgan, "form-first", "form-mirror")
    assert len(watched(desk, morgan, "form-mirror")) == 1, "nothing there calls for a look yet"
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    assert watched(desk, morgan, "form-mirror") == [], "the request’s own look stands for it"
    look(desk, morgan, LookResult.COULD_NOT_LOOK, "form-mirror")
    assert watched(desk, morgan, "form-mirror") == [("waiting", MONDAY + timedelta(3))]
    clock.forward(days=1)
    look(desk, morgan, LookResult.LISTED, "form-mirror")
    assert watched(desk, morgan, "form-mirror") == [
        ("waiting", desk.clock.today() + timedelta(14))]
