"""A missing or wrong field is refused with file, line, broker and field."""

import json
from pathlib import Path

import pytest

from optout.registry.check import check_file
from tests.registry.sample import SMALL, changed, check, complaints, small


def test_a_sound_file_passes_without_a_word(tmp_path: Path) -> None:
    result = check(tmp_path, small())
    assert result.ok
    assert result.brokers == 3
    assert result.errors == result.warnings == ()


@pytest.mark.parametrize(("old", "new", "words"), [
    ("  name: Example Gone\n", "", "example-gone: name: is missing: as people know it"),
    ("  name: Example Gone\n", "  nane: Example Gone\n",
     "example-gone: nane: there is no such field (did you mean “name”?)"),
    ("category: property_records", "category: propety_records",
     "example-gone: category: “propety_records” is not known (did you mean “property_records”?)"),
    ("channel: phone\n", "channel: pigeon\n", "procedures[2].channel: “pigeon” is not known"),
    ("is: unclear", "is: maybe", ("example-phones: status.is: “maybe” is not known: write one of "
     "active, unclear, defunct")),
    ("    url: https://search.example/optout\n", "",
     "example-search: procedures[0].url: is missing: the channel web_form needs it"),
    ("url: https://search.example/optout", "url: search.example/optout",
     "procedures[0].url: “search.example/optout” is not right: write a whole link"),
    ("url: https://search.example/optout", r'url: "https://search.example/\x01"',
     "procedures[0].url: holds a character that nobody can see"),
    ("privacy@phones.example", "privacy@phones", "procedures[0].email: “privacy@phones” is not"),
    ("privacy@phones.example", "Privacy@phones.example", "a mailbox in small letters"),
    ('"+14155550142"', '"415-555-0142"', "the number like +14155550142"),
    ('"+14155550142"', "+14155550142 ext 2", "procedures[2].phone"),
    ("checked: 2026-09-01", "checked: 2026-02-30", "“2026-02-30” is not in the calendar"),
    ("checked: 2026-09-01", "checked: 1 September 2026", "write it like 2026-11-23"),
    ("check_by: 2027-02-22", "check_by: 2026-08-22", "check_by: must be later than “checked”"),
    ('postal_code: "02110"', "postal_code: 92110", "is the number 92110: put it into quotes"),
    ('postal_code: "02110"', "postal_code: []", "postal_code: must be text, and is a list"),
    ("      country: US\n", "", "procedures[1].address.country: is missing"),
    ("lines: [Privacy Desk, 1 Example Street]", "lines: [a, b, c, d, e]",
     "more than four street lines"),
    ("expected_days: 3", "expected_days: three", "must be a whole number without quotes"),
    ("expected_days: 3", "expected_days: -3", "-3 is out of bounds"),
    ("expected_days: 3", "expected_days: true", "must be a whole number"),
    ("needs_assumed: true", 'needs_assumed: "yes"', "must be true or false without quotes"),
    ("sold_law_enforcement: true", "sold_law_enforcment: true",
     "reported.sold_law_enforcment: “sold_law_enforcment” is not known (did you mean"),
    ("sold_law_enforcement: true", "sold_law_enforcement: maybe", "must be true or false"),
    ("reported: {sold_law_enforcement: true, sold_foreign_actor: false}", "reported: [x]",
     "reported: must be a mapping, and is a list"),
    ("domains: [phones.example]", "domains: https://phones.example", "must be a list, and is"),
    ("domains: [phones.example]", "domains: []", "domains: is empty: give at least one"),
    ("domains: [phones.example]", "domains: [phones.example, phones.example]",
     "domains[1]: “phones.example” stands in the list twice"),
    ("domains: [phones.example]", "domains: [рhones.example]", "a bare domain in small letters"),
    ("{id: example-phones, basis:", "{id: example-fones, basis:",
     "covers[0].id: there is no entry “example-fones” (did you mean “example-phones”?)"),
    ("{id: example-phones, basis:", "{id: example-search, basis:", "coverage runs in a circle"),
    ("{id: example-phones, basis: [{kind: state_filing}, {kind: independent_lists, count: 2}]}",
     ("{id: example-phones, basis: [{kind: state_filing}]}\n"
      "  - {id: example-phones, basis: [{kind: privacy_policy}]}"),
     "covers[1].id: “example-phones” stands here twice"),
    ("[{kind: state_filing}, {kind: independent_lists, count: 2}]", "[{kind: reply}]",
     "covers[0].basis[0]: “reply” makes a fact verified"),
    ("  role: broker\n  category: people_search\n",
     "  role: platform\n  category: people_search\n",
     "example-search: covers: a platform covers by law, not by list"),
    ("  dead_contacts:\n  - {value: old@search.example",
     "  dead_contacts:\n  - {value: PRIVACY@phones.example",
     "example-phones: procedures[0].email: is a dead contact of “example-search”"),
    ("    limits: The voice refuses without a date of birth.\n", "",
     "“date_of_birth” is needed only where this way refuses without it"),
    ("{kind: own_look, evidence: The number was called on 2026-09-01.}", "{kind: own_look}",
     "“own_look” makes a fact verified: say in “evidence”"),
    ("    basis: [{kind: independent_lists, count: 4}]\n", "",
     "procedures[0].basis: is missing: how this way is known"),
    ("    basis: [{kind: independent_lists, count: 4}]\n", "    basis: []\n", "basis: is empty"),
    ("[{kind: independent_lists, count: 4}]", "[{kind: privacy_policy, count: 4}]",
     "only independent_lists are counted"),
    ("    checked: 2025-10-23\n", "", "procedures[0].checked: is missing"),
    ("verification: [email_link, captcha]", "verification: [email_link, none]",
     "“none” cannot stand beside another"),
    ("asked_but_optional: [phone]", "asked_but_optional: [reply_email]",
     "“reply_email” is needed and optional at once"),
    ("  cannot: There is no one left to ask.\n",
     ("  procedures:\n  - {channel: email, email: a@gone.example, needs: [], checked: 2026-01-01, "
     "basis: [{kind: reply, evidence: x}]}\n"), "a defunct recipient takes no requests"),
    ("status: {is: defunct, since: 2026-06-17}\n  cannot: There is no one left to ask.",
     "status: {is: active}", "example-gone: procedures: there is no way out"),
    ("  notes: A note.\n", "  trust: verified\n", "trust: trust is never entered"),
    ("  notes: A note.\n", "  notes: ''\n", "notes: must be one line of text without blanks"),
    ("  notes: A note.\n", "  notes:\n", "notes: must be text, and is nothing"),
    ("  notes: A note.\n", "  notes: " + "x" * 1201 + "\n", "1201 characters; 1200 are the most"),
    ("  recheck_days: 60\n", "  recheck_days: 60\n  since: 2026-01-01\n",
     "since: “since” stands inside status"),
    ("  sources:\n  - {url: https://lists.example/phones, checked: 2025-10-23}\n",
     "  sources: []\n", "example-phones: sources: is empty"),
    ('    phone: "+14155550142"\n',
     '    phone: "+14155550142"\n    email: desk@search.example\n',
     "email: does not belong to the channel phone"),
    ("https://search.example/optout", "https://someone@search.example/optout",
     "procedures[0].url: “https://someone@search.example/optout” is not right"),
    ("- id: example-gone\n", "- id: Example Gone\n", "id: “Example Gone” is not right"),
    ("- id: example-gone\n", "- ident: example-gone\n", "id: is missing: give the entry an id"),
    ("schema: optout-brokers/1\n", "schema: optout-brokers/9\n", "schema: “optout-brokers/9”"),
    ("checked: 2026-11-01\n", "cheked: 2026-11-01\n", "cheked: there is no such field (did you"),
    ("end: true\n", "", "the file was cut off"),
    ("brokers:\n- id: example-search", "brokers:\n- example\n- id: example-search",
     "an entry must be a mapping"),
])
def test_what_is_wrong_is_named_with_its_field(
    tmp_path: Path, old: str, new: str, words: str,
) -> None:
    assert words in complaints(tmp_path, changed(old, new))


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    text = changed("expected_days: 3", "expected_days: soon")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "soon" in words)
    finding = check(tmp_path, text).errors[0]
    assert (finding.file, finding.line) == ("brokers.yaml", line)
    assert str(finding).startswith(
        f"brokers.yaml:{line}: example-search: procedures[0].expected_days: must be a whole")


