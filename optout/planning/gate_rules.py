"""The safety gates as a table: what is asked, how strongly, and when it applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.domain.person import Authorization, Person
from optout.domain.words import (
    ActingAs,
    Fact,
    GateLevel,
    Right,
    Role,
    Trust,
    Verification,
)
from optout.planning.asks import FILE_LAW, Ask
from optout.planning.disclosure import Disclosure, guarded
from optout.planning.facts import shown_address, to_be_asked
from optout.planning.identity import LETTERS, ON_PAPER, reply_is_safe, shows_home

_SHOWS_HOME = frozenset({Fact.CURRENT_ADDRESS})
_ANSWERED_BY_MAIL = frozenset({
    Verification.EMAIL_CODE, Verification.EMAIL_LINK, Verification.EMAIL_REPLY})
_PAPERS = frozenset({Fact.GOVERNMENT_ID, Fact.SSN})
_SOLD_TO_GOVERNMENT = ("sold_federal_government", "sold_law_enforcement")


@dataclass(frozen=True, slots=True)
class Act:
    """One request that is about to be made, as far as its dangers go."""

    person: Person
    broker: Broker
    procedure: Procedure
    disclosure: Disclosure
    ask: Ask
    day: date
    acting_as: ActingAs = ActingAs.SELF
    authorizations: Sequence[Authorization] = ()

    @property
    def shown(self) -> frozenset[Fact]:
        """The facts that it hands over."""
        return self.disclosure.facts

    @property
    def demanded(self) -> frozenset[Fact]:
        """The facts that the procedure does not work without."""
        return frozenset(self.procedure.needs)


@dataclass(frozen=True, slots=True)
class GateRule:
    """A rule of the table.

    Args:
        id: stable name; answers are remembered by it.
        level: how strongly it holds; None if it only concerns people at risk.
        at_risk: how strongly it holds for people at risk, where that differs.
        question: what is asked, for a frightened reader.
        explanation: the risk and the safer way.
        remedy: what opens it, where an answer alone does not.
        per_broker: the answer counts for this broker only, else for the person.
        applies: the named predicate that says when.
    """

    id: str
    level: GateLevel | None
    question: str
    explanation: str
    applies: Callable[[Act], bool]
    at_risk: GateLevel | None = None
    remedy: str = ""
    per_broker: bool = True

    def level_for(self, person: Person) -> GateLevel | None:
        """How strongly the rule holds for a person; None if it does not concern them."""
        return (self.at_risk or self.level) if person.at_risk else self.level


def acts_without_permission(act: Act) -> bool:
    """Somebody acts for the person, and no signed permission is alive that day."""
    return act.acting_as is not ActingAs.SELF and not any(
        a.living_on(act.day) for a in act.authorizations)


def asks_a_government_system(act: Act) -> bool:
    """The recipient is a public agency's system."""
    return act.broker.role is Role.GOVERNMENT_SYSTEM


def lacks_reply_identity(act: Act) -> bool:
    """No reply mailbox or address of its own is set (at risk: none that is safe)."""
    channel = act.procedure.channel
    if act.person.at_risk:
        return not reply_is_safe(act.person, channel)
    if channel in ON_PAPER:
        return not act.person.reply_email and act.person.reply_address is None
    awaits_mail = Fact.REPLY_EMAIL in act.shown or bool(
        _ANSWERED_BY_MAIL.intersection(act.procedure.verification))
    return awaits_mail and not act.person.reply_email


def hands_over_something_new(act: Act) -> bool:
    """A fact that nothing shows the broker to hold would reach it.

    A state's platform sells nothing and hands on no more than scrambled values for matching.
    """
    return act.broker.role is not Role.PLATFORM and any(
        guarded(act.person, need, act.day) for need in act.disclosure.needs)


def shows_the_home(act: Act) -> bool:
    """The address where the person lives would be seen."""
    address = shown_address(act.person, act.day)
    listed = bool(_SHOWS_HOME & act.shown) and address is not None and not address.substitute
    return listed or (act.procedure.channel in ON_PAPER and shows_home(act.person))


def carries_what_is_to_be_asked(act: Act) -> bool:
    """A value that the person marked “ask me first” would leave."""
    return any(to_be_asked(act.person, fact, act.day) for fact in act.shown)


