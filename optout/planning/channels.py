"""Why one way of asking is better than the others: what it proves, discloses, needs and costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from optout.domain.broker import Broker
from optout.domain.fact_words import FACT_WORDS
from optout.domain.person import Person
from optout.domain.words import Channel, Fact, Trust, Verification
from optout.planning.disclosure import UNAVOIDABLE, hard_demands
from optout.planning.minutes import minutes_for
from optout.planning.procedures import TURN, Way, can_remove


@dataclass(frozen=True, slots=True)
class Traits:
    """What a channel leaves in the person's hands, and what it gives away.

    Args:
        proof: 1 (nothing but a note) to 4 (what was sent, and that it was taken).
        keeps: what it leaves as proof, as a sentence.
        shows: what it tells the broker whatever the request says.
    """

    proof: int
    keeps: str
    shows: str


TRAITS: Mapping[Channel, Traits] = {
    Channel.EMAIL: Traits(
        4, "An e-mail keeps its exact text and the answer of their mail server.",
        "the mailbox for answers"),
    Channel.POSTAL_MAIL: Traits(
        3, "A letter keeps its text, and with a receipt of the post also its delivery.",
        "the address for answers"),
    Channel.FAX: Traits(
        3, "A fax keeps its text and the machine’s report.", "the number that it is sent from"),
    Channel.PLATFORM: Traits(
        2, "A platform leaves a confirmation, and a page that says how far it is.",
        "what is entered there, to every broker that it reaches"),
    Channel.PORTAL: Traits(
        2, "A portal leaves a confirmation, and mostly a list of what was asked.",
        "your internet address, and the account there"),
    Channel.WEB_FORM: Traits(
        2, "A form leaves a page of confirmation and no more: keep a picture of it.",
        "your internet address"),
    Channel.ACCOUNT: Traits(
        2, "A setting leaves what the page shows afterwards: keep a picture of it.",
        "that the account there is yours"),
    Channel.PHONE: Traits(
        1, "A call leaves nothing but your own note.",
        "your voice, and mostly the number that you call from"),
}
"""The channels compared. A way is chosen by what it asks first and by what it proves later."""

_PAPERS = (Fact.GOVERNMENT_ID, Fact.SSN, Fact.PHOTO, Fact.DATE_OF_BIRTH)
_MOST_NAMES = 3
_MOST_REASONS = 2


def in_words(facts: Iterable[Fact]) -> str:
    """The facts as a list in a sentence, the first three of them."""
    names = [FACT_WORDS[fact] for fact in Fact if fact in set(facts)]
    if len(names) > _MOST_NAMES:
        names = [*names[:_MOST_NAMES - 1], "more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _papers(way: Way) -> frozenset[Fact]:
    by_check = {Verification.ID_UPLOAD: Fact.GOVERNMENT_ID, Verification.PHOTO_MATCH: Fact.PHOTO}
    checked = {by_check[check] for check in way.procedure.verification if check in by_check}
    return frozenset(_PAPERS).intersection({*way.procedure.needs, *checked})


def _new(way: Way) -> frozenset[Fact]:
    return frozenset(need.fact for need in way.disclosure.needs
                     if need.new_to_broker and need.fact not in UNAVOIDABLE)


def _missing(way: Way) -> frozenset[Fact]:
    return frozenset(lack.fact for lack in way.disclosure.missing)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What decides between two ways; in the order in which ways are ranked.

    Args:
        rank: smaller is better.
        why: what speaks for the better one against the other, in lower case.
        why_not: what speaks against the other, as a sentence.
    """

    rank: Callable[[Way], int]
    why: Callable[[Way, Way], str]
    why_not: Callable[[Way, Way], str]


def _no_papers(best: Way, other: Way) -> str:
    return f"it does not ask for {in_words(_papers(other) - _papers(best))}"


_BETTER_TURN = ("its exact text stays with you", "it needs neither a stamp nor a call",
                "something in writing remains of it")
"""What speaks for a channel against those whose turn is later, by its turn."""

