"""The one table that says which event leads a request from which standing to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from optout.domain.outcome_words import Claim, LookResult
from optout.domain.words import Event, Standing

S, E = Standing, Event

OPEN: tuple[Standing, ...] = tuple(s for s in S if s not in {S.CLOSED, S.WITHDRAWN})
"""Standings in which something is still to come."""

WITH_BROKER: tuple[Standing, ...] = (
    S.SENT, S.UNDELIVERED, S.CONFIRMATION_NEEDED, S.ACKNOWLEDGED, S.IDENTITY_REQUESTED,
    S.REDIRECTED, S.EXTENDED, S.ANSWERED, S.ESCALATED,
)
"""Open standings of a request that has left: what a broker sends can always be recorded."""

CLAIMS: Mapping[Event, Claim] = {
    E.CLAIM_REMOVED: Claim.REMOVED,
    E.CLAIM_SUPPRESSED: Claim.SUPPRESSED,
    E.CLAIM_NO_RECORD: Claim.NO_RECORD,
    E.CLAIM_PARTLY: Claim.PARTLY,
    E.REFUSE: Claim.REFUSED,
}
"""What each of these events says on the broker's behalf: words, never a sight."""

LOOKS: Mapping[Event, LookResult] = {
    E.LOOK_LISTED: LookResult.LISTED,
    E.LOOK_NOT_FOUND: LookResult.NOT_FOUND,
    E.LOOK_FAILED: LookResult.COULD_NOT_LOOK,
}
"""What each of these events says that we saw; a look never moves the standing."""

ASKS_ANEW: frozenset[Event] = frozenset({E.PREPARE, E.MARK_SENT})
"""Events after which an earlier claim speaks of an earlier asking, and is dropped."""


def _to(target: Standing, *froms: Standing) -> dict[Standing, Standing]:
    return dict.fromkeys(froms, target)


def _stay(*standings: Standing) -> dict[Standing, Standing]:
    return {standing: standing for standing in standings}


def _claimed() -> dict[Standing, Standing]:
    # Answers come late: after an escalation, a second time with more, after the person closed
    # the request, or crossing its withdrawal in the post. The last two are kept as claims and
    # do not bring the request back to life.
    return _to(S.ANSWERED, *WITH_BROKER) | _stay(S.CLOSED, S.WITHDRAWN)


def _looked() -> dict[Standing, Standing]:
    # One may look at any time: before asking (is there anything?) and after closing (is it
    # back?). What we see never says where the request stands.
    return _stay(*OPEN, S.CLOSED)


