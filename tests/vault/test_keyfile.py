"""The key file: made once, opened by its passphrase alone, damage told from a wrong passphrase."""

from __future__ import annotations

import json
import pickle
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import (
    InstanceExists,
    InstanceMissing,
    InstanceUnusable,
    InvalidInput,
    Tampered,
    WrongPassphrase,
)
from optout.vault import keyfile

WORDS = "correct horse battery staple"
STRONG = keyfile.STRONG
"""What programs use; while tests run, the name stands for something cheaper."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "key.json"


@pytest.fixture
def key(path: Path) -> keyfile.DataKey:
    return keyfile.create(path, WORDS, cost=keyfile.CHEAP)


def edit(path: Path, change: Callable[[dict[str, Any]], None], *, honest: bool = False) -> None:
    """Change an entry; `honest` also mends the checksum, as a deliberate attacker would."""
    entry = json.loads(path.read_bytes())
    change(entry)
    if honest:
        entry["checksum"] = keyfile._checksum(entry)
    path.write_text(json.dumps(entry))


def test_the_right_passphrase_gives_the_same_keys_again(path: Path, key: keyfile.DataKey) -> None:
    again = keyfile.unwrap(path, WORDS)
    assert (again.database_hex, again.files_key) == (key.database_hex, key.files_key)


def test_the_keys_for_database_and_files_differ(key: keyfile.DataKey) -> None:
    assert len(bytes.fromhex(key.database_hex)) == len(key.files_key) == 32
    assert key.database_hex != key.files_key.hex()


def test_two_instances_never_share_a_key(tmp_path: Path) -> None:
    first = keyfile.create(tmp_path / "a.json", WORDS, cost=keyfile.CHEAP)
    second = keyfile.create(tmp_path / "b.json", WORDS, cost=keyfile.CHEAP)
    assert first.files_key != second.files_key
    assert keyfile.identity(tmp_path / "a.json") != keyfile.identity(tmp_path / "b.json")


def test_a_wrong_passphrase_is_told_as_such(path: Path, key: keyfile.DataKey) -> None:
    with pytest.raises(WrongPassphrase):
        keyfile.unwrap(path, WORDS + " ")
    assert keyfile.unwrap(path, WORDS).files_key == key.files_key


def test_accents_may_be_composed_either_way(path: Path) -> None:
    composed, decomposed = "caf\u00e9 con leche", "cafe\u0301 con leche"
    made = keyfile.create(path, composed, cost=keyfile.CHEAP)
    assert keyfile.unwrap(path, decomposed).files_key == made.files_key


@pytest.mark.parametrize("empty", ["", "  \t"])
def test_an_empty_passphrase_is_refused_and_nothing_is_written(path: Path, empty: str) -> None:
    with pytest.raises(InvalidInput):
        keyfile.create(path, empty, cost=keyfile.CHEAP)
    assert list(path.parent.iterdir()) == []


def test_a_key_file_is_never_written_over(path: Path, key: keyfile.DataKey) -> None:
    with pytest.raises(InstanceExists):
        keyfile.create(path, "another one", cost=keyfile.CHEAP)
    assert keyfile.unwrap(path, WORDS).files_key == key.files_key
    assert [entry.name for entry in path.parent.iterdir()] == ["key.json"]


def test_only_its_owner_may_read_the_key_file(path: Path, key: keyfile.DataKey) -> None:
    del key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_key_file_means_that_nothing_was_set_up(path: Path) -> None:
    with pytest.raises(InstanceMissing):
        keyfile.unwrap(path, WORDS)


def test_a_folder_in_its_place_is_unusable(path: Path) -> None:
    path.mkdir()
    with pytest.raises(InstanceUnusable):
        keyfile.unwrap(path, WORDS)


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "else"}', b'{"format": "optout-key-1"}'])
def test_a_damaged_key_file_does_not_blame_the_passphrase(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Tampered):
        keyfile.unwrap(path, WORDS)


def test_a_newer_key_file_asks_for_a_newer_version(path: Path) -> None:
    path.write_text('{"format": "optout-key-2"}')
    with pytest.raises(InstanceUnusable, match="newer version"):
        keyfile.unwrap(path, WORDS)


@pytest.mark.usefixtures("key")
def test_every_flipped_bit_of_the_content_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        try:
            keyfile.unwrap(path, WORDS)
        except (Tampered, InstanceUnusable):
            continue
        # White space alone may differ: the content is then the same.
        assert json.loads(damaged) == json.loads(whole)


def _swap_key(entry: dict[str, Any]) -> None:
    entry["key"] = keyfile._text(bytes(48))


def _other_id(entry: dict[str, Any]) -> None:
    entry["id"] = "0" * 16


@pytest.mark.usefixtures("key")
def test_a_forged_wrapped_key_is_told_from_a_wrong_passphrase(path: Path) -> None:
    edit(path, _swap_key, honest=True)
    with pytest.raises(Tampered, match="passphrase is right"):
        keyfile.unwrap(path, WORDS)


@pytest.mark.usefixtures("key")
def test_the_wrapped_key_is_bound_to_the_head_of_the_file(path: Path) -> None:
    edit(path, _other_id, honest=True)
    with pytest.raises(Tampered):
        keyfile.unwrap(path, WORDS)


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(("name", "value"), [
    ("memory_kib", 64 * 1024 * 1024), ("passes", 0), ("passes", 10**9), ("lanes", 65),
    ("lanes", 60), ("memory_kib", "much"), ("salt", "AAAA"), ("salt", "not base64!"),
    ("name", "md5")])
def test_absurd_costs_are_refused_before_any_work(path: Path, name: str, value: object) -> None:
    def change(entry: dict[str, Any]) -> None:
        entry["kdf"][name] = value

    edit(path, change, honest=True)
    with pytest.raises(Tampered):
        keyfile.unwrap(path, WORDS)


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("name", ["nonce", "key", "check"])
def test_a_part_of_wrong_length_is_damage(path: Path, name: str) -> None:
    def change(entry: dict[str, Any]) -> None:
        entry[name] = "AAAA"

    edit(path, change, honest=True)
    with pytest.raises(Tampered):
        keyfile.unwrap(path, WORDS)


def test_a_data_key_is_neither_shown_nor_pickled(key: keyfile.DataKey) -> None:
    assert repr(key) == "<DataKey>"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(ValueError, match="32 bytes"):
        keyfile.DataKey(b"short")


def test_the_strong_cost_is_what_was_promised(path: Path) -> None:
    assert STRONG.memory_kib >= 64 * 1024
    start = time.perf_counter()
    keyfile.create(path, WORDS)
    assert time.perf_counter() - start > 0.03
    assert json.loads(path.read_bytes())["kdf"]["memory_kib"] == STRONG.memory_kib


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_any_text_can_be_a_passphrase(
    tmp_path_factory: pytest.TempPathFactory, passphrase: str,
) -> None:
    path = tmp_path_factory.mktemp("key") / "key.json"
    made = keyfile.create(path, passphrase, cost=keyfile.CHEAP)
    assert keyfile.unwrap(path, passphrase).files_key == made.files_key
