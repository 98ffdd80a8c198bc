"""Who is asking: persons with their names, contact points and places; matters; permissions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from optout.domain.places import PostalAddress
from optout.domain.words import NameKind, Sensitivity
from optout.store.models.base import Base, Snapshot


class ContactKind(StrEnum):
    """Which list of the person a contact point belongs to."""

    EMAIL = "email"
    PHONE = "phone"
    ADVERTISING_ID = "advertising_id"


def of_person(*, primary_key: bool = False) -> Mapped[str]:
    """A reference to a person that goes when the person goes."""
    return mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=primary_key)


AT_RISK = "at_risk = 1"
"""People who must be careful; written like this, a query finds one by their index."""


class PersonRow(Base):
    """A person; its lists are rows of their own, in the order in which they were entered."""

    __tablename__ = "person"
    __table_args__ = (sa.Index(None, "at_risk", sqlite_where=sa.text(AT_RISK)),)

    id: Mapped[str] = mapped_column(primary_key=True)
    date_of_birth: Mapped[date | None]
    at_risk: Mapped[bool]
    reply_email: Mapped[str]
    reply_address: Mapped[PostalAddress | None] = mapped_column(Snapshot(PostalAddress))
    language: Mapped[str]
    sample: Mapped[bool]

    names: Mapped[list[NameRow]] = relationship(
        cascade="all, delete-orphan", order_by="NameRow.position", passive_deletes=True)
    contacts: Mapped[list[ContactRow]] = relationship(
        cascade="all, delete-orphan", order_by="ContactRow.position", passive_deletes=True)
    addresses: Mapped[list[AddressRow]] = relationship(
        cascade="all, delete-orphan", order_by="AddressRow.position", passive_deletes=True)
    residences: Mapped[list[ResidenceRow]] = relationship(
        cascade="all, delete-orphan", order_by="ResidenceRow.position", passive_deletes=True)


class NameRow(Base):
    """One name of a person."""

    __tablename__ = "person_name"
    __table_args__ = (sa.Index(None, "position", "family", "given"),)

    person_id: Mapped[str] = of_person(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[str]
    middle: Mapped[str]
    family: Mapped[str]
    kind: Mapped[NameKind]
    sensitivity: Mapped[Sensitivity]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ContactRow(Base):
    """An e-mail address, a phone number or an advertising id of a person."""

    __tablename__ = "contact_point"

    person_id: Mapped[str] = of_person(primary_key=True)
    kind: Mapped[ContactKind] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str]
    sensitivity: Mapped[Sensitivity]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class AddressRow(Base):
    """An address in a person's life."""

    __tablename__ = "person_address"

    person_id: Mapped[str] = of_person(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[PostalAddress] = mapped_column(Snapshot(PostalAddress))
    current: Mapped[bool]
    substitute: Mapped[bool]
    sensitivity: Mapped[Sensitivity]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ResidenceRow(Base):
    """Where a person lives or lived, as far as the law cares."""

    __tablename__ = "residence"

    person_id: Mapped[str] = of_person(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class MatterRow(Base):
    """What a clinic opens for a client; a person alone has one."""

    __tablename__ = "matter"
    __table_args__ = (sa.Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    title: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class AuthorizationRow(Base):
    """The signed permission to act for a person."""

    __tablename__ = "authorization"
    __table_args__ = (sa.Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    agent_name: Mapped[str]
    signed_on: Mapped[date]
    ends_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    power_of_attorney: Mapped[bool]
