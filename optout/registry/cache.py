"""The parsed registry kept beside the data, so that YAML is read only when it changed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import optout
from optout.domain import broker as values
from optout.domain.broker import Broker
from optout.domain.errors import OptoutError
from optout.domain.places import PostalAddress
from optout.registry.whole import write_whole

FILE_NAME = "registry.json"
_RULES = 2
"""Raised whenever the checks change, so that files checked by older rules are read again."""

_SHAPES = (Broker, values.Procedure, values.Cover, values.Basis, values.Source, values.SearchLink,
           values.Registration, values.DeadContact, values.DeletionRequests, values.Eligibility,
           PostalAddress)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache file holds: brokers, and the key of the files they were read from."""

    key: str
    checked: date
    brokers: tuple[Broker, ...]


def key_of(files: Iterable[tuple[str, bytes]]) -> str:
    """A key that changes with any content, with the program's version and with its values."""
    digest = hashlib.sha256(f"{optout.__version__} {_RULES}".encode())
    for shape in _SHAPES:
        digest.update(repr([(one.name, str(one.type)) for one in fields(shape)]).encode())
    for _, content in files:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def fetch(folder: Path, key: str) -> Kept | None:
    """What was kept under this key; None where nothing was, or where it is damaged."""
    import msgspec

    try:
        kept = msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError, OptoutError, UnicodeDecodeError, RecursionError):
        return None
    return kept if kept.key == key else None


def keep(folder: Path, kept: Kept) -> None:
    """Write the cache whole or not at all; a folder that cannot be written is no reason to stop."""
    import msgspec

    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / FILE_NAME, msgspec.json.encode(kept))
