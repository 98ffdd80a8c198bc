"""The form about a person, with rows that can be added without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    SubmitField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, Optional

from optout.domain.words import NameKind, Sensitivity
from optout.web.forms.base import MOST_ROWS, Form
from optout.web.forms.options import country_options, options, residence_options
from optout.web.i18n import lazy as _
from optout.web.labels import NAME_KINDS, SENSITIVITIES

SHORT = [Length(max=200, message=_("This is too long. Enter at most 200 characters."))]
KEEP_ASIDE = {"autocomplete": "off"}
"""Browsers must not remember what is typed here: others may use the same browser."""


def _text(label: str, **more: str) -> StringField:
    return StringField(label, validators=SHORT, render_kw={**KEEP_ASIDE, **more})


def _date(label: str) -> DateField:
    return DateField(label, validators=[Optional()], render_kw=dict(KEEP_ASIDE))


def _sensitivity() -> SelectField:
    return SelectField(_("May it be sent?"), choices=options(SENSITIVITIES),
                       default=Sensitivity.NORMAL)


class NameRow(PlainForm):
    """One name."""

    given = _text(_("Given name"))
    middle = _text(_("Middle name"))
    family = _text(_("Family name"))
    kind = SelectField(_("What is this name?"), choices=options(NAME_KINDS),
                       default=NameKind.LEGAL)


class EmailRow(PlainForm):
    """One e-mail address."""

    value = _text(_("E-mail address"), inputmode="email", spellcheck="false")
    sensitivity = _sensitivity()


class PhoneRow(PlainForm):
    """One phone number."""

    value = _text(_("Phone number"), inputmode="tel")
    sensitivity = _sensitivity()


class DeviceRow(PlainForm):
    """One phone or tablet, by its advertising id."""

    value = _text(_("Advertising ID"), spellcheck="false")
    sensitivity = _sensitivity()


class PlaceRow(PlainForm):
    """The fields of a postal address."""

    street = _text(_("Street and number, or PO box"))
    extra = _text(_("Unit, floor, care of"))
    city = _text(_("City"))
    region = _text(_("State or province"))
    postal_code = _text(_("Postal code"))
    country = SelectField(_("Country"), choices=country_options, validate_choice=False,
                          default="")


class AddressRow(PlaceRow):
    """One address of the person's life."""

    when = SelectField(_("When?"), default="current", choices=options([
        ("current", _("I live here now")), ("earlier", _("I lived here earlier"))]))
    substitute = BooleanField(_("This is a substitute address (such as Safe at Home)"))
    sensitivity = _sensitivity()


class ResidenceRow(PlainForm):
    """One place of residence."""

    code = SelectField(_("State or country"), choices=residence_options, validate_choice=False,
                       default="")
    until = _date(_("Until (leave empty if you live there now)"))


class PersonForm(Form):
    """Who is asking."""

    names = FieldList(FormField(NameRow), label=_("Names"), min_entries=1, max_entries=MOST_ROWS)
    residences = FieldList(FormField(ResidenceRow), label=_("Where you live"), min_entries=1,
                           max_entries=MOST_ROWS)
    emails = FieldList(FormField(EmailRow), label=_("E-mail addresses"), min_entries=1,
                       max_entries=MOST_ROWS)
    phones = FieldList(FormField(PhoneRow), label=_("Phone numbers"), min_entries=1,
                       max_entries=MOST_ROWS)
    addresses = FieldList(FormField(AddressRow), label=_("Addresses"), min_entries=1,
                          max_entries=MOST_ROWS)
    advertising_ids = FieldList(FormField(DeviceRow), label=_("Phones and tablets"),
                                min_entries=1, max_entries=MOST_ROWS)
    date_of_birth = _date(_("Date of birth (optional)"))
    reply_email = _text(_("E-mail address for answers"), inputmode="email", spellcheck="false")
    reply_address = FormField(PlaceRow, label=_("Postal address for answers (optional)"))
    at_risk = BooleanField(_("Someone is looking for this person, or others use this computer"))
    submit = SubmitField(_("Save"))

    def add_row(self, which: str) -> bool:
        """Add an empty row to a list; False when there is no such list or it is full."""
        rows = self._fields.get(which)
        if not isinstance(rows, FieldList) or len(rows.entries) >= MOST_ROWS:
            return False
        rows.append_entry(_FRESH.get(which))
        return True


_FRESH: Mapping[str, Mapping[str, object]] = {
    "names": {"kind": NameKind.ALIAS},
    "addresses": {"when": "earlier"},
}
"""What a further row begins with."""
