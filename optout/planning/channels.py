"""Why one way of asking is better than the others: what it proves, discloses, needs and costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from optout.domain.broker import Broker
from optout.domain.fact_words import FACT_WORDS
from optout.domain.person import Person
from optout.domain.words import Channel, Fact, Trust, Verification
from optout.planning.disclosure import hard_demands
from optout.planning.minutes import minutes_for
from optout.planning.procedures import TURN, Way, can_remove

PROOF: Mapping[Channel, int] = {
    Channel.EMAIL: 4,
    Channel.POSTAL_MAIL: 3,
    Channel.FAX: 3,
    Channel.PLATFORM: 2,
    Channel.PORTAL: 2,
    Channel.WEB_FORM: 2,
    Channel.ACCOUNT: 2,
    Channel.PHONE: 1,
}
"""How much a channel proves later: from 1 (nothing but a note of one’s own) to 4 (the exact text,
and the answer of the mail server that took it)."""

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
    return way.disclosure.newly_told


def _missing(way: Way) -> frozenset[Fact]:
    return frozenset(lack.fact for lack in way.disclosure.missing)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What decides between two ways; in the order in which ways are ranked.

    Args:
        rank: smaller is better.
        why: what speaks for the better one against the other, in lower case.
    """

    rank: Callable[[Way], int]
    why: Callable[[Way, Way], str]


def _no_papers(best: Way, other: Way) -> str:
    return f"it does not ask for {in_words(_papers(other) - _papers(best))}"


_BETTER_TURN = ("its exact text stays with you", "it needs neither a stamp nor a call",
                "something in writing remains of it")
"""What speaks for a channel against those whose turn is later, by its turn."""

CRITERIA: tuple[Criterion, ...] = (
    Criterion(lambda way: int(not can_remove(way)),
              lambda *_: "it takes data away, where another way only shows it"),
    Criterion(lambda way: hard_demands(way.procedure), _no_papers),
    Criterion(lambda way: len(_new(way)),
              lambda best, way: f"it does without {in_words(_new(way) - _new(best))}"),
    Criterion(lambda way: int(bool(_missing(way))),
              lambda *_: "everything that it needs is there"),
    Criterion(lambda way: int(way.ask.is_voluntary),
              lambda *_: "a right that the law gives you can be asserted that way"),
    Criterion(lambda way: int(Fact.CURRENT_ADDRESS in way.disclosure.facts),
              lambda *_: "it does without your address"),
    Criterion(lambda way: int(way.procedure.trust is Trust.UNVERIFIED),
              lambda *_: "more than one source tells that they take it"),
    Criterion(lambda way: TURN[way.procedure.channel],
              lambda best, _: _BETTER_TURN[TURN[best.procedure.channel]]),
)
"""What decides between ways before the broker's own preference does.

`optout.planning.procedures` ranks by the same, first to last.
"""

_PREFERRED = "it is the way that they prefer themselves"
_CHOSEN = "it is the way that you chose"


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


def _also(best: Way, others: Sequence[Way]) -> list[str]:
    """What the best way has besides what decided for it."""
    proof = PROOF[best.procedure.channel]
    saved = min(minutes_for(way.procedure) for way in others) - minutes_for(best.procedure)
    return (["it proves most"]
            if all(PROOF[way.procedure.channel] < proof for way in others) else []) + (
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
