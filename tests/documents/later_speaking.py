"""Later letters to recipients who read German, French or Spanish; nobody exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from optout.documents.later_order import Duty, Exhibit, HeardBy, LaterOrder, PastTime, Step
from optout.documents.order import LetterOrder
from optout.domain.document_words import Purpose
from optout.domain.words import ActingAs, Channel, Fact, PeriodUnit, Right
from tests.documents.later_orders import LATER_DAY, PROCEDURES, limit
from tests.documents.orders import DAY, changed
from tests.documents.speaking import PLACES, REMOVAL, order_in

_WORDS = {"de": "Wir haben nur „öffentliche Daten“ und löschen nichts.",
          "fr": "Nous n’avons que des données publiques.",
          "es": "Solo tenemos datos públicos."}
_AUTHORITIES = {"de": "Beispielbehörde für Datenschutz", "fr": "Autorité de l’Exemple",
                "es": "Autoridad de Ejemplo"}
_ONE_MONTH = "GDPR Art. 12(3); Regulation (EEC, Euratom) 1182/71, Art. 3"


def _asked(language: str, *rights: Right, acting_as: ActingAs = ActingAs.SELF) -> LetterOrder:
    order = order_in(language, rights, acting_as=acting_as, by_post=False)
    return changed(order, day=LATER_DAY, facts={Fact.REASON: ("–",)}, deadlines={})


def _base(asked: LetterOrder) -> LaterOrder:
    legal = [one for one in asked.footings if one.right is not Right.VOLUNTARY]
    return LaterOrder(
        Purpose.REMINDER, asked, DAY, Channel.EMAIL, conditional=bool(legal),
        past=tuple(PastTime(one.law, one.right, limit(1, 30, PeriodUnit.MONTHS, _ONE_MONTH))
                   for one in legal),
        carried=(Fact.FULL_NAME, Fact.CITY_STATE, Fact.LISTING_URL, Fact.REPLY_EMAIL))


def _identity(asked: LetterOrder) -> LaterOrder:
    return replace(
        _base(asked), purpose=Purpose.IDENTITY_ANSWER, asked_who_on=date(2026, 12, 1),
        demanded=(Fact.GOVERNMENT_ID, Fact.PHOTO, Fact.FULL_NAME),
        doubts="GDPR Art. 12(6)" if asked.footings[0].law == "eu-gdpr" else "")


def _refusal(asked: LetterOrder, language: str) -> LaterOrder:
    legal = asked.footings[0].law == "eu-gdpr"
    return replace(
        _base(asked), purpose=Purpose.REFUSAL_ANSWER, refused_on=date(2026, 12, 8),
        their_words=_WORDS[language], says_public=True, public_counts=legal,
        duty=Duty("GDPR Art. 12(4)", reasons=True, authority=True) if legal else None)


def _complaint(asked: LetterOrder, language: str, *, refused: bool = True) -> LaterOrder:
    base = _base(asked)
    over = base.past[0].limit
    steps = [Step(DAY, "sent", exhibit="A"), Step(date(2026, 11, 30), "acknowledged"),
             Step(date(2026, 12, 1), "identity"), Step(date(2026, 12, 2), "identity_answered"),
             Step(date(2026, 12, 3), "extended"), Step(over.day, "answer_over", limit=over),
             Step(date(2027, 1, 9), "reminded")]
    if refused:
        steps.append(Step(date(2027, 1, 11), "refused", words=_WORDS[language], exhibit="C"))
    return replace(
        base, purpose=Purpose.COMPLAINT, steps=tuple(steps), firm=(PLACES[language].firm,),
        exhibits=(Exhibit("A", "request"), Exhibit("B", "sending"), Exhibit("C", "answer")),
        refused_on=date(2027, 1, 11) if refused else None,
        authority=HeardBy(_AUTHORITIES[language], language=language),
        asked=changed(asked, recipient_lines=(_AUTHORITIES[language],)))


def _letters(language: str) -> dict[str, LaterOrder]:
    own, agent = _asked(language, *REMOVAL), _asked(language, *REMOVAL, acting_as=ActingAs.AGENT)
    kind = _asked(language)
    first, second, _ = _base(own).past
    longer = replace(second, longer=True,
                     limit=limit(2, 58, PeriodUnit.MONTHS, "GDPR Art. 12(3)"))
    return {
        "reminder": replace(_base(own), confirmed_on=date(2026, 11, 30)),
        "reminder-agent": replace(
            _base(agent), past=(replace(first, rested=True), longer), still_running=True,
            reminded_on=date(2027, 1, 9)),
        "reminder-early": replace(_base(own), past=()),
        "reminder-voluntary": _base(kind),
        "identity": _identity(own),
        "identity-agent": replace(_identity(agent), demanded=(), doubts=""),
        "identity-voluntary": _identity(kind),
        "refusal": replace(_refusal(own, language), partly=True),
        "refusal-voluntary": _refusal(kind, language),
        "refusal-unclear": replace(_refusal(own, language), public_counts=False, duty=None),
        "complaint": _complaint(own, language),
        "complaint-agent": _complaint(agent, language, refused=False),
        "form-complaint": replace(
            _complaint(own, language), asked=changed(
                own, procedure=PROCEDURES["form"], person_language="en")),
    }


LATER_SPOKEN: dict[str, LaterOrder] = {
    f"{language}-later-{name}": order
    for language in PLACES for name, order in _letters(language).items()}
"""By language and letter."""
