"""Pictures of what is printed: `python -m tests.documents.pictures` takes them anew.

Small and in few greys; compared with a tolerance, since each release of the renderer smooths its
edges in its own way. Whoever takes them anew looks at every one that has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from optout.documents.case_bundle import case_bundle_pdf
from optout.documents.labels import labels_pdf
from optout.documents.letter_pdf import letter_pdf
from optout.documents.mail_list import mail_list_pdf
from optout.documents.paper_words import PaperWords
from optout.documents.sheet_pdf import sheet_pdf
from optout.documents.words import compose_letter
from optout.domain.document import Letter
from optout.domain.document_words import LabelSheet
from tests.documents import paper_orders as papers
from tests.documents import test_case_bundle as case_files
from tests.documents import test_labels as labels
from tests.documents import test_pile_papers as piles
from tests.documents.orders import ORDERS
from tests.documents.scrawl import scrawl

FOLDER = Path(__file__).resolve().parent.parent / "samples" / "documents" / "pictures"
DPI = 45
GREYS = 4
"""Bits."""

MOST_PAGES = 4

_DARKER = 45
"""Of 255: what counts as another shade after smoothing."""

MOST_CHANGED = 0.0015
"""Share of the points that may differ."""

_CALIFORNIA, _GDPR = compose_letter(ORDERS["california"]), compose_letter(ORDERS["gdpr"])
_FILLER = "This sentence stands here to make the letter long enough for two pages. "


def _named(letter: Letter, name: str, *address: str) -> Letter:
    opening = f"My name is {name}. I have also been listed as Avery Sample ({name})."
    return replace(letter, signature=name, sender=(name, *address),
                   paragraphs=(opening, *letter.paragraphs))


LETTERS = {
    "us-letter": _CALIFORNIA,
    "a4": _GDPR,
    "two-pages": replace(_CALIFORNIA, paragraphs=(
        *_CALIFORNIA.paragraphs, *(_FILLER * 5 for _ in range(9)))),
    "seven-lines": replace(_CALIFORNIA, recipient=(
        "Example Data Holdings, Inc.", "Attn: Privacy Requests", "Example Tower",
        "100 Example Plaza", "Suite 400, Mail Stop 7", "Sacramento, CA 95814",
        "UNITED STATES OF AMERICA")),
    "long-name": _named(
        _GDPR, "Maximiliana Alexandrina Bartholomäa Example-Sample von und zu Muster auf Stein",
        "Beispielallee 7", "20095 Hamburg"),
    "arabic": _named(_CALIFORNIA, "محمد علي الحسن", "شارع المثال 12، الرياض", "PO Box 0"),
    "hebrew": _named(_GDPR, "דוד כהן", "רחוב הדוגמה 12, תל אביב", "PO Box 0"),
    "east-asian": _named(_CALIFORNIA, "王芳 김민수 山田花子", "北京市朝阳区示例路12号",
                         "서울특별시 종로구 예시로 12", "東京都千代田区サンプル町1-2-3"),
    "signature": replace(_CALIFORNIA, signature_image=scrawl()),
}


def _paper(kind: str, words: PaperWords) -> bytes:
    return sheet_pdf(papers.MADE[kind](words))


_PILE = [piles.letter(number) for number in range(1, 4)]
DRAWN: dict[str, Callable[[], bytes]] = {
    **{name: partial(letter_pdf, letter) for name, letter in LETTERS.items()},
    "authorization": partial(_paper, "authorization", papers.SPANISH),
    "california-permission": partial(_paper, "california", papers.ENGLISH),
    "revocation": partial(_paper, "revocation", papers.ENGLISH),
    "cover-letter": partial(_paper, "cover", papers.SPANISH),
    "what-we-do": partial(_paper, "what we do", papers.SPANISH),
    "safety": partial(_paper, "safety", papers.SPANISH),
    "progress": partial(_paper, "progress over time", papers.SPANISH),
    "manifest": partial(piles.manifest, _PILE),
    "mail-list": partial(mail_list_pdf, _PILE, page="letter", home="US"),
    "labels-us": partial(labels_pdf, [labels.label(number) for number in range(26)],
                         LabelSheet.AVERY_5160, skip=4),
    "labels-a4": partial(labels_pdf, [labels.label(number, labels.LONG) for number in range(21)],
                         LabelSheet.L7160),
    "case-file": partial(case_bundle_pdf, case_files.MIXED),
}


def taken(pdf: bytes) -> Image.Image:
    """The first pages of a PDF side by side, in few greys."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(DPI), "-l", str(MOST_PAGES), "-gray", "a.pdf", "a"],
                       cwd=folder, check=True)
        pages = [Image.open(BytesIO(path.read_bytes()))
                 for path in sorted(Path(folder).glob("*.pgm"))]
    width = sum(page.width for page in pages)
    whole = Image.new("L", (width, max(page.height for page in pages)), 255)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    step = 255 // (2 ** GREYS - 1)
    return whole.point(lambda value: round(value / step) * step)


def changed(one: Image.Image, other: Image.Image) -> float:
    """The share of points in which two pictures differ to the eye; 1.0 for other sizes."""
    if one.size != other.size:
        return 1.0
    smooth = [picture.convert("L").filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)]
    differing = ImageChops.difference(*smooth).histogram()[_DARKER:]
    return sum(differing) / (one.width * one.height)


def kept(name: str) -> Image.Image:
    """The picture to compare with."""
    return Image.open(BytesIO((FOLDER / f"{name}.png").read_bytes()))


def main() -> None:
    """Take every picture anew, and say which have changed."""
    if shutil.which("pdftoppm") is None:
        sys.exit("There is no pdftoppm on this machine: install poppler-utils.")
    FOLDER.mkdir(exist_ok=True)
    for name, draw in DRAWN.items():
        picture, path = taken(draw()), FOLDER / f"{name}.png"
        share = changed(picture, kept(name)) if path.exists() else 1.0
        if share:
            picture.quantize(2 ** GREYS).save(path, "PNG", optimize=True)
        sys.stdout.write(f"{name}: {share:.2%} changed, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
