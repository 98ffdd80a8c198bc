"""What a person is choosing, kept in the session until requests are made of it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import session

from optout.domain.words import Channel

MOST_BROKERS = 2_000


def chosen(person_id: str) -> tuple[str, ...]:
    """The ids of the brokers selected so far, in the order of their selection."""
    return tuple(session.get("chosen", {}).get(person_id, ()))


def choose(person_id: str, broker_ids: Iterable[str]) -> None:
    """Add brokers to the selection."""
    together = tuple(dict.fromkeys((*chosen(person_id), *broker_ids)))[:MOST_BROKERS]
    session["chosen"] = {**session.get("chosen", {}), person_id: together}


def drop(person_id: str, broker_ids: Iterable[str]) -> None:
    """Take brokers out of the selection, and with them the channels chosen for them."""
    gone = set(broker_ids)
    rest = tuple(i for i in chosen(person_id) if i not in gone)
    session["chosen"] = {**session.get("chosen", {}), person_id: rest}
    kept = {b: c for b, c in channels(person_id).items() if b not in gone}
    session["channels"] = {**session.get("channels", {}), person_id: kept}


def channels(person_id: str) -> dict[str, Channel]:
    """The channels that the person chose in place of the plan's own choice, by broker."""
    return dict(session.get("channels", {}).get(person_id, {}))


def choose_channel(person_id: str, broker_id: str, channel: Channel | None) -> None:
    """Ask a broker by another channel; None goes back to the plan's own choice."""
    kept = channels(person_id)
    kept.pop(broker_id, None)
    if channel is not None:
        kept[broker_id] = channel
    session["channels"] = {**session.get("channels", {}), person_id: kept}
