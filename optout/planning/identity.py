"""The reply identity: the mailbox and the postal address that a request shows."""

from __future__ import annotations

from optout.domain.person import Person
from optout.domain.words import Channel, Fact

LETTERS: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.POSTAL_MAIL, Channel.FAX})
"""Channels that carry a letter of ours; in all others the person enters the values by hand."""

ON_PAPER: frozenset[Channel] = frozenset({Channel.POSTAL_MAIL, Channel.FAX})
"""Letters that can be answered by post."""


def reply_facts(person: Person, channel: Channel) -> tuple[Fact, ...]:
    """The parts of the reply identity that a letter by this channel shows.

    An e-mail shows the mailbox alone. Paper shows whatever of the two is set; where neither
    is, the postal address is the one to ask for.
    """
    if channel not in ON_PAPER:
        return (Fact.REPLY_EMAIL,)
    mailbox = (Fact.REPLY_EMAIL,) if person.reply_email else ()
    address = (Fact.REPLY_ADDRESS,) if person.reply_address or not mailbox else ()
    return (*mailbox, *address)


def mailbox_is_safe(person: Person) -> bool:
    """Whether the reply mailbox is set and is none of the person's own mailboxes."""
    own = {point.value.casefold() for point in person.emails}
    return bool(person.reply_email) and person.reply_email.casefold() not in own


def address_is_safe(person: Person) -> bool:
    """Whether the reply address is set and is no place where the person lives or lived.

    An address of an address-confidentiality programme is no such place.
    """
    homes = {place.address for place in person.addresses if not place.substitute}
    return person.reply_address is not None and person.reply_address not in homes


def shows_home(person: Person) -> bool:
    """Whether the reply address is one of the person's homes."""
    return person.reply_address is not None and not address_is_safe(person)


def reply_is_safe(person: Person, channel: Channel) -> bool:
    """Whether answers lead neither to the person's home nor to their own mailbox.

    The part that the channel needs must be set; whichever is set must be safe.
    """
    needed = address_is_safe(person) if channel in ON_PAPER else mailbox_is_safe(person)
    return needed and (mailbox_is_safe(person) or not person.reply_email) and (
        not shows_home(person))
