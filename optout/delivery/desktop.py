"""One line on the desktop, by way of whatever shows notifications there.

The library swallows what goes wrong and, on a Mac whose Python is not signed, shows nothing and
says nothing. So it counts as shown only when the desktop could show it and said that it has it.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib.util import find_spec

LIBRARY = "desktop_notifier"
NAME = "Reminders"
"""Under which the desktop files it: the name of this program would tell what it is about."""

SECONDS = 10.0
"""For the desktop to answer; one that hangs must not hold up the work of an hour."""


class Shown(StrEnum):
    """What became of a notification."""

    YES = "yes"
    NO_LIBRARY = "no_library"
    NO_DESKTOP = "no_desktop"


def is_there() -> bool:
    """Whether the library is installed; it is an extra."""
    return find_spec(LIBRARY) is not None


def show(title: str, message: str, *, seconds: float = SECONDS) -> Shown:
    """Show a notification; whatever the desktop does, no error is raised.

    Args:
        title: one line.
        message: one line; on many desktops anyone sees it, also on a locked screen.
        seconds: how long the desktop may take.
    """
    if not is_there():
        return Shown.NO_LIBRARY
    try:
        # In a thread of its own: the caller's may have a loop of events running already.
        with ThreadPoolExecutor(max_workers=1) as thread:
            done = thread.submit(_wait_for, title, message, seconds).result()
    except Exception:  # noqa: BLE001 -- each desktop fails in its own way; none of them matters
        return Shown.NO_DESKTOP
    return Shown.YES if done else Shown.NO_DESKTOP


def _wait_for(title: str, message: str, seconds: float) -> bool:
    return asyncio.run(asyncio.wait_for(_show(title, message), seconds))


async def _show(title: str, message: str) -> bool:
    from desktop_notifier import Capability, DesktopNotifier

    desktop = DesktopNotifier(app_name=NAME, app_icon=None)
    handed_over = asyncio.Event()
    try:
        if Capability.MESSAGE in await desktop.get_capabilities() and (
                await desktop.has_authorisation() or await desktop.request_authorisation()):
            await desktop.send(title=title, message=message, on_dispatched=handed_over.set)
    finally:
        _hang_up(desktop)
    return handed_over.is_set()


def _hang_up(desktop: object) -> None:
    """Close the line to the bus, which the library keeps open and has no word for closing."""
    bus = getattr(getattr(desktop, "_backend", None), "bus", None)
    if bus is not None:
        bus.disconnect()
