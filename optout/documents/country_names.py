"""What letters call the countries, in their own language."""

from __future__ import annotations

from optout.documents.texts import terms
from optout.domain.countries import COUNTRY_NAMES


def country_name(code: str, language: str = "en") -> str:
    """The name of a country; its English one, or its code, where the language has no other."""
    return terms(language).get(f"country.{code}", COUNTRY_NAMES.get(code, code))
