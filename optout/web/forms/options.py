"""What a select or a group of radio buttons offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from optout.web.i18n import text as _
from optout.web.places import countries, residences


def options(labels: Mapping[Any, str] | Iterable[tuple[str, str]]) -> list[Any]:
    """Options of values and their labels, in the order given."""
    pairs = labels.items() if isinstance(labels, Mapping) else labels
    return [SelectChoice(value=str(value), label=label) for value, label in pairs]


def country_options() -> list[Any]:
    """Countries, the most frequent one first, none chosen."""
    others = [pair for pair in countries() if pair[0] != "US"]
    return options([("", _("Choose a country")), ("US", _("United States")), *others])


def residence_options() -> list[Any]:
    """Residences: the states, the provinces of Canada, then the other countries."""
    return [
        *options([("", _("Choose a state or country"))]),
        *(SelectChoice(value=code, label=name, optgroup=group)
          for group, places in residences() for code, name in places),
    ]
