"""What a company’s filings say, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping

from optout.web.i18n import lazy as _

SOLD = {
    "sold_law_enforcement": _("sold or shared data to law enforcement"),
    "sold_federal_government": _("sold or shared data to the federal government"),
    "sold_state_government": _("sold or shared data to state governments"),
    "sold_foreign_actor": _("sold or shared data to a foreign actor"),
    "sold_genai_developer": _("sold or shared data to a maker of generative AI"),
}
"""Whom a company told California that it sold or shared personal data to."""

COLLECTS = {
    "collects_precise_location": _("collects precise location"),
    "collects_minors": _("collects data about minors"),
    "collects_reproductive_health": _("collects data about reproductive health"),
    "collects_citizenship": _("collects citizenship or immigration status"),
    "collects_biometric": _("collects biometric data"),
    "collects_government_id": _("collects government identity numbers"),
    "collects_account_logins": _("collects account logins"),
    "collects_union_membership": _("collects union membership"),
    "collects_sexual_orientation": _("collects sexual orientation"),
    "collects_gender_identity": _("collects gender identity"),
}
"""What a company told California that it collects."""

REPORTED: Mapping[str, str] = {**SOLD, **COLLECTS}

REGULATED_AS = {
    "fcra_nationwide": _("nationwide consumer reporting agency (Fair Credit Reporting Act)"),
    "fcra_specialty_nationwide": _(
        "nationwide specialty consumer reporting agency (Fair Credit Reporting Act)"),
    "fcra": _("Fair Credit Reporting Act"),
    "glba": _("Gramm-Leach-Bliley Act (banks and finance)"),
    "iippa": _("California Insurance Information and Privacy Protection Act"),
    "cmia": _("California Confidentiality of Medical Information Act"),
    "hipaa": _("Health Insurance Portability and Accountability Act"),
    "foia": _("federal agency (Freedom of Information Act)"),
}

REGISTRIES = {
    "us-ca": _("California"),
    "us-or": _("Oregon"),
    "us-tx": _("Texas"),
    "us-vt": _("Vermont"),
}

_WORDS: Mapping[str, str] = {**REPORTED, **REGULATED_AS, **REGISTRIES}


def filing_name(value: str) -> str:
    """A flag, law or registry of a filing; one that this version does not know by its keyword."""
    known = _WORDS.get(value)
    return str(known) if known is not None else value.replace("_", " ")
