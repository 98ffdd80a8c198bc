"""Whether someone who acts for the person may use a right, by that law's own rule."""

from __future__ import annotations

from dataclasses import dataclass

from optout.domain.footing import Limit
from optout.domain.words import ActingAs, Right
from optout.law.limits import GUARDIAN, POWER_OF_ATTORNEY, SIGNED_PERMISSION
from optout.law.model import Law
from optout.law.words import AgentScope


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity the request is made."""

    acting_as: ActingAs
    holds_power_of_attorney: bool = False

    @property
    def by_power_of_attorney(self) -> bool:
        """Whether a power of attorney stands behind the request."""
        return self.acting_as is ActingAs.ATTORNEY_IN_FACT or (
            self.acting_as is ActingAs.AGENT and self.holds_power_of_attorney)

    @property
    def who(self) -> tuple[str, str]:
        """How sentences call the person whose data it is, with the verb “live”."""
        return ("You", "live") if self.acting_as is ActingAs.SELF else ("The person", "lives")


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether the capacity suffices: the limits that come with it, or the reason why not."""

    limits: tuple[Limit, ...] = ()
    refusal: str = ""


def leave_for(law: Law, right: Right, capacity: Capacity) -> Leave:
    """Whether this right may be used in this capacity.

    A parent or guardian stands in the person's place. An agent may do what the law lists; a
    power of attorney opens the rest only where the law (or the general law of agency that it
    leaves in force) says so. A rule known with low confidence lets no agent act.
    """
    if capacity.acting_as is ActingAs.SELF:
        return Leave()
    if capacity.acting_as is ActingAs.GUARDIAN:
        return Leave((GUARDIAN,))
    listed = right in law.agent.rights
    opened = capacity.by_power_of_attorney and law.agent.power_of_attorney
    if law.is_low("agent") or not (listed or opened):
        return Leave(refusal=_refusal(law))
    return Leave((POWER_OF_ATTORNEY if capacity.by_power_of_attorney else SIGNED_PERMISSION,))


def _refusal(law: Law) -> str:
    """Why an agent may not use a right of this law, and who may."""
    name = f"The {law.short_name}"
    if law.is_low("agent"):
        why = f"What the {law.short_name} lets an agent do is not certain."
    elif law.agent.allowed is AgentScope.OPT_OUT_ONLY:
        return (f"{name} lets an agent only opt out for someone. For more, the person signs the "
                "request, or gives a power of attorney.")
    elif law.agent.allowed is AgentScope.NOT_PROVIDED_FOR:
        why = f"{name} does not provide for agents, so the firm may refuse one."
    else:
        why = f"{name} does not let an agent use this right."
    return f"{why} The person should sign and send this request."
