"""The companies that a person chose by hand, kept with their wish; and the channels they prefer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import session

from optout.domain.actor import OWNER
from optout.domain.words import Channel
from optout.services import wishes
from optout.web.state import desk

MOST_BROKERS = 2_000


def chosen(person_id: str) -> tuple[str, ...]:
    """The ids of the brokers chosen by hand so far, in the order of their choice."""
    return wishes.wish_of(desk(), person_id).wanted.brokers


def choose(person_id: str, broker_ids: Iterable[str]) -> None:
    """Add brokers to those chosen by hand."""
    _keep(person_id, tuple(dict.fromkeys((*chosen(person_id), *broker_ids)))[:MOST_BROKERS])


def drop(person_id: str, broker_ids: Iterable[str]) -> None:
    """Take brokers out of those chosen by hand, and with them the channels chosen for them."""
    gone = set(broker_ids)
    _keep(person_id, tuple(i for i in chosen(person_id) if i not in gone))
    kept = {b: c for b, c in channels(person_id).items() if b not in gone}
    session["channels"] = {**session.get("channels", {}), person_id: kept}


def _keep(person_id: str, brokers: tuple[str, ...]) -> None:
    wanted = wishes.wish_of(desk(), person_id).wanted
    if brokers == wanted.brokers:
        return
    changed = replace(wanted, brokers=brokers)
    if changed.is_empty:
        wishes.forget_wanted(desk(), person_id, actor=OWNER)
    else:
        wishes.set_wanted(desk(), person_id, changed, actor=OWNER)


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
