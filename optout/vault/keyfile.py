"""The key file: one random data key, wrapped by a key that only the passphrase makes."""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from optout.domain.errors import (
    InstanceMissing,
    InstanceUnusable,
    InvalidInput,
    Tampered,
    WrongPassphrase,
)
from optout.vault.atomic import write_whole

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
LEAST_KIB_PER_LANE = 8
"""Argon2 cannot do with less memory."""
_FORMAT = "optout-key-1"
_BACKUP = "Put back key.json from a backup; without it the data cannot be read by anyone."


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs, in Argon2id's own terms (RFC 9106).

    Args:
        memory_kib: memory in KiB.
        passes: how often that memory is gone through.
        lanes: how many lanes may run side by side.
    """

    memory_kib: int
    passes: int
    lanes: int


STRONG = Cost(memory_kib=128 * 1024, passes=3, lanes=2)
"""For people: about a third of a second here, and 128 MiB for each guess of an attacker."""

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""For tests alone: protects nothing."""

# Beyond these a key file does not ask for safety but for this machine's memory.
_MOST = Cost(memory_kib=4 * 1024 * 1024, passes=64, lanes=64)


class DataKey:
    """The key behind everything; what is used are keys derived from it, one for each purpose.

    Python cannot wipe memory: the key is gone when the process ends.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("A data key has 32 bytes.")
        self._raw = raw

    def __repr__(self) -> str:
        return "<DataKey>"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("A data key is never written down unwrapped.")

    @property
    def database_hex(self) -> str:
        """The database's raw key, 64 hexadecimal digits."""
        return self._derived(b"optout database 1").hex()

    @property
    def files_key(self) -> bytes:
        """The key of the sealed files."""
        return self._derived(b"optout files 1")

    def _derived(self, label: bytes) -> bytes:
        return _hkdf(self._raw, label)


def create(path: Path, passphrase: str, *, cost: Cost = STRONG) -> DataKey:
    """Draw a data key and write it down, wrapped.

    Raises:
        InvalidInput: for an empty passphrase.
        InstanceExists: when there is a key file already.
        DiskFull, InstanceUnusable: when it cannot be written.
    """
    raw = secrets.token_bytes(KEY_BYTES)
    content = _wrapped(raw, passphrase, cost, secrets.token_hex(8))
    write_whole(path, content, replace=False)
    return DataKey(raw)


def unwrap(path: Path, passphrase: str) -> DataKey:
    """Open the key file.

    Raises:
        InstanceMissing: when there is none.
        WrongPassphrase: when the passphrase is not the one.
        Tampered: when the file was changed or damaged.
        InstanceUnusable: when it cannot be read, or was made by a newer optout.
    """
    return DataKey(_unwrapped(_read(path), passphrase))


def identity(path: Path) -> str:
    """The random id of this instance, by which a keyring remembers its passphrase.

    Raises:
        InstanceMissing, Tampered, InstanceUnusable: as `unwrap`.
    """
    return str(_read(path)["id"])


def _wrapped(raw: bytes, passphrase: str, cost: Cost, instance_id: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # late: start-up

    if not passphrase.strip():
        raise InvalidInput("The passphrase is empty.", field="passphrase",
                           remedy="Choose a few words that you will remember.")
    entry: dict[str, Any] = {
        "format": _FORMAT, "id": instance_id,
        "kdf": {"name": "argon2id", **asdict(cost), "salt": _text(secrets.token_bytes(SALT_BYTES))},
    }
    wrapping, check = _from_passphrase(passphrase, entry)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = ChaCha20Poly1305(wrapping).encrypt(nonce, raw, _head(entry))
    entry |= {"check": _text(check), "nonce": _text(nonce), "key": _text(sealed)}
    entry["checksum"] = _checksum(entry)
    return json.dumps(entry, indent=1).encode() + b"\n"


def _unwrapped(entry: dict[str, Any], passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # late: start-up
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    wrapping, check = _from_passphrase(passphrase, entry)
    if not hmac.compare_digest(check, _bytes(entry["check"])):
        raise WrongPassphrase(remedy="Try again; capital letters and spaces count.")
    try:
        return ChaCha20Poly1305(wrapping).decrypt(
            _bytes(entry["nonce"]), _bytes(entry["key"]), _head(entry))
    except InvalidTag as error:
        raise Tampered("The passphrase is right, but the key file was changed.",
                       remedy=_BACKUP) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InstanceMissing(remedy="Set it up first: start optout and choose a passphrase."
                              ) from error
    except OSError as error:
        raise InstanceUnusable(f"The key file {path} cannot be read ({error.strerror}).",
                               remedy="Check that the folder and its files belong to you."
                               ) from error
    try:
        entry = json.loads(content)
        if entry["format"] == _FORMAT:
            _check_form(entry)
            return dict(entry)
        newer = str(entry["format"]).startswith("optout-key-")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Tampered(f"The key file {path.name} is damaged.", remedy=_BACKUP) from error
    if newer:
        raise InstanceUnusable("A newer version of optout made this key file.",
                               remedy="Install that version or a later one.")
    raise Tampered(f"The key file {path.name} is damaged.", remedy=_BACKUP)


def _check_form(entry: dict[str, Any]) -> None:
    """Find out damage before the passphrase is blamed for it.

    Raises:
        ValueError, KeyError, TypeError: when anything is not as it was written.
    """
    if entry["checksum"] != _checksum(entry):
        raise ValueError("checksum")
    cost = _cost(entry)
    for name, most in asdict(_MOST).items():
        if not 1 <= getattr(cost, name) <= most:
            raise ValueError(name)
    if not isinstance(entry["id"], str) or entry["kdf"]["name"] != "argon2id":
        raise ValueError("kdf")
    if cost.memory_kib < LEAST_KIB_PER_LANE * cost.lanes:
        raise ValueError("memory_kib")
    lengths = {"nonce": NONCE_BYTES, "check": KEY_BYTES, "key": KEY_BYTES + TAG_BYTES}
    if any(len(_bytes(entry[name])) != length for name, length in lengths.items()):
        raise ValueError("lengths")
    if len(_bytes(entry["kdf"]["salt"])) != SALT_BYTES:
        raise ValueError("salt")


def _cost(entry: dict[str, Any]) -> Cost:
    kdf = entry["kdf"]
    return Cost(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"]))


def _from_passphrase(passphrase: str, entry: dict[str, Any]) -> tuple[bytes, bytes]:
    """The wrapping key, and a check value that shows whether the passphrase is right.

    The check value gives an attacker nothing: the wrapped key tells as much.
    """
    from argon2.low_level import Type, hash_secret_raw  # late: start-up

    cost = _cost(entry)
    # One text, whichever way a keyboard composes its accents.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    root = hash_secret_raw(
        secret, _bytes(entry["kdf"]["salt"]), time_cost=cost.passes, memory_cost=cost.memory_kib,
        parallelism=cost.lanes, hash_len=KEY_BYTES, type=Type.ID)
    return _hkdf(root, b"optout wrap 1"), _hkdf(root, b"optout check 1")


def _hkdf(secret: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # late: start-up
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=label).derive(secret)


def _head(entry: dict[str, Any]) -> bytes:
    """What the wrapped key is bound to: changed costs or a changed id do not open it."""
    return _canonical({name: entry[name] for name in ("format", "id", "kdf")})


def _checksum(entry: dict[str, Any]) -> str:
    """Finds damage, not malice: anyone can compute it."""
    rest = {name: value for name, value in entry.items() if name != "checksum"}
    return hashlib.sha256(_canonical(rest)).hexdigest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
