"""No sentence of the program promises that an opt-out stops an agency or erases its records."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planning.builders import rules

ROOT = Path(__file__).resolve().parents[2]

_AGENCY = re.compile(
    r"\b(ICE|DHS|CBP|USCIS|FBI|Homeland|immigration|deport\w*|government\w*|agenc(?:y|ies)|"
    r"police|law.enforcement|authorities)\b", re.IGNORECASE)
_MEANS = re.compile(
    r"\b(opt(?:ing)?.?out|freez\w+|frozen|DROP|removal|suppression|deletion|this request|"
    r"this plan|this program|these steps)\b", re.IGNORECASE)
_EFFECT = re.compile(
    r"\b(stops?|erases?|deletes?|prevents?|protects?|removes?|shields?|hides?|ends?|"
    r"keeps? .{0,40}(?:away|from|out)|makes? .{0,20}invisible|cannot find|no longer find)\b",
    re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(not?|never|none|cannot|neither|nor|nothing|nobody|without|only|isn.t|doesn.t)\b",
    re.IGNORECASE)


def promises(sentence: str) -> bool:
    """Whether a sentence says that a step of ours stops an agency, or empties its records."""
    return all(pattern.search(sentence) for pattern in (_AGENCY, _MEANS, _EFFECT)) and not (
        _DENIAL.search(sentence))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without markup."""
    plain = re.sub(r"<[^>]*>|\{[%#][^%#]*[%#]\}|\{\{|\}\}", " ", text)
    yield from re.split(r"(?<=[.?!:;])\s+|\n\s*\n", plain)


def texts() -> Iterator[tuple[str, str]]:
    """Every sentence that somebody could read in the program, with its file."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path.name, path.read_text("utf-8")
    for path in sorted((ROOT / "optout").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.name, node.value
    for path in (ROOT / "optout" / "planning" / "gates.yaml", ROOT / "brokers.yaml",
                 *sorted((ROOT / "optout" / "law" / "laws").glob("*.yaml"))):
        yield path.name, path.read_text("utf-8")


def test_no_sentence_promises_that_an_agency_is_stopped() -> None:
    found = [f"{name}: {' '.join(sentence.split())}" for name, text in texts()
             for sentence in sentences(text) if promises(sentence)]
    assert found == []


@pytest.mark.parametrize("sentence", [
    "An opt-out stops ICE.", "Opting out keeps the police away from you.",
    "DROP deletes what government agencies hold.", "A freeze hides you from immigration.",
    "This plan protects you from deportation.",
])
def test_a_promise_would_be_found(sentence: str) -> None:
    assert promises(sentence)


def test_the_limit_itself_is_said_and_is_no_promise() -> None:
    rule = rules().rule("no-deletion-promise")
    said = f"{rule.question} {rule.explanation}"
    assert "does not stop ICE" in said
    assert not any(promises(sentence) for sentence in sentences(said))