_MOVES: Mapping[Event, Mapping[Standing, Standing]] = {
    # After a bounce or a redirection the next letter is prepared for another address.
    E.PREPARE: _to(S.READY, S.DRAFT, S.UNDELIVERED, S.REDIRECTED),
    # From a draft: people fill in a form before they print our sheet. From a confirmation that
    # was needed: its link ran out, and the form was filled in again.
    E.MARK_SENT: _to(S.SENT, S.DRAFT, S.READY, S.UNDELIVERED, S.REDIRECTED,
                     S.CONFIRMATION_NEEDED),
    # Delivery notices can come twice, and days after another mailbox of the same broker has
    # answered: only a request that nothing came back from becomes undelivered.
    E.BOUNCE: _to(S.UNDELIVERED, S.SENT, S.UNDELIVERED) | _stay(
        S.CONFIRMATION_NEEDED, S.ACKNOWLEDGED, S.IDENTITY_REQUESTED, S.REDIRECTED, S.EXTENDED,
        S.ANSWERED, S.ESCALATED),
    # The link may be sent again, or only after a reminder; a bounce from one mailbox does not
    # keep another one from asking for the click.
    E.NEEDS_CONFIRMATION: _to(
        S.CONFIRMATION_NEEDED, S.SENT, S.UNDELIVERED, S.CONFIRMATION_NEEDED, S.ACKNOWLEDGED,
        S.IDENTITY_REQUESTED, S.REDIRECTED, S.EXTENDED, S.ESCALATED),
    # People click before they tell us that a click was asked for. The broker has handed a
    # message back by then, so the request is more than sent.
    E.CONFIRM_LINK_USED: _to(S.ACKNOWLEDGED, S.CONFIRMATION_NEEDED, S.SENT, S.ACKNOWLEDGED),
    # A receipt moves a request only where nothing better is known: it neither clicks the link,
    # nor answers the demand for identity, nor ends an escalation.
    E.ACKNOWLEDGE: _to(S.ACKNOWLEDGED, S.SENT, S.UNDELIVERED, S.ACKNOWLEDGED) | _stay(
        S.CONFIRMATION_NEEDED, S.IDENTITY_REQUESTED, S.REDIRECTED, S.EXTENDED, S.ANSWERED,
        S.ESCALATED),
    # Also after an answer: “we found nothing; send your identity card and we look again”.
    E.DEMAND_IDENTITY: _to(S.IDENTITY_REQUESTED, *WITH_BROKER),
    # Also after one insisted while the question was open: else a clock that rests would never
    # run again.
    E.ANSWER_IDENTITY: _to(S.ACKNOWLEDGED, S.IDENTITY_REQUESTED) | _stay(S.ESCALATED),
    E.REDIRECT: _to(S.REDIRECTED, *WITH_BROKER),
    # An extension does not do the person's part for them, and does not end an escalation: one
    # that comes after the first period is no extension (see `overdue`).
    E.EXTEND: _to(S.EXTENDED, S.SENT, S.UNDELIVERED, S.ACKNOWLEDGED, S.EXTENDED) | _stay(
        S.CONFIRMATION_NEEDED, S.IDENTITY_REQUESTED, S.REDIRECTED, S.ESCALATED),
    **{event: _claimed() for event in CLAIMS},
    **{event: _looked() for event in LOOKS},
    # Whether the broker is late is computed from dates; the table lets a person remind before.
    # Where the next step is the person's own (a click, another address) there is none to remind.
    E.REMIND: _to(S.ESCALATED, S.SENT, S.ACKNOWLEDGED, S.IDENTITY_REQUESTED, S.EXTENDED,
                  S.ANSWERED, S.ESCALATED),
    # An appeal asks for another decision, so there must have been one, or silence to a reminder.
    E.APPEAL: _to(S.ESCALATED, S.ANSWERED, S.ESCALATED),
    # Also where the published address bounces, or where more proof is asked than the law allows.
    E.COMPLAIN: _to(S.ESCALATED, S.SENT, S.UNDELIVERED, S.ACKNOWLEDGED, S.IDENTITY_REQUESTED,
                    S.REDIRECTED, S.EXTENDED, S.ANSWERED, S.ESCALATED),
    # What never left is withdrawn, not closed.
    E.CLOSE: _to(S.CLOSED, *WITH_BROKER),
    # What was answered can only be closed: the asking cannot be taken back any more.
    E.WITHDRAW: _to(S.WITHDRAWN, *(s for s in OPEN if s is not S.ANSWERED)),
}


def _table(moves: Iterable[tuple[Event, Mapping[Standing, Standing]]]) -> dict[
        tuple[Standing, Event], Standing]:
    return {(origin, event): target for event, row in moves for origin, target in row.items()}


TRANSITIONS: Mapping[tuple[Standing, Event], Standing] = _table(_MOVES.items())
"""Every possible step. `undo` is not in it: it is read off the history (see `life.step`)."""

SENTENCES: Mapping[Standing, str] = {
    S.DRAFT: "Chosen, and nothing has been prepared yet.",
    S.READY: "The document is ready, and has not left yet.",
    S.SENT: "It left. Nothing has come back yet, so nothing is known to have happened.",
    S.UNDELIVERED: "It came back: the address did not take it.",
    S.CONFIRMATION_NEEDED: "It does not count until you click the link that they sent you.",
    S.ACKNOWLEDGED: "They have it: something came back, but no answer yet.",
    S.IDENTITY_REQUESTED: "They ask who you are before they go on.",
    S.REDIRECTED: "They want it sent another way.",
    S.EXTENDED: "They announced that they take longer.",
    S.ANSWERED: "They answered. What they say has to be seen before it is believed.",
    S.ESCALATED: "You insisted: by a reminder, an appeal or a complaint.",
    S.CLOSED: "Finished. Only a look from time to time remains, in case it comes back.",
    S.WITHDRAWN: "You took it back.",
}
"""One plain sentence for each standing."""
