"""The contestants of the letters' benchmark that Python runs: `letters_rivals NAME JOB OUT N`.

Each reads the letters, makes a few to warm up, and then writes N files; it prints the seconds of
processor time that those took, and how much memory the process held at most.
"""

from __future__ import annotations

import html
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.documents.typeface import FOLDER

WARM_UP = 3
SIZE, LEADING, MARGIN = 10.5, 13.4, 72.0
"""Points, for those who set the words themselves."""

FACES = {"Regular": "OptoutText-Regular", "Bold": "OptoutText-Bold", "Italic": "OptoutText-Italic"}
HELVETICA = {"Regular": "Helvetica", "Bold": "Helvetica-Bold", "Italic": "Helvetica-Oblique"}

Words = dict[str, Any]
Make = Callable[[Words, Path], object]


def main(name: str, job: str, out: str, count: str) -> int:
    """Run one contestant; 1 with a sentence where it is not installed."""
    words: list[Words] = json.loads(Path(job).read_text("utf-8"))[:int(count)]
    try:
        make = CONTESTANTS[name]()
    except ImportError:
        print("not installed")
        return 1
    if name == "libreoffice":
        seconds = _soffice(words, Path(out))
    else:
        with tempfile.TemporaryDirectory() as folder:
            _all(make, words[:WARM_UP], Path(folder))
        before = _seconds(resource.RUSAGE_SELF)
        _all(make, words, Path(out))
        seconds = _seconds(resource.RUSAGE_SELF) - before
    print(json.dumps({"seconds": seconds, "kib": _peak()}))
    return 0


def _peak() -> int:
    """KiB that this process, or the LibreOffice that it started, held at most.

    Where the system tells it (Linux): `ru_maxrss` begins with what the starting process held.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    own = int(found.group(1)) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _all(make: Make, words: Sequence[Words], out: Path) -> None:
    for number, letter in enumerate(words):
        make(letter, out / f"{number}.pdf")


def _seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _size(letter: Words) -> tuple[float, float]:
    paper = PAPERS[letter["page"]]
    return paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM


def _style(face: str) -> str:
    return face.rpartition("-")[2] if face.rpartition("-")[2] in FACES else "Regular"


def ours() -> Make:
    """`letter_pdf`: words in, a file out."""
    from optout.documents.letter_pdf import letter_pdf
    from optout.domain.document import Letter

    fields = set(Letter.__dataclass_fields__)

    def make(words: Words, path: Path) -> None:
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in words.items() if name in fields}
        path.write_bytes(letter_pdf(Letter(**values | {"signature_image": b""})))

    return make


def helvetica() -> Make:
    """A raw canvas: the same lines at the same places in built-in Helvetica."""
    return _canvas(HELVETICA)


def canvas() -> Make:
    """A raw canvas with ReportLab's own TrueType fonts, made of the same files as ours."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face in FACES.values():
        pdfmetrics.registerFont(TTFont(face, str(FOLDER / f"{face}.ttf")))
    return _canvas(FACES)


def _canvas(faces: dict[str, str]) -> Make:
    from reportlab.pdfgen.canvas import Canvas

    def make(letter: Words, path: Path) -> None:
        page = Canvas(str(path), pagesize=_size(letter), pageCompression=1, invariant=1)
        text, now = page.beginText(), ("", 0.0)
        for x, y, face, size, line in letter["lines"]:
            wanted = (faces[_style(face)], size)
            if now != wanted:
                now = wanted
                text.setFont(*wanted)
            text.setTextOrigin(x, y)
            text.textLine(line)
        page.drawText(text)
        page.showPage()
        page.save()

    return make


def _blocks(letter: Words) -> list[tuple[str, str]]:
    """The letter as paragraphs for those who set it themselves: style and text."""
    head = ["\n".join(letter["sender"]), f"{letter['date_line']}\n{letter['reference']}",
            "\n".join(letter["recipient"])]
    body = [letter["salutation"], *letter["paragraphs"], letter["closing"], letter["signature"]]
    plain = [("Regular", text.replace("\t", " ")) for text in body]
    return [*(("Regular", text) for text in head), ("Bold", letter["subject"]), *plain]


