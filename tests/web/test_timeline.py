"""A request's clocks: which dates share one, where each lies, what happened meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from optout.domain.footing import Deadlines, Footing
from optout.domain.request import Request, RequestEvent, RequestFile, StatutoryDate
from optout.domain.words import ActingAs, Channel, Event, Right, Standing
from optout.law.model import History, LawBook
from optout.services.desk import Library
from optout.services.statutory import statutory_dates
from optout.settings import Settings
from optout.web.timeline import DOT, MARGIN, WIDTH, Clock, MarkKind, clocks
from tests.conftest import MONDAY
from tests.page_checks import elements, text_of
from tests.web.conftest import World
from tests.web.visitor import Visitor

CALIFORNIA = (("us-ca-ccpa", Right.OPT_OUT_OF_SALE), ("us-ca-ccpa", Right.OPT_OUT_OF_TARGETED_ADS),
              ("us-ca-ccpa", Right.ACCESS), ("us-ca-ccpa", Right.CORRECT))
EUROPE = (("eu-gdpr", Right.DELETE), ("eu-gdpr", Right.OBJECT))


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> LawBook:
    """The program's own laws."""
    folder: Path = tmp_path_factory.mktemp("none")
    return Library(Settings(instance=folder / "none")).laws


def file_of(
    laws: LawBook, footings: Sequence[tuple[str, Right]], *events: tuple[Event, int],
    channel: Channel = Channel.EMAIL,
) -> RequestFile:
    """A request that left on Monday, and what happened so many days later."""
    history = [RequestEvent(seq, event, MONDAY + timedelta(days=days),
                            datetime(2026, 11, 23, tzinfo=UTC), "owner", Standing.SENT)
               for seq, (event, days) in enumerate(((Event.MARK_SENT, 0), *events), 1)]
    request = Request(
        "OPT-7K3M9Q", "P-1", "M-1", "spokeo", tuple(Footing(*pair) for pair in footings), channel,
        ActingAs.SELF, Standing.SENT, MONDAY, sent_on=MONDAY)
    return RequestFile(request, tuple(history), statutory_dates(laws, None, request, history),
                       (), ())


def days(clock: Clock) -> dict[MarkKind, date]:
    """The days of a clock by their kind."""
    return {mark.kind: mark.day for mark in clock.marks}


def test_rights_of_the_same_dates_share_a_clock(laws: LawBook) -> None:
    opt_out, access = clocks(file_of(laws, CALIFORNIA), laws, MONDAY)
    assert opt_out.footings == (("us-ca-ccpa", "opt_out_of_sale"),
                                ("us-ca-ccpa", "opt_out_of_targeted_ads"))
    assert access.footings == (("us-ca-ccpa", "access"), ("us-ca-ccpa", "correct"))
    assert set(days(opt_out)) == {MarkKind.SENT, MarkKind.TODAY, MarkKind.RESPOND_BY}
    assert days(access)[MarkKind.RESPOND_BY] == date(2027, 1, 7)
    assert days(access)[MarkKind.EXTENDED_IF_TOLD] == date(2027, 2, 21)
    assert access.citations


def test_citations_of_rights_that_share_a_clock_are_all_named(laws: LawBook) -> None:
    file = file_of(laws, CALIFORNIA[:2])
    first, second = file.dates
    assert first.deadlines.respond_by is not None
    other = replace(second, deadlines=Deadlines(
        respond_by=replace(first.deadlines.respond_by, citation="Another section")))
    clock, = clocks(replace(file, dates=(first, other)), laws, MONDAY)
    assert clock.citations == (first.deadlines.respond_by.citation, "Another section")


