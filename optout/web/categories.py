"""What the kinds of companies in the registry are called on a page."""

from __future__ import annotations

from optout.web.i18n import lazy as _

CATEGORIES = {
    "people_search": _("People search"),
    "background_check": _("Background checks"),
    "phone_lookup": _("Phone number lookup"),
    "genealogy": _("Family trees"),
    "court_records": _("Court records"),
    "property_records": _("Property records"),
    "vehicle_records": _("Vehicle records"),
    "license_records": _("Professional licences"),
    "credit_bureau": _("Credit bureau"),
    "specialty_report": _("Special reports (banking, insurance, work, rent)"),
    "credit_header": _("Names and addresses from credit files"),
    "risk": _("Risk scores"),
    "marketing": _("Marketing profiles"),
    "b2b_contacts": _("Work contacts"),
    "location": _("Location data"),
    "license_plates": _("Licence plate readings"),
    "face_search": _("Face search"),
    "social_media_tools": _("Social media search"),
    "travel": _("Travel"),
    "address_trade": _("Address rental"),
    "debt_collection": _("Debt collection"),
    "home_cameras": _("Cameras at homes and shops"),
    "government_records": _("Public agency"),
    "case_management": _("Case files"),
    "phone_forensics": _("Phone forensics"),
    "supervision": _("Electronic supervision"),
    "transactions": _("Payments"),
    "protective_programs": _("Protective programmes"),
    "state_portal": _("State platform"),
    "registered_broker": _("Registered data broker"),
    "spyware": _("Spying software"),
    "biometrics": _("Fingerprints, faces and other marks of the body"),
    "forensics": _("Traces of weapons and crimes"),
    "utilities": _("Accounts for power, water and phones"),
    "vehicle_data": _("What cars and their makers record"),
}


def category_name(value: str) -> str:
    """The name of a category; one that this version does not know is shown by its keyword."""
    known = CATEGORIES.get(value)
    return str(known) if known is not None else value.replace("_", " ").capitalize()
