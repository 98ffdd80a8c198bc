"""What a later letter is made of: the request that it follows, and what has happened since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.documents.order import LetterOrder
from optout.domain.document_words import Purpose
from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, Fact, Right


@dataclass(frozen=True, slots=True)
class PastTime:
    """A time of the law that is over.

    Args:
        limit: its last day, with number, unit and section.
        to_confirm: it was given to confirm receipt, else to answer.
        longer: it is the longer time that they announced.
        rested: the clock rested while a question about identity was open.
        why_later: why some recipients have longer, where nobody can see which; then it is over
            for all of them from `limit.late_from` on.
    """

    law: str
    right: Right
    limit: ComputedDate
    to_confirm: bool = False
    longer: bool = False
    rested: bool = False
    why_later: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What the law says that a refusal must contain, and where."""

    section: str
    reasons: bool = False
    appeal: bool = False
    authority: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history in a complaint.

    Args:
        key: names the sentence, `step.<key>` in the terms of the language.
        words: the recipient's own words, quoted after the sentence; empty for none.
        exhibit: the letter under which the paper stands in the case bundle; empty for none.
        limit: the time that ended, where the step is that.
    """

    on: date
    key: str
    words: str = ""
    exhibit: str = ""
    limit: ComputedDate | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A paper that is enclosed with a complaint: its letter in the case bundle, and what it is."""

    letter: str
    key: str


@dataclass(frozen=True, slots=True)
class HeardBy:
    """The authority that a complaint goes to.

    Args:
        wants: what it wants to see, in words for the person.
        language: that it asks complaints in, ISO 639-1; empty where it does not say.
        link: its page that takes complaints; empty where none is confirmed.
    """

    name: str
    wants: str = ""
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class LaterOrder:
    """Everything that composing a later letter needs. No fact about the person but their name.

    Args:
        asked: the request: who writes to whom, by which channel, what was asked for. It carries
            no facts; its recipient is the one of this letter, an authority too.
        sent_on, sent_by: when and how the request went out.
        past: the times of the law that are over.
        still_running: it asked for more whose time is not over.
        confirmed_on: when they confirmed receipt; None if they did not. Likewise `asked_who_on`,
            `refused_on`, `reminded_on`.
        partly: they refused a part only.
        demanded: what they want as proof of identity, by name.
        carried: the facts that the request carried, by name.
        doubts: where the law allows such questions on reasonable doubts only; empty if nowhere.
        duty: what the law says of a refusal; None where that is not certain.
        says_public: they call what they hold public.
        public_counts: a law of the request covers what is public, too.
        to_firm: the appeal is a complaint to the firm itself.
        appeal_answer: the time that the law gives for the answer to an appeal; None likewise.
        appeal_confirm: the time to confirm it.
        then_to: who hears a complaint after the appeal.
        conditional: the law has conditions that cannot be checked from outside.
        steps, exhibits, authority: for a complaint.
        firm: the recipient of the request as a complaint names it: operator, site, office.
    """

    purpose: Purpose
    asked: LetterOrder
    sent_on: date
    sent_by: Channel
    past: tuple[PastTime, ...] = ()
    still_running: bool = False
    confirmed_on: date | None = None
    asked_who_on: date | None = None
    refused_on: date | None = None
    reminded_on: date | None = None
    partly: bool = False
    their_words: str = ""
    demanded: tuple[Fact, ...] = ()
    carried: tuple[Fact, ...] = ()
    doubts: str = ""
    duty: Duty | None = None
    says_public: bool = False
    public_counts: bool = False
    to_firm: bool = False
    appeal_answer: ComputedDate | None = None
    appeal_confirm: ComputedDate | None = None
    then_to: str = ""
    conditional: bool = False
    steps: tuple[Step, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    authority: HeardBy | None = None
    firm: tuple[str, ...] = ()
