"""A draft of an e-mail with files that the person chose; nothing is attached by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optout.domain.document import Evidence, MadeFile
from optout.domain.document_words import DocumentKind
from optout.domain.errors import InvalidInput, NotFound
from optout.services.desk import Desk
from optout.services.evidence import evidence_of, shown_evidence
from optout.services.stored import Shelf
from optout.store import audit


def enclosable(desk: Desk, request_id: str) -> tuple[Evidence, ...]:
    """What is kept with a request and may go with an e-mail about it: pictures and PDFs.

    Raises:
        NotFound: when there is no such request.
    """
    from optout.documents.foreign_files import PDF, PICTURES

    return tuple(one for one in evidence_of(desk, request_id)
                 if one.media_type in {PDF, *PICTURES})


def draft_with_files(
    desk: Desk, document_id: str, evidence_ids: Sequence[str], *, actor: str
) -> MadeFile:
    """An e-mail as it is kept, with files of its request in the order in which they were kept.

    The files are made anew, so that nothing goes along that they do not show: no metadata, no
    name that the person’s machine gave them. The kept e-mail stays as it is, and so do the files.

    Args:
        desk: the opened data.
        document_id: the e-mail, the request itself or a later letter.
        evidence_ids: what goes with it.
        actor: who wants it.

    Raises:
        NotFound: when there is no such document, or no such file kept with its request.
        InvalidInput: when it is no e-mail, when no file is chosen, or when they are too large.
        Tampered: when a file was changed or lost.
        Refused: when the e-mail has not left yet and is not safe to send any more.
    """
    from optout.documents.eml import with_files

    document = Shelf(desk).read(document_id)
    if document.kind is not DocumentKind.EMAIL:
        raise InvalidInput("Only an e-mail carries files.", field="document",
                           remedy="Put papers into the envelope of a letter by hand.")
    wanted = set(evidence_ids)
    chosen = [one.id for one in enclosable(desk, document.request_id) if one.id in wanted]
    if len(chosen) < len(wanted):
        raise NotFound("One of these files is not kept with this request.",
                       remedy="Look at the request, and choose again.")
    if not chosen:
        raise InvalidInput("No file is chosen.", field="evidence",
                           remedy="Tick what is to go with the e-mail, or download it without.")
    files = [shown_evidence(desk, one) for one in chosen]
    named = [replace(made, file_name=f"{document.request_id}-enclosure-{number}{_ending(made)}")
             for number, made in enumerate(files, start=1)]
    content = with_files(document.content, named)
    with desk.store.writing() as session:
        audit.write(session, actor, "enclose_files", document.id, desk.clock.now())
    stem = document.file_name.removesuffix(".eml")
    return MadeFile(f"{stem}-with-files.eml", document.media_type, content)


def _ending(made: MadeFile) -> str:
    return made.file_name[made.file_name.rindex("."):]
