"""The form of a re-check session: what a page showed, with its link and its picture."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import Length

from optout.services.exposures import LONGEST_URL
from optout.web.forms.base import Form
from optout.web.forms.proofs import ProofField
from optout.web.i18n import lazy as _


class LookForm(Form):
    """One look; its result is the button that is pressed."""

    url = StringField(
        _("Link of your listing (optional)"), validators=[
            Length(max=LONGEST_URL, message=_("This is too long."))],
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
    file = ProofField(_("Picture of what you see (optional)"))

    def link(self) -> str:
        """The link without the spaces around it."""
        return str(self.url.data or "").strip()

    def proof(self) -> tuple[str, bytes] | None:
        """Name and content of the picture; None without one."""
        chosen = self.file.file
        return None if chosen is None else (chosen.name, chosen.content)
