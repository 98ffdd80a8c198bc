"""Pictures from outside: looked at only to see that they are whole, shown only made anew."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from optout.documents.foreign_files import JPEG, PNG, WEBP
from optout.domain.errors import InvalidInput

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 52_000_000
"""What the largest cameras of phones take; more is a mistake, or meant to fill the memory."""

_FORMATS = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP"}
_LONGEST = 2000
"""Pixels of the longer edge when shown: fine print stays legible on a page."""

_QUALITY = 88


def check_picture(content: bytes, media_type: str) -> None:
    """Make sure that a picture opens whole.

    Raises:
        InvalidInput: when it is damaged, cut off, or larger than any camera makes.
    """
    opened_picture(content, media_type)


def shown_picture(content: bytes, media_type: str) -> bytes:
    """The picture as JPEG, upright, on white, of a size for paper, and with nothing else in it.

    Where and when it was taken, by which device, thumbnails and comments all stay behind. The
    same picture always gives the same bytes.

    Raises:
        InvalidInput: when it does not open.
    """
    picture = on_white(opened_picture(content, media_type), _LONGEST)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def opened_picture(content: bytes, media_type: str) -> Image:
    """The picture, decoded.

    Raises:
        InvalidInput: when it is damaged, cut off, or larger than any camera makes.
    """
    from PIL import Image

    try:
        picture = Image.open(BytesIO(content), formats=(_FORMATS[media_type],))
        fits = picture.width * picture.height <= MOST_PIXELS
        if fits:
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        fits = False
    except Exception:  # noqa: BLE001 - a decoder may fail in any way over a hostile picture
        raise InvalidInput(
            "The picture is damaged or cut off.", field="file",
            remedy="Open it in a picture viewer, save it anew as PNG or JPEG, and try again.",
        ) from None
    if not fits:
        raise InvalidInput(
            f"The picture has more than {MOST_PIXELS // 1_000_000} million points.", field="file",
            remedy="Save it smaller, or take a screenshot of the part that matters.")
    return picture


def on_white(picture: Image, longest: int) -> Image:
    """A new picture of the same look: upright, without transparency, no edge over `longest`."""
    from PIL import Image, ImageOps

    ImageOps.exif_transpose(picture, in_place=True)
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        picture = picture.point(lambda value: value / 256).convert("L")
    coloured = picture.convert("RGBA")
    coloured.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", coloured.size, "white")
    paper.paste(coloured, mask=coloured)
    return paper
