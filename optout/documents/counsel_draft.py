"""The words of a draft for counsel: little stands there, the rest waits for counsel’s pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from optout.documents.clean import clean
from optout.documents.texts import fill, paragraphs, template, terms
from optout.documents.words import date_words
from optout.domain.broker import Broker, Procedure
from optout.domain.document import CounselDraft
from optout.domain.errors import MissingFact
from optout.domain.footing import Footing
from optout.domain.plan import Need
from optout.domain.words import Fact, Right

_ON_EVERY_DRAFT = frozenset({Fact.CURRENT_ADDRESS, Fact.DATE_OF_BIRTH})
"""Lines that the words of every draft have already."""

_NOT_ASKED_FOR = "not "
"""How an entry says what another system has."""


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """Everything that composing a draft for counsel needs. It has no place for a mailbox.

    Args:
        reference: the request's id.
        day: the day on the draft, local.
        person_name: whose records are asked for.
        system: the agency's system.
        procedure: how it takes requests; the draft names it for counsel.
        footings: best first; never empty.
        counsel_lines: name, organisation and office of counsel; empty while nobody is named.
        facts: what the draft carries; name and, where counsel let it in, the home.
        facts_withheld: what is left to counsel's pen, with reasons.
        privacy_act: the footing of the Privacy Act, cited beside the Freedom of Information Act
            in the same words for everyone; None where that act opens nothing of this system.
        language: of the words.

    Raises:
        MissingFact: without a name.
    """

    reference: str
    day: date
    person_name: str
    system: Broker
    procedure: Procedure
    footings: tuple[Footing, ...]
    counsel_lines: tuple[str, ...] = ()
    facts: Mapping[Fact, tuple[str, ...]] = field(default_factory=dict)
    facts_withheld: tuple[Need, ...] = ()
    privacy_act: Footing | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        if not self.person_name.strip():
            raise MissingFact("The draft needs a name.", names=(Fact.FULL_NAME.value,),
                              remedy="Enter a name that requests may carry.")


def compose_counsel_draft(order: DraftOrder) -> CounselDraft:
    """The words of a draft, with lines for what only counsel writes.

    Raises:
        UnwritableText: for control characters in a value.
    """
    words, system = terms(order.language), order.system
    footing = order.footings[0]
    home = order.facts.get(Fact.CURRENT_ADDRESS, ())
    context = {
        "reference": clean(order.reference), "person": clean(order.person_name),
        "day": date_words(order.day, order.language, "US"),
        "system": clean(system.name), "operator": clean(system.operator),
        "link": clean(order.procedure.url), "who": clean(order.procedure.eligible.text),
        "records": tuple(clean(one) for one in system.holds
                         if not one.casefold().startswith(_NOT_ASKED_FOR)),
        "elsewhere": tuple(clean(one)[len(_NOT_ASKED_FOR):] for one in system.holds
                           if one.casefold().startswith(_NOT_ASKED_FOR)),
        "law": clean(footing.law_name), "citation": clean(footing.citation),
        "privacy_act": clean(order.privacy_act.law_name) if order.privacy_act else "",
        "privacy_act_citation": clean(order.privacy_act.citation) if order.privacy_act else "",
        "is_access": footing.right is Right.ACCESS,
        "counsel": tuple(map(clean, order.counsel_lines)),
        "home": clean("; ".join(home)),
        "withheld": tuple((words[f"fact.{need.fact}"], clean(need.reason))
                          for need in order.facts_withheld if need.fact not in _ON_EVERY_DRAFT),
        "steps": tuple(map(clean, order.procedure.steps)),
        "limits": clean(order.procedure.limits), "cannot": clean(system.cannot),
        "cautions": tuple(map(clean, system.cautions)),
        "line": words["counsel.line"], "short_line": words["counsel.short_line"],
    }
    title, *rest = paragraphs(fill(template(order.language, "counsel/draft"), context))
    return CounselDraft(
        reference=order.reference, language=order.language, mark=words["counsel.mark"],
        title=title, paragraphs=tuple(rest))
