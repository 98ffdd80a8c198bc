"""Corrections as a patch: it applies, says the same, and tells nothing about its writer."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.errors import InvalidFile
from optout.registry.check import check_file
from optout.registry.loading import load_registry
from optout.registry.own import overlay
from optout.registry.own.overlay import Correction
from optout.registry.own.patch import patch_of
from optout.registry.own.sharing import is_listing
from tests.registry.own.test_overlay import NEW_BROKER, broker
from tests.registry.sample import SHIPPED, small

WAY: dict[str, Any] = {
    "channel": "email", "email": "privacy@search.example", "needs": ["full_name", "reply_email"],
    "basis": [{"kind": "independent_lists", "count": 2}], "checked": "2026-11-01"}


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    path = tmp_path / "brokers.yaml"
    path.write_text(small(), "utf-8")
    return path


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return tmp_path / "brokers.local.yaml"


def save(packaged: Path, local: Path, id_: str = "example-search", **fields: Any) -> None:
    overlay.save(local, packaged, [Correction(id_, fields)])


def brokers(path: Path, own: Path | None = None) -> dict[str, Broker]:
    return {one.id: replace(one, line=0) for one in load_registry(path, own).all()}


def applied(packaged: Path, text: str, *command: str) -> Path:
    """A copy of the packaged file with the patch laid over it by other people's tools."""
    folder = packaged.with_name("upstream")
    folder.mkdir(exist_ok=True)
    copy = folder / "brokers.yaml"
    copy.write_bytes(packaged.read_bytes())
    subprocess.run([*command], input=text.encode("utf-8"), cwd=folder, check=True,
                   capture_output=True)
    return copy


TOOLS = pytest.mark.parametrize("command", [
    ("git", "apply", "--whitespace=error-all", "-"), ("patch", "-p1", "--fuzz=0")],
    ids=["git", "patch"])


@TOOLS
def test_the_patched_file_says_what_both_files_say(
        packaged: Path, local: Path, command: tuple[str, ...]) -> None:
    save(packaged, local, operator="Another, Inc.", recheck_days=None, procedures=[WAY])
    save(packaged, local, "example-phones", notes="Said “so”: twice.")
    save(packaged, local, "my-own", **NEW_BROKER)
    made = patch_of(packaged, local)
    assert made.left_out == ()
    assert [(one.id, one.kind) for one in made.shared] == [
        ("example-search", "changed"), ("example-phones", "changed"), ("my-own", "new")]
    assert {one.field for one in made.shared[0].fields} == {
        "operator", "recheck_days", "procedures"}
    after = applied(packaged, made.text, *command)
    assert brokers(after) == brokers(packaged, local)
    assert check_file(after).ok
    assert "over:" not in made.text
    assert str(packaged.parent) not in made.text
    assert after.read_text("utf-8").endswith("end: true\n")
    assert patch_of(after, local).text == ""


def test_the_shipped_registry_takes_a_patch(tmp_path: Path, local: Path) -> None:
    packaged = tmp_path / "brokers.yaml"
    packaged.write_bytes(SHIPPED.read_bytes())
    overlay.save(local, packaged, [
        *(Correction(id_, {"notes": "Looked at again; it is as it was."})
          for id_ in ("california-drop", "spokeo", "schufa")), Correction("my-own", NEW_BROKER)])
    after = applied(packaged, patch_of(packaged, local).text, "git", "apply", "-")
    assert brokers(after) == brokers(packaged, local)


def test_without_corrections_there_is_no_patch(packaged: Path, local: Path) -> None:
    assert patch_of(packaged, local).text == ""
    save(packaged, local, operator="Another, Inc.")
    text = packaged.read_text("utf-8").replace("Example Search, LLC", "Another, Inc.")
    packaged.write_text(text, "utf-8")
    made = patch_of(packaged, local)
    assert (made.text, made.shared, made.left_out) == ("", (), ())


def test_a_conflict_stays_at_home_until_it_is_looked_at(packaged: Path, local: Path) -> None:
    save(packaged, local, operator="Another, Inc.", holds=["addresses"])
    text = packaged.read_text("utf-8").replace("Example Search, LLC", "Newer Owner, LLC")
    packaged.write_text(text, "utf-8")
    made = patch_of(packaged, local)
    assert [(one.field, "changed it since" in one.reason) for one in made.left_out] == [
        ("operator", True)]
    assert [one.field for one in made.shared[0].fields] == ["holds"]
    assert "Another" not in made.text


def left_out(packaged: Path, local: Path, **fields: Any) -> dict[str, str]:
    save(packaged, local, **fields)
    made = patch_of(packaged, local)
    assert "avery" not in made.text.lower()
    assert "5550142" not in made.text.replace("-", "").replace("+14155550142", "")
    assert {one.broker for one in made.left_out} <= {"example-search"}
    if made.text:
        assert check_file(applied(packaged, made.text, "git", "apply", "-")).ok
    return {one.field: one.reason for one in made.left_out}


def test_evidence_stays_at_home(packaged: Path, local: Path) -> None:
    seen = {"kind": "reply", "evidence": "Avery Example got an answer on 2026-11-03."}
    lists = {**WAY["basis"][0], "evidence": "Avery counted."}
    found = left_out(packaged, local, procedures=[
        WAY | {"basis": [seen, lists]},
        WAY | {"email": "avery@search.example", "basis": [seen]}])
    assert set(found) == {"procedures[0].basis[0].evidence", "procedures[0].basis[1].evidence",
                          "procedures[1].basis[0].evidence"}


