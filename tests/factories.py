"""People who do not exist, made whole or by halves, for every room's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence

HOME = PostalAddress(("100 Fictional Way",), "San Francisco", "US", "CA", "94102")
OLD_HOME = PostalAddress(("7 Imaginary Court",), "Sacramento", "US", "CA", "95814")
PO_BOX = PostalAddress(("PO Box 0",), "San Francisco", "US", "CA", "94102")


def californian() -> Person:
    """Somebody with everything that a request may need, and a reply identity."""
    return Person(
        names=(PersonName("Avery", "Sample"),),
        residences=(Residence("US-CA"),),
        emails=(ContactPoint("avery.sample@example.com"),),
        phones=(ContactPoint("+14155550142"),),
        addresses=(PersonAddress(HOME, current=True),
                   PersonAddress(OLD_HOME, valid_to=date(2019, 6, 30))),
        date_of_birth=date(1985, 4, 12),
        reply_email="optout.sample@example.com",
        reply_address=PO_BOX)


def virginian() -> Person:
    """The same life in Virginia."""
    home = PostalAddress(("8 Make-Believe Street",), "Richmond", "US", "VA", "23220")
    return replace(californian(), residences=(Residence("US-VA"),),
                   addresses=(PersonAddress(home, current=True),),
                   reply_address=replace(home, lines=("PO Box 1",)))


def berliner() -> Person:
    """Somebody whom the GDPR protects."""
    home = PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115")
    return Person(
        names=(PersonName("Jürgen", "Beispiel"),), residences=(Residence("DE"),),
        emails=(ContactPoint("juergen@example.org"),), phones=(ContactPoint("+493023125142"),),
        addresses=(PersonAddress(home, current=True),), reply_email="auskunft@example.org",
        reply_address=replace(home, lines=("Postfach 1",)))


def new_yorker() -> Person:
    """Somebody for whom no law is known: everything is asked politely."""
    home = PostalAddress(("9 Nowhere Road",), "Albany", "US", "NY", "12207")
    return replace(californian(), residences=(Residence("US-NY"),),
                   addresses=(PersonAddress(home, current=True),),
                   reply_address=replace(home, lines=("PO Box 2",)))


def at_risk() -> Person:
    """Somebody who is being looked for, and has set no reply identity yet."""
    return replace(californian(), at_risk=True, reply_email="", reply_address=None)


def safe_at_risk() -> Person:
    """The same, with a mailbox and a PO box that lead to nobody's door."""
    return replace(at_risk(), reply_email="heron.lake@example.net", reply_address=PO_BOX)
