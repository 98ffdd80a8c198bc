"""What is kept of a plan comes back as it went in, and the newest counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.person import Counsel
from optout.domain.wanted import Choice, Pace, PlanWish, Wanted
from optout.domain.words import ChoiceKind
from optout.store import choices, counsel, looks, memory, wishes
from tests.store import samples
from tests.store.conftest import Furnished

WISH = PlanWish(
    Wanted(relevant=True, location=True, told=("sold_law_enforcement",),
           categories=("people_search",), brokers=("acme", "other")),
    Pace(20, 3), samples.DAY)


def test_a_wish_comes_back_and_a_later_one_replaces_it(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        assert wishes.get(session, furnished.person_id) == PlanWish()
        wishes.put(session, furnished.person_id, WISH)
        assert wishes.get(session, furnished.person_id) == WISH
        later = PlanWish(Wanted(), Pace(5, 1), samples.DAY + timedelta(1))
        wishes.put(session, furnished.person_id, later)
        assert wishes.get(session, furnished.person_id) == later
        assert wishes.get(session, "P-OTHER") == PlanWish()


def test_the_newest_choice_about_a_broker_counts(furnished: Furnished) -> None:
    skip = Choice("other", ChoiceKind.SKIP, samples.DAY, "owner", reason="I know them.")
    wait = Choice("acme", ChoiceKind.POSTPONE, samples.DAY, "owner",
                  until=samples.DAY + timedelta(30))
    ask = replace(wait, kind=ChoiceKind.ASK, until=None)
    person_id = furnished.person_id
    with furnished.store.writing() as session:
        for choice in (skip, wait):
            choices.put(session, person_id, choice)
        assert choices.of_person(session, person_id) == {"acme": wait, "other": skip}
        choices.put(session, person_id, ask)
        assert choices.of_person(session, person_id) == {"acme": ask, "other": skip}
        assert choices.of_person(session, "P-OTHER") == {}
        assert choices.remove(session, "P-OTHER", ["acme"]) == 0
        assert choices.remove(session, person_id, ["acme", "never-chosen"]) == 1
        assert choices.of_person(session, person_id) == {"other": skip}


def test_every_look_is_kept_in_the_order_of_the_days(furnished: Furnished) -> None:
    person_id = furnished.person_id
    first = Look(person_id, "acme", LookResult.LISTED, samples.DAY, "owner")
    with furnished.store.writing() as session:
        late = looks.add(session, replace(first, result=LookResult.NOT_FOUND))
        early = looks.add(session, replace(first, looked_on=samples.DAY - timedelta(1)))
        again = looks.add(session, replace(first, result=LookResult.COULD_NOT_LOOK))
        other = looks.add(session, replace(first, broker_id="other"))
        assert len({look.id for look in (late, early, again, other)}) == 4
        assert late == replace(first, result=LookResult.NOT_FOUND, id=late.id)
        assert looks.of_person(session, person_id) == (early, late, again, other)
        assert looks.of_person(session, person_id, "other") == (other,)
        assert looks.of_person(session, "P-OTHER") == ()


def test_the_last_plan_is_kept_as_text(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        assert memory.get(session, furnished.person_id) is None
        for kept in (memory.Kept(samples.DAY, "{"), memory.Kept(samples.DAY, "[]")):
            memory.put(session, furnished.person_id, kept)
            assert memory.get(session, furnished.person_id) == kept


def test_counsel_is_named_changed_and_forgotten(furnished: Furnished) -> None:
    person_id = furnished.person_id
    named = Counsel(person_id, "Robin Example", samples.PO_BOX, samples.DAY, "owner",
                    "Example Law Clinic", may_show_home=True)
    with furnished.store.writing() as session:
        assert counsel.get(session, person_id) is None
        counsel.save(session, named)
        assert counsel.get(session, person_id) == named
        other = replace(named, organisation="", may_show_home=False, address=samples.HOME)
        counsel.save(session, other)
        assert counsel.get(session, person_id) == other
        counsel.remove(session, person_id)
        assert counsel.get(session, person_id) is None


def test_a_look_by_an_unknown_actor_is_refused(furnished: Furnished) -> None:
    look = Look(furnished.person_id, "acme", LookResult.LISTED, samples.DAY, "stranger")
    with pytest.raises(sa.exc.IntegrityError), furnished.store.writing() as session:
        looks.add(session, look)
