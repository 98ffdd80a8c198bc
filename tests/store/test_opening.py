"""Opening: every connection is hardened; what cannot be opened is explained and left alone."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from optout.domain.errors import (
    DriverMissing,
    InstanceExists,
    InstanceMissing,
    InstanceUnusable,
)
from optout.store import driver, meta, people, requests
from optout.store.models import PersonRow
from optout.store.store import Store
from tests import quick_store
from tests.store import samples
from tests.store.conftest import Furnished

WRONG = "77" * 32


def test_every_connection_is_hardened(store: Store) -> None:
    wanted = {"foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "temp_store": 2,
              "journal_mode": "wal", "synchronous": 1, "busy_timeout": 10_000,
              "cache_size": -driver.CACHE_KIB, "cipher_log_level": "NONE"}
    with ExitStack() as stack:
        sessions = [stack.enter_context(store.reading()) for _ in range(7)]
        handles = {id(s.connection().connection.dbapi_connection) for s in sessions}
        assert len(handles) == 7
        for session in sessions:
            found = {name: session.execute(sa.text(f"PRAGMA {name}")).scalar() for name in wanted}
            assert found == wanted


def test_a_reading_session_cannot_write(store: Store) -> None:
    with (store.reading() as session,
          pytest.raises(sa.exc.OperationalError, match="readonly")):
        meta.put(session, "key", "value")
    with store.writing() as session:
        meta.put(session, "key", "value")


def test_an_error_carries_no_values(furnished: Furnished) -> None:
    with pytest.raises(sa.exc.IntegrityError) as told, furnished.store.writing() as session:
        requests.add_many(session, [samples.request(furnished.person_id, furnished.matter_id)])
    assert "acme-data" not in str(told.value)
    assert "hidden" in str(told.value)


def test_representations_carry_no_values(furnished: Furnished) -> None:
    with furnished.store.reading() as session:
        row = session.get(PersonRow, furnished.person_id)
    assert repr(row) == "<PersonRow>"
    assert repr(furnished.store) == "<Store optout.db>"


def test_a_new_database_appears_whole_and_closed_to_others(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store.create(tmp_path / "optout.db", samples.KEY)
        with store.writing() as session:
            meta.put(session, "key", "value")
        names = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert names == {"optout.db": 0o600, "optout.db-wal": 0o600, "optout.db-shm": 0o600}
    assert [entry.name for entry in tmp_path.iterdir()] == ["optout.db"]


def test_an_existing_database_is_never_made_anew(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(InstanceExists):
        Store.create(path, samples.KEY)
    assert path.read_bytes() == before


def test_a_creation_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / ".optout.db.unfinished").write_bytes(b"half")
    Store.create(tmp_path / "optout.db", samples.KEY).close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["optout.db"]


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("optout.store.store._build", quick_store.migrated)
    monkeypatch.setattr("optout.store.upgrade.to_head", fail)
    with pytest.raises(RuntimeError):
        Store.create(tmp_path / "optout.db", samples.KEY)
    assert list(tmp_path.iterdir()) == []


def unusable(path: Path, said: str, key: str = samples.KEY) -> None:
    """The file is refused with these words, and neither changed nor joined by others."""
    before = path.read_bytes()
    with pytest.raises(InstanceUnusable, match=said) as told:
        Store.open(path, key)
    assert told.value.remedy
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_wrong_key_does_not_blame_the_passphrase(path: Path) -> None:
    unusable(path, "another key file", WRONG)


def test_a_damaged_page_is_told_from_a_wrong_key(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    unusable(path, "1 of [0-9]+ pages")


def test_a_cut_off_file_is_incomplete(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20])
    unusable(path, "incomplete")


def test_a_file_cut_off_within_a_page_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20 + 7])
    unusable(path, "1 of 21 pages")


def test_a_file_cut_off_within_its_first_page_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])
    unusable(path, "half-written: it ends after 1000 bytes")


@pytest.mark.parametrize("size", [4096, 8192, 10_000])
def test_garbage_is_refused(path: Path, size: int) -> None:
    path.write_bytes(os.urandom(size))
    unusable(path, "does not open with the key")


@pytest.mark.parametrize("size", [0, 1, 512, 4095])
def test_a_stump_is_not_taken_for_a_new_database(path: Path, size: int) -> None:
    path.write_bytes(os.urandom(size))
    unusable(path, f"ends after {size} bytes")


def test_an_unencrypted_database_is_not_ours(path: Path) -> None:
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    unusable(path, "not encrypted")


def test_an_encrypted_database_of_another_program_is_not_ours(path: Path) -> None:
    path.unlink()
    other = driver.load().connect(str(path))
    driver.give_key(other, samples.KEY)
    other.execute("CREATE TABLE t (x)")
    other.close()
    unusable(path, "not made by optout")


def test_a_missing_database_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InstanceMissing):
        Store.open(tmp_path / "optout.db", samples.KEY)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "optout.db").mkdir()
    with pytest.raises(InstanceUnusable, match="cannot be read"):
        Store.open(tmp_path / "optout.db", samples.KEY)


def test_a_log_that_cannot_be_opened_is_told_with_its_remedy(path: Path) -> None:
    path.with_name("optout.db-wal").mkdir()
    with pytest.raises(InstanceUnusable, match="belong to you"):
        Store.open(path, samples.KEY)


@pytest.mark.parametrize("key", ["", "ab", "zz" * 32, "AB" * 32, "ab" * 32 + "'"])
def test_a_key_that_is_none_is_refused(path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="64"):
        Store.open(path, key)


def test_without_the_driver_the_app_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(DriverMissing, match="pip install sqlcipher3"):
        Store.open(path, samples.KEY)


def test_a_driver_that_cannot_encrypt_counts_as_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", sqlite3)
    with pytest.raises(DriverMissing, match="cannot encrypt"):
        Store.open(path, samples.KEY)


def test_a_driver_that_ignores_a_safeguard_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(driver.PRAGMAS, "secure_delete", "OFF")
    with pytest.raises(InstanceUnusable, match="secure_delete"):
        Store.open(path, samples.KEY)


def test_a_wrong_key_prints_nothing(path: Path) -> None:
    code = ("import sys; from pathlib import Path; from optout.store.store import Store\n"
            "from optout.domain.errors import InstanceUnusable\n"
            "try: Store.open(Path(sys.argv[1]), sys.argv[2])\n"
            "except InstanceUnusable: pass")
    done = subprocess.run([sys.executable, "-c", code, str(path), WRONG],
                          check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_opening_does_not_load_the_migration_library(path: Path) -> None:
    code = ("import sys; from pathlib import Path; from optout.store.store import Store\n"
            "Store.open(Path(sys.argv[1]), sys.argv[2]).close()\n"
            "assert 'alembic' not in sys.modules")
    subprocess.run([sys.executable, "-c", code, str(path), samples.KEY], check=True)


@pytest.mark.parametrize("name", ["with space.db", "per%cent.db", "quest?ion#.db", "ümlaut.db"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    Store.create(tmp_path / name, samples.KEY).close()
    unusable(tmp_path / name, "another key file", WRONG)
    store = Store.open(tmp_path / name, samples.KEY)
    with store.writing() as session:
        people.save(session, samples.AVERY)
    store.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
