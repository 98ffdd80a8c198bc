"""One browser window that finds things as people do, and checks every page it arrives at."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.browser.canary import spilled_in, spilled_in_texts
from tests.browser.server import App
from tests.page_checks import check_page

DESK = (1200, 900)
PHONE = (360, 740)
"""Widths and heights in CSS pixels."""

PATIENCE = 20_000
"""Milliseconds for one step; two cores may be busy with other tests."""

TELLS = """
addEventListener('securitypolicyviolation',
                 (event) => console.error(`content policy: ${event.violatedDirective}`));
"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const out = document.documentElement.scrollWidth > width
    ? [...document.querySelectorAll('main *')]
      .filter((e) => e.getBoundingClientRect().right > width)
    : [...document.querySelectorAll('.table-frame, .overflow-auto')]
      .filter((e) => e.scrollWidth > e.clientWidth && !e.closest('.numbers'));
  return out.map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`);
}"""
"""What sticks out to the right, if the page can be scrolled sideways; else tables that are cut off.

The numbers below a plot may be scrolled: a shadow shows where they go on.
"""

AXE = """async (options) => {
  const found = await axe.run(document, options);
  return {violations: found.violations};
}"""
"""What is wrong with the page, without the long list of what is right or does not concern it."""

UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"

EVERYTHING: dict[str, object] = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": {"type": "tag", "values": ["cat.color"]}}
"""What a second colour scheme can change in a page; the rest was looked at in the first."""

_STATUS_NOTE = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
_CHANCE = re.compile(r'name="csrf_token"[^>]*>|\b[A-Z]{1,3}-[0-9A-Z]{6,}\b')
"""What differs between two showings of one page: tokens and ids."""

Schemes = tuple[str, ...]


@dataclass
class Inspector:
    """Looks at copies of pages in a window of its own, where axe may be put into them.

    The journey's own window keeps its content policy; this one shows what that window showed.
    """

    browser: Browser
    seen: set[tuple[int, str, int]] = field(default_factory=set)
    checked: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._context = self.browser.new_context(bypass_csp=True, reduced_motion="reduce")
        self._page = self._context.new_page()

    def inspect(self, html: str, url: str, size: tuple[int, int], schemes: Schemes) -> None:
        """Assert that axe finds nothing wrong with a page, in each colour scheme."""
        page = self._page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        body = _CHANCE.sub("", html)
        wanted = [s for s in schemes if (hash(body), s, size[0]) not in self.seen]
        if not wanted:
            return
        address = url.partition("#")[0]
        page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(address)
        page.evaluate(AXE_SCRIPT)
        for number, scheme in enumerate(wanted):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = AxeResults(page.evaluate(AXE, COLOURS if number else EVERYTHING))
            assert not found.violations_count, f"{url} ({scheme}): {found.generate_report()}"
            self.seen.add((hash(body), scheme, size[0]))
        page.unroute(address)

    def check(self, html: str, url: str) -> None:
        """Assert that a page is valid and keeps the rules of every page."""
        body = hash(_CHANCE.sub("", html))
        if body not in self.checked:
            check_page(html, url)
            self.checked.add(body)

    def close(self) -> None:
        """Close the window."""
        self._context.close()


@dataclass
class Visitor:
    """A person at a browser.

    Args:
        scripts: whether JavaScript is on.
        schemes: the colour schemes in which each page is inspected.
        unfolds: whether every fold of a page is opened before it is inspected.
    """

    app: App
    browser: Browser
    inspector: Inspector
    scripts: bool = True
    size: tuple[int, int] = DESK
    schemes: Schemes = ("light",)
    unfolds: bool = False
    urls: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context: BrowserContext = self.browser.new_context(
            java_script_enabled=self.scripts, reduced_motion="reduce", accept_downloads=True,
            viewport={"width": self.size[0], "height": self.size[1]})
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELLS)
        self.context.on("request", self._noted)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = self.context.new_page()
        self.page.on("response", self._answered)
        self._latest: Response | None = None
        self._checked: Response | None = None

    def _noted(self, request: Request) -> None:
        self.urls.append(request.url)
        if not request.url.startswith((self.app.origin + "/", "data:", "file:")):
            self.strangers.append(request.url)

    def _heard(self, message: ConsoleMessage) -> None:
        note = _STATUS_NOTE.match(message.text)
        if note and int(note.group(1)) in self.expected:
            return
        if message.type in {"error", "warning", "assert"}:
            self.complaints.append(f"{message.text} ({message.location})")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._latest = response

    # What people do ----------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Go to an address of the app by hand."""
        self.page.goto(self.app.url(path) if path.startswith("/") else path)
        self.arrived()

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button (the first of its name) and look at what comes."""
        self.find("button", name, within).click()
        self.arrived()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link, also one that looks like a button."""
        self.link(name, within).click()
        self.arrived()

    def find(self, role: str, name: str | re.Pattern[str],
             within: Locator | None = None) -> Locator:
        """The first thing of this role and name."""
        exact = isinstance(name, str)
        found = (within or self.page).get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]  # the roles are a literal type
        return found.first

    def link(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """A link, also one that looks like a button."""
        there = within or self.page.locator("body")
        return there.locator("a").filter(has_text=name).first

    def group(self, name: str) -> Locator:
        """A group of controls."""
        return self.find("group", name)

    def region(self, name: str | re.Pattern[str]) -> Locator:
        """A part of the page, by its heading."""
        return self.find("region", name)

    def unfold(self, words: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """Open a fold, if it is shut, and give it."""
        there = within or self.page.locator("body")
        fold = there.locator("details").filter(
            has=self.page.locator("summary").filter(has_text=words)).first
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        return fold

    def fetch(self, name: str | re.Pattern[str], within: Locator | None = None) -> Fetched:
        """Download what a link offers."""
        with self.page.expect_download() as waiting:
            self.link(name, within).click()
        download = waiting.value
        self.files.append(download.suggested_filename)
        return Fetched(download.suggested_filename, download.path())

    @contextlib.contextmanager
    def refused(self, status: int = 422) -> Iterator[None]:
        """Something in the block is answered with this status, on purpose."""
        self.expected.add(status)
        yield
        assert self._latest is not None
        assert self._latest.status == status, f"answered with {self._latest.status}"
        self.expected.discard(status)

    # What is seen ------------------------------------------------------------------------

    @property
    def heading(self) -> str:
        """The page's h1."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """The words of the page's main part that can be seen."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        """Where we are."""
        return urlsplit(self.page.url).path

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Assert that these words can be seen."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible(
            timeout=PATIENCE)

    def arrived(self) -> None:
        """Check the page that is shown, if it is a new one."""
        self.page.wait_for_load_state("load")
        answer = self._latest
        if answer is None or answer is self._checked:
            return
        self._checked = answer
        assert answer.status < 400 or answer.status in self.expected, (
            f"{answer.url} answered {answer.status}: {self.text}")
        if answer.url.startswith("http"):
            self.inspector.check(answer.text(), answer.url)
        self.titles.add(self.page.title())
        if self.unfolds:
            self.page.evaluate(UNFOLD)
        self.fits()
        self.inspect()

    def fits(self) -> None:
        """Assert that the page is no wider than the window."""
        wide = self.page.evaluate(TOO_WIDE)
        assert not wide, f"{self.page.url} is wider than {self.size[0]} px: {wide}"

    def inspect(self) -> None:
        """Look for barriers in the page as it stands now."""
        self.inspector.inspect(self.page.content(), self.page.url, self.size, self.schemes)

    # In the end --------------------------------------------------------------------------

    def leave(self) -> None:
        """Close the window; assert what must hold for the whole visit."""
        self.left_nothing_behind()
        self.context.close()
        assert not self.strangers, f"asked others: {self.strangers}"
        assert not self.complaints, self.complaints
        assert not spilled_in_texts(self.urls)
        assert not spilled_in_texts(self.titles)
        assert not spilled_in_texts(self.files)

    def left_nothing_behind(self) -> None:
        """Assert that the browser keeps no word of the person, and nothing but one cookie."""
        state = self.context.storage_state()
        assert not spilled_in(str(state)), state
        assert not state.get("origins"), "something was put into the browser's storage"
        for cookie in state.get("cookies", []):
            assert cookie.get("httpOnly"), cookie
            assert cookie.get("sameSite") == "Strict", cookie
            assert cookie.get("expires") == -1, "the cookie outlives the browser"
        if self.scripts and self.page.url.startswith("http"):
            kept: str = self.page.evaluate(
                "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
            assert kept == '[{},{},""]', kept


@dataclass(frozen=True)
class Fetched:
    """A file that the browser downloaded."""

    name: str
    path: Path

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes()
