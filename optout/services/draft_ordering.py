"""From a draft and its plan to the order for its document: a name, counsel, and little else."""

from __future__ import annotations

from datetime import date

from optout.documents.counsel_draft import DraftOrder
from optout.documents.order import address_lines
from optout.domain.footing import Footing
from optout.domain.person import Counsel
from optout.domain.plan import Action
from optout.domain.request import Request
from optout.domain.words import Right
from optout.law.model import LawBook
from optout.planning.facts import main_name, values_of
from optout.services.plans import Circumstances

_FOIA, _PRIVACY_ACT = "us-federal-foia", "us-federal-privacy-act"


def draft_order_for(
    laws: LawBook, around: Circumstances, request: Request, action: Action, day: date
) -> DraftOrder:
    """The order for a draft for counsel.

    Args:
        laws: of which the Privacy Act is named beside the Freedom of Information Act.
        around: the person, counsel, and what is known of their past.
        request: the draft.
        action: today's plan for it; decides facts, footings and procedure.
        day: the day on the draft.

    Raises:
        MissingFact: when no name may be shown.
    """
    name = main_name(around.person, day)
    return DraftOrder(
        reference=request.id, day=day, person_name=name.full if name else "",
        system=action.broker, procedure=action.procedure, footings=action.footings,
        counsel_lines=_office(around.counsel),
        facts={need.fact: values_of(around.person, need.fact, day) for need in action.needs},
        facts_withheld=action.facts_withheld,
        privacy_act=_privacy_act(laws, action.footings[0], day))


def _privacy_act(laws: LawBook, footing: Footing, day: date) -> Footing | None:
    """The act that stands beside a request for one’s own records at a federal agency.

    Whether a person may invoke it turns on citizenship, which is never asked: so every such draft
    names it, in the same words, so far as it applies. The request itself is stored under the
    Freedom of Information Act, which anyone may invoke.
    """
    if (footing.law, footing.right) != (_FOIA, Right.ACCESS):
        return None
    act = laws.law(_PRIVACY_ACT, day)
    return Footing(law=act.id, right=Right.ACCESS, law_name=act.name,
                   citation=act.rule(Right.ACCESS).section)


def _office(counsel: Counsel | None) -> tuple[str, ...]:
    if counsel is None:
        return ()
    named = (counsel.name, *((counsel.organisation,) if counsel.organisation else ()))
    return (*named, *address_lines("", counsel.address, posted_from="US"))
