"""The forms of the papers page: in which language, for whom, and a scanned signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired, Optional, ValidationError

from optout.domain.document_words import PaperKind
from optout.domain.papers import PlannedAuthorization
from optout.domain.person import Authorization
from optout.web.forms.base import Form, clean
from optout.web.forms.options import options
from optout.web.forms.person import KEEP_ASIDE, SHORT
from optout.web.forms.proofs import ProofField
from optout.web.i18n import lazy as _
from optout.web.paper_labels import LANGUAGES

MAY_BE_DISCREET = frozenset({PaperKind.PROGRESS, PaperKind.WHAT_WE_DO, PaperKind.COVER_LETTER})
"""Papers that name companies, and can be made without their names."""

MAY_BE_FILLED = frozenset({PaperKind.AUTHORIZATION, PaperKind.AUTHORIZATION_US_CA})
"""Papers that say who may act; what is not entered is written by hand."""


def _day(words: str) -> DateField:
    return DateField(words, validators=[Optional()])


class PaperForm(Form):
    """One paper to be made.

    Args:
        prefix: its kind, or which authorization it speaks of: a page has many of these forms.
        language: chosen at first.
        kind: leaves out the fields that this kind has no use for.
    """

    language = SelectField(_("Language"), coerce=str, choices=())
    discreet = BooleanField(_("Leave out the names of the companies"))
    agent_name = StringField(_("Who may act for you (optional)"), validators=SHORT,
                             render_kw=dict(KEEP_ASIDE))
    starts_on = _day(_("From (optional)"))
    ends_on = _day(_("Until (optional)"))

    def __init__(self, *, prefix: str, language: str, kind: PaperKind | None = None) -> None:
        known = language if language in LANGUAGES else "en"
        super().__init__(prefix=prefix, data={"language": known})
        self.language.choices = options({one: str(name) for one, name in LANGUAGES.items()})
        if kind not in MAY_BE_DISCREET:
            del self.discreet
        if kind not in MAY_BE_FILLED:
            del self.agent_name, self.starts_on, self.ends_on

    def validate_ends_on(self, field: Field) -> None:
        """It cannot end before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("It cannot end before it begins. Check both days."))

    @property
    def planned(self) -> PlannedAuthorization | None:
        """What was entered for an authorization; None where there is no such thing to enter."""
        if "agent_name" not in self:
            return None
        return PlannedAuthorization(clean(self.agent_name.data), self.starts_on.data,
                                    self.ends_on.data)

    @property
    def is_discreet(self) -> bool:
        """Whether companies are left out."""
        return "discreet" in self and bool(self.discreet.data)


class AuthorizationForm(Form):
    """A permission that the person has signed."""

    agent_name = StringField(_("Who may act"), validators=[
        InputRequired(_("Enter the name of the person or office that may act.")), *SHORT],
        render_kw=dict(KEEP_ASIDE))
    signed_on = DateField(_("Signed on"), validators=[
        InputRequired(_("Enter the day, like 2026-11-23."))])
    ends_on = _day(_("Holds until (optional)"))
    power_of_attorney = BooleanField(_("It is a power of attorney"))
    submit = SubmitField(_("Write it down"))

    def __init__(self, *, today: date) -> None:
        super().__init__(prefix="signed")
        self.today = today

    def validate_signed_on(self, field: Field) -> None:
        """Nobody has signed on a day to come."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day has not come yet. Enter today or an earlier day."))

    def entered(self, person_id: str) -> Authorization:
        """What was entered in a sound form."""
        assert self.signed_on.data is not None
        return Authorization(
            "", person_id, clean(self.agent_name.data), self.signed_on.data,
            self.ends_on.data, power_of_attorney=bool(self.power_of_attorney.data))


class SignatureForm(Form):
    """A scanned signature."""

    file = ProofField(_("Picture of your signature"))
    submit = SubmitField(_("Keep this signature"))

    def __init__(self) -> None:
        super().__init__(prefix="signature")
        rendering: Any = self.file.render_kw
        self.file.render_kw = {**rendering, "accept": "image/png,image/jpeg"}
