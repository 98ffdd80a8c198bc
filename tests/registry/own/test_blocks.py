"""Files as blocks: each entry has its lines, and only those change."""

from __future__ import annotations

import pytest

from optout.registry.own.blocks import blocks_of

TEXT = """\
# Head
brokers:  # all of them
    # first
- id: one
  name: One

# --- Others
- id: "two"
  name: >-
    Two

    Words
# after
end: true
- id: three
"""


def test_entries_are_found_with_their_lines_and_fields() -> None:
    blocks = blocks_of(TEXT.replace("\n", "\r\n"))
    assert blocks is not None
    assert blocks.spans == {"one": (3, 5), "two": (7, 12)}
    assert blocks.fields("one") == {"id": "one", "name": "One"}
    assert blocks.fields("two") == {"id": "two", "name": "Two\nWords"}
    assert blocks.fields("three") is None


def test_only_the_lines_of_an_entry_change() -> None:
    blocks = blocks_of(TEXT)
    assert blocks is not None
    assert blocks.edited([]) == TEXT
    assert blocks.edited(blocks.edits({"new": {"id": "new"}, "one": None, "gone": None,
                                       "two": {"id": "two"}})) == """\
# Head
brokers:  # all of them
    # first
# --- Others
- id: two

- id: new
# after
end: true
- id: three
"""


@pytest.mark.parametrize("text", [
    "", "brokers: []\n", "brokers:\nend: true\n", "brokers:\n  - id: one\n",
    "brokers:\n- name: One\n  id: one\n", "brokers:\n- id: one\n- id: one\n",
    "brokers:\n- id: one\nbrokers:\n- id: two\n"])
def test_files_of_another_layout_have_no_blocks(text: str) -> None:
    assert blocks_of(text) is None
