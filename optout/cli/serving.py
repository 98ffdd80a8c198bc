"""The running app: one server on this machine's loopback address, started and stopped cleanly."""

from __future__ import annotations

import contextlib
import errno
import logging
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

import click

from optout import logs
from optout.cli.state import State
from optout.domain.errors import PortInUse, Refused

if TYPE_CHECKING:
    from optout.vault import marks

THREADS = 8
"""A browser opens six connections at once; with fewer threads they would wait in line."""

LARGEST_BODY = 12 * 1024 * 1024
"""Bytes of a form, such as a pasted page; anything larger is refused before it is read."""

LARGEST_ANSWER = 1024 * 1024 * 1024
"""Bytes; beyond this waitress would write an answer to a temporary file, in the clear."""

TRIES = 20
"""Ports after the usual one that are tried when nobody asked for a certain one."""

MARK = "serve"
"""The file in the folder of locks that the process holds which serves; it notes its port."""


def serve(state: State, *, port: int | None, open_browser: bool) -> None:
    """Serve until Ctrl-C or a signal to end.

    Args:
        state: names the data folder.
        port: the port the person asked for; None takes the usual one or the next that is free.
        open_browser: whether to open the one-time link.

    Raises:
        PortInUse: when the port that was asked for is taken.
        Refused: when another process serves this data folder already.
        InstanceUnusable: when the data folder cannot be used.
    """
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            _serve(state, port, open_browser=open_browser)
        click.echo("Stopped.", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(*_: object) -> Never:
    raise KeyboardInterrupt


def _serve(state: State, port: int | None, *, open_browser: bool) -> None:
    settings, instance = state.settings, state.instance
    logs.set_up(settings.log_level)
    with contextlib.ExitStack() as stack:
        mark = stack.enter_context(only_server(settings.instance))
        bound = stack.enter_context(listening(settings.host, settings.port, port))
        number = bound.getsockname()[1]
        mark.note(f"{number}\n")
        instance.unlock_from_environment()
        stack.callback(instance.lock)
        app, path = state.house.make_web(instance, settings)
        scheduler = state.house.start_jobs(instance)
        stack.callback(scheduler.shutdown, wait=False)
        if port is None and number != settings.port != 0:
            click.echo(f"Port {settings.port} is used by another program; this is {number}.",
                       err=True)
        server = _server(app, bound)
        stack.callback(server.close)
        _announce(f"http://{settings.host}:{number}{path}",
                  open_browser=open_browser and settings.open_browser)
        server.run()


@contextlib.contextmanager
def listening(host: str, usual: int, wanted: int | None) -> Iterator[socket.socket]:
    """A socket that listens on the wanted port, or on the usual one or one soon after it.

    Raises:
        PortInUse: naming the port.
    """
    tried = [wanted] if wanted is not None else [usual, *range(usual + 1, usual + TRIES), 0]
    for number in tried:
        bound = _bind(host, number)
        if bound is not None:
            with bound:
                yield bound
            return
    raise PortInUse(f"Port {wanted} is used by another program.",
                    remedy=f"Choose another one: optout serve --port {_neighbour(wanted)}")


def _neighbour(port: int | None) -> int:
    """A port that is free right now, near the wanted one."""
    first = (port or 0) + 1
    for number in range(first, first + TRIES):
        bound = _bind("127.0.0.1", number)
        if bound is not None:
            bound.close()
            return number
    return 0


def _bind(host: str, number: int) -> socket.socket | None:
    """The bound socket; None when the port is taken or out of reach for this user."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows: nobody may share the port
    bound.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, number))
        bound.listen()
    except (OSError, OverflowError) as error:
        bound.close()
        if getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES, None):
            return None
        raise
    return bound


def only_server(folder: Path) -> marks.Held:
    """The mark that says which process serves this data folder, held by this one from now on.

    Raises:
        Refused: naming the address of the one that does.
        InstanceUnusable: when the folder cannot be used.
    """
    from optout.services.folder import LOCK_FOLDER, PRIVATE, check
    from optout.vault import marks

    check(folder)
    place = folder / LOCK_FOLDER
    place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    check(folder)
    held = marks.hold(place / MARK)
    if held is None:
        number = (marks.holder(place / MARK) or "").strip()
        where = f" at http://127.0.0.1:{number}/" if number.isdecimal() else ""
        raise Refused(f"optout is running already{where}.",
                      remedy="Use that window, or stop it there with Ctrl-C and start again.")
    return held


def _announce(link: str, *, open_browser: bool) -> None:
    click.echo("optout runs on this machine only. This link opens it, once:")
    click.echo(f"\n    {link}\n")
    click.echo("Ctrl-C here stops it.")
    if open_browser:
        # A browser that takes its time must not keep the server from answering it.
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _server(app: Any, bound: socket.socket) -> Any:
    """What answers, from `run` on until the person or the system says stop.

    It is made before the link is shown: whoever then stops it at once breaks into no import.
    """
    from waitress import create_server

    # A short line is no trouble, and its warning frightens whoever reads the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return create_server(
        app, sockets=[bound], threads=THREADS, ident=None,
        max_request_body_size=LARGEST_BODY, inbuf_overflow=2 * LARGEST_BODY,
        outbuf_overflow=LARGEST_ANSWER)
