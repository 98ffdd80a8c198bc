"""Letters to post as one file to print, with the lists and labels that go with the pile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import Letter, MadeFile
from optout.domain.document_words import DocumentKind, LabelSheet
from optout.domain.errors import NotFound, Refused
from optout.domain.request import Request
from optout.domain.words import ActingAs, Channel, Right, Standing
from optout.services import plans, preparing, rendering
from optout.services.checked import Checked
from optout.services.chosen import chosen_requests
from optout.services.desk import Desk
from optout.services.ordering import posting_country
from optout.services.people import careful_person
from optout.services.pile_later import LaterPile, later_pile
from optout.services.progress_bar import UNWATCHED, Progress
from optout.services.stored import Shelf
from optout.store import documents as rows

if TYPE_CHECKING:
    from optout.documents.pile import LeftOut, PiledLetter

PDF = "application/pdf"
_NAMES = {"letter": "us-letter", "a4": "a4"}
"""How files name a size of paper."""


@dataclass(frozen=True, slots=True)
class _Onward:
    """The progress of work that follows other work on the same bar."""

    whole: Progress
    before: int

    def advance(self, done: int, total: int) -> None:
        """Pass it on.

        Raises:
            Cancelled: when the work is to stop here.
        """
        self.whole.advance(self.before + done, self.before + total)


@dataclass(frozen=True, slots=True)
class Pile:
    """The letters of a person that go to the post together.

    Args:
        letters: in posting order: inland first, then by country; there by postal code.
        home: ISO 3166-1 alpha-2 of the country in which they are posted.
        page: the paper of that country, `letter` or `a4`, for lists.
        left_out: later letters that were meant to go, and may not today.
        checked: that the requests' own letters are safe to hand out as long as nothing changes.
    """

    letters: tuple[PiledLetter, ...]
    home: str
    page: str
    left_out: tuple[LeftOut, ...] = ()
    checked: Checked | None = field(default=None, compare=False, repr=False)

    @property
    def papers(self) -> tuple[str, ...]:
        """The sizes of paper that the letters are on: `letter`, `a4`, or both."""
        return tuple(sorted({letter.paper for letter in self.letters}, reverse=True))


def pile_of(
    desk: Desk, person_id: str, request_ids: Sequence[str] | None = None, *,
    later_ids: Sequence[str] | None = None, checked: Checked | None = None,
    progress: Progress = UNWATCHED,
) -> Pile:
    """What is prepared and goes by post, each letter read back from what is kept.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; those that go another way are passed over. Default: all
            that are prepared and have not left.
        later_ids: which letters about requests; see `later_pile`. Default: all that wait where
            no requests are named, else none.
        checked: what `letters.prepare` found safe just now.
        progress: is told how many letters were read, and may stop the work.

    Raises:
        NotFound: when the person, a request or a letter is unknown, or nothing among them goes
            by post today.
        Refused: when the letter of a request is not safe to send any more, or bears another
            address than the registry has by now. A later letter of which that is true is left
            out.
        Cancelled: when `progress` says so.
    """
    from optout.documents.pile import in_posting_order
    from optout.documents.words import LETTER_PAPER

    with desk.store.reading() as session:
        around = plans.circumstances_of(session, careful_person(session, person_id))
        chosen = [(request, stored) for request, stored in (
            (request, rows.of_request(session, request.id))
            for request in chosen_requests(desk, session, person_id, request_ids))
            if request.channel is Channel.POSTAL_MAIL]
        if request_ids is None:
            chosen = [(request, stored) for request, stored in chosen
                      if request.standing is Standing.READY]
    checked = checked or Checked.now(desk, around)
    home, shelf = posting_country(around.person, desk.clock.today()), Shelf(desk, checked)
    found = []
    for number, (request, stored) in enumerate(chosen, start=1):
        if not stored or stored[-1].document.kind is not DocumentKind.LETTER:
            raise NotFound(f"{request.id} has no letter yet.", remedy="Prepare it first.")
        found.append(_piled(desk, around, request, stored[-1], shelf))
        progress.advance(number, len(chosen))
    later = LaterPile()
    if request_ids is None or later_ids is not None:
        later = later_pile(desk, person_id, later_ids, progress=_Onward(progress, len(found)))
    if not (found or later.letters):
        raise _nothing(later.left_out)
    return Pile(in_posting_order((*found, *later.letters), home), home,
                "letter" if home in LETTER_PAPER else "a4", later.left_out, checked)


def _nothing(left_out: Sequence[LeftOut]) -> NotFound:
    if left_out:
        return NotFound("There is no letter that may be posted today.",
                        remedy=" ".join(one.sentence for one in left_out))
    return NotFound("There is no letter to post among these requests.",
                    remedy="Prepare requests that go by post first.")


def batch_pdf(
    desk: Desk, person_id: str, request_ids: Sequence[str] | None = None, *,
    duplex: bool = False, page: str = "", pile: Pile | None = None,
    progress: Progress = UNWATCHED,
) -> MadeFile:
    """The letters as one file to print, the very pages that are kept, each with a bookmark.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; see `pile_of`.
        duplex: for printing on both sides: every letter begins on a sheet of its own.
        page: `letter` or `a4`, where the pile has both.
        pile: what `pile_of` gave for them, where it was asked for already.
        progress: is told how many letters are in the file, and may stop the work.

    Raises:
        Refused: when the letters are on two sizes of paper and none is chosen.
        Everything that `pile_of` raises.
    """
    from optout.documents.batch import BatchLetter
    from optout.documents.batch import batch_pdf as bound
    from optout.documents.batch_words import batch_terms, counted

    pile = pile or pile_of(desk, person_id, request_ids)
    if len(pile.papers) > 1 and not page:
        raise Refused("Some of these letters are on US Letter paper and some on A4, and a printer "
                      "takes one size at a time.", remedy="Choose one size, then the other.")
    letters = [letter for letter in pile.letters if page in {"", letter.paper}]
    shelf = Shelf(desk, pile.checked)

    def pages() -> Iterator[BatchLetter]:
        for number, letter in enumerate(letters, start=1):
            yield BatchLetter(letter.title, shelf.read(letter.document_id).content)
            progress.advance(number, len(letters))

    title = batch_terms()["letters.title"].format(count=counted("letters", len(letters)))
    name = f"letters-{_NAMES[page]}.pdf" if len(pile.papers) > 1 else "letters.pdf"
    return MadeFile(name, PDF, bound(pages(), title=title, duplex=duplex))


def label_sheet(
    desk: Desk, person_id: str, request_ids: Sequence[str] | None = None, *,
    sheet: LabelSheet, skip: int = 0, pile: Pile | None = None,
) -> MadeFile:
    """An address label for each letter, in the order of the pile; it never says what is in it.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; see `pile_of`.
        sheet: which paper is in the printer.
        skip: how many labels of the first sheet are used up.
        pile: what `pile_of` gave for them, where it was asked for already.

    Raises:
        InvalidInput: when more labels are skipped than a sheet has.
        Everything that `pile_of` raises.
    """
    from optout.documents.labels import Label, labels_pdf

    pile = pile or pile_of(desk, person_id, request_ids)
    labels = [Label(letter.reference, letter.recipient) for letter in pile.letters]
    return MadeFile("labels.pdf", PDF, labels_pdf(labels, sheet, skip=skip))


def mail_list(
    desk: Desk, person_id: str, request_ids: Sequence[str] | None = None, *,
    pile: Pile | None = None,
) -> MadeFile:
    """The list for the counter: certified mail within the United States, else registered post.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; see `pile_of`.
        pile: what `pile_of` gave for them, where it was asked for already.

    Raises:
        Everything that `pile_of` raises.
    """
    from optout.documents.mail_list import mail_list_pdf

    pile = pile or pile_of(desk, person_id, request_ids)
    return MadeFile("mail-list.pdf", PDF, mail_list_pdf(
        pile.letters, page=pile.page, home=pile.home))


def manifest(
    desk: Desk, person_id: str, request_ids: Sequence[str] | None = None, *,
    duplex: bool = False, pile: Pile | None = None, on: date | None = None,
) -> MadeFile:
    """What is in the pile: numbers, references, recipients, pages, and what to add by hand.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; see `pile_of`.
        duplex: the letters are printed on both sides.
        pile: what `pile_of` gave for them, where it was asked for already.
        on: the day on it; default: today.

    Raises:
        Everything that `pile_of` raises.
    """
    from optout.documents.manifest import manifest_pdf

    pile = pile or pile_of(desk, person_id, request_ids)
    content = manifest_pdf(pile.letters, day=desk.day(on), home=pile.home, page=pile.page,
                           duplex=duplex, left_out=pile.left_out)
    return MadeFile("manifest.pdf", PDF, content)


def _piled(
    desk: Desk, around: plans.Circumstances, request: Request, stored: rows.StoredDocument,
    shelf: Shelf,
) -> PiledLetter:
    """A letter as the pile knows it, its address held against its own first page."""
    from optout.documents.languages import language_of_country
    from optout.documents.order import recipient_of
    from optout.documents.pile import LetterFacts, PiledLetter

    broker = desk.registry.get(request.broker_id)
    procedure = next((one for one in (*broker.procedures[request.procedure_index:],
                                      *broker.procedures)
                      if one.channel is request.channel and one.address is not None), None)
    facts = LetterFacts(shelf.read(stored.document.id).content)
    lines: tuple[str, ...] = ()
    if procedure is not None:
        posted_from = posting_country(around.person, stored.document.made_on)
        lines, _ = recipient_of(broker, procedure, posted_from=posted_from,
                                language=language_of_country(posted_from))
    if procedure is None or procedure.address is None or not facts.says(lines):
        raise Refused(f"The letter {request.id} bears another address than {broker.name} has by "
                      "now.", remedy="Undo its preparation, then prepare it anew.")
    return PiledLetter(
        document_id=stored.document.id, reference=request.id, name=broker.name, recipient=lines,
        country=procedure.address.country, postal_code=procedure.address.postal_code,
        pages=facts.pages, paper=facts.paper,
        enclosures=_enclosures(desk, around, request, stored.document.made_on))


def _enclosures(
    desk: Desk, around: plans.Circumstances, request: Request, day: date
) -> tuple[str, ...]:
    """What the letter says that it encloses; only these kinds of letter enclose anything."""
    if request.acting_as is ActingAs.SELF and all(
            one.right is not Right.BLOCK for one in request.footings):
        return ()
    words = rendering.compose(preparing.ordered(desk, around, request, day)[1])
    return words.enclosures if isinstance(words, Letter) else ()
