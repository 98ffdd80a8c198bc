"""The places to choose from: states, provinces, and countries."""

from __future__ import annotations

import re
from functools import lru_cache

from flask_babel import get_locale

from optout.domain.regions import CA_PROVINCES, US_STATES, region_name
from optout.web.i18n import text as _

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
    known = region_name(code)
    if known:
        return known
    country, _dash, region = code.partition("-")
    name = dict(countries()).get(country, country)
    return f"{name} ({region})" if region else name


def residences() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place of residence in groups, each with its code and name.

    Canada stands whole too: a person need not name the province.
    """
    states = [(f"US-{code}", name) for code, name in US_STATES.items()]
    provinces = [(f"CA-{code}", name) for code, name in CA_PROVINCES.items()]
    abroad = [pair for pair in countries() if pair[0] != "US"]
    return [(_("United States"), states), (_("Provinces of Canada"), provinces),
            (_("Other countries"), abroad)]