def test_two_entries_with_one_id_name_both_lines(tmp_path: Path) -> None:
    text = changed("- id: example-gone\n", "- id: example-phones\n")
    lines = [number for number, words in enumerate(text.splitlines(), 1)
             if words == "- id: example-phones"]
    finding = check(tmp_path, text).errors[0]
    assert finding.line == lines[1]
    assert f"here and in line {lines[0]}" in finding.message


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = small().replace("channel: web_form", "channel: pigeon").replace(
        "is: unclear", "is: maybe").replace("category: property_records", "category: nonsense")
    errors = check(tmp_path, text).errors
    assert [finding.field for finding in errors] == [
        "procedures[0].channel", "status.is", "category"]
    assert [finding.line for finding in errors] == sorted(finding.line for finding in errors)


def test_a_broken_entry_does_not_make_others_look_broken(tmp_path: Path) -> None:
    text = changed("is: unclear", "is: maybe")
    assert [finding.broker for finding in check(tmp_path, text).errors] == ["example-phones"]


@pytest.mark.parametrize("text", [
    "brokers:\n\t- id: a\n",
    "brokers: &all\n- id: a\n- *all\n",
    "brokers:\n- id: 'a\n",
    "brokers:\n- {id: a, id: b}\n",
    "brokers: {}\n",
    "- id: a\n",
    "",
    "42",
    b"brokers:\n- name: caf\xe9\n",
    b"\x00\xff\x00\xff",
    "brokers: [" * 3000,
])
def test_a_file_that_is_no_registry_is_refused_by_line(tmp_path: Path, text: str | bytes) -> None:
    result = check(tmp_path, text)
    assert not result.ok
    assert result.errors[0].line >= 1
    assert result.errors[0].message


