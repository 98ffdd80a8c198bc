"""The form into which listings are pasted."""

from __future__ import annotations

from wtforms import SubmitField
from wtforms.fields import TextAreaField
from wtforms.validators import DataRequired

from optout.web.forms.base import Form
from optout.web.i18n import lazy as _


class PasteForm(Form):
    """A pasted text; its limits are the service's."""

    text = TextAreaField(
        _("Links, or a whole page"),
        validators=[DataRequired(_("Paste the links, or the page, into the field."))],
        render_kw={"rows": "10", "autocomplete": "off", "spellcheck": "false"})
    submit = SubmitField(_("Look at what is in it"))
