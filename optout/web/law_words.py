"""The rules of a law in sentences: periods, answers, agents, places, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optout.domain.words import PeriodUnit, Right
from optout.law.model import Law, RightRule
from optout.law.parts import Extension, Period
from optout.law.words import AgentScope
from optout.services.rights_values import Given, LawRights
from optout.web import law_labels
from optout.web.i18n import counted
from optout.web.i18n import text as _
from optout.web.labels import label
from optout.web.places import place_name
from optout.web.registry_labels import filing_name


def period_words(period: Period | Extension) -> str:
    """A period: `45 days`, `10 business days`; empty where the law sets no number."""
    number = period.number
    if number is None:
        return ""
    if period.unit is PeriodUnit.BUSINESS_DAYS:
        return counted("%(num)d business day", "%(num)d business days", number)
    if period.unit is PeriodUnit.MONTHS:
        return counted("%(num)d month", "%(num)d months", number)
    if period.unit is PeriodUnit.HOURS:
        return counted("%(num)d hour", "%(num)d hours", number)
    return counted("%(num)d day", "%(num)d days", number)


def shortest(law: Law, rights: Sequence[Right]) -> str:
    """By when they must answer, for a short list: each period of these rights once.

    A number that binds only some of them is left to the longer text.
    """
    found = (law.rights[right].deadline for right in rights
             if not (law.is_low(f"rights.{right}.deadline") or law.rights[right].number_binds))
    return _(" or ").join(dict.fromkeys(period_words(one) for one in found if one is not None))


def by_answer(rights: LawRights) -> tuple[tuple[tuple[str, ...], tuple[Given, ...]], ...]:
    """The rights that a law gives, together where the same is to be done by the same day."""
    groups: dict[tuple[str, ...], list[Given]] = {}
    for given in rights.given:
        groups.setdefault(answer_lines(rights.law, given.rule.right), []).append(given)
    return tuple((lines, tuple(given)) for lines, given in groups.items())


def answer_lines(law: Law, right: Right) -> tuple[str, ...]:
    """What a company must do by when, a sentence each; what is not certain is said to be so."""
    return tuple(_answer_lines(law, law.rights[right]))


def _answer_lines(law: Law, rule: RightRule) -> Iterator[str]:
    own = f"rights.{rule.right}"
    if rule.acknowledgement is not None:
        yield _("They must confirm that your request arrived within %(period)s.",
                period=period_words(rule.acknowledgement))
    if law.is_low(f"{own}.deadline"):
        yield _("We do not know for certain how much time they have.")
    else:
        yield from _deadline_lines(rule)
    if rule.binds:
        yield _("It binds only: %(who)s.", who=_bound(rule.binds))
    if law.is_low("extension") or law.is_low(f"{own}.extension"):
        yield _("Whether they may take longer we do not know for certain.")
    elif rule.extension is not None:
        yield extension_line(rule.extension)


def _deadline_lines(rule: RightRule) -> Iterator[str]:
    if rule.deadline is None and not rule.by_channel:
        yield _("The law sets no number of days for it.")
    if rule.deadline is not None:
        yield _("They have %(period)s, counted from %(start)s.",
                period=period_words(rule.deadline), start=rule.deadline.starts)
    for channel, period in rule.by_channel:
        yield _("%(channel)s: %(period)s, counted from %(start)s.", channel=label(channel),
                period=period_words(period), start=period.starts)
    if rule.number_binds:
        yield _("That number holds only for: %(who)s.", who=_bound(rule.number_binds))


def _bound(classes: Sequence[str]) -> str:
    return "; ".join(filing_name(one) for one in classes)


def extension_line(extension: Extension) -> str:
    """How they can get more time, and on what condition."""
    more = period_words(extension)
    if not extension.notice_required:
        return _("It becomes %(more)s longer %(condition)s.", more=more,
                 condition=extension.notice)
    if not more:
        return _("They may take longer if they tell you so in time; the law sets no number.")
    if not extension.notice:
        return _("They may take %(more)s more, but only if they tell you so in time.", more=more)
    return _("They may take %(more)s more, but only if they tell you so in time: %(notice)s.",
             more=more, notice=extension.notice)


def agent_line(law: Law) -> str:
    """Whether somebody may act for the person."""
    if law.is_low("agent"):
        return str(law_labels.AGENTS[AgentScope.UNKNOWN])
    return str(law_labels.AGENTS[law.agent.allowed])


def suit_line(law: Law) -> str:
    """Whether the person can go to court under this law."""
    known = law_labels.SUITS.get(law.private_action.exists)
    if known is None or law.is_low("private_right_of_action"):
        return _("We do not know for certain whether people can sue under it.")
    return str(known)


def covered_line(law: Law) -> str:
    """Whether deletion reaches what the recipient got from others; empty where words must do."""
    if law.is_low("deletion_of_third_party_data"):
        return _("We do not know for certain how far deletion reaches.")
    if Right.DELETE not in law.rights and law.third_party_deletion.covered == "no":
        return _("No.")
    return str(law_labels.COVERED.get(law.third_party_deletion.covered, ""))


def jurisdiction_name(code: str) -> str:
    """Where a law holds: `California`, `Quebec`, `European Union and EEA`."""
    known = law_labels.REGIONS.get(code)
    return str(known) if known is not None else place_name(code)


def unknown_fields(law: Law) -> tuple[str, ...]:
    """What is not known for certain about a law, each in words."""
    return tuple(dict.fromkeys(_field_words(field) for field in law.low_confidence_fields))


def _field_words(field: str) -> str:
    if field in law_labels.FIELDS:
        return str(law_labels.FIELDS[field])
    top, _dot, rest = field.partition(".")
    name, _dot, detail = rest.partition(".")
    if top == "rights" and name in {right.value for right in Right}:
        if detail:
            return _("details of the right “%(right)s”", right=label(Right(name)))
        return _("the right “%(right)s”", right=label(Right(name)))
    if top == "enforcement" and name:
        return _("contacts of: %(name)s", name=rest)
    return str(law_labels.FIELDS.get(top, field.replace("_", " ")))
