"""PDFs as others make them: harmless, acting, locked, damaged, endless."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

ACTING = {"/JS", "/JavaScript", "/Annots", "/AA", "/OpenAction", "/AcroForm", "/EmbeddedFiles",
          "/URI", "/Launch", "/XFA", "/EF", "/Names"}


def pdf_of(*pages: str, size: tuple[float, float] = (612, 792)) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for text in pages:
        canvas.drawString(72, size[1] - 72, text)
        canvas.rect(5, 5, size[0] - 10, size[1] - 10)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def acting_pdf() -> bytes:
    """A page with everything that a reader could run, open or send."""
    writer = PdfWriter(clone_from=BytesIO(pdf_of("It acts")))
    writer.add_attachment("payload.exe", b"MZ payload")
    writer.add_annotation(0, Link(rect=(0, 0, 600, 700), url="https://tracker.example/click"))
    page = writer.pages[0]
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                               NameObject("/JS"): NameObject("/evil")})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    root = writer.root_object
    root[NameObject("/OpenAction")] = action
    names: Any = root["/Names"]
    names[NameObject("/JavaScript")] = DictionaryObject({NameObject("/Names"): ArrayObject()})
    root[NameObject("/AcroForm")] = DictionaryObject({
        NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): ArrayObject()})
    writer.add_metadata({"/Author": "Somebody Else"})
    return written(writer)


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("Locked")))
    writer.encrypt("a secret", algorithm="RC4-128")
    return written(writer)


def turned_pdf(degrees: int) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf_of(f"Turned by {degrees}", size=(500, 300))))
    writer.pages[0].rotate(degrees)
    return written(writer)


def endless_pdf() -> bytes:
    """A tree of pages that contains itself."""
    writer = PdfWriter(clone_from=BytesIO(pdf_of("Round")))
    root: Any = writer.root_object["/Pages"]
    root["/Kids"].append(root.indirect_reference)
    return written(writer)


def empty_pdf() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("Gone")))
    pages: Any = writer.root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject()
    pages[NameObject("/Count")] = NumberObject(0)
    return written(writer)


def acting(content: bytes) -> set[str]:
    """The names of everything in a file that a reader could run, open or send."""
    reader = PdfReader(BytesIO(content))
    found: set[str] = set()
    last: Any = reader.trailer["/Size"]
    for number in range(1, last + 1):
        try:
            found |= _acting(reader.get_object(IndirectObject(number, 0, reader)))
        except Exception:  # noqa: BLE001, S112 - a free number
            continue
    return found


def _acting(value: Any) -> set[str]:
    if isinstance(value, DictionaryObject):
        return (ACTING & set(value)).union(*(_acting(value.raw_get(key)) for key in value))
    if isinstance(value, ArrayObject):
        return set().union(*(_acting(item) for item in list.__iter__(value)))
    return ACTING & {value} if isinstance(value, NameObject) else set()
