"""Orders for every letter that comes after a request, under several laws; nobody is real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from optout.documents.later_order import Duty, Exhibit, HeardBy, LaterOrder, PastTime, Step
from optout.documents.order import LetterOrder
from optout.domain.broker import Procedure
from optout.domain.document_words import Purpose
from optout.domain.footing import ComputedDate, Footing
from optout.domain.words import Channel, Fact, PeriodUnit, Right
from tests.documents.orders import CCPA, DAY, GDPR, ORDERS, VCDPA, changed

LATER_DAY = date(2027, 1, 20)
CPA, UK, FCRA = "us-co-cpa", "gb-uk-gdpr", "us-federal-fcra"
APPEALS = {VCDPA: "Va. Code § 59.1-577(C)", CPA: "C.R.S. § 6-1-1306(3)",
           UK: "Data Protection Act 2018, s. 164A"}
PROCEDURES = {"form": Procedure(Channel.WEB_FORM, url="https://authority.example/complain"),
              "phone": Procedure(Channel.PHONE, phone="+1 800 555 0142")}
_CITED = {
    CCPA: "Cal. Civ. Code § 1798.130(a)(2)", VCDPA: "Va. Code § 59.1-577(B)(1)",
    CPA: "C.R.S. § 6-1-1306(2)(a)", GDPR: "GDPR Art. 12(3)", UK: "UK GDPR Art. 12(3)",
    FCRA: "15 U.S.C. § 1681i(a)(1)(A)",
}


def limit(number: int, after: int, unit: PeriodUnit, section: str) -> ComputedDate:
    """A period that began on the day of the request."""
    end = DAY + timedelta(days=after)
    return ComputedDate(end, end + timedelta(days=1), DAY, number, unit, section, ())


def _past(footings: Iterable[Footing]) -> tuple[PastTime, ...]:
    found = []
    for one in footings:
        if one.right is Right.OPT_OUT_OF_SALE and one.law == CCPA:
            end = limit(15, 22, PeriodUnit.BUSINESS_DAYS, "Cal. Code Regs. tit. 11, § 7026(f)")
        elif one.law in {GDPR, UK}:
            end = limit(1, 30, PeriodUnit.MONTHS, _CITED[one.law])
        elif one.law == FCRA:
            end = limit(30, 30, PeriodUnit.CALENDAR_DAYS, _CITED[FCRA])
        else:
            end = limit(45, 45, PeriodUnit.CALENDAR_DAYS, _CITED[one.law])
        why = ("After a free yearly report from the central source an agency has 45 days."
               if one.law == FCRA else "")
        found.append(PastTime(one.law, one.right, end, why_later=why))
    return tuple(found)


def _asked(name: str, *, law: str = "", **changes: object) -> LetterOrder:
    order = changed(ORDERS[name], day=LATER_DAY, facts={Fact.REASON: ("–",)}, covers_names=(),
                    deadlines={})
    named = {CPA: "Colorado Privacy Act", UK: "UK General Data Protection Regulation"}
    footings = tuple(replace(
        one, law=law or one.law, law_name=named.get(law, one.law_name),
        appeal_section=APPEALS.get(law or one.law, ""),
        no_proof_section="Cal. Code Regs. tit. 11, § 7026(d)"
        if one.law == CCPA and one.right is Right.OPT_OUT_OF_SALE else "")
        for one in order.footings)
    return changed(order, footings=footings, **changes)


ASKED: dict[str, LetterOrder] = {
    "california": _asked("california"),
    "california-agent": _asked("california-agent"),
    "virginia": _asked("virginia"),
    "colorado": _asked("virginia", law=CPA),
    "gdpr": _asked("gdpr"),
    "uk": _asked("gdpr", law=UK, recipient_country="GB"),
    "fcra": _asked("fcra-dispute"),
    "voluntary": _asked("voluntary"),
    "voluntary-guardian": _asked("voluntary-guardian"),
}


def _base(asked: LetterOrder) -> LaterOrder:
    legal = [one for one in asked.footings if one.right is not Right.VOLUNTARY]
    return LaterOrder(
        Purpose.REMINDER, asked, DAY, asked.channel, past=_past(legal),
        conditional=any(one.limits for one in legal),
        carried=(Fact.FULL_NAME, Fact.CITY_STATE, Fact.LISTING_URL, Fact.REPLY_EMAIL))


def _reminder(name: str) -> LaterOrder:
    order = _base(ASKED[name])
    if name == "california":
        confirm = limit(10, 16, PeriodUnit.BUSINESS_DAYS, "Cal. Code Regs. tit. 11, § 7021(a)")
        order = replace(order, past=(
            PastTime(CCPA, Right.ACCESS, confirm, to_confirm=True), *order.past))
    if name == "virginia":
        order = replace(order, confirmed_on=date(2026, 11, 30), reminded_on=date(2027, 1, 9),
                        past=tuple(replace(one, longer=True) for one in order.past))
    return replace(order, past=tuple(replace(one, rested=name == "gdpr") for one in order.past))


def _identity(name: str) -> LaterOrder:
    doubts = {"gdpr": "GDPR Art. 12(6)", "uk": "UK GDPR Arts. 12(6), 12A"}
    return replace(
        _base(ASKED[name]), purpose=Purpose.IDENTITY_ANSWER, asked_who_on=date(2026, 11, 30),
        demanded=(Fact.GOVERNMENT_ID, Fact.PHOTO, Fact.FULL_NAME), doubts=doubts.get(name, ""))


def _refusal(name: str) -> LaterOrder:
    return replace(
        _base(ASKED[name]), purpose=Purpose.REFUSAL_ANSWER, refused_on=date(2026, 12, 8),
        partly=name == "virginia",
        their_words="We only hold “public records” and cannot remove them.", says_public=True,
        public_counts=name == "gdpr",
        duty=Duty("GDPR Art. 12(4)", reasons=True, authority=True) if name == "gdpr" else None)


def _appeal(name: str) -> LaterOrder:
    order = replace(_refusal(name), purpose=Purpose.APPEAL)
    law = order.asked.footings[0].law
    if law == UK:
        return replace(order, to_firm=True, refused_on=None, reminded_on=date(2027, 1, 5),
                       appeal_confirm=limit(30, 30, PeriodUnit.CALENDAR_DAYS, APPEALS[UK]))
    within = limit(60, 60, PeriodUnit.CALENDAR_DAYS, APPEALS[VCDPA]) if law == VCDPA else None
    return replace(order, appeal_answer=within, then_to={
        VCDPA: "the Virginia Attorney General", CPA: "the Colorado Attorney General"}[law])


def _complaint(name: str) -> LaterOrder:
    base = _base(ASKED[name])
    refused = name != "california"
    steps = [Step(DAY, "sent", exhibit="A"), Step(date(2026, 12, 1), "acknowledged")]
    steps += [Step(base.past[0].limit.day, "answer_over", limit=base.past[0].limit),
              Step(date(2027, 1, 9), "reminded")]
    if refused:
        steps.append(Step(date(2027, 1, 11), "refused", words="We only hold public records.",
                          exhibit="C"))
    if name == "virginia":
        steps.append(Step(date(2027, 1, 12), "appealed"))
    exhibits = [Exhibit("A", "request"), Exhibit("B", "sending"),
                *([Exhibit("C", "answer")] if refused else [])]
    return replace(
        base, purpose=Purpose.COMPLAINT, steps=tuple(steps), exhibits=tuple(exhibits),
        refused_on=date(2027, 1, 11) if refused else None, firm=(
            "Example Data, Inc.", "example.com", "100 Example Plaza", "Sacramento, CA 95814"),
        authority=HeardBy("Office of Examples", "Its own form, if you can.",
                          language="de" if name == "gdpr" else "en"),
        asked=changed(base.asked, recipient_lines=(
            "Office of Examples", "1 Authority Street", "Sampleton, CA 95814")))


def _by(order: LaterOrder, procedure: str) -> LaterOrder:
    return replace(order, asked=changed(order.asked, procedure=PROCEDURES[procedure],
                                        recipient_lines=()))


LATER: dict[str, LaterOrder] = {
    **{f"reminder-{name}": _reminder(name) for name in ASKED},
    **{f"identity-{name}": _identity(name) for name in ASKED},
    **{f"refusal-{name}": _refusal(name)
       for name in ("california", "virginia", "gdpr", "uk", "fcra", "voluntary")},
    **{f"appeal-{name}": _appeal(name) for name in ("virginia", "colorado", "uk")},
    **{f"complaint-{name}": _complaint(name)
       for name in ("california", "california-agent", "virginia", "gdpr", "uk", "fcra")},
    "form-reminder": _by(_reminder("voluntary"), "form"),
    "phone-identity": _by(_identity("california"), "phone"),
    "form-appeal": _by(_appeal("virginia"), "form"),
    "form-complaint": _by(_complaint("gdpr"), "form"),
    "form-complaint-agent": _by(_complaint("california-agent"), "form"),
}
