"""The places to choose from: states of the United States, and countries."""

from __future__ import annotations

import re
from functools import lru_cache

from flask_babel import get_locale

from optout.domain.us_states import US_STATES

_COUNTRY = re.compile("[A-Z]{2}")
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})

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
    if country == "US" and region in US_STATES:
        return US_STATES[region]
    name = dict(countries()).get(country, country)
    return f"{name} ({region})" if region else name
