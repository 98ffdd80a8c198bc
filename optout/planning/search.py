"""Where to look for oneself: the search link of a broker, filled in for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from optout.domain.broker import Broker, SearchLink
from optout.domain.person import Person
from optout.domain.regions import US_STATES
from optout.domain.words import Fact, Sensitivity
from optout.planning.facts import main_name, shown_address, values_of

_HOLE = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<modifiers>[a-z_+]+))?\}")
_OPTIONAL = "or_tilde"

_AGE_STEP = 10

_FACT_OF_HOLE: Mapping[str, Fact] = {
    "first": Fact.FULL_NAME, "middle": Fact.FULL_NAME, "last": Fact.FULL_NAME,
    "city": Fact.CITY_STATE, "state": Fact.CITY_STATE, "zip": Fact.POSTAL_CODE, "age": Fact.AGE,
}
_ONLY_IF_FILLED = frozenset(_FACT_OF_HOLE.values()) - {Fact.FULL_NAME}
"""Facts that a search works without: where the link does not carry them, nobody types them."""


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
    parts: dict[str, str] = {}
    if name and name.sensitivity is not Sensitivity.ASK:
        parts = {"first": name.given, "middle": name.middle, "last": name.family}
    if place and place.sensitivity is not Sensitivity.ASK:
        parts |= {"city": place.address.city, "state": place.address.region,
                  "zip": place.address.postal_code}
    if Fact.AGE in reveals and not person.at_risk:
        parts["age"] = "".join(values_of(person, Fact.AGE, day))
    return parts


def search_url(person: Person, broker: Broker, day: date) -> str:
    """A link that looks for the person at the broker; "" where the broker has none.

    Opening it tells the broker the name and the internet address. Where the pattern asks for
    something that the person lacks, that must not be shown (the age or the home of a person at
    risk) or that is marked “ask me first”, the plain search page is given instead.
    """
    return _filled(person, broker.search, day)[0] if broker.search else ""


def can_carry(search: SearchLink) -> frozenset[Fact]:
    """The facts for which a link has a place, whatever its entry says that it reveals."""
    return frozenset(_FACT_OF_HOLE[hole["name"]] for hole in _HOLE.finditer(search.pattern)
                     if hole["name"] in _FACT_OF_HOLE)


def facts_shown(person: Person, broker: Broker, day: date) -> tuple[Fact, ...]:
    """The facts that a look at the broker hands over, by name.

    What the link can carry (a place, an age) counts only where it was filled in. Whoever finds
    the broker without a link gives a name and an internet address.
    """
    if broker.search is None:
        return Fact.FULL_NAME, Fact.INTERNET_ADDRESS
    _, carried = _filled(person, broker.search, day)
    told = [fact for fact in broker.search.reveals if fact not in _ONLY_IF_FILLED]
    return tuple(dict.fromkeys((*told, *carried, Fact.INTERNET_ADDRESS)))


def _filled(person: Person, search: SearchLink, day: date) -> tuple[str, tuple[Fact, ...]]:
    """The link, and the facts that it carries; the plain page carries none."""
    parts = _parts(person, search.reveals, day)
    carried: list[Fact] = []
    lacking = False

    def fill(hole: re.Match[str]) -> str:
        nonlocal lacking
        modifiers = (hole["modifiers"] or "").split("+") if hole["modifiers"] else []
        value = parts.get(hole["name"], "")
        if value:
            carried.append(_FACT_OF_HOLE[hole["name"]])
        elif _OPTIONAL not in modifiers:
            lacking = True
        for modifier in modifiers:
            value = _MODIFIERS.get(modifier, str)(value)
        return quote(value, safe="~")

    link = _HOLE.sub(fill, search.pattern)
    return (search.url, ()) if lacking or not link else (link, tuple(carried))
