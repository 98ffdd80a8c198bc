"""What a document is made of: every value that its words may use, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from optout.documents.country_names import country_name
from optout.domain.broker import Broker, Procedure
from optout.domain.errors import MissingFact
from optout.domain.fact_words import FACT_WORDS
from optout.domain.footing import VOLUNTARY, Deadlines, Footing
from optout.domain.places import PostalAddress
from optout.domain.plan import Need
from optout.domain.words import ActingAs, Channel, Fact, Right
from optout.law.limits import POWER_OF_ATTORNEY

DONE_ON_THE_SITE = frozenset({
    Fact.RECORD_SELECTION, Fact.INTERNET_ADDRESS, Fact.PROOF_OF_RISK, Fact.ACCOUNT,
})
"""Needs that are no field to fill and may be empty: the person shows or chooses them there."""

_WORDS = {
    "reference": "the number of the request", "person_name": "a name that it may carry",
    "broker_name": "the name of the company", "footings": "what it asks for",
    "reply_email or sender_lines": "a mailbox or an address for answers",
    "agent_name": "the name of who acts for the person",
    **{fact.value: words for fact, words in FACT_WORDS.items()},
}
"""What may be missing, as a sentence names it."""


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Everything that composing a letter or a form sheet needs.

    Args:
        reference: the request's id (`OPT-7K3M9Q`).
        day: the day on the letter, local.
        person_name: whose data it is, as the letter shows it.
        reply_email: where answers go; may be empty when `sender_lines` is not.
        sender_lines: the reply address under the name, top to bottom, country name last
            where it differs from the recipient's; empty for a reply by e-mail only. Never
            the home address unless it is the reply address that the person chose.
        broker_name: the recipient as the text calls it.
        recipient_lines: the postal address block, the recipient's name first; empty for
            electronic channels, then the name alone stands there.
        recipient_country: ISO 3166-1 alpha-2; decides paper and date convention.
        procedure: the way this request goes.
        footings: best first; never empty (`VOLUNTARY` stands where no law applies).
        deadlines: what the law set for (law, right), by whatever start day: the words use
            the numbers and units only. Leave out what sets none.
        covers_names: the other properties that this one request is meant to cover.
        facts: what the document carries, one or more values each; keys in no order.
        facts_withheld: facts that the procedure asks for and that stay out, with reasons.
        agent_name: who acts, when `acting_as` is not `SELF`.
        is_platform: the recipient is a state's deletion platform, not a firm.
        asks_all: the law gives no other right by which data goes away or stays unsold.
        unseen: nothing shows that the recipient holds data about the person.
        language: of the words that the recipient reads; what the laws say is translated when
            the words are composed.
        person_language: what the person reads, ISO 639.
        law_language: of what the laws say in the order, and of its countries.
        signature_image: the person's scanned signature, where they sign a letter on paper.
    """

    reference: str
    day: date
    person_name: str
    broker_name: str
    procedure: Procedure
    footings: tuple[Footing, ...] = (VOLUNTARY,)
    reply_email: str = ""
    sender_lines: tuple[str, ...] = ()
    recipient_lines: tuple[str, ...] = ()
    recipient_country: str = "US"
    language: str = "en"
    deadlines: Mapping[tuple[str, Right], Deadlines] = field(default_factory=dict)
    covers_names: tuple[str, ...] = ()
    facts: Mapping[Fact, tuple[str, ...]] = field(default_factory=dict)
    facts_withheld: tuple[Need, ...] = ()
    acting_as: ActingAs = ActingAs.SELF
    agent_name: str = ""
    is_platform: bool = False
    asks_all: bool = False
    unseen: bool = False
    person_language: str = "en"
    law_language: str = "en"
    signature_image: bytes = b""

    def __post_init__(self) -> None:
        missing = [name for name, there in (
            ("reference", self.reference.strip()),
            ("person_name", self.person_name.strip()),
            ("broker_name", self.broker_name.strip()),
            ("footings", self.footings),
            ("reply_email or sender_lines", self.reply_email.strip() or self.sender_lines),
            ("agent_name", self.acting_as is ActingAs.SELF or self.agent_name.strip()),
            *((fact.value, values and all(value.strip() for value in values))
              for fact, values in self.facts.items() if fact not in DONE_ON_THE_SITE),
        ) if not there]
        if missing:
            raise MissingFact(
                f"The document needs {', '.join(_WORDS[name] for name in missing)}.", names=missing,
                remedy="Enter it for the person, or choose a procedure that works without it.")

    @property
    def channel(self) -> Channel:
        """The channel that the procedure uses."""
        return self.procedure.channel

    @property
    def speaks_as(self) -> ActingAs:
        """In which capacity the words speak.

        An agent whose rights rest on a power of attorney names and encloses that, not a mere
        authorization, on which the law would let the recipient refuse.
        """
        rests_on_power = any(limit.key == POWER_OF_ATTORNEY.key
                             for footing in self.footings for limit in footing.limits)
        by_power = self.acting_as is ActingAs.AGENT and rests_on_power
        return ActingAs.ATTORNEY_IN_FACT if by_power else self.acting_as


def address_lines(
    name: str, address: PostalAddress, *, posted_from: str, language: str = "en"
) -> tuple[str, ...]:
    """An address block: name, street lines, city line, and the country for post from abroad.

    Args:
        name: the first line; may be empty.
        address: where the post goes.
        posted_from: ISO 3166-1 alpha-2 of the country in which the letter is posted. The
            destination's name stands in capitals on the last line only if it differs, as the
            Universal Postal Union asks.
        language: of that name: what those read who carry the post on its way.
    """
    lines: Sequence[str] = (*((name,) if name else ()), *address.lines, address.city_line)
    if address.country == posted_from:
        return tuple(lines)
    return (*lines, country_name(address.country, language).upper())


def recipient_of(
    broker: Broker, procedure: Procedure, *, posted_from: str, language: str = "en"
) -> tuple[tuple[str, ...], str]:
    """The address block and the country of a recipient (`recipient_lines`, `recipient_country`).

    Without a postal address the block is empty and the country is the broker's own, or the
    one that the letter comes from where that is unknown.
    """
    if procedure.address is None:
        return (), broker.country or posted_from
    lines = address_lines(broker.operator or broker.name, procedure.address,
                          posted_from=posted_from, language=language)
    return lines, procedure.address.country