def test_every_cut_of_a_file_is_noticed(tmp_path: Path) -> None:
    text = small()
    for length in range(0, len(text) - len("end: true\n"), 37):
        if "schema: optout-brokers/1\n" in text[:length]:
            assert not check(tmp_path, text[:length]).ok, length


def test_a_missing_and_a_huge_file_are_explained(tmp_path: Path) -> None:
    missing = check_file(tmp_path / "none.yaml")
    assert not missing.ok
    assert "There is no file" in missing.errors[0].message
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert "larger than 32 MB" in check_file(huge).errors[0].message


def test_an_employees_mailbox_and_a_shared_domain_are_warned_of(tmp_path: Path) -> None:
    text = changed("privacy@phones.example", "avery.sample@search.example").replace(
        "domains: [phones.example]", "domains: [search.example]")
    result = check(tmp_path, text)
    assert result.ok
    assert ["one employee's mailbox" in finding.message or "also a domain of" in finding.message
            for finding in result.warnings] == [True, True]


def test_the_result_has_the_promised_shape(tmp_path: Path) -> None:
    shape = check(tmp_path, changed("is: unclear", "is: maybe")).as_dict()
    assert json.loads(json.dumps(shape)) == shape
    assert shape["ok"] is False
    assert shape["brokers"] == 3
    assert shape["warnings"] == []
    assert {"broker", "field", "line", "message"} <= set(shape["errors"][0])


def test_checking_writes_nothing(tmp_path: Path) -> None:
    before = SMALL.read_bytes()
    check(tmp_path, before)
    assert [path.name for path in tmp_path.iterdir()] == ["brokers.yaml"]
    assert SMALL.read_bytes() == before
