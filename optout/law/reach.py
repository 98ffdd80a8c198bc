"""Which laws reach this person and this broker on this day, and why others do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from optout.domain.broker import Broker
from optout.domain.footing import VOLUNTARY, Limit, Withheld
from optout.domain.places import Residence
from optout.domain.words import Confidence, Right, Role
from optout.law.calendar import plain
from optout.law.limits import AGENCY, ESTABLISHMENT, TARGETING
from optout.law.model import Law, LawBook
from optout.law.parts import PersonClass, Recipients, Status

FEDERAL = "US federal"
EUROPEAN = "EU"
EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    "IS", "LI", "NO"})
"""The 27 member states of the Union, and Iceland, Liechtenstein and Norway."""

_ORDINARY = frozenset({
    PersonClass.RESIDENTS, PersonClass.RESIDENTS_OR_DATA_COLLECTED_THERE,
    PersonClass.ANY_CONSUMER, PersonClass.DATA_SUBJECTS, PersonClass.INDIVIDUALS})

UNREACHED_ROLES: Mapping[Role, str] = MappingProxyType({
    Role.GOVERNMENT_SYSTEM: "This is a system of the government. Consumer privacy laws do not "
                            "bind it; laws on public records may let you see what it holds.",
    Role.PUBLIC_RECORD_SOURCE: "These are public records. The office that keeps them follows "
                               "records laws, not consumer privacy laws.",
    Role.PROCESSOR: "This firm holds data for its customers, who decide about them. Ask the firm "
                    "that you dealt with.",
    Role.TOOL_VENDOR: "This firm sells a tool and keeps no data on consumers of its own. There is "
                      "nothing to ask it for.",
    Role.PROGRAM: "This is a programme, not a firm that holds data to sell. It has its own way "
                  "in, without a privacy law.",
    Role.PRACTICE: "This is a way of trading data, not one firm. Ask each firm that takes part.",
})
"""Recipients that no consumer privacy law reaches, and why."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A law that reaches, the sentence that says why, and what cannot be checked from here."""

    law: Law
    reason: str
    limits: tuple[Limit, ...] = ()


def is_known_agency(broker: Broker) -> bool:
    """Whether the broker is a consumer reporting agency, by its role or a class of the FCRA."""
    return broker.role is Role.CONSUMER_REPORTING_AGENCY or any(
        name.startswith("fcra_") for name in broker.regulated_as)


def is_agency(broker: Broker) -> bool:
    """Whether the FCRA may bind the broker: an agency, or a firm with some data under that act.

    A broker's own filing says only that the act governs some of its data (`fcra`); a marketing
    firm that says so need not keep a single consumer file.
    """
    return is_known_agency(broker) or "fcra" in broker.regulated_as


def _is_bound(broker: Broker) -> bool:
    """Whether it is an agency that may be under federal law; an unknown country may be."""
    return is_agency(broker) and broker.country in {"", "US"}


def lives_under(law: Law, residence: Residence) -> bool:
    """Whether someone who lives there lives under that law."""
    if law.jurisdiction == FEDERAL:
        return residence.country == "US"
    if law.jurisdiction == EUROPEAN:
        return residence.country in EEA
    return law.jurisdiction in residence.containing()


def reaching(
    book: LawBook, residences: Sequence[Residence], broker: Broker | None, day: date,
    who: tuple[str, str],
) -> tuple[tuple[Reached, ...], tuple[Withheld, ...]]:
    """The laws that reach, and why laws of the residence do not.

    Args:
        book: the laws.
        residences: where the person lives.
        broker: the recipient; None stands for any firm established there.
        day: the day on which the right is asserted.
        who: how sentences call the person: `("You", "live")`, `("The person", "lives")`.
    """
    reached: list[Reached] = []
    withheld: list[Withheld] = []
    for law in book.all_on(day):
        at_home = any(lives_under(law, residence) for residence in residences)
        if not at_home and not _through_establishment(law, broker):
            continue
        why_not = _why_not(law, broker, day)
        if why_not:
            withheld.append(why_not)
        else:
            reached.append(_reached(law, broker, who, at_home=at_home))
    withheld += [_no_law(residence, who) for residence in residences
                 if not any(law.jurisdiction != FEDERAL and lives_under(law, residence)
                            for law in book.all_on(day))]
    return tuple(reached), tuple(withheld)


