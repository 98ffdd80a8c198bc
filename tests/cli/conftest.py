"""A program on a fresh data folder, and one on which the whole journey was walked."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program

BROKERS = ("spokeo", "beenverified", "lexisnexis-risk-consumer-center")
PERSON_FILE = """\
names: [{given: Avery, family: Sample, kind: legal}]
emails: [avery.sample@example.com]
phones: ["+1 415 555 0142"]
addresses: [{street: 100 Fictional Way, city: San Francisco, region: CA, postal_code: "94102", \
country: US, current: true}]
residences: [US-CA]
date_of_birth: 1985-04-12
at_risk: false
reply_email: optout.sample@example.com
reply_address: {street: PO Box 0, city: San Francisco, region: CA, postal_code: "94102", \
country: US}
language: en
"""


@pytest.fixture
def optout(tmp_path: Path) -> Program:
    """A program whose data folder is not set up yet."""
    return Program.in_folder(tmp_path)


@pytest.fixture
def person_file(tmp_path: Path) -> Path:
    """The person.yaml of the design."""
    path = tmp_path / "person.yaml"
    path.write_text(PERSON_FILE, "utf-8")
    return path


@dataclass
class Walked:
    """A data folder with one person and one request to each of a few brokers."""

    program: Program
    person: str
    requests: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="session")
def walked_before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Walked]]:
    """Where the journey is walked, and the one walk, once it has been."""
    return tmp_path_factory.mktemp("walked"), []


@pytest.fixture
def walked(
    walked_before: tuple[Path, list[Walked]], tmp_path: Path, optout: Program,
    person_file: Path,
) -> Walked:
    """The journey up to the created requests, every question answered with yes.

    It is walked once in a run; each test gets a data folder of its own, a copy.
    """
    folder, walks = walked_before
    if not walks:
        walks.append(_walk(Program.in_folder(folder), person_file))
    shutil.copytree(folder / "instance", tmp_path / "instance")
    return replace(walks[0], program=optout, requests=deepcopy(walks[0].requests))


def _walk(optout: Program, person_file: Path) -> Walked:
    person = optout.json("person", "add", "--file", person_file)["id"]
    made = Walked(optout, person)
    for broker in BROKERS:
        plan = optout.json("plan", person, "--broker", broker)
        gates = {gate["id"] for action in plan["actions"] for gate in action["gates"]
                 if gate["holds"]}
        if gates:
            optout.json("plan", person, "--broker", broker,
                        *(word for gate in sorted(gates) for word in ("--answer", gate)))
        made.requests += optout.json("request", "create", person, "--broker", broker)
    return made
