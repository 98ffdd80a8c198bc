"""Vermont: the bulk download of the Secretary of State, and the labels of its older pages."""

from __future__ import annotations

import re

from optout.registry.official import addresses, cells
from optout.registry.official.filing import Filing
from optout.registry.official.headings import Meanings
from optout.registry.official.layout import Cells, Layout

MEANINGS = Meanings(
    fields={
        "id": r"id ?registration|registration id",
        "status": r"data ?broker ?status|status$",
        "street": r"physical ?street ?address ?1",
        "street_2": r"physical ?street ?address ?2",
        "city": r"physical ?city",
        "state": r"physical ?state",
        "zip": r"physical ?zip ?5",
        "zip_4": r"physical ?zip ?4",
        "country": r"physical ?country",
        "postal_code": r"physical ?postal ?code",
        "province": r"physical ?province",
        "address": r"address$",
        "mailbox": r"e-?mail ?address",
        "website": r"primary ?internet ?(?:url|address)",
        "method": r"opt ?out ?method|a\. what was the method",
        "expires": r"expiration ?date|termination ?date",
        "name": r"(?:data ?broker ?)?name$",
    },
    passed_over=(
        r"applicant|is ?personal ?information ?opt ?out|opt ?out ?activities|third ?party|"
        r"non ?opt ?out|purchaser|security ?breaches|total|has ?actual|provide ?statement|"
        r"additional ?info|business type|created date|next renewal|[2-9]\. |[a-z]\. |if so"),
    wanted=(("name",), ("website",), ("expires",), ("status", "id")),
)
_GONE = re.compile(r"un-?registered|cancel|withdrawn|revoked|denied|terminat", re.IGNORECASE)


def _filing(row: Cells, number: int, year: int | None) -> Filing | str:
    name, aliases = cells.name_of(row.get("name", ""))
    if not name:
        return "it names no company"
    status = cells.said(row.get("status", ""))
    if _GONE.match(status):
        return f"Vermont lists it as “{status.casefold()[:40]}”"
    expires = cells.day(row.get("expires", ""))
    # A registration runs out on the first of February of the year after.
    year = year or (expires.year - 1 if expires else None)
    if year is None:
        return "it tells no year: give one with --year"
    land = addresses.country(row.get("country", ""))
    if row.get("address"):
        place, land = addresses.from_one_cell(row["address"])
    else:
        home = land == "US"
        code = "-".join(filter(None, (cells.said(row.get("zip", "")),
                                      cells.said(row.get("zip_4", "")))))
        place = addresses.address(
            street=f"{row.get('street', '')}\n{row.get('street_2', '')}", land=land,
            city=row.get("city", ""), region=row.get("state" if home else "province", ""),
            code=code if home else row.get("postal_code", ""))
    return Filing(
        row=number, registry="us-vt", year=year, name=name,
        id=cells.said(row.get("id", ""))[:cells.LONGEST_NUMBER], aliases=aliases,
        websites=cells.links(row.get("website", "")),
        rights_links=cells.links(row.get("method", "")),
        mailboxes=cells.mailboxes(row.get("mailbox", "")), address=place, country=land)


LAYOUTS = (
    Layout("us-vt", "Vermont’s list of data brokers (the bulk download, or its older pages)",
           "Vermont", lambda _year, _now: "https://bizfilings.vermont.gov", MEANINGS, _filing),
)
