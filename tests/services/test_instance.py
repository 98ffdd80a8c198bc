"""The data folder: made whole or not at all, opened by its passphrase alone."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import (
    DiskFull,
    InstanceExists,
    InstanceMissing,
    InstanceUnusable,
    InvalidInput,
    Locked,
    OptoutError,
    Tampered,
    TooSoon,
    WrongPassphrase,
)
from optout.services import people
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store.store import Store
from optout.vault import keyfile
from tests.everyone import every_person
from tests.factories import californian
from tests.services.conftest import PASSPHRASE

Make = Callable[[Path], Instance]


def test_a_new_folder_is_private_and_holds_key_database_and_places(instance: Instance) -> None:
    assert not instance.exists()
    instance.create(PASSPHRASE)
    assert instance.exists()
    assert stat.S_IMODE(instance.folder.stat().st_mode) == 0o700
    assert {"key.json", "optout.db", "files", "cache", "lock"} <= {
        path.name for path in instance.folder.iterdir()}
    assert stat.S_IMODE((instance.folder / "key.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((instance.folder / "optout.db").stat().st_mode) == 0o600


def test_what_was_stored_is_there_after_locking_and_unlocking(
    instance: Instance, make_instance: Make
) -> None:
    person = people.add_person(instance.create(PASSPHRASE), californian(), actor=OWNER)
    instance.lock()
    again = make_instance(instance.folder)
    assert people.get_person(again.unlock(PASSPHRASE), person.id) == person


def test_nothing_is_readable_on_the_disk(instance: Instance) -> None:
    people.add_person(instance.create(PASSPHRASE), californian(), actor=OWNER)
    instance.lock()
    for path in instance.folder.rglob("*"):
        if path.is_file():
            assert b"Sample" not in path.read_bytes()


def test_a_locked_folder_gives_no_desk(instance: Instance) -> None:
    with pytest.raises(Locked):
        _ = instance.desk
    instance.create(PASSPHRASE)
    instance.lock()
    with pytest.raises(Locked):
        _ = instance.desk


def test_it_is_known_whether_the_data_is_open(instance: Instance) -> None:
    seen = [instance.is_open]
    instance.create(PASSPHRASE)
    seen.append(instance.is_open)
    instance.lock()
    seen.append(instance.is_open)
    assert seen == [False, True, False]


def test_the_answer_to_the_first_question_is_kept_from_the_beginning(
    make_instance: Make, tmp_path: Path
) -> None:
    assert people.instance_at_risk(make_instance(tmp_path / "a").create(PASSPHRASE, at_risk=True))
    assert not people.instance_at_risk(make_instance(tmp_path / "b").create(PASSPHRASE))


def test_a_folder_is_set_up_once(instance: Instance) -> None:
    instance.create(PASSPHRASE)
    before = (instance.folder / "key.json").read_bytes()
    with pytest.raises(InstanceExists):
        instance.create("another passphrase")
    assert (instance.folder / "key.json").read_bytes() == before


def test_a_short_passphrase_makes_nothing(instance: Instance) -> None:
    with pytest.raises(InvalidInput) as caught:
        instance.create("short")
    assert caught.value.field == "passphrase"
    assert not instance.folder.exists()
    assert not list(instance.folder.parent.glob(".optout*"))


def test_what_lies_in_an_empty_looking_folder_stays(instance: Instance) -> None:
    instance.folder.mkdir()
    (instance.folder / "settings.toml").write_text("port = 6000\n", "utf-8")
    (instance.folder / "cache").mkdir()
    (instance.folder / "cache" / "registry.json").write_text("{}", "utf-8")
    instance.create(PASSPHRASE)
    assert (instance.folder / "settings.toml").read_text("utf-8") == "port = 6000\n"
    assert (instance.folder / "cache" / "registry.json").exists()
    assert (instance.folder / "files").is_dir()


@pytest.mark.parametrize("there_before", [False, True])
def test_when_making_fails_nothing_is_half_made(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, *, there_before: bool
) -> None:
    if there_before:
        instance.folder.mkdir(mode=0o700)
        (instance.folder / "settings.toml").write_text("", "utf-8")

    def full(*_: object) -> Store:
        raise DiskFull

    monkeypatch.setattr(Store, "create", full)
    with pytest.raises(DiskFull):
        instance.create(PASSPHRASE)
    assert instance.folder.exists() is there_before
    assert [path.name for path in instance.folder.parent.rglob("*")] == (
        ["instance", "settings.toml"] if there_before else [])


def test_a_failure_while_moving_into_place_takes_everything_back(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.folder.mkdir(mode=0o700)
    (instance.folder / "settings.toml").write_text("", "utf-8")
    link = os.link

    def stumbling(source: Path, target: Path) -> None:
        if target == instance.folder / "key.json":
            assert (instance.folder / "optout.db").exists(), "the key goes last"
            raise OSError(28, "No space left on device")
        link(source, target)

    replace_file = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target == instance.folder / "key.json":
            raise OSError(28, "No space left on device")
        return replace_file(self, target)

    monkeypatch.setattr(os, "link", stumbling)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DiskFull, match="room"):
        instance.create(PASSPHRASE)
    assert [path.name for path in instance.folder.iterdir()] == ["settings.toml"]


def test_a_folder_that_another_process_set_up_meanwhile_stays_its_own(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, make_instance: Make
) -> None:
    build = Instance._build

    def slow(self: Instance, *arguments: object, **named: object) -> object:
        monkeypatch.setattr(Instance, "_build", build)
        quicker = make_instance(instance.folder)
        quicker.create("words of the quicker one")
        quicker.lock()
        return build(self, *arguments, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Instance, "_build", slow)
    with pytest.raises(InstanceExists):
        instance.create(PASSPHRASE)
    desk = make_instance(instance.folder).unlock("words of the quicker one")
    assert every_person(desk) == ()


def test_a_missing_folder_cannot_be_unlocked(instance: Instance) -> None:
    with pytest.raises(InstanceMissing):
        instance.unlock(PASSPHRASE)
    assert instance.unlock_from_environment() is None


def test_wrong_passphrases_open_nothing_and_soon_have_to_wait(
    instance: Instance, make_instance: Make, clock: HandClock
) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            instance.unlock("not this one at all")
    with pytest.raises(TooSoon) as caught:
        make_instance(instance.folder).unlock(PASSPHRASE)
    assert caught.value.wait_seconds > 0
    assert not instance.is_open
    clock.forward(hours=1)
    assert instance.unlock(PASSPHRASE) is instance.desk


def test_an_open_folder_still_asks_for_the_right_passphrase(instance: Instance) -> None:
    desk = instance.create(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        instance.unlock("not this one at all")
    assert instance.unlock(PASSPHRASE) is desk


@pytest.mark.parametrize(("lost", "said"), [
    ("key.json", "a database but no key"), ("optout.db", "a key but no database")])
def test_a_folder_that_lost_a_half_says_which(instance: Instance, lost: str, said: str) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    (instance.folder / lost).unlink()
    for act in (instance.exists, lambda: instance.unlock(PASSPHRASE),
                lambda: instance.create(PASSPHRASE)):
        with pytest.raises(InstanceUnusable, match=said) as caught:
            act()
        assert "Put" in caught.value.remedy


def test_a_half_written_database_is_told_from_a_wrong_passphrase(instance: Instance) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    database = instance.folder / "optout.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:5000])
    with pytest.raises(InstanceUnusable):
        instance.unlock(PASSPHRASE)
    assert not instance.is_open
    assert database.read_bytes() == whole[:5000]


def test_a_changed_key_file_is_told_from_a_wrong_passphrase(instance: Instance) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    path = instance.folder / "key.json"
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Tampered):
        instance.unlock(PASSPHRASE)


def test_a_folder_open_to_others_is_closed_to_them(instance: Instance) -> None:
    instance.create(PASSPHRASE)
    instance.folder.chmod(0o755)
    assert instance.exists()
    assert stat.S_IMODE(instance.folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_closed_to_others_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.folder.mkdir(mode=0o755)
    instance.folder.chmod(0o755)

    def deaf(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", deaf)
    with pytest.raises(InstanceUnusable, match="Other users"):
        instance.exists()


def test_a_folder_of_somebody_else_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(InstanceUnusable, match="another user"):
        instance.unlock(PASSPHRASE)


def test_a_file_in_the_place_of_the_folder_is_refused(instance: Instance) -> None:
    instance.folder.write_text("", "utf-8")
    with pytest.raises(InstanceUnusable, match="is a file"):
        instance.create(PASSPHRASE)


def test_a_folder_that_cannot_be_written_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests as root may write everywhere: the system's answer is stood in for.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InstanceUnusable, match="cannot be made"):
        instance.exists()
    instance.folder.mkdir(mode=0o700)
    with pytest.raises(InstanceUnusable, match="cannot be written"):
        instance.create(PASSPHRASE)


def test_a_place_that_takes_no_folder_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(InstanceUnusable, match="cannot be made"):
        instance.create(PASSPHRASE)


def from_file(instance: Instance, path: Path) -> Instance:
    """The same folder, with a passphrase file in the settings."""
    settings = Settings(instance=instance.folder, passphrase_file=path)
    return Instance(settings, instance.clock, Library(settings), cost=keyfile.CHEAP)


def test_a_passphrase_file_sets_up_and_later_opens_without_a_question(
    instance: Instance, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    with_file = from_file(instance, secret)
    assert with_file.unlock_from_environment() is with_file.desk
    assert with_file.unlock_from_environment() is with_file.desk
    with_file.lock()
    assert instance.unlock(PASSPHRASE) is instance.desk
    instance.lock()
    assert from_file(instance, secret).unlock_from_environment() is not None


@pytest.mark.parametrize("content", [None, "", "\n", "short"])
def test_a_useless_passphrase_file_is_refused_and_makes_nothing(
    instance: Instance, tmp_path: Path, content: str | None
) -> None:
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_text(content, "utf-8")
    with pytest.raises(OptoutError):
        from_file(instance, secret).unlock_from_environment()
    assert not instance.folder.exists()


def test_the_keyring_opens_what_it_remembers(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from optout.vault import passphrase

    instance.create(PASSPHRASE)
    instance.lock()
    assert instance.unlock_from_environment() is None
    own = keyfile.identity(instance.folder / "key.json")
    monkeypatch.setattr(passphrase, "from_keyring", {own: PASSPHRASE}.get)
    assert instance.unlock_from_environment() is instance.desk


def test_the_registry_is_kept_parsed_beside_the_data_and_read_from_there(
    instance: Instance
) -> None:
    instance.create(PASSPHRASE)
    first = instance.library.registry
    assert any((instance.folder / "cache").iterdir())
    settings = replace(instance.settings)
    again = Library(settings, brokers_file=instance.library._brokers_file)
    assert again.registry.get("quick-mail") == first.get("quick-mail")
