"""Evidence: kept byte for byte as handed over; shown only made anew, without what it hides."""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import Evidence, MadeFile
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import InvalidInput, Tampered
from optout.domain.reference import new_id
from optout.services.desk import Desk
from optout.services.typed import as_stored, request_named
from optout.store import audit, looks, people, requests
from optout.store import evidence as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_NAME = 120
_NAMELESS = "file"


def add_evidence(
    desk: Desk, request_id: str, content: bytes, *, name: str, kind: EvidenceKind,
    event_seq: int = 0, actor: str, on: date | None = None,
) -> Evidence:
    """Keep a file that proves something about a request, unchanged.

    The same file handed over twice for the same thing is kept once.

    Args:
        desk: the opened data.
        request_id: which request; letter case and spaces around it are forgiven.
        content: the file.
        name: as the person's machine called it; folders in it are dropped.
        kind: what it is to prove.
        event_seq: the event that it proves; 0 for the request as a whole.
        actor: who adds it.
        on: the day; default: today.

    Raises:
        NotFound: when there is no such request.
        InvalidInput: for an event that is not there, and for a file that cannot be kept.
        DiskFull: when there is no room; nothing is kept then.
    """
    new = replace(made_of(content, name=name, kind=kind, on=desk.day(on)),
                  request_id=as_stored(request_id), event_seq=event_seq)
    with desk.store.reading() as session:
        known = _known(session, new)
        new = replace(new, person_id=requests.get(session, new.request_id).person_id)
    if known is not None:
        return known
    with kept_file(desk, new, content), desk.store.writing() as session:
        add_row(desk, session, new, actor=actor)
    return new


def made_of(content: bytes, *, name: str, kind: EvidenceKind, on: date) -> Evidence:
    """What is known of a file that can be kept; of no request and no look yet.

    Raises:
        InvalidInput: when it cannot be kept (field `file`).
    """
    from optout.documents.foreign_files import PICTURES, kind_of_file
    from optout.documents.pictures import check_picture

    media_type = kind_of_file(content)
    if media_type in PICTURES:
        check_picture(content, media_type)
    return Evidence(
        id=new_id("E", 10), request_id="", kind=kind, name=_plain_name(name),
        media_type=media_type, sha256=hashlib.sha256(content).hexdigest(), size=len(content),
        added_on=on)


@contextlib.contextmanager
def kept_file(desk: Desk, new: Evidence, content: bytes) -> Iterator[None]:
    """Seal the file while its row is being written; both are kept, or neither.

    Raises:
        DiskFull: when there is no room.
    """
    desk.files.put(new.id, content)
    try:
        yield
    except BaseException:
        with contextlib.suppress(Exception):
            desk.files.delete(new.id)
        raise


def add_row(desk: Desk, session: Session, new: Evidence, *, actor: str) -> None:
    """Write down what is known of a sealed file, within the caller's transaction."""
    rows.add(session, new, new.id, actor)
    audit.write(session, actor, "add_evidence", new.id, desk.clock.now())


def evidence_of(desk: Desk, request_id: str) -> tuple[Evidence, ...]:
    """The evidence of a request, in the order in which it was added.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        return tuple(stored.evidence for stored in rows.of_request(session, request.id))


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece of evidence, and where it belongs.

    Args:
        broker_id: whom it is about.
        looked_on: the day of the look that it proves; None where it belongs to a request alone.
    """

    evidence: Evidence
    broker_id: str
    looked_on: date | None = None


