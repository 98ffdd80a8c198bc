"""Walks over the whole table: nothing unreachable, no dead end, no word missing."""

from __future__ import annotations

import pytest

from optout.domain.words import Event, Standing
from optout.lifecycle.drawing import drawing
from optout.lifecycle.followups import Expectation, called_for, ended_by
from optout.lifecycle.life import allowed, replay
from optout.lifecycle.table import (
    CLAIMS,
    LOOKS,
    OPEN,
    SENTENCES,
    TRANSITIONS,
    WITH_BROKER,
)
from tests.lifecycle.builders import REQUEST, dates, history, request_after


def paths() -> dict[Standing, tuple[Event, ...]]:
    """A shortest way to every standing."""
    found: dict[Standing, tuple[Event, ...]] = {Standing.DRAFT: ()}
    queue = [Standing.DRAFT]
    while queue:
        origin = queue.pop(0)
        for event in Event:
            target = TRANSITIONS.get((origin, event))
            if target is not None and target not in found:
                found[target] = (*found[origin], event)
                queue.append(target)
    return found


def test_every_standing_can_be_reached_from_a_draft() -> None:
    assert set(paths()) == set(Standing)


def test_every_event_of_the_vocabulary_has_a_place_in_the_table() -> None:
    assert {event for _, event in TRANSITIONS} == set(Event) - {Event.UNDO}


def test_every_open_standing_has_a_way_to_an_end() -> None:
    for standing in OPEN:
        ends = {target for (origin, _), target in TRANSITIONS.items() if origin is standing}
        assert ends & {Standing.CLOSED, Standing.WITHDRAWN}, standing


def test_nothing_leads_out_of_an_end_but_undo() -> None:
    for end in (Standing.CLOSED, Standing.WITHDRAWN):
        assert {t for (o, _), t in TRANSITIONS.items() if o is end} == {end}


def test_there_is_a_different_sentence_for_every_standing() -> None:
    assert set(SENTENCES) == set(Standing)
    assert len(set(SENTENCES.values())) == len(Standing)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_no_sentence_calls_a_sent_request_a_success() -> None:
    assert "nothing is known to have happened" in SENTENCES[Standing.SENT]


def test_a_look_never_moves_the_standing() -> None:
    assert all(origin is target for (origin, event), target in TRANSITIONS.items()
               if event in LOOKS)


def test_only_a_claim_answers_a_request() -> None:
    into = {event for (origin, event), target in TRANSITIONS.items()
            if target is Standing.ANSWERED and origin is not Standing.ANSWERED}
    assert into == set(CLAIMS)


def test_a_claim_can_be_recorded_wherever_a_request_has_left() -> None:
    for standing in WITH_BROKER:
        assert all(TRANSITIONS[standing, claim] is Standing.ANSWERED for claim in CLAIMS)


@pytest.mark.parametrize("standing", [Standing.DRAFT, Standing.READY])
def test_nothing_can_come_back_before_it_left(standing: Standing) -> None:
    from_broker = {*CLAIMS, Event.BOUNCE, Event.ACKNOWLEDGE, Event.EXTEND, Event.REDIRECT,
                   Event.DEMAND_IDENTITY, Event.NEEDS_CONFIRMATION}
    assert not any((standing, event) in TRANSITIONS for event in from_broker)


def waiting_after(events: tuple[Event, ...], *, law: bool, look: bool) -> set[str]:
    """The kinds that wait after a life, as a service would keep them."""
    expectation = Expectation(expected_days=10 if look else None, can_look=look)
    waiting: set[str] = set()
    whole = history(*events)
    for end in range(1, len(whole) + 1):
        so_far = whole[:end]
        request = request_after(so_far)
        rows = [dates(respond=45, extended=90, seq=1)] if law else []
        waiting -= ended_by(so_far[-1].event, request.standing)
        waiting |= {spec.kind for spec in called_for(request, so_far[-1], rows, expectation,
                                                     so_far)}
    return waiting


@pytest.mark.parametrize("look", [True, False])
@pytest.mark.parametrize("law", [True, False])
def test_every_open_standing_keeps_a_next_date_whichever_way_it_was_entered(
    law: bool, look: bool,  # noqa: FBT001 -- the two choices of the parametrized case
) -> None:
    ways = paths()
    for (origin, event), target in TRANSITIONS.items():
        # A draft waits for nobody but the person; a look before asking is a look for its own.
        if target not in OPEN or target is Standing.DRAFT:
            continue
        life = (*ways[origin], event)
        assert waiting_after(life, law=law, look=look), f"{life} leaves no next date"
        for again in allowed(replay(history(*life))):
            if TRANSITIONS[target, again] in OPEN:
                assert waiting_after((*life, again), law=law, look=look), (
                    f"{(*life, again)} leaves no next date")


def test_a_withdrawn_request_keeps_no_task_of_the_machine() -> None:
    life = (Event.PREPARE, Event.MARK_SENT, Event.WITHDRAW)
    assert waiting_after(life, law=True, look=True) == set()


def test_the_drawing_shows_every_move_and_every_stay() -> None:
    picture = drawing()
    for (origin, event), target in TRANSITIONS.items():
        lines = [line for line in picture.splitlines()
                 if line.strip().startswith((f"{origin} --> {target}:", f"| `{origin}` |"))]
        assert any(event in line for line in lines), (origin, event)
    assert picture.startswith("```mermaid\nstateDiagram-v2\n")
    assert REQUEST.id not in picture
