"""California: the Attorney General's list of 2020 to 2023 and the Privacy Protection Agency's."""

from __future__ import annotations

import re

from optout.registry.official import addresses, cells
from optout.registry.official.filing import Filing
from optout.registry.official.headings import Meanings, plain
from optout.registry.official.layout import Cells, Layout

REPORTED_AFTER = 2
"""A filing tells the figures of two years before: that of 2026 those of 2024."""

FIRST_OF_AGENCY = 2024
"""The Attorney General kept the registry before."""

_WHO = r"(?:the )?(?:data broker|business)(?:'?s)?"
_DELETE = r"(?:number of )?requests to delete\b"
_LAWS = {"fcra": r"(?:federal )?(?:fair credit|fcra)", "glba": r"(?:federal )?(?:gramm|glba)",
         "iippa": r"(?:california )?(?:insurance information|iippa)",
         "cmia": r"(?:california )?(?:confidentiality of medical|cmia)",
         "hipaa": r"(?:federal )?(?:health insurance portability|hipaa)"}
_SUBJECTS = {
    "collects_minors": "personal information of minors",
    "collects_account_logins": ".*account logins",
    "collects_government_id": ".*government-issued id",
    "collects_citizenship": ".*citizenship",
    "collects_union_membership": ".*union membership",
    "collects_sexual_orientation": ".*sexual orientation",
    "collects_gender_identity": ".*gender identity",
    "collects_biometric": ".*biometric",
    "collects_precise_location": ".*precise geolocation",
    "collects_reproductive_health": ".*reproductive health",
}
_BUYERS = {
    "sold_foreign_actor": "foreign actor", "sold_federal_government": "the federal government",
    "sold_state_government": "(?:other )?state governments?",
    "sold_law_enforcement": "law enforcement", "sold_genai_developer": "a developer of a genai",
}
_REPORTED = (
    {name: rf"{_WHO} collects {subject}" for name, subject in _SUBJECTS.items()}
    | {name: rf"{_WHO} (?:shared|sold)\b.*\bto (?:an? )?{buyer}" for name, buyer in
       _BUYERS.items()})
_REGULATED = {
    law: rf"{_WHO} or (?:any of )?its subsidiaries (?:is|are) regulated by (?:the )?{name}"
    for law, name in _LAWS.items()}

MEANINGS = Meanings(
    fields={
        "aliases": r"doing business as",
        "website": rf"{_WHO} primary website$|website url$",
        "mailbox": rf"{_WHO} primary contact email|email address",
        "phone": rf"{_WHO} primary phone",
        "street": rf"{_WHO} primary street",
        "city": rf"{_WHO} city$",
        "state": rf"{_WHO} state\b",
        "zip": rf"{_WHO} zip",
        "country": rf"{_WHO} country$",
        "other_address": rf"{_WHO} primary address, if it does not",
        "address": r"physical address$",
        "rights": rf"{_WHO} primary website that contains",
        "added": r"date added$|completion time$",
        "name": rf"{_WHO} name$",
        **_REPORTED,
        **_REGULATED,
        "deletions_complied": rf"{_DELETE}.*complied with in whole|{_DELETE}.*complied in whole",
        "deletions_partly": rf"{_DELETE}.*complied (?:with )?in part",
        "deletions_denied": rf"{_DELETE}.*denied",
        "deletions_median": rf"{_DELETE}.*median$|median number of days\b.*request to delete",
        "deletions_received": rf"{_DELETE}.*(?:total requests received$|rec(?:ei|ie)ved)",
    },
    passed_over=(
        r"if the data broker or (?:any of )?its subsidiaries|requests to |number of requests to |"
        r"(?:mean|median) number of days|how a (?:consumer|protected)|additional "),
    wanted=(("name",), ("website", "mailbox"), ("rights", "address", "street")),
)


def _year_of_file(headings: tuple[str, ...], rows: tuple[Cells, ...], newest: int) -> int | None:
    """The cycle: two years after the year of the figures that the headings name."""
    del rows
    told = [int(year) for heading in headings for year in re.findall(r"\b20\d\d\b", plain(heading))
            if re.search(r"request", plain(heading))]
    years = [year + REPORTED_AFTER for year in told]
    return max((year for year in years if year <= newest + 1), default=None)


def _filing(row: Cells, number: int, year: int | None) -> Filing | str:
    name, aliases = cells.name_of(row.get("name", ""))
    if not name:
        return "it names no company"
    added = cells.day(row.get("added", ""))
    year = year or (added.year if added else None)
    if year is None:
        return "it tells no year: give one with --year"
    land = addresses.country(row.get("country", ""))
    place = addresses.address(
        street=row.get("street", ""), city=row.get("city", ""), region=row.get("state", ""),
        code=row.get("zip", ""), land=land)
    for field in ("address", "other_address"):
        if place is None and row.get(field):
            place, told = addresses.from_one_cell(row[field])
            land = land or told
    reported = {flag: cells.flag(row.get(flag, "")) for flag in _REPORTED}
    return Filing(
        row=number, registry="us-ca", year=year, name=name,
        aliases=(*aliases, *cells.names_of(row.get("aliases", ""))),
        websites=cells.links(row.get("website", "")),
        rights_links=cells.links(row.get("rights", "")),
        mailboxes=cells.mailboxes(row.get("mailbox", "")),
        phone=cells.phone(row.get("phone", ""), land), address=place, country=land,
        reported={flag: answer for flag, answer in reported.items() if answer is not None},
        regulated_as=tuple(law for law in _REGULATED if cells.flag(row.get(law, ""))),
        deletions=_deletions(row))


def _deletions(row: Cells) -> dict[str, int]:
    """What it told about requests to delete; nothing where the number received is missing."""
    figures = {
        "received": cells.count(row.get("deletions_received", "")),
        "complied": cells.count(row.get("deletions_complied", "")),
        "partly": cells.count(row.get("deletions_partly", "")),
        "denied": cells.count(row.get("deletions_denied", "")),
        "median_days": cells.count(row.get("deletions_median", ""), cells.MOST_DAYS)}
    if figures["received"] is None:
        return {}
    return {name: figure for name, figure in figures.items() if figure is not None}


def _source(year: int, this_year: int) -> str:
    if year < FIRST_OF_AGENCY:
        name = "complete-reg-data-brokers"
    else:
        name = "registry" if year >= this_year else f"registry{year}"
    return f"https://cppa.ca.gov/data_broker_registry/{name}.csv"


LAYOUTS = (Layout(
    registry="us-ca", title="California’s registry of data brokers (registry.csv)",
    state="California", source=_source, meanings=MEANINGS,
    year_of_file=_year_of_file, filing=_filing),)
