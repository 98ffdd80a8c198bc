"""Where to look for oneself: the search link of a broker, filled in for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.regions import US_STATES
from optout.domain.words import Fact
from optout.planning.facts import main_name, shown_address, values_of

_HOLE = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<modifiers>[a-z_+]+))?\}")
_OPTIONAL = "or_tilde"

_AGE_STEP = 10

def _age_range(value: str) -> str:
    if not value.isdigit():
        return value
    low = int(value) // _AGE_STEP * _AGE_STEP
    return f"{low}-{low + _AGE_STEP - 1}"


_MODIFIERS: Mapping[str, Callable[[str], str]] = {
    "hyphen": lambda value: "-".join(value.split()),
    "underscore": lambda value: "_".join(value.split()),
    "lower": str.lower,
    "upper": str.upper,
    "cap": lambda value: " ".join(word[:1].upper() + word[1:] for word in value.split()),
    "full": lambda value: US_STATES.get(value.upper(), value),
    "range": _age_range,
    _OPTIONAL: lambda value: value or "~",
}


def _parts(person: Person, reveals: tuple[Fact, ...], day: date) -> dict[str, str]:
    name, place = main_name(person, day), shown_address(person, day)
    parts = {"first": name.given, "middle": name.middle, "last": name.family} if name else {}
    if place:
        parts |= {"city": place.address.city, "state": place.address.region,
                  "zip": place.address.postal_code}
    if Fact.AGE in reveals:
        parts["age"] = "".join(values_of(person, Fact.AGE, day))
    return parts


def search_url(person: Person, broker: Broker, day: date) -> str:
    """A link that looks for the person at the broker; "" where the broker has none.

    Opening it tells the broker the name and the internet address. Where the pattern asks for
    something that the person lacks or that must not be shown (an age, the home of a person at
    risk), the plain search page is given instead.
    """
    search = broker.search
    if search is None:
        return ""
    parts = _parts(person, search.reveals, day)
    lacking = False

    def fill(hole: re.Match[str]) -> str:
        nonlocal lacking
        modifiers = (hole["modifiers"] or "").split("+") if hole["modifiers"] else []
        value = parts.get(hole["name"], "")
        if not value and _OPTIONAL not in modifiers:
            lacking = True
        for modifier in modifiers:
            value = _MODIFIERS.get(modifier, str)(value)
        return quote(value, safe="~")

    link = _HOLE.sub(fill, search.pattern)
    return search.url if lacking or not link else link
