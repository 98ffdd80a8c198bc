"""The fast path sets the same words on the same lines at the same places as a plain one."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from optout.documents import letter_pdf as fast
from optout.documents.flow import DENSE, ROOMY, TIGHT, Setting
from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.documents.lines import bind, broken, text_width
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, REGULAR
from optout.documents.words import compose_letter
from optout.documents.written_text import WrittenText
from optout.domain.document import Letter
from tests.documents.orders import ORDERS
from tests.documents.plain_setting import Piece, PlainPage, enclosures, filled, width

LETTERS = {name: compose_letter(order) for name, order in ORDERS.items()}
NAMES = ["Avery Sample", "Nguyễn Thị Phương Ánh", "Олександр Їжакевич", "Αναστασία Ωραιοπούλου"]


def drawn(letter: Letter) -> list[Piece]:
    """Every run that the fast path draws below the address, and where."""
    pieces: list[Piece] = []
    paper = PAPERS[letter.page]

    class Recorder(WrittenText):
        def textLine(self, text: str = "") -> None:  # noqa: N802 - ReportLab's name
            pieces.append(Piece(1, self.getX(), paper.height * POINTS_PER_MM - self.getY(), text))
            super().textLine(text)

    with patch.object(fast, "WrittenText", Recorder):
        fast.letter_pdf(letter)
    return [piece for piece in pieces if piece.y > paper.folds[0] * POINTS_PER_MM]


def setting_of(letter: Letter) -> Setting:
    """The first setting in which everything is on one page, by the place of the last row."""
    paper = PAPERS[letter.page]
    for setting in (ROOMY, TIGHT, DENSE):
        page = PlainPage(letter, paper, setting)
        page.text()
        if page.y <= (paper.height - paper.bottom) * POINTS_PER_MM + setting.less_margin:
            return setting
    raise AssertionError("The letter does not fit one page.")


def compare(letter: Letter) -> None:
    paper, setting = PAPERS[letter.page], setting_of(letter)
    expected = PlainPage(letter, paper, setting).text()
    found = drawn(letter)
    if letter.enclosures:
        text, start = enclosures(letter, paper, setting, terms(letter.language)["enclosed"])
        beside = found.pop()
        assert beside.text.startswith(text[:8])
        if beside.text == text and beside.y == pytest.approx(expected[-1].y, abs=0.01):
            assert beside.x == pytest.approx(start, abs=0.01)
        found = found[:len(expected)]
    assert [piece.text for piece in found] == [piece.text for piece in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.x == pytest.approx(other.x, abs=0.01)
        assert one.y == pytest.approx(other.y, abs=0.01)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("signer", NAMES)
def test_words_lines_and_places_are_those_of_the_plain_setting(name: str, signer: str) -> None:
    letter = LETTERS[name]
    compare(replace(letter, signature=signer, sender=(signer, *letter.sender[1:]),
                    paragraphs=tuple(text.replace("Avery Sample", signer)
                                     for text in letter.paragraphs)))


@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("number", range(3, 9))
def test_longer_letters_too_in_each_density(page: str, number: int) -> None:
    sentence = "This sentence stands here, under § 1681 and Art. 17, to fill several lines. "
    compare(replace(LETTERS["california"], page=page, paragraphs=tuple(
        f"{count}: {sentence * 3}".strip() for count in range(number))))


def test_headings_of_every_kind_are_set_alike() -> None:
    citation = "(Cal. Civ. Code §§ 1798.100, 1798.105, 1798.106, 1798.110, 1798.115, 1798.120)"
    sentence = "This sentence stands below its heading, and is long enough for two lines of type."
    compare(replace(LETTERS["california"], enclosures=(), paragraphs=(
        "Please:", f"- A heading without a citation\n{sentence}",
        f"- A heading with a long citation behind it {citation}\n{sentence}",
        f"- {sentence}")))


def test_many_enclosures_stand_below_the_name() -> None:
    letter = replace(LETTERS["california"], enclosures=tuple(
        f"copy of the statement number {number}" for number in range(4)))
    *before, name, first, second = drawn(letter)
    assert name.text == letter.signature
    assert [first.x, second.x] == [before[0].x, before[0].x]
    assert name.y < first.y < second.y


@pytest.mark.parametrize("face", [REGULAR, BOLD])
@pytest.mark.parametrize("room", [90.0, 200.0, 468.0])
def test_lines_are_filled_alike_at_every_width(face: str, room: float) -> None:
    for letter in LETTERS.values():
        for text in " ".join(letter.paragraphs).replace("\t", " ").split("\n"):
            if all(width(face, 10.5, word) <= room for word in bind(text).split(" ")):
                assert list(broken(face, 10.5, text, room)) == filled(face, 10.5, text, room)
                assert text_width(face, 10.5, text) == pytest.approx(width(face, 10.5, text))