def kept_of(desk: Desk, person_id: str) -> tuple[Kept, ...]:
    """Everything that is kept of a person, with a request or without, as it was added.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        person = people.get(session, person_id.strip().upper())
        found = [stored.evidence for stored in rows.of_person(session, person.id)]
        there = {look.id: look for look in looks.of_person(session, person.id)} if any(
            one.look_id for one in found) else {}
        return tuple(
            Kept(one, there[one.look_id].broker_id, there[one.look_id].looked_on) if one.look_id
            else Kept(one, requests.get(session, one.request_id).broker_id) for one in found)


def described(desk: Desk, evidence_id: str) -> Evidence:
    """A piece of evidence, whatever became of its file.

    Raises:
        NotFound: when there is no such evidence.
    """
    with desk.store.reading() as session:
        return rows.get(session, evidence_id).evidence


def read_evidence(desk: Desk, evidence_id: str) -> tuple[Evidence, bytes]:
    """A piece of evidence and the file as it was handed over; show `shown_evidence` instead.

    Raises:
        NotFound: when there is no such evidence.
        Tampered: when its file was changed or lost.
    """
    with desk.store.reading() as session:
        stored = rows.get(session, evidence_id)
    return stored.evidence, opened(desk, stored)


def shown_evidence(desk: Desk, evidence_id: str) -> MadeFile:
    """A piece of evidence as it may be shown on a screen: nothing in it can act or tell more.

    Pictures are made anew without their metadata, PDFs page by page without anything that
    acts; a message is shown as plain text.

    Raises:
        NotFound: when there is no such evidence.
        Tampered: when its file was changed or lost.
        InvalidInput: when it does not open.
    """
    from optout.documents.foreign_files import JPEG, PDF, PICTURES, TEXT, text_of_file
    from optout.documents.foreign_pdf import rebuilt_pdf
    from optout.documents.pictures import shown_picture

    evidence, content = read_evidence(desk, evidence_id)
    if evidence.media_type in PICTURES:
        return MadeFile(f"{evidence.id}.jpg", JPEG, shown_picture(content, evidence.media_type))
    if evidence.media_type == PDF:
        return MadeFile(f"{evidence.id}.pdf", PDF, rebuilt_pdf(content))
    text = text_of_file(content) or content.decode("utf-8", "replace")
    return MadeFile(f"{evidence.id}.txt", f"{TEXT}; charset=utf-8", text.encode())


def remove_evidence(desk: Desk, evidence_id: str, *, actor: str) -> None:
    """Forget a piece of evidence, with its file; the audit keeps that it was there and went.

    What it proved, be it an event or a look, stays as it was entered.

    Raises:
        NotFound: when there is no such evidence.
    """
    with desk.store.writing() as session:
        stored = rows.get(session, evidence_id)
        rows.remove(session, evidence_id)
        audit.write(session, actor, "remove_evidence", evidence_id, desk.clock.now())
    desk.files.delete(stored.sealed_name)


def opened(desk: Desk, stored: rows.StoredEvidence) -> bytes:
    """The file of a piece of evidence, held against the hash taken when it came.

    Raises:
        Tampered: when it was changed.
        NotFound: when it is lost.
    """
    content = desk.files.get(stored.sealed_name)
    if hashlib.sha256(content).hexdigest() != stored.evidence.sha256:
        raise Tampered(f"The evidence {stored.evidence.id} is not the one that was added.",
                       remedy="Restore the data folder from a backup.")
    return content


def _known(session: Session, new: Evidence) -> Evidence | None:
    """The same file, if it is kept for the same thing already; makes sure that the thing is there.

    Raises:
        NotFound: when there is no such request.
        InvalidInput: when the request has no such event.
    """
    request = requests.get(session, new.request_id)
    seqs = {event.seq for event in requests.events(session, request.id)}
    if new.event_seq and new.event_seq not in seqs:
        raise InvalidInput(f"{request.id} has no event {new.event_seq}.", field="event_seq",
                           remedy="Choose one of its history, or none.")
    wanted = (new.sha256, new.kind, new.event_seq)
    return next((stored.evidence for stored in rows.of_request(session, request.id)
                 if (stored.evidence.sha256, stored.evidence.kind,
                     stored.evidence.event_seq) == wanted), None)


def _plain_name(name: str) -> str:
    """A file's name without its folders and without anything that does not show."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in last)
    return " ".join(shown.split())[:_LONGEST_NAME].strip() or _NAMELESS
