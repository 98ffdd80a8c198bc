"""YAML is read strictly, and every refusal names its line."""

from pathlib import Path

import pytest

from optout.domain.errors import InvalidFile
from optout.registry import strict_yaml


def refused(text: str | bytes) -> str:
    with pytest.raises(InvalidFile) as caught:
        strict_yaml.load(text, name="brokers.yaml")
    return "\n".join(caught.value.problems) or caught.value.message


def test_only_words_of_truth_and_decimal_integers_are_typed() -> None:
    text = ("a: [no, yes, on, 07001, 12:30:00, 2026-10-01, 0x1f, 1_000, 1.5, .inf, 'true', '7']\n"
            "b: [true, false, null, ~, 7, -7, 0]\n")
    data, _ = strict_yaml.load(text, name="x")
    assert data["a"] == ["no", "yes", "on", "07001", "12:30:00", "2026-10-01", "0x1f", "1_000",
                         "1.5", ".inf", "true", "7"]
    assert data["b"] == [True, False, None, None, 7, -7, 0]
    assert [type(value) for value in data["b"]] == [bool, bool, type(None), type(None),
                                                    int, int, int]


def test_every_path_has_its_line() -> None:
    text = "schema: 1\nbrokers:\n- id: a\n  domains:\n  - a.example\n  - b.example\n- id: b\n"
    data, lines = strict_yaml.load(text, name="x")
    assert data["brokers"][0]["domains"] == ["a.example", "b.example"]
    assert lines[("brokers", 0)] == 3
    assert lines[("brokers", 0, "domains", 1)] == 6
    assert lines[("brokers", 1, "id")] == 7


def test_a_path_that_is_missing_has_the_line_of_what_is_around_it() -> None:
    _, lines = strict_yaml.load("a:\n  b: 1\n", name="x")
    assert strict_yaml.line_of(lines, ("a", "missing", 3)) == 1
    assert strict_yaml.line_of(lines, ("a", "b", "missing")) == 2


def test_every_tab_is_named_with_its_line() -> None:
    words = refused("brokers:\n\t- id: a\n- id: b\n  name:\tB\n")
    assert words.startswith("brokers.yaml:2: there is a tab")
    assert "brokers.yaml:4: there is a tab" in words
    assert "spaces" in words


def test_a_repeated_key_names_both_lines() -> None:
    words = refused("id: a\nname: A\nid: b\n")
    assert words.startswith("brokers.yaml:3: the key “id” stands twice, here and in line 1")


def test_all_repeated_keys_are_named_at_once() -> None:
    assert refused("a: 1\nb: 1\na: 2\nb: 2\n").count("stands twice") == 2


@pytest.mark.parametrize(("text", "words"), [
    ("a: &x 1\nb: 2\n", "brokers.yaml:1: the anchor “&x” is refused"),
    ("a: 1\nb: *x\n", "brokers.yaml:2: the alias “*x” is refused"),
    ("a:\n  <<: {b: 1}\n", "brokers.yaml:2: the merge key “<<” is refused"),
    ("a: !!python/object/apply:os.system [ls]\n", ("brokers.yaml:1: the tag “tag:yaml.org,2002:"
     "python/object/apply:os.system” is refused")),
    ("a: !!int '1'\n", "the tag “tag:yaml.org,2002:int” is refused"),
    ("a: 1\n---\nb: 2\n", "brokers.yaml:2: a second document begins here"),
    ("{a: 1}: 2\n", "brokers.yaml:1: a key must be a plain word"),
    ("a: 1\n? [b]\n: 2\n", "brokers.yaml:2: a key must be a plain word"),
    ("a: 1\n*x : 2\n", "brokers.yaml:2: the alias “*x” is refused"),
    ("a: 'cut off\n", "a quote is opened and never closed"),
    ("a: [1, 2\n", "a bracket is opened and never closed"),
    ("a: b: c\n", "put a text that holds a colon into quotes"),
    ("a: 1\n b: 2\n", "brokers.yaml:2: this is not valid YAML"),
    ("a: @home\n", "begins with a special character"),
    ("a: \x00\n", "brokers.yaml:1: there is a character that text cannot hold (U+0000)"),
    (b"a: 1\nb: caf\xe9\n", "brokers.yaml:2: a character is not written in UTF-8"),
    ("a: 1\n".encode("utf-16"), "is not written in UTF-8"),
])
def test_what_is_ambiguous_or_dangerous_is_refused(text: str | bytes, words: str) -> None:
    assert words in refused(text)


def test_an_alias_bomb_costs_nothing_and_is_refused() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    words = refused("\n".join(rows))
    assert "the anchor “&a0” is refused" in words
    assert "more problems" in words


def test_endless_nesting_is_refused_before_it_costs_anything() -> None:
    assert "nested deeper" in refused("[" * 200_000)
    assert "nested deeper" in refused("\n".join(" " * n + "a:" for n in range(60)))


def test_a_quoted_merge_sign_is_only_text() -> None:
    assert strict_yaml.load("'<<': 1\n", name="x")[0] == {"<<": 1}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    data, lines = strict_yaml.load(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", name="x")
    assert data == {"a": 1, "b": 2}
    assert lines[("b",)] == 2


def test_a_number_of_a_thousand_digits_stays_text() -> None:
    assert strict_yaml.load("a: " + "9" * 9999, name="x")[0] == {"a": "9" * 9999}


def test_an_empty_file_is_nothing() -> None:
    assert strict_yaml.load("", name="x")[0] is None
    assert strict_yaml.load("# only a remark\n", name="x")[0] is None


def test_a_file_is_called_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "laws.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        strict_yaml.load(path)
    assert caught.value.problems[0].startswith(f"{path}:2: ")
    assert "Mend these lines" in str(caught.value)


def test_a_missing_file_and_a_folder_are_explained(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="There is no file"):
        strict_yaml.load(tmp_path / "none.yaml")
    with pytest.raises(InvalidFile, match="cannot be read"):
        strict_yaml.load(tmp_path)


def test_a_huge_file_is_refused_unparsed(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(strict_yaml.MOST_BYTES + 1)
    with pytest.raises(InvalidFile, match="larger than 32 MB"):
        strict_yaml.load(path)
