"""What is searched: the words of people and of notes, kept by triggers beside their sources.

The full-text tables `person_search` and `note_search` index these rows (SQLite FTS5). They are no
models: the migrations make them, and triggers alone write to them.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from optout.store.models.base import Base
from optout.store.models.people import of_person


class PersonTextRow(Base):
    """A name, an e-mail address or a phone number of a person, as it is searched."""

    __tablename__ = "person_text"
    __table_args__ = (sa.UniqueConstraint("person_id", "source"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    source: Mapped[str]
    words: Mapped[str]


class NoteTextRow(Base):
    """Words that someone wrote: a claim, a note in a history, a listing, a reminder, a file's name.

    `kind` says what they are (`store/search.py`), `source` which one.
    """

    __tablename__ = "note_text"
    __table_args__ = (
        sa.UniqueConstraint("kind", "source"), sa.Index(None, "person_id"),
        sa.Index(None, "request_id", sqlite_where=sa.text("request_id IS NOT NULL")),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    source: Mapped[str]
    person_id: Mapped[str] = of_person()
    request_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("request.id", ondelete="CASCADE"))
    broker_id: Mapped[str]
    words: Mapped[str]
