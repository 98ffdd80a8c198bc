"""A made-up signature."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def scrawl(width: int = 900, height: int = 300, mode: str = "L") -> bytes:
    """A flourish on white, as PNG."""
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    for bend in range(4):
        left = width * (0.05 + 0.22 * bend)
        pen.arc((left, height * 0.1, left + width * 0.3, height * 0.9), 180, 420, fill=20,
                width=max(2, height // 25))
    out = BytesIO()
    image.convert(mode).save(out, "PNG")
    return out.getvalue()
