"""The forms of a request's life: mark it sent, record an answer, note what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    SubmitField,
)
from wtforms.fields import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from optout.domain.outcome_words import Reading, RefusalReason
from optout.domain.words import Channel, Event
from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.forms.proofs import ProofField
from optout.web.i18n import lazy as _
from optout.web.labels import label
from optout.web.life_labels import READINGS
from optout.web.refusal_labels import REASONS

LONGEST_WORDS = 4_000


class _DatedForm(Form):
    """A form with the day on which something happened.

    Args:
        today: no later day is taken.
    """

    on = DateField(_("On which day?"), validators=[
        InputRequired(_("Enter the day, like 2026-11-23."))])

    def __init__(self, *, today: date, prefix: str) -> None:
        super().__init__(prefix=prefix, data={"on": today})
        self.today = today

    def validate_on(self, field: Field) -> None:
        """Refuse days to come."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day has not come yet. Enter today or an earlier day."))


class SentForm(_DatedForm):
    """The request left."""

    received_on = DateField(_("Delivered on (if you know it, for letters by post)"),
                            validators=[Optional()])
    proof = StringField(_("Confirmation or tracking number (optional)"), validators=[
        Length(max=200, message=_("This is too long. Enter at most 200 characters."))])
    file = ProofField(_("Screenshot or receipt (optional)"))
    before_making = BooleanField(_("It left before I entered it here."))
    submit = SubmitField(_("Mark as sent"))

    def __init__(self, *, today: date, channel: Channel) -> None:
        super().__init__(today=today, prefix="sent")
        if channel is not Channel.POSTAL_MAIL:
            del self.received_on

    def validate_received_on(self, field: Field) -> None:
        """Delivery cannot come before sending, nor lie ahead."""
        if field.data is None:
            return
        if field.data > self.today or (self.on.data is not None and field.data < self.on.data):
            raise ValidationError(_(
                "It cannot have been delivered before it was sent, nor in the future."))


class LaterSentForm(_DatedForm):
    """A letter about the request left."""

    proof = StringField(_("Confirmation or tracking number (optional)"), validators=[
        Length(max=200, message=_("This is too long. Enter at most 200 characters."))])
    file = ProofField(_("Screenshot or receipt (optional)"))
    submit = SubmitField(_("I sent it"))

    def __init__(self, *, today: date) -> None:
        super().__init__(today=today, prefix="sent")


class AnswerForm(_DatedForm):
    """What came back."""

    reading = RadioField(_("What do they say?"), choices=options(READINGS), coerce=str,
                         validators=[InputRequired(_("Choose what they say."))])
    reason = SelectField(_("Their reason (if they refuse)"), coerce=str, default="",
                         choices=options([("", _("None, or they do not refuse")),
                                          *((reason.value, text)
                                            for reason, text in REASONS.items())]))
    until = DateField(_("Until (if they named a day)"), validators=[Optional()])
    words = TextAreaField(_("Their words (optional)"), validators=[
        Length(max=LONGEST_WORDS, message=_("This is too long. Keep the sentence that counts."))],
        render_kw={"rows": "4"})
    submit = SubmitField(_("Record this answer"))

    def __init__(self, *, today: date) -> None:
        super().__init__(today=today, prefix="answer")

    def chosen(self) -> Reading:
        """The reading that was chosen."""
        return Reading(str(self.reading.data))

    def given_reason(self) -> RefusalReason | None:
        """The reason of a refusal; None where none was chosen."""
        return RefusalReason(str(self.reason.data)) if self.reason.data else None


class EventForm(_DatedForm):
    """Anything else that happened."""

    event = SelectField(_("What happened?"), coerce=str)
    until = DateField(_("Until (if they named a day)"), validators=[Optional()])
    detail = StringField(_("Note (optional)"), validators=[
        Length(max=LONGEST_WORDS, message=_("This is too long. Keep what counts."))])
    submit = SubmitField(_("Add to the history"))

    def __init__(self, *, today: date, allowed: Sequence[Event]) -> None:
        super().__init__(today=today, prefix="event")
        self.event.choices = options([(event.value, label(event)) for event in allowed])


class ListingForm(Form):
    """A listing of the person at a broker."""

    broker = HiddenField(validators=[DataRequired()])
    url = StringField(_("Link of the listing"), validators=[
        InputRequired(_("Paste the link of the page that shows the listing."))],
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
    submit = SubmitField(_("Keep this link"))
