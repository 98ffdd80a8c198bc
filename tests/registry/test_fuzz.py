"""Whatever stands in a registry file: it is read or refused, never a crash and never a hang."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.registry import strict_yaml
from optout.registry.reading import Reading, read_registry
from tests.registry.sample import SMALL

SOUND = SMALL.read_bytes()
ENTRIES: list[dict[str, Any]] = strict_yaml.load(SOUND)[0]["brokers"]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.sampled_from(
        ["https://example.com", "us-ca", "2026-02-30", "email", "example-search", "\u202e", "="]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner,
                                                                max_size=4), max_leaves=12)


def reading(content: bytes) -> Reading:
    found = read_registry([("brokers.yaml", content)])
    assert all(error.message and error.line >= 1 for error in found.errors)
    return found


def test_the_sample_itself_is_sound() -> None:
    assert reading(SOUND).errors == ()


@given(st.binary(max_size=400))
@settings(deadline=timedelta(seconds=2))
def test_any_bytes_are_refused_with_a_reason(content: bytes) -> None:
    assert reading(content).errors


@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=6))
@settings(deadline=timedelta(seconds=2))
def test_a_damaged_file_is_read_or_refused(at: int, junk: bytes) -> None:
    reading(SOUND[:at] + junk + SOUND[at + len(junk):])


@given(st.integers(0, len(ENTRIES) - 1), st.data(), anything)
@settings(deadline=timedelta(seconds=2))
def test_any_value_in_any_field_is_read_or_refused(
    entry: int, data: st.DataObject, value: object,
) -> None:
    spoilt = copy.deepcopy(ENTRIES)
    spoilt[entry][data.draw(st.sampled_from(sorted(spoilt[entry])))] = value
    reading(yaml.safe_dump({"brokers": spoilt}, allow_unicode=True).encode())


@given(st.integers(2, 60))
def test_aliases_cannot_blow_up_memory(levels: int) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels))
    found = reading(f"{bomb}brokers: []\n".encode())
    assert any("is refused" in error.message for error in found.errors)
