"""ZIP and calendar: the same bytes each time, safe names, discreet entries."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import icalendar
import pytest

from optout.documents.bundle import zip_parts
from optout.documents.ics import CalendarItem, calendar_bytes
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind

DAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=UTC)


def document(name: str, content: bytes) -> Document:
    return Document(id=name, request_id="OPT-7K3M9Q", kind=DocumentKind.LETTER, file_name=name,
                    media_type="application/pdf", sha256=hashlib.sha256(content).hexdigest(),
                    made_on=DAY, content=content)


def zipped(documents: Sequence[Document], day: date) -> bytes:
    return b"".join(zip_parts(documents, day))


def test_a_zip_holds_the_documents_whole_and_in_order() -> None:
    made = zipped([document("OPT-B.pdf", b"two"), document("OPT-A.eml", b"one")], DAY)
    with ZipFile(BytesIO(made)) as bundle:
        assert bundle.testzip() is None
        assert bundle.namelist() == ["OPT-B.pdf", "OPT-A.eml"]
        assert bundle.read("OPT-A.eml") == b"one"
        assert all(e.date_time[:3] == (2026, 11, 23) for e in bundle.infolist())
        assert all(e.external_attr >> 16 & 0o077 == 0 for e in bundle.infolist())


def test_a_zip_is_the_same_for_the_same_documents() -> None:
    documents = [document("OPT-A.pdf", b"x" * 1000)]
    assert zipped(documents, DAY) == zipped(documents, DAY)


@pytest.mark.parametrize(("wanted", "got"), [
    ("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ("/a/", "document")])
def test_a_name_in_a_zip_is_a_bare_name(wanted: str, got: str) -> None:
    with ZipFile(BytesIO(zipped([document(wanted, b"x")], DAY))) as bundle:
        assert bundle.namelist() == [got]


def test_equal_names_in_a_zip_get_numbers() -> None:
    made = zipped([document("a.pdf", b"1"), document("a.pdf", b"2"), document("a.pdf", b"3")],
                  DAY)
    with ZipFile(BytesIO(made)) as bundle:
        assert bundle.namelist() == ["a.pdf", "a-2.pdf", "a-3.pdf"]
        assert bundle.read("a-3.pdf") == b"3"


def test_the_calendar_reads_back_as_all_day_entries_by_date() -> None:
    items = [CalendarItem("f2@optout", date(2027, 1, 7), "privacy follow-up 2", 3),
             CalendarItem("f1@optout", date(2026, 12, 31), "privacy follow-up 1")]
    made = calendar_bytes(items, STAMP)
    calendar = icalendar.Calendar.from_ical(made)
    assert calendar["VERSION"] == "2.0"
    assert str(calendar["PRODID"]).startswith("-//optout//")
    first, second = calendar.walk("VEVENT")
    assert (first["UID"], first.decoded("DTSTART")) == ("f1@optout", date(2026, 12, 31))
    assert first.decoded("DTEND") == date(2027, 1, 1)
    assert second.decoded("SEQUENCE") == 3
    assert first.decoded("DTSTAMP") == STAMP.replace(microsecond=0)
    assert {e["TRANSP"] for e in (first, second)} == {"TRANSPARENT"}
    assert b"DTSTART;VALUE=DATE:20261231" in made


def test_the_calendar_is_the_same_whatever_order_its_entries_come_in() -> None:
    items = [CalendarItem("a", DAY, "x"), CalendarItem("b", DAY, "y, with; signs\nand lines")]
    assert calendar_bytes(items, STAMP) == calendar_bytes(reversed(items), STAMP)
    assert b"\nand" not in calendar_bytes(items, STAMP)


def test_an_empty_calendar_is_still_a_calendar() -> None:
    assert not icalendar.Calendar.from_ical(calendar_bytes([], STAMP)).walk("VEVENT")
