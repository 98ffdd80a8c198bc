"""Registered addresses: from columns of their own or from one cell; nonsense becomes nothing."""

from __future__ import annotations

import re

from optout.domain.places import MOST_LINES, PostalAddress
from optout.domain.regions import US_STATES
from optout.registry.official.cells import lines_of, said

LONGEST_LINE = 60
LONGEST_CODE = 12
LONGEST_REGION = 40

_CODES = (
    "US USA|CA CAN|GB GBR|DE DEU|FR FRA|NL NLD|BE BEL|LU LUX|CH CHE|AT AUT|IE IRL|ES ESP|PT PRT|"
    "IT ITA|DK DNK|SE SWE|NO NOR|FI FIN|IS ISL|PL POL|CZ CZE|SK SVK|HU HUN|RO ROU|BG BGR|GR GRC|"
    "HR HRV|SI SVN|RS SRB|EE EST|LV LVA|LT LTU|UA UKR|CY CYP|MT MLT|TR TUR|IL ISR|AE ARE|SA SAU|"
    "IN IND|PK PAK|BD BGD|SG SGP|HK HKG|CN CHN|TW TWN|JP JPN|KR KOR|AU AUS|NZ NZL|PH PHL|MY MYS|"
    "TH THA|VN VNM|ID IDN|ZA ZAF|NG NGA|KE KEN|EG EGY|MX MEX|BR BRA|AR ARG|CL CHL|CO COL|PE PER|"
    "PA PAN|CR CRI|KY CYM|VG VGB|BM BMU|PR PRI|GI GIB|JE JEY|GG GGY|IM IMN|LI LIE|MC MCO|SC SYC")
_NAMES = (
    "US united states,united states of america,u.s.a,u.s,us of america,america|CA canada|"
    "GB united kingdom,uk,u.k,england,great britain,scotland,wales,northern ireland|DE germany|"
    "FR france|NL netherlands,the netherlands|BE belgium|LU luxembourg|CH switzerland|AT austria|"
    "IE ireland|ES spain|PT portugal|IT italy|DK denmark|SE sweden|NO norway|FI finland|"
    "IS iceland|PL poland|CZ czech republic,czechia|SK slovakia|HU hungary|RO romania|BG bulgaria|"
    "GR greece|HR croatia|SI slovenia|RS serbia|EE estonia|LV latvia|LT lithuania|UA ukraine|"
    "CY cyprus|MT malta|TR turkey|IL israel|AE united arab emirates,uae|SA saudi arabia|IN india|"
    "PK pakistan|BD bangladesh|SG singapore|HK hong kong|CN china|TW taiwan|JP japan|"
    "KR south korea,korea|AU australia|NZ new zealand|PH philippines|MY malaysia|TH thailand|"
    "VN vietnam|ID indonesia|ZA south africa|NG nigeria|KE kenya|EG egypt|MX mexico|BR brazil|"
    "AR argentina|CL chile|CO colombia|PE peru|PA panama|CR costa rica|KY cayman islands|"
    "VG british virgin islands|BM bermuda|PR puerto rico|GI gibraltar|JE jersey|GG guernsey|"
    "IM isle of man|LI liechtenstein|MC monaco|SC seychelles")
_BY_CODE = {code: pair[:2] for pair in _CODES.split("|") for code in pair.split()}
_COUNTRIES = {name: group[:2] for group in _NAMES.split("|") for name in group[3:].split(",")}

_STATES = {name.casefold(): code for code, name in US_STATES.items()} | {
    "washington dc": "DC", "washington d.c.": "DC", "d.c.": "DC", "virgin islands": "VI"}
_FIRST_DIGITS = {
    "0": "CT MA ME NH NJ RI VT PR VI NY", "1": "DE NY PA", "2": "DC MD NC SC VA WV",
    "3": "AL FL GA MS TN", "4": "IN KY MI OH", "5": "DC IA MN MT ND SD WI", "6": "IL KS MO NE",
    "7": "AR LA OK TX", "8": "AZ CO ID NM NV UT WY TX", "9": "AK AS CA GU HI MP OR WA"}
"""The first digit of a ZIP code and the states that have such codes."""

_ZIP = re.compile(r"(?:[A-Za-z]{2}\W*)?(\d{3,5})(?:\s*-?\s*(\d{4}))?")
_STATE_AND_ZIP = re.compile(r"([A-Za-z .]+?)[\s,]+(\d{3,5}(?:\s*-\s*\d{4})?)")
_TO_SOMEONE = re.compile(r"\s*(?:attn|attention|c/o|care of)\b(?!.*(?:legal|privacy|compliance|"
                         r"data|department|dept|team|office|counsel|rights))", re.IGNORECASE)


def country(text: str) -> str:
    """The two-letter code of a country by its name or code; "" where it is not known."""
    plain = said(text).casefold().strip(" .,")
    return _COUNTRIES.get(plain) or _BY_CODE.get(plain.upper(), "")


def state(text: str) -> str:
    """The code of a state of the United States, written as code or out; "" if it is none."""
    plain = said(text).strip(" ,")
    code = plain.replace(".", "").upper()
    return code if code in US_STATES else _STATES.get(plain.casefold(), "")


def zip_code(text: str, region: str) -> str:
    """A ZIP code with its lost zeros, without the state; "" where it is none of that state."""
    found = _ZIP.fullmatch(said(text))
    if not found or region not in US_STATES:
        return ""
    five, four = found.groups()
    code = five.zfill(5)
    if region not in _FIRST_DIGITS[code[0]].split():
        return ""
    return f"{code}-{four}" if four else code


def address(*, street: str, city: str, region: str, code: str, land: str) -> PostalAddress | None:
    """An address from columns; None where it cannot be right.

    In the United States the state must be one, and the ZIP code one of that state: a letter to
    a place that contradicts itself goes astray.
    """
    lines = _lines(street)
    town = _town(said(city))
    if not lines or not town or len(town) > LONGEST_LINE or not land:
        return None
    if land == "US":
        region = state(region)
        code = zip_code(code, region)
        if not region or not code:
            return None
    else:
        region, code = said(region), said(code)
    if len(region) > LONGEST_REGION or len(code) > LONGEST_CODE:
        return None
    return PostalAddress(lines, town, land, region, code)


def from_one_cell(cell: str) -> tuple[PostalAddress | None, str]:
    """The address in one cell, parts parted by commas, and its country where it is told.

    Only addresses in the United States are taken apart: others keep no order.
    """
    parts = [part for part in (part.strip() for part in lines_of(cell).split(",")) if part]
    land = country(parts[-1]) if parts else ""
    if land:
        parts.pop()
    if land not in {"", "US"} or not parts:
        return None, land
    both = _STATE_AND_ZIP.fullmatch(parts[-1])
    if both:
        region, code = both.groups()
        parts.pop()
    elif len(parts) > 1:
        code, region = parts.pop(), parts.pop()
    else:
        return None, land
    if not state(region) or not parts:
        return None, land
    town = parts.pop()
    found = address(street=", ".join(parts), city=town, region=region, code=code, land="US")
    return found, land or ("US" if found else "")


def _lines(street: str) -> tuple[str, ...]:
    parts = [said(part) for part in lines_of(street).split(",")]
    lines = list(dict.fromkeys(part for part in parts if part and not _TO_SOMEONE.match(part)))
    while len(lines) > MOST_LINES:
        lines[0:2] = [f"{lines[0]}, {lines[1]}"]
    return tuple(lines) if all(len(line) <= LONGEST_LINE for line in lines) else ()


def _town(text: str) -> str:
    text = text.strip(" ,")
    return text.title() if text.isupper() or text.islower() else text
