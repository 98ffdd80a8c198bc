"""`registry check`: everything that is wrong with a registry file, and what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from optout.domain.broker import Broker
from optout.domain.errors import InvalidFile
from optout.registry import strict_yaml
from optout.registry.finding import Finding, in_order
from optout.registry.lint import addresses, ages, lookalikes, owners
from optout.registry.lint.rules import Remark
from optout.registry.reading import read_registry


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of a check.

    Args:
        ok: nothing is wrong; warnings may stand.
        brokers: how many entries the file has, readable or not.
    """

    ok: bool
    brokers: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """The shape of DESIGN section 6."""
        return {"ok": self.ok, "brokers": self.brokers,
                "errors": [finding.as_dict() for finding in self.errors],
                "warnings": [finding.as_dict() for finding in self.warnings]}


def check_file(path: Path, overlay: Path | None = None, *, day: date | None = None) -> CheckResult:
    """Check a registry file, with its overlay where one exists. Nothing is raised or written.

    Args:
        path: brokers.yaml, or a file like it.
        overlay: brokers.local.yaml; need not exist.
        day: today, for what is past its check-by date; without one nobody asks for that.
    """
    files = []
    for one in (path, overlay):
        if one is None or (one is overlay and not one.exists()):
            continue
        try:
            files.append((one.name, strict_yaml.read_bytes(one)))
        except InvalidFile as error:
            return CheckResult(ok=False, brokers=0, warnings=(),
                               errors=(Finding("", "", 0, str(error), one.name),))
    reading = read_registry(files)
    errors, warnings = list(reading.errors), list(reading.warnings)
    for remark in _closer_looks({broker.id: broker for broker in reading.brokers}, day):
        (warnings if remark.only_warns else errors).append(reading.place(remark))
    return CheckResult(ok=not errors, brokers=reading.entries, errors=in_order(errors),
                       warnings=in_order(warnings))


def _closer_looks(brokers: Mapping[str, Broker], day: date | None) -> Iterator[Remark]:
    """What takes too long to be asked at every start."""
    yield from addresses.look_at(brokers)
    yield from owners.look_at(brokers)
    yield from lookalikes.look_at(brokers)
    yield from ages.look_at(brokers, day) if day else ages.stamps(brokers)