CRITERIA: tuple[Criterion, ...] = (
    Criterion(lambda way: int(not can_remove(way)),
              lambda *_: "it takes data away, where another way only shows it",
              lambda *_: "It is for other ends, and would leave your data where it is."),
    Criterion(lambda way: hard_demands(way.procedure), _no_papers,
              lambda best, way: f"It asks for {in_words(_papers(way) - _papers(best))}."),
    Criterion(lambda way: len(_new(way)),
              lambda best, way: f"it does without {in_words(_new(way) - _new(best))}",
              lambda best, way: f"It would tell them {in_words(_new(way) - _new(best))}, and "
                                "nothing shows that they know."),
    Criterion(lambda way: int(bool(_missing(way))),
              lambda *_: "everything that it needs is there",
              lambda _, way: f"It needs {in_words(_missing(way))}, which cannot be filled in."),
    Criterion(lambda way: int(way.ask.is_voluntary),
              lambda *_: "a right that the law gives you can be asserted that way",
              lambda *_: "No law stands behind a request made that way."),
    Criterion(lambda way: int(Fact.CURRENT_ADDRESS in way.disclosure.facts),
              lambda *_: "it does without your address",
              lambda *_: "It would show them your address."),
    Criterion(lambda way: int(way.procedure.trust is Trust.UNVERIFIED),
              lambda *_: "more than one source tells that they take it",
              lambda *_: "Only one source tells that they take requests that way."),
    Criterion(lambda way: TURN[way.procedure.channel],
              lambda best, _: _BETTER_TURN[TURN[best.procedure.channel]],
              lambda _, way: TRAITS[way.procedure.channel].keeps),
)
"""What decides between ways before the broker's own preference does.

`optout.planning.procedures` ranks by the same, first to last.
"""

_PREFERRED = "it is the way that they prefer themselves"
_NOT_PREFERRED = "They prefer the other way themselves."
_CHOSEN = "it is the way that you chose"
_NOT_CHOSEN = "You chose the other way."


def _decisive(way: Way, best: Way) -> int:
    """The place of what decided against a way; beyond the table where only preference did."""
    return next((place for place, criterion in enumerate(CRITERIA)
                 if criterion.rank(best) < criterion.rank(way)), len(CRITERIA))


def _is_preferred(best: Way, way: Way, broker: Broker) -> bool:
    """Whether the broker itself prefers the best way; if not, only the person's wish is left."""
    order = broker.procedures
    if any(criterion.rank(best) > criterion.rank(way) for criterion in CRITERIA):
        return False
    return order.index(best.procedure) < order.index(way.procedure)


def why_not(way: Way, best: Way, broker: Broker) -> str:
    """Why a way comes after the best one: one reason, as a sentence."""
    place = _decisive(way, best)
    if place < len(CRITERIA):
        return CRITERIA[place].why_not(best, way)
    return _NOT_PREFERRED if _is_preferred(best, way, broker) else _NOT_CHOSEN


def what_speaks_for(way: Way, best: Way) -> str:
    """What a person may still like better about a way that comes after the best one; "" if nothing.

    It proves more, or costs fewer minutes.
    """
    mine, theirs = TRAITS[way.procedure.channel], TRAITS[best.procedure.channel]
    saved = minutes_for(best.procedure) - minutes_for(way.procedure)
    found = ([f"It proves more. {mine.keeps}"] if mine.proof > theirs.proof else []) + (
        [f"It saves {_minutes(saved)}."] if saved > 0 else [])
    return " ".join(found)


def _minutes(number: int) -> str:
    return "a minute" if number == 1 else f"{number} minutes"


def _also(best: Way, others: Sequence[Way]) -> list[str]:
    """What the best way has besides what decided for it."""
    proof = TRAITS[best.procedure.channel].proof
    saved = min(minutes_for(way.procedure) for way in others) - minutes_for(best.procedure)
    return (["it proves most"]
            if all(TRAITS[way.procedure.channel].proof < proof for way in others) else []) + (
        ["it costs the fewest minutes"] if saved > 0 else [])


def why_channel(person: Person, broker: Broker, ways: Sequence[Way]) -> str:
    """Why the first of the ways is the best for this person, in a sentence or two.

    Args:
        person: for whom; a person at risk is told that it says the least about them.
        broker: the recipient.
        ways: those that serve, best first; never empty.
    """
    best, *others = ways
    if not others:
        known = len(broker.procedures)
        return ("It is the only way that is known." if known == 1 else
                f"Of their {known} ways only this one fits you and what is asked.")
    lost = {_decisive(way, best): way for way in reversed(others)}
    undecided = [way for way in others if _decisive(way, best) == len(CRITERIA)]
    preferred = all(_is_preferred(best, way, broker) for way in undecided)
    reasons = [CRITERIA[place].why(best, lost[place]) if place < len(CRITERIA) else
               _PREFERRED if preferred else _CHOSEN for place in sorted(lost)]
    chosen = [*reasons, *_also(best, others)][:_MOST_REASONS]
    sentence = ", and ".join(chosen)
    least = person.at_risk and all(_new(best) < _new(way) for way in others)
    more = " It tells them the least about you." if least else ""
    return f"{sentence[:1].upper()}{sentence[1:]}.{more}"
