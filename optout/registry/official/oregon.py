"""Oregon: the licence list, and the report of ways to opt out; a licence is for a calendar year."""

from __future__ import annotations

import re

from optout.registry.names import plain_name
from optout.registry.official import addresses, cells
from optout.registry.official.contacts import own_sites
from optout.registry.official.filing import Filing
from optout.registry.official.headings import Meanings
from optout.registry.official.layout import Cells, Layout
from optout.registry.sites import site_of

_FOLDER = "https://www4.cbs.state.or.us/ex/shared/downtemp"
_TOWN = re.compile(r"(.+?),?\s+([A-Za-z]{2})\s+(\d{3,5}(?:-?\d{4})?)")
_TELLING = 4
"""A name or a site of fewer letters is in many others by chance."""

_IN_FORCE = re.compile(r"active|expired|lapsed|renew", re.IGNORECASE)

LICENCES = Meanings(
    fields={
        "id": r"licen[sc]e[ _](?:no|number)\b",
        "kind": r"licen[sc]e[ _]type|profession",
        "name": r"full[ _]name$",
        "phone": r"(?:addr[ _])?phone",
        "aliases": r"doing[ _]business[ _]as",
        "town": r"addr[ _]line[ _]4",
        "status": r"licen[sc]e[ _]status",
        "expires": r"expir",
    },
    passed_over=r"addr[ _]line|profession",
    wanted=(("id",), ("name",), ("status", "expires")),
)

OPT_OUTS = Meanings(
    fields={
        "id": r"licen[sc]e[ _](?:no|number)\b",
        "name": r"facility[ _]name$",
        "aliases": r"doing[ _]business[ _]as",
        "updated": r"update[ _]?d?[ _]?date",
        "mailbox": r"opt[ _]out[ _]e-?mail",
        "website": r"opt[ _]out[ _]web",
        "other_website": r"additional[ _]web",
        "other_methods": r"opt[ _]out[ _]other",
        "phone": r"(?:opt[ _]out[ _])?(?:contact[ _])?(?:tele)?phone",
        "street": r"(?:opt[ _]out[ _])?(?:contact[ _])?(?:street|mailing[ _])?[ _]?address",
        "city": r"(?:opt[ _]out[ _])?(?:contact[ _])?city",
        "state": r"(?:opt[ _]out[ _])?(?:contact[ _])?state",
        "zip": r"(?:opt[ _]out[ _])?(?:contact[ _])?zip",
    },
    passed_over=r"opt[ _]out[ _](?:narrative|of)|data[ _]collect",
    wanted=(("id",), ("name",), ("mailbox", "website", "updated")),
)


def _licence(row: Cells, number: int, year: int | None) -> Filing | str:
    name, aliases = cells.name_of(row.get("name", ""))
    if not name:
        return "it names no company"
    kind = cells.said(row.get("kind", ""))
    if kind and "data broker" not in kind.casefold():
        return "it is a licence for something else than a data broker"
    status = cells.said(row.get("status", ""))
    if status and not _IN_FORCE.match(status):
        return f"Oregon lists the licence as “{status.casefold()[:40]}”"
    expires = cells.day(row.get("expires", ""))
    year = year or (expires.year if expires else None)
    if year is None:
        return "it tells no year: give one with --year"
    town = _TOWN.fullmatch(cells.said(row.get("town", "")))
    land = "US" if town and addresses.state(town.group(2)) else ""
    return Filing(
        row=number, registry="us-or", year=year, name=name,
        id=cells.said(row.get("id", ""))[:cells.LONGEST_NUMBER],
        aliases=(*aliases, *cells.names_of(row.get("aliases", ""), commas=True)),
        phone=cells.phone(row.get("phone", ""), land), country=land)


def _year_of_report(headings: tuple[str, ...], rows: tuple[Cells, ...], newest: int) -> int | None:
    """The year of the newest update: the report holds the licences in force."""
    del headings
    days = (cells.day(row.get("updated", "")) for row in rows)
    return max((day.year for day in days if day and day.year <= newest), default=None)


def _opt_out(row: Cells, number: int, year: int | None) -> Filing | str:
    name, aliases = cells.name_of(row.get("name", ""))
    if not name:
        return "it names no company"
    if year is None:
        return "it tells no year: give one with --year"
    aliases = (*aliases, *cells.names_of(row.get("aliases", ""), commas=True))
    links = tuple(dict.fromkeys(
        link for field in ("website", "other_website", "mailbox", "other_methods")
        for link in cells.links(row.get(field, ""))))
    mailboxes = tuple(dict.fromkeys(
        box for field in ("mailbox", "website", "other_methods")
        for box in cells.mailboxes(row.get(field, ""))))
    place = addresses.address(
        street=row.get("street", ""), city=row.get("city", ""), region=row.get("state", ""),
        code=row.get("zip", ""), land="US")
    land = "US" if place else ""
    return Filing(
        row=number, registry="us-or", year=year, name=name,
        id=cells.said(row.get("id", ""))[:cells.LONGEST_NUMBER], aliases=aliases,
        websites=tuple(link for link in links if _own(link, mailboxes, (name, *aliases))),
        rights_links=links, mailboxes=mailboxes,
        phone=cells.phone(row.get("phone", ""), land), address=place, country=land)


def _own(link: str, mailboxes: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether a page for opting out stands on the company's own site.

    It may be a portal; the site is its own where its mailbox is there, or its name in it.
    """
    sites = own_sites([link])
    if not sites:
        return False
    label = re.sub(r"[^a-z0-9]", "", sites[0].partition(".")[0])
    joined = [plain_name(name).replace(" ", "") for name in names]
    return any(site_of(box) == sites[0] for box in mailboxes) or any(
        min(len(label), len(name)) >= _TELLING and (label in name or name in label)
        for name in joined)


LAYOUTS = (
    Layout("us-or", "Oregon’s list of data broker licences (dfcs_db.txt)", "Oregon",
           lambda _year, _now: f"{_FOLDER}/dfcs_db.txt", LICENCES, _licence),
    Layout("us-or", "Oregon’s report of ways to opt out (dfcs_db_optout.csv)", "Oregon",
           lambda _year, _now: f"{_FOLDER}/dfcs_db_optout.csv", OPT_OUTS, _opt_out,
           _year_of_report),
)
