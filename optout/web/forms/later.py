"""The form of a letter about a request: what only the person knows about what came back."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from optout.domain.document_words import Purpose
from optout.domain.later import LaterDetails
from optout.domain.words import Fact
from optout.services.later_letters import LONGEST_WORDS
from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.i18n import lazy as _
from optout.web.i18n import text
from optout.web.labels import FACTS

DEMANDED = (Fact.GOVERNMENT_ID, Fact.SSN, Fact.PHOTO, Fact.DATE_OF_BIRTH, Fact.CURRENT_ADDRESS,
            Fact.PREVIOUS_ADDRESS, Fact.PHONE, Fact.EMAIL, Fact.ACCOUNT, Fact.EMPLOYER,
            Fact.PROOF_OF_RISK)
"""What recipients ask for when they want to know who somebody is, the boldest first."""

QUOTES = frozenset({Purpose.IDENTITY_ANSWER, Purpose.REFUSAL_ANSWER, Purpose.APPEAL,
                    Purpose.COMPLAINT})
"""Letters that take up the recipient's own words."""


class LaterForm(Form):
    """What goes into a letter about a request.

    Args:
        purpose: leaves out the fields that this letter has no use for.
        authorities: who hears a complaint, the likeliest first.
        meant: the one that is there for the person, if it is known; else none is chosen
            beforehand.
    """

    demanded = SelectMultipleField(
        _("What do they want to see?"), coerce=str, choices=(), widget=ListWidget(),
        option_widget=CheckboxInput())
    their_words = TextAreaField(_("Their words (optional)"), validators=[
        Length(max=LONGEST_WORDS, message=_("This is too long. Keep the sentence that counts."))],
        render_kw={"rows": "4"})
    authority = SelectField(_("Who should hear it?"), coerce=str, choices=(), validators=[
        InputRequired(_("Several authorities could hear it. Choose the one where you live."))])

    def __init__(self, purpose: Purpose, *, authorities: Sequence[str] = (),
                 meant: str = "") -> None:
        super().__init__(prefix="later", data={"authority": meant})
        self.demanded.choices = options([(one.value, str(FACTS[one])) for one in DEMANDED])
        self.authority.choices = options([
            *([] if meant else [("", text("Choose the one where you live"))]),
            *((name, name) for name in authorities)])
        if purpose is not Purpose.IDENTITY_ANSWER:
            del self.demanded
        if purpose not in QUOTES:
            del self.their_words
        if purpose is not Purpose.COMPLAINT or not authorities:
            del self.authority

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to enter."""
        return any(name in self for name in ("demanded", "their_words", "authority"))

    def details(self) -> LaterDetails:
        """What was entered in a sound form."""
        return LaterDetails(
            tuple(Fact(one) for one in self.demanded.data or ()) if "demanded" in self else (),
            (self.their_words.data or "").strip() if "their_words" in self else "",
            str(self.authority.data or "") if "authority" in self else "")
