"""What can be set, from where, and where the program finds its own files: one table, one value."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import optout

PREFIX = "OPTOUT_"
FILE_NAME = "settings.toml"
LOG_LEVELS = ("debug", "info", "warning", "error")
HIGHEST_PORT = 65_535
LONGEST_IDLE_MINUTES = 24 * 60
MOST_BYTES = 64 * 1024
"""A settings file is a handful of lines; anything larger is no settings file."""


class BadSetting(ValueError):
    """A setting cannot be used.

    Args:
        message: what is wrong, in one sentence that names the setting and where it stands.
        remedy: what to do about it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line of the table of settings.

    Args:
        name: as in `settings.toml`.
        default: as the README shows it.
        meaning: one sentence for people.
        env: the environment variable, which wins over the file.
        in_file: whether `settings.toml` may set it.
    """

    name: str
    default: str
    meaning: str
    env: str
    in_file: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of one run, read once.

    Args:
        instance: the data folder, absolute.
        host: always this machine's loopback address; it is no setting.
        port: TCP port; 0 takes any free one.
        idle_lock_minutes: minutes without a click after which the data is locked.
        log_level: one of `LOG_LEVELS`.
        open_browser: whether `serve` opens the browser.
        passphrase_file: a file whose first line is the passphrase; None without one.
    """

    instance: Path
    host: str = field(default="127.0.0.1", init=False)
    port: int = 5170
    idle_lock_minutes: int = 15
    log_level: str = "info"
    open_browser: bool = True
    passphrase_file: Path | None = None


SETTINGS: tuple[SettingRow, ...] = (
    SettingRow("instance", "instance/ in a checkout, else the system’s place for app data",
               "The folder that holds your data.", "OPTOUT_INSTANCE", in_file=False),
    SettingRow("passphrase_file", "none",
               "A file whose first line is the passphrase, for starts without a prompt.",
               "OPTOUT_PASSPHRASE_FILE", in_file=False),
    SettingRow("port", "5170", "The port on 127.0.0.1; 0 takes any free one.", "OPTOUT_PORT"),
    SettingRow("idle_lock_minutes", "15",
               "Minutes without a click after which your data is locked (1 to 1440).",
               "OPTOUT_IDLE_LOCK_MINUTES"),
    SettingRow("log_level", "info", "How much the log tells: debug, info, warning or error.",
               "OPTOUT_LOG_LEVEL"),
    SettingRow("open_browser", "true", "Whether `optout serve` opens the browser.",
               "OPTOUT_OPEN_BROWSER"),
)
"""The one table; the README shows the same."""


def load_settings(
    instance: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Read the settings: the option, then the environment, then `settings.toml`, then defaults.

    Args:
        instance: the data folder given on the command line, which wins over everything.
        environ: the environment.

    Raises:
        BadSetting: naming the setting that is unknown or malformed, and where it stands.
    """
    given = _from_environment(environ)
    folder = _absolute(instance or given.pop("instance", None) or default_instance())
    given.pop("instance", None)
    chosen = {**_from_file(folder / FILE_NAME), **given}
    return Settings(instance=folder, **chosen)


def default_instance() -> Path:
    """`instance/` beside the package in a checkout, else the system's folder for app data."""
    top = _checkout()
    if top is not None:
        return top / "instance"
    from platformdirs import user_data_path  # only an installed app pays for it

    return user_data_path("optout", appauthor=False)


def resource(name: str) -> Path:
    """Where a file or folder that comes with the program lies (`templates`, `brokers.yaml`).

    Raises:
        BadSetting: when the installation lacks it.
    """
    package = Path(optout.__file__).resolve().parent
    for place in (package / "_packaged" / name, package.parent / name):
        if place.exists():
            return place
    raise BadSetting(f"The program’s own file “{name}” is missing.",
                     "Install optout again: the installation is incomplete.")


def _checkout() -> Path | None:
    """The top level of the checkout that the package runs from; None when it is installed."""
    top = Path(optout.__file__).resolve().parent.parent
    return top if (top / "app.py").is_file() and (top / "brokers.yaml").is_file() else None


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings that environment variables give, checked."""
    names = {row.env: row.name for row in SETTINGS}
    found: dict[str, Any] = {}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX):
            continue
        if variable not in names:
            raise BadSetting(f"The environment variable {variable} is no setting of optout.",
                             _near(variable, names))
        if text.strip():
            found[names[variable]] = _read(names[variable], text.strip(), variable)
    return found


def _from_file(path: Path) -> dict[str, Any]:
    """The settings that the file gives, checked; none when there is no file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadSetting(f"{path} is too large for a settings file.",
                             "Remove it, or keep only lines such as `port = 5170`.")
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is not a TOML file: {error}.",
                         "Write one setting a line, such as `port = 5170`.") from None
    except OSError:
        # The folder's own check names the cause (owner, mode); here nothing can be read.
        return {}
    names = [row.name for row in SETTINGS if row.in_file]
    for name in data:
        if name not in names:
            raise BadSetting(f"{path}: “{name}” is no setting.", _near(name, names))
    return {name: _read(name, value, f"{path}: {name}") for name, value in data.items()}


def _near(name: str, known: Mapping[str, str] | list[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(known)}."


def _read(name: str, value: object, where: str) -> object:
    """One value, as text from the environment or typed from TOML."""
    return _READERS[name](value, where)


def _whole_number(lowest: int, highest: int) -> Callable[[object, str], int]:
    def read(value: object, where: str) -> int:
        number = value
        if isinstance(value, str) and value.isascii() and value.isdecimal():
            number = int(value)
        if isinstance(number, bool) or not isinstance(number, int) or not (
                lowest <= number <= highest):
            raise BadSetting(f"{where} must be a whole number from {lowest} to {highest}.",
                             "Correct it or leave it out.")
        return number
    return read


def _yes_or_no(value: object, where: str) -> bool:
    answer = {"true": True, "1": True, "yes": True,
              "false": False, "0": False, "no": False}.get(str(value).lower())
    if answer is None:
        raise BadSetting(f"{where} must be true or false.", "Correct it or leave it out.")
    return answer


def _log_level(value: object, where: str) -> str:
    if str(value).lower() not in LOG_LEVELS:
        raise BadSetting(f"{where} must be one of {', '.join(LOG_LEVELS)}.",
                         "Correct it or leave it out.")
    return str(value).lower()


def _absolute(value: object, where: str = "") -> Path:  # noqa: ARG001 - readers are alike
    return Path(str(value)).expanduser().absolute()


_READERS: dict[str, Callable[[object, str], object]] = {
    "instance": _absolute,
    "passphrase_file": _absolute,
    "port": _whole_number(0, HIGHEST_PORT),
    "idle_lock_minutes": _whole_number(1, LONGEST_IDLE_MINUTES),
    "log_level": _log_level,
    "open_browser": _yes_or_no,
}
