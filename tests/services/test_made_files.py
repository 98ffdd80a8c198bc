"""A paper on the disk: whole, under the name that was chosen, and never over another file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from optout.documents.sheet_pdf import sheet_pdf
from optout.domain.document import MadeFile, Sheet
from optout.domain.errors import InstanceUnusable, Refused
from optout.services.made_files import replace_file, write_pdf

MADE = MadeFile("paper.pdf", "application/pdf",
                sheet_pdf(Sheet("", "en", "", "A paper", ("Words. " * 150,) * 8)))


def test_it_is_written_whole_for_its_owner_alone_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "mine.pdf"
    written = write_pdf(MADE, path)
    assert written.path == path
    assert path.read_bytes() == MADE.content
    assert written.sha256 == hashlib.sha256(MADE.content).hexdigest()
    assert written.pages == 3
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_same_file_is_left_alone_and_another_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.pdf"
    write_pdf(MADE, path)
    before = path.stat().st_mtime_ns
    assert write_pdf(MADE, path).path == path
    assert path.stat().st_mtime_ns == before
    path.write_text("something of the person’s own", "utf-8")
    with pytest.raises(Refused, match="another file"):
        write_pdf(MADE, path)
    assert path.read_text("utf-8") == "something of the person’s own"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.pdf"]


def test_what_is_meant_to_be_replaced_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "follow-ups.ics"
    for content in (b"before", b"now"):
        assert replace_file(content, path) == path
        assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InstanceUnusable, match="cannot be made"):
        write_pdf(MADE, tmp_path / "file" / "mine.pdf")
    with pytest.raises(InstanceUnusable):
        write_pdf(MADE, tmp_path)
    with pytest.raises(InstanceUnusable, match="cannot be made"):
        replace_file(b"", tmp_path / "file" / "follow-ups.ics")
