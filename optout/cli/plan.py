"""The command that plans, keeps wishes and choices, and answers the questions of a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from optout.cli import plan_view, plan_wish, shapes
from optout.cli.frame import Command, choice, day_option, pass_state
from optout.cli.output import answer
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.words import ActingAs, Channel, Right

if TYPE_CHECKING:
    from optout.domain.plan import Plan
    from optout.domain.wanted import Wanted
    from optout.services.intake import Intake
    from optout.services.plan_memory import Changes

F = TypeVar("F", bound=Callable[..., Any])


def _wishes(command: F) -> F:
    """The options that say what is to be covered, and how fast."""
    for option in (
        click.option("--keep", is_flag=True, help="Keep this wish for the next time."),
        click.option("--days-a-week", type=int, metavar="DAYS",
                     help="Days of a week that you give to it; kept."),
        click.option("--minutes-a-day", type=int, metavar="MINUTES",
                     help="Minutes of such a day; kept."),
        click.option("--listings", metavar="FILE",
                     help="Where you found yourself: links or a saved page (-: standard input)."),
        click.option("--told", multiple=True, metavar="FLAG",
                     help="Everyone who told a state this, like sold_law_enforcement."),
        click.option("--location", is_flag=True,
                     help="Everyone who sells or collects where people are."),
        click.option("--relevant", is_flag=True,
                     help="Everyone relevant where the person lives or has lived."),
        click.option("--category", "categories", multiple=True, metavar="CATEGORY",
                     help="All brokers of a category; may be repeated."),
        click.option("--broker", "brokers", multiple=True, metavar="ID",
                     help="May be repeated."),
    ):
        command = option(command)
    return command


def _choices(command: F) -> F:
    """The options by which a person asks, skips or puts off one broker."""
    for option in (
        click.option("--take-back", multiple=True, metavar="BROKER",
                     help="Forget what was chosen about it; may be repeated."),
        click.option("--ask", multiple=True, metavar="BROKER",
                     help="Ask it without looking first; may be repeated."),
        click.option("--postpone", multiple=True, metavar="BROKER=DATE",
                     help="Leave it out until a day; may be repeated."),
        click.option("--skip", multiple=True, metavar="BROKER=REASON",
                     help="Leave it out, and say why; may be repeated."),
    ):
        command = option(command)
    return command


@click.command("plan", cls=Command)
@click.argument("person_id", metavar="PERSON")
@_wishes
@day_option(text="As of this day (default: today).")
@click.option("--right", type=choice(*Right), help="Ask for this right only.")
@click.option("--channel", type=choice(*Channel), help="Use this channel where it exists.")
@click.option("--acting-as", type=choice(*ActingAs), default=ActingAs.SELF.value,
              show_default=True, help="In which capacity requests are made.")
@_choices
@click.option("--answer", "answers", multiple=True, metavar="GATE[:BROKER][=no]",
              help="Answer a safety question with yes (or no), then plan; may be repeated.")
@click.option("--all", "whole", is_flag=True, help="Show every week and every line.")
@pass_state
def plan(state: State, /, person_id: str, answers: tuple[str, ...], **chosen: Any) -> None:
    """Plan the fewest and safest steps.

    Without options it plans what was kept for the person, else everything relevant where they
    live or have lived. Each step says on which law it stands, which facts it would hand over,
    which are missing, and which safety questions come first.
    """
    from optout.planning import pace as pacing

    plan_wish.keep_choices(state, person_id, chosen)
    pace = plan_wish.keep_pace(state, person_id, chosen)
    taken = (plan_wish.take_in_listings(state, person_id, chosen["listings"], chosen["on"])
             if chosen["listings"] else None)
    wanted = plan_wish.wanted_of(chosen, plan_wish.brokers_in(taken) if taken else ())
    _keep_wish(state, person_id, wanted, keep=chosen["keep"])
    found = _planned(state, person_id, wanted, answers, chosen)
    is_kept_wish = (wanted is None or chosen["keep"]) and not (
        chosen["on"] or chosen["right"] or chosen["channel"]) and (
        chosen["acting_as"] == ActingAs.SELF)
    shown = plan_view.Shown(
        found, pacing.weeks(found.actions, pace), pacing.waiting(found.actions), pace,
        _what_changed(state, found) if is_kept_wish else None)
    answer(state, _shape(state, shown, wanted, taken),
           *plan_view.for_people(shown, whole=chosen["whole"]))


def _keep_wish(
    state: State, person_id: str, wanted: Wanted | None, *, keep: bool
) -> None:
    """Check a wish that is named here, and keep it where that is asked.

    Raises:
        NotFound: for a broker, a category or a flag that is not there.
    """
    from optout.services import wishes

    if wanted is not None:
        wishes.check_wanted(state.desk, wanted)
        if keep:
            wishes.set_wanted(state.desk, person_id, wanted, actor=OWNER)
    elif keep:
        raise click.UsageError("There is nothing to keep. Name what is to be covered, such as "
                               "--relevant or --category people_search.")


def _planned(
    state: State, person_id: str, wanted: Wanted | None, answers: tuple[str, ...],
    chosen: dict[str, Any],
) -> Plan:
    from optout.services import plans

    def made() -> Plan:
        on: date | None = chosen["on"]
        return plans.plan_for(
            state.desk, person_id, wanted=wanted, on=on,
            acting_as=ActingAs(chosen["acting_as"]),
            channel=Channel(chosen["channel"]) if chosen["channel"] else None,
            right=Right(chosen["right"]) if chosen["right"] else None)

    found = made()
    for text in answers:
        _answer(state, found, text)
    return made() if answers else found


def _answer(state: State, found: Plan, text: str) -> None:
    """Record one answer for every place where the plan asks that question.

    Raises:
        NotFound: when the plan asks no such question.
    """
    from optout.services import plans

    name, _, word = text.partition("=")
    gate_id, _, only = name.partition(":")
    if word.lower() not in ("", "yes", "no"):
        raise click.UsageError(f"“{text}”: an answer is yes or no.")
    asked = {(gate.id, gate.scope) for action in found.actions for gate in action.gates}
    scopes = sorted(scope for gate, scope in asked if gate == gate_id and only in ("", scope))
    if not scopes:
        names = ", ".join(sorted({gate for gate, _ in asked})) or "none"
        raise NotFound(f"This plan does not ask “{name}”.", remedy=f"It asks: {names}.")
    for scope in scopes:
        plans.answer_gate(state.desk, found.person_id, gate_id, scope=scope,
                          accepted=word.lower() != "no", actor=OWNER)


def _what_changed(state: State, found: Plan) -> Changes | None:
    """What changed since the plan that was last shown; this one takes its place."""
    from optout.services import plan_memory

    changed = plan_memory.since_last(state.desk, found.person_id, found)
    plan_memory.remember(state.desk, found.person_id, found, actor=OWNER)
    return changed


def _shape(
    state: State, shown: plan_view.Shown, wanted: Wanted | None, taken: Intake | None
) -> shapes.Shape:
    """The plan as JSON, with what is kept beside it."""
    from optout.services import choices, plans, wishes

    person_id = shown.plan.person_id
    wish = wanted or plans.wish_kept(wishes.wish_of(state.desk, person_id))
    data = {
        **shapes.plan(shown.plan, shown.weeks), "wish": shapes.plain(wish),
        "pace": shapes.plain(shown.pace),
        "requests_saved": shown.plan.requests_saved,
        "changes": shapes.plain(shown.changes),
        "choices": [shapes.plain(one)
                    for one in choices.choices_of(state.desk, person_id).values()],
    }
    return {**data, "listings": _listings(taken)} if taken else data


def _listings(taken: Intake) -> shapes.Shape:
    """What was found in a file of listings; never the links themselves."""
    return {
        "kept": [one.broker_id for one in taken.kept],
        "known": [one.broker_id for one in taken.known],
        "shown_only": [one.site for one in taken.shown_only],
        "unknown": [{"site": one.site, "number": one.number} for one in taken.unknown],
        "left_out": sum(one.number for one in taken.left_out),
    }


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(plan)
