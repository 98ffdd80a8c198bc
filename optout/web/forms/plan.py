"""The forms of a plan: its pace, what is chosen about one company, what a look showed."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, Field, HiddenField, IntegerField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from optout.domain.wanted import DAYS_OF_A_WEEK, Pace
from optout.services.wishes import LEAST_MINUTES, MOST_MINUTES
from optout.web.forms.base import Form
from optout.web.i18n import lazy as _

LONGEST_REASON = 300
LONGEST_LINK = 2_000
QUIET = {"autocomplete": "off", "spellcheck": "false"}


class PaceForm(Form):
    """How much time a person gives to it."""

    minutes = IntegerField(_("Minutes a day"), validators=[
        InputRequired(_("Enter how many minutes a day, such as 15.")),
        NumberRange(LEAST_MINUTES, MOST_MINUTES, _("Enter between 5 and 480 minutes."))],
        render_kw={"min": str(LEAST_MINUTES), "max": str(MOST_MINUTES), "inputmode": "numeric"})
    days = IntegerField(_("Days a week"), validators=[
        InputRequired(_("Enter on how many days a week, such as 4.")),
        NumberRange(1, DAYS_OF_A_WEEK, _("Enter between 1 and 7 days."))],
        render_kw={"min": "1", "max": str(DAYS_OF_A_WEEK), "inputmode": "numeric"})
    submit = SubmitField(_("Keep this pace"))

    @classmethod
    def of(cls, pace: Pace) -> PaceForm:
        """The form as it shows the pace that was chosen."""
        return cls(formdata=None,
                   data={"minutes": pace.minutes_a_day, "days": pace.days_a_week})

    def pace(self) -> Pace:
        """What was entered."""
        return Pace(int(self.minutes.data or 0), int(self.days.data or 0))


class SkipForm(Form):
    """Leave a company out."""

    broker = HiddenField()
    reason = StringField(_("Why? (for your own notes)"), render_kw=QUIET, validators=[
        InputRequired(_("Write a word or two, so that you know later why.")),
        Length(max=LONGEST_REASON, message=_("This is too long. A few words are enough."))])
    submit = SubmitField(_("Leave them out"))


class PostponeForm(Form):
    """Leave a company out until a day.

    Args:
        today: an earlier day, or this one, is no postponement.
    """

    broker = HiddenField()
    until = DateField(_("Until which day?"), validators=[
        InputRequired(_("Enter a day, like 2027-01-15."))])
    submit = SubmitField(_("Put them off"))

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_until(self, field: Field) -> None:
        """Only a day to come puts anything off."""
        if field.data is not None and field.data <= self.today:
            raise ValidationError(_("Choose a day after today."))


class FoundForm(Form):
    """The person is listed; the link is optional."""

    broker = HiddenField()
    url = StringField(_("Link of your listing (if you have it)"), validators=[
        Optional(), Length(max=LONGEST_LINK, message=_("This is too long."))],
        render_kw={"inputmode": "url", **QUIET})
    submit = SubmitField(_("I am listed there"))
