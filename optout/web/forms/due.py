"""The forms of tasks: a reminder of one's own, and which tasks are listed."""

from __future__ import annotations

from wtforms import DateField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from optout.services.task_words import LONGEST_WORDS
from optout.web.forms.base import Form
from optout.web.i18n import lazy as _


class ReminderForm(Form):
    """A day and words."""

    on = DateField(_("On which day?"), validators=[
        InputRequired(_("Enter the day, like 2026-11-23."))])
    words = StringField(_("What do you want to be reminded of?"), validators=[
        InputRequired(_("Write a few words.")),
        Length(max=LONGEST_WORDS, message=_("This is too long. Write at most 500 characters."))])
    submit = SubmitField(_("Remind me"))
