"""Texas: the Secretary of State's list of registrations, each good for one year."""

from __future__ import annotations

from optout.registry.official import addresses, cells
from optout.registry.official.filing import Filing
from optout.registry.official.headings import Meanings
from optout.registry.official.layout import Cells, Layout

MEANINGS = Meanings(
    fields={
        "id": r"registration (?:number|no|id)\b",
        "name": r"full legal name|legal name$|data broker name$",
        "address": r"primary physical address|physical address",
        "mailbox": r"(?:data broker )?e-?mail",
        "website": r"website|(?:data broker )?web ?site|primary website",
        "rights": r"consumer rights",
        "phone": r"telephone|phone",
        "submitted": r"submitted|registration date|date (?:submitted|registered)",
    },
    passed_over=(
        r"contact person|categories of data|purchaser|data of a known child|"
        r"number of security|security breaches|additional information|authorized person"),
    wanted=(("id",), ("name",), ("rights", "submitted")),
)


def _filing(row: Cells, number: int, year: int | None) -> Filing | str:
    name, aliases = cells.name_of(row.get("name", ""))
    if not name:
        return "it names no company"
    submitted = cells.day(row.get("submitted", ""))
    year = year or (submitted.year if submitted else None)
    if year is None:
        return "it tells no year: give one with --year"
    place, land = addresses.from_one_cell(row.get("address", ""))
    return Filing(
        row=number, registry="us-tx", year=year, name=name,
        id=cells.said(row.get("id", ""))[:cells.LONGEST_NUMBER], aliases=aliases,
        websites=cells.links(row.get("website", "")),
        rights_links=cells.links(row.get("rights", "")),
        mailboxes=cells.mailboxes(row.get("mailbox", "")),
        phone=cells.phone(row.get("phone", ""), land), address=place, country=land)


LAYOUTS = (
    Layout("us-tx", "the list of data brokers of Texas (registered-data-brokers.csv)", "Texas",
           lambda _year, _now: ("https://www.sos.state.tx.us/statdoc/forms/"
                                "registered-data-brokers.csv"), MEANINGS, _filing, years=2),
)
