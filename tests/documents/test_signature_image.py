"""A signature out of a picture: dark strokes on white, cut to size, or a clear refusal."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from optout.documents.signature_image import cleaned_signature
from optout.domain.errors import InvalidInput
from tests.documents import foreign_pictures as pictures


def transparent() -> bytes:
    picture = Image.new("RGBA", (900, 450), (0, 0, 0, 0))
    pictures.scrawl(ImageDraw.Draw(picture), width=6, ink=(0, 0, 0, 255))
    return pictures.encoded(picture)


@pytest.mark.parametrize("scan", [
    pictures.signature_scan(), pictures.signature_scan(paper=200, ink=90),
    pictures.signature_scan(ink=180), pictures.signature_photo(), transparent()],
    ids=["scan", "grey paper", "faint pen", "photo by a lamp", "transparent"])
def test_the_strokes_come_out_dark_on_white_and_cut_to_size(scan: bytes) -> None:
    cleaned = cleaned_signature(scan)
    picture = Image.open(BytesIO(cleaned))
    values = picture.histogram()
    points = picture.width * picture.height
    assert sum(values[:64]) > points * 0.02, "no dark strokes"
    assert values[255] > points * 0.5, "the paper is not white"
    assert min(picture.size) > 60
    assert picture.width < Image.open(BytesIO(scan)).width
    assert cleaned_signature(scan) == cleaned


def test_a_very_large_scan_becomes_small() -> None:
    picture = Image.new("L", (5000, 2500), 255)
    draw = ImageDraw.Draw(picture)
    for step in range(60):
        draw.arc((100 + step * 70, 200, 900 + step * 70, 2200), step * 20, step * 20 + 120,
                 fill=0, width=14)
    cleaned = cleaned_signature(pictures.encoded(picture))
    assert Image.open(BytesIO(cleaned)).width <= 1200
    assert len(cleaned) < 60_000


def test_one_that_packs_badly_is_made_smaller_still(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Image.open(BytesIO(cleaned_signature(pictures.signature_photo()))).width
    monkeypatch.setattr("optout.documents.signature_image.LARGEST_BYTES", 4000)
    smaller = cleaned_signature(pictures.signature_photo())
    assert len(smaller) < 4000
    assert Image.open(BytesIO(smaller)).width < whole


@pytest.mark.parametrize(("content", "why"), [
    (pictures.encoded(Image.new("RGB", (600, 300), "white")), "no signature"),
    (pictures.encoded(Image.new("RGB", (600, 300), "black")), "no signature"),
    (pictures.encoded(Image.new("RGB", (600, 5), "white")), "too small"),
    (pictures.landscape(), "photograph"),
    (pictures.screenshot("WEBP"), "PNG or JPEG"),
    (b"Avery Sample", "PNG or JPEG"),
    (pictures.signature_photo()[:2000], "damaged"),
    (pictures.png_that_claims(60_000, 60_000), "million points"),
])
def test_what_is_no_signature_is_refused_with_the_way_to_make_one(
    content: bytes, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        cleaned_signature(content)
    assert refused.value.field == "file"
    assert refused.value.remedy


def test_specks_alone_are_no_signature() -> None:
    picture = Image.new("L", (300, 150), 255)
    for x in range(10, 290, 25):
        for y in range(10, 140, 25):
            picture.putpixel((x, y), 0)
    with pytest.raises(InvalidInput, match="no signature"):
        cleaned_signature(pictures.encoded(picture))
