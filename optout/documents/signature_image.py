"""A scanned or photographed signature made into dark strokes on white, and nothing else."""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from optout.documents.foreign_files import JPEG, PNG, kind_of_file
from optout.documents.pictures import on_white, opened_picture
from optout.domain.errors import InvalidInput

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 1200
"""Pixels: 300 to the inch over ten centimetres."""

LARGEST_BYTES = 60_000

_WORKED_ON = 1800
_SMALLEST = 12
"""Pixels of a side below which there is no stroke, only dust."""

_COARSE = 8
"""By how much the picture is reduced to see how bright the paper is around each point."""

_FAINTEST = 40
"""How much darker than its paper (of 255) the darkest stroke must be."""

_INK, _LIGHT = 0.5, 0.18
"""Shares of the darkest stroke: what counts as ink, and where paper ends."""

_MOST_INK = 0.2
"""Share of the whole picture that ink can cover; handwriting covers a twentieth."""

_GREYS = 4
"""Bits of grey: enough for soft edges, and a small file."""

_REMEDY = ("Sign with a dark pen on plain white paper, photograph it straight from above in good "
           "light, and cut the picture to the signature.")


def cleaned_signature(content: bytes) -> bytes:
    """The signature as a small PNG in greys; the same picture always gives the same bytes.

    Raises:
        InvalidInput: when it is no PNG or JPEG, does not open, is blank, or is no signature.
    """
    media_type = kind_of_file(content)
    if media_type not in {PNG, JPEG}:
        raise InvalidInput("A signature is a picture: PNG or JPEG.", field="file", remedy=_REMEDY)
    grey = on_white(opened_picture(content, media_type), _WORKED_ON).convert("L")
    if min(grey.size) < _SMALLEST:
        raise _refused("The picture is too small to hold a signature.")
    strokes = _darkness(grey)
    darkest = _darkest(strokes)
    if darkest < _FAINTEST:
        raise _refused("There is no signature to be seen in the picture.")
    ink = strokes.point(lambda value: 255 if value >= darkest * _INK else 0)
    if _share(ink) > _MOST_INK or not _is_paper(grey, strokes, darkest):
        raise _refused("This looks like a photograph, not like a signature on white paper.")
    box = _bounds(ink)
    low = darkest * _LIGHT
    faded = strokes.point(
        lambda value: 255 - max(0, min(255, round((value - low) * 255 / (darkest * 0.8 - low)))))
    return _small_png(faded.crop(box))


def _darkness(grey: Image) -> Image:
    """How much darker each point is than the paper around it: shadows and tints fall away."""
    from PIL import Image, ImageChops, ImageFilter

    coarse = grey.resize((max(1, grey.width // _COARSE), max(1, grey.height // _COARSE)),
                         Image.Resampling.BOX)
    paper = coarse.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(4))
    return ImageChops.subtract(paper.resize(grey.size, Image.Resampling.BILINEAR), grey)


def _darkest(strokes: Image) -> int:
    """How dark the strokes are: the value that one in two thousand points reaches."""
    wanted = max(8, strokes.width * strokes.height // 2000)
    seen = accumulate(reversed(strokes.histogram()))
    return next(255 - place for place, count in enumerate(seen) if count >= wanted)


def _share(ink: Image) -> float:
    return ink.histogram()[255] / (ink.width * ink.height)


def _is_paper(grey: Image, strokes: Image, darkest: int) -> bool:
    """Whether nearly all that is no stroke is bright, even paper, as in no photograph."""
    points = grey.width * grey.height
    even = sum(strokes.histogram()[:max(12, round(darkest * _LIGHT))])
    bright = sum(grey.histogram()[96:])
    return even / points > 0.7 and bright / points > 0.75  # noqa: PLR2004 - shares, tried on scans


def _bounds(ink: Image) -> tuple[int, int, int, int]:
    """Where the strokes lie, without single specks, with a little air."""
    from PIL import ImageFilter

    box = ink.filter(ImageFilter.MedianFilter(3)).getbbox()
    if box is None:
        raise _refused("There is no signature to be seen in the picture.")
    air = 4
    return (max(0, box[0] - air), max(0, box[1] - air),
            min(ink.width, box[2] + air), min(ink.height, box[3] + air))


def _small_png(strokes: Image) -> bytes:
    from PIL import Image, ImageOps

    width = min(WIDEST, strokes.width)
    while True:
        size = width, max(1, round(strokes.height * width / strokes.width))
        picture = ImageOps.posterize(
            strokes.resize(size, Image.Resampling.LANCZOS), _GREYS).point(
                lambda value: min(255, round(value * 255 / 240)))
        out = BytesIO()
        clean = Image.new("L", size, 255)
        clean.paste(picture)
        clean.save(out, "PNG", optimize=True)
        if out.tell() < LARGEST_BYTES:
            return out.getvalue()
        width = round(width * 0.8)


def _refused(why: str) -> InvalidInput:
    return InvalidInput(why, field="file", remedy=_REMEDY)
