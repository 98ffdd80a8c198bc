"""Logs hold references, kinds and places in the code; never what somebody entered."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from optout import logs
from optout.domain.words import Event

NEEDLE = "Zerlinde Quokkasworth"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes; everything is as before afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    own = logging.getLogger("optout").level
    found = io.StringIO()
    logs.set_up("debug", found)
    yield found
    root.handlers[:] = before
    root.setLevel(level)
    logging.getLogger("optout").setLevel(own)
    logging.captureWarnings(capture=False)


def test_references_keys_numbers_and_days_are_shown(stream: io.StringIO) -> None:
    logging.getLogger("optout.test").info(
        "%s %s %s %s %s %s", "OPT-7K3M9Q", "quick-mail", 12, date(2026, 11, 23),
        Event.MARK_SENT, ("F-7K3M9Q", "F-222222"))
    assert "OPT-7K3M9Q quick-mail 12 2026-11-23 mark_sent F-7K3M9Q F-222222" in stream.getvalue()


@pytest.mark.parametrize("value", [
    NEEDLE, "avery.sample@example.com", "100 Fictional Way", [NEEDLE], {"a": NEEDLE}.items(),
    ValueError(NEEDLE), NEEDLE.encode(), "Zerlinde",
])
def test_anything_else_is_hidden(stream: io.StringIO, value: Any) -> None:
    logging.getLogger("optout.test").warning("seen: %s", value)
    said = stream.getvalue()
    assert "seen: …" in said
    for word in ("Zerlinde", "avery", "Fictional"):
        assert word not in said


def test_named_arguments_are_hidden_too(stream: io.StringIO) -> None:
    logging.getLogger("optout.test").warning("%(who)s %(id)s", {"who": NEEDLE, "id": "P-222222"})
    logging.getLogger("optout.test").warning("%s", {NEEDLE: NEEDLE})
    assert "… P-222222" in stream.getvalue()
    assert NEEDLE not in stream.getvalue()


def test_the_text_of_an_exception_and_of_its_causes_is_never_shown(stream: io.StringIO) -> None:
    def fail() -> None:
        try:
            dict[str, int]()[NEEDLE]
        except KeyError as error:
            raise ValueError(f"{NEEDLE} lives here") from error

    try:
        fail()
    except ValueError:
        logging.getLogger("optout.test").exception("it failed")
    said = stream.getvalue()
    assert "Quokkasworth" not in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_logs.py" in said


def test_libraries_are_reduced_to_who_how_bad_and_where(stream: io.StringIO) -> None:
    logging.getLogger("sqlalchemy.engine").warning("SELECT %s", NEEDLE)
    logging.getLogger("waitress").info("not even this")
    said = stream.getvalue()
    assert "WARNING sqlalchemy.engine test_logs:" in said
    assert "SELECT" not in said
    assert "waitress" not in said


def test_warnings_of_python_go_the_same_way(stream: io.StringIO) -> None:
    logging.getLogger("py.warnings").warning("UserWarning: %s", NEEDLE)
    assert NEEDLE not in stream.getvalue()


def test_an_unforeseen_error_gets_a_number_that_leads_to_its_line(stream: io.StringIO) -> None:
    number = logs.report(RuntimeError(NEEDLE))
    assert number.startswith("E-")
    assert number in stream.getvalue()
    assert NEEDLE not in stream.getvalue()
    assert logs.report(RuntimeError()) != number


def test_setting_up_twice_does_not_double_the_lines(stream: io.StringIO) -> None:
    logs.set_up("debug", stream)
    logging.getLogger("optout.test").info("once")
    assert stream.getvalue().count("once") == 1


def test_the_level_silences_this_program_too(stream: io.StringIO) -> None:
    logs.set_up("warning", stream)
    logging.getLogger("optout.test").info("unsaid")
    assert "unsaid" not in stream.getvalue()


def test_a_crash_shows_a_number_in_place_of_its_text(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        int(NEEDLE)
    except ValueError as error:
        logs.quiet_crash(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert "quote E-" in said
    assert NEEDLE not in said + stream.getvalue()


def test_an_interrupt_ends_quietly_with_its_usual_code() -> None:
    with pytest.raises(SystemExit) as ended:
        logs.quiet_crash(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended.value.code == 130
    assert sys.excepthook is not logs.quiet_crash