def wants_a_face(act: Act) -> bool:
    """The way out asks for a photo."""
    return Fact.PHOTO in act.demanded or (
        Verification.PHOTO_MATCH in act.procedure.verification)


def wants_papers(act: Act) -> bool:
    """The way out asks for an identity document or a social security number."""
    return bool(_PAPERS & act.demanded) or Verification.ID_UPLOAD in act.procedure.verification


def wants_a_birth_date(act: Act) -> bool:
    """The way out asks for the full date of birth."""
    return Fact.DATE_OF_BIRTH in act.demanded


def goes_by_advertising_id(act: Act) -> bool:
    """The broker keeps people by the id of their phone."""
    return Fact.ADVERTISING_ID in act.demanded


def goes_by_plate(act: Act) -> bool:
    """The broker keeps people by the plate of their car."""
    return Fact.LICENSE_PLATE in act.demanded


def makes_one_look(act: Act) -> bool:
    """The person must look themselves up at the broker first."""
    return bool({Fact.LISTING_URL, Fact.RECORD_SELECTION} & act.demanded) or (
        Verification.RECORD_MATCH in act.procedure.verification)


def is_at_risk(act: Act) -> bool:
    """Somebody is looking for the person, or others use this computer."""
    return act.person.at_risk


def is_the_californian_platform(act: Act) -> bool:
    """The request goes through California's platform, which checks who one is."""
    return act.broker.role is Role.PLATFORM


def is_about_a_consumer_file(act: Act) -> bool:
    """The request stands on the law of consumer files, or asks for a freeze."""
    return any(f.law == FILE_LAW or f.right is Right.FREEZE for f in act.ask.footings)


def sells_to_government(act: Act) -> bool:
    """The broker told a state that it sells to the government or to the police."""
    return any(act.broker.reported.get(flag, False) for flag in _SOLD_TO_GOVERNMENT)


def is_not_proven(act: Act) -> bool:
    """Nobody has seen this way work yet, or what it asks for is assumed."""
    return act.procedure.trust is Trust.UNVERIFIED or act.procedure.needs_assumed


def was_checked_long_ago(act: Act) -> bool:
    """What is known of this way is past its check-by date."""
    return act.procedure.wants_a_look(act.day)


def is_a_letter_of_an_agent(act: Act) -> bool:
    """A letter would name who acts for the person."""
    return act.acting_as is not ActingAs.SELF and act.procedure.channel in LETTERS


