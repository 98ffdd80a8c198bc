"""From a pasted proof to a complaint with its file: what comes after a request was sent."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App
from tests.browser.steps import (
    ask_by,
    choose_companies,
    come_back,
    make_the_requests,
    mark_as_sent,
    open_request,
)
from tests.browser.visitor import PHONE, Visitor
from tests.documents import foreign_pictures

pytestmark = pytest.mark.browser

PASTE = """(content) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const clipboard = new DataTransfer();
  clipboard.items.add(new File([bytes], 'screenshot.png', {type: 'image/png'}));
  document.querySelector('#sent-form input[type=text]').focus();
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""


def test_a_proof_is_pasted_and_letters_follow(californian: str, app: App, window: Opener) -> None:
    visitor = window(app, schemes=())  # other journeys look at the pages up to the requests
    come_back(visitor, californian)
    choose_companies(visitor, ["Spokeo"])
    ask_by(visitor, "Spokeo", "Letter by post")
    make_the_requests(visitor)
    visitor.schemes = ("light", "dark")
    visitor.follow("Print letters to post")
    with visitor.page.expect_download() as waiting:
        visitor.find("button", "Letters (one PDF)").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    reference = open_request(visitor, "Spokeo")
    _paste_and_send(visitor)
    answer = visitor.unfold("They wrote back")
    answer.get_by_role("radio", name="They refuse").check()
    answer.get_by_label("Their words").fill("We keep public records.")
    visitor.press("Record this answer", within=answer)
    offers = visitor.region("Letters about this request")
    visitor.link("Write it", within=offers.locator("li").filter(
        has_text="Answer to their refusal")).click()
    visitor.arrived()
    visitor.page.get_by_label("Their words").fill("We keep public records.")
    visitor.press("Show how it reads")
    visitor.sees(re.compile("We keep public records"))
    visitor.press("Make it")
    assert visitor.fetch("Download: Letter (PDF)").content.startswith(b"%PDF-")
    visitor.press("I sent it")
    visitor.sees("I reminded them")
    visitor.open(f"/requests/{reference}/letters/complaint")
    visitor.press("Yes, go on")
    visitor.press("Make it")
    visitor.follow(re.compile("Make the file of this request"))
    with visitor.page.expect_download() as waiting:
        visitor.find("button", re.compile("Make the redacted copy")).click()
    assert waiting.value.suggested_filename == f"{reference}-case-file-redacted.pdf"


def _paste_and_send(visitor: Visitor) -> None:
    """A screenshot out of the clipboard is seen, left out, pasted again, and kept."""
    content = base64.b64encode(foreign_pictures.screenshot()).decode()
    visitor.page.evaluate(PASTE, content)
    seen = visitor.page.locator("#sent-form .attach-seen")
    expect(seen.locator("img")).to_be_visible()
    expect(seen).to_contain_text("screenshot.png")
    visitor.press("Leave it out", within=seen)
    expect(seen).to_be_empty()
    visitor.page.evaluate(PASTE, content)
    expect(seen).to_contain_text("screenshot.png")
    mark_as_sent(visitor)
    kept = visitor.region("Evidence")
    expect(kept).to_contain_text("screenshot.png")
    picture = kept.locator("img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)  # noqa: FBT003 (its value)
    assert picture.evaluate("e => e.naturalWidth"), "the picture is broken"


def test_papers_and_a_signature_on_a_phone(californian: str, app: App, window: Opener) -> None:
    visitor = window(app, size=PHONE, unfolds=True, schemes=())  # others look at the first run
    come_back(visitor, californian)
    visitor.schemes = ("light", "dark")
    visitor.follow("People", within=visitor.find("navigation", "Main"))
    visitor.follow(CALIFORNIAN.full_name)
    visitor.follow("Papers and signature")
    form = visitor.page.locator("#papers-head ~ ul li").filter(has_text="Progress report")
    form.get_by_label("Language").select_option("es")
    with visitor.page.expect_download() as waiting:
        visitor.find("button", "Make the PDF", within=form).click()
    assert waiting.value.suggested_filename == "progress.pdf"
    scan = foreign_pictures.signature_scan()
    visitor.page.locator("#signature input[type=file]").set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": scan})
    visitor.press("Keep this signature")
    expect(visitor.page.locator("img.signature")).to_be_visible()
    visitor.press("Forget this signature")
    expect(visitor.page.locator("img.signature")).to_have_count(0)
