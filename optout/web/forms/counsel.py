"""The form about a person's lawyer, and the small forms of a draft for them."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, FormField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, Optional

from optout.domain.errors import InvalidInput
from optout.domain.places import PostalAddress
from optout.services.counsel import Office
from optout.web.forms.base import Form, add_error, clean
from optout.web.forms.person import KEEP_ASIDE, SHORT, PlaceRow
from optout.web.forms.person_values import postal_or_none
from optout.web.i18n import lazy as _
from optout.web.i18n import text


class CounselForm(Form):
    """Who the lawyer is, and what they confirmed."""

    name = StringField(_("Name of the lawyer or accredited representative"),
                       validators=[InputRequired(_("Enter the name.")), *SHORT],
                       render_kw=dict(KEEP_ASIDE))
    organisation = StringField(_("Firm or clinic (optional)"), validators=SHORT,
                               render_kw=dict(KEEP_ASIDE))
    office = FormField(PlaceRow, label=_("Office address: answers go there"))
    may_show_home = BooleanField(_(
        "May the home address stand in drafts? Counsel confirmed it to me."))
    save = SubmitField(_("Save"))

    def office_entered(self) -> Office | None:
        """What was entered; None when it cannot be used, with the message at its field."""
        address = self._address()
        if address is None:
            return None
        return Office(name=clean(self.name.data), organisation=clean(self.organisation.data),
                      address=address, may_show_home=bool(self.may_show_home.data))

    def _address(self) -> PostalAddress | None:
        row: Any = self.office.form
        try:
            found = postal_or_none(row)
        except InvalidInput as error:
            add_error(row._fields.get(error.field) or row.street, str(error))
            return None
        if found is None:
            add_error(row.street, text("Enter the address of the office."))
        return found


class FiledForm(Form):
    """Counsel filed a draft."""

    on = DateField(_("Day on which counsel filed it"), validators=[Optional()],
                   render_kw=dict(KEEP_ASIDE))
    number = StringField(_("Number that the agency gave it (optional)"),
                         validators=[Length(max=200)], render_kw=dict(KEEP_ASIDE))
    save = SubmitField(_("Counsel filed it"))
