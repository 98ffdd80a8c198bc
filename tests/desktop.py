"""A desktop of its own for a test: a private D-Bus with somebody who shows notifications."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbus_fast.aio.message_bus import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


class Screen(ServiceInterface):
    """What is shown: the name of the program, title and message of each notification."""

    def __init__(self, *, works: bool, slow: bool) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.shown: list[tuple[str, str, str]] = []
        self.works, self.slow = works, slow

    @dbus_method(name="GetCapabilities")
    async def get_capabilities(self) -> "as":  # type: ignore[valid-type] # noqa: F722 -- a D-Bus signature, read from the text
        if self.slow:
            await asyncio.sleep(60)
        return ["body"] if self.works else []

    @dbus_method(name="GetServerInformation")
    def get_server_information(self) -> "ssss":  # type: ignore[name-defined] # noqa: F821, UP037 -- likewise
        return ["screen", "tests", "1", "1.2"]

    @dbus_method(name="Notify")
    def notify(  # noqa: PLR0917 -- the shape that the desktop standard gives it
        self, app_name: "s", replaces: "u", icon: "s", summary: "s", body: "s",  # type: ignore[name-defined] # noqa: F821, UP037, ARG002 -- likewise
        actions: "as", hints: "a{sv}", timeout: "i",  # type: ignore[name-defined, valid-type] # noqa: F722, F821, UP037, ARG002 -- likewise
    ) -> "u":  # type: ignore[name-defined] # noqa: F821, UP037 -- likewise
        self.shown.append((app_name, summary, body))
        return len(self.shown)


@contextlib.contextmanager
def desktop(
    folder: Path, patch: pytest.MonkeyPatch, *, works: bool = True, slow: bool = False
) -> Iterator[Screen]:
    """Run a desktop that this process finds, until the block ends.

    Args:
        folder: for the socket; a short path.
        patch: sets the environment.
        works: it can show text at all.
        slow: it does not answer.
    """
    program = shutil.which("dbus-daemon")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("there is no dbus-daemon, which CI does not accept")
        pytest.skip("there is no dbus-daemon on this machine")
    settings = folder / "bus.xml"
    settings.write_text(BUS.format(path=folder / "bus"), "utf-8")
    with subprocess.Popen([program, f"--config-file={settings}", "--nofork", "--print-address"],
                          stdout=subprocess.PIPE, text=True) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        screen = Screen(works=works, slow=slow)
        ready, over = threading.Event(), threading.Event()
        thread = threading.Thread(target=asyncio.run, args=(_serve(address, screen, ready, over),))
        thread.start()
        try:
            assert ready.wait(10)
            yield screen
        finally:
            over.set()
            thread.join()
            bus.terminate()


async def _serve(address: str, screen: Screen, ready: threading.Event,
                 over: threading.Event) -> None:
    bus: Any = await MessageBus(bus_address=address).connect()
    bus.export("/org/freedesktop/Notifications", screen)
    await bus.request_name("org.freedesktop.Notifications")
    ready.set()
    await asyncio.get_running_loop().run_in_executor(None, over.wait)
    bus.disconnect()
