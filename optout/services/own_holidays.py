"""The person's own closed days: read from their file, listed, added, and taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from optout.domain.errors import InstanceMissing, InvalidFile, InvalidInput, NotFound

if TYPE_CHECKING:
    from optout.law.own_holidays import OwnHoliday, OwnHolidays
    from optout.services.desk import Library

HOLIDAYS_FILE = "holidays.local.yaml"
_HEAD = """\
# Days on which offices are closed, entered by you beside the holidays that the program knows.
# By region: a country or state such as US, US-CA or DE; each day with date, name and, if known,
# source. The program writes this file anew with each change; comments of your own do not stay.
"""
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed weekday of a region.

    Args:
        own: the person entered it; removable.
        source: where it was announced; empty where the holiday library knows the day.
    """

    region: str
    day: date
    name: str
    own: bool
    source: str = ""


class OwnHolidaysFile:
    """The file, read anew whenever it changed: another process may write it.

    Args:
        path: need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: _Stamp | None = None
        self._found: OwnHolidays | None = None

    def current(self) -> OwnHolidays:
        """What is in it now; the same value as long as the file stays as it is.

        Raises:
            InvalidFile: with every problem by line and field.
        """
        stamp = self._stamp_now()
        if self._found is None or stamp != self._stamp:
            self._found = self._read() if stamp is not None else _nothing()
            self._stamp = stamp
        return self._found

    def _stamp_now(self) -> _Stamp | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> OwnHolidays:
        from optout.law.own_holidays_reading import read_own_holidays
        from optout.registry import strict_yaml

        name = self.path.name
        data, lines = strict_yaml.load(self.path, name=name)
        found, problems = read_own_holidays(data)
        if problems:
            shown = [f"{name}:{strict_yaml.line_of(lines, place)}: {_named(place)}{what}"
                     for place, what in problems[:strict_yaml.MOST_PROBLEMS]]
            if len(problems) > len(shown):
                shown.append(f"{name}: and {len(problems) - len(shown)} more problems")
            raise InvalidFile(
                f"{name} does not follow its form.", problems=shown,
                remedy="Mend these lines, or take them out; until then no date is computed.")
        return found


def own_days(library: Library, *, year: int | None = None) -> tuple[Closed, ...]:
    """The days that the person entered, of every region, in order.

    Args:
        library: names the person's file.
        year: of this year only.

    Raises:
        InvalidFile: when the file cannot be read.
    """
    own = (Closed(region, one.day, one.name, own=True, source=one.source)
           for region, one in library.own_holidays)
    return tuple(sorted((one for one in own if year in (None, one.day.year)),
                        key=lambda one: (one.region, one.day)))


def closed_days(library: Library, region: str, year: int) -> tuple[Closed, ...]:
    """Every closed weekday of a region in a year, and what the person entered for it, in order.

    Raises:
        InvalidInput: for a region without a calendar, or a year that has none.
        InvalidFile: when the person's file cannot be read.
    """
    from optout.law.own_holidays import within
    from optout.law.own_holidays_reading import FIRST_YEAR, LAST_YEAR, checked_region

    tidy = checked_region(region)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"There is no calendar for the year {year}.", field="year",
                           remedy=f"Name one between {FIRST_YEAR} and {LAST_YEAR}.")
    mine = (one for one in own_days(library, year=year) if within(tidy, one.region))
    return tuple(sorted((*_known(tidy, year), *mine), key=lambda one: (one.day, one.own)))


def add(library: Library, region: str, day: date, name: str, source: str = "") -> Closed:
    """Enter a closed day; one that is there already gets the new name and source.

    Raises:
        InvalidInput: for a region without a calendar, or a name or source that is no short text.
        InvalidFile: when the person's file cannot be read; nothing is written.
        InstanceMissing: when there is no data folder yet.
    """
    from optout.law.own_holidays import OwnHoliday
    from optout.law.own_holidays_reading import checked_region, read_own_holidays

    tidy = checked_region(region)
    entry = {"date": day.isoformat(), "name": name, **({"source": source} if source else {})}
    _, problems = read_own_holidays({tidy: [entry]})
    if problems:
        place, what = problems[0]
        raise InvalidInput(f"{_named(place)}{what}", field=str(place[-1]))
    entered = OwnHoliday(day, name.strip(), source.strip())
    with _alone(library):
        kept = dict(library.own_holidays.by_region)
        kept[tidy] = (*(one for one in kept.get(tidy, ()) if one.day != day), entered)
        _write(library, kept)
    return Closed(tidy, entered.day, entered.name, own=True, source=entered.source)


def remove(library: Library, region: str, day: date) -> Closed:
    """Take a closed day out that the person entered.

    Raises:
        NotFound: when they entered none on that day for that region.
        InvalidFile: when the person's file cannot be read; nothing is written.
    """
    tidy = region.strip().upper()
    with _alone(library):
        kept = dict(library.own_holidays.by_region)
        gone = [one for one in kept.get(tidy, ()) if one.day == day]
        if not gone:
            raise NotFound(f"You entered no closed day of {tidy} on {day.isoformat()}.",
                           remedy="“optout law holidays list” shows those that you entered. A "
                                  "day that the program knows cannot be taken out.")
        kept[tidy] = tuple(one for one in kept[tidy] if one.day != day)
        _write(library, kept)
    return Closed(tidy, gone[0].day, gone[0].name, own=True, source=gone[0].source)


def _nothing() -> OwnHolidays:
    from optout.law.own_holidays import NO_OWN_HOLIDAYS

    return NO_OWN_HOLIDAYS


def _named(place: tuple[str | int, ...]) -> str:
    """The region and the field of a problem, for the line that tells it."""
    words = [part for part in place if isinstance(part, str)]
    return "".join(f"{word}: " for word in words)


def _known(region: str, year: int) -> Iterator[Closed]:
    from optout.law.calendar import BusinessCalendar

    found = BusinessCalendar(region).holidays_between(date(year - 1, 12, 31), date(year, 12, 31))
    return (Closed(region, day, name, own=False) for day, name in found)


def _alone(library: Library) -> AbstractContextManager[None]:
    """The turn of this process: between reading the days and writing them nobody else writes."""
    from optout.vault.turns import in_turn

    folder = library.holidays_file.parent
    if not folder.is_dir():
        raise InstanceMissing(remedy="Set it up first: start “optout serve”.")
    return in_turn(folder)


def _write(library: Library, by_region: Mapping[str, tuple[OwnHoliday, ...]]) -> None:
    from optout.registry.whole import write_whole

    lines = [line for region, days in sorted(by_region.items()) if days
             for line in (f"{region}:", *(text for one in sorted(days) for text in _entry(one)))]
    text = _HEAD + "".join(f"{line}\n" for line in lines)
    write_whole(library.holidays_file, text.encode("utf-8"))


def _entry(one: OwnHoliday) -> Iterator[str]:
    """The lines of one day; texts in quotes, as YAML takes them from JSON."""
    yield f"- date: {one.day.isoformat()}"
    yield f"  name: {json.dumps(one.name, ensure_ascii=False)}"
    if one.source:
        yield f"  source: {json.dumps(one.source, ensure_ascii=False)}"
