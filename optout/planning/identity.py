"""The reply identity: the mailbox and the postal address that a request shows."""

from __future__ import annotations

import re

from optout.domain.person import Person
from optout.domain.places import PostalAddress
from optout.domain.words import Channel, Fact

LETTERS: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.POSTAL_MAIL, Channel.FAX})
"""Channels that carry a letter of ours; in all others the person enters the values by hand."""

ON_PAPER: frozenset[Channel] = frozenset({Channel.POSTAL_MAIL, Channel.FAX})
"""Letters that can be answered by post."""

_DOTS_MEAN_NOTHING = frozenset({"gmail.com", "googlemail.com"})

_WRITTEN_OUT = {
    "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "rd": "road",
    "blvd": "boulevard", "dr": "drive", "ln": "lane", "ct": "court", "pl": "place",
    "ter": "terrace", "cir": "circle", "hwy": "highway", "pkwy": "parkway", "sq": "square",
    "n": "north", "s": "south", "e": "east", "w": "west", "apt": "unit", "apartment": "unit",
    "suite": "unit", "ste": "unit",
}
"""Words of a street line that are written in more than one way."""


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
    own = {_mailbox(point.value) for point in person.emails}
    return bool(person.reply_email) and _mailbox(person.reply_email) not in own


def address_is_safe(person: Person) -> bool:
    """Whether the reply address is set and is no place where the person lives or lived.

    An address of an address-confidentiality programme is no such place.
    """
    shown = person.reply_address
    return shown is not None and not any(
        _is_one_place(shown, place.address) for place in person.addresses if not place.substitute)


def shows_home(person: Person) -> bool:
    """Whether the reply address is one of the person's homes."""
    return person.reply_address is not None and not address_is_safe(person)


def _mailbox(address: str) -> str:
    """The mailbox behind an address: whoever sees `name+tag` can write to `name`."""
    local, _, domain = address.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in _DOTS_MEAN_NOTHING:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _is_one_place(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether two addresses lead to one house, however they are written.

    A unit more or less, capital letters, points and the usual abbreviations change nothing. In
    doubt it is the same house: the person is then asked for another address, not betrayed.
    """
    if one.country != other.country:
        return False
    near = _words(one.city) == _words(other.city) or (
        one.postal_code and _zone(one) == _zone(other))
    first, second = _words(" ".join(one.lines)), _words(" ".join(other.lines))
    fewer, more = sorted((first, second), key=len)
    return bool(near) and (first == second or (len(fewer) > 1 and fewer <= more))


def _zone(address: PostalAddress) -> str:
    code = re.sub(r"\W", "", address.postal_code.casefold())
    return code[:5] if address.country == "US" else code


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"\w+", text.casefold())  # folding case makes “Straße” “strasse”
    short = [word.removesuffix("asse") if word.endswith("strasse") else word for word in found]
    return frozenset(_WRITTEN_OUT.get(word, word) for word in short)


def reply_is_safe(person: Person, channel: Channel) -> bool:
    """Whether answers lead neither to the person's home nor to their own mailbox.

    The part that the channel needs must be set; whichever is set must be safe.
    """
    needed = address_is_safe(person) if channel in ON_PAPER else mailbox_is_safe(person)
    return needed and (mailbox_is_safe(person) or not person.reply_email) and (
        not shows_home(person))
