"""Sealed files: every file with personal data outside the database, encrypted under its name."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from optout.domain.errors import InstanceUnusable, InvalidInput, NotFound, Tampered
from optout.vault.atomic import sync_folder, write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_MAGIC = b"optout1\n"
_NONCE_BYTES = 12
# Also a name on every system: no separator, no leading dot (temporary files), no trailing one.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,118}[A-Za-z0-9])?")


class SealedFiles:
    """A folder of encrypted files.

    The name is bound to the content: a file that was renamed, swapped with another or changed
    does not open. Names are visible on the disk: they carry ids, never a person or a broker.

    Args:
        folder: made (readable by its owner only) when the first file is put.
        key: 32 bytes.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def __repr__(self) -> str:
        return "<SealedFiles>"

    def put(self, name: str, data: bytes, *, settled: bool = True) -> str:
        """Seal data under a name, in the place of what was there.

        Args:
            name: of the file.
            data: its content.
            settled: whether the name reaches the disk at once; for many files, `settle` does it
                once for all.

        Returns:
            The SHA-256 of the sealed file, in hex.

        Raises:
            InvalidInput: for a name that is none.
            DiskFull: when there is no room; nothing half-written is left.
            InstanceUnusable: when the folder cannot be written.
        """
        path = self._path(name)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = _MAGIC + nonce + self._cipher().encrypt(nonce, data, _bound_to(name))
        self._make_folder()
        write_whole(path, sealed, settled=settled)
        return hashlib.sha256(sealed).hexdigest()

    def settle(self) -> None:
        """Make sure that the names of all files put so far reach the disk.

        Raises:
            InstanceUnusable: when the folder cannot be written.
        """
        try:
            sync_folder(self._folder)
        except OSError as error:
            raise self._unusable(error) from error

    def get(self, name: str) -> bytes:
        """Open a sealed file.

        Raises:
            NotFound: when there is none of that name.
            Tampered: when it was changed, damaged, or sealed under another name or key.
            InstanceUnusable: when it cannot be read.
        """
        from cryptography.exceptions import InvalidTag  # late: start-up

        sealed = self._read(name)
        start = len(_MAGIC) + _NONCE_BYTES
        if not sealed.startswith(_MAGIC) or len(sealed) < start:
            raise _changed(name)
        try:
            return self._cipher().decrypt(
                sealed[len(_MAGIC):start], sealed[start:], _bound_to(name))
        except InvalidTag as error:
            raise _changed(name) from error

    def delete(self, name: str) -> None:
        """Remove a sealed file; one that is not there is no mistake.

        Raises:
            InstanceUnusable: when the folder cannot be written.
        """
        try:
            self._path(name).unlink(missing_ok=True)
            if self._folder.exists():
                sync_folder(self._folder)
        except OSError as error:
            raise self._unusable(error) from error

    def names(self) -> tuple[str, ...]:
        """The names of all sealed files, sorted."""
        if not self._folder.exists():
            return ()
        return tuple(sorted(
            entry.name for entry in self._folder.iterdir() if _NAME.fullmatch(entry.name)))

    def _read(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(f"There is no sealed file {name}.",
                           remedy="Put back that file from a backup.") from error
        except OSError as error:
            raise self._unusable(error) from error

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InvalidInput("A sealed file's name has letters, digits, dots, dashes only.")
        return self._folder / name

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: OSError) -> InstanceUnusable:
        return InstanceUnusable(f"The folder {self._folder} cannot be used ({error.strerror}).",
                                remedy="Check that the folder and its files belong to you.")

    def _cipher(self) -> ChaCha20Poly1305:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # late: start-up

        return ChaCha20Poly1305(self._key)


def _changed(name: str) -> Tampered:
    return Tampered(f"The sealed file {name} was changed or damaged since it was written.",
                    remedy="Put back that file from a backup.")


def _bound_to(name: str) -> bytes:
    return b"optout sealed file 1\x00" + name.encode()
