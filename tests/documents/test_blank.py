"""What every PDF drawn here has: the same bytes whatever was made before, and a language."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.documents.labels import Label, labels_pdf
from optout.domain.document_words import LabelSheet

SHEET = (
    "from optout.documents.sheet_pdf import sheet_pdf; from optout.domain.document import Sheet; "
    "page = sheet_pdf(Sheet('', 'en', '', 'A form', ('Some words.',)))")
LABELS = (
    "from optout.documents.labels import Label, labels_pdf; "
    "from optout.domain.document_words import LabelSheet; "
    "page = labels_pdf([Label('A', ('A', 'B'))], LabelSheet.L7160)")


@pytest.mark.parametrize("making", [SHEET, LABELS], ids=["sheet", "labels"])
def test_what_was_made_before_changes_no_byte(making: str) -> None:
    """Each in a process of its own, as the libraries keep settings of theirs."""
    made = [subprocess.run(
        [sys.executable, "-c", f"{first}; {making}; import sys; sys.stdout.buffer.write(page)"],
        check=True, capture_output=True).stdout
        for first in ("import optout.documents.letter_pdf", "pass")]
    assert made[0].startswith(b"%PDF-")
    assert made[0] == made[1]
    assert b"ASCII85" not in made[0]


def test_labels_say_in_which_language_they_are() -> None:
    made = labels_pdf([Label("A", ("A", "B"))], LabelSheet.L7160)
    assert str(PdfReader(BytesIO(made)).root_object["/Lang"]) == "en"
