"""The places to choose from: states of the United States, and countries."""

from __future__ import annotations

import re
from functools import lru_cache

from flask_babel import get_locale

_COUNTRY = re.compile("[A-Z]{2}")
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}
"""States, the district and the territories by their codes (ISO 3166-2:US)."""


@lru_cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale  # its data is large: read when the first form with a country opens

    names = Locale.parse(language).territories
    known = [(code, name) for code, name in names.items()
             if _COUNTRY.fullmatch(code) and code not in _NOT_COUNTRIES]
    return tuple(sorted(known, key=lambda pair: pair[1]))


def countries() -> list[tuple[str, str]]:
    """Every country by its code, in alphabetical order of its name in the page's language."""
    return list(_countries(str(get_locale())))


def place_name(code: str) -> str:
    """A residence in words: `California`, `Germany`; the code itself where it is not known."""
    country, _dash, region = code.partition("-")
    if country == "US" and region in STATES:
        return STATES[region]
    name = dict(countries()).get(country, country)
    return f"{name} ({region})" if region else name
