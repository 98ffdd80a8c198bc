"""Logs that cannot hold a person: references, kinds and places in the code, never values.

Three rules make that so. What this program logs is a fixed sentence whose arguments are shown
only if they have the shape of a reference, a lower-case key, a number or a day. What a library
logs is reduced to who, how bad, and where. The text of an exception is never shown, as it may
quote a query's parameters or a line of somebody's letter: its class and its frames are.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TextIO

ROOT = "optout"
HIDDEN = "…"
"""What stands in the place of anything that may be personal."""

_SEGMENT = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}|[A-Z]{1,3}-[A-Z0-9]{4,8}")
_MOST_CHARACTERS = 200

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[
    None, None, None]


def safe(value: object) -> object:
    """A log argument as it may be shown: itself, or `HIDDEN` in part or whole."""
    if value is None or isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(str(safe(item)) for item in value) or "none"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, str):
        return _safe_text(value)
    return HIDDEN


def _safe_text(text: str) -> str:
    """References and lower-case keys stay, also as the segments of a path; no query string."""
    path = text.partition("?")[0]
    return "/".join(part if not part or _SEGMENT.fullmatch(part) else HIDDEN
                    for part in path[:_MOST_CHARACTERS].split("/"))


class NoPersons(logging.Filter):
    """Makes every record safe before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Reduce the record to what may be written; lets every record pass."""
        if record.name.split(".")[0] == ROOT:
            if isinstance(record.args, Mapping):
                record.args = {str(safe(name)): safe(value)
                               for name, value in record.args.items()}
            elif record.args:
                record.args = tuple(safe(value) for value in record.args)
        else:
            record.msg = "%s:%d"
            record.args = (record.module, record.lineno)
        record.exc_text = None
        record.stack_info = None
        return True


class Frames(logging.Formatter):
    """Formats an exception as its class and its frames, without its text."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the library's name
        """The classes along the chain of causes, each with its innermost frames."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None and len(lines) < _MOST_CHARACTERS:
            lines.append(f"  {type(error).__name__}")
            lines.extend(_frames(error.__traceback__))
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"    {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send all logs of this process to one stream (default: standard error).

    Args:
        level: one of `settings.LOG_LEVELS`, for this program; libraries speak from warnings on.
        stream: where the lines go.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(NoPersons())
    handler.setFormatter(Frames("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    for old in list(root.handlers):
        if isinstance(old.formatter, Frames):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(ROOT).setLevel(level.upper())
    logging.captureWarnings(capture=True)


def report(error: BaseException) -> str:
    """Log an error that nobody foresaw.

    Returns:
        Its number (`E-4F0C2A`), which the person sees and can quote; it leads to the log line.
    """
    import secrets  # here, because `optout --help` must not pay for it

    number = f"E-{secrets.token_hex(3).upper()}"
    logging.getLogger("optout.errors").error("unforeseen error %s", number, exc_info=error)
    return number


def quiet_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A `sys.excepthook` that shows a number in place of a traceback with its texts."""
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    number = report(error.with_traceback(trace))
    sys.stderr.write("Something went wrong that should not have. Nothing was left half done. "
                     f"If you report it, quote {number}.\n")
