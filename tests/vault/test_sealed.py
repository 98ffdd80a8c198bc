"""Sealed files: unreadable without the key, bound to their names, whole or not there."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import (
    DiskFull,
    InstanceExists,
    InstanceUnusable,
    InvalidInput,
    NotFound,
    Tampered,
)
from optout.vault.atomic import write_whole
from optout.vault.sealed import SealedFiles

KEY = bytes(range(32))
NEEDLE = b"Avery Needle Sample, 100 Fictional Way"


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "files", KEY)


def test_data_comes_back_and_is_not_on_the_disk(files: SealedFiles, tmp_path: Path) -> None:
    files.put("D-1", NEEDLE)
    assert files.get("D-1") == NEEDLE
    assert NEEDLE not in (tmp_path / "files" / "D-1").read_bytes()


def test_put_tells_the_hash_of_what_lies_on_the_disk(files: SealedFiles, tmp_path: Path) -> None:
    told = files.put("D-1", NEEDLE)
    assert told == hashlib.sha256((tmp_path / "files" / "D-1").read_bytes()).hexdigest()


def test_the_same_data_is_never_sealed_alike_twice(files: SealedFiles) -> None:
    assert files.put("D-1", NEEDLE) != files.put("D-1", NEEDLE)


def test_folder_and_files_are_closed_to_others(files: SealedFiles, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files.put("D-1", NEEDLE)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "files" / "D-1").stat().st_mode) == 0o600


def test_a_second_put_replaces_the_first(files: SealedFiles) -> None:
    files.put("D-1", b"one")
    files.put("D-1", b"two")
    assert files.get("D-1") == b"two"
    assert files.names() == ("D-1",)


def test_every_changed_byte_is_found(files: SealedFiles, tmp_path: Path) -> None:
    files.put("D-1", b"data")
    path = tmp_path / "files" / "D-1"
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x40
        path.write_bytes(damaged)
        with pytest.raises(Tampered, match="D-1"):
            files.get("D-1")


def test_every_cut_off_end_is_found(files: SealedFiles, tmp_path: Path) -> None:
    files.put("D-1", b"data")
    path = tmp_path / "files" / "D-1"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(Tampered):
            files.get("D-1")


def test_two_files_cannot_be_swapped(files: SealedFiles, tmp_path: Path) -> None:
    files.put("D-1", b"one")
    files.put("D-2", b"two")
    (tmp_path / "files" / "D-1").rename(tmp_path / "files" / "D-2")
    with pytest.raises(Tampered):
        files.get("D-2")


def test_another_key_does_not_open(files: SealedFiles, tmp_path: Path) -> None:
    files.put("D-1", NEEDLE)
    with pytest.raises(Tampered):
        SealedFiles(tmp_path / "files", bytes(32)).get("D-1")


@pytest.mark.parametrize("name", [
    "", ".", "..", "../key.json", "a/b", "a\\b", ".hidden", "-flag", "end.", "nul\0", "é", "a\n",
    "x" * 121])
def test_a_name_that_could_leave_the_folder_is_refused(files: SealedFiles, name: str) -> None:
    for act in (files.get, files.delete, lambda n: files.put(n, b"")):
        with pytest.raises(InvalidInput):
            act(name)


def test_what_is_not_there_is_not_found_and_may_be_deleted(files: SealedFiles) -> None:
    files.delete("D-1")
    with pytest.raises(NotFound):
        files.get("D-1")
    files.put("D-1", b"")
    assert files.get("D-1") == b""
    files.delete("D-1")
    assert files.names() == ()


def test_names_leave_out_what_is_not_sealed(files: SealedFiles, tmp_path: Path) -> None:
    assert files.names() == ()
    files.put("b", b"")
    files.put("a", b"")
    (tmp_path / "files" / ".00.unfinished").touch()
    assert files.names() == ("a", "b")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").touch()
    with pytest.raises(InstanceUnusable):
        SealedFiles(tmp_path / "files", KEY).put("D-1", b"")
    with pytest.raises(InstanceUnusable):
        SealedFiles(tmp_path / "files", KEY).get("D-1")


def test_a_representation_shows_neither_key_nor_folder(files: SealedFiles) -> None:
    assert repr(files) == "<SealedFiles>"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=5000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    files = SealedFiles(tmp_path_factory.mktemp("sealed"), KEY)
    files.put("D-1", data)
    assert files.get("D-1") == data


def test_a_full_disk_leaves_the_old_file_whole_and_nothing_half_written(
    files: SealedFiles, tmp_path: Path,
) -> None:
    files.put("D-1", b"the old letter")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(DiskFull):
            files.put("D-1", bytes(50_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files.get("D-1") == b"the old letter"
    assert [entry.name for entry in (tmp_path / "files").iterdir()] == ["D-1"]


FULL = """
import sys
from pathlib import Path
from optout.domain.errors import DiskFull
from optout.vault.sealed import SealedFiles
files = SealedFiles(Path(sys.argv[1]), bytes(32))
files.put("first", bytes(20_000))
for number in range(100):
    try:
        files.put(f"more-{number}", bytes(20_000))
    except DiskFull:
        break
else:
    sys.exit("The disk never filled up.")
assert files.get("first") == bytes(20_000)
assert not [e for e in Path(sys.argv[1]).iterdir() if e.name.startswith(".")]
assert len(files.names()) == number + 1
"""


def test_a_disk_that_is_really_full_is_told_as_such(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(small)],
        check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("Mounting a small disk needs root.")
    try:
        subprocess.run([sys.executable, "-c", FULL, str(small)], check=True)
    finally:
        subprocess.run(["umount", "--lazy", str(small)], check=True)


def test_a_free_name_is_taken_once(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"one", replace=False)
    with pytest.raises(InstanceExists):
        write_whole(tmp_path / "a", b"two", replace=False)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_system_without_links_still_keeps_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_whole(tmp_path / "a", b"one", replace=False)
    with pytest.raises(InstanceExists):
        write_whole(tmp_path / "a", b"two", replace=False)
    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_missing_folder_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(InstanceUnusable, match="belongs to you"):
        write_whole(tmp_path / "missing" / "a", b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
@pytest.mark.parametrize("replace", [True, False])
def test_what_is_no_plain_file_is_never_replaced(
    tmp_path: Path, kind: str, *, replace: bool
) -> None:
    target = tmp_path / "target"
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "link":
        target.symlink_to(tmp_path / "real")
    else:
        target.mkdir()
    before = target.lstat()
    with pytest.raises(InstanceUnusable, match="no plain file"):
        write_whole(target, b"data", replace=replace)
    assert target.lstat() == before
    assert list(tmp_path.iterdir()) == [target]
