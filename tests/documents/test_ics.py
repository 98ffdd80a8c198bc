"""The calendar: whole days, the same bytes each time, read alike by two parsers of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from optout.documents.ics import NAME, CalendarItem, calendar_parts
from tests.documents.calendar_reading import DAY_BEFORE, MORNING, READERS, ReadEvent

DAY = date(2026, 12, 31)
CHANGED = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=UTC)
PLAIN = CalendarItem("7d5e8a34-0c52-4d1b-9a57-2f1d6f1f6f02", DAY, "privacy follow-up 2", 3, CHANGED)


def calendar_bytes(items: Iterable[CalendarItem]) -> bytes:
    return b"".join(calendar_parts(iter(items)))


Read = Callable[[bytes], list[ReadEvent]]


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Read:
    """Each of the parsers in turn."""
    return READERS[request.param]


def test_an_entry_is_a_whole_day_that_blocks_no_time_and_rings_at_nine(read: Read) -> None:
    (event,) = read(calendar_bytes([PLAIN]))
    when = CHANGED.replace(microsecond=0)
    assert event == ReadEvent(
        PLAIN.uid, DAY, date(2027, 1, 1), PLAIN.summary, 3, "CONFIRMED", when, when,
        private=True, free=True, alarms=(MORNING,), rings=(PLAIN.summary,))


def test_a_last_day_rings_on_the_day_before_too_and_says_no_more_then(read: Read) -> None:
    (event,) = read(calendar_bytes([replace(PLAIN, warn_before=True)]))
    assert event.alarms == (MORNING, DAY_BEFORE)
    assert set(event.rings) == {PLAIN.summary}


def test_what_is_over_is_cancelled_and_rings_no_more(read: Read) -> None:
    (event,) = read(calendar_bytes([replace(PLAIN, cancelled=True, warn_before=True)]))
    assert (event.status, event.alarms) == ("CANCELLED", ())


def test_entries_keep_their_order_and_the_bytes_hang_on_nothing_but_them(read: Read) -> None:
    items = [replace(PLAIN, uid=f"{PLAIN.uid[:-1]}{number}") for number in (3, 1, 2)]
    made = calendar_bytes(items)
    assert [event.uid for event in read(made)] == [item.uid for item in items]
    elsewhere = CHANGED.astimezone(timezone(timedelta(hours=-8)))
    assert calendar_bytes(replace(item, changed_at=elsewhere) for item in items) == made


def test_the_calendar_is_discreet_and_says_how_often_to_ask() -> None:
    lines = calendar_bytes([]).decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert not any("optout" in line.lower() for line in lines)
    assert {"VERSION:2.0", "METHOD:PUBLISH", f"X-WR-CALNAME:{NAME}", f"NAME:{NAME}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H"} <= set(lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_an_empty_calendar_is_still_a_calendar(read: Read) -> None:
    assert read(calendar_bytes([])) == []


SIGNS = ',;:\\"\n\r\t\x00\x1f\x7f\x85\u2028é€🏠👩\u200d⚖️\u202e'
ODD = st.text(
    st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"])), max_size=200)


@given(ODD)
@example('a,b;c:d\\n\\,"e"\nBEGIN:VALARM\r\nX:1')
@example("🏠" * 60)
@example("DTSTART:20270101 " * 9)
def test_any_words_come_back_from_lines_of_75_octets(words: str) -> None:
    made = calendar_bytes([replace(PLAIN, summary=words)])
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert not re.search(rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]", made)
    made.decode()  # no line was folded within a sign
    said = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", " ".join(words.split()))
    for reader in READERS.values():
        (event,) = reader(made)
        assert event.summary == said
        assert (event.uid, event.on, event.sequence) == (PLAIN.uid, DAY, 3)
        assert event.rings == (said,)
