"""Take the README's pictures anew: `make pictures`.

A fictional Californian walks through the program in the machine's Chromium on a fixed day, so
that two runs give the same pictures but for the references, which are random.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import Asker, Place
from tests.browser.server import ROOT, App, running
from tests.browser.steps import (
    answer_the_first_question,
    ask_by,
    choose_a_passphrase,
    choose_companies,
    describe,
    make_the_requests,
    mark_as_sent,
    open_request,
    unlock,
    use_the_start_link,
)
from tests.browser.visitor import Inspector, Visitor
from tests.program import NOW

PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1200, 900
"""Size of a picture in pixels; letters and long pages are cut to their width and a height."""

MOST_BYTES = 150_000
COLOURS = 64
COMPANIES = ("Spokeo", "CheckPeople", "FamilyTreeNow")
AVERY = Asker(
    given="Avery", family="Sample", residence="California",
    emails=("avery.sample@example.com",), phones=("+1 415 555 0142",),
    addresses=(Place("100 Fictional Way", "San Francisco", "CA", "94102", "United States"),),
    reply_email="optout.sample@example.com",
    reply_place=Place("PO Box 1000", "San Francisco", "CA", "94103", "United States"))


def main() -> None:
    """Take every picture into docs/pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine. Install it, then run this again.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        _take_all(browser, Path(folder) / "world")
        browser.close()
    for path in sorted(PICTURES.glob("*.png")):
        size = path.stat().st_size
        sys.stdout.write(f"{path.relative_to(ROOT)}  {size:,} bytes\n")
        assert size <= MOST_BYTES, f"{path} is too large"


def _take_all(browser: Browser, world: Path) -> None:
    inspector = Inspector(browser)
    with running(world) as app:
        visitor = Visitor(app, browser, inspector, size=(WIDTH, HEIGHT))
        _first_run(visitor)
        _plan(visitor)
        _letter(visitor)
        _request(visitor)
        visitor.leave()
    with running(world, moment=(NOW + timedelta(days=23)).isoformat()) as app:
        _due(app, browser, inspector)
    inspector.close()


def _first_run(visitor: Visitor) -> None:
    use_the_start_link(visitor)
    _picture(visitor, "welcome")
    visitor.follow("Begin")
    _picture(visitor, "first-question")
    visitor.open("/welcome")
    answer_the_first_question(visitor, at_risk=False)
    choose_a_passphrase(visitor)
    describe(visitor, AVERY)
    choose_companies(visitor, COMPANIES)


def _plan(visitor: Visitor) -> None:
    ask_by(visitor, "Spokeo", "Letter by post")
    card = ask_by(visitor, "CheckPeople", "E-mail")
    visitor.unfold(re.compile("under . conditions"), within=card)
    _picture(visitor, "plan", start=card)
    make_the_requests(visitor)


def _letter(visitor: Visitor) -> None:
    open_request(visitor, "Spokeo")
    file = visitor.fetch("Download: Letter (PDF)")
    target = PICTURES / "letter"
    subprocess.run(["pdftoppm", "-png", "-f", "1", "-singlefile", "-gray",
                    "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", str(file.path), str(target)],
                   check=True)
    _lighten(target.with_suffix(".png"))


def _request(visitor: Visitor) -> None:
    for name in ("California DROP", "Spokeo", "FamilyTreeNow", "CheckPeople"):
        open_request(visitor, name)
        mark_as_sent(visitor)
    open_request(visitor, "CheckPeople")
    visitor.unfold("They must answer by", within=visitor.region("Dates"))
    _picture(visitor, "request")


def _due(app: App, browser: Browser, inspector: Inspector) -> None:
    visitor = Visitor(app, browser, inspector, size=(WIDTH, HEIGHT))
    visitor.open(app.link)
    unlock(visitor)
    _picture(visitor, "due")
    visitor.leave()


def _picture(visitor: Visitor, name: str, *, start: Locator | None = None) -> None:
    """Take the window as it stands, from its head or from some part on."""
    if start is None:
        visitor.page.evaluate("scrollTo(0, 0)")
    else:
        start.evaluate("e => e.scrollIntoView({block: 'start', behavior: 'instant'})")
    target = PICTURES / f"{name}.png"
    visitor.page.screenshot(path=target, animations="disabled")
    _lighten(target)


def _lighten(path: Path) -> None:
    """Keep as many colours as the eye needs; the file shrinks to a third."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
