"""Each kind of bad input gets a sentence that says what to do; nothing is lost or half-written."""

from __future__ import annotations

import os
import resource
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Walked
from tests.program import Program

TWICE = """\
- id: twice
  name: First
- id: twice
  name: Second
"""


def test_a_person_without_residence(optout: Program) -> None:
    answer = optout("person", "add", "--given", "Avery", "--family", "Sample")
    assert answer.code == 1
    assert "residence" in answer.err
    assert "US-CA" in answer.err
    assert optout.json("person", "list") == []


def test_an_address_without_country(optout: Program) -> None:
    answer = optout("person", "add", "--given", "Avery", "--family", "Sample",
                    "--residence", "US-CA", "--address", "100 Fictional Way; San Francisco; CA")
    assert answer.code == 1
    assert "country" in answer.err
    assert optout.json("person", "list") == []


def test_an_address_with_too_many_parts(optout: Program) -> None:
    answer = optout("person", "add", "--given", "Avery", "--family", "Sample",
                    "--residence", "US-CA", "--address", "a; b; c; d; US; e")
    assert answer.code == 1
    assert "street; city; region; postal code; country" in answer.err


def test_an_unknown_key_in_person_yaml_is_refused_by_name(
    optout: Program, person_file: Path
) -> None:
    person_file.write_text(person_file.read_text("utf-8") + "shoe_size: 44\n", "utf-8")
    answer = optout("person", "add", "--file", person_file)
    assert answer.code == 1
    assert "shoe_size" in answer.err
    assert optout.json("person", "list") == []


def test_a_person_file_that_is_not_there(optout: Program, tmp_path: Path) -> None:
    answer = optout("person", "add", "--file", tmp_path / "nobody.yaml")
    assert answer.code in (1, 2)
    assert "nobody.yaml" in answer.err


def test_two_brokers_with_one_id(optout: Program, tmp_path: Path) -> None:
    registry = tmp_path / "brokers.yaml"
    entry = spokeo()
    registry.write_text(f"{head()}{entry}{entry}", "utf-8")
    answer = optout("registry", "check", registry)
    assert answer.code == 1
    assert "spokeo" in answer.out
    errors = optout("registry", "check", registry, "--json")
    assert errors.code == 1
    assert '"line"' in errors.out


def head() -> str:
    """The packaged registry up to its first broker."""
    text = Path("brokers.yaml").read_text("utf-8")
    return text[:text.index("  - id: ")] if "  - id: " in text else text[:text.index("- id: ")]


def spokeo() -> str:
    """One entry of the packaged registry."""
    lines = Path("brokers.yaml").read_text("utf-8").splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.strip() == "- id: spokeo")
    mark = lines[first][:lines[first].index("- id")] + "- id: "
    last = next((n for n, line in enumerate(lines) if n > first and line.startswith(mark)),
                len(lines))
    return "".join(lines[first:last])


def test_a_registry_with_a_tab(optout: Program, tmp_path: Path) -> None:
    registry = tmp_path / "brokers.yaml"
    registry.write_text(f"{head()}{spokeo()}\tname: Tab\n", "utf-8")
    answer = optout("registry", "check", registry)
    assert answer.code == 1
    assert "tab" in answer.out.lower()


def test_a_person_file_with_a_tab(optout: Program, person_file: Path) -> None:
    person_file.write_text(person_file.read_text("utf-8") + "\tlanguage: en\n", "utf-8")
    answer = optout("person", "add", "--file", person_file)
    assert answer.code == 1
    assert "tab" in answer.err.lower()
    line = len(person_file.read_text("utf-8").splitlines())
    assert f"person.yaml:{line}:" in answer.err


def test_a_broken_overlay_stops_what_reads_brokers(walked: Walked) -> None:
    (walked.program.instance / "brokers.local.yaml").write_text("brokers:\n\t- id: x\n", "utf-8")
    answer = walked.program("registry", "stats")
    assert answer.code == 1
    assert "brokers.local.yaml:2" in answer.err