GATES: tuple[GateRule, ...] = (
    GateRule(
        "agent-without-authorization", GateLevel.BLOCK,
        "Is there a signed permission to act for this person?",
        "Nobody may act for somebody else without a permission that is signed, still running and "
        "not revoked.",
        acts_without_permission, per_broker=False,
        remedy="Enter the signed authorization with its dates, or let the person act themselves."),
    GateRule(
        "government-system", GateLevel.BLOCK,
        "This is a government system. Have you spoken with a lawyer?",
        "Asking an agency what it holds can draw its attention to you. Nothing is sent to one from "
        "here; drafts are for a lawyer to decide about.",
        asks_a_government_system,
        remedy="Talk to a lawyer or a legal clinic first. No request is made from here."),
    GateRule(
        "reply-identity-missing", GateLevel.CONFIRM,
        "No mailbox is set for answers. Should your own one be shown?",
        "Answers have to go somewhere. A mailbox made only for this tells a broker nothing new "
        "about you; your own one does.",
        lacks_reply_identity, at_risk=GateLevel.BLOCK, per_broker=False,
        remedy="Make a new mailbox under a neutral name that nobody else can open (for letters a "
               "PO box or a substitute address), and enter it as the address for answers."),
    GateRule(
        "new-fact-to-broker", GateLevel.CONFIRM,
        "This would tell them something that they may not know. Go on?",
        "Nothing shows that they hold all that this way out asks for. What they learn, they can "
        "sell. The list below marks what is new to them.",
        hands_over_something_new, at_risk=GateLevel.BLOCK,
        remedy="Look first whether they list you, and enter the listing; or choose a way that asks "
               "for less."),
    GateRule(
        "home-address-shown", GateLevel.WARN,
        "This shows where you live.",
        "Use it only for a broker that lists this address already. An earlier address often serves "
        "as well, and answers can go to a PO box.",
        shows_the_home, at_risk=GateLevel.BLOCK,
        remedy="Set a substitute address or a PO box, or choose a way that needs no address."),
    GateRule(
        "sensitive-fact", GateLevel.CONFIRM,
        "You marked something in this request as “ask me first”. May it be sent?",
        "The list below shows what would leave. If you are not sure, choose another way.",
        carries_what_is_to_be_asked),
    GateRule(
        "look-first", GateLevel.CONFIRM,
        "What we know of this way out is old. Did you look whether it still holds?",
        "It was last checked long ago. Open their privacy page in a private window, and compare "
        "the address and what they ask for. If something changed, correct the entry first.",
        was_checked_long_ago),
    GateRule(
        "face-upload", GateLevel.CONFIRM,
        "They ask for a photo of your face. Do you want to give them one?",
        "They make a face print of it. If you decide to, choose a picture that is public already "
        "and shows nobody else. If you have a lawyer, ask them first.",
        wants_a_face),
    GateRule(
        "ssn-or-id-demanded", GateLevel.CONFIRM,
        "They ask for an identity document or your social security number. Go on this way?",
        "Nothing of it is filled in for you. Cover everything on a copy but your name and address. "
        "A social security number belongs only into the form of a consumer reporting agency.",
        wants_papers),
    GateRule(
        "date-of-birth-demanded", GateLevel.WARN,
        "They ask for your date of birth.",
        "It is not filled in for you. Enter it by hand only if they already list your age and "
        "refuse without it.",
        wants_a_birth_date),
    GateRule(
        "advertising-id-only", GateLevel.WARN,
        "This request carries your phone’s advertising id, and no name.",
        "The id and your name in one request would tell them whose movements they hold. After "
        "sending, reset the id in the phone’s settings.",
        goes_by_advertising_id),
    GateRule(
        "plate-name-split", GateLevel.WARN,
        "This request is about a licence plate. Keep your name out of it.",
        "The plate and your name in one request would tell them whose movements they hold.",
        goes_by_plate),
    GateRule(
        "look-is-a-disclosure", GateLevel.INFORM,
        "To find your listing you have to look for yourself there.",
        "That shows them the name that you type and your internet address. Use a private window, "
        "and do not sign in.",
        makes_one_look, at_risk=GateLevel.WARN),
    GateRule(
        "login-gov", GateLevel.WARN,
        "The platform checks who you are. Choose how.",
        "It offers Login.gov, which is a federal service, and California’s own gateway. If a "
        "federal account worries you, take the gateway. Enter only details that brokers hold "
        "already: they are passed on to them in scrambled form for matching.",
        is_the_californian_platform),
    GateRule(
        "survivors-order", None,
        "Safety comes before opt-outs.",
        "First an address programme (such as Safe at Home), then the new address, then the "
        "opt-outs. Never tell a broker an address that it does not know. An advocate can help you "
        "to plan this.",
        is_at_risk, at_risk=GateLevel.INFORM, per_broker=False),
    GateRule(
        "freeze-vs-optout", GateLevel.INFORM,
        "What this does, and what it does not do.",
        "A freeze keeps lenders out of your file; an opt-out limits what is sold; a copy shows "
        "what is there. None of them deletes the file, and a freeze does not stop every use.",
        is_about_a_consumer_file),
    GateRule(
        "le-edition", GateLevel.INFORM,
        "This broker also sells to the government or the police.",
        "An opt-out often leaves those products as they are, and it does not reach copies that "
        "were sold before. It still helps against everyone else.",
        sells_to_government),
    GateRule(
        "agent-identity-discloses", GateLevel.INFORM,
        "This letter says who acts for you.",
        "A letter that names a clinic tells the broker whose client you are. The person can sign "
        "it themselves instead.",
        is_a_letter_of_an_agent, at_risk=GateLevel.CONFIRM),
    GateRule(
        "unverified-procedure", GateLevel.INFORM,
        "We have not seen this way work yet.",
        "What we know of it comes from their own pages or from lists. If it fails, tell us, and "
        "choose another way.",
        is_not_proven),
)
"""Every gate, the strongest first. Only `CONFIRM` is cleared by an answer; `BLOCK` never is."""
