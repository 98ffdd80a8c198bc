"""Three requests, each by a channel of its own, and what is made of them."""

from __future__ import annotations

from typing import Any

from optout.domain.actor import OWNER
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind
from optout.domain.person import Person
from optout.services import letters
from optout.services.desk import Desk

ALL = ("quick-mail", "slow-post", "form-first")


def generate(desk: Desk, person: Person, **how: Any) -> dict[DocumentKind, Document]:
    """What is generated, with its content."""
    made = letters.generate(desk, person.id, actor=OWNER, **how)
    return {d.kind: letters.read_document(desk, d.id) for d in made}
