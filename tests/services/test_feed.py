"""The private address: off at first, not to be guessed, replaced and taken back at once."""

from __future__ import annotations

import logging
import secrets
from typing import Any

import pytest

from optout import logs
from optout.domain.errors import Refused
from optout.services import feed
from optout.services.desk import Desk
from optout.store import audit


def test_it_is_off_until_it_is_switched_on(desk: Desk) -> None:
    assert feed.address(desk) is None
    assert not feed.opens(desk, "")
    with pytest.raises(Refused, match="off"):
        feed.renew(desk, actor="owner")


def test_an_address_opens_until_it_is_renewed_or_taken_back(desk: Desk) -> None:
    first = feed.switch_on(desk, actor="owner")
    assert feed.switch_on(desk, actor="owner") == first == feed.address(desk)
    assert feed.opens(desk, first.token)
    for wrong in ("", first.token[:-1], first.token + "x", first.token.swapcase(), "é"):
        assert not feed.opens(desk, wrong)
    second = feed.renew(desk, actor="owner")
    assert not feed.opens(desk, first.token)
    assert feed.opens(desk, second.token)
    feed.switch_off(desk, actor="owner")
    assert feed.address(desk) is None
    assert not feed.opens(desk, second.token)
    with desk.store.reading() as session:
        entries = [entry for entry in audit.latest(session) if "feed" in entry.act]
    assert [entry.act for entry in entries] == ["switch_off_feed", "renew_feed", "switch_on_feed"]
    assert not any(first.token in entry.subject for entry in entries)


def test_its_secret_has_256_bits_of_chance_and_is_shown_by_no_log_and_no_repr(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def chance(number: int) -> str:
        asked.append(number)
        return "a" * 43  # the worst case: it looks like any lower-case key

    monkeypatch.setattr(secrets, "token_urlsafe", chance)
    living = feed.switch_on(desk, actor="owner")
    assert asked == [32]
    assert living.token not in repr(living)
    assert living.on_port(5170) == f"http://127.0.0.1:5170/feed/{living.token}.ics"
    assert living.token not in str(logs.safe(f"/feed/{living.token}.ics"))
    record = logging.LogRecord("optout.web", 20, "", 0, "%s", (f"/feed/{living.token}.ics",), None)
    logs.NoPersons().filter(record)
    assert living.token not in record.getMessage()


def test_it_is_compared_in_constant_time_whether_one_lives_or_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []
    real = secrets.compare_digest

    def spy(one: Any, other: Any) -> bool:
        compared.append((len(one), len(other)))
        return real(one, other)

    monkeypatch.setattr(secrets, "compare_digest", spy)
    assert not feed.opens(desk, "x")
    feed.switch_on(desk, actor="owner")
    assert not feed.opens(desk, "x")
    assert len(compared) == 2
