"""Where things stand on the paper, in millimetres from its top left corner.

US Letter is folded in thirds into a #10 window envelope: 4 1/8 x 9 1/2 inches, the window 1 1/8 x
4 1/2 inches, 7/8 inch from the left and 1/2 inch from the lower edge, as the trade makes it. A4 is
folded at 105 and 210 mm (DIN 5008, form B) into a DL or C6/5 (“C5/6”) envelope, whose window is
90 x 45 mm, 20 mm from the left and 15 mm from the lower edge (DIN 680); many DL envelopes have a
window that is only 35 mm high, so that is reckoned with as well.

A folded sheet is smaller than its envelope and slides in it. `window` is what shows in every
envelope of a paper while the sheet rests on the lower and left edges; `always` is what shows
wherever it slides, and `ever` is what might show.
"""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in millimetres from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope and its window, in millimetres.

    Args:
        left: from the envelope's left edge to the window.
        below: from the window to the envelope's lower edge.
        wide: of the window.
        high: of the window.
    """

    name: str
    width: float
    height: float
    left: float
    below: float
    wide: float
    high: float


NUMBER_10 = Envelope("#10", 241.3, 104.8, left=22.2, below=12.7, wide=114.3, high=28.6)
DL = Envelope("DL", 220.0, 110.0, left=20.0, below=15.0, wide=90.0, high=45.0)
DL_LOW = Envelope("DL, low window", 220.0, 110.0, left=20.0, below=15.0, wide=90.0, high=35.0)
C6_5 = Envelope("C6/5", 229.0, 114.0, left=20.0, below=15.0, wide=90.0, high=45.0)


@dataclass(frozen=True, slots=True)
class Paper:
    """One size of paper with everything that has a fixed place on it (millimetres).

    Args:
        envelopes: those that it is folded for.
        window: what every envelope's window shows of the sheet at rest.
        always: what it shows however the sheet slides.
        ever: what any of them might show.
        address: where the recipient's lines stand, the last one on the lower edge.
        sender: where the sender's lines stand: above whatever might show.
        first_line: the top of the text on the first page: below the fold, so that nothing
            but the address ever shows.
        folds: heights of the two folds, and of the middle for a punch.
    """

    name: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    next_page_top: float
    envelopes: tuple[Envelope, ...]
    window: Box
    always: Box
    ever: Box
    address: Box
    sender: Box
    first_line: float
    folds: tuple[float, float]
    punch: float | None = None

    @property
    def text_width(self) -> float:
        """From the left to the right margin."""
        return self.width - self.left - self.right


US_LETTER = Paper(
    name="letter", width=215.9, height=279.4, left=25.4, right=25.4, bottom=23.0,
    next_page_top=22.0, envelopes=(NUMBER_10,),
    window=Box(22.2, 51.8, 136.5, 80.4), always=Box(22.2, 63.5, 111.1, 80.4),
    ever=Box(-3.2, 51.8, 136.5, 92.1),
    address=Box(25.4, 53.4, 109.0, 79.4), sender=Box(25.4, 15.0, 125.0, 49.5),
    first_line=96.0, folds=(93.1, 186.3))

A4 = Paper(
    name="a4", width=210.0, height=297.0, left=25.0, right=20.0, bottom=24.0,
    next_page_top=22.0, envelopes=(DL, DL_LOW, C6_5),
    window=Box(20.0, 55.0, 110.0, 90.0), always=Box(20.0, 60.0, 91.0, 90.0),
    ever=Box(1.0, 45.0, 110.0, 99.0),
    address=Box(25.0, 60.5, 90.0, 88.0), sender=Box(25.0, 13.0, 120.0, 44.0),
    first_line=107.0, folds=(105.0, 210.0), punch=148.5)

PAPERS = {paper.name: paper for paper in (US_LETTER, A4)}
