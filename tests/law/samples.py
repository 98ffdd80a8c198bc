"""The real book of laws, brokers of every kind, and dates written with their weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from optout.domain.broker import Broker, Registration
from optout.domain.words import BrokerStatus, Role
from optout.law.model import LawBook
from optout.law.reading import read_laws
from optout.services.law_files import parsed_laws

BROKER = Broker(id="acme-people", name="Acme People", role=Role.BROKER, category="people_search",
                status=BrokerStatus.ACTIVE, sources=(), country="US")
REGISTERED = replace(BROKER, registered_in=(Registration("us-ca", 2026),))
UNKNOWN_COUNTRY = replace(BROKER, country="")
GERMAN = replace(BROKER, id="muster-daten", name="Muster Daten", country="DE")
PLATFORM = replace(BROKER, id="california-drop", name="DROP", role=Role.PLATFORM)
AGENCY = replace(BROKER, id="acme-reports", name="Acme Reports",
                 role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=("fcra",))
NATIONWIDE = replace(AGENCY, id="acme-bureau", name="Acme Bureau",
                     regulated_as=("fcra_nationwide",))
SPECIALTY = replace(AGENCY, id="acme-tenants", name="Acme Tenants",
                    regulated_as=("fcra_specialty_nationwide",))
MIXED = replace(BROKER, id="acme-risk", name="Acme Risk", regulated_as=("fcra", "glba"))


def laws_as_parsed() -> dict[str, Any]:
    """The product's file, parsed afresh, so that a test may spoil its copy."""
    return parsed_laws()


@cache
def book() -> LawBook:
    """The product's laws."""
    return read_laws(laws_as_parsed())


def on(spelled: str) -> date:
    """`Monday 2026-11-23` as a date; the weekday must be the true one."""
    weekday, iso = spelled.split()
    day = date.fromisoformat(iso)
    assert f"{day:%A}" == weekday, f"{iso} is a {day:%A}"
    return day
