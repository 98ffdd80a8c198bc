"""A scanned signature drawn above the name, as large as a pen would write it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from optout.domain.errors import InvalidInput

_WIDEST, _HIGHEST = 170.0, 38.0
"""Points: 6 cm by 13 mm, what a pen takes."""

_COARSEST = 100
"""Pixels to the inch below which a small picture is not blown up."""

_FINEST = 300
_PICTURES_KEPT = 4


def draw_signature(
    canvas: Canvas, image: bytes, *, left: float, bottom: float, room: float
) -> None:
    """Draw a signature with its foot on a line, as large as the room above it permits.

    Args:
        canvas: the page.
        image: dark strokes on white (PNG).
        left: of the picture, in points from the page's left edge.
        bottom: of the picture, in points from the page's lower edge.
        room: how high it may be, in points.

    Raises:
        InvalidInput: when the picture does not open.
    """
    picture = _opened(image)
    width, height = picture.getSize()
    scale = min(_WIDEST / width, min(_HIGHEST, room) / height, 72 / _COARSEST)
    canvas.drawImage(picture, left, bottom, width * scale, height * scale)


@lru_cache(maxsize=_PICTURES_KEPT)
def _opened(image: bytes) -> ImageReader:
    """A picture in greys, no finer than paper shows; opened once for a batch."""
    try:
        picture = Image.open(BytesIO(image)).convert("L")
    except (UnidentifiedImageError, OSError) as error:
        raise InvalidInput("The scanned signature does not open as a picture.",
                           remedy="Forget it, and keep it anew.") from error
    picture.thumbnail((round(_WIDEST * _FINEST / 72), round(_HIGHEST * _FINEST / 72)))
    return ImageReader(picture)
