"""What is kept of a person's plan: wishes, choices, the last plan, looks, counsel."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.places import PostalAddress
from optout.domain.wanted import Wanted
from optout.domain.words import ChoiceKind
from optout.store.models.base import Base, Snapshot
from optout.store.models.people import of_person


class PlanWishRow(Base):
    """What a person wants covered, and at which pace."""

    __tablename__ = "plan_wish"

    person_id: Mapped[str] = of_person(primary_key=True)
    wanted: Mapped[Wanted] = mapped_column(Snapshot(Wanted))
    minutes_a_day: Mapped[int]
    days_a_week: Mapped[int]
    set_on: Mapped[date]


class PlanChoiceRow(Base):
    """What a person chose about one broker; a later choice replaces it."""

    __tablename__ = "plan_choice"

    person_id: Mapped[str] = of_person(primary_key=True)
    broker_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ChoiceKind]
    reason: Mapped[str]
    until: Mapped[date | None]
    chosen_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))


class PlanMemoryRow(Base):
    """The plan that the person last saw, in ids and words."""

    __tablename__ = "plan_memory"

    person_id: Mapped[str] = of_person(primary_key=True)
    made_on: Mapped[date]
    content: Mapped[str]


class LookRow(Base):
    """One look for a person at a broker; rows are only ever added."""

    __tablename__ = "look"
    __table_args__ = (sa.Index(None, "person_id", "broker_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    broker_id: Mapped[str]
    result: Mapped[LookResult]
    looked_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
    reason: Mapped[NoLook | None]


class CounselRow(Base):
    """The lawyer to whom a person's government drafts go."""

    __tablename__ = "counsel"

    person_id: Mapped[str] = of_person(primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str]
    address: Mapped[PostalAddress] = mapped_column(Snapshot(PostalAddress))
    may_show_home: Mapped[bool]
    confirmed_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
