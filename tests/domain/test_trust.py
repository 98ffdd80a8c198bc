"""How far a fact is trusted: derived from its bases, never entered."""

from datetime import date

import pytest

from optout.domain.broker import Basis, Broker, Procedure, Registration, Source, trust_of
from optout.domain.words import BasisKind, BrokerStatus, Channel, Role, Trust


@pytest.mark.parametrize(("bases", "trust"), [
    ((), Trust.UNVERIFIED),
    ((Basis(BasisKind.STATE_FILING),), Trust.UNVERIFIED),
    ((Basis(BasisKind.INDEPENDENT_LISTS, 1),), Trust.UNVERIFIED),
    ((Basis(BasisKind.INDEPENDENT_LISTS, 2),), Trust.CORROBORATED),
    ((Basis(BasisKind.STATE_FILING), Basis(BasisKind.PRIVACY_POLICY)), Trust.CORROBORATED),
    ((Basis(BasisKind.OWN_LOOK),), Trust.VERIFIED),
    ((Basis(BasisKind.REPLY), Basis(BasisKind.STATE_FILING)), Trust.VERIFIED),
    ((Basis(BasisKind.DELIVERED_MAIL),), Trust.VERIFIED),
])
def test_trust_follows_from_the_bases(bases: tuple[Basis, ...], trust: Trust) -> None:
    assert trust_of(bases) is trust


def broker(*procedures: Procedure, filings: tuple[Registration, ...] = ()) -> Broker:
    return Broker(id="x", name="X", role=Role.BROKER, category="people_search",
                  status=BrokerStatus.ACTIVE, registered_in=filings, procedures=procedures,
                  sources=(Source("https://example.com", date(2026, 11, 23)),))


def test_a_broker_is_trusted_as_its_best_procedure() -> None:
    weak = Procedure(Channel.EMAIL)
    strong = Procedure(Channel.WEB_FORM, basis=(Basis(BasisKind.INDEPENDENT_LISTS, 3),))
    assert broker(weak, strong).trust is Trust.CORROBORATED
    assert broker(weak).trust is Trust.UNVERIFIED
    assert broker().trust is Trust.UNVERIFIED


def test_a_registration_counts_for_its_registry_and_year_only() -> None:
    filed = broker(filings=(Registration("us-ca", 2026),))
    assert filed.registered_with("us-ca", 2026)
    assert not filed.registered_with("us-ca", 2025)
    assert not filed.registered_with("us-tx", 2026)


@pytest.mark.parametrize(("day", "stands"), [
    (date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True),
    (date(2027, 1, 31), True), (date(2027, 2, 1), False)])
def test_a_filing_stands_until_brokers_must_have_filed_anew(day: date, *, stands: bool) -> None:
    filed = broker(filings=(Registration("us-ca", 2026),))
    assert filed.registered_on("us-ca", day) is stands
    assert not filed.registered_on("us-tx", day)
