"""Marking a step with the proof of it: both are kept, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.document_words import EvidenceKind
from optout.domain.request import RequestFile
from optout.services.desk import Desk
from optout.services.evidence import add_evidence
from optout.services.marking import mark


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file that proves a step, as the person handed it over.

    Args:
        name: as the person's machine called it.
    """

    name: str
    content: bytes


def check_proof(content: bytes) -> None:
    """Make sure that a file can be kept.

    Raises:
        InvalidInput: naming the field `file`.
    """
    from optout.documents.foreign_files import PICTURES, kind_of_file
    from optout.documents.pictures import check_picture

    media_type = kind_of_file(content)
    if media_type in PICTURES:
        check_picture(content, media_type)


def mark_with_proof(
    desk: Desk, request_id: str, event: str, *, proof: ProofFile | None,
    on: date | None = None, detail: str = "", received_on: date | None = None,
    before_making: bool = False, actor: str,
) -> RequestFile:
    """Record that something left, and keep the file that proves it with that event.

    The file is looked at first, so that a wrong one marks nothing.

    Args:
        desk: the opened data.
        request_id: which request.
        event: its name; see `marking.mark`, which tells what else may be wrong.
        proof: None where there is none.
        on: the day on which it happened; default: today.
        detail: the number of the confirmation or of the parcel.
        received_on: the day on which the recipient had it, where known.
        before_making: it left before the day on which it was entered here.
        actor: who records it.

    Raises:
        InvalidInput: when the file cannot be kept (field `file`), or for what is entered.
    """
    if proof is not None:
        check_proof(proof.content)
    file = mark(desk, request_id, event, on=on, detail=detail, received_on=received_on,
                before_making=before_making, actor=actor)
    if proof is not None:
        add_evidence(desk, file.request.id, proof.content, name=proof.name,
                     kind=EvidenceKind.SENDING, event_seq=file.events[-1].seq, actor=actor)
    return file
