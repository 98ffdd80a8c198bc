"""E-mail addresses and phone numbers, checked without asking the network."""

from __future__ import annotations

from optout.domain.errors import InvalidInput


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
