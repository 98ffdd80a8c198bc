"""The forms of reminders: the mail server, and when and how much they say."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    IntegerField,
    PasswordField,
    RadioField,
    StringField,
    SubmitField,
)
from wtforms.validators import InputRequired, Length

from optout.domain.mail import MailSecurity, MailServer, MailState
from optout.domain.reminder import Rhythm
from optout.services.mail_settings import LONGEST, MailSettings
from optout.services.reminder_settings import LONGEST_SUBJECT
from optout.web.forms.base import Form
from optout.web.forms.calendar import LEVELS
from optout.web.forms.options import options
from optout.web.i18n import lazy as _

QUIET = {"autocomplete": "off", "spellcheck": "false"}

SECURITY = {
    MailSecurity.TLS: _("TLS from the first word (often port 465)"),
    MailSecurity.STARTTLS: _("STARTTLS (often port 587)"),
    MailSecurity.PLAIN: _("None: only for a mail server on this very computer"),
}
RHYTHMS = {
    Rhythm.DUE: _("On each day on which something is due or late"),
    Rhythm.NEWS: _("Only when something new has come up, and once a week while anything is left"),
    Rhythm.WEEKLY: _("Once a week"),
}
STATES = {
    MailState.QUEUED: _("Waiting"), MailState.SENDING: _("Being sent"), MailState.SENT: _("Sent"),
    MailState.UNCERTAIN: _("Not certain"), MailState.FAILED: _("Not sent"),
}


def _short() -> Length:
    return Length(max=LONGEST, message=_("This is too long."))


class ServerForm(Form):
    """Where e-mails leave, and as whom; a kept password is never shown."""

    host = StringField(_("Name of the mail server"), render_kw=QUIET, validators=[
        InputRequired(_("Enter the server for outgoing mail, like mail.example.com.")), _short()])
    port = IntegerField(_("Port"), render_kw={"inputmode": "numeric", **QUIET}, validators=[
        InputRequired(_("Enter the port as a number."))])
    security = RadioField(
        _("Protection of the line"),
        choices=options([(kind.value, words) for kind, words in SECURITY.items()]),
        validators=[InputRequired(_("Choose what your mail provider names."))])
    user = StringField(_("User name"), render_kw=QUIET, validators=[_short()])
    password = PasswordField(
        _("Password"), render_kw={"autocomplete": "new-password", "spellcheck": "false"},
        validators=[_short()])
    sender = StringField(_("The address that they come from"), render_kw=QUIET, validators=[
        InputRequired(_("Enter the address that belongs to this mail server.")), _short()])
    recipient = StringField(_("The address that reminders go to"), render_kw=QUIET, validators=[
        InputRequired(_("Enter an address of your own.")), _short()])
    submit = SubmitField(_("Keep this"))

    def settings(self) -> MailSettings:
        """What was entered."""
        server = MailServer(
            str(self.host.data).strip(), int(self.port.data or 0),
            MailSecurity(str(self.security.data)), str(self.user.data or "").strip(),
            str(self.password.data or ""))
        return MailSettings(server, str(self.sender.data), str(self.recipient.data))


class MailForm(Form):
    """When e-mails come and what they say; the answers to the questions about it."""

    rhythm = RadioField(
        _("How often?"),
        choices=options([(rhythm.value, words) for rhythm, words in RHYTHMS.items()]),
        validators=[InputRequired(_("Choose how often."))])
    discretion = RadioField(
        _("How much do they say about each task?"),
        choices=options([(level.value, words) for level, words in LEVELS.items()]),
        validators=[InputRequired(_("Choose how much they say."))])
    subject = StringField(_("Subject of the e-mails"), render_kw=QUIET, validators=[
        Length(max=LONGEST_SUBJECT, message=_("Use at most 60 characters."))])
    accepted = BooleanField(_("Yes, nobody else sees them there"))
    words_accepted = BooleanField(_("Yes, it is safe"))


class DesktopForm(Form):
    """The answer to the question about the screen."""

    accepted = BooleanField(_("Yes, nobody else sees them there"))
