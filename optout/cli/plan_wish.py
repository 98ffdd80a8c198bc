"""What the words of “optout plan” want and choose: read, checked, and kept where it is asked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidFile, Refused
from optout.domain.wanted import Pace, Wanted
from optout.domain.words import ChoiceKind

if TYPE_CHECKING:
    from optout.services.intake import Intake

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a saved page of results; larger files are something else."""


def wanted_of(chosen: Mapping[str, Any], more: Iterable[str] = ()) -> Wanted | None:
    """What the options name; None where they name nothing, so that the kept wish counts.

    Args:
        chosen: the options.
        more: brokers of listings that were handed over.
    """
    wanted = Wanted(
        relevant=chosen["relevant"], location=chosen["location"], told=chosen["told"],
        categories=chosen["categories"],
        brokers=tuple(dict.fromkeys((*chosen["brokers"], *more))))
    return None if wanted.is_empty else wanted


def take_in_listings(state: State, person_id: str, source: str, day: date | None) -> Intake:
    """Keep the listings of a file (`-`: of standard input) for the person.

    Raises:
        InvalidFile: when it cannot be read or is too large.
        Refused: when no listing at a known company is in it.
    """
    from optout.services import intake

    found = intake.take_in(state.desk, person_id, _text_of(source), on=day, actor=OWNER)
    if not brokers_in(found):
        raise Refused("No link in it leads to a listing at a company that the registry knows.",
                      remedy="Paste the links of the listings themselves, one on each line.")
    return found


def brokers_in(found: Intake) -> tuple[str, ...]:
    """The brokers at which listings stand, each once."""
    return tuple(dict.fromkeys(one.broker_id for one in (*found.new, *found.known)
                               if not one.gone))


def _text_of(source: str) -> str:
    if source == "-":
        return sys.stdin.read(LARGEST_FILE)
    path = Path(source)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InvalidFile(f"{path.name}: the file is too large for a page of results.",
                              remedy="Copy the links out of it.")
        return path.read_text("utf-8", "replace")
    except OSError as error:
        raise InvalidFile(f"{path.name}: the file cannot be read ({error.strerror}).",
                          remedy="Check its name and who may read it.") from error


def keep_pace(state: State, person_id: str, chosen: Mapping[str, Any]) -> Pace:
    """The pace of the plan; what the options change of it is kept."""
    from optout.services import wishes

    before = wishes.wish_of(state.desk, person_id).pace
    changed = {name: chosen[name] for name in ("minutes_a_day", "days_a_week")
               if chosen[name] is not None}
    if not changed:
        return before
    return wishes.set_pace(state.desk, person_id, replace(before, **changed), actor=OWNER).pace


def keep_choices(state: State, person_id: str, chosen: Mapping[str, Any]) -> None:
    """Keep what the options choose about single brokers; nothing where one cannot be read.

    Raises:
        NotFound: for a broker that is not there.
    """
    from optout.services import choices, plans

    skipped = [_pair(text, "--skip BROKER=REASON") for text in chosen["skip"]]
    postponed = [(broker, _day(until)) for broker, until in (
        _pair(text, "--postpone BROKER=DATE") for text in chosen["postpone"])]
    # What was chosen about a company that has left the registry can be taken back all the same.
    known = choices.choices_of(state.desk, person_id)
    plans.check_known(state.desk, [*chosen["ask"], *(name for name, _ in (*skipped, *postponed)),
                                   *(name for name in chosen["take_back"] if name not in known)])
    for broker, reason in skipped:
        choices.choose(state.desk, person_id, [broker], ChoiceKind.SKIP, reason=reason,
                       actor=OWNER)
    for broker, until in postponed:
        choices.choose(state.desk, person_id, [broker], ChoiceKind.POSTPONE, until=until,
                       actor=OWNER)
    if chosen["ask"]:
        choices.choose(state.desk, person_id, chosen["ask"], ChoiceKind.ASK, actor=OWNER)
    if chosen["take_back"]:
        choices.take_back(state.desk, person_id, chosen["take_back"], actor=OWNER)


def _pair(text: str, form: str) -> tuple[str, str]:
    name, divider, value = text.partition("=")
    if not divider:
        raise click.UsageError(f"“{text}” lacks its second half. Write it like {form}.")
    return name.strip(), value.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"“{text}” is not a date. Write it like 2026-11-23.") from None
