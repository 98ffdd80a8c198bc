"""Papers for the person or their helper: made on the spot, in their language, never sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import MadeFile, Sheet
from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput, Refused
from optout.domain.papers import PaperOffer, PaperToEnclose, PlannedAuthorization
from optout.domain.person import Person
from optout.domain.words import ActingAs
from optout.services.authority import living_authorization
from optout.services.desk import Desk
from optout.services.paper_orders import CALIFORNIAN_LAW, PaperMaker, around_of
from optout.services.typed import request_named
from optout.store import authorizations

if TYPE_CHECKING:
    from optout.documents.paper_words import PaperWords

_FILE = "application/pdf"


def papers_of(desk: Desk, person_id: str) -> tuple[PaperOffer, ...]:
    """Every kind of paper, and what keeps it from being made today.

    Raises:
        NotFound: when no such person is stored.
    """
    maker = _maker(desk, person_id, desk.day(None))
    return tuple(PaperOffer(kind, maker.unmet(kind)) for kind in PaperKind)


def paper_for(
    desk: Desk, person_id: str, kind: PaperKind, *, language: str = "",
    authorization_id: str = "", planned: PlannedAuthorization | None = None,
    discreet: bool = False, on: date | None = None,
) -> MadeFile:
    """One paper as a PDF; the program keeps no copy.

    Args:
        desk: the opened data.
        person_id: for whom.
        kind: which paper.
        language: of its words; default: the person's, or English where that has no papers.
        authorization_id: which authorization it speaks of; default: for the paper that takes
            one back the living one, else the newest; for a new authorization none.
        planned: what a new authorization is to say; what it leaves out is written by hand.
        discreet: no company is named. A letter to a person at risk never names one.
        on: the day on the paper; default: today.

    Raises:
        NotFound: when the person or the authorization is unknown.
        InvalidInput: when there are no papers in that language.
        Refused: with the reason when there is no such paper for this person.
        UnwritableText: when the fonts cannot write a name.
    """
    from optout.documents.sheet_pdf import sheet_pdf

    maker = _maker(desk, person_id, desk.day(on), discreet=discreet)
    unmet = maker.unmet(kind)
    if unmet:
        raise Refused(unmet, remedy="Choose another paper.")
    words = _words(maker.around.person, language, maker.day)
    sheet = _sheet(maker, kind, words, authorization_id, planned)
    return MadeFile(f"{kind.replace('_', '-')}.pdf", _FILE, sheet_pdf(sheet))


def to_enclose(desk: Desk, request_id: str) -> PaperToEnclose | None:
    """The authorization that a request made by an agent says is enclosed.

    The person signs it on paper; what is made here is the form for it.

    Returns:
        None for a request that the person makes, or that rests on a power of attorney.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        permissions = authorizations.of_person(session, request.person_id)
    living = living_authorization(permissions, desk.day(None))
    if request.acting_as is not ActingAs.AGENT or living is None or living.power_of_attorney:
        return None
    californian = any(one.law == CALIFORNIAN_LAW for one in request.footings)
    kind = PaperKind.AUTHORIZATION_US_CA if californian else PaperKind.AUTHORIZATION
    return PaperToEnclose(kind, living.id)


def _maker(desk: Desk, person_id: str, day: date, *, discreet: bool = False) -> PaperMaker:
    with desk.store.reading() as session:
        return PaperMaker(desk, around_of(desk, session, person_id, day, named=not discreet),
                          day, discreet=discreet)


def _words(person: Person, language: str, day: date) -> PaperWords:
    """The words in the language that was asked for, else the person's, else English."""
    from optout.documents.paper_words import PaperWords, paper_languages

    spoken = person.language.partition("-")[0].casefold()
    wanted = language or (spoken if spoken in paper_languages() else "en")
    if wanted not in paper_languages():
        raise InvalidInput("There are no papers in this language.", field="language",
                           remedy=f"Choose one of: {', '.join(paper_languages())}.")
    living = person.residences_on(day) or person.residences
    posted = person.reply_address.country if person.reply_address else living[0].country
    return PaperWords(wanted, posted)


def _sheet(
    maker: PaperMaker, kind: PaperKind, words: PaperWords, authorization_id: str,
    planned: PlannedAuthorization | None,
) -> Sheet:
    from optout.documents import papers, papers_client, papers_progress

    if kind is PaperKind.SAFETY:
        return papers_client.compose_safety(words)
    if kind is PaperKind.PROGRESS:
        return papers_progress.compose_progress(maker.progress(), words)
    if kind is PaperKind.WHAT_WE_DO:
        return papers_progress.compose_what_we_do(maker.progress(), words)
    if kind is PaperKind.COVER_LETTER:
        return papers_client.compose_cover_letter(maker.cover(), words)
    order = (maker.revocation(authorization_id) if kind is PaperKind.REVOCATION
             else maker.permission(kind, authorization_id, planned))
    return papers.compose_permission(kind, order, words)
