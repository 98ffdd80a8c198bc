"""What the program never keeps about a person, and how it is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from optout.domain.errors import InvalidInput
from optout.domain.person import Person

_FILE_NUMBER = re.compile(r"(?<![^\W_])A[-\s#]?(?:\d[-\s]?){6,8}\d(?![^\W_])", re.IGNORECASE)
"""A file number of the immigration authorities: the letter A and seven to nine digits."""

_TAX_NUMBER = re.compile(r"(?<!\d)\d{3}([-\s.])\d{2}\1\d{4}(?!\d)")
"""A social security or taxpayer number as it is written: three, two and four digits."""

_BARE_TAXPAYER = re.compile(
    r"(?<!\d)(?<![A-Z]{2} )9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-9])\d{4}(?!\d)")
"""A taxpayer number without dashes: it begins with 9, and its middle is of a known range.

Nine digits behind the two letters of a state are a long ZIP code.
"""

_PAPER = re.compile(
    r"\b(?:passport|visa|alien|uscis|green\s?card|consular|matr[ií]cula|ssn|itin|"
    r"social\s+security|taxpayer)\b"
    r"(?:\W*(?:no|nr|number|id|card|registration|#))*\W{0,3}"
    r"(?=[A-Z0-9-]*\d{5})[A-Z0-9-]{6,}", re.IGNORECASE)
"""The number of a paper, behind the paper's name."""

_FOUND: tuple[tuple[re.Pattern[str], str], ...] = (
    (_FILE_NUMBER, "the file number of an immigration authority"),
    (_TAX_NUMBER, "a social security or taxpayer number"),
    (_PAPER, "the number of an identity paper"),
    (_BARE_TAXPAYER, "a taxpayer number"),
)

_FEWEST_DIGITS = 5
"""No such number has fewer; most names and places need no closer look."""

_STATUS = ("The program never keeps whether, how or since when somebody may live in a country, nor "
           "anything that shows it: a lost computer would hand it over.")
_NUMBER = ("The program never keeps the numbers of papers or files: no company needs one from "
           "here, and a lost computer would hand it over.")

NEVER_FIELDS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys((
        "immigration_status", "immigration", "legal_status", "status", "visa_status",
        "visa_type", "nationality", "nationalities", "citizenship", "citizenships",
        "country_of_birth", "place_of_birth", "birthplace", "country_of_origin",
        "date_of_entry", "ethnicity", "race", "religion"), _STATUS),
    **dict.fromkeys((
        "a_number", "alien_number", "alien_registration_number", "anumber", "uscis_number",
        "passport", "passport_number", "visa", "visa_number", "consular_id", "green_card",
        "itin", "ssn", "social_security_number", "driver_license", "drivers_license",
        "government_id"), _NUMBER),
})
"""Fields that are refused wherever a person is entered, each with the reason why."""

INSTEAD = "Leave it out. Where a paper needs it, you or your lawyer write it in by hand."


def why_never_kept(value: str) -> str:
    """What a text seems to hold that the program never keeps; "" where it holds nothing such.

    Phone numbers, e-mail addresses, links and postal codes are not for this function: they are
    made of digits and letters of their own.

    Returns:
        The kind of number, in words that fit after “This looks like”; never the number.
    """
    if sum(letter.isdigit() for letter in value) < _FEWEST_DIGITS:
        return ""
    return next((kind for pattern, kind in _FOUND if pattern.search(value)), "")


def kept_text(text: str, field: str = "") -> str:
    """The text, if the program may keep it in a name or an address.

    Raises:
        InvalidInput: naming the kind of number and the field, and never the number.
    """
    kind = why_never_kept(text)
    if kind:
        raise InvalidInput(f"This looks like {kind}. {_NUMBER}", field=field, remedy=INSTEAD)
    return text


def require_may_be_kept(person: Person) -> None:
    """Make sure that no name and no address of a person holds what is never kept.

    Raises:
        InvalidInput: naming the field.
    """
    for field, text in _texts(person):
        kept_text(text, field)


def _texts(person: Person) -> Iterator[tuple[str, str]]:
    for index, name in enumerate(person.names):
        yield f"names[{index}]", name.full
    for index, place in enumerate(person.addresses):
        for text in (*place.address.lines, place.address.city):
            yield f"addresses[{index}]", text
    if person.reply_address is not None:
        for text in (*person.reply_address.lines, person.reply_address.city):
            yield "reply_address", text


def why_no_field(key: str) -> str:
    """Why the program has no such field about a person; "" for any other name."""
    return NEVER_FIELDS.get(re.sub(r"[\s-]+", "_", key.strip().casefold()), "")
