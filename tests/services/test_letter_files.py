"""Files of documents: written whole, never over another, and gone when nothing names them."""

from __future__ import annotations

import errno
import hashlib
import os
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind
from optout.domain.errors import (
    DiskFull,
    InstanceUnusable,
    NotFound,
    Refused,
    Tampered,
    UnwritableText,
)
from optout.domain.person import Person, PersonName
from optout.domain.words import Standing
from optout.services import housekeeping, letters, people, rendering
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.vault.sealed import SealedFiles
from tests.everyone import every_request
from tests.services.conftest import PASSPHRASE, MakeInstance
from tests.services.lettered import ALL, generate


@pytest.mark.usefixtures("drafts")
def test_when_one_cannot_be_written_none_is_made(desk: Desk, avery: Person) -> None:
    people.update_person(desk, replace(avery, names=(PersonName("𒀀𒁀", "Sample"),)), actor=OWNER)
    with pytest.raises(UnwritableText) as caught:
        letters.generate(desk, avery.id, actor=OWNER)
    assert any("CUNEIFORM" in name for name in caught.value.characters)
    assert desk.files.names() == ()
    assert {f.request.standing for f in every_request(desk)} == {Standing.DRAFT}


@pytest.mark.usefixtures("drafts")
def test_a_full_disk_leaves_no_document_and_no_row(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = SealedFiles.put
    written: list[str] = []

    def filling(self: SealedFiles, name: str, data: bytes, *, settled: bool) -> str:
        if len(written) == 2:
            raise DiskFull
        written.append(name)
        return put(self, name, data, settled=settled)

    monkeypatch.setattr(SealedFiles, "put", filling)
    with pytest.raises(DiskFull):
        letters.generate(desk, avery.id, actor=OWNER)
    assert desk.files.names() == ()
    assert {f.request.standing for f in every_request(desk)} == {Standing.DRAFT}
    monkeypatch.undo()
    assert len(letters.generate(desk, avery.id, actor=OWNER)) == 3


def test_a_changed_sealed_file_is_found_out(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    made = generate(desk, avery)
    mail = made[DocumentKind.EMAIL]
    desk.files.put(desk.files.names()[0], b"something else")
    with pytest.raises(Tampered):
        letters.generate(desk, avery.id, actor=OWNER)
    assert drafts
    with pytest.raises(NotFound):
        letters.read_document(desk, "D-222222")
    assert mail.content


@pytest.mark.usefixtures("drafts")
def test_files_are_written_whole_with_their_hashes_and_only_once(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    written = letters.write_documents(desk, made, tmp_path / "out" / "letters")
    assert {item.broker for item in written} == set(ALL)
    for item, document in zip(written, made, strict=True):
        assert item.path.is_absolute()
        assert item.path.read_bytes() == letters.read_document(desk, document.id).content
        assert item.sha256 == hashlib.sha256(item.path.read_bytes()).hexdigest()
        assert item.path.stat().st_mode & 0o077 == 0
    before = {item.path: item.path.stat().st_mtime_ns for item in written}
    assert letters.write_documents(desk, made, tmp_path / "out" / "letters") == written
    assert {item.path: item.path.stat().st_mtime_ns for item in written} == before


@pytest.mark.usefixtures("drafts")
def test_another_file_of_that_name_is_never_overwritten(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    (tmp_path / made[-1].file_name).write_text("mine", "utf-8")
    with pytest.raises(Refused, match="another file"):
        letters.write_documents(desk, made, tmp_path)
    assert (tmp_path / made[-1].file_name).read_text("utf-8") == "mine"
    assert not (tmp_path / made[0].file_name).exists()


@pytest.mark.usefixtures("drafts")
def test_a_full_disk_while_writing_leaves_the_folder_as_it_was(
    desk: Desk, avery: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    out = tmp_path / "out"
    out.mkdir()
    sync, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        letters.write_documents(desk, made, out)
    assert list(out.iterdir()) == []


@pytest.mark.usefixtures("drafts")
def test_a_folder_that_cannot_be_made_is_refused(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises((InstanceUnusable, Refused)):
        letters.write_documents(desk, made, tmp_path / "file" / "out")


def test_all_of_it_as_one_zip(desk: Desk, avery: Person, drafts: list[str]) -> None:
    with pytest.raises(NotFound, match="no document yet"):
        letters.zip_of(desk, drafts)
    made = letters.generate(desk, avery.id, actor=OWNER)
    with zipfile.ZipFile(BytesIO(b"".join(letters.zip_of(desk, drafts)))) as archive:
        assert {archive.read(name) for name in archive.namelist()} == {
            letters.read_document(desk, d.id).content for d in made}


@pytest.mark.usefixtures("drafts")
def test_orphaned_files_are_swept_and_named_ones_stay(
    instance: Instance, desk: Desk, avery: Person, clock: HandClock
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    desk.files.put("D-ORPHAN", b"left by a crash")
    assert housekeeping.remove_orphans(desk) == 0
    old = time.time() - 3 * 86_400
    for path in (instance.folder / "files").iterdir():
        os.utime(path, (old, old))
    instance.lock()
    assert "D-ORPHAN" in instance.unlock(PASSPHRASE).files.names()  # looked for once a day
    instance.lock()
    clock.forward(days=1)
    again = instance.unlock(PASSPHRASE)
    assert set(again.files.names()) == {document.id for document in made}


@pytest.mark.usefixtures("drafts")
def test_whoever_prepares_second_at_the_same_moment_is_told_and_leaves_nothing(
    instance: Instance, desk: Desk, avery: Person, make_instance: MakeInstance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make_instance(instance.folder).unlock(PASSPHRASE)
    render = rendering.render
    first: list[Document] = []

    def overtaken(*order: Any, **how: Any) -> Document:
        monkeypatch.setattr(rendering, "render", render)
        first.extend(letters.generate(other, avery.id, actor=OWNER))
        return render(*order, **how)

    monkeypatch.setattr(rendering, "render", overtaken)
    with pytest.raises(Refused, match="another window"):
        letters.generate(desk, avery.id, actor=OWNER)
    assert set(desk.files.names()) == {document.id for document in first}
    assert letters.generate(desk, avery.id, actor=OWNER) == tuple(first)
    assert len(first) == len(ALL)
