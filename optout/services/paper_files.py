"""Documents written into a folder of the person's choice: whole files or none."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optout.domain.document import Document
from optout.domain.errors import InstanceUnusable, Refused
from optout.domain.words import DocumentKind
from optout.services.desk import Desk
from optout.store import requests
from optout.vault.atomic import write_whole


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document on the disk, in the clear.

    Args:
        path: absolute.
        sha256: of the file's content, in hex.
    """

    request: str
    broker: str
    kind: DocumentKind
    path: Path
    sha256: str


def write_documents(
    desk: Desk, documents: Sequence[Document], folder: Path
) -> tuple[WrittenDocument, ...]:
    """Write documents (with their content) into a folder, which is made if need be.

    All or nothing: when one cannot be written, those written before are removed again. A file
    that is there with the same content is left alone.

    Raises:
        Refused: when a file with other content has one of the names.
        DiskFull: when there is no room.
        InstanceUnusable: when the folder cannot be written.
    """
    folder = folder.absolute()
    paths = [folder / document.file_name for document in documents]
    new = [(path, document) for path, document in zip(paths, documents, strict=True)
           if not _is_there(path, document)]
    with desk.store.reading() as session:
        brokers = requests.brokers_of(session, [document.request_id for document in documents])
    try:
        _make(folder)
        for path, document in new:
            write_whole(path, document.content)
    except BaseException:
        for path, _ in new:  # none of them was there before
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return tuple(
        WrittenDocument(document.request_id, brokers[document.request_id], document.kind, path,
                        document.sha256)
        for path, document in zip(paths, documents, strict=True))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InstanceUnusable(f"The folder {folder} cannot be made ({error.strerror}).",
                               remedy="Choose another folder for the documents.") from None


def _is_there(path: Path, document: Document) -> bool:
    """Whether the very same file is there already.

    Raises:
        Refused: when it is another one.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}).",
                      remedy="Choose another folder for the documents.") from None
    if content != document.content:
        raise Refused(f"There is another file at {path}.",
                      remedy="Move it away, or choose another folder.")
    return True
