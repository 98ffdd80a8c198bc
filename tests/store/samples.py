"""Fictional people and requests, as the domain writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from optout.domain.footing import ComputedDate, Deadlines, Footing, Limit
from optout.domain.person import ContactPoint, Matter, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.request import FollowUp, Request, RequestEvent, StatutoryDate
from optout.domain.words import (
    ActingAs,
    Channel,
    Event,
    Fact,
    FollowUpKind,
    FollowUpState,
    NameKind,
    PeriodUnit,
    Right,
    Sensitivity,
    Standing,
)

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 18, 30, 0, 123456, tzinfo=UTC)
KEY = "5a" * 32

PO_BOX = PostalAddress(("PO Box 0",), "San Francisco", "US", "CA", "94102")
HOME = PostalAddress(("100 Fictional Way", "Unit 7"), "San Francisco", "US", "CA", "94102")

AVERY = Person(
    names=(
        PersonName("Avery", "Sample", "Nguyễn"),
        PersonName("Ave", "Sample", kind=NameKind.ALIAS, sensitivity=Sensitivity.ASK),
        PersonName("Needle", "Formername", kind=NameKind.DO_NOT_USE, valid_to=date(2015, 1, 1)),
    ),
    residences=(Residence("US-CA", valid_from=date(2020, 2, 29)),
                Residence("DE", valid_to=date(2020, 2, 28))),
    emails=(ContactPoint("avery.sample@example.com"),
            ContactPoint("old@example.com", Sensitivity.NEVER_SEND, date(2001, 1, 1), DAY)),
    phones=(ContactPoint("+14155550142"),),
    advertising_ids=(ContactPoint("00000000-0000-4000-8000-000000000000", Sensitivity.ASK),),
    addresses=(PersonAddress(HOME, current=True, sensitivity=Sensitivity.ASK),
               PersonAddress(PO_BOX, substitute=True, valid_from=DAY)),
    date_of_birth=date(1985, 4, 12),
    at_risk=True,
    reply_email="optout.sample@example.com",
    reply_address=PO_BOX,
    language="es",
    sample=True,
)

CCPA = Footing(
    "ccpa", Right.DELETE, "California Consumer Privacy Act", "Cal. Civ. Code § 1798.105",
    reaches_third_party_data=True,
    limits=(Limit("size_threshold", "you meet the thresholds of the Act", "Firms do not say."),),
    reason="You live in California.", source="https://example.com/ccpa", checked=DAY)


def request(person_id: str, matter_id: str, reference: str = "OPT-7K3M9Q") -> Request:
    return Request(
        id=reference, person_id=person_id, matter_id=matter_id, broker_id="acme-data",
        footings=(CCPA, Footing("delete-act", Right.OPT_OUT_OF_SALE)), channel=Channel.EMAIL,
        acting_as=ActingAs.SELF, standing=Standing.DRAFT, created_on=DAY,
        facts=(Fact.FULL_NAME, Fact.REPLY_EMAIL), covers=("acme-mirror", "acme-people"))


def follow_up(request_id: str, number: int = 1, due_on: date = DAY) -> FollowUp:
    return FollowUp(
        id=f"F-{number:06}", request_id=request_id, kind=FollowUpKind.RESPOND_DUE, due_on=due_on,
        state=FollowUpState.WAITING, key=f"{request_id}:respond_due:{number}",
        why="The answer was due.")


def event(seq: int = 1, what: Event = Event.MARK_SENT) -> RequestEvent:
    return RequestEvent(seq, what, DAY, NOW, "owner", Standing.SENT, "Sent from my phone.",
                        received_on=DAY, until=DAY)


def statutory_date(law: str = "ccpa") -> StatutoryDate:
    answer = ComputedDate(
        date(2027, 1, 7), date(2027, 1, 8), DAY, 45, PeriodUnit.CALENDAR_DAYS,
        "Cal. Civ. Code § 1798.130(a)(2)", ("day 0: Monday 2026-11-23 (receipt)", "+ 45 days"))
    early = ComputedDate(
        date(2026, 12, 8), date(2026, 12, 9), DAY, 10, PeriodUnit.BUSINESS_DAYS,
        "11 CCR § 7021", ("ten business days",), "holidays 0.109, US-CA")
    return StatutoryDate(law, "delete", 1, Deadlines(early, answer, None, ("§ 1798.130",)))


def matter(person_id: str) -> Matter:
    return Matter("M-7K3M9Q", person_id, DAY, "Avery", None)
