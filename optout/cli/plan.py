"""The command that plans, and answers the safety questions of a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Command, choice, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.words import ActingAs, Channel, Right

if TYPE_CHECKING:
    from optout.domain.plan import Action, Plan



@click.command("plan", cls=Command)
@click.argument("person_id", metavar="PERSON")
@click.option("--broker", "brokers", multiple=True, metavar="ID", help="May be repeated.")
@click.option("--category", "categories", multiple=True, metavar="CATEGORY",
              help="All brokers of a category; may be repeated.")
@day_option(text="As of this day (default: today).")
@click.option("--right", type=choice(*Right), help="Ask for this right only.")
@click.option("--channel", type=choice(*Channel), help="Use this channel where it exists.")
@click.option("--acting-as", type=choice(*ActingAs), default=ActingAs.SELF.value,
              show_default=True, help="In which capacity requests are made.")
@click.option("--answer", "answers", multiple=True, metavar="GATE[:BROKER][=no]",
              help="Answer a safety question with yes (or no), then plan; may be repeated.")
@pass_state
def plan(state: State, /, person_id: str, answers: tuple[str, ...], **chosen: Any) -> None:
    """Plan the fewest and safest steps.

    Each step says on which law it stands, which facts it would hand over, which are missing,
    and which safety questions come first.
    """
    from optout.services import plans

    def made() -> Plan:
        on: date | None = chosen["on"]
        return plans.plan_for(
            state.desk, person_id, brokers=chosen["brokers"], categories=chosen["categories"],
            on=on, acting_as=ActingAs(chosen["acting_as"]),
            channel=Channel(chosen["channel"]) if chosen["channel"] else None,
            right=Right(chosen["right"]) if chosen["right"] else None)

    found = made()
    for text in answers:
        _answer(state, found, text)
    if answers:
        found = made()
    answer(state, shapes.plan(found), *_for_people(found))


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


def _for_people(found: Plan) -> list[Any]:
    shown: list[Any] = [table(
        ("what", "broker", "also covers", "how", "footing", "carries", "missing", "ask first",
         "min"),
        [_row(item) for item in found.actions], empty="There is nothing to do.")]
    questions = {gate.id: gate for action in found.actions for gate in action.gates if gate.holds}
    if questions:
        shown.append(table(
            ("question", "what is asked", "what to do"),
            [(gate.id, f"{gate.question} {gate.explanation}",
              gate.remedy or f"--answer {gate.id}") for gate in questions.values()],
            title="Before anything is made"))
    if found.uncovered:
        shown.append(table(("not covered", "why"),
                           [(item.broker, item.reason) for item in found.uncovered]))
    shown.append(f"Your own time: about {found.minutes} minutes. "
                 f"The registry was checked {found.registry_age_days} days ago.")
    return shown


def _row(action: Action) -> tuple[object, ...]:
    others = [broker for broker in action.covers if broker != action.broker.id]
    return (
        action.kind.value, action.broker.name, f"{len(others)} more" if others else "",
        action.channel.value, f"{action.footing.law} {action.footing.right.value}",
        [need.fact.value for need in action.needs], [need.fact.value for need in action.missing],
        [gate.id for gate in action.gates if gate.holds], action.minutes)


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(plan)
