"""Orders to recipients who read German, French or Spanish, on the real law; nobody exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optout.documents.order import LetterOrder, address_lines
from optout.domain.broker import Broker, Procedure
from optout.domain.footing import VOLUNTARY, Deadlines, Footing
from optout.domain.places import PostalAddress
from optout.domain.words import ActingAs, BrokerStatus, Channel, Fact, Right, Role
from optout.law.applicable import applicable
from optout.law.deadlines import deadlines
from tests.documents.orders import DAY, FORMS, ORDERS, changed
from tests.planning.builders import laws

REMOVAL = (Right.DELETE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING)


@dataclass(frozen=True)
class Place:
    """Who reads it where, and who writes from there; nobody exists."""

    country: str
    firm: str
    address: PostalAddress
    person: str
    sender: tuple[str, ...]
    reason: str


PLACES = {
    "de": Place("DE", "Beispiel Daten GmbH", PostalAddress(
        ("Datenschutz", "Beispielallee 7"), "Hamburg", "DE", "", "20095"),
        "Jürgen Beispiel", ("Postfach 1", "10115 Berlin"),
        "Ich habe nie in Musterstadt gewohnt, sondern immer in Berlin"),
    "fr": Place("FR", "Exemple Données SAS", PostalAddress(
        ("Protection des données", "7, rue de l’Exemple"), "Paris", "FR", "", "75001"),
        "Zoé Exemple", ("BP 1", "69001 Lyon"),
        "Je n’ai jamais habité à Fictionville, mais toujours à Lyon"),
    "es": Place("ES", "Ejemplo Datos, S. L.", PostalAddress(
        ("Protección de datos", "Calle del Ejemplo, 7"), "Madrid", "ES", "", "28001"),
        "Íñigo Ejemplo", ("Apartado 1", "08001 Barcelona"),
        "Nunca viví en Villaficticia, sino siempre en Barcelona"),
}


def firm_in(country: str) -> Broker:
    return Broker(id="sample", name="Sample", role=Role.BROKER, category="people_search",
                  status=BrokerStatus.ACTIVE, sources=(), country=country)


def footings_of(
    rights: Sequence[Right], *, home: str, country: str, acting_as: ActingAs = ActingAs.SELF,
    by_power: bool = False,
) -> tuple[Footing, ...]:
    """The real footings of the General Data Protection Regulation, in the law's own order."""
    offered = applicable(laws(), (home,), firm_in(country), DAY, acting_as,
                         holds_power_of_attorney=by_power).offered
    return tuple(one for one in offered if one.law == "eu-gdpr" and one.right in rights)


def due_of(footings: Sequence[Footing]) -> dict[tuple[str, Right], Deadlines]:
    return {(one.law, one.right): deadlines(laws(), one.law, one.right, DAY, Channel.EMAIL)
            for one in footings}


def order_in(
    language: str, rights: Sequence[Right], *, home: str = "", acting_as: ActingAs = ActingAs.SELF,
    by_power: bool = False, reason: str = "", by_post: bool = True,
) -> LetterOrder:
    """An order for a firm in the country of that language; voluntary without rights."""
    place = PLACES[language]
    footings = footings_of(rights, home=home or place.country, country=place.country,
                           acting_as=acting_as, by_power=by_power) or (VOLUNTARY,)
    facts = {Fact.FULL_NAME: (place.person,), Fact.EMAIL: ("post@example.org",)}
    if home:
        facts[Fact.STATE_OF_RESIDENCE] = ("Canada",)
    if reason:
        facts[Fact.REASON] = (reason,)
    return changed(
        ORDERS["gdpr"], person_name=place.person, broker_name=place.firm,
        recipient_country=place.country, sender_lines=place.sender if by_post else (),
        procedure=Procedure(Channel.POSTAL_MAIL, address=place.address) if by_post
        else Procedure(Channel.EMAIL, email="privacy@example.com"),
        recipient_lines=address_lines(place.firm, place.address, posted_from=place.country)
        if by_post else (),
        footings=footings, facts=facts, language=language, person_language=language,
        acting_as=acting_as, agent_name="" if acting_as is ActingAs.SELF else "Robin Example",
        deadlines={} if footings == (VOLUNTARY,) else due_of(footings))


def _orders(language: str) -> dict[str, LetterOrder]:
    place = PLACES[language]
    return {
        f"{language}-removal": replace(order_in(language, REMOVAL), unseen=True),
        f"{language}-access": order_in(language, (Right.ACCESS,), by_post=False),
        f"{language}-all-agent": order_in(
            language, tuple(Right), home="CA-ON", acting_as=ActingAs.AGENT,
            reason=place.reason),
        f"{language}-removal-attorney": order_in(
            language, REMOVAL, acting_as=ActingAs.ATTORNEY_IN_FACT, by_power=True),
        f"{language}-removal-guardian": order_in(
            language, (Right.DELETE,), acting_as=ActingAs.GUARDIAN, by_post=False),
        f"{language}-correction": order_in(
            language, (Right.CORRECT, Right.RESTRICT), reason=place.reason),
        f"{language}-voluntary": changed(
            order_in(language, ()), covers_names=("Example People", "Illustra"), unseen=True),
        f"{language}-voluntary-guardian": order_in(
            language, (), acting_as=ActingAs.GUARDIAN, by_post=False),
    }


SPOKEN: dict[str, LetterOrder] = {
    name: order for language in PLACES for name, order in _orders(language).items()}
"""By language and kind; each a whole letter in that language."""

SPOKEN_FORMS: dict[str, LetterOrder] = {
    language: changed(order_in(language, REMOVAL, home="CA-ON", by_post=False), recipient_lines=(),
                      procedure=FORMS["web_form"].procedure, person_language="en",
                      facts=FORMS["web_form"].facts)
    for language in PLACES}
