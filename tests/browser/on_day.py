"""`optout` on a chosen day: its clock runs on from there, everything else is the real program.

    python -m tests.browser.on_day 2026-11-25T12:00:00+00:00 --instance DIR serve --no-browser

The registry and the laws are dated, so what a plan says depends on the day; journeys do not.
A passphrase costs next to nothing here: every journey chooses one, and the tests of the vault look
at what it costs a person. What it does by itself within some seconds it does within one here.
"""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

from optout import bootstrap, jobs
from optout.vault import keyfile


def main() -> None:
    """Run the program as if it were the day that the first argument names."""
    keyfile.STRONG = keyfile.CHEAP
    jobs.BEAT = 1.0
    with time_machine.travel(datetime.fromisoformat(sys.argv.pop(1)), tick=True):
        bootstrap.main()


if __name__ == "__main__":
    main()
