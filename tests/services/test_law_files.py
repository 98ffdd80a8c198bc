"""The laws' files are joined whole, and a file that is missing, extra or misnamed is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from optout.domain.errors import InvalidFile
from optout.services.law_files import law_folder, parsed_laws


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the program's laws that a test may spoil."""
    shutil.copytree(law_folder() / "laws", tmp_path / "laws")
    shutil.copy(law_folder() / "laws.yaml", tmp_path)
    return tmp_path


def test_every_law_that_the_head_lists_is_put_in_its_place(folder: Path) -> None:
    data = parsed_laws(folder)
    assert data == parsed_laws()
    assert {law["id"] for law in data["laws"]} == {
        path.stem for path in (folder / "laws").glob("*.yaml")}


def _rename(folder: Path) -> None:
    (folder / "laws" / "us-va-vcdpa.yaml").rename(folder / "laws" / "us-xx.yaml")


def _list_twice(folder: Path) -> None:
    head = folder / "laws.yaml"
    head.write_text(head.read_text() + "- eu-gdpr\n")


def _swap(folder: Path) -> None:
    shutil.copy(folder / "laws" / "eu-gdpr.yaml", folder / "laws" / "us-va-vcdpa.yaml")


def _no_list(folder: Path) -> None:
    (folder / "laws.yaml").write_text("schema: 1\nchecked: 2026-11-23\n")


@pytest.mark.parametrize(("spoil", "problems"), [
    (_rename, ["laws.yaml: laws: there is no file laws/us-va-vcdpa.yaml. Write it",
               "laws/us-xx.yaml: is not listed in laws.yaml"]),
    (_list_twice, ["laws.yaml: laws: “eu-gdpr” stands twice"]),
    (_swap, ["laws/us-va-vcdpa.yaml: id: must be “us-va-vcdpa”"]),
    (_no_list, ["laws.yaml: laws: expected the list"]),
])
def test_a_file_that_does_not_fit_the_head_is_named(
    folder: Path, spoil: Callable[[Path], None], problems: list[str]
) -> None:
    spoil(folder)
    with pytest.raises(InvalidFile) as caught:
        parsed_laws(folder)
    assert len(caught.value.problems) == len(problems)
    for found, expected in zip(caught.value.problems, problems, strict=True):
        assert expected in found


def test_a_broken_law_is_named_by_its_own_file_and_line(folder: Path) -> None:
    (folder / "laws" / "eu-gdpr.yaml").write_text("id: eu-gdpr\nid: twice\n")
    with pytest.raises(InvalidFile) as caught:
        parsed_laws(folder)
    assert "laws/eu-gdpr.yaml:2:" in caught.value.problems[0]
