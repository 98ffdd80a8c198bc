"""Writing entries: what is written reads back as the same data, in one canonical shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.registry import strict_yaml
from optout.registry.fields import BROKER
from optout.registry.writing import WIDTH, entry_yaml, file_yaml
from tests.registry.sample import SHIPPED

_PIECES = st.sampled_from([
    "“quoted”", "it’s", "a: b", "a:", " #", "#", "- ", "-", "?", "[", "]", "{", "}", ",", "&a",
    "*a", "!", "|", ">", "'", '"', "\\", "%", "@", "`", "\t", "\n", "\x85", "\u2028", "\xa0",
    " ", "  ", "no", "true", "null", "07001", "12", "-3", "~", "<<", "=", "---", "...",
    "2026-01-31",
    "https://example.com/a?b=c#d", "a very plain sentence that goes on and on", "x" * 120])
TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=14).map("".join),
                  st.lists(_PIECES, max_size=30).map(" ".join))
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-10**17, 10**17), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["url", "kind", "lines", "text", "other_thing"]), inner,
                        max_size=4)),
    max_leaves=12)
ENTRIES = st.dictionaries(st.sampled_from([field.name for field in BROKER.fields] + ["over"]),
                          VALUES, min_size=1, max_size=6)


def _back(entries: list[dict[str, Any]]) -> Any:
    data, _ = strict_yaml.load(file_yaml(entries), name="written")
    return data["brokers"]


@settings(max_examples=150, deadline=None)
@given(st.lists(ENTRIES, max_size=2))
def test_whatever_is_written_reads_back_as_the_same_data(entries: list[dict[str, Any]]) -> None:
    assert _back(entries) == entries


def test_the_shipped_entries_read_back_and_fit_into_the_lines() -> None:
    data, _ = strict_yaml.load(SHIPPED)
    written = file_yaml(data["brokers"])
    assert strict_yaml.load(written)[0]["brokers"] == data["brokers"]
    long = [line for line in written.splitlines()
            if len(line) > WIDTH and " " in line.strip().removeprefix("- ").split(": ", 1)[-1]]
    assert long == []


def test_an_entry_has_the_shape_of_the_file() -> None:
    words = "The page asks for a name, and it shows a list in which you mark what is yours. "
    short, long = ("https://example.com/" + "a" * times for times in (40, 90))
    assert entry_yaml({
        "notes": "Yes: it is “free”.",
        "sources": [{"checked": "2026-08-22", "url": short},
                    {"url": long, "checked": "2026-08-22"}],
        "reported": {"collects_minors": False, "sold_foreign_actor": True},
        "procedures": [{
            "channel": "postal_mail", "needs": [], "checked": "2026-08-22",
            "basis": [{"kind": "state_filing"}, {"count": 2, "kind": "independent_lists"}],
            "address": {"lines": ["1 Example Street, Suite 2"], "city": "Example",
                        "postal_code": "02110", "country": "US"},
            "steps": [(words + words).strip()], "limits": ("Beware: " + words).strip()}],
        "domains": [f"example-number-{number}.example.com" for number in range(4)],
        "status": {"is": "active"}, "aliases": ["no", "Example, Inc."], "priority": "high",
        "name": "Example", "id": "example", "recheck_days": 45,
    }) == """\
- id: example
  name: Example
  priority: high
  domains:
  - example-number-0.example.com
  - example-number-1.example.com
  - example-number-2.example.com
  - example-number-3.example.com
  aliases: [no, "Example, Inc."]
  status: {is: active}
  procedures:
  - channel: postal_mail
    address:
      lines: ["1 Example Street, Suite 2"]
      city: Example
      postal_code: "02110"
      country: US
    needs: []
    steps:
    - The page asks for a name, and it shows a list in which you mark what is yours. The page asks
      for a name, and it shows a list in which you mark what is yours.
    limits: "Beware: The page asks for a name, and it shows a list in which you mark what is yours."
    basis: [{kind: state_filing}, {kind: independent_lists, count: 2}]
    checked: 2026-08-22
  recheck_days: 45
  reported:
    sold_foreign_actor: true
    collects_minors: false
  sources:
  - {url: @short@, checked: 2026-08-22}
  - url: @long@
    checked: 2026-08-22
  notes: "Yes: it is “free”."
""".replace("@short@", short).replace("@long@", long)


@pytest.mark.parametrize(("text", "written"), [
    ("no", "no"), ("2026-01-31", "2026-01-31"), ("“Hi”", "“Hi”"), ("a#b", "a#b"),
    ("https://example.com/a?b=c", "https://example.com/a?b=c"),
    ("true", '"true"'), ("null", '"null"'), ("~", '"~"'), ("12", '"12"'), ("", '""'),
    ("02110", '"02110"'), ("a: b", '"a: b"'), ("a #b", '"a #b"'), ("- a", '"- a"'),
    ("a\nb", '"a\\nb"'), ("a\tb", '"a\\tb"'), (" a", '" a"'),
])
def test_only_what_would_be_misread_is_quoted(text: str, written: str) -> None:
    assert entry_yaml({"id": text}) == f"- id: {written}\n"


def test_lines_break_between_words_and_never_at_two_blanks() -> None:
    word = "x" * 120
    assert entry_yaml({"id": f"{word} short"}) == f"- id: {word}\n    short\n"
    assert entry_yaml({"id": f"{word}  short"}) == f"- id: {word}  short\n"
    double = "ab " * 30 + "cd  ef gh"
    assert entry_yaml({"id": double}).splitlines()[0].endswith(" ab")
    assert _back([{"id": double}, {"id": f"{word} "}, {"id": f"{word}: a  b "}]) == [
        {"id": double}, {"id": f"{word} "}, {"id": f"{word}: a  b "}]


def test_a_file_without_entries_is_whole() -> None:
    assert file_yaml([], head="# mine\n") == "# mine\nbrokers: []\nend: true\n"
    assert _back([]) == []
