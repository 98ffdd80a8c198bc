"""Letters and sheets as plain text, to be read by tests."""

from __future__ import annotations

from optout.documents.eml import letter_text
from optout.domain.document import FormSheet, Letter
from tests.documents.orders import ORDERS

CALIFORNIA = ORDERS["california"]


def as_text(letter: Letter) -> str:
    head = (*letter.sender, "", letter.date_line, letter.reference, "", *letter.recipient, "",
            letter.subject)
    return "\n".join(head) + "\n\n" + letter_text(letter)


def sheet_as_text(sheet: FormSheet) -> str:
    values = [f"[{v.label}] {v.value or '(' + v.leave_empty_because + ')'}" for v in sheet.values]
    return "\n".join([sheet.title, sheet.link, "", *(f"* {step}" for step in sheet.steps), "",
                      *values, "", sheet.statement]) + "\n"
