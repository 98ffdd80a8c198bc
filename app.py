"""Start optout: set up `.venv` beside this file if needed, then run the app in it.

Only the standard library is used here, so that this works on a machine that has nothing but
Python: `python app.py` starts the app, `python app.py --install` only sets it up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
DEV_LOCK = HERE / "requirements-dev.lock"
OLDEST = (3, 11)


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock: Path) -> str:
    """What the set-up depends on: the lock file, the project's own file, this Python."""
    parts = [lock.read_bytes(), (HERE / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_set_up(lock: Path) -> bool:
    """Whether `.venv` was made from this lock file (the development one contains the other)."""
    stamps = {LOCK: ("run.stamp", "dev.stamp"), DEV_LOCK: ("dev.stamp",)}[lock]
    locks = {"run.stamp": LOCK, "dev.stamp": DEV_LOCK}
    return venv_python().exists() and any(
        (VENV / name).exists() and (VENV / name).read_text("utf-8") == fingerprint(locks[name])
        for name in stamps)


def is_sound() -> bool:
    """Whether `.venv` was made whole, by this version of Python."""
    if not venv_python().exists():
        return False
    asked = [str(venv_python()), "-c", "import pip, sys; print(sys.version)"]
    answer = subprocess.run(asked, check=False, capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_environment() -> None:
    """Make `.venv`, anew where one is broken or belongs to another Python.

    Raises:
        SystemExit: with one sentence, when this Python cannot.
    """
    if is_sound():
        return
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("This Python cannot make a virtual environment. On Debian and Ubuntu run "
                 "`sudo apt install python3-venv`, then start again.")
    except OSError as error:
        sys.exit(f"The folder {VENV} cannot be made: {error.strerror}. Move this project to a "
                 "place where you may write, then start again.")


def set_up(lock: Path) -> None:
    """Make `.venv` and install exactly the locked packages into it, hashes checked.

    Raises:
        SystemExit: with one sentence, when a package cannot be installed.
    """
    if is_set_up(lock):
        return
    print("Setting up (once; later starts take a second or two) ...", flush=True)
    make_environment()
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    own = ["--no-deps", "--no-build-isolation", "--editable", str(HERE)]
    for step in (["--require-hashes", "--only-binary", ":all:", "-r", str(lock)], own):
        if subprocess.run([*pip, *step], check=False).returncode:
            sys.exit("A package could not be installed (the reason stands above). Check the "
                     "network connection, then start again: nothing is left half done.")
    name = "run.stamp" if lock == LOCK else "dev.stamp"
    (VENV / name).write_text(fingerprint(lock), "utf-8")


def start(command: list[str]) -> int:
    """Become the app, so that Ctrl-C reaches it alone; where that cannot be, wait for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 -- our own program; ends here
    app = subprocess.Popen(command)
    while True:
        try:
            return app.wait()
        except KeyboardInterrupt:  # it has reached the app too, which is shutting down
            continue


def main(arguments: list[str]) -> int:
    """Set up, then hand over to the app.

    Args:
        arguments: `--install`, `--install-dev`, or options of `optout serve`.

    Returns:
        The exit code.
    """
    if sys.version_info < OLDEST:
        sys.exit("optout needs Python 3.11 or newer; this is "
                 f"{sys.version_info.major}.{sys.version_info.minor}.")
    if arguments == ["--install-dev"]:
        set_up(DEV_LOCK)
        return 0
    set_up(LOCK)
    if arguments == ["--install"]:
        return 0
    return start([str(venv_python()), "-m", "optout", "serve", *arguments])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped. Start again at any time: a set-up that was cut short is taken up anew.")
