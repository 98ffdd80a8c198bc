"""What no reader can disprove is still asked about: claims without their ground are warned of."""

from pathlib import Path

import pytest

from tests.registry.sample import changed, check, small

COVER = "{id: example-phones, basis: [{kind: state_filing}, {kind: independent_lists, count: 2}]}"
SOURCE = "  - {url: https://lists.example/search, checked: 2026-08-22, confidence: high}\n"
MAIL = """\
  - channel: email
    email: privacy@phones.example
    needs: [full_name, reply_email]
    eligible: {residences: [US-CA], text: Californians.}
    basis: [{kind: independent_lists, count: 1}]
    checked: 2025-10-23
"""


@pytest.mark.parametrize(("old", "new", "words"), [
    ("  - {registry: us-ca, year: 2026}\n", "",
     "example-search: reported: is what a company told California, and there is no filing"),
    (SOURCE, SOURCE.replace("/search", "/all.json%20(copy)"),
     "example-search: sources[0].url: has a blank in it"),
    (SOURCE, SOURCE + SOURCE.replace("high", "low"),
     "example-search: sources[1].url: stands here twice"),
    (COVER, "{id: example-phones, basis: [{kind: independent_lists}]}",
     "example-search: covers[0]: nothing confirms that “example-phones” is covered"),
    ("    checked: 2026-08-22\n    check_by", "    checked: 2026-08-23\n    check_by",
     "example-search: procedures[0].checked: is later than every source of the entry"),
    ("    limits: The registered place of business.\n", "",
     "example-search: procedures[1]: is known from a filing alone"),
    (MAIL, MAIL.replace("independent_lists, count: 1", "state_filing"),
     "example-phones: procedures[0]: is known from a filing alone"),
    (MAIL, MAIL + MAIL.replace("10-23", "10-22"),
     "example-phones: procedures[1]: stands here twice"),
    ("aliases: [Exsearch]", "aliases: [example phones 411]",
     "example-search: aliases[0]: “example phones 411” is the entry “example-phones”"),
    ("aliases: [Exsearch]", "aliases: [phones.example]",
     "example-search: aliases[0]: “phones.example” is the entry “example-phones”"),
])
def test_a_claim_without_its_ground_is_warned_of(
    tmp_path: Path, old: str, new: str, words: str,
) -> None:
    result = check(tmp_path, changed(old, new))
    assert result.ok
    assert len(result.warnings) == 1
    assert words in str(result.warnings[0])


@pytest.mark.parametrize(("old", "new"), [
    (COVER, "{id: example-phones, basis: [{kind: independent_lists}], note: Unconfirmed.}"),
    (MAIL, MAIL + MAIL.replace("    email:", "    rights: [delete]\n    email:")),
    ("aliases: [Exsearch]", "aliases: [search.example]"),
])
def test_a_claim_that_says_how_far_it_goes_is_left_alone(
    tmp_path: Path, old: str, new: str,
) -> None:
    assert check(tmp_path, changed(old, new)).warnings == ()


def test_what_we_saw_ourselves_may_be_newer_than_the_sources(tmp_path: Path) -> None:
    text = small()
    assert "own_look" in text
    assert "checked: 2026-09-01" in text  # later than the entry's only source
    assert check(tmp_path, text).warnings == ()
