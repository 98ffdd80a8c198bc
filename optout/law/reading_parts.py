"""Reads the parts of a law, each out of its own mapping; a mistake is named by its field."""

from __future__ import annotations

from optout.domain.footing import Limit
from optout.domain.words import PeriodUnit, Right
from optout.law import parts, words
from optout.law.fields import FieldProblem, Fields


def period(fields: Fields) -> parts.Period:
    """A number of units, and what starts them."""
    number, late = fields.number("number"), fields.take("late_number", None)
    if late is not None and not (isinstance(late, int) and late > number):
        raise FieldProblem(f"{fields.at('late_number')}: expected a number above {number}.")
    made = parts.Period(
        number=number, unit=fields.one_of("unit", PeriodUnit),
        late_number=late, late_why=fields.text("late_why", ""),
        starts=fields.text("starts", "receipt of the request"),
        starts_at=fields.one_of("starts_at", words.ClockStart, words.ClockStart.RECEIPT),
        section=fields.text("section", ""), note=fields.text("note", ""))
    fields.done()
    return made


def extension(fields: Fields) -> parts.Extension:
    """By how much a period may be made longer."""
    number = fields.take("number", None)
    made = parts.Extension(
        number=None if number is None else Fields({"number": number}, fields.path).number("number"),
        unit=fields.one_of("unit", PeriodUnit),
        notice_required=fields.flag("notice_required", default=True),
        notice=fields.text("notice", ""), once_only=fields.flag("once_only", default=True),
        section=fields.text("section", ""))
    fields.done()
    return made


def limits(fields: Fields) -> tuple[parts.LimitRule, ...]:
    """The limits under `limit` and `limits`."""
    one = fields.maybe("limit", limit)
    return (*(() if one is None else (one,)), *fields.each("limits", limit))


def limit(fields: Fields) -> parts.LimitRule:
    """One limit, and when it can be left out."""
    made = parts.LimitRule(
        _words_of_limit(fields),
        rights=fields.words("rights", Right),
        unless_registered_in=fields.texts("unless_registered_in"))
    fields.done()
    return made


def _words_of_limit(fields: Fields) -> Limit:
    return Limit(fields.text("key"), fields.text("text"), fields.text("why", ""))


def doubt(fields: Fields) -> Limit:
    """A limit that comes with the situation."""
    made = _words_of_limit(fields)
    fields.done()
    return made


def reach(fields: Fields) -> parts.Reach:
    """How far the law reaches beyond its own place."""
    made = parts.Reach(
        through_establishment=fields.flag("through_establishment", default=False),
        elsewhere=fields.maybe("elsewhere", doubt),
        establishment=fields.maybe("establishment", doubt))
    fields.done()
    return made


def refusal_duty(fields: Fields) -> parts.Refusal:
    """What a refusal must say."""
    made = parts.Refusal(
        section=fields.text("section"), reasons=fields.flag("reasons", default=True),
        appeal=fields.flag("appeal", default=False),
        authority=fields.flag("authority", default=False), text=fields.text("text", ""))
    fields.done()
    return made


def people(fields: Fields) -> parts.WhoMayInvoke:
    """Whom the law protects."""
    made = parts.WhoMayInvoke(
        fields.one_of("class", words.PersonClass), fields.text("of"), fields.text("text"),
        fields.text("excludes", ""), fields.text("question", ""))
    fields.done()
    return made


def platform(fields: Fields) -> parts.Platform:
    """The one request that reaches every registered broker."""
    made = parts.Platform(
        broker=fields.text("broker"), name=fields.text("name"), url=fields.text("url"),
        pick_up=period(fields.child("pick_up")), opened_on=fields.day("opened_on"),
        processing_from=fields.day("processing_from"), identifiers=fields.texts("identifiers"),
        text=fields.text("text", ""))
    fields.done()
    return made


def appeal(fields: Fields) -> parts.Appeal:
    """The appeal to the recipient, and who hears a complaint after it."""
    made = parts.Appeal(
        available=fields.flag("available", default=False),
        then_complain_to=fields.text("then_complain_to"),
        answer_within=fields.maybe("answer_within", period),
        file_within=fields.maybe("file_within", period),
        extension=fields.maybe("extension", extension), section=fields.text("section", ""),
        how=fields.text("how", ""), note=fields.text("note", ""))
    fields.done()
    return made


def agent(fields: Fields) -> parts.AgentRule:
    """Who may act for the person."""
    made = parts.AgentRule(
        allowed=fields.one_of("allowed", words.AgentScope), rights=fields.words("rights", Right),
        not_for=fields.texts("not_for"),
        power_of_attorney=fields.flag("power_of_attorney", default=False),
        proof=fields.text("proof", ""), section=fields.text("section", ""),
        note=fields.text("note", ""))
    fields.done()
    return made


def verification(fields: Fields) -> parts.VerificationRule:
    """How the recipient may check who is asking."""
    made = parts.VerificationRule(
        rule=fields.text("rule"),
        opt_out_needs_authentication=fields.flag_or_none("opt_out_needs_authentication"),
        opt_out_section=fields.text("opt_out_section", ""),
        pauses_clock=fields.flag("pauses_clock", default=False),
        pause_section=fields.text("pause_section", ""), note=fields.text("note", ""))
    fields.done()
    return made


def exemption(fields: Fields) -> parts.Exemption:
    """One thing that the law leaves out."""
    made = parts.Exemption(fields.text("text"), fields.maybe("limit", limit))
    fields.done()
    return made


def authority(fields: Fields) -> parts.Authority:
    """Who hears a complaint."""
    made = parts.Authority(
        name=fields.text("name"), role=fields.text("role"),
        complaint_url=fields.text("complaint_url", ""),
        complaint_url_status=fields.text("complaint_url_status", ""),
        postal=fields.texts("postal"), postal_status=fields.text("postal_status", ""),
        address_source=fields.text("address_source", ""), wants=fields.text("wants", ""),
        within=fields.maybe("within", period))
    fields.done()
    return made


def counting(fields: Fields) -> parts.Counting:
    """How the law counts."""
    made = parts.Counting(
        calendars=fields.texts("calendars"),
        end_rule=fields.one_of("end_rule", words.EndRule, words.EndRule.LATENESS_MOVES),
        text=fields.text("text", ""), section=fields.text("section", ""))
    fields.done()
    return made


def covered(fields: Fields) -> parts.Covered:
    """Whether deletion reaches what came from others."""
    made = parts.Covered(fields.text("covered"), fields.text("text", ""),
                            fields.text("suppression_option", ""),
                            fields.text("suppression_section", ""))
    fields.done()
    return made


def private_action(fields: Fields) -> parts.PrivateAction:
    """Whether the person can go to court."""
    made = parts.PrivateAction(fields.text("exists"), fields.text("text", ""))
    fields.done()
    return made
