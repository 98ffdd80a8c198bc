"""The form of the print page: which letters, on which paper, with what beside them."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from optout.domain.document_words import LabelSheet
from optout.services.print_jobs import PrintWish
from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.i18n import lazy as _
from optout.web.paper_labels import LABEL_SHEETS

MOST_LABELS = 30
"""Labels of the largest sheet."""


class PrintForm(Form):
    """What to print.

    Args:
        ready: the ids of the requests, and of the letters about requests, that can be printed;
            all are ticked at first.
    """

    letters = SelectMultipleField(
        _("Which letters?"), coerce=str, choices=(), widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_("Tick at least one letter."))])
    duplex = BooleanField(_("Print on both sides: each letter begins on a new sheet"))
    page = SelectField(_("Paper"), coerce=str, choices=())
    sheet = SelectField(_("Sheet of labels"), coerce=str, choices=())
    skip = IntegerField(
        _("Labels used up on the first sheet"), default=0, validators=[
            Optional(), NumberRange(0, MOST_LABELS - 1, _("Enter a number from 0 to 29."))],
        render_kw={"min": "0", "max": str(MOST_LABELS - 1), "inputmode": "numeric"})

    def __init__(self, *, ready: Sequence[str]) -> None:
        super().__init__(prefix="print", data={"letters": list(ready)})
        self.letters.choices = options([(one, one) for one in ready])
        self.page.choices = options([
            ("", str(_("All letters (one size)"))), ("letter", str(_("Only US Letter"))),
            ("a4", str(_("Only A4")))])
        self.sheet.choices = options({one.value: str(name) for one, name in LABEL_SHEETS.items()})

    @property
    def wish(self) -> PrintWish:
        """How they are to be printed, out of a sound form."""
        return PrintWish(bool(self.duplex.data), str(self.page.data or ""),
                         LabelSheet(str(self.sheet.data)), int(self.skip.data or 0))
