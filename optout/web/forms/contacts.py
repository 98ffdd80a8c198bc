"""E-mail addresses and phone numbers as typed, checked without asking any network."""

from __future__ import annotations

from optout.domain.errors import InvalidInput
from optout.web.i18n import text as _


def email_address(text: str) -> str:
    """An e-mail address in its normal form.

    Raises:
        InvalidInput: when it is none.
    """
    import email_validator  # read when a form is sent, not when the program starts

    try:
        found = email_validator.validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except email_validator.EmailNotValidError:
        raise InvalidInput(_("This is not a complete e-mail address."), field="value",
                           remedy=_("Write it like name@example.com.")) from None
    return found.normalized


def phone_number(text: str, country: str) -> str:
    """A phone number in international form (E.164); without a + it is read as of this country.

    Raises:
        InvalidInput: when no country has such numbers.
    """
    import phonenumbers  # large tables: read when a form is sent

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise InvalidInput(_("This is not a complete phone number."), field="value",
                           remedy=_("Write it with its country code, like +1 415 555 0142."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
