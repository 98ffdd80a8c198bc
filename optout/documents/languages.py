"""In which language a request is written: that of its recipient, or English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from optout.documents.law_words import lacking
from optout.documents.order import LetterOrder
from optout.documents.texts import languages
from optout.domain.broker import Broker, Procedure
from optout.domain.words import Channel, Fact

PLAIN_LANGUAGE = "en"
"""The language that every request has words in."""

_SPOKEN: Mapping[str, str] = MappingProxyType({
    "AT": "de", "DE": "de", "LI": "de", "ES": "es", "FR": "fr",
})
"""The language of a country's firms, where there is one.

Belgium, Luxembourg and Switzerland have several official languages, and the registry does not
say which one a firm works in: one is not guessed from a country, so they get English.
"""


def language_of_country(country: str) -> str:
    """The language that letters to a country are written in; English where it is not certain."""
    return _SPOKEN.get(country, PLAIN_LANGUAGE)


def language_of_recipient(broker: Broker, procedure: Procedure) -> str:
    """The language of whoever gets it: by the address it goes to, else by the firm's country."""
    return language_of_country(procedure.address.country if procedure.address else broker.country)


def chosen_language(order: LetterOrder, recipients: str) -> str:
    """The recipient's language if the whole request can be said in it, else English.

    A reason is the person's own words, and a statement for the telephone comes out of their
    mouth. Where the person's language is another than the recipient's, both stay in English,
    which more of us share.

    Args:
        order: what to write, with the language of the person in `person_language`.
        recipients: the language of the recipient.
    """
    if recipients not in languages() or lacking(order, recipients):
        return PLAIN_LANGUAGE
    own_words = Fact.REASON in order.facts or order.channel is Channel.PHONE
    return PLAIN_LANGUAGE if own_words and order.person_language != recipients else recipients


def primary(language: str) -> str:
    """The language of a BCP 47 tag without its country: `de` of `de-AT`."""
    return language.partition("-")[0]
