"""The registry is loaded through its overlay and its cache; neither can do harm."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from optout.domain.broker import Basis
from optout.domain.errors import InvalidFile
from optout.domain.places import PostalAddress
from optout.domain.words import BasisKind, BrokerStatus, Channel, Fact, Trust, Verification
from optout.registry import cache, loading
from optout.registry.loading import load_registry
from optout.registry.reading import Reading, read_registry
from tests.registry.sample import SHIPPED, SMALL, changed, small


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed, in order."""
    seen: list[str] = []

    def reading(files: list[tuple[str, bytes]]) -> Reading:
        seen.extend(name for name, _ in files)
        return read_registry(files)

    monkeypatch.setattr(loading, "read_registry", reading)
    return seen


def test_every_field_arrives_as_a_domain_value() -> None:
    broker = load_registry(SMALL).get("example-search")
    form, post, phone = broker.procedures
    assert broker.status is BrokerStatus.ACTIVE
    assert broker.since == date(2026, 8, 1)
    assert broker.line == 6
    assert form.channel is Channel.WEB_FORM
    assert form.needs == (Fact.LISTING_URL, Fact.REPLY_EMAIL)
    assert form.verification == (Verification.EMAIL_LINK, Verification.CAPTCHA)
    assert form.steps[1] == "Use the link in the e-mail that follows; it is void after a day."
    assert form.basis == (Basis(BasisKind.INDEPENDENT_LISTS, 4),)
    assert form.check_by == date(2027, 2, 22)
    assert post.address == PostalAddress(("Privacy Desk", "1 Example Street"), "Boston", "US",
                                         "MA", "02110")
    assert post.verification == (Verification.NONE,)
    assert (form.trust, post.trust, phone.trust) == (
        Trust.CORROBORATED, Trust.UNVERIFIED, Trust.VERIFIED)
    assert broker.reported == {"sold_law_enforcement": True, "sold_foreign_actor": False}
    assert broker.registered_with("us-ca", 2026)
    assert broker.registered_in[1].id == "20260099"
    assert broker.search
    assert broker.search.pattern.endswith("{state:lower}")


def test_an_unchanged_file_is_not_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    first = load_registry(SMALL, None, tmp_path / "cache")
    again = load_registry(SMALL, None, tmp_path / "cache")
    assert parsed == ["small.yaml"]
    assert again.all() == first.all()
    assert again.checked == first.checked == date(2026, 11, 1)


def test_a_changed_file_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "brokers.yaml"
    path.write_text(small(), encoding="utf-8")
    load_registry(path, None, tmp_path / "cache")
    path.write_text(changed("name: Example Gone", "name: Gone Example"), encoding="utf-8")
    assert load_registry(path, None, tmp_path / "cache").get("example-gone").name == "Gone Example"
    assert len(parsed) == 2


