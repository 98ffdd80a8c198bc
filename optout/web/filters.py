"""What templates may call: labels, dates, the risk, the way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, get_locale

from optout.domain.actor import OWNER, SCHEDULER
from optout.web.categories import category_name
from optout.web.forms.base import unremembered
from optout.web.i18n import counted
from optout.web.i18n import text as _
from optout.web.labels import label
from optout.web.law_labels import law_label
from optout.web.life_labels import sentence
from optout.web.paper_labels import about
from optout.web.places import place_name
from optout.web.registry_labels import filing_name
from optout.web.state import at_risk, is_unlocked, state

MINUTES_IN_AN_HOUR = 60
BYTES_IN_A_MEGABYTE = 1_000_000


def day(value: date) -> str:
    """A date as people write it, with its weekday: `Monday, November 23, 2026`."""
    return str(format_date(value, "full"))


def short_day(value: date) -> str:
    """A date for tables: `Nov 23, 2026`."""
    return str(format_date(value, "medium"))


def moment(value: datetime) -> str:
    """An instant in local time: `Nov 23, 2026, 2:05 PM`."""
    local = value.replace(tzinfo=value.tzinfo or UTC).astimezone().replace(tzinfo=None)
    return str(format_datetime(local, "medium", rebase=False))


def minutes(value: int) -> str:
    """A stretch of the person's own time."""
    hours, rest = divmod(value, MINUTES_IN_AN_HOUR)
    if not hours:
        return counted("%(num)d minute", "%(num)d minutes", rest)
    return str(_("%(hours)d h %(rest)d min", hours=hours, rest=rest))


def number(value: int) -> str:
    """A whole number as people write it: `12,345`."""
    return str(format_decimal(value))


def size(value: int) -> str:
    """How large a file is: `240 kB`, `3.1 MB`."""
    if value < BYTES_IN_A_MEGABYTE:
        return str(_("%(size)s kB", size=format_decimal(max(1, round(value / 1000)))))
    return str(_("%(size)s MB", size=format_decimal(round(value / BYTES_IN_A_MEGABYTE, 1))))


def lateness(days: int) -> str:
    """How late something is."""
    return counted("%(num)d day late", "%(num)d days late", days)


def actor(value: str) -> str:
    """Who did something: the person at this machine, or the program by itself."""
    return {OWNER: str(_("You")), SCHEDULER: str(_("The program"))}.get(value, value)


def control(field: Any, hint: str = "", extra: Mapping[str, Any] | None = None) -> str:
    """A form's control, told where its hint and its error stand."""
    lost = getattr(field, "lost", False) and not field.errors
    about = [f"{field.id}-{part}" for part, there in (("hint", hint), ("error", field.errors),
                                                      ("lost", lost)) if there]
    attributes: dict[str, Any] = {**unremembered(field), **(extra or {})}
    if about:
        attributes["aria-describedby"] = " ".join(about)
    if field.errors:
        attributes["aria-invalid"] = "true"
    rendered: str = field(**attributes)
    return rendered


def error_links(form: Any) -> Sequence[tuple[str, str]]:
    """The id and message of every error of a form, nested ones too, in the form's order."""
    found: list[tuple[str, str]] = []
    for field in form:
        entries = getattr(field, "entries", None)
        if entries is not None:
            for entry in entries:
                found += error_links(entry.form) if hasattr(entry, "form") else _own(entry)
            found += [(field.id, str(e)) for e in field.errors if isinstance(e, str)]
        elif hasattr(field, "form"):
            found += error_links(field.form)
        else:
            found += _own(field)
    found += [("main", str(e)) for e in getattr(form, "form_errors", ())]
    return found


def _own(field: Any) -> list[tuple[str, str]]:
    return [(field.id, str(error)) for error in field.errors]


def page_facts() -> dict[str, Any]:
    """What every page knows."""
    risk = at_risk()
    unlocked = is_unlocked()
    return {"unlocked": unlocked, "at_risk": risk, "quick_exit": risk is not False,
            "later_day": state().instance.later_day if unlocked else None,
            "computer_day": state().instance.clock.today() if unlocked else None}


def setup_filters(app: Flask) -> None:
    """Hand the filters to the templates."""
    app.jinja_env.filters.update(
        label=label, about=about, law_label=law_label, sentence=sentence, day=day,
        short_day=short_day, moment=moment, minutes=minutes,
        category_name=category_name, filing_name=filing_name,
        number=number, size=size, lateness=lateness, error_links=error_links,
        place_name=place_name, actor=actor, control=control)
    app.jinja_env.globals["get_locale"] = get_locale
    app.context_processor(page_facts)
