"""E-mail addresses, phone numbers and devices, checked without asking the network."""

from __future__ import annotations

import re

from optout.domain.errors import InvalidInput

_ADVERTISING_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_SWITCHED_OFF = "00000000-0000-0000-0000-000000000000"


def checked_email(text: str) -> str:
    """An e-mail address in its usual form. No name server is asked: that would tell of it.

    Raises:
        InvalidInput: when it is none, or one that mail programs cannot write down.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False,
                              allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise InvalidInput("This is not an e-mail address.",
                           remedy="Write it like name@example.com.") from None


def checked_phone(text: str, country: str) -> str:
    """A phone number in E.164 (`+14155550142`).

    Args:
        text: as people write it.
        country: ISO 3166-1 alpha-2, for numbers without a country code; may be empty.

    Raises:
        InvalidInput: when it is none.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        number = None
    # Possible, not assigned: plans of numbers change faster than their library.
    if number is None or not phonenumbers.is_possible_number(number):
        raise InvalidInput("This is not a phone number.",
                           remedy="Write it with its country code, like +1 415 555 0142.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def checked_advertising_id(text: str) -> str:
    """A device's advertising id in small letters.

    Raises:
        InvalidInput: when it is none, or the zeros that a phone shows when it has none.
    """
    known = text.strip().lower()
    if not _ADVERTISING_ID.fullmatch(known):
        raise InvalidInput(
            "This is not an advertising id.",
            remedy="It has 32 digits and letters from a to f, in five groups divided by hyphens.")
    if known == _SWITCHED_OFF:
        raise InvalidInput("A phone shows these zeros when it has no advertising id.",
                           remedy="Leave it out: there is nothing to find.")
    return known
