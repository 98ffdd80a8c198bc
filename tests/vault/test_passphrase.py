"""A passphrase from a file or the keyring; the process that keeps to itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from optout.domain.errors import InvalidInput
from optout.vault import passphrase


@pytest.mark.parametrize(("content", "expected"), [
    (b"words", "words"), (b"words\n", "words"), (b"words\r\n", "words"),
    (b" words \n", " words "), (b"words\n\n", "words\n"), (b"\xef\xbb\xbfwords\n", "words"),
    ("contraseña\n".encode(), "contraseña")])
def test_one_line_end_at_the_end_is_dropped_and_nothing_else(
    tmp_path: Path, content: bytes, expected: str,
) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(content)
    assert passphrase.from_file(path) == expected


@pytest.mark.parametrize(("content", "said"), [
    (b"", "empty"), (b"\n", "empty"), (b"\xff\xfe", "UTF-8"), (b"x" * 4097, "longer")])
def test_a_file_without_a_passphrase_is_refused(
    tmp_path: Path, content: bytes, said: str,
) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=said):
        passphrase.from_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere"):
        passphrase.from_file(tmp_path / "nowhere")
    assert not passphrase.readable_by_others(tmp_path / "nowhere")


def test_an_open_file_counts_as_readable_unless_its_folder_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "passphrase"
    path.parent.mkdir(mode=0o755)
    path.write_bytes(b"words")
    path.parent.chmod(0o755)
    path.chmod(0o644)
    assert passphrase.readable_by_others(path)
    path.chmod(0o600)
    assert not passphrase.readable_by_others(path)
    path.chmod(0o644)
    path.parent.chmod(0o700)
    assert not passphrase.readable_by_others(path)


class MemoryKeyring(KeyringBackend):
    """A desktop's keyring, without the desktop."""

    priority = 1
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_what_a_keyring_has_is_found_under_the_id_of_the_folder() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]  # keyring's own gap
    try:
        assert passphrase.from_keyring("id") is None
        keyring.set_password("optout", "id", "words")
        assert passphrase.from_keyring("id") == "words"
        assert passphrase.from_keyring("other") is None
        keyring.delete_password("optout", "id")
        assert passphrase.from_keyring("id") is None
    finally:
        keyring.set_keyring(before)


def test_a_machine_without_keyring_is_no_mistake() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring's own gap
    try:
        assert passphrase.from_keyring("id") is None
    finally:
        keyring.set_keyring(before)


HARDENED = """
import ctypes, os, resource, sys
from optout.vault.process import harden
harden()
assert os.umask(0) == 0o077
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
if sys.platform.startswith("linux"):
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE
"""


def test_a_hardened_process_leaves_no_core_and_no_open_files() -> None:
    subprocess.run([sys.executable, "-c", HARDENED], check=True)


def test_importing_the_vault_loads_no_heavy_library() -> None:
    code = ("import sys, optout.vault.attempts, optout.vault.sealed, optout.vault.passphrase;"
            "assert not {'argon2', 'cryptography', 'keyring'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True)
