"""A file that was made on the spot, written where the person wants it: whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from optout.domain.document import MadeFile
from optout.domain.errors import InstanceExists, InstanceUnusable, Refused
from optout.vault.atomic import write_whole


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """A PDF on the disk, in the clear.

    Args:
        path: absolute.
        sha256: of its content, in hex.
    """

    path: Path
    sha256: str
    pages: int


def write_pdf(made: MadeFile, path: Path) -> WrittenPdf:
    """Write a PDF under a name of the person’s choice.

    Raises:
        Everything that `write_file` raises.
    """
    from optout.documents.page_count import pages_in

    return WrittenPdf(write_file(made.content, path), hashlib.sha256(made.content).hexdigest(),
                      pages_in(made.content))


def write_file(content: bytes, path: Path) -> Path:
    """Write a file under a name of the person’s choice.

    The very same file that is there already is left alone.

    Args:
        content: what to write.
        path: its name; the folder is made if need be.

    Returns:
        Where it is, absolute.

    Raises:
        Refused: when another file has that name.
        DiskFull: when there is no room.
        InstanceUnusable: when the folder cannot be written.
    """
    path = _with_folder(path)
    try:
        write_whole(path, content, replace=False)
    except InstanceExists:
        if path.read_bytes() != content:
            raise _taken(path) from None
    return path


def replace_file(content: bytes, path: Path) -> Path:
    """Write a file in the place of whatever has its name.

    Returns:
        Where it is, absolute.

    Raises:
        DiskFull: when there is no room; what was there stays.
        InstanceUnusable: when the folder cannot be written.
    """
    path = _with_folder(path)
    write_whole(path, content)
    return path


def require_free(path: Path) -> None:
    """Make sure, before something is made for it, that a new file can get this name.

    Raises:
        Refused: when there is a file of that name.
        InstanceUnusable: when its folder cannot be made.
    """
    if _with_folder(path).exists():
        raise _taken(path.absolute())


def _with_folder(path: Path) -> Path:
    """A path, absolute, whose folder is there.

    Raises:
        InstanceUnusable: when it cannot be made.
    """
    path = path.absolute()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InstanceUnusable(f"The folder {path.parent} cannot be made ({error.strerror}).",
                               remedy="Choose another folder.") from None
    return path


def _taken(path: Path) -> Refused:
    return Refused(f"There is another file at {path}.",
                   remedy="Move it away, or choose another name.")
