"""The forms over lists: the filters, the search, and what is left out of a table."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from optout.domain.listing import Column
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.words import Channel, Standing
from optout.services.finding import LONGEST
from optout.web.forms.base import Form
from optout.web.forms.options import options
from optout.web.i18n import lazy as _
from optout.web.labels import CHANNELS, CLAIMS, LOOKS
from optout.web.life_labels import STANDINGS
from optout.web.list_labels import COLUMNS, SORTS

_ANY = ("", _("any"))


def _words(table: dict[Any, Any], *words: Any) -> list[tuple[str, Any]]:
    return [(word.value, table[word]) for word in words or table]


def _date(name: str) -> DateField:
    return DateField(name, validators=[Optional()])


class FilterForm(Form):
    """Which requests are listed.

    Args:
        people: ids and names to choose from; none where there are too many for a list.
        laws: ids and names of the laws.
    """

    person = SelectField(_("Person"), choices=(), validate_choice=False)
    company = StringField(_("Company"), validators=[Length(max=200)])
    standing = SelectField(_("Standing"), choices=options([
        _ANY, *_words(COLUMNS), *_words(STANDINGS, *(
            standing for standing in Standing if standing.value not in set(Column)))]))
    claim = SelectField(_("They say"), choices=options([_ANY, *_words(CLAIMS, *Claim)]))
    look = SelectField(_("Seen at the last look"), choices=options([
        _ANY, *_words(LOOKS, *LookResult)]))
    channel = SelectField(_("Way"), choices=options([_ANY, *_words(CHANNELS, *Channel)]))
    law = SelectField(_("Law"), choices=(), validate_choice=False)
    late = BooleanField(_("Late today"))
    mine = BooleanField(_("Something is for you to do today"))
    made_from = _date(_("Made from"))
    made_to = _date(_("Made until"))
    sent_from = _date(_("Sent from"))
    sent_to = _date(_("Sent until"))
    sort = SelectField(_("Order"), choices=options(_words(SORTS)))

    def __init__(self, *, people: list[tuple[str, str]], laws: list[tuple[str, str]],
                 **known: Any) -> None:
        super().__init__(**known)
        self.person.choices = options([_ANY, *people])
        self.law.choices = options([_ANY, *laws])


class SearchForm(Form):
    """One field for everything."""

    words = StringField(_("Search"), validators=[Length(max=LONGEST)])


class ExportForm(Form):
    """What the table holds."""

    without_names = BooleanField(_("Leave out people’s names and the words kept of answers"))