def test_a_newer_program_parses_again(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_registry(SMALL, None, tmp_path)
    monkeypatch.setattr("optout.__version__", "999")
    load_registry(SMALL, None, tmp_path)
    assert len(parsed) == 2


@pytest.mark.parametrize("damage", [
    b"", b"{", b"[]", b"\xff\xfe", b'{"key": 1}',
    b'{"key": "KEY", "checked": "2026-11-01", "brokers": [{"id": "x"}]}',
    b'{"key": "KEY", "checked": "2026-11-01", "brokers": 7}',
    b'{"key": ' + b"[" * 5000,
])
def test_a_damaged_cache_is_ignored_and_mended(
    tmp_path: Path, parsed: list[str], damage: bytes,
) -> None:
    key = cache.key_of([("", SMALL.read_bytes())])
    (tmp_path / cache.FILE_NAME).write_bytes(damage.replace(b"KEY", key.encode()))
    assert len(load_registry(SMALL, None, tmp_path)) == 3
    assert len(load_registry(SMALL, None, tmp_path)) == 3
    assert len(parsed) == 1


def test_a_cache_with_an_impossible_address_is_ignored(tmp_path: Path, parsed: list[str]) -> None:
    load_registry(SMALL, None, tmp_path)
    kept = tmp_path / cache.FILE_NAME
    kept.write_bytes(kept.read_bytes().replace(b'"city":"Boston"', b'"city":""'))
    address = load_registry(SMALL, None, tmp_path).get("example-search").procedures[1].address
    assert address
    assert address.city == "Boston"
    assert len(parsed) == 2


def test_the_cache_is_written_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    load_registry(SMALL, None, folder)
    assert [path.name for path in folder.iterdir()] == [cache.FILE_NAME]
    if os.name == "posix":
        assert (folder / cache.FILE_NAME).stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0


def test_a_cache_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert len(load_registry(SMALL, None, blocked)) == 3


def test_a_full_disk_leaves_no_half_written_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert len(load_registry(SMALL, None, tmp_path / "cache")) == 3
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_broken_file_is_refused_with_every_problem_and_nothing_is_cached(tmp_path: Path) -> None:
    path = tmp_path / "brokers.yaml"
    path.write_text(changed("is: unclear", "is: maybe").replace("  role: broker\n", "", 1),
                    encoding="utf-8")
    with pytest.raises(InvalidFile, match="has 2 errors") as caught:
        load_registry(path, None, tmp_path / "cache")
    assert [problem.split(": ")[1] for problem in caught.value.problems] == [
        "example-search", "example-phones"]
    assert not (tmp_path / "cache").exists()


def overlay(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "brokers.local.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_overlay_corrects_fields_and_adds_entries(tmp_path: Path) -> None:
    path = overlay(tmp_path, """\
brokers:
- id: example-search
  name: Example Search Renamed
  notes: null
- id: mine
  name: Mine
  role: broker
  category: marketing
  status: {is: active}
  cannot: It answers nobody.
  sources: [{url: "https://mine.example/", checked: 2026-11-20}]
""")
    registry = load_registry(SMALL, path, tmp_path / "cache")
    assert registry.get("example-search").name == "Example Search Renamed"
    assert registry.get("example-search").notes == ""
    assert registry.get("example-search").operator == "Example Search, LLC"
    assert registry.get("mine").line == 5
    assert [broker.id for broker in registry.all()] == [
        "example-search", "example-phones", "example-gone", "mine"]
    assert registry.checked == date(2026, 11, 1)


def test_an_overlay_that_appears_or_changes_is_noticed(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "brokers.local.yaml"
    load_registry(SMALL, path, tmp_path)
    overlay(tmp_path, "brokers:\n- {id: example-gone, notes: Gone for good.}\n")
    assert load_registry(SMALL, path, tmp_path).get("example-gone").notes == "Gone for good."
    assert parsed == ["small.yaml", "small.yaml", "brokers.local.yaml"]


def test_a_problem_in_the_overlay_names_the_overlay_and_its_line(tmp_path: Path) -> None:
    path = overlay(tmp_path, "brokers:\n- id: example-gone\n  category: nonsense\n")
    with pytest.raises(InvalidFile) as caught:
        load_registry(SMALL, path)
    assert caught.value.problems[0].startswith(
        "brokers.local.yaml:3: example-gone: category: “nonsense” is not known")


def test_taking_out_what_must_be_there_is_refused(tmp_path: Path) -> None:
    path = overlay(tmp_path, "brokers:\n- {id: example-gone, sources: null}\n")
    with pytest.raises(InvalidFile) as caught:
        load_registry(SMALL, path)
    assert "brokers.local.yaml:2: example-gone: sources: is missing" in caught.value.problems[0]


def test_neither_file_is_ever_written_to(tmp_path: Path) -> None:
    path = overlay(tmp_path, "brokers: []\n")
    before = SMALL.read_bytes(), path.read_bytes()
    load_registry(SMALL, path, tmp_path / "cache")
    assert (SMALL.read_bytes(), path.read_bytes()) == before


def test_a_file_that_does_not_say_when_it_was_compiled_is_as_old_as_its_newest_source(
    tmp_path: Path,
) -> None:
    path = tmp_path / "brokers.yaml"
    path.write_text(changed("checked: 2026-11-01\n", ""), encoding="utf-8")
    assert load_registry(path).checked == date(2026, 8, 22)


def test_the_shipped_registry_comes_out_of_its_cache_unchanged(
    tmp_path: Path, parsed: list[str],
) -> None:
    parsed_once = load_registry(SHIPPED, None, tmp_path)
    cached = load_registry(SHIPPED, None, tmp_path)
    assert cached.all() == parsed_once.all()
    assert len(parsed) == 1
