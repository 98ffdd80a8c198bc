"""The links of the registry are asked once a week, can be interrupted, and are counted."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from optout.domain.errors import InvalidInput, NotFound
from optout.registry import link_file, links
from optout.registry.links import LinkAnswer, LinkKind
from optout.services.desk import Library
from optout.services.links import FRESH_DAYS, check_links
from optout.settings import Settings
from tests.registry.sample import SMALL

DAY = date(2026, 11, 20)
FORM, SEARCH = "https://search.example/optout", "https://search.example/"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Settings(instance=tmp_path / "instance"), brokers_file=SMALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; every form is alive, every search is gone."""
    made: list[str] = []

    def answers(urls: Iterable[str], *, pause: float) -> Iterator[LinkAnswer]:
        assert pause >= 0
        for url in urls:
            made.append(url)
            yield LinkAnswer(url, LinkKind.ALIVE if url == FORM else LinkKind.GONE, 200)

    monkeypatch.setattr(links, "ask_all", answers)
    return made


def test_every_link_is_asked_and_kept(library: Library, folder: Path, asked: list[str]) -> None:
    told: list[tuple[int, int]] = []
    found = check_links(library, folder, day=DAY,
                        progress=lambda done, every: told.append((done, every)))
    assert asked == [FORM, SEARCH]
    assert told == [(0, 2), (1, 2), (2, 2)]
    shape = found.as_dict()
    assert (shape["alive"], shape["gone"], shape["moved"], shape["left"]) == (1, 1, 0, 0)
    assert shape["answers"][0] == {
        "url": FORM, "brokers": ["example-search"], "kind": "alive", "status": 200, "to": "",
        "why": "", "on": "2026-11-20"}
    assert set(link_file.read(folder)) == {FORM, SEARCH}


def test_what_was_asked_this_week_is_not_asked_again(
        library: Library, folder: Path, asked: list[str]) -> None:
    check_links(library, folder, day=DAY)
    again = check_links(library, folder, day=DAY + timedelta(days=FRESH_DAYS - 1))
    assert len(asked) == 2
    assert again.as_dict()["alive"] == 1
    check_links(library, folder, day=DAY + timedelta(days=FRESH_DAYS))
    assert len(asked) == 4
    check_links(library, folder, day=DAY - timedelta(days=1))
    assert len(asked) == 6, "a day in the future is no proof"
    one = check_links(library, folder, day=DAY, only="example-search", pause=0)
    assert len(asked) == 8
    assert len(one.answers) == 2
    with pytest.raises(NotFound):
        check_links(library, folder, day=DAY, only="nobody")


def test_an_interrupted_run_keeps_what_it_has(
        library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(urls: Iterable[str], *, pause: float) -> Iterator[LinkAnswer]:  # noqa: ARG001 -- as the original
        yield LinkAnswer(next(iter(urls)), LinkKind.ALIVE, 200)
        raise KeyboardInterrupt

    monkeypatch.setattr(links, "ask_all", answers)
    with pytest.raises(KeyboardInterrupt):
        check_links(library, folder, day=DAY)
    assert set(link_file.read(folder)) == {FORM}


def test_long_runs_are_kept_on_the_way_and_what_was_left_is_counted(
        library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr("optout.services.links._KEEP_EVERY", 1)
    monkeypatch.setattr(link_file, "write", lambda _folder, found: kept.append(len(found)))
    monkeypatch.setattr(links, "ask_all", lambda urls, *, pause: iter(  # noqa: ARG005 -- as the original
        [LinkAnswer(next(iter(urls)), LinkKind.REFUSED_US, 429)]))
    assert check_links(library, folder, day=DAY).left == 1
    assert kept == [0, 1, 1]


def test_a_folder_that_cannot_be_written_to_is_told_before_anybody_is_asked(
        library: Library, folder: Path, asked: list[str]) -> None:
    folder.write_text("a file")
    with pytest.raises(InvalidInput, match="cannot be written"):
        check_links(library, folder, day=DAY)
    assert asked == []
