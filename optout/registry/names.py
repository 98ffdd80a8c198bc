"""Names and contacts in the plain form in which they are compared."""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORM = (
    r"(?:inc|incorporated|llc|l l c|llp|lllp|pllc|lp|ltd|limited|corp|corporation|co|company|plc|"
    r"pbc|gmbh|ag|se|bv|b v|oy|ab|as|sas|sa|srl|s r l|pty|pte|holdings?)")
"""A pattern of legal forms in small letters without signs."""

_AT_END = re.compile(rf"(?: {LEGAL_FORM})+$")


def plain_name(name: str) -> str:
    """A company's name as it is compared: small, without signs, legal form and article."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"[.'’]", "", text)).split())
    return without_legal_form(text).removeprefix("the ").strip() or text


def without_legal_form(plain: str) -> str:
    """A name in small letters and single blanks without its legal form, where something is left."""
    return _AT_END.sub("", plain)


def plain_contact(contact: str) -> str:
    """A mailbox, number or link as it is compared: small, without blanks and the last slash."""
    return contact.casefold().strip().rstrip("/")