def test_marks_are_numbered_in_order_and_lie_on_the_line(laws: LawBook) -> None:
    for clock in clocks(file_of(laws, CALIFORNIA, (Event.ACKNOWLEDGE, 2)), laws,
                        MONDAY + timedelta(days=3)):
        assert [mark.number for mark in clock.marks] == list(range(1, len(clock.marks) + 1))
        assert [mark.day for mark in clock.marks] == sorted(mark.day for mark in clock.marks)
        xs = [mark.x for mark in clock.marks]
        assert xs == sorted(xs)
        assert MARGIN <= xs[0] <= xs[-1] <= WIDTH - MARGIN
        assert all(DOT <= mark.y <= clock.line < clock.height for mark in clock.marks)


def test_no_mark_covers_another(laws: LawBook) -> None:
    crowd = [(Event.ACKNOWLEDGE, 1), (Event.DEMAND_IDENTITY, 1), (Event.ANSWER_IDENTITY, 1),
             (Event.EXTEND, 2)]
    for clock in clocks(file_of(laws, CALIFORNIA, *crowd), laws, MONDAY):
        for one in clock.marks:
            for other in clock.marks:
                apart = abs(one.x - other.x) + abs(one.y - other.y)
                assert one is other or apart >= 2 * DOT, (one, other)


def test_post_shows_when_the_law_counts_from_and_that_it_is_a_guess(laws: LawBook) -> None:
    file = file_of(laws, CALIFORNIA[:1], channel=Channel.POSTAL_MAIL)
    clock, = clocks(file, laws, MONDAY)
    received = next(mark for mark in clock.marks if mark.kind is MarkKind.RECEIVED)
    assert received.estimated
    assert received.day == date(2026, 11, 30)
    known = replace(file, request=replace(file.request, received_on=date(2026, 11, 30)))
    clock, = clocks(known, laws, MONDAY)
    assert not any(mark.estimated for mark in clock.marks)


def test_more_time_counts_only_if_it_was_announced_in_time(laws: LawBook) -> None:
    in_time, = clocks(file_of(laws, CALIFORNIA[2:], (Event.EXTEND, 30)), laws, MONDAY)
    assert MarkKind.MORE_TIME in days(in_time)
    assert MarkKind.EXTENDED_BY in days(in_time)
    late, = clocks(file_of(laws, CALIFORNIA[2:], (Event.EXTEND, 60)), laws, MONDAY)
    assert MarkKind.TOO_LATE in days(late)
    assert MarkKind.EXTENDED_BY not in days(late)
    none, = clocks(file_of(laws, CALIFORNIA[:1], (Event.EXTEND, 3)), laws, MONDAY)
    assert MarkKind.NO_MORE_TIME in days(none)


def test_what_follows_an_appeal_belongs_to_the_appeal(laws: LawBook) -> None:
    file = file_of(laws, CALIFORNIA[2:], (Event.REFUSE, 5), (Event.APPEAL, 6), (Event.EXTEND, 7))
    clock, = clocks(file, laws, MONDAY)
    assert days(clock)[MarkKind.ANSWERED] == MONDAY + timedelta(days=5)
    assert MarkKind.MORE_TIME not in days(clock)


def test_an_open_question_about_identity_is_drawn_up_to_today(laws: LawBook) -> None:
    today = MONDAY + timedelta(days=9)
    clock, = clocks(file_of(laws, EUROPE, (Event.DEMAND_IDENTITY, 4)), laws, today)
    rest, = clock.rests
    assert rest.stops
    assert rest.until is None
    by_kind = {mark.kind: mark for mark in clock.marks}
    assert rest.x == by_kind[MarkKind.IDENTITY_ASKED].x
    assert rest.x + rest.width == pytest.approx(by_kind[MarkKind.TODAY].x, abs=0.2)
    assert by_kind[MarkKind.RESPOND_BY].provisional


def test_an_answered_question_ends_its_rest(laws: LawBook) -> None:
    file = file_of(laws, EUROPE, (Event.DEMAND_IDENTITY, 4), (Event.ANSWER_IDENTITY, 8))
    clock, = clocks(file, laws, MONDAY)
    assert clock.rests[0].until == MONDAY + timedelta(days=8)
    assert days(clock)[MarkKind.RESPOND_BY] > date(2026, 12, 23)
    assert not any(mark.provisional for mark in clock.marks)
    settled = file_of(laws, EUROPE, (Event.DEMAND_IDENTITY, 4), (Event.REFUSE, 6))
    clock, = clocks(settled, laws, MONDAY)
    assert clock.rests[0].until == MONDAY + timedelta(days=6)


