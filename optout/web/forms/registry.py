"""The forms of the registry: whose listing is this, correct a company, add one."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, StringField, SubmitField
from wtforms import Form as PlainForm
from wtforms.fields import SelectField, SelectMultipleField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from optout.domain.words import BrokerStatus, Channel, Fact
from optout.registry.sites import site_of
from optout.web.categories import CATEGORIES
from optout.web.forms.base import MOST_ROWS, Form
from optout.web.forms.options import country_options, options
from optout.web.i18n import lazy as _
from optout.web.labels import CHANNELS, FACTS, STATUSES

LONGEST_LINK = 2_000
LONGEST_LINE = 600
LONGEST_WORDS = 4_000
LONGEST_NOTE = 1_200
QUIET = {"autocomplete": "off", "spellcheck": "false"}
LINK = {**QUIET, "inputmode": "url"}

ASKED_OFTEN = (
    Fact.FULL_NAME, Fact.REPLY_EMAIL, Fact.EMAIL, Fact.PHONE, Fact.CITY_STATE,
    Fact.CURRENT_ADDRESS, Fact.POSTAL_CODE, Fact.LISTING_URL, Fact.DATE_OF_BIRTH,
    Fact.GOVERNMENT_ID, Fact.ACCOUNT, Fact.REPLY_ADDRESS)
"""What a company that people add may need, the frequent ones first."""


def _short(most: int = LONGEST_LINE) -> Length:
    return Length(max=most, message=_("This is too long."))


class MatchForm(Form):
    """A pasted link."""

    link = StringField(_("Link of the page"), render_kw=LINK, validators=[
        InputRequired(_("Paste the link of the page that shows you.")), _short(LONGEST_LINK)])
    submit = SubmitField(_("Whose is it?"))

    def validate_link(self, field: Field) -> None:
        """Refuse what names no site."""
        if not site_of(str(field.data or "").strip()):
            raise ValidationError(_("This names no web site. Paste the whole link, like "
                                    "https://www.example.com/people/1."))


class PlaceForm(PlainForm):
    """Where post goes."""

    lines = TextAreaField(_("Street or PO box, one line each"), validators=[_short()],
                          render_kw={"rows": "2", **QUIET})
    city = StringField(_("City"), validators=[_short()], render_kw=QUIET)
    region = StringField(_("State or province"), validators=[_short()], render_kw=QUIET)
    postal_code = StringField(_("Postal code"), validators=[_short()], render_kw=QUIET)
    country = SelectField(_("Country"), choices=country_options, coerce=str,
                          validate_choice=False)  # the check of the registry looks at it


class WayForm(PlainForm):
    """Where one way out goes; only the part that its channel has is shown.

    Args:
        channel: of the way that the page showed; another one now means that it changed meanwhile.
    """

    channel = HiddenField()
    url = StringField(_("Web address"), validators=[_short(LONGEST_LINK)], render_kw=LINK)
    email = StringField(_("E-mail address"), validators=[_short()], render_kw=QUIET)
    phone = StringField(_("Number, with plus and country, like +14155550142"),
                        validators=[_short()], render_kw=QUIET)
    address = FormField(PlaceForm)
    seen = BooleanField(_("I looked today: this is how they take requests"))


class CorrectForm(Form):
    """What people find wrong most often.

    Args:
        version: of the entry that the page showed; another one now means that it changed meanwhile.
    """

    version = HiddenField()

    status = SelectField(_("Is it still there?"), coerce=str, choices=lambda: options(
        (str(value), STATUSES[value]) for value in BrokerStatus))
    domains = TextAreaField(_("Web addresses, one a line, the main one first"),
                            validators=[_short(LONGEST_WORDS)],
                            render_kw={"rows": "3", **QUIET})
    procedures = FieldList(FormField(WayForm), max_entries=MOST_ROWS)
    notes = TextAreaField(_("Note"), validators=[_short(LONGEST_NOTE)],
                          render_kw={"rows": "4"})
    submit = SubmitField(_("Save the correction"))


class AddForm(Form):
    """A company that the registry does not have."""

    name = StringField(_("Name of the company"), render_kw=QUIET, validators=[
        InputRequired(_("Enter the name as people know it.")), _short()])
    domain = StringField(_("Web address"), render_kw=LINK, validators=[
        InputRequired(_("Enter its web address, like example.com.")), _short(LONGEST_LINK)])
    category = SelectField(_("Kind"), coerce=str, validators=[
        InputRequired(_("Choose what it deals in."))], choices=lambda: options(
            [("", _("Choose a kind")), *sorted(
                CATEGORIES.items(), key=lambda pair: str(pair[1]).casefold())]))
    channel = SelectField(_("How it lets people out"), coerce=str, choices=lambda: options(
        [("", _("No way is known yet")), *(
            (str(value), CHANNELS[value]) for value in Channel)]))
    contact = StringField(_("Where that goes: web address, e-mail address or number"),
                          validators=[_short(LONGEST_LINK)], render_kw=QUIET)
    address = FormField(PlaceForm)
    needs = SelectMultipleField(
        _("What it needs from you"), coerce=str, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=lambda: options((str(fact), FACTS[fact]) for fact in ASKED_OFTEN))
    source = StringField(_("Link of the page where you read this"), render_kw=LINK, validators=[
        InputRequired(_("Enter where this comes from: a fact without a source ages unseen.")),
        _short(LONGEST_LINK)])
    submit = SubmitField(_("Add this company"))

    def validate_domain(self, field: Field) -> None:
        """Refuse what names no site."""
        if not site_of(str(field.data or "").strip()):
            raise ValidationError(_("This names no web site. Write it like example.com."))

    def validate_channel(self, field: Field) -> None:
        """What goes somewhere goes some way."""
        if not field.data and str(self.contact.data or "").strip():
            raise ValidationError(_("Choose how this way works, or leave its address empty."))

    def validate_contact(self, field: Field) -> None:
        """A way out goes somewhere; a letter has its address below."""
        wanted = self.channel.data not in ("", Channel.POSTAL_MAIL)
        if wanted and not str(field.data or "").strip():
            raise ValidationError(_("Enter where this way goes."))


def field_at(form: Any, path: str) -> Any:
    """The control that a path of the registry's check names, such as `procedures[0].url`.

    Returns:
        None where the form has no such control.
    """
    found: Any = form
    for step in path.replace("[", ".").replace("]", "").split("."):
        inner = getattr(found, "form", found)
        if not isinstance(inner, BaseForm | FieldList):
            break  # deeper than the control: `domains[1]` is shown at `domains`
        found = next((one for one in inner if one.short_name == step), None)
    return None if hasattr(found, "form") or isinstance(found, FieldList) else found
