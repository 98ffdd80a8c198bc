"""The installed program, called as a person or a script calls it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import time_machine

from optout import bootstrap

PASSPHRASE = "seven quiet otters under a bridge"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""When calls in this process happen; the registry grows old, the tests do not."""

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)(/\S*)?")


@dataclass(frozen=True)
class Answer:
    """What one call gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON; a call that failed is shown whole."""
        assert self.code == 0, self
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`optout` on one data folder, with the passphrase in a file.

    Args:
        instance: the data folder; it need not be there yet.
        environment: what the calls see of `OPTOUT_*`.
    """

    instance: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, folder: Path) -> Program:
        """A program whose data folder and passphrase file lie in a folder."""
        secret = folder / "passphrase.txt"
        secret.write_text(PASSPHRASE + "\n", "utf-8")
        secret.chmod(0o600)
        return cls(folder / "instance", {"OPTOUT_PASSPHRASE_FILE": str(secret)})

    def __call__(self, *words: object, typed: str = "") -> Answer:
        """Run a command in this process, on the day of `NOW`, with what a person types."""
        out, err = io.StringIO(), io.StringIO()
        arguments = ["optout", "--instance", str(self.instance), *map(str, words)]
        with (patch.object(sys, "argv", arguments), patch.dict(os.environ, self.environment),
              patch.object(sys, "stdin", io.StringIO(typed)), time_machine.travel(NOW),
              patch.object(sys, "excepthook", sys.excepthook),
              contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)):
            try:
                bootstrap.main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        return Answer(code, out.getvalue(), err.getvalue())

    def json(self, *words: object) -> Any:
        """The JSON answer of a command."""
        return self(*words, "--json").json

    @property
    def command(self) -> list[str]:
        """How a process of its own is started."""
        return [sys.executable, "-m", "optout", "--instance", str(self.instance)]

    def apart(self, *words: object, environment: Mapping[str, str] | None = None,
              timeout: float = 120) -> Answer:
        """Run a command in a process of its own."""
        done = subprocess.run(
            [*self.command, *map(str, words)], check=False, capture_output=True, text=True,
            env={**os.environ, **self.environment, **(environment or {})}, timeout=timeout,
            stdin=subprocess.DEVNULL)
        return Answer(done.returncode, done.stdout, done.stderr)

    @contextlib.contextmanager
    def serving(self, *words: object) -> Iterator[Served]:
        """`optout serve` while the block runs; a dead server shows what it said."""
        process = subprocess.Popen(
            [*self.command, "serve", "--no-browser", *map(str, words)], text=True,
            env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        try:
            found = next((m for line in process.stdout if (m := LINK.search(line))), None)
            if found is None:
                raise AssertionError(f"the server did not start: {process.communicate()}")
            yield Served(process, int(found.group(1)), found.group(2) or "/")
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    start_path: str

    def url(self, path: str = "/") -> str:
        """An address of it."""
        return f"http://127.0.0.1:{self.port}{path}"