def test_where_the_law_lets_no_clock_wait_it_is_said_to_run_on(laws: LawBook) -> None:
    clock = clocks(file_of(laws, CALIFORNIA, (Event.DEMAND_IDENTITY, 4)), laws, MONDAY)[0]
    assert not clock.rests[0].stops


def test_a_rule_that_came_after_the_request_lets_its_clock_wait(laws: LawBook) -> None:
    old = laws.law("us-va-vcdpa", MONDAY)
    new = replace(old, verification=replace(old.verification, pauses_clock=True))
    changed = replace(laws, histories={old.id: History(
        ((date.min, old), (date(2026, 12, 1), new)))})
    virginia = ((old.id, Right.DELETE),)
    clock, = clocks(file_of(changed, virginia, (Event.DEMAND_IDENTITY, 8)), changed, MONDAY)
    assert clock.rests[0].stops
    assert next(mark for mark in clock.marks if mark.kind is MarkKind.RESPOND_BY).provisional
    early, = clocks(file_of(changed, virginia, (Event.DEMAND_IDENTITY, 7)), changed, MONDAY)
    assert not early.rests[0].stops


def test_a_clock_that_starts_with_the_verification_waits(laws: LawBook) -> None:
    nevada = (("us-nv-603a", Right.OPT_OUT_OF_SALE),)
    clock, = clocks(file_of(laws, nevada, (Event.DEMAND_IDENTITY, 1)), laws, MONDAY)
    assert clock.rests[0].stops


def test_a_law_that_is_no_longer_known_still_shows_its_dates(laws: LawBook) -> None:
    file = file_of(laws, CALIFORNIA[:1])
    gone = replace(file, dates=(replace(file.dates[0], law="gone"),))
    clock, = clocks(gone, laws, MONDAY)
    assert clock.footings == (("gone", "opt_out_of_sale"),)
    assert MarkKind.RESPOND_BY in days(clock)


def test_a_clock_of_one_day_can_be_drawn(laws: LawBook) -> None:
    file = file_of(laws, CALIFORNIA[:1])
    bare = replace(file, dates=(StatutoryDate("us-ca-ccpa", "access", 1, Deadlines()),))
    clock, = clocks(bare, laws, MONDAY)
    assert clock.no_number
    assert clock.today is not None
    unsent = replace(bare, request=replace(bare.request, sent_on=None))
    clock, = clocks(unsent, laws, MONDAY)
    assert [mark.kind for mark in clock.marks] == [MarkKind.TODAY]


def test_a_request_shows_its_clock_as_a_picture_and_as_a_list(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    pictures = [e for e in page.root.iter() if str(e.tag).endswith("svg")]
    lists = [e for e in elements(page.root, "ol") if e.get("class") == "clock-dates"]
    assert len(pictures) == len(lists) >= 1
    for picture, shown in zip(pictures, lists, strict=True):
        assert picture.get("role") == "img"
        about = {e.get("id"): text_of(e) for e in elements(picture)}
        told = " ".join(about[i] for i in (picture.get("aria-labelledby") or "").split())
        for item in elements(shown, "li"):
            if item.get("value"):
                assert f"{item.get('value')}. " in told
        assert "They must answer by" in told
    assert page.text.count("Line of dates") == len(pictures)


def test_a_late_notice_and_an_open_question_are_visible(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-people-search"), "/sent")
    page = visitor.submit(page, "/answer", {"answer-reading": "identity_requested"})
    assert "Their question about who you are has been open since Nov 23, 2026." in page.text
    assert "By what we know of this law, the clock runs on." in page.text
