"""Nothing on the disk can be read without the key, and what was deleted is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from optout.domain.document import Document, Evidence, Reply
from optout.domain.document_words import DocumentKind, EvidenceKind
from optout.domain.errors import NotFound
from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.mail import MailKind, MailState, OutgoingMail
from optout.domain.outcome_words import LookResult, Reading
from optout.domain.person import Counsel
from optout.domain.wanted import Choice, PlanWish, Wanted
from optout.domain.words import ChoiceKind, FollowUpKind
from optout.store import (
    choices,
    counsel,
    documents,
    driver,
    erasure,
    evidence,
    exposures,
    followups,
    looks,
    matters,
    memory,
    meta,
    outbox,
    people,
    replies,
    requests,
    upgrade,
    wishes,
)
from optout.store.migrations import HEAD
from optout.store.models import Base
from optout.store.store import Store
from tests.store import samples

NEEDLE = "Needleworth"


def fill(store: Store) -> str:
    """Store a person whose every text carries the needle."""
    name = replace(samples.AVERY.names[0], family=NEEDLE)
    with store.writing() as session:
        person = people.save(session, replace(
            samples.AVERY, names=(name,), reply_email=f"{NEEDLE}@example.com"))
        matter = matters.current(session, person.id, samples.DAY)
        requests.add_many(session, [replace(
            samples.request(person.id, matter.id), claim_words=f"{NEEDLE} is gone.")])
        requests.add_event(session, "OPT-7K3M9Q", replace(samples.event(), detail=NEEDLE * 500))
        exposures.add(session, Exposure(
            person.id, "acme", f"https://example.com/{NEEDLE}", samples.DAY, NEEDLE))
        wishes.put(session, person.id, PlanWish(Wanted(brokers=(NEEDLE,)), set_on=samples.DAY))
        choices.put(session, person.id, Choice(
            "acme", ChoiceKind.SKIP, samples.DAY, "owner", f"{NEEDLE} knows them."))
        memory.put(session, person.id, memory.Kept(samples.DAY, NEEDLE))
        look = looks.add(
            session, Look(person.id, NEEDLE, LookResult.LISTED, samples.DAY, "owner"))
        evidence.add(session, Evidence(
            "E-1", "", EvidenceKind.LOOK, NEEDLE, "image/png", "33" * 32, 9, samples.DAY,
            person_id=person.id, look_id=look.id), "E-1.sealed", "owner")
        followups.add(session, replace(
            samples.follow_up("", 2), person_id=person.id, broker_id=NEEDLE, reason=NEEDLE,
            kind=FollowUpKind.OWN_REMINDER, why=NEEDLE), at=samples.NOW)
        outbox.add(session, OutgoingMail(
            "M-1", MailKind.DIGEST, "digest:2026-11-23", f"<1@{NEEDLE}.example>",
            f"{NEEDLE}@example.com", NEEDLE.encode(), MailState.SENT, 1, samples.NOW, samples.NOW))
        meta.put(session, f"{meta.RETURNS}{NEEDLE}", '{"days": [41]}')
        counsel.save(session, Counsel(
            person.id, NEEDLE, samples.PO_BOX, samples.DAY, "owner", NEEDLE))
    return person.id


def on_disk(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


def test_no_file_shows_what_was_stored(store: Store, path: Path) -> None:
    fill(store)
    found = on_disk(path.parent)
    assert set(found) == {"optout.db", "optout.db-wal", "optout.db-shm"}
    for content in found.values():
        assert NEEDLE.encode() not in content
        assert b"SQLite format 3" not in content
        assert b"CREATE TABLE" not in content
    upgrade.copy_sealed(store._engine, path, samples.KEY, HEAD)
    store.close()
    assert len(on_disk(path.parent)) == 2
    for content in on_disk(path.parent).values():
        assert NEEDLE.encode() not in content
        assert b"SQLite format 3" not in content


def test_an_erased_person_leaves_no_row(store: Store) -> None:
    person_id = fill(store)
    with store.writing() as session:
        other = people.save(session, samples.AVERY)
        documents.add(session, Document("D-1", "OPT-7K3M9Q", DocumentKind.LETTER, "a.pdf",
                                        "application/pdf", "", samples.DAY), "D-1.sealed", "")
        replies.add(session, _reply("OPT-7K3M9Q", "11" * 32), "R-1.sealed")
        replies.add(session, _reply("", "22" * 32), "R-2.sealed")
        followups.add(session, samples.follow_up("OPT-7K3M9Q"), at=samples.NOW)
        requests.save_dates(session, "OPT-7K3M9Q", [samples.statutory_date()])
    with store.reading() as session:
        filled = {name for name, table in Base.metadata.tables.items()
                  if "person_id" in table.c and session.scalar(
                      sa.select(sa.func.count()).where(table.c.person_id == person_id))}
    assert filled >= {"plan_wish", "plan_choice", "plan_memory", "look", "counsel", "exposure"}
    with store.writing() as session:
        assert set(erasure.erase(session, person_id, at=samples.NOW)) == {
            "D-1.sealed", "E-1.sealed", "R-1.sealed"}
    with store.reading() as session:
        assert people.page(session, most=9) == (other,)
        assert requests.after(session, "", 9) == ()
        assert followups.by_request(session, person_id) == {}
        assert erasure.erased(session) == {person_id}
        with pytest.raises(NotFound):
            people.get(session, person_id)
        left = {
            name: session.scalar(sa.select(sa.func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
            if name not in {"actor", "erased_person", "standing_count"}}
    # The other person's own rows, the reply that belongs to nobody yet, that an e-mail was there,
    # and what re-checks learned: of several people, nobody can tell from whom.
    assert {name: count for name, count in left.items() if count} == {
        "person": 1, "person_name": 3, "contact_point": 4, "person_address": 2, "residence": 2,
        "reply": 1, "person_text": 6, "outbox": 1, "meta": 1}


def test_after_forgetting_not_even_the_key_brings_it_back(store: Store, path: Path) -> None:
    person_id = fill(store)
    upgrade.copy_sealed(store._engine, path, samples.KEY, HEAD)
    with store.writing() as session:
        erasure.erase(session, person_id, at=samples.NOW)
    assert store.forget()
    assert upgrade.copies(path) == ()
    assert path.with_name("optout.db-wal").stat().st_size == 0
    store.close()
    left = decrypted(path)
    assert NEEDLE.encode() not in left
    assert NEEDLE.lower().encode() not in left  # as the full text keeps it


def test_the_probe_would_find_what_is_still_there(store: Store, path: Path) -> None:
    fill(store)
    store.close()
    assert NEEDLE.encode() in decrypted(path)
    assert NEEDLE.lower().encode() in decrypted(path)


def test_forgetting_tells_when_someone_still_reads(
    path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(driver.PRAGMAS, "busy_timeout", "20")
    store = Store.open(path, samples.KEY)
    fill(store)
    with store.reading() as session:
        meta.get(session, "key")
        assert not store.forget()
    assert store.forget()
    store.close()


def decrypted(path: Path) -> bytes:
    """Every page of the database in the clear, free ones too: there deleted text would linger.

    SQLCipher 4: AES-256-CBC; a page of 4096 bytes ends with its vector (16) and its seal (64);
    the first page begins with the salt (16).
    """
    pages = []
    content = path.read_bytes()
    for start in range(0, len(content), 4096):
        page = content[start:start + 4096]
        body, vector = page[16 if start == 0 else 0:4016], page[4016:4032]
        opened = Cipher(algorithms.AES(bytes.fromhex(samples.KEY)), modes.CBC(vector)).decryptor()
        pages.append(opened.update(body) + opened.finalize())
    return b"".join(pages)


def _reply(request_id: str, sha256: str) -> Reply:
    return Reply("", request_id, "", Reading.OTHER, "", None, sha256)
