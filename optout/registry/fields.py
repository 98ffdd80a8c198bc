"""The schema of brokers.yaml as tables: every field, its kind, and what it means.

The reader, the JSON Schema and the head of brokers.yaml all follow these tables.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from optout.domain.broker import (
    Basis,
    Broker,
    Cover,
    DeadContact,
    DeletionRequests,
    Eligibility,
    Procedure,
    Registration,
    SearchLink,
    Source,
)
from optout.domain.places import MOST_LINES, PostalAddress
from optout.domain.words import (
    BasisKind,
    BrokerStatus,
    Channel,
    Confidence,
    Fact,
    Right,
    Role,
    Verification,
)
from optout.registry.kinds import Day, Field, Flag, Flags, ListOf, OneOf, Record, Text, Whole

CATEGORIES = {
    "people_search": "sells reports on people to anyone",
    "background_check": "people search that adds criminal and court records",
    "phone_lookup": "finds the person behind a number",
    "genealogy": "family trees made of living people too",
    "court_records": "republishes court and arrest records",
    "property_records": "republishes deeds and owners",
    "vehicle_records": "history of cars and their keepers",
    "license_records": "republishes professional licences",
    "credit_bureau": "nationwide credit file",
    "specialty_report": "report on one side of life: bank accounts, insurance, work, rent",
    "credit_header": "names and addresses from credit files, sold to professionals and agencies",
    "risk": "scores people for fraud or insurance",
    "marketing": "consumer profiles for advertisers and mailers",
    "b2b_contacts": "work contacts of people for salespeople",
    "location": "movements of phones and cars",
    "license_plates": "readings of licence plates",
    "face_search": "finds a face on the web",
    "social_media_tools": "searches social media for customers",
    "travel": "tickets and journeys",
    "address_trade": "rents out postal addresses",
    "debt_collection": "collects debts and keeps files on debtors",
    "home_cameras": "cameras at homes and shops",
    "government_records": "records of a public agency",
    "case_management": "case files of an agency",
    "phone_forensics": "reads out phones",
    "supervision": "electronic monitoring of people",
    "transactions": "money transfers and payments",
    "protective_programs": "programmes that protect an address",
    "state_portal": "a state's own opt-out platform",
    "registered_broker": "a data broker by its own filing; what it deals in is not told there",
    "spyware": "gets into phones from afar",
    "biometrics": "fingerprints, faces and other marks of the body",
    "forensics": "traces of weapons and crimes",
    "utilities": "accounts for power, water and phones",
    "vehicle_data": "what cars and their makers record",
}

REGISTRIES = {
    "us-ca": "California Privacy Protection Agency",
    "us-or": "Oregon Division of Financial Regulation",
    "us-tx": "Texas Secretary of State",
    "us-vt": "Vermont Secretary of State",
}

REPORTED = {
    "sold_foreign_actor": "sold or shared personal data to a foreign actor in the past year",
    "sold_federal_government": "sold or shared personal data to the federal government",
    "sold_state_government": "sold or shared personal data to state governments",
    "sold_law_enforcement": "sold or shared personal data to law enforcement",
    "sold_genai_developer": "sold or shared personal data to a developer of generative AI",
    "collects_minors": "collects data about minors",
    "collects_precise_location": "collects precise geolocation",
    "collects_reproductive_health": "collects reproductive health data",
    "collects_biometric": "collects biometric data",
    "collects_government_id": "collects government identity numbers",
    "collects_account_logins": "collects account logins",
    "collects_citizenship": "collects citizenship data, immigration status among it",
    "collects_union_membership": "collects union membership",
    "collects_sexual_orientation": "collects sexual orientation",
    "collects_gender_identity": "collects gender identity and expression",
}

REGULATED_AS = {
    "fcra_nationwide": "nationwide consumer reporting agency (15 U.S.C. 1681a(p))",
    "fcra_specialty_nationwide": "nationwide specialty agency (15 U.S.C. 1681a(x))",
    "fcra": "Fair Credit Reporting Act",
    "glba": "Gramm-Leach-Bliley Act",
    "iippa": "California Insurance Information and Privacy Protection Act",
    "cmia": "California Confidentiality of Medical Information Act",
    "hipaa": "Health Insurance Portability and Accountability Act",
    "foia": "federal agency whose records 5 U.S.C. 552 opens",
}

_EMAIL = Text(r"[a-z0-9.!#$%&'*+/=?^_{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}",
              "a mailbox in small letters, like privacy@example.com", most=254)
_URL = Text(r"https?://(?![^/?#]*@)[^\s<>\"'`\\]+\.[^\s<>\"`\\]+",
            "a whole link that begins with https://", most=600)
_PHONE = Text(r"\+[1-9][0-9]{6,14}", "the number like +14155550142: a plus, the country, "
              "digits only")
_DOMAIN = Text(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)",
               "a bare domain in small letters, like example.com", most=253)
_SLUG = Text(r"[a-z0-9]+(?:-[a-z0-9]+)*", "small letters, digits and single hyphens, like "
             "example-search", most=80)
_COUNTRY = Text(r"[A-Z]{2}", "the two-letter code, like US or DE")
_RESIDENCE = Text(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "a code like US-CA or DE")
_NAME = Text(most=160)
_WORDS = Text(most=120)
_SENTENCES = Text(most=1200)

_BASIS = Record((
    Field("kind", OneOf.enum(BasisKind), "how the fact is known", required=True),
    Field("count", Whole(1, 99), "how many independent lists agree"),
    Field("evidence", _SENTENCES, "for delivered_mail, reply, own_look: what was seen and when"),
), Basis)
_BASES = ListOf(_BASIS, least=1)

_SOURCE = Record((
    Field("url", _URL, "where the fact was read", required=True),
    Field("checked", Day(), "the date of what was read there", required=True),
    Field("confidence", OneOf.enum(Confidence), "how sure it is; medium if left out"),
), Source)

_COVER = Record((
    Field("id", _SLUG, "the entry that the same opt-out serves", required=True),
    Field("basis", _BASES, "why that is believed", required=True),
    Field("note", _SENTENCES, "what is uncertain about it"),
), Cover)


def _postal_address(**found: Any) -> PostalAddress:
    return PostalAddress(**found)


_ADDRESS = Record((
    Field("lines", ListOf(Text(most=60), least=1),
          f"desk, street, unit: one to {MOST_LINES} lines of the envelope", required=True),
    Field("city", Text(most=60), "the post town", required=True),
    Field("region", Text(most=40), "state or province code, where the country writes one"),
    Field("postal_code", Text(most=12), "in quotes, so that leading zeros stay"),
    Field("country", _COUNTRY, "two-letter country code", required=True),
), _postal_address)

_ELIGIBLE = Record((
    Field("residences", ListOf(_RESIDENCE, least=1), "only people who live there"),
    Field("text", _SENTENCES, "who else may or may not use it"),
), Eligibility)

PROCEDURE = Record((
    Field("channel", OneOf.enum(Channel), "how the request travels", required=True),
    Field("rights", ListOf(OneOf.enum(Right), least=1),
          "what can be asked this way; left out where the recipient does not say"),
    Field("url", _URL, "for web_form, account, platform, portal"),
    Field("email", _EMAIL, "for email"),
    Field("phone", _PHONE, "for phone and fax"),
    Field("address", _ADDRESS, "for postal_mail"),
    Field("needs", ListOf(OneOf.enum(Fact)),
          "the facts without which this way does not work, and nothing else", required=True),
    Field("asked_but_optional", ListOf(OneOf.enum(Fact), least=1),
          "facts that it asks for and that are left empty"),
    Field("matches_on", ListOf(OneOf.enum(Fact), least=1),
          "facts beyond needs by which it finds records: offered where the person has them"),
    Field("needs_assumed", Flag(), "true where nobody has seen the form's fields"),
    Field("verification", ListOf(OneOf.enum(Verification), least=1),
          "how it checks that the request is genuine; none if left out"),
    Field("expected_days", Whole(0, 730), "the recipient's usual calendar days; never law"),
    Field("eligible", _ELIGIBLE, "who may use it; anyone if left out"),
    Field("steps", ListOf(_SENTENCES, least=1), "what to do, in order, in our own words"),
    Field("limits", _SENTENCES, "what this way does not do, and what to beware of"),
    Field("basis", _BASES, "how this way is known", required=True),
    Field("checked", Day(), "the date of the newest evidence", required=True),
    Field("check_by", Day(), "when to look at it again"),
), Procedure)

_SEARCH = Record((
    Field("url", _URL, "a page to look oneself up on"),
    Field("pattern", _URL, "a link with {first} {last} {middle} {city} {state} {age}; modifiers "
          "follow a colon"),
    Field("reveals", ListOf(OneOf.enum(Fact)), "what looking hands over"),
), SearchLink)

_REGISTRATION = Record((
    Field("registry", OneOf.plain(REGISTRIES), "us-ca, us-or, us-tx or us-vt", required=True),
    Field("year", Whole(2019, 2100), "the year of the filing", required=True),
    Field("id", Text(most=40), "its number there, in quotes"),
), Registration)

_DEAD = Record((
    Field("value", Text(most=400), "a mailbox, number or link that is never used again",
          required=True),
    Field("reason", _SENTENCES, "what happened to it"),
), DeadContact)

_DELETIONS = Record((
    Field("filed", Whole(2019, 2100), "the year of the filing that tells it", required=True),
    Field("received", Whole(0, 10**9), "requests to delete in a year", required=True),
    Field("complied", Whole(0, 10**9), "carried out in whole"),
    Field("partly", Whole(0, 10**9), "carried out in part"),
    Field("denied", Whole(0, 10**9), "turned down"),
    Field("median_days", Whole(0, 3650), "calendar days until half were answered"),
), DeletionRequests)


def _status(**found: Any) -> tuple[BrokerStatus, date | None]:
    return found["is"], found.get("since")


_STATUS = Record((
    Field("is", OneOf.enum(BrokerStatus), "active, unclear or defunct", required=True),
    Field("since", Day(), "since when, or the date of the newest sign"),
), _status)


def _broker(**found: Any) -> Broker:
    status, since = found.pop("status")
    return Broker(status=status, since=since, **found)


BROKER = Record((
    Field("id", _SLUG, "a promise: never changed, never used again", required=True),
    Field("name", _NAME, "as people know it", required=True),
    Field("role", OneOf.enum(Role), "what the recipient is", required=True),
    Field("category", OneOf.plain(CATEGORIES), "what it deals in", required=True),
    Field("priority", OneOf.plain(("crucial", "high", "normal")), "normal if left out"),
    Field("operator", _NAME, "the company behind it"),
    Field("country", _COUNTRY, "where it is established"),
    Field("domains", ListOf(_DOMAIN, least=1), "its domains, the main one first"),
    Field("aliases", ListOf(_NAME, least=1), "other names that people search for"),
    Field("status", _STATUS, "whether it is known to be alive", required=True),
    Field("holds", ListOf(_WORDS, least=1), "kinds of data, terse"),
    Field("buyers", ListOf(_WORDS, least=1), "who is known to buy or use it, terse"),
    Field("active_in", ListOf(_COUNTRY, least=1), "countries whose people it deals in"),
    Field("related", ListOf(_SLUG, least=1), "entries that feed it or that it feeds"),
    Field("search", _SEARCH, "where to look oneself up"),
    Field("covers", ListOf(_COVER, least=1), "entries that the same opt-out serves"),
    Field("procedures", ListOf(PROCEDURE, least=1), "ways out, the best first"),
    Field("cannot", _SENTENCES, "what no route achieves"),
    Field("helps", ListOf(_SENTENCES, least=1), "what helps where no way out reaches"),
    Field("cautions", ListOf(_SENTENCES, least=1), "what to beware of before any request"),
    Field("dead_contacts", ListOf(_DEAD, least=1), "never written to again, by any entry"),
    Field("recheck_days", Whole(1, 3650), "its own re-listing interval, where one is known"),
    Field("registered_in", ListOf(_REGISTRATION, least=1), "filings in official registries"),
    Field("reported", Flags(REPORTED), "what it told a state registry about itself"),
    Field("deletion_requests", _DELETIONS, "what it told California about requests to delete"),
    Field("regulated_as", ListOf(OneOf.plain(REGULATED_AS), least=1), "laws that limit rights"),
    Field("sources", ListOf(_SOURCE, least=1), "where the entry comes from", required=True),
    Field("notes", _SENTENCES, "in our own words"),
), _broker, hints={
    "trust": "trust is never entered: it follows from the bases of the procedures",
    "verified": "trust is never entered: it follows from the bases of the procedures",
    "since": "“since” stands inside status: write status: {is: active, since: 2026-01-31}",
    "covered_by": "coverage is written once, at the entry that covers: its covers list",
    "methods": "the ways out are called procedures here",
    "line": "“line” is counted by the program: remove it",
    "over": "“over” belongs into brokers.local.yaml alone: remove it",
})

HEAD = (
    Field("schema", OneOf.plain(("optout-brokers/1",)), "the version of this schema"),
    Field("checked", Day(), "the day up to which the whole file was compiled"),
    Field("end", Flag(), "the last line of the file; without it the file was cut off"),
)
"""What stands beside `brokers` at the top of the file."""
