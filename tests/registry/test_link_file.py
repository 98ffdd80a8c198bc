"""The answers of links are kept with their day, and a damaged file is ignored."""

from datetime import date
from pathlib import Path

import pytest

from optout.registry import link_file
from optout.registry.links import LinkAnswer, LinkKind

ANSWERS = {
    "https://a.example/": (LinkAnswer("https://a.example/", LinkKind.ALIVE, 200),
                           date(2026, 11, 20)),
    "https://b.example/": (LinkAnswer("https://b.example/", LinkKind.MOVED, 301,
                                      "https://c.example/"), date(2026, 11, 21)),
}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    assert link_file.read(folder) == {}
    link_file.write(folder, ANSWERS)
    assert link_file.read(folder) == ANSWERS
    file = folder / link_file.FILE_NAME
    assert file.stat().st_mode & 0o077 == 0
    assert [one.name for one in folder.iterdir()] == [link_file.FILE_NAME]


@pytest.mark.parametrize("damage", [
    b"", b"{", b"[]", b"null", b'{"links": 1}', b'{"links": {"u": {}}}', b"\xff\xfe",
    b'{"links": {"u": {"kind": "odd", "status": 1, "to": "", "why": "", "on": "2026-11-20"}}}',
    b'{"links": {"u": {"kind": "gone", "status": null, "to": "", "why": "", "on": "x"}}}',
    b"[" * 100_000,
])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / link_file.FILE_NAME).write_bytes(damage)
    assert link_file.read(tmp_path) == {}


def test_a_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / link_file.FILE_NAME).mkdir()
    with pytest.raises(OSError, match="directory"):
        link_file.write(tmp_path, ANSWERS)
    assert [one.name for one in tmp_path.iterdir()] == [link_file.FILE_NAME]
