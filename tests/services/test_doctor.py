"""The doctor: every look is a finding, every fault has its remedy, nothing is an error."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.words import Standing
from optout.services import own_holidays, people, requests
from optout.services.desk import Library
from optout.services.doctor import Finding, examine
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import requests as rows
from optout.vault import keyfile, marks
from tests.factories import californian
from tests.services.conftest import BROKERS, PASSPHRASE


def faults(instance: Instance) -> list[Finding]:
    return [finding for finding in examine(instance) if not finding.ok]


def test_a_sound_folder_has_no_faults_locked_or_open(instance: Instance) -> None:
    assert faults(instance) == []
    instance.create(PASSPHRASE)
    assert faults(instance) == []
    instance.lock()
    assert faults(instance) == []
    said = " ".join(finding.what for finding in examine(instance))
    for word in ("Python", "driver", "encrypted", "registry", "laws", "calendar", "MB"):
        assert word in said


def test_closed_days_of_ones_own_are_counted_and_a_wrong_file_is_a_fault(
    instance: Instance
) -> None:
    instance.create(PASSPHRASE)
    own_holidays.add(instance.library, "US", date(2026, 12, 1), "Closed")
    assert "You entered 1 closed day." in " ".join(f.what for f in examine(instance))
    own_holidays.add(instance.library, "US", date(2026, 12, 2), "Closed")
    assert "You entered 2 closed days." in " ".join(f.what for f in examine(instance))
    instance.library.holidays_file.write_text("US: x\n", "utf-8")
    (fault,) = faults(instance)
    assert "holidays.local.yaml:1: US: expected a list" in fault.what
    assert fault.remedy


def test_every_fault_says_what_to_do(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, clock: HandClock
) -> None:
    instance.create(PASSPHRASE)
    instance.lock()
    (instance.folder / "key.json").unlink()
    clock.forward(days=2000)
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - the library's own shape
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 0))
    found = faults(instance)
    said = " ".join(finding.what for finding in found)
    for word in ("no key", "registry", "calendar", "0 MB"):
        assert word in said
    assert all(finding.remedy for finding in found)


def test_a_file_that_others_can_read_is_named(instance: Instance) -> None:
    instance.create(PASSPHRASE)
    (instance.folder / "key.json").chmod(0o644)
    (fault,) = faults(instance)
    assert "key.json" in fault.what
    assert "chmod" in fault.remedy


def test_how_a_keyring_gets_the_passphrase_is_told(instance: Instance) -> None:
    def said() -> str:
        return next(one.what for one in examine(instance) if "The passphrase is" in one.what)

    assert said().endswith("unless the system’s keyring has it.")
    instance.create(PASSPHRASE)
    known = keyfile.identity(instance.folder / "key.json")
    assert f"“keyring set optout {known}”" in said()


def test_the_passphrase_file_is_looked_at_and_never_quoted(
    tmp_path: Path, clock: HandClock
) -> None:
    secret = tmp_path / "secret"
    settings = Settings(instance=tmp_path / "i", passphrase_file=secret)
    instance = Instance(settings, clock, Library(settings, brokers_file=BROKERS))
    (missing,) = faults(instance)
    assert "cannot be read" in missing.what
    secret.write_text(PASSPHRASE, "utf-8")
    secret.chmod(0o600)
    assert faults(instance) == []
    secret.chmod(0o644)
    tmp_path.chmod(0o755)
    (public,) = faults(instance)
    assert "chmod 600" in public.remedy
    assert PASSPHRASE not in str(examine(instance))


def test_a_broken_registry_is_a_finding(tmp_path: Path, clock: HandClock) -> None:
    broken = tmp_path / "brokers.yaml"
    broken.write_text("brokers:\n\t- nothing\n", "utf-8")
    settings = Settings(instance=tmp_path / "i")
    (fault,) = faults(Instance(settings, clock, Library(settings, brokers_file=broken)))
    assert fault.remedy
    assert "brokers.yaml:2: there is a tab in this line" in fault.what


def test_corrections_that_cannot_be_read_are_a_finding(tmp_path: Path, clock: HandClock) -> None:
    settings = Settings(instance=tmp_path / "i")
    overlay = settings.instance / "brokers.local.yaml"
    overlay.mkdir(parents=True)
    (fault,) = faults(Instance(settings, clock, Library(settings)))
    assert "brokers.local.yaml cannot be read" in fault.what


def test_without_a_browser_the_address_is_printed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert faults(instance) == []
    assert any("No browser" in finding.what for finding in examine(instance))


def said(instance: Instance) -> str:
    return " ".join(finding.what for finding in examine(instance))


def test_it_tells_which_process_looks_for_what_is_due_and_when_one_did_last(
    instance: Instance
) -> None:
    assert "last sweep" not in said(instance)
    instance.create(PASSPHRASE)
    instance.lock()
    at = f"{instance.clock.now().astimezone():%Y-%m-%d at %H:%M}"
    assert f"The last sweep for what is due was on {at}." in said(instance)
    assert "The app is not running" in said(instance)
    held = marks.hold(instance.folder / "lock" / "scheduler", "4711")
    assert held
    with held:
        assert "Process 4711 looks every hour" in said(instance)
    assert "4711" not in said(instance)


def test_a_clock_that_went_back_is_a_fault_from_outside_and_with_the_data_open(
    instance: Instance, clock: HandClock
) -> None:
    instance.create(PASSPHRASE)
    mark = instance.folder / "lock" / "sweep"
    for days, wrong in ((1, False), (3, True)):
        at = clock.now().timestamp() + days * 86_400 - 60
        os.utime(mark, (at, at))
        assert [bool(fault.remedy) for fault in faults(instance)] == [True] * wrong
    instance.sweep()
    assert faults(instance) == []
    before = clock.today()
    clock.forward(days=60)
    instance.sweep()
    set_back = Instance(instance.settings, HandClock(before), instance.library)
    set_back.unlock(PASSPHRASE)
    (fault,) = faults(set_back)
    assert fault.what == f"This computer’s date was {clock.today().isoformat()} before."
    set_back.lock()


def test_requests_that_do_not_agree_with_their_histories_are_told_by_id(
    instance: Instance
) -> None:
    desk = instance.create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    assert examine(instance)[-1].what.startswith("The requests that changed last")
    assert examine(instance, audit=True)[-1].what == "All requests agree with their histories."
    with desk.store.writing() as session:
        rows.update(session, replace(file.request, standing=Standing.CLOSED))
    for audit in (False, True):
        finding = examine(instance, audit=audit)[-1]
        assert not finding.ok
        assert file.request.id in finding.what
        assert "Sample" not in finding.what


def test_only_an_audit_looks_at_requests_that_changed_long_ago(
    instance: Instance, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optout.services.doctor.NEWEST", 1)
    desk = instance.create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    (old,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    clock.forward(days=1)
    requests.create_requests(desk, person.id, ["slow-post"], actor=OWNER)
    with desk.store.writing() as session:
        rows.update(session, replace(old.request, standing=Standing.CLOSED))
    assert examine(instance)[-1].ok
    assert old.request.id in examine(instance, audit=True)[-1].what
