"""Letters and papers look as they did when somebody last looked at them."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from optout.documents.letter_pdf import letter_pdf
from tests.documents.pictures import DRAWN, FOLDER, LETTERS, MOST_CHANGED, changed, kept, taken

pytestmark = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="there is no pdftoppm on this machine")


@pytest.mark.parametrize("name", DRAWN)
def test_it_looks_as_it_did(name: str) -> None:
    share = changed(taken(DRAWN[name]()), kept(name))
    assert share <= MOST_CHANGED, (
        f"{share:.2%} of “{name}” changed: look at it, then run "
        "`python -m tests.documents.pictures`")


def test_a_changed_letter_is_told_from_the_kept_one() -> None:
    letter = LETTERS["us-letter"]
    for other in (replace(letter, recipient=letter.recipient[:-1]),
                  replace(letter, paragraphs=letter.paragraphs[1:]),
                  replace(letter, page="a4")):
        assert changed(taken(letter_pdf(other)), kept("us-letter")) > MOST_CHANGED


def test_the_pictures_are_small_and_none_is_left_over() -> None:
    files = list(FOLDER.glob("*.png"))
    assert {path.stem for path in files} == set(DRAWN)
    assert sum(path.stat().st_size for path in files) < 450_000
