"""A person's scanned signature: kept on request, and from then on on their letters on paper."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from optout.domain.errors import NotFound, Tampered
from optout.domain.reference import new_id
from optout.services.desk import Desk
from optout.store import audit, people
from optout.store import signatures as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def keep_signature(desk: Desk, person_id: str, image: bytes, *, actor: str) -> None:
    """Keep a person's signature, in the place of the one before.

    It is cleaned of all but the strokes. From then on it stands above the name on every new
    letter on paper that the person makes for themselves, until `forget_signature`; never on an
    e-mail, never on what somebody else signs, never on a draft for counsel.

    Args:
        desk: the opened data.
        person_id: whose.
        image: a PNG or JPEG of dark strokes on white paper.
        actor: who keeps it.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: when the picture is no signature.
        DiskFull: when there is no room; nothing is kept then.
    """
    from optout.documents.signature_image import cleaned_signature

    cleaned = cleaned_signature(image)
    new = rows.StoredSignature(person_id, hashlib.sha256(cleaned).hexdigest(),
                               desk.clock.today(), new_id("S", 10))
    with desk.store.reading() as session:
        people.get(session, person_id)
    desk.files.put(new.sealed_name, cleaned)
    try:
        with desk.store.writing() as session:
            before = rows.get(session, person_id)
            rows.put(session, new, actor)
            audit.write(session, actor, "keep_signature", person_id, desk.clock.now())
    except BaseException:
        with contextlib.suppress(Exception):
            desk.files.delete(new.sealed_name)
        raise
    if before is not None:
        desk.files.delete(before.sealed_name)


def signature_of(desk: Desk, person_id: str) -> bytes:
    """A person's signature as PNG; empty while none is kept.

    Raises:
        Tampered: when its file was changed.
        NotFound: when its file is lost.
    """
    with desk.store.reading() as session:
        return signature_within(desk, session, person_id)


def signature_within(desk: Desk, session: Session, person_id: str) -> bytes:
    """The same within the caller's transaction."""
    stored = rows.get(session, person_id)
    if stored is None:
        return b""
    content = desk.files.get(stored.sealed_name)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Tampered("The signature is not the one that was kept.",
                       remedy="Forget it, and keep it anew.")
    return content


def forget_signature(desk: Desk, person_id: str, *, actor: str) -> None:
    """Forget a person's signature; letters made before keep it.

    Raises:
        NotFound: when none is kept.
    """
    with desk.store.writing() as session:
        stored = rows.get(session, person_id)
        if stored is None:
            raise NotFound("No signature is kept for this person.")
        rows.remove(session, person_id)
        audit.write(session, actor, "forget_signature", person_id, desk.clock.now())
    desk.files.delete(stored.sealed_name)
