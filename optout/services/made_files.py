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

    The very same file that is there already is left alone.

    Args:
        made: what to write.
        path: its name; the folder is made if need be.

    Raises:
        Refused: when another file has that name.
        DiskFull: when there is no room.
        InstanceUnusable: when the folder cannot be written.
    """
    from optout.documents.page_count import pages_in

    path = path.absolute()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InstanceUnusable(f"The folder {path.parent} cannot be made ({error.strerror}).",
                               remedy="Choose another folder.") from None
    try:
        write_whole(path, made.content, replace=False)
    except InstanceExists:
        if path.read_bytes() != made.content:
            raise Refused(f"There is another file at {path}.",
                          remedy="Move it away, or choose another name.") from None
    return WrittenPdf(path, hashlib.sha256(made.content).hexdigest(), pages_in(made.content))
