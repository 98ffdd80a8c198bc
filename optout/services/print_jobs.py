"""A pile of letters made ready to print in the background: the pages, the labels, the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optout.domain.document import MadeFile
from optout.domain.document_words import LabelSheet
from optout.services import batches, bulk_jobs
from optout.services.desk import Desk
from optout.services.progress_bar import Progress


@dataclass(frozen=True, slots=True)
class PrintWish:
    """How a pile is to be printed.

    Args:
        duplex: on both sides; every letter begins on a sheet of its own.
        page: `letter` or `a4` for the letters of one size only; empty for all, a file each.
        sheet: which paper the labels go on.
        skip: how many labels of the first sheet are used up.
    """

    duplex: bool = False
    page: str = ""
    sheet: LabelSheet = LabelSheet.AVERY_5160
    skip: int = 0


@dataclass(frozen=True, slots=True)
class _Phase:
    """One of two walks through the same pile, as a half of the whole work."""

    whole: Progress
    second: bool

    def advance(self, done: int, total: int) -> None:
        """Pass it on.

        Raises:
            Cancelled: when the work is to stop here.
        """
        self.whole.advance(done + total * self.second, 2 * total)


def start_printing(
    desk: Desk, person_id: str, request_ids: Sequence[str], wish: PrintWish, *,
    later_ids: Sequence[str] = (),
) -> str:
    """Begin to make everything for printing these letters, and give the job's id at once.

    Args:
        desk: the opened data.
        person_id: whose letters.
        request_ids: of which requests; those that go another way are passed over.
        wish: how they are to be printed.
        later_ids: which letters about requests.

    Raises:
        Refused: while another job works on the same data.
    """
    ids, later = tuple(request_ids), tuple(later_ids)
    return bulk_jobs.begin(
        desk, person_id, lambda progress: print_files(
            desk, person_id, ids, wish, progress, later_ids=later))


def print_files(
    desk: Desk, person_id: str, request_ids: Sequence[str], wish: PrintWish, progress: Progress,
    *, later_ids: Sequence[str] = (),
) -> tuple[MadeFile, ...]:
    """The letters (a file for each size of paper), the labels, the list and the manifest.

    Raises:
        Everything that the functions of `batches` raise.
    """
    pile = batches.pile_of(desk, person_id, request_ids, later_ids=later_ids,
                           progress=_Phase(progress, second=False))
    papers = [paper for paper in pile.papers if wish.page in {"", paper}]
    pages = [batches.batch_pdf(desk, person_id, duplex=wish.duplex, page=paper, pile=pile,
                               progress=_Phase(progress, second=True))
             for paper in papers]
    return (*pages,
            batches.label_sheet(desk, person_id, sheet=wish.sheet, skip=wish.skip, pile=pile),
            batches.mail_list(desk, person_id, pile=pile),
            batches.manifest(desk, person_id, duplex=wish.duplex, pile=pile))
