"""Where things stand on the paper, in millimetres from its top left corner.

US Letter is folded in thirds into a #10 window envelope (104.8 x 241.3 mm; window 114.3 x
28.6 mm, 22.2 mm from the left and 12.7 mm from the bottom edge, the trade's standard). A4 is
folded at 105 and 210 mm (DIN 5008 form B) into a DL window envelope (110 x 220 mm; window 90 x
35 mm, 20 mm from the left and 15 mm from the bottom edge, DIN 680).

A folded sheet is a little smaller than its envelope and slides in it. `window` is what shows
while the sheet rests on the lower and left edges; `always` is what shows wherever it slides.
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
class Paper:
    """One size of paper with everything that has a fixed place on it (millimetres).

    Args:
        window: what the envelope's window shows of the sheet at rest.
        always: what it shows however the sheet slides.
        address: where the recipient's lines stand, the last one on the lower edge.
        sender: where the sender's lines stand: above the window.
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
    window: Box
    always: Box
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
    next_page_top=22.0,
    window=Box(22.2, 51.8, 136.5, 80.4), always=Box(22.2, 63.5, 111.1, 80.4),
    address=Box(25.4, 53.4, 109.0, 79.0), sender=Box(25.4, 15.0, 125.0, 49.5),
    first_line=96.0, folds=(93.1, 186.3))

A4 = Paper(
    name="a4", width=210.0, height=297.0, left=25.0, right=20.0, bottom=24.0,
    next_page_top=22.0,
    window=Box(20.0, 55.0, 110.0, 90.0), always=Box(20.0, 60.0, 100.0, 90.0),
    address=Box(25.0, 60.5, 98.5, 88.0), sender=Box(25.0, 15.0, 120.0, 52.5),
    first_line=107.0, folds=(105.0, 210.0), punch=148.5)

PAPERS = {paper.name: paper for paper in (US_LETTER, A4)}
