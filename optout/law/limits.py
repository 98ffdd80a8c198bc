"""The limits that come from the situation rather than from one law's text."""

from __future__ import annotations

from typing import Final

from optout.domain.footing import Limit

AGENCY: Final = Limit(
    "consumer_reporting_agency",
    "you are a consumer reporting agency within the meaning of 15 U.S.C. § 1681a(f)",
    "The FCRA binds no other firm, and only what such an agency keeps for reports.")

NATIONWIDE: Final = Limit(
    "nationwide_agency",
    "you are a nationwide consumer reporting agency within the meaning of 15 U.S.C. § 1681a(p)",
    "Only the nationwide agencies are bound.")

FCRA_FILE: Final = Limit(
    "fcra_file",
    "the information is not part of a consumer report file governed by the FCRA",
    "What is in such a file follows the FCRA: it is shown and corrected, not erased.")

SIGNED_PERMISSION: Final = Limit(
    "signed_permission",
    "the person’s signed permission covers this request",
    "The firm may ask for the permission, and in some cases ask the person to confirm it.")

POWER_OF_ATTORNEY: Final = Limit(
    "power_of_attorney",
    "the person’s power of attorney covers this request",
    "Enclose a copy.")

GUARDIAN: Final = Limit(
    "guardian",
    "my authority as parent or legal guardian covers this request",
    "The firm may ask for proof of it.")


def still_resident(place: str) -> Limit:
    """The doubt about a home that the person left lately."""
    return Limit(
        "still_resident",
        f"the law of {place} still counts the person as a resident",
        "Laws count someone who is away for a time as a resident, and someone who moved for good "
        "not.")
