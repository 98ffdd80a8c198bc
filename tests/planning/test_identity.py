"""What counts as a safe way to be answered, however one's own home and mailbox are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.person import ContactPoint
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import Channel
from optout.planning.identity import reply_is_safe
from tests.factories import HOME, PO_BOX, safe_at_risk

SAFE = safe_at_risk()
BERLIN = PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115")


@pytest.mark.parametrize("shown", [
    replace(HOME, lines=("100 FICTIONAL WAY",), city="SAN FRANCISCO"),
    replace(HOME, lines=("100 Fictional Way.",)),
    replace(HOME, lines=("100  Fictional  Way", "Apt 7")),
    replace(HOME, lines=("Unit 7, 100 Fictional Way",)),
    replace(HOME, postal_code="94102-1234", city="SF"),
    replace(HOME, region="", postal_code=""),
])
def test_ones_home_is_ones_home_however_it_is_written(shown: PostalAddress) -> None:
    person = replace(SAFE, reply_address=shown)
    assert not reply_is_safe(person, Channel.POSTAL_MAIL)
    assert not reply_is_safe(person, Channel.EMAIL)


@pytest.mark.parametrize(("home", "shown"), [
    (replace(HOME, lines=("7 Imaginary St",)), replace(HOME, lines=("7 Imaginary Street",))),
    (replace(HOME, lines=("7 N Imaginary Ave", "Apt 3")),
     replace(HOME, lines=("7 North Imaginary Avenue #3",))),
    (BERLIN, replace(BERLIN, lines=("Musterstr. 1",))),
])
def test_abbreviations_hide_no_home(home: PostalAddress, shown: PostalAddress) -> None:
    person = replace(SAFE, addresses=(PersonAddress(home),), reply_address=shown)
    assert not reply_is_safe(person, Channel.POSTAL_MAIL)


@pytest.mark.parametrize("shown", [
    PO_BOX,
    replace(PO_BOX, lines=("PO Box 100",)),
    replace(HOME, lines=("102 Fictional Way",)),
    replace(HOME, city="Fresno", postal_code="93650"),
])
def test_another_place_is_safe_even_nearby(shown: PostalAddress) -> None:
    assert reply_is_safe(replace(SAFE, reply_address=shown), Channel.POSTAL_MAIL)


@pytest.mark.parametrize(("own", "shown"), [
    ("avery.sample@example.com", "Avery.Sample@EXAMPLE.com"),
    ("avery.sample@example.com", "avery.sample+optout@example.com"),
    ("avery.sample+shop@example.com", "avery.sample@example.com"),
    ("avery.sample@gmail.com", "averysample+x@googlemail.com"),
])
def test_a_tag_or_a_dot_makes_no_other_mailbox(own: str, shown: str) -> None:
    person = replace(SAFE, emails=(ContactPoint(own),), reply_email=shown)
    assert not reply_is_safe(person, Channel.EMAIL)


def test_dots_make_another_mailbox_elsewhere() -> None:
    person = replace(SAFE, emails=(ContactPoint("a.b@example.com"),), reply_email="ab@example.com")
    assert reply_is_safe(person, Channel.EMAIL)
