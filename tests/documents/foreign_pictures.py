"""Pictures made on the spot: screenshots, scans of a signature, and what is neither."""

from __future__ import annotations

import random
import zlib
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter


def encoded(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def screenshot(
    form: str = "PNG", *, size: tuple[int, int] = (400, 300), **options: object
) -> bytes:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, size[0] - 20, 80), fill=(30, 60, 160))
    draw.text((40, 40), "Your request was received", fill="white")
    return encoded(picture, form, **options)


def scrawl(draw: ImageDraw.ImageDraw, *, width: int, ink: int | tuple[int, ...]) -> None:
    points = [(120 + 11 * step, 210 + (37 * step * step) % 130 - 60) for step in range(50)]
    draw.line(points, fill=ink, width=width, joint="curve")


def signature_scan(*, paper: int = 250, ink: int = 30, size: tuple[int, int] = (900, 450)) -> bytes:
    """Pen on paper, with some noise, as a flatbed gives it."""
    picture = Image.new("L", size, paper)
    scrawl(ImageDraw.Draw(picture), width=6, ink=ink)
    noise = random.Random(6)  # noqa: S311 - the same noise each time
    pixels = picture.load()
    assert pixels is not None
    for _ in range(4000):
        at = noise.randrange(size[0]), noise.randrange(size[1])
        pixels[at] = max(0, int(pixels[at]) - noise.randrange(12))  # type: ignore[arg-type]  # grey: a number
    return encoded(picture)


def signature_photo() -> bytes:
    """Pen on paper by a lamp: the light falls off to one side, and the paper is yellowish."""
    size = (1600, 900)
    picture = Image.new("RGB", size, (236, 228, 205))
    draw = ImageDraw.Draw(picture)
    points = [(400 + 16 * step, 430 + (53 * step * step) % 210 - 90) for step in range(45)]
    draw.line(points, fill=(25, 30, 90), width=9, joint="curve")
    light = Image.linear_gradient("L").rotate(90).resize(size).point(lambda v: 150 + v * 105 // 255)
    shaded = Image.composite(picture, Image.new("RGB", size, "black"), light)
    return encoded(shaded.filter(ImageFilter.GaussianBlur(1)), "JPEG", quality=80)


def landscape() -> bytes:
    """What a camera sees: no paper anywhere."""
    noise = Image.effect_noise((60, 40), 120).resize((900, 600))
    return encoded(Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))), "JPEG")


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose head promises an enormous picture."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return (len(data).to_bytes(4, "big") + name + data
                + zlib.crc32(name + data).to_bytes(4, "big"))

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b""))
