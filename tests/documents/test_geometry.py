"""The envelopes: what their windows show of a folded sheet, read back out of the PDF."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from optout.documents.geometry import (
    A4,
    C6_5,
    DL,
    DL_LOW,
    NUMBER_10,
    US_LETTER,
    Box,
    Envelope,
    Paper,
)
from optout.documents.letter_pdf import letter_pdf
from optout.documents.words import compose_letter
from optout.domain.document import Letter
from tests.documents.orders import ORDERS
from tests.documents.reading import Line, lines_of, touches, within

CALIFORNIA = compose_letter(ORDERS["california"])
SEVEN = ("Example Data Holdings, Inc.", "Attn: Privacy Requests", "Example Tower",
         "100 Example Plaza", "Suite 400, Mail Stop 7", "Sacramento, CA 95814",
         "UNITED STATES OF AMERICA")
INCH = 25.4
FOLDED_FOR = [(US_LETTER, NUMBER_10), (A4, DL), (A4, DL_LOW), (A4, C6_5)]
BY_NAME = [f"{paper.name} in {envelope.name}" for paper, envelope in FOLDED_FOR]
PAPERS = pytest.mark.parametrize("paper", [US_LETTER, A4], ids=lambda paper: paper.name)
ENVELOPES = pytest.mark.parametrize(("paper", "envelope"), FOLDED_FOR, ids=BY_NAME)


def at_rest(envelope: Envelope, paper: Paper, *, right: float = 0.0, up: float = 0.0) -> Box:
    """What a window shows of a folded sheet that lies on its envelope's lower and left edges.

    Args:
        envelope: the envelope.
        paper: the sheet in it.
        right: how far the sheet has slid to the right.
        up: how far it has slid upward.
    """
    left = envelope.left - right
    bottom = paper.folds[0] - envelope.below + up
    return Box(left, bottom - envelope.high, left + envelope.wide, bottom)


def slack(envelope: Envelope, paper: Paper) -> tuple[float, float]:
    """How far a folded sheet can slide in its envelope: to the right, and upward."""
    return envelope.width - paper.width, envelope.height - paper.folds[0]


def slides(paper: Paper, envelope: Envelope) -> list[tuple[float, float]]:
    """The sheet at rest, in the middle and in every corner of its envelope."""
    right, up = slack(envelope, paper)
    return list(product((0.0, right / 2, right), (0.0, up / 2, up)))


def common(boxes: list[Box]) -> Box:
    """What lies in every box."""
    return Box(max(box.left for box in boxes), max(box.top for box in boxes),
               min(box.right for box in boxes), min(box.bottom for box in boxes))


def around(boxes: list[Box]) -> Box:
    """The smallest box with all in it."""
    return Box(min(box.left for box in boxes), min(box.top for box in boxes),
               max(box.right for box in boxes), max(box.bottom for box in boxes))


def rounded(box: Box) -> tuple[float, ...]:
    return tuple(round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom))


def test_the_ten_envelope_is_the_trades_in_inches() -> None:
    assert NUMBER_10.width == round(9.5 * INCH, 1)
    assert NUMBER_10.height == round(4.125 * INCH, 1)
    assert NUMBER_10.left == round(0.875 * INCH, 1)
    assert NUMBER_10.below == round(0.5 * INCH, 1)
    assert (NUMBER_10.wide, NUMBER_10.high) == (round(4.5 * INCH, 1), round(1.125 * INCH, 1))


@PAPERS
def test_the_boxes_of_a_paper_follow_from_its_envelopes(paper: Paper) -> None:
    rest = [at_rest(envelope, paper) for envelope in paper.envelopes]
    seen = [at_rest(envelope, paper, right=right, up=up) for envelope in paper.envelopes
            for right, up in slides(paper, envelope)]
    assert rounded(common(rest)) == rounded(paper.window)
    assert rounded(common(seen)) == rounded(paper.always)
    assert rounded(around(seen)) == rounded(paper.ever)


@PAPERS
def test_a_sheet_folded_at_its_marks_goes_into_its_envelopes(paper: Paper) -> None:
    first, second = paper.folds
    panels = (first, second - first, paper.height - second)
    for envelope in paper.envelopes:
        assert max(panels) + 4 < envelope.height
        assert paper.width + 4 < envelope.width
    assert max(panels) == first or max(panels) - first < 0.3
    assert paper.punch in {None, paper.height / 2}


@PAPERS
def test_address_sender_and_text_have_places_of_their_own(paper: Paper) -> None:
    assert within(paper.address, paper.window)
    assert paper.sender.bottom < paper.ever.top
    assert paper.first_line > paper.ever.bottom
    assert paper.first_line > paper.folds[0]
    assert paper.always.left + 3 <= paper.address.left
    assert paper.address.right < paper.always.right


def first_page(letter: Letter, paper: Paper) -> list[Line]:
    return [line for line in lines_of(letter_pdf(letter), paper) if line.page == 1]


def shown(lines: list[Line], window: Box) -> tuple[list[str], list[str]]:
    """The lines that a window touches, and of those the ones that show whole."""
    return ([line.text for line in lines if touches(line.box, window)],
            [line.text for line in lines if within(line.box, window)])


@ENVELOPES
@pytest.mark.parametrize("count", [1, 3, 4])
def test_a_usual_address_shows_whole_and_alone_wherever_the_sheet_slides(
    paper: Paper, envelope: Envelope, count: int
) -> None:
    letter = replace(CALIFORNIA, page=paper.name, recipient=SEVEN[-count:])
    lines = first_page(letter, paper)
    for right, up in slides(paper, envelope):
        touched, whole = shown(lines, at_rest(envelope, paper, right=right, up=up))
        assert touched == whole == list(letter.recipient)


@ENVELOPES
def test_seven_lines_show_whole_at_rest_and_on_a4_always(
    paper: Paper, envelope: Envelope
) -> None:
    letter = replace(CALIFORNIA, page=paper.name, recipient=SEVEN)
    lines = first_page(letter, paper)
    for right, up in slides(paper, envelope) if paper is A4 else [(0.0, 0.0)]:
        touched, whole = shown(lines, at_rest(envelope, paper, right=right, up=up))
        assert touched == whole == list(SEVEN)


@ENVELOPES
def test_whatever_the_letter_nothing_but_the_recipient_ever_shows(
    paper: Paper, envelope: Envelope
) -> None:
    sender = tuple(f"Line {number} of the sender" for number in range(8))
    long_name = "The Extraordinarily Long Example Data and Information Services Company, LLC"
    letter = replace(CALIFORNIA, page=paper.name, sender=sender,
                     recipient=(long_name, *SEVEN[3:]))
    lines = first_page(letter, paper)
    for right, up in slides(paper, envelope):
        touched, _ = shown(lines, at_rest(envelope, paper, right=right, up=up))
        assert set(" ".join(touched).split()) <= set(" ".join(letter.recipient).split())


@PAPERS
def test_a_letter_of_two_pages_shows_the_same_address(paper: Paper) -> None:
    sentence = "This sentence stands here to make the letter long enough for two pages. "
    letter = replace(CALIFORNIA, page=paper.name, recipient=SEVEN,
                     paragraphs=tuple(sentence * 6 for _ in range(12)))
    touched, whole = shown(first_page(letter, paper), paper.window)
    assert touched == whole == list(SEVEN)


@PAPERS
def test_a_very_long_name_of_a_sender_keeps_its_distance_from_the_date(paper: Paper) -> None:
    name = "Maximiliana Alexandrina Bartholomäa Example-Sample von und zu Muster auf Beispielstein"
    letter = replace(CALIFORNIA, page=paper.name, sender=(name, *CALIFORNIA.sender[1:]))
    lines = first_page(letter, paper)
    date = next(line for line in lines if CALIFORNIA.date_line in line.text)
    own = [line for line in lines if line.text and line.text in name]
    assert len(own) == 2
    assert " ".join(line.text for line in own) == name
    assert all(line.box.right + 5 < date.box.left for line in own)
