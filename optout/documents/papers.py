"""The papers for people: an authorization, what takes it back, letters to them, leaflets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from optout.documents.clean import clean
from optout.documents.paper_words import PaperWords
from optout.documents.texts import fill, paragraphs, template
from optout.domain.document import Sheet
from optout.domain.document_words import PaperKind
from optout.domain.errors import MissingFact
from optout.domain.words import Right


@dataclass(frozen=True, slots=True)
class PermissionOrder:
    """What an authorization, or the paper that takes one back, says.

    Args:
        person_name: who allows it.
        agent_name: who is allowed to act; empty: a line to write on.
        starts_on, ends_on: from when until when; None: by signing, until it is taken back.
        companies: which companies it is for; empty: the person ticks and writes by hand.
        signed_on: of the authorization that is taken back.
        reply: where answers go when nobody acts any more; empty: a line to write on.
        rights: California’s: what the agent may ask for, each with its section.
        law, citation: California’s: the law’s id, and where it stands.
        section: where the law speaks of agents; empty unless that is certain.

    Raises:
        MissingFact: without the name of the person.
    """

    person_name: str
    agent_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    companies: tuple[str, ...] = ()
    signed_on: date | None = None
    reply: str = ""
    rights: tuple[tuple[Right, str], ...] = ()
    law: str = ""
    citation: str = ""
    section: str = ""

    def __post_init__(self) -> None:
        if not self.person_name.strip():
            raise MissingFact("The paper needs a name.", names=("full_name",),
                              remedy="Enter a name that papers may carry.")


def sheet_of(kind: PaperKind, words: PaperWords, context: Mapping[str, Any]) -> Sheet:
    """A paper with every placeholder filled.

    Raises:
        MissingFact: naming the placeholders that have no value.
    """
    made = template(words.language, f"papers/{kind}")
    title, *rest = paragraphs(fill(made, context))
    return Sheet(reference="", language=words.language, mark="", title=title,
                 paragraphs=tuple(rest), page=words.page)


def compose_permission(kind: PaperKind, order: PermissionOrder, words: PaperWords) -> Sheet:
    """An authorization, California’s signed permission, or a revocation.

    Raises:
        UnwritableText: for control characters in a value.
    """
    agent, line = clean(order.agent_name), words["short_line"]
    open_end = words["until.revoked"] if agent else line
    from_signature = words["from.signature"] if agent else line
    return sheet_of(kind, words, {
        "person": clean(order.person_name),
        "agent": agent or line, "signing_agent": agent or words["agent"],
        "starts": words.day(order.starts_on) if order.starts_on else from_signature,
        "ends": words.day(order.ends_on) if order.ends_on else open_end,
        "signed": words.day(order.signed_on) if order.signed_on else line,
        "companies": ", ".join(map(clean, order.companies)), "reply": clean(order.reply),
        "rights": tuple({"text": words[f"permit.{right}"], "section": clean(section)}
                        for right, section in order.rights),
        "law": words[f"law.{order.law}"] if order.law else "",
        "citation": clean(order.citation), "section": clean(order.section),
        "line": words["line"], "short_line": line,
    })
