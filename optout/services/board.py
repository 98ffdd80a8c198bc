"""The board: where requests stand, with the most urgent of each column as cards."""

from __future__ import annotations

from optout.domain.listing import STANDINGS_OF, BoardColumn, Card, Column
from optout.services.desk import Desk
from optout.services.listing import listed
from optout.store import board as cards
from optout.store import listing, people

CARDS = 20
"""Cards in a column; the others are in the list behind it."""


def board(desk: Desk, person_id: str = "") -> tuple[BoardColumn, ...]:
    """Every column with its number and its cards.

    The numbers are kept, not counted; a person's are counted along their own index. The cards of
    a column are those that have waited longest, late ones first; what is over shows the newest.

    Args:
        desk: the opened data.
        person_id: whose requests; of everybody where empty.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.clock.today()
    with desk.store.reading() as session:
        if person_id:
            people.get(session, person_id)
        counts = listing.counts_of(session, person_id) if person_id else listing.counts(session)
        columns = []
        for column, standings in STANDINGS_OF.items():
            over = column is Column.OVER
            found = cards.first(session, [one for one in standings if counts.get(one)],
                                person_id=person_id, newest_first=over, most=CARDS)
            rows = listed(desk, session, found, day)
            if not over:
                rows = tuple(sorted(rows, key=lambda row: row.days_late == 0))
            columns.append(BoardColumn(
                column, sum(counts.get(one, 0) for one in standings),
                tuple(Card(row, (day - (row.request.moved_on or row.request.created_on)).days)
                      for row in rows)))
    return tuple(columns)
