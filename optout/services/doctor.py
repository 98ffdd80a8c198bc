"""What is set up, what is missing, and what to do about it; nothing personal is looked at."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidFile, OptoutError
from optout.services import folder as folders
from optout.services.days import A_ZONE
from optout.settings import BadSetting

if TYPE_CHECKING:
    from optout.services.desk import Desk
    from optout.services.instance import Instance

OLDEST_PYTHON = (3, 11)
REGISTRY_OLD_AFTER = timedelta(days=180)
"""Addresses of brokers change; half a year is when to look for a newer registry."""

MOST_PROBLEMS = 5
"""Of a file that cannot be read, for which “registry check” lists them all; and of requests."""

NEWEST = 200
"""Requests that are compared with their histories unless all of them are asked for."""

LEAST_SPACE = 200 * 1024 * 1024
"""Bytes: a copy of the database before an upgrade, and some thousand documents."""


SWEEP, SCHEDULER = "sweep", "scheduler"
"""Files in the folder of locks: the first is written by each sweep, the second by who leads."""

CHECK_CLOCK = "Check the date of this computer. If it is right, say so on the page that asks."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        ok: nothing has to be done.
        what: what was found, in one sentence.
        remedy: what to do; empty where nothing has to be done.
    """

    ok: bool
    what: str
    remedy: str = ""


def examine(instance: Instance, *, audit: bool = False) -> tuple[Finding, ...]:
    """Look at everything the program rests on; no passphrase is needed.

    A look that fails is a finding, never an error.

    Args:
        instance: the data folder; what lies in it is looked at where it is open.
        audit: compare every request with its history. That takes minutes where there are
            hundreds of thousands; without it, only those that changed last are compared.
    """
    found: list[Finding] = []
    for look in (*_LOOKS, _every_request if audit else _newest_requests):
        try:
            found.extend(look(instance))
        except InvalidFile as error:
            shown = (error.message, *error.problems[:MOST_PROBLEMS])
            found.append(Finding(ok=False, what="\n".join(shown), remedy=error.remedy))
        except OptoutError as error:
            found.append(Finding(ok=False, what=error.message, remedy=error.remedy))
        except BadSetting as error:
            found.append(Finding(ok=False, what=error.message, remedy=error.remedy))
    return tuple(found)


def _python(_: Instance) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    fits = sys.version_info >= OLDEST_PYTHON
    yield Finding(fits, f"Python {version}.",
                  "" if fits else "Install Python 3.11 or newer, then set up again.")


def _driver(_: Instance) -> Iterator[Finding]:
    there = find_spec("sqlcipher3") is not None
    yield Finding(there, "The encrypted database driver is there." if there
                  else "The encrypted database driver is missing.",
                  "" if there else "Run `make install` (or `pip install sqlcipher3`).")


def _instance(instance: Instance) -> Iterator[Finding]:
    whole = instance.exists()
    yield Finding(ok=True, what=f"Your data lies in {instance.folder}, encrypted." if whole
                  else f"No data yet: {instance.folder} will be made on the first start.")


def _permissions(instance: Instance) -> Iterator[Finding]:
    if os.name == "nt" or not instance.folder.is_dir():
        return
    open_to_others = [
        path.name for path in (instance.folder, *instance.folder.iterdir())
        if not path.is_symlink()
        and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
        and path.name in (instance.folder.name, *_PRIVATE_PARTS)]
    yield Finding(not open_to_others,
                  "Only you can read the data folder." if not open_to_others
                  else f"Other users can read: {', '.join(open_to_others)}.",
                  "" if not open_to_others else f"Run: chmod -R go= '{instance.folder}'")


_PRIVATE_PARTS = frozenset({folders.KEY_FILE, folders.DATABASE_FILE, folders.FILES_FOLDER,
                            folders.LOCK_FOLDER})


def _identity(instance: Instance) -> str:
    """The id by which a keyring knows this folder; empty where there is no whole key."""
    from optout.vault import keyfile

    try:
        return keyfile.identity(instance.folder / folders.KEY_FILE)
    except OptoutError:  # another finding tells of it
        return ""


def _passphrase(instance: Instance) -> Iterator[Finding]:
    from optout.vault import passphrase

    path = instance.settings.passphrase_file
    if path is None:
        known = _identity(instance)
        how = f": “keyring set {passphrase.SERVICE} {known}” puts it there." if known else "."
        yield Finding(ok=True, what="The passphrase is asked for, "
                                    f"unless the system’s keyring has it{how}")
        return
    passphrase.from_file(path)
    public = passphrase.readable_by_others(path)
    yield Finding(not public, "The passphrase comes from a file."
                  + (" Other users can read it." if public else ""),
                  f"Run: chmod 600 '{path}'" if public else "")


def _registry(instance: Instance) -> Iterator[Finding]:
    registry = instance.library.registry
    age = instance.clock.today() - registry.checked
    fresh = age <= REGISTRY_OLD_AFTER
    yield Finding(fresh, f"The registry has {len(registry.brokers)} entries, checked up to "
                  f"{registry.checked.isoformat()} ({max(age.days, 0)} days ago).",
                  "" if fresh else "Get a newer version of optout: addresses change.")


