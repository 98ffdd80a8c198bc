"""What a person wants covered and at which pace: kept for the next plan."""

from __future__ import annotations

from dataclasses import replace

from optout.domain.errors import InvalidInput, NotFound
from optout.domain.wanted import DAYS_OF_A_WEEK, Pace, PlanWish, Wanted
from optout.services import plans
from optout.services.desk import Desk
from optout.store import audit, people
from optout.store import wishes as rows

LEAST_MINUTES, MOST_MINUTES = 5, 480
"""Minutes of a day that can be given to it: the shortest step, and a whole working day."""


def wish_of(desk: Desk, person_id: str) -> PlanWish:
    """The wish that is kept; without a day where nothing was chosen yet.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.get(session, person_id)


def check_wanted(desk: Desk, wanted: Wanted) -> None:
    """Make sure that the registry knows everything that is named.

    Raises:
        NotFound: for a broker, a category or a flag that is not there; names the known ones.
        InvalidInput: when nothing is named.
    """
    if wanted.is_empty:
        raise InvalidInput("Nothing is named that could be covered.", field="wanted",
                           remedy="Choose everything relevant, a category, or single companies.")
    plans.check_known(desk, wanted.brokers, wanted.categories)
    known = known_flags(desk) if wanted.told else ()
    for flag in wanted.told:
        if flag not in known:
            raise NotFound(f"No company told a state “{flag}”.",
                           remedy=f"Known are: {', '.join(known)}.")


def known_flags(desk: Desk) -> tuple[str, ...]:
    """What companies told state registries of themselves, by the registries' flags, in order."""
    return tuple(sorted({flag for broker in desk.registry.all() for flag in broker.reported}))


def set_wanted(desk: Desk, person_id: str, wanted: Wanted, *, actor: str) -> PlanWish:
    """Keep what the person wants covered; the pace stays.

    Raises:
        NotFound: when no such person is stored, or as `check_wanted`.
        InvalidInput: when nothing is named.
    """
    check_wanted(desk, wanted)
    return _keep(desk, person_id, actor, wanted=wanted)


def forget_wanted(desk: Desk, person_id: str, *, actor: str) -> PlanWish:
    """Want nothing covered any more, until something is chosen again; the pace stays.

    Raises:
        NotFound: when no such person is stored.
    """
    return _keep(desk, person_id, actor, wanted=Wanted())


def set_pace(desk: Desk, person_id: str, pace: Pace, *, actor: str) -> PlanWish:
    """Keep how much time the person gives to it; what is wanted stays.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: for minutes or days that no week has.
    """
    check_pace(pace)
    return _keep(desk, person_id, actor, pace=pace)


def check_pace(pace: Pace) -> None:
    """Make sure that a pace can be kept.

    Raises:
        InvalidInput: for minutes or days that no week has.
    """
    if not LEAST_MINUTES <= pace.minutes_a_day <= MOST_MINUTES:
        raise InvalidInput(
            f"{pace.minutes_a_day} minutes a day are no pace.", field="minutes_a_day",
            remedy=f"Choose {LEAST_MINUTES} to {MOST_MINUTES} minutes.")
    if not 1 <= pace.days_a_week <= DAYS_OF_A_WEEK:
        raise InvalidInput(
            f"A week has no {pace.days_a_week} days for it.", field="days_a_week",
            remedy=f"Choose 1 to {DAYS_OF_A_WEEK} days.")


def _keep(
    desk: Desk, person_id: str, actor: str, *, wanted: Wanted | None = None,
    pace: Pace | None = None,
) -> PlanWish:
    with desk.store.writing() as session:
        people.get(session, person_id)
        before = rows.get(session, person_id)
        # Whoever sets only a pace still wants what they had without a wish: all that is relevant.
        wish = replace(before, wanted=wanted or plans.wish_kept(before),
                       pace=pace or before.pace, set_on=desk.clock.today())
        rows.put(session, person_id, wish)
        audit.write(session, actor, "set_plan_wish", person_id, desk.clock.now())
    return wish