def _through_establishment(law: Law, broker: Broker | None) -> bool:
    """Whether a law reaches a broker wherever the person lives (GDPR Art. 3(1); the FCRA)."""
    if broker is None:
        return False
    if law.jurisdiction == EUROPEAN:
        return broker.country in EEA
    return (law.jurisdiction == FEDERAL and law.people.people is PersonClass.ANY_CONSUMER
            and broker.country == "US" and is_agency(broker))


def _reached(law: Law, broker: Broker | None, who: tuple[str, str], *, at_home: bool) -> Reached:
    name, lives = who
    home = f"{name} {lives} in {_place(law)}."
    if law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES:
        if broker is None:
            return Reached(law, f"The {law.short_name} protects everyone on whom a consumer "
                                "reporting agency keeps a file.", (AGENCY,))
        if not is_known_agency(broker):
            return Reached(law, f"{broker.name} told California that the {law.short_name} governs "
                                "some of its data.", (AGENCY,))
        return Reached(law, f"{broker.name} is a consumer reporting agency; the {law.short_name} "
                            "protects everyone on whom it keeps a file.")
    if law.jurisdiction != EUROPEAN or broker is None:
        return Reached(law, home)
    if not at_home:
        return Reached(law, f"{broker.name} is established in the EU or EEA ({broker.country}); "
                            f"the {law.short_name} then protects people wherever they live.",
                       (ESTABLISHMENT,))
    return Reached(law, home, () if broker.country in EEA else (TARGETING,))


def _place(law: Law) -> str:
    return "the EU or EEA" if law.jurisdiction == EUROPEAN else law.people.of


def _why_not(law: Law, broker: Broker | None, day: date) -> Withheld | None:
    """Why a law of the residence gives nothing here; None if it does."""
    for reason in (_not_in_force(law, day), _not_for_everyone(law), _wrong_recipient(law, broker)):
        if reason:
            right = Right.DELETE if law.recipients is Recipients.PLATFORM else None
            return Withheld(law.id, right, reason)
    return None


def _not_in_force(law: Law, day: date) -> str:
    if law.status is Status.STRUCK_DOWN:
        return f"A court struck the {law.name} down. It cannot be relied on."
    if law.effective is None:
        return f"The {law.name} has no single date of its own here, so it is not relied on."
    if law.effective > day:
        return f"The {law.name} is enacted, but holds only from {plain(law.effective)} on."
    if law.confidence is Confidence.LOW:
        return f"What we know about the {law.name} is not certain enough to assert it."
    return ""


def _not_for_everyone(law: Law) -> str:
    if law.recipients is Recipients.GOVERNMENT:
        return f"The {law.name} opens the records of agencies; it does not bind firms."
    if law.people.people is PersonClass.NONE or law.recipients is Recipients.NOBODY:
        return f"The {law.name} gives no right to send a request."
    if law.people.people not in _ORDINARY:
        return f"The {law.name} protects certain people only: {law.people.text}"
    return ""


def _wrong_recipient(law: Law, broker: Broker | None) -> str:
    if broker is None:
        return ""
    if law.recipients is Recipients.PLATFORM:
        platform = law.platform
        if platform is not None and broker.id == platform.broker:
            return ""
        return (f"Under the {law.name} deletion is asked for once, through "
                f"{platform.name if platform else 'its platform'}. A letter to one broker does "
                "not start it.")
    if broker.role is Role.PLATFORM:
        return f"{broker.name} takes no requests under the {law.short_name}."
    if law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES and not _is_bound(broker):
        return (f"{broker.name} is not known to be a consumer reporting agency in the United "
                f"States, and the {law.short_name} binds no other firm.")
    return ""


def _no_law(residence: Residence, who: tuple[str, str]) -> Withheld:
    name, lives = who
    return Withheld(VOLUNTARY.law, None, (
        f"{name} {lives} in {residence.code}, and no privacy law of that place that gives a right "
        "against brokers is among those that this program holds. There may be one. A courteous "
        "request under the broker’s own rules is worth sending in any case."))
