"""Documents written into a folder of the person's choice: whole files only."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optout.domain.document import Document, MadeFile
from optout.domain.document_words import DocumentKind
from optout.domain.errors import Cancelled, InstanceUnusable, Refused
from optout.services.checked import Checked
from optout.services.desk import Desk
from optout.services.progress_bar import UNWATCHED, Progress
from optout.services.stored import Shelf
from optout.store import requests
from optout.vault.atomic import sync_folder, write_whole


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
    desk: Desk, documents: Sequence[Document], folder: Path, *,
    checked: Checked | None = None, progress: Progress = UNWATCHED,
) -> tuple[WrittenDocument, ...]:
    """Write documents into a folder, which is made if need be; one is held at a time.

    When one cannot be written, those written before are removed again; when the work is stopped,
    they stay, each whole. A file that is there with the same content is left alone.

    Args:
        desk: the opened data.
        documents: which; their content is read here.
        folder: where to.
        checked: what `letters.prepare` found safe just now.
        progress: is told how many files are whole, and may stop the work.

    Raises:
        Refused: when a file with other content has one of the names, or a document is not safe to
            send any more.
        DiskFull: when there is no room.
        InstanceUnusable: when the folder cannot be written.
        Cancelled: when `progress` says so.
    """
    folder = folder.absolute()
    new = [document for document in documents
           if not _is_there(folder / document.file_name, document)]
    with desk.store.reading() as session:
        brokers = requests.brokers_of(session, [document.request_id for document in documents])
    _write(Shelf(desk, checked), new, folder, progress, len(documents))
    return tuple(
        WrittenDocument(document.request_id, brokers[document.request_id], document.kind,
                        folder / document.file_name, document.sha256)
        for document in documents)


def write_made(file: MadeFile, folder: Path) -> Path:
    """Write a file that was made on the spot; where its name is taken it gets a number.

    One that is there with the same content is left alone.

    Returns:
        Where it is.

    Raises:
        DiskFull: when there is no room; nothing is half-written.
        InstanceUnusable: when the folder cannot be written.
    """
    folder = folder.absolute()
    _make(folder)
    name, number = Path(file.file_name), 1
    path = folder / name
    while path.exists():
        if path.is_file() and path.read_bytes() == file.content:
            return path
        number += 1
        path = folder / f"{name.stem}-{number}{name.suffix}"
    write_whole(path, file.content, replace=False)
    return path


def _write(
    shelf: Shelf, new: Sequence[Document], folder: Path, progress: Progress, total: int
) -> None:
    """Write what is not there yet; `total` counts what is there, too."""
    written = list[Path]()
    try:
        _make(folder)
        for document in new:
            path = folder / document.file_name
            written.append(path)
            write_whole(path, shelf.read(document.id).content, settled=False)
            _tell(progress, total - len(new) + len(written), total)
        sync_folder(folder)
    except Cancelled:
        sync_folder(folder)
        raise
    except BaseException:
        for path in written:  # none of them was there before
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _tell(progress: Progress, done: int, total: int) -> None:
    """Tell how far it is; who stops it after the last file stops nothing."""
    try:
        progress.advance(done, total)
    except Cancelled as error:
        if done < total:
            raise Cancelled(
                f"Stopped: {done:,} of {total:,} files are written, each whole.", done=done,
                total=total, remedy="Do the same again to write the others.") from error


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
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}).",
                      remedy="Choose another folder for the documents.") from None
    if digest != document.sha256:
        raise Refused(f"There is another file at {path}.",
                      remedy="Move it away, or choose another folder.")
    return True