def fpdf2() -> Make:
    """fpdf2 (Python)."""
    rival = import_module("fpdf")

    def make(letter: Words, path: Path) -> None:
        pdf = rival.FPDF(unit="pt", format=_size(letter))
        for style, face in FACES.items():
            pdf.add_font("Text", style[0].replace("R", ""), str(FOLDER / f"{face}.ttf"))
        pdf.set_margin(MARGIN)
        pdf.add_page()
        for style, text in _blocks(letter):
            pdf.set_font("Text", style[0].replace("R", ""), SIZE)
            pdf.multi_cell(0, LEADING, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(LEADING / 2)
        pdf.output(str(path))

    return make


def weasyprint() -> Make:
    """WeasyPrint: HTML and CSS, what government letter services print with."""
    rival = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    rules = "".join(
        f"@font-face{{font-family:T;src:url('{(FOLDER / face).as_uri()}.ttf');"
        f"font-weight:{'bold' if style == 'Bold' else 'normal'};"
        f"font-style:{'italic' if style == 'Italic' else 'normal'}}}"
        for style, face in FACES.items())
    style = rival.CSS(string=f"{rules}@page{{size:letter;margin:{MARGIN}pt}}body{{font:{SIZE}pt/"
                       f"{LEADING}pt T}}p{{white-space:pre-line;margin:0 0 6pt}}"
                       ".Bold{font-weight:bold}", font_config=fonts)

    def make(letter: Words, path: Path) -> None:
        body = "".join(f'<p class="{style}">{html.escape(text)}</p>'
                       for style, text in _blocks(letter))
        rival.HTML(string=f"<html lang=en><title>x</title><body>{body}").write_pdf(
            str(path), stylesheets=[style], font_config=fonts)

    return make


def typst() -> Make:
    """Typst, through its Python package."""
    rival = import_module("typst")

    def make(letter: Words, path: Path) -> None:
        parts = [f'#set page(paper: "us-letter", margin: {MARGIN}pt)',
                 f'#set text(font: "Optout Text", size: {SIZE}pt)']
        for style, text in _blocks(letter):
            shown = " #linebreak() ".join(f"#{json.dumps(line, ensure_ascii=False)}"
                                          for line in text.split("\n"))
            parts.append(f"#strong[{shown}]" if style == "Bold" else shown)
        rival.compile("\n\n".join(parts).encode(), output=str(path), font_paths=[str(FOLDER)])

    return make


def libreoffice() -> Make:
    """LibreOffice is given all files in one call, see `_soffice`."""
    if shutil.which("soffice") is None:
        raise ImportError
    return lambda _words, _path: None


def _soffice(letters: Sequence[Words], out: Path) -> float:
    """Write flat documents, then let one LibreOffice make PDFs of all."""
    head = ('<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office='
            '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text='
            '"urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>')
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, letter in enumerate(letters):
            body = "".join(
                f"<text:p>{html.escape(text).replace(chr(10), '<text:line-break/>')}</text:p>"
                for _, text in _blocks(letter))
            files.append(Path(folder) / f"{number}.fodt")
            files[-1].write_text(f"{head}{body}</office:text></office:body></office:document>",
                                 "utf-8")
        before = _seconds(resource.RUSAGE_CHILDREN)
        subprocess.run(["soffice", f"-env:UserInstallation={Path(folder).as_uri()}/profile",
                        "--headless", "--convert-to", "pdf", "--outdir", str(out),
                        *map(str, files)], check=True, capture_output=True)
        return _seconds(resource.RUSAGE_CHILDREN) - before


CONTESTANTS: dict[str, Callable[[], Make]] = {
    one.__name__: one for one in (ours, helvetica, canvas, fpdf2, weasyprint, typst, libreoffice)}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
