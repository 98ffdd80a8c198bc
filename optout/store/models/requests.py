"""Requests, what happened to them, the dates that started, and the tasks that follow."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from optout.domain.footing import Deadlines, Footing
from optout.domain.outcome_words import Claim, LookResult, RefusalReason
from optout.domain.words import (
    ActingAs,
    Channel,
    Event,
    Fact,
    FollowUpKind,
    FollowUpState,
    Right,
    Standing,
)
from optout.store.models.base import Base, Snapshot
from optout.store.models.people import of_person


def of_request(*, primary_key: bool = False) -> Mapped[str]:
    """A reference to a request that goes when the request goes."""
    return mapped_column(
        sa.ForeignKey("request.id", ondelete="CASCADE"), primary_key=primary_key)


def _other_request() -> Mapped[str | None]:
    # Checked at commit: both ends of a chain may be written in any order.
    return mapped_column(sa.ForeignKey(
        "request.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"))


ENDED = "state NOT IN ('waiting', 'raised')"
"""Tasks that are over; written like this, a query finds them by their index."""

_ORDERS = ("created_on", "moved_on", "next_on")
_FILTERS = ("standing", "channel", "claim", "last_look", "law", "broker_id", "person_id",
            "late_from", "sent_on")
"""What lists are sorted and filtered by: each order has an index that holds all of it."""


class RequestRow(Base):
    """One ask of one recipient; `law` and `right` repeat the best footing, to be queried.

    `next_on` is the first day on which an open task of it is shown: triggers on `follow_up` keep
    it. `number` is its place in the order of their making, and given by a trigger as well.
    """

    __tablename__ = "request"
    __table_args__ = (
        sa.Index(None, "person_id", "standing"),
        sa.Index(None, "matter_id"),
        sa.Index(None, "predecessor_id", sqlite_where=sa.text("predecessor_id IS NOT NULL")),
        sa.Index(None, "successor_id", sqlite_where=sa.text("successor_id IS NOT NULL")),
        sa.Index(None, "merged_into_id", sqlite_where=sa.text("merged_into_id IS NOT NULL")),
        sa.Index(None, "standing", "moved_on"),
        sa.Index(None, "broker_id", "standing"),
        sa.Index(None, "late_from", sqlite_where=sa.text("late_from IS NOT NULL")),
        sa.Index(None, "sent_on", sqlite_where=sa.text("sent_on IS NOT NULL")),
        sa.Index(None, "claim", sqlite_where=sa.text("claim IS NOT NULL")),
        sa.Index(None, "last_look", sqlite_where=sa.text("last_look IS NOT NULL")),
        sa.Index(None, "law"), sa.Index(None, "channel"),
        sa.Index(None, "number", unique=True),
        *(sa.Index(f"ix_request_list_{order}", order, "number", *_FILTERS,
                   *(day for day in _ORDERS if day != order)) for order in _ORDERS),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    matter_id: Mapped[str] = mapped_column(sa.ForeignKey("matter.id", ondelete="CASCADE"))
    broker_id: Mapped[str]
    law: Mapped[str]
    right: Mapped[Right]
    footings: Mapped[tuple[Footing, ...]] = mapped_column(
        Snapshot(tuple[Footing, ...], shared=True))
    channel: Mapped[Channel]
    acting_as: Mapped[ActingAs]
    standing: Mapped[Standing]
    created_on: Mapped[date]
    facts: Mapped[tuple[Fact, ...]] = mapped_column(Snapshot(tuple[Fact, ...], shared=True))
    covers: Mapped[tuple[str, ...]] = mapped_column(Snapshot(tuple[str, ...], shared=True))
    claim: Mapped[Claim | None]
    claim_words: Mapped[str]
    last_look: Mapped[LookResult | None]
    last_look_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    received_on: Mapped[date | None]
    predecessor_id: Mapped[str | None] = _other_request()
    successor_id: Mapped[str | None] = _other_request()
    procedure_index: Mapped[int]
    late_from: Mapped[date | None]
    moved_on: Mapped[date | None]
    merged_into_id: Mapped[str | None] = _other_request()
    next_on: Mapped[date | None]
    number: Mapped[int] = mapped_column(server_default="0")


class StandingCountRow(Base):
    """How many requests have a standing; triggers on `request` keep it, so that nobody counts."""

    __tablename__ = "standing_count"

    standing: Mapped[Standing] = mapped_column(primary_key=True)
    requests: Mapped[int]


class EventRow(Base):
    """One thing that happened to a request, by whose hand; rows are only ever added."""

    __tablename__ = "request_event"

    request_id: Mapped[str] = of_request(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[Event]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
    standing_after: Mapped[Standing]
    detail: Mapped[str]
    received_on: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[RefusalReason | None]
    look_id: Mapped[str | None]


class StatutoryDateRow(Base):
    """The deadlines of one footing; the days are columns, their arithmetic is a snapshot."""

    __tablename__ = "statutory_date"

    request_id: Mapped[str] = of_request(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    law: Mapped[str]
    right: Mapped[str]
    started_by_seq: Mapped[int]
    acknowledge_by: Mapped[date | None]
    respond_by: Mapped[date | None]
    extended_respond_by: Mapped[date | None]
    deadlines: Mapped[Deadlines] = mapped_column(Snapshot(Deadlines))


class FollowUpRow(Base):
    """A dated task; its key makes sure that the same cause never calls for it twice.

    Numbers are never used again, so that what a calendar still shows is never another task.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        sa.Index(None, "state", "show_on"), sa.Index(None, "request_id"),
        sa.Index(None, "person_id", "state", "show_on"), sa.Index(None, "kind", "state", "show_on"),
        sa.Index("ix_follow_up_ended", "changed_at", sqlite_where=sa.text(ENDED)),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = of_person()
    broker_id: Mapped[str]
    request_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("request.id", ondelete="CASCADE"))
    kind: Mapped[FollowUpKind]
    due_on: Mapped[date]
    show_on: Mapped[date]
    state: Mapped[FollowUpState]
    key: Mapped[str] = mapped_column(unique=True)
    why: Mapped[str]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]
    reason: Mapped[str]
