"""The form of how much calendars say."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, SubmitField
from wtforms.validators import InputRequired

from optout.domain.discretion import Discretion
from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.i18n import lazy as _

LEVELS = {
    Discretion.NUMBER: _("A number: “privacy follow-up 12”"),
    Discretion.KIND: _("Also what is to be done: “Look again”"),
    Discretion.COMPANY: _("Also at which company; for several people also an id, never a name"),
}


class CalendarDiscretionForm(Form):
    """How much the entries of calendars say, and the answer to the question about it."""

    discretion = RadioField(
        _("How much do the entries say?"),
        choices=options([(level.value, words) for level, words in LEVELS.items()]),
        validators=[InputRequired(_("Choose how much they say."))])
    accepted = BooleanField(_("Yes, it is safe"))
    submit = SubmitField(_("Keep this"))
