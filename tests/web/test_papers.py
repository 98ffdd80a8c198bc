"""The papers page: papers in two languages, permissions to act, a scanned signature."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from optout.domain.document_words import PaperKind
from optout.services import authority, signatures
from tests.documents import foreign_pictures
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor


def papers(world: World) -> Page:
    """The papers page of a person who is known."""
    world.with_person()
    return world.visitor.get(world.visitor.get(f"/people/{world.person_id}").link("Papers and"))


def words_of(page: Page) -> str:
    """The text of a PDF that was downloaded."""
    assert page.response.mimetype == "application/pdf", page.text
    assert page.response.headers["Content-Disposition"].startswith("attachment")
    text = " ".join(leaf.extract_text() for leaf in PdfReader(BytesIO(page.response.data)).pages)
    return " ".join(text.split())


def written_down(world: World, *, power: bool = False) -> Page:
    """The papers page with one permission."""
    values = {"signed-agent_name": "Harbor  Legal Clinic", "signed-signed_on": "2026-11-01"}
    return world.visitor.submit(
        papers(world), "/authorizations",
        {**values, **({"signed-power_of_attorney": "y"} if power else {})})


def signature() -> bytes:
    """A stroke on white paper."""
    picture = Image.new("RGB", (600, 200), "white")
    ImageDraw.Draw(picture).line([(40, 150), (200, 40), (300, 160), (540, 60)], "navy", 6)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("kind", [k for k in PaperKind if k is not PaperKind.REVOCATION])
def test_every_paper_is_made_in_both_languages(
    world: World, visitor: Visitor, kind: PaperKind
) -> None:
    page = papers(world)
    english = words_of(visitor.submit(page, f"/papers/{kind}"))
    spanish = words_of(visitor.submit(page, f"/papers/{kind}", {f"{kind}-language": "es"}))
    assert english
    assert spanish
    assert english != spanish


def test_an_authorization_says_what_was_filled_in(world: World, visitor: Visitor) -> None:
    page = papers(world)
    text = words_of(visitor.submit(page, "/papers/authorization", {
        "authorization-agent_name": "Harbor Legal Clinic",
        "authorization-starts_on": "2026-11-24"}))
    assert "Harbor Legal Clinic" in text
    wrong = visitor.submit(page, "/papers/authorization", {
        "authorization-starts_on": "2026-11-24", "authorization-ends_on": "2026-11-23"})
    assert wrong.status == 422
    assert "cannot end before it begins" in wrong.errors["authorization-ends_on"]


def test_a_report_can_leave_the_companies_out(world: World, visitor: Visitor) -> None:
    world.asked("sample-post")
    page = visitor.get(f"/people/{world.person_id}")
    assert "Sample Post" in words_of(visitor.submit(page, "/papers/progress"))
    assert "Sample Post" not in words_of(visitor.submit(
        page, "/papers/progress", {"progress-discreet": "y"}))


def test_what_is_missing_is_said_in_words(world: World, visitor: Visitor) -> None:
    page = papers(world)
    assert "Nobody. Requests go out in the person’s own name." in page.text
    texan = visitor.get(f"/people/{world.person_id}/edit")
    visitor.submit(texan, "/edit", {"residences-0-code": "US-TX"})
    page = visitor.get(page.path)
    assert "This paper is for people who live in California." in page.text
    answer = visitor.ask("POST", f"{page.path}/authorization_us_ca", data=_body(page))
    assert answer.status_code in {409, 422}


def test_a_permission_is_written_down_printed_and_taken_back(
    world: World, visitor: Visitor
) -> None:
    page = written_down(world)
    assert "Harbor Legal Clinic holds Signed on Nov 1, 2026." in page.text
    assert "Harbor Legal Clinic" in words_of(visitor.submit(page, "/authorization", nth=1))
    back = visitor.submit(page, "/revoke")
    assert "Print the letter that tells them." in back.html
    assert "taken back on Nov 23, 2026" in back.text
    one, = authority.authorizations_of(world.instance.desk, world.person_id)
    token = page.form("/authorization", nth=1)
    fields = {e.get("name"): e.get("value") for e in token.iter("input")}
    strange = visitor.ask(
        "POST", f"/people/{world.person_id}/authorizations/{one.id}/revocation",
        data=f"{one.id}-csrf_token={fields[f'{one.id}-csrf_token']}&{one.id}-language=tlh")
    assert strange.status_code == 422
    letter = visitor.ask(
        "POST", f"/people/{world.person_id}/authorizations/{one.id}/revocation",
        data=f"{one.id}-csrf_token={fields[f'{one.id}-csrf_token']}&{one.id}-language=es")
    assert letter.mimetype == "application/pdf"
    again = visitor.submit(page, "/revoke")
    assert "is taken back since" in again.html


def test_a_power_of_attorney_is_no_form(world: World) -> None:
    page = written_down(world, power=True)
    assert "no form here replaces it" in page.text
    assert "Print to sign" not in page.text


def test_a_second_click_writes_no_second_permission(world: World, visitor: Visitor) -> None:
    page = papers(world)
    for _click in range(2):
        visitor.submit(page, "/authorizations", {
            "signed-agent_name": "Harbor", "signed-signed_on": "2026-11-01"})
    assert len(authority.authorizations_of(world.instance.desk, world.person_id)) == 1


@pytest.mark.parametrize(("values", "field"), [
    ({}, "signed-agent_name"),
    ({"signed-agent_name": "A", "signed-signed_on": "2026-11-24"}, "signed-signed_on"),
    ({"signed-agent_name": "A", "signed-signed_on": "2026-11-02",
      "signed-ends_on": "2026-11-01"}, "signed-ends_on"),
])
def test_what_cannot_be_is_explained_at_the_field(
    world: World, visitor: Visitor, values: dict[str, str], field: str
) -> None:
    page = visitor.submit(papers(world), "/authorizations", values)
    assert page.status == 422
    assert field in page.errors


def test_a_signature_is_kept_seen_and_forgotten(world: World, visitor: Visitor) -> None:
    page = visitor.submit(papers(world), "/signature", files={
        "signature-file": ("avery.png", signature())})
    assert "this is how it will be printed" in page.html
    shown = visitor.ask("GET", f"/people/{world.person_id}/signature.png")
    assert shown.data == signatures.signature_of(world.instance.desk, world.person_id)
    assert shown.data != signature()
    assert shown.headers["Content-Disposition"] == 'attachment; filename="signature.png"'
    gone = visitor.submit(page, "/signature/forget")
    assert "Forgotten." in gone.html
    assert "Forgotten." not in visitor.submit(page, "/signature/forget").html
    assert visitor.get(f"/people/{world.person_id}/signature.png").status == 404


@pytest.mark.parametrize(("files", "words"), [
    ({}, "Choose a picture"),
    ({"signature-file": ("a.pdf", b"%PDF-1.7")}, "PNG or JPEG"),
    ({"signature-file": ("a.png", foreign_pictures.screenshot()[:50])}, "damaged or cut off"),
])
def test_what_is_no_signature_is_explained_at_the_field(
    world: World, visitor: Visitor, files: dict[str, tuple[str, bytes]], words: str
) -> None:
    page = visitor.submit(papers(world), "/signature", files=files)
    assert page.status == 422
    assert words in page.errors["signature-file"]


def test_ids_of_others_lead_nowhere(world: World, visitor: Visitor) -> None:
    page = written_down(world)
    one, = authority.authorizations_of(world.instance.desk, world.person_id)
    for path in (f"/people/P-AAAAAA/authorizations/{one.id}/revoke",
                 f"/people/{world.person_id}/authorizations/A-AAAAAA/revoke",
                 "/people/P-AAAAAA/signature/forget",
                 f"/people/{world.person_id}/papers/passport"):
        assert visitor.ask("POST", path, data=_body(page)).status_code == 404, path
    for path in ("/people/P-AAAAAA/papers", "/people/P-AAAAAA/signature.png"):
        assert visitor.get(path).status == 404
    assert authority.authorizations_of(world.instance.desk, world.person_id)[0].revoked_on is None


def _body(page: Page) -> str:
    token = next(e.get("value") for e in page.root.iter("input")
                 if (e.get("name") or "").endswith("csrf_token"))
    return f"csrf_token={token}"
