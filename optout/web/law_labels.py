"""What the words of the law are called on a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from optout.domain.words import Confidence, Right
from optout.law.authorities import Hears
from optout.law.words import AgentScope, EndRule, Kind, Recipients
from optout.services.complaints import Proof
from optout.services.law_state import LawState
from optout.web.i18n import lazy as _

RIGHTS: dict[Right, Any] = {
    Right.ACCESS: _("They must tell you what they hold on you, and show it to you."),
    Right.DELETE: _("They must delete what they hold on you."),
    Right.CORRECT: _("They must mend what is wrong about you."),
    Right.PORTABILITY: _("They must hand you a copy in a form that you can take elsewhere."),
    Right.LIST_THIRD_PARTIES: _("They must say to whom they passed your data: some laws ask for "
                                "names, others only for kinds of firms."),
    Right.OPT_OUT_OF_SALE: _("They must stop selling your data to others."),
    Right.OPT_OUT_OF_TARGETED_ADS: _("They must stop using your data to aim advertising at you."),
    Right.OPT_OUT_OF_PROFILING: _("They must stop rating you by machine for decisions that "
                                  "matter to your life."),
    Right.LIMIT_SENSITIVE: _("They must keep to what is necessary with sensitive facts about "
                             "you."),
    Right.WITHDRAW_CONSENT: _("You take back a permission that you gave; from then on they must "
                              "stop."),
    Right.OBJECT: _("You object to what they do with your data, and they must stop unless they "
                    "show strong reasons."),
    Right.OBJECT_DIRECT_MARKETING: _("You object to advertising, and they must stop, whatever "
                                     "their reasons."),
    Right.RESTRICT: _("They must leave your data alone while a question about it is open."),
    Right.DISPUTE: _("You say what is wrong in your file; they must look into it and mend or "
                     "delete what does not hold."),
    Right.FREEZE: _("Nobody can open credit in your name while your file is frozen."),
    Right.UNFREEZE: _("You lift a freeze that you placed, when you need credit yourself."),
    Right.BLOCK: _("What a thief did in your name must be taken out of your file."),
    Right.OPT_OUT_PRESCREEN: _("They must stop passing your name on for offers of credit and "
                               "insurance that you did not ask for."),
    Right.SUPPRESS_PUBLICATION: _("They must not publish where you live, nor your telephone "
                                  "number."),
    Right.COMPLAIN_TO_CONTROLLER: _("You complain to the company itself, and it must look into "
                                    "it."),
    Right.FRAUD_ALERT: _("Your file tells lenders to make sure that it is you."),
    Right.OPT_OUT_AFFILIATE_MARKETING: _("Firms related to one that you deal with must not use "
                                         "your data to advertise to you."),
    Right.DEMAND_WRITTEN_POLICY: _("They must show their written rules on how long they keep "
                                   "such data."),
    Right.NO_SALE: _("They must not sell or trade such data at all."),
    Right.REVIEW_OF_REFUSAL: _("A higher office must look at a refusal again."),
    Right.SUBSTITUTE_ADDRESS: _("Public offices take a substitute address in place of your own."),
    Right.CEASE_DISSEMINATION: _("They must stop spreading the information, or unlink it from "
                                 "your name."),
    Right.VOLUNTARY: _("You ask politely; no law obliges them."),
}

STATES: dict[LawState, Any] = {
    LawState.IN_FORCE: _("in force"),
    LawState.PARTLY_IN_FORCE: _("partly in force"),
    LawState.NOT_YET: _("not yet in force"),
    LawState.STRUCK_DOWN: _("struck down by a court"),
    LawState.NO_RIGHT: _("registration and duties only"),
    LawState.VARIES: _("differs from state to state"),
}

STATE_SENTENCES: dict[LawState, Any] = {
    LawState.IN_FORCE: _("It is in force."),
    LawState.PARTLY_IN_FORCE: _("Parts of it are in force, others are not yet."),
    LawState.NOT_YET: _("It is enacted, but nobody can use it yet."),
    LawState.STRUCK_DOWN: _("A court struck it down. Nobody should rely on it, and this program "
                            "does not."),
    LawState.NO_RIGHT: _("It puts duties on companies, such as registering with the state. It "
                         "gives you no right to send a request."),
    LawState.VARIES: _("This stands for laws that differ from state to state. This program "
                       "asserts none of them."),
}

STATE_TAGS: dict[LawState, str] = {
    LawState.IN_FORCE: "tag-good", LawState.PARTLY_IN_FORCE: "tag-good",
    LawState.NOT_YET: "tag-warn", LawState.STRUCK_DOWN: "tag-late"}
"""How the tag of a state is coloured; others are plain."""

KINDS: dict[Kind, Any] = {
    Kind.COMPREHENSIVE: _("Privacy law on firms of many kinds"),
    Kind.DATA_BROKER: _("Law on data brokers"),
    Kind.TECHNOLOGY_DUTY: _("Duty on makers of browsers and devices"),
    Kind.SECTORAL: _("Law on one kind of data"),
    Kind.OFFICIAL_PROTECTION: _("Protection of officials and their families"),
    Kind.POINTER: _("Pointer to laws that differ from state to state"),
    Kind.FEDERAL: _("Federal law"),
    Kind.RECORDS_ACCESS: _("Law on the records of public agencies"),
    Kind.INTERNATIONAL: _("Privacy law outside the United States"),
}

RECIPIENTS: dict[Recipients, Any] = {
    Recipients.BUSINESSES: _("Companies"),
    Recipients.CONSUMER_REPORTING_AGENCIES: _(
        "Firms that make reports on people for credit, work, housing or insurance"),
    Recipients.PLATFORM: _("Registered data brokers, all through one request"),
    Recipients.GOVERNMENT: _("Public agencies, not companies"),
    Recipients.NOBODY: _("Nobody to whom a request could be sent"),
}

CONFIDENCES: dict[Confidence, Any] = {
    Confidence.HIGH: _("We read the main rights and periods in the law itself, or in two good "
                       "sources that agree."),
    Confidence.MEDIUM: _("We know this second-hand: from one good source, or from two that "
                         "report on the law."),
    Confidence.LOW: _("What we know is not certain. No request relies on it."),
}

CHANGE_CONFIDENCES: dict[Confidence, Any] = {
    Confidence.HIGH: _("read in the law or in several sources"),
    Confidence.MEDIUM: _("known second-hand"),
    Confidence.LOW: _("not certain"),
}

AGENTS: dict[AgentScope, Any] = {
    AgentScope.ALL_RIGHTS: _("Yes. Somebody whom you permit can use these rights for you."),
    AgentScope.YES: _("Yes. Somebody whom you permit can act for you."),
    AgentScope.OPT_OUT_ONLY: _("In part. Somebody whom you permit can opt out for you; the rest "
                               "you ask for yourself."),
    AgentScope.LIMITED: _("In part. It is safest to sign and send requests yourself."),
    AgentScope.YES_WITH_CERTIFICATION: _("Yes, with a signed and certified permission."),
    AgentScope.WITH_CONSENT: _("Yes, with your written consent."),
    AgentScope.AUTHORIZED_PERSONS: _("Yes, by those whom the law itself names."),
    AgentScope.DESIGNATED_AGENT: _("Yes, by the agent whom you name for it."),
    AgentScope.NOT_PROVIDED_FOR: _("The law does not speak of it, so a company may refuse. Sign "
                                   "and send the request yourself."),
    AgentScope.NOT_APPLICABLE: _("There is nothing to ask for, so there is nobody to act."),
    AgentScope.UNCLEAR: _("It is not clear. Sign and send the request yourself."),
    AgentScope.UNKNOWN: _("We do not know. Sign and send the request yourself."),
}

SUITS: dict[str, Any] = {
    "yes": _("The law lets people go to court themselves."),
    "no": _("The law does not let people sue under it; the authorities enforce it."),
    "limited": _("The law lets people sue in some cases only."),
    "in_doubt": _("Whether people can sue is in doubt."),
    "varies": _("It differs from state to state."),
}

COVERED: dict[str, Any] = {
    "yes": _("Yes. It does not matter where they got it."),
    "no": _("No. It covers only what you gave them yourself, and brokers got theirs elsewhere."),
    "limited": _("In part."),
    "partly": _("In part."),
}

END_RULES: dict[EndRule, Any] = {
    EndRule.PLAIN: _("A last day on a weekend or holiday stays the last day."),
    EndRule.LATENESS_MOVES: _("A last day on a weekend or holiday stays the last day; only an "
                              "answer after the next working day is called late."),
    EndRule.MOVES: _("A period that would end on a weekend or holiday ends on the next working "
                     "day."),
}

HEARS: dict[Hears, Any] = {
    Hears.ANYONE: _("for companies and public bodies"),
    Hears.FIRMS_OF_A_STATE: _("for companies, if you live in this state or the company is there"),
    Hears.PUBLIC_BODIES_OF_A_STATE: _("for public bodies of this state only"),
    Hears.FEDERAL_BODIES: _("for federal bodies, telephone and post companies only"),
    Hears.CHURCHES: _("for church bodies only"),
    Hears.BROADCASTERS: _("for public broadcasters only"),
}

PROOFS: dict[Proof, Any] = {
    Proof.REQUEST: _("your request, with its date"),
    Proof.ARRIVAL: _("something that shows that it arrived: the sent e-mail, the postal receipt"),
    Proof.ANSWER: _("their answer; or that none came by the last day"),
    Proof.APPEAL: _("your appeal to the company, and what came of it"),
}

REGIONS: dict[str, Any] = {
    "DE-BW": _("Baden-Württemberg"), "DE-BY": _("Bavaria"), "DE-BE": _("Berlin"),
    "DE-BB": _("Brandenburg"), "DE-HB": _("Bremen"), "DE-HE": _("Hesse"),
    "DE-HH": _("Hamburg"), "DE-MV": _("Mecklenburg-Western Pomerania"),
    "DE-NI": _("Lower Saxony"), "DE-NW": _("North Rhine-Westphalia"),
    "DE-RP": _("Rhineland-Palatinate"), "DE-SL": _("Saarland"), "DE-SN": _("Saxony"),
    "DE-ST": _("Saxony-Anhalt"), "DE-SH": _("Schleswig-Holstein"), "DE-TH": _("Thuringia"),
    "EU": _("European Union and EEA"),
    "US federal": _("United States, federal law"), "US states": _("Several states"),
}
"""Places that neither the list of states nor that of countries names."""

FIELDS: dict[str, Any] = {
    "agent.proof": _("what proof somebody who acts for you must show"),
    "agent.section": _("where the law speaks of those who act for you"),
    "appeal.answer_within": _("by when an appeal must be answered"),
    "appeal.extension": _("how much longer the answer to an appeal may take"),
    "deletion_of_third_party_data.suppression_option": _(
        "what they may keep to keep you out"),
    "deletion_of_third_party_data.suppression_section": _(
        "where the law says what they may keep to keep you out"),
    "extension": _("how much longer they may take"),
    "private_right_of_action.text": _("what a court can award"),
    "agent": _("what somebody who acts for you may do"),
    "appeal": _("the appeal"),
    "changes": _("the exact text of what changes"),
    "citation": _("the exact citation"),
    "counting": _("how days are counted"),
    "deletion_of_third_party_data": _("how far deletion reaches"),
    "effective_date": _("the exact date of its beginning"),
    "enforcement": _("contacts of those who hear complaints"),
    "exemptions": _("what it leaves out"),
    "identity_verification": _("how a company may check who you are"),
    "private_right_of_action": _("whether and how people can sue"),
    "rights": _("details of its rights"),
    "all": _("almost everything about it; look at the law itself"),
}
"""Fields of a law's entry, as a sentence calls them after “We do not know for certain:”."""

_TABLES: dict[type[StrEnum], dict[Any, Any]] = {
    LawState: STATES, Kind: KINDS, Recipients: RECIPIENTS, AgentScope: AGENTS,
    EndRule: END_RULES, Hears: HEARS, Proof: PROOFS,
}


def law_label(value: StrEnum) -> str:
    """What a word of the law is called on a page."""
    return str(_TABLES[type(value)][value])
