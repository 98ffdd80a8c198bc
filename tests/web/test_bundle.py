"""The file of a request: redacted at once, complete only after a question."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.domain.actor import OWNER
from optout.domain.document_words import Purpose
from optout.domain.later import LaterDetails
from optout.services import later_letters, requests
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor


def bundle(world: World) -> Page:
    """The page of the file of a request that has left."""
    page = world.visitor.submit(world.asked("sample-post"), "/sent")
    return world.visitor.get(page.link("Everything about this request"))


def words_of(page: Page) -> str:
    """The text of a PDF that was downloaded."""
    assert page.response.mimetype == "application/pdf", page.text
    pages = PdfReader(BytesIO(page.response.data)).pages
    return " ".join(" ".join(leaf.extract_text() for leaf in pages).split())


def test_it_says_what_is_in_it_and_gives_the_redacted_copy(
    world: World, visitor: Visitor
) -> None:
    page = bundle(world)
    assert "1 document as it was made: The request itself" in page.text
    copy = visitor.submit(page, "/file")
    assert copy.response.headers["Content-Disposition"].endswith('-case-file-redacted.pdf"')
    text = words_of(copy)
    assert "Zanzibarson" in text
    assert "8812" not in text


def test_a_letter_counts_once_it_has_left(world: World, visitor: Visitor) -> None:
    page = bundle(world)
    desk, request = world.instance.desk, page.path.split("/")[2]
    requests.mark(desk, request, "refuse", actor=OWNER)
    later_letters.write_later(desk, request, Purpose.REFUSAL_ANSWER, details=LaterDetails(),
                              actor=OWNER)
    assert "1 document as it was made: The request itself." in visitor.get(page.path).text
    requests.mark(desk, request, "remind", actor=OWNER)
    assert "2 documents as they were made: The request itself, " in visitor.get(page.path).text


def test_the_complete_copy_stands_behind_its_question(world: World, visitor: Visitor) -> None:
    page = bundle(world)
    assert "Make the complete copy" not in page.text
    token = next(e.get("value") for e in page.root.iter("input") if e.get("name") == "csrf_token")
    around = visitor.ask("POST", page.path, data=f"csrf_token={token}&copy=complete")
    assert around.status_code == 409
    opened = visitor.submit(page, "/file/answers", button=("answer", "yes"))
    complete = visitor.submit(opened, "/file", button=("copy", "complete"), nth=1)
    assert complete.response.headers["Content-Disposition"].endswith('-case-file.pdf"')
    assert "8812" in words_of(complete)
    closed = visitor.submit(opened, "/file/answers", button=("answer", "no"))
    assert "Make the complete copy" not in closed.text


@pytest.mark.parametrize("path", ["/requests/OPT-AAAAAA/file"])
def test_ids_of_others_lead_nowhere(world: World, visitor: Visitor, path: str) -> None:
    page = bundle(world)
    token = next(e.get("value") for e in page.root.iter("input") if e.get("name") == "csrf_token")
    assert visitor.get(path).status == 404
    for target in (path, f"{path}/answers"):
        assert visitor.ask("POST", target, data=f"csrf_token={token}").status_code == 404


def test_at_risk_there_is_no_complete_copy(world: World, visitor: Visitor) -> None:
    page = bundle(world)
    risk = visitor.get("/help")
    visitor.submit(risk, "/help", {"at_risk": "yes"})
    page = visitor.get(page.path)
    assert "Use the redacted file." in page.text
    token = next(e.get("value") for e in page.root.iter("input") if e.get("name") == "csrf_token")
    answer = visitor.ask("POST", f"{page.path}/answers", data=f"csrf_token={token}&answer=yes")
    assert answer.status_code == 409
    assert visitor.ask("POST", page.path,
                       data=f"csrf_token={token}&copy=complete").status_code == 409
    assert visitor.submit(page, "/file").response.mimetype == "application/pdf"
