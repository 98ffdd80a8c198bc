"""What a request calls for besides its dates: a refusal, another way, a successor, a duplicate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optout.domain.document import Document, Evidence
from optout.domain.document_words import Purpose
from optout.domain.request import Request, RequestFile
from optout.services import evidence, letters, merging, next_way, refusals, successors
from optout.services.later_files import later_documents_of
from optout.services.next_way import NextWays
from optout.services.refusals import JudgedRefusal, NextStep
from optout.web.state import desk

PURPOSE_OF_STEP: Mapping[NextStep, Purpose] = {
    NextStep.ANSWER: Purpose.REFUSAL_ANSWER, NextStep.APPEAL: Purpose.APPEAL,
    NextStep.COMPLAIN: Purpose.COMPLAINT,
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A duplicate with all that is shown of it.

    Args:
        documents: letters about it included.
    """

    file: RequestFile
    documents: tuple[Document, ...]
    proofs: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Turns:
    """What stands at the turns of a request's life.

    Args:
        refusal: the refusal that stands; None without one.
        left: the ways that are left; None where none is called for.
        relisted: it was gone and is back, and no request continues it yet.
        again: it is time to ask again, as nobody can look there.
        duplicates: other open requests for the same.
        merged: those that were merged into this one.
    """

    refusal: JudgedRefusal | None
    left: NextWays | None
    relisted: bool
    again: bool
    duplicates: tuple[Request, ...]
    merged: tuple[Merged, ...]


def turns_of(asked: Request) -> Turns:
    """What a request calls for now."""
    mine = desk()
    return Turns(
        refusal=refusals.refusal_of(mine, asked.id), left=next_way.next_ways(mine, asked.id),
        relisted=successors.calls_for_successor(mine, asked.id),
        again=successors.may_ask_again(mine, asked.id),
        duplicates=merging.duplicates_of(mine, asked.id),
        merged=merged_of(asked))


def merged_of(asked: Request) -> tuple[Merged, ...]:
    """The duplicates that were merged into a request."""
    mine = desk()
    return tuple(Merged(file, (*letters.documents_of(mine, file.request.id),
                               *later_documents_of(mine, file.request.id)),
                        evidence.evidence_of(mine, file.request.id))
                 for file in merging.merged_into(mine, asked.id))
