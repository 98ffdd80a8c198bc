"""What a person chooses about one company of the plan: ask, leave out, put off, take back."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput
from optout.domain.words import ChoiceKind
from optout.services import choices, plan_memory
from optout.web.forms.plan import PostponeForm, SkipForm
from optout.web.i18n import text as _
from optout.web.plan_back import back, back_to
from optout.web.plan_page import action_page
from optout.web.plan_progress import DONE
from optout.web.planned import plan_page
from optout.web.state import desk

blueprint = Blueprint("choices", __name__)


@blueprint.post("/people/<person_id>/plan/choices/ask")
def ask(person_id: str) -> ResponseReturnValue:
    """Ask a company in any case: without a look, and beside a platform."""
    broker = _broker()
    choices.choose(desk(), person_id, [broker.id], ChoiceKind.ASK, actor=OWNER)
    flash(_("%(company)s is asked directly now.", company=broker.name))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/choices/skip")
def skip(person_id: str) -> ResponseReturnValue:
    """Leave a company out, with a reason."""
    form, broker = SkipForm(), _broker()
    if not form.validate_on_submit():
        return _again(person_id, broker.id, form)
    choices.choose(desk(), person_id, [broker.id], ChoiceKind.SKIP,
                   reason=str(form.reason.data), actor=OWNER)
    flash(_("%(company)s is left out of the plan. You can take that back.", company=broker.name))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/choices/done")
def done(person_id: str) -> ResponseReturnValue:
    """A step by the person's own hand is done."""
    broker = _broker()
    choices.choose(desk(), person_id, [broker.id], ChoiceKind.SKIP, reason=DONE, actor=OWNER)
    flash(_("Done. It leaves the plan."))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/choices/postpone")
def postpone(person_id: str) -> ResponseReturnValue:
    """Leave a company out until a day."""
    form, broker = PostponeForm(today=desk().clock.today()), _broker()
    if not form.validate_on_submit():
        return _again(person_id, broker.id, form)
    choices.choose(desk(), person_id, [broker.id], ChoiceKind.POSTPONE,
                   until=form.until.data, actor=OWNER)
    flash(_("%(company)s is put off.", company=broker.name))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/choices/back")
def take_back(person_id: str) -> ResponseReturnValue:
    """Let the plan decide again."""
    broker = _broker()
    choices.take_back(desk(), person_id, [broker.id], actor=OWNER)
    flash(_("Taken back. The plan decides about %(company)s again.", company=broker.name))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/noted")
def noted(person_id: str) -> ResponseReturnValue:
    """Remember today's plan: what changed from now on is told."""
    planned = plan_page(desk(), person_id)
    if planned.plan is None:
        raise InvalidInput(_("There is no plan yet."),
                           remedy=_("Choose first what should be covered."))
    plan_memory.remember(desk(), person_id, planned.plan, actor=OWNER)
    return back(person_id, "plan-head")


def _broker() -> Broker:
    """The company that the form is about.

    Raises:
        NotFound: when there is none.
    """
    return desk().registry.get(request.form.get("broker", ""))


def _again(person_id: str, broker_id: str, form: SkipForm | PostponeForm) -> ResponseReturnValue:
    """The company's own page, with what is wrong."""
    return render_template("pages/plan/show.html", **action_page(
        desk(), person_id, broker_id, wrong=form)), 422