def test_evidence_that_is_public_already_stays_where_it_is(packaged: Path, local: Path) -> None:
    from optout.registry.as_fields import fields_of

    ways = fields_of(broker(packaged, local))["procedures"]
    ways[0]["limits"] = "It is slow."
    assert left_out(packaged, local, procedures=ways) == {}
    assert "The number was called" in applied(
        packaged, patch_of(packaged, local).text, "git", "apply", "-").read_text("utf-8")


@pytest.mark.parametrize(("fields", "field", "reason"), [
    ({"notes": "I am avery@example.com."}, "notes", "mailbox"),
    ({"helps": ["Look first.", "They called 415-555-0142."]}, "helps[1]", "number"),
    ({"notes": "See https://search.example/people/avery-example for it."}, "notes", "listing"),
    ({"search": {"url": "https://search.example/people/Avery-Example"}}, "search.url", "listing"),
    ({"search": {"url": "https://search.example/x-y?name=Avery+Example"}}, "search.url", "listing"),
    ({"sources": [{"url": "https://search.example/avery-example/ca", "checked": "2026-11-01"}]},
     "sources[0].url", "listing"),
    ({"procedures": [WAY | {"steps": ["Write.", "Say “Avery, avery@example.com”."]}]},
     "procedures[0].steps[1]", "mailbox"),
])
def test_what_may_be_personal_stays_at_home(
        packaged: Path, local: Path, fields: dict[str, Any], field: str, reason: str) -> None:
    found = left_out(packaged, local, **fields)
    assert list(found) == [field]
    assert reason in found[field]


def test_items_that_are_fit_go_without_those_that_are_not(packaged: Path, local: Path) -> None:
    left_out(packaged, local, sources=[
        {"url": "https://search.example/avery-example/ca", "checked": "2026-11-01"},
        {"url": "https://search.example/privacy", "checked": "2026-11-01"}])
    assert patch_of(packaged, local).shared[0].fields[0].own == [
        {"url": "https://search.example/privacy", "checked": "2026-11-01"}]


def test_an_entry_that_is_not_right_without_them_stays_at_home(
        packaged: Path, local: Path) -> None:
    save(packaged, local, "my-own", **NEW_BROKER | {"cannot": "Ask avery@example.com."})
    save(packaged, local, related=["my-own"])
    save(packaged, local, "example-phones", notes="It is fit.")
    made = patch_of(packaged, local)
    assert [(one.broker, one.field) for one in made.left_out] == [
        ("my-own", "cannot"), ("my-own", ""), ("example-search", "")]
    assert made.left_out[1].as_dict()["reason"].startswith("Without what is left out the entry")
    assert [one.id for one in made.shared] == ["example-phones"]
    assert check_file(applied(packaged, made.text, "git", "apply", "-")).ok
    overlay.remove(local, packaged, ["example-phones"])
    assert patch_of(packaged, local).text == ""


def test_what_is_no_field_of_the_registry_stays_at_home(packaged: Path, local: Path) -> None:
    local.write_text("brokers:\n- id: example-search\n  diary: Avery\n", "utf-8")
    made = patch_of(packaged, local)
    assert (made.text, [one.field for one in made.left_out]) == ("", ["diary"])


def test_entries_without_an_empty_line_between_them(packaged: Path, local: Path) -> None:
    text = packaged.read_text("utf-8")
    packaged.write_text(text.replace("\n\n- id: ", "\n- id: "), "utf-8")
    for id_ in ("example-search", "example-phones"):
        save(packaged, local, id_, notes="Looked at again.")
    after = applied(packaged, patch_of(packaged, local).text, "git", "apply", "-")
    assert brokers(after) == brokers(packaged, local)


def test_ordinary_words_dates_and_links_go_out(packaged: Path, local: Path) -> None:
    assert left_out(
        packaged, local, notes="Since 2026-08-01 – 2026-09-01 it is slow, see "
        "https://search.example/help/privacy-center.", regulated_as=["fcra"],
        reported={"collects_minors": True}, status={"is": "unclear", "since": "2026-11-01"},
        dead_contacts=[{"value": "gone@search.example", "reason": "Mail bounced."}],
        search={"pattern": "https://search.example/people/{first}-{last}/{state:lower}"},
        procedures=[WAY, {key: value for key, value in WAY.items() if key != "email"} | {
            "channel": "phone", "phone": "+14155550142"}]) == {}


def test_a_file_of_another_layout_cannot_be_patched(packaged: Path, local: Path) -> None:
    packaged.write_text("brokers: []\n", "utf-8")
    with pytest.raises(InvalidFile, match="cannot be patched"):
        patch_of(packaged, local)


@pytest.mark.parametrize(("link", "personal"), [
    ("https://search.example/", False),
    ("https://search.example/opt-out/remove-my-info", False),
    ("https://search.example/people/{first}-{last}", False),
    ("https://privacyportal.example/webform/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f", False),
    ("https://search.example/find/contact-us", False),
    ("https://search.example/help/how-to-look", False),
    ("https://search.example/p/Avery-Q-Example", True),
    ("https://search.example/Avery-Example/california/fresno", True),
    ("https://search.example/x?q=Avery%20Example", True),
    ("https://search.example/opt-out?record=1234567", True),
    ("https://search.example/a/avery%40example.com", True),
    ("https://search.example/#name=Avery_Example", True),
    ("https://[search.example/", True),
])
def test_links_of_listings_are_told_from_links_for_everybody(
        link: str, *, personal: bool) -> None:
    assert is_listing(link) is personal


def test_links_made_like_the_sites_listings_are_personal() -> None:
    patterns = ("https://search.example/{first}-{last}",)
    assert is_listing("https://search.example/avery-example", patterns)
    assert not is_listing("https://search.example/avery-example")
    assert not is_listing("https://search.example/opt-out", patterns)
    assert not is_listing("https://search.example/{first}-{last}", patterns)
    assert not is_listing("https://other.example/avery-example", patterns)
