"""The forms for what proves something: a screenshot, a receipt, a letter of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, SubmitField

from optout.documents.foreign_files import LARGEST
from optout.domain.document_words import EvidenceKind
from optout.domain.request import RequestEvent
from optout.services.proofs import ProofFile
from optout.web.forms.base import Form, add_error
from optout.web.forms.options import options
from optout.web.i18n import lazy as _
from optout.web.i18n import text
from optout.web.labels import label
from optout.web.paper_labels import PROOFS

MOST_BYTES = LARGEST + 1024 * 1024
"""Of the body of a form with a file: the largest file that may be kept, and room for the rest."""


class ProofField(FileField):  # type: ignore[misc]  # Flask-WTF has no types
    """A file that proves something; what it may be is the service's to say."""

    most_bytes = LARGEST

    @property
    def lost(self) -> bool:
        """Whether a file came, and its form is shown again: no browser fills it in anew."""
        return bool(getattr(self.data, "filename", ""))

    def __init__(self, words: str, **binding: Any) -> None:
        super().__init__(words, render_kw={
            "accept": "image/png,image/jpeg,image/webp,application/pdf,message/rfc822,.eml,"
                      "text/plain"}, **binding)

    @property
    def file(self) -> ProofFile | None:
        """The file that was chosen; None without one."""
        chosen: Any = self.data
        if not getattr(chosen, "filename", ""):
            return None
        return ProofFile(str(chosen.filename), bytes(chosen.read()))


class ProofForm(Form):
    """One more piece of evidence for a request."""

    file = ProofField(_("Screenshot, receipt or letter"))
    kind = SelectField(_("What does it prove?"), coerce=str)
    event = SelectField(_("What does it belong to?"), coerce=int)
    submit = SubmitField(_("Keep it with this request"))

    def __init__(self, *, events: Sequence[RequestEvent]) -> None:
        super().__init__(prefix="proof")
        self.kind.choices = options({kind: str(words) for kind, words in PROOFS.items()})
        self.event.choices = options([
            ("0", text("The request as a whole")),
            *((str(one.seq), f"{one.seq}. {label(one.event)}") for one in events)])

    def chosen(self) -> ProofFile | None:
        """The file; None, with the message at its field, where none was chosen."""
        found: ProofFile | None = self.file.file
        if found is None:
            add_error(self.file, text("Choose a file, paste a screenshot, or drop one here."))
        return found

    def kind_chosen(self) -> EvidenceKind:
        """What it proves."""
        return EvidenceKind(str(self.kind.data))
