"""Contacts that several entries share are known, and whether anybody confirmed them."""

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Basis, Broker, Procedure
from optout.domain.errors import NotFound
from optout.domain.words import BasisKind
from optout.registry.families import Family
from optout.registry.loading import load_registry
from optout.registry.registry import Registry
from tests.registry.sample import SMALL

BASE = load_registry(SMALL).get("example-search")
FORM, POST, _ = BASE.procedures
MAIL = load_registry(SMALL).get("example-phones").procedures[0]
AGREED = (Basis(BasisKind.INDEPENDENT_LISTS, count=2),)
ALONE = (Basis(BasisKind.INDEPENDENT_LISTS),)


def registry(**ways: tuple[Procedure, ...]) -> Registry:
    brokers: list[Broker] = [replace(BASE, id=id_, name=id_, covers=(), procedures=procedures)
                             for id_, procedures in ways.items()]
    return Registry({broker.id: broker for broker in brokers}, date(2026, 11, 1))


def test_a_mailbox_of_several_is_a_desk() -> None:
    within = registry(a=(MAIL,), b=(replace(FORM, url="https://b.example/x"), MAIL), c=(FORM,))
    assert within.families == (Family("desk", MAIL.email, ("a", "b"), confirmed=False),)
    assert within.shared_contacts("a") == within.shared_contacts("b") == within.families
    assert within.shared_contacts("c") == ()
    with pytest.raises(NotFound):
        within.shared_contacts("d")


def test_a_contact_that_one_entry_confirms_is_confirmed() -> None:
    within = registry(a=(replace(MAIL, basis=ALONE),), b=(replace(MAIL, basis=AGREED),))
    assert [family.confirmed for family in within.families] == [True]
    assert within.stats()["unconfirmed_shared"] == 0
    assert registry(a=(MAIL,), b=(MAIL,)).stats()["unconfirmed_shared"] == 1


def test_a_form_is_shared_whatever_its_last_slash() -> None:
    within = registry(a=(FORM,), b=(replace(FORM, url=FORM.url + "/"),))
    assert [(one.kind, one.contact) for one in within.families] == [("form", FORM.url)]


def test_an_address_is_shared_within_one_company_only() -> None:
    within = registry(a=(POST,), b=(POST,))
    [family] = within.families
    assert (family.kind, family.ids) == ("address", ("a", "b"))
    assert "Example Street" in family.contact
    others = {**within.brokers, "b": replace(within.brokers["b"], operator="Somebody Else")}
    assert Registry(others, date(2026, 11, 1)).families == ()


def test_two_ways_of_one_entry_are_no_family() -> None:
    assert registry(a=(MAIL, replace(MAIL, rights=()), FORM)).families == ()
