"""The small registry that tests read, and mutilate."""

from pathlib import Path

from optout.registry.check import CheckResult, check_file

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "samples" / "registry" / "small.yaml"
SHIPPED = ROOT / "brokers.yaml"


def small() -> str:
    return SMALL.read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    """The small registry with one change; the change must be possible."""
    text = small()
    assert text.count(old) == 1, old
    return text.replace(old, new)


def check(tmp_path: Path, text: str | bytes) -> CheckResult:
    path = tmp_path / "brokers.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return check_file(path)


def complaints(tmp_path: Path, text: str | bytes) -> str:
    """Every error of a text, one to a line."""
    return "\n".join(str(finding) for finding in check(tmp_path, text).errors)
