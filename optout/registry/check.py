"""`registry check`: everything that is wrong with a registry file, and what deserves a look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile
from optout.registry import strict_yaml
from optout.registry.finding import Finding
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


def check_file(path: Path, overlay: Path | None = None) -> CheckResult:
    """Check a registry file, with its overlay where one exists. Nothing is raised or written."""
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
    return CheckResult(ok=not reading.errors, brokers=reading.entries, errors=reading.errors,
                       warnings=reading.warnings)
