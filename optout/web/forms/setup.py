"""The forms of the first run and of every unlocking."""

from __future__ import annotations

from wtforms import Field, PasswordField, RadioField, SubmitField
from wtforms.validators import EqualTo, InputRequired, ValidationError

from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.i18n import lazy as _

SHORTEST = 12
"""Characters of the shortest passphrase; four plain words have more."""


class SafetyForm(Form):
    """The first question, before any identity."""

    at_risk = RadioField(
        _("Is someone looking for you, or do other people use this computer?"),
        choices=options([("yes", _("Yes, or I am not sure")), ("no", _("No"))]),
        validators=[InputRequired(_("Choose “Yes, or I am not sure” or “No”."))])
    submit = SubmitField(_("Continue"))


class PassphraseForm(Form):
    """A new passphrase, twice."""

    passphrase = PasswordField(
        _("Passphrase"), render_kw={"autocomplete": "new-password", "spellcheck": "false"},
        validators=[InputRequired(_("Enter a passphrase of four or more words."))])
    again = PasswordField(
        _("The same passphrase again"),
        render_kw={"autocomplete": "new-password", "spellcheck": "false"},
        validators=[
            InputRequired(_("Enter the passphrase a second time.")),
            EqualTo("passphrase", _("The two entries differ. Enter the same passphrase twice."))])
    submit = SubmitField(_("Create my encrypted store"))

    def validate_passphrase(self, field: Field) -> None:
        """Refuse what can be guessed at once."""
        if len(field.data or "") < SHORTEST:
            raise ValidationError(_(
                "This passphrase is too short. Use four or more words, at least 12 characters."))


class UnlockForm(Form):
    """The passphrase of an existing data folder."""

    passphrase = PasswordField(
        _("Passphrase"),
        render_kw={"autocomplete": "current-password", "spellcheck": "false", "autofocus": True},
        validators=[InputRequired(_("Enter your passphrase."))])
    submit = SubmitField(_("Unlock"))


class BareForm(Form):
    """A form with nothing but its token and its buttons."""