def test_a_half_written_database(walked: Walked) -> None:
    database = walked.program.instance / "optout.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:len(whole) // 2])
    answer = walked.program.apart("person", "list")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") <= 2
    assert database.read_bytes() == whole[:len(whole) // 2], "the evidence was changed"


def test_a_wrong_passphrase(walked: Walked, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("not the right words at all\n", "utf-8")
    other.chmod(0o600)
    answer = walked.program.apart("person", "list",
                                  environment={"OPTOUT_PASSPHRASE_FILE": str(other)})
    assert (answer.code, answer.out) == (1, "")
    assert "passphrase" in answer.err.lower()
    assert "Traceback" not in answer.err


def test_a_passphrase_file_that_is_not_there(walked: Walked, tmp_path: Path) -> None:
    walked.program.environment["OPTOUT_PASSPHRASE_FILE"] = str(tmp_path / "nothing")
    answer = walked.program("person", "list")
    assert answer.code == 1
    assert "nothing" in answer.err


def test_a_port_in_use(optout: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = optout("serve", "--no-browser", "--port", port)
    assert answer.code == 1
    assert str(port) in answer.err
    assert "--port" in answer.err


def test_an_instance_folder_of_somebody_else(optout: Program, tmp_path: Path) -> None:
    foreign = Path("/usr")
    if os.geteuid() == 0:
        foreign = tmp_path / "foreign"
        foreign.mkdir()
        os.chown(foreign, 12345, 12345)
    answer = Program(foreign, optout.environment)("person", "list")
    assert answer.code == 1
    assert "belongs to another user" in answer.err
    assert "--instance" in answer.err


def test_an_instance_folder_that_cannot_be_made(optout: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    answer = Program(tmp_path / "file" / "instance", optout.environment)("person", "list")
    assert answer.code == 1
    assert "cannot be made" in answer.err


def test_an_instance_folder_that_cannot_be_written(optout: Program, tmp_path: Path) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    with unwritable(folder):
        answer = Program(folder, optout.environment).apart("person", "list")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert "--instance" in answer.err
    assert list(folder.iterdir()) == []


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """A folder without the right to write; for root, who has every right, a read-only mount."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    with mounted(folder, "ro"):
        yield


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small file system of its own; skips where the kernel allows none."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
                          check=False, capture_output=True)
    if done.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_folder_open_to_others_is_tightened(walked: Walked) -> None:
    walked.program.instance.chmod(0o755)
    walked.program.json("person", "list")
    assert stat.S_IMODE(walked.program.instance.stat().st_mode) == 0o700


def test_a_full_disk_while_documents_are_written(walked: Walked, tmp_path: Path) -> None:
    out = tmp_path / "small"
    out.mkdir()
    with room_for_little(out) as limits:
        full = subprocess.run(
            [*walked.program.command, "generate", walked.person, "--out", str(out)],
            check=False, capture_output=True, text=True, preexec_fn=limits,
            env={**os.environ, **walked.program.environment})
        left = [path for path in out.rglob("*") if path.is_file() and path.name != "filler"]
    assert full.returncode == 1, full
    assert "room" in full.stderr
    assert left == [], "something half-written stayed"
    rows = walked.program.json("generate", walked.person, "--out", tmp_path / "large")
    assert len(rows) == len(walked.requests)


@contextmanager
def room_for_little(out: Path) -> Iterator[Callable[[], None] | None]:
    """A folder with a few kilobytes left; without the right to mount, a limit on file sizes."""
    if os.geteuid() == 0:
        with mounted(out, "size=64k"):
            (out / "filler").write_bytes(b"x" * 60_000)
            yield None
        return
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_a_full_disk_under_the_data_folder(optout: Program, person_file: Path, tmp_path: Path
                                           ) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("needs the right to mount a small disk")
    with mounted(disk, "size=4m"):
        program = Program(disk / "instance", optout.environment)
        first = program.json("person", "add", "--file", person_file)
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
        answers = [program.apart("person", "add", "--file", person_file) for _ in range(3)]
        assert any(answer.code == 1 for answer in answers)
        for answer in answers:
            assert answer.code in (0, 1)
            assert "Traceback" not in answer.err
            assert answer.code == 0 or "room" in answer.err
        filler.unlink()
        kept = {one["id"] for one in program.json("person", "list")}
        assert first["id"] in kept
        assert len(kept) == 1 + sum(answer.code == 0 for answer in answers)
