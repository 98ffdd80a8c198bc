"""Subsets of fonts: cut right whoever else is cutting at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import cast

from reportlab.pdfbase.ttfonts import TTFontFace

from optout.documents.embedding import made_subset

A_MOMENT = 0.2


class _OneCursor:
    """A face that can tell whether two threads read it at once, as ReportLab’s cannot bear."""

    bbox = (0, 0, 1000, 1000)
    ascent = descent = capHeight = italicAngle = stemV = 0.0  # noqa: N815 - ReportLab’s names
    flags = 0

    def __init__(self) -> None:
        self._both = threading.Barrier(2)
        self.met = False

    def makeSubset(self, _codes: Sequence[int]) -> bytes:  # noqa: N802 - ReportLab’s name
        """Wait a moment for another to come in."""
        try:
            self._both.wait(A_MOMENT)
        except threading.BrokenBarrierError:
            return b"glyphs"
        self.met = True
        return b"glyphs"


def test_two_threads_never_cut_at_once() -> None:
    face = _OneCursor()

    def cut() -> None:
        made_subset(cast("TTFontFace", face), "OPTOUA+Face", [65], ["A"], [500.0])

    threads = [threading.Thread(target=cut) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not face.met