def _laws(instance: Instance) -> Iterator[Finding]:
    book = instance.library.laws
    own = len(tuple(book.own_holidays))
    yield Finding(ok=True, what=f"{len(book.laws)} laws, checked up to {book.checked.isoformat()}."
                  + (f" You entered {own} closed day{'s' * (own > 1)}." if own else ""))


def _calendar(instance: Instance) -> Iterator[Finding]:
    from optout.law.calendar import BusinessCalendar

    calendar = BusinessCalendar("US")
    complaint = calendar.complaint(instance.clock.today())
    yield Finding(not complaint, complaint or "The legal calendar is good until "
                  f"{calendar.good_until.isoformat()}.",
                  "Get a newer version of optout." if complaint else "")


def _clock(instance: Instance) -> Iterator[Finding]:
    """The date, against the last day that is known: open data keeps it, a lock’s file shows it."""
    today = instance.clock.today()
    yield Finding(ok=True, what=f"Today is {today.isoformat()}, {datetime.now().astimezone():%Z}.")
    mark = instance.folder / folders.LOCK_FOLDER / SWEEP
    swept = datetime.fromtimestamp(mark.stat().st_mtime).astimezone() if mark.exists() else None
    if swept is not None:
        ahead = swept > instance.clock.now() + A_ZONE
        yield Finding(not ahead, f"The last sweep for what is due was on {swept:%Y-%m-%d at %H:%M}."
                      + (" That is later than this computer’s clock." if ahead else ""),
                      CHECK_CLOCK if ahead else "")
    if (later := instance.later_day) is not None:
        yield Finding(ok=False, what=f"This computer’s date was {later.isoformat()} before.",
                      remedy=CHECK_CLOCK)


def _scheduler(instance: Instance) -> Iterator[Finding]:
    from optout.vault import marks

    holder = marks.holder(instance.folder / folders.LOCK_FOLDER / SCHEDULER)
    yield Finding(ok=True, what=f"Process {holder} looks every hour for what is due." if holder
                  else "The app is not running: what is due is raised when it starts, and by "
                  "every command that opens your data.")


def _browser(_: Instance) -> Iterator[Finding]:
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        yield Finding(ok=True, what="No browser was found here. `optout serve` prints the address "
                      "to open.")
        return
    yield Finding(ok=True, what="A browser is there.")


def _space(instance: Instance) -> Iterator[Finding]:
    place: Path = instance.folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    enough = free >= LEAST_SPACE
    yield Finding(enough, f"{free // (1024 * 1024)} MB are free on the disk of the data folder.",
                  "" if enough else "Make room: at least 200 MB.")


def _reminders(instance: Instance) -> Iterator[Finding]:
    """What is switched on, and e-mails that need a word; seen only where the data is open."""
    if not instance.is_open:
        return
    from optout.services.reminder_state import state_of

    yield from (Finding(ok, what, remedy) for ok, what, remedy in state_of(instance.desk))


def _uncounted(instance: Instance) -> Iterator[Finding]:
    """Requests that the last recount of dates had to pass by; seen only where the data is open."""
    if not instance.is_open:
        return
    from optout.services.uncounted import uncounted

    with instance.desk.store.reading() as session:
        ids = uncounted(session)
    if ids:
        more = f" and {len(ids) - MOST_PROBLEMS} more" if len(ids) > MOST_PROBLEMS else ""
        yield Finding(
            ok=False, what="Holidays or laws changed, and these requests could not be counted "
            f"anew: {', '.join(ids[:MOST_PROBLEMS])}{more}. Their dates are the old ones.",
            remedy="The program tries again every hour. If this line stays, make a backup and "
            "report it: nothing personal stands in it.")


def _newest_requests(instance: Instance) -> Iterator[Finding]:
    from optout.services.consistency import newest_problems

    return _agreement(
        instance, lambda desk: newest_problems(desk, NEWEST),
        f"The requests that changed last (up to {NEWEST}) agree with their histories. "
        "“optout doctor --audit” compares every request.")


def _every_request(instance: Instance) -> Iterator[Finding]:
    from optout.services.consistency import problems

    return _agreement(instance, problems, "All requests agree with their histories.")


def _agreement(
    instance: Instance, problems: Callable[[Desk], Iterator[str]], fine: str
) -> Iterator[Finding]:
    """Whether what is stored agrees with the histories; seen only where the data is open."""
    if not instance.is_open:
        return
    try:
        told = list(islice(problems(instance.desk), MOST_PROBLEMS))
    except InvalidFile:
        return  # the looks at the registry and the laws say what cannot be read
    if not told:
        yield Finding(ok=True, what=fine)
        return
    yield Finding(
        ok=False, what="\n".join(("Some requests do not agree with their histories:", *told)),
        remedy="Make a backup, then report this: nothing personal stands in these lines.")


_LOOKS: tuple[Callable[[Instance], Iterator[Finding]], ...] = (
    _python, _driver, _instance, _permissions, _passphrase, _registry, _laws, _calendar, _clock,
    _scheduler, _browser, _space, _reminders, _uncounted)
