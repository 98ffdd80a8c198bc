"""Every letter that the law can lead to: each right that is offered anywhere, in each capacity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from optout.documents.order import LetterOrder
from optout.domain.broker import Broker, Procedure
from optout.domain.errors import NotFound
from optout.domain.footing import Applicable, Deadlines, Footing
from optout.domain.places import PostalAddress
from optout.domain.words import ActingAs, Channel, Fact, Right, Role
from optout.law.applicable import applicable
from optout.law.deadlines import deadlines
from optout.planning.asks import ask_for
from optout.services.law_files import law_folder
from tests.law.grid import DROP, ORDINARY
from tests.law.samples import book

DAYS = tuple(date.fromisoformat(day) for day in ("2026-11-27", "2027-01-01", "2028-02-01"))
EVERY_LAW = tuple(book().histories)
CAPACITIES = ((ActingAs.SELF, False), (ActingAs.AGENT, False), (ActingAs.AGENT, True),
              (ActingAs.ATTORNEY_IN_FACT, False), (ActingAs.GUARDIAN, False))
RECIPIENTS = (
    ORDINARY, DROP, replace(ORDINARY, country="DE"), replace(ORDINARY, country=""),
    replace(ORDINARY, role=Role.CONSUMER_REPORTING_AGENCY,
            regulated_as=("fcra_nationwide", "fcra_specialty_nationwide")),
    replace(ORDINARY, role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=("fcra",)),
    replace(ORDINARY, regulated_as=("fcra",)),
    replace(ORDINARY, role=Role.GOVERNMENT_SYSTEM, regulated_as=("foia",)))
_HOMES = {"US federal": "US-OH", "EU": "DE"}
ADDRESS = PostalAddress(("100 Example Plaza",), "Sample City", "US", "CA", "95814")


@dataclass(frozen=True)
class Offer:
    """What one law gives in one capacity against one recipient on one day."""

    footings: tuple[Footing, ...]
    acting_as: ActingAs
    broker: Broker
    day: date

    @property
    def law(self) -> str:
        return self.footings[0].law

    def __str__(self) -> str:
        return f"{self.law}, {self.acting_as}, {self.broker.role}, {self.day}"

    def only(self, footings: tuple[Footing, ...]) -> Offer:
        return replace(self, footings=footings)

    def by_itself(self) -> Offer | None:
        """What a letter asks for when nobody chose; None where that is nothing."""
        ask = ask_for(Applicable(self.footings, ()), Procedure(Channel.POSTAL_MAIL))
        return None if ask.is_voluntary or not ask.footings else self.only(ask.footings)


@cache
def offers(law_id: str) -> tuple[Offer, ...]:
    """Everything that a law gives to anyone who lives under it, in every capacity."""
    home = book().law(law_id, DAYS[0]).jurisdiction
    residence = _HOMES.get(home, home)
    if len(residence) > len("US-CA"):
        return ()  # a pointer to many states
    kept: dict[object, Offer] = {}
    for offer in _offers(law_id, residence):
        kept.setdefault((offer.footings, offer.acting_as, offer.broker.regulated_as), offer)
    return tuple(kept.values())


def _offers(law_id: str, residence: str) -> Iterator[Offer]:
    at_home = replace(ORDINARY, country=residence[:2])
    for day in DAYS:
        for acting_as, power in CAPACITIES:
            for broker in (at_home, *RECIPIENTS):
                found = applicable(book(), [residence], broker, day, acting_as,
                                   holds_power_of_attorney=power, declared=EVERY_LAW)
                footings = tuple(f for f in found.offered if f.law == law_id)
                if footings:
                    yield Offer(footings, acting_as, broker, day)


def periods(offer: Offer, channel: Channel) -> dict[tuple[str, Right], Deadlines]:
    """What the law sets for each footing."""
    found = {}
    for footing in offer.footings:
        try:
            computed = deadlines(book(), footing.law, footing.right, offer.day, channel,
                                 broker=offer.broker)
        except NotFound:
            continue
        if computed.acknowledge_by or computed.respond_by:
            found[footing.law, footing.right] = computed
    return found


def order(
    offer: Offer, channel: Channel = Channel.POSTAL_MAIL,
    covers: tuple[str, ...] = ("Canary Cover",)
) -> LetterOrder:
    """The order for a letter or sheet; every value of the person's is told apart from the rest."""
    by_post = channel in {Channel.POSTAL_MAIL, Channel.FAX}
    return LetterOrder(
        reference="OPT-CANARY", day=offer.day, person_name="Canary O’Person",
        broker_name="Canary & Broker <Ltd>",
        procedure=Procedure(channel, email="privacy@broker.example",
                            url="https://www.example.com/optout", phone="+1 800 555 0142",
                            address=ADDRESS if by_post else None),
        footings=offer.footings, deadlines=periods(offer, channel),
        reply_email="canary.reply@example.com",
        sender_lines=("PO Box 0", "Sample City, CA 94102") if by_post else (),
        recipient_lines=("Canary Recipient", *ADDRESS.lines, ADDRESS.city_line) if by_post else (),
        recipient_country="US", covers_names=covers,
        facts={Fact.FULL_NAME: ("Canary Fullname",), Fact.EMAIL: ("canary.fact@example.com",),
               Fact.CITY_STATE: ("Canarytown, CA",),
               Fact.LISTING_URL: ("https://www.example.com/p/canary-listing/1",),
               Fact.REASON: ("The canary reason {{ 7*7 }}.",)},
        unseen=True,  # the longest letter: it says that nothing shows what they hold
        acting_as=offer.acting_as,
        agent_name="" if offer.acting_as is ActingAs.SELF else "Canary Agent")


def written_down(law_id: str) -> str:
    """The law's own file, as it stands."""
    return (law_folder() / "laws" / f"{law_id}.yaml").read_text(encoding="utf-8")
