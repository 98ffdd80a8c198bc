"""Letters a second on one core, against a raw canvas and against what others print letters with.

Every contestant gets the same thousand one-page letters, each to and from somebody else, and
writes each into a file of its own. The floor is a raw ReportLab canvas that breaks no line and
measures no word: it is handed every line with its place, and draws it in built-in Helvetica,
which need not be embedded. Each contestant runs in a process of its own, which has one core;
rates are per second of that core's time, so that a busy machine does not spoil the comparison.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.requests import desk_in
from optout.documents.letter_pdf import letter_pdf
from optout.domain.actor import OWNER
from optout.domain.document import Letter
from optout.domain.reference import new_id
from optout.services import demo, letters, people

COUNT = 1_000
ROUNDS = 3
"""Of ours and the floors, taking turns; the others run once."""

MODELS = 12
FEWEST_LINES = 20
"""Of any letter: sender, recipient, subject, the request, the closing."""

TARGET_RATE, TARGET_SHARE = 800, 0.6
HERE = Path(__file__).parent
PACKAGES = HERE.parent / "build" / "bench-rivals"
"""Where `make bench-rivals` puts what runs under Node."""

_NAME = demo.sample_person().main_name.full
_OURS, _FLOOR = "letter_pdf", "canvas in Helvetica"


@dataclass(frozen=True)
class Contestant:
    """Somebody who makes letters.

    Args:
        command: what runs it; three more words are added: the letters, the folder, how many.
        count: how many letters it makes; fewer for the slow.
        rounds: how often.
    """

    name: str
    command: tuple[str, ...]
    count: int = COUNT
    rounds: int = 1


@dataclass(frozen=True)
class Result:
    """What one run gave: letters a second of one core, MiB at most, bytes per file."""

    rate: float
    memory: float
    size: float


def _python(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.letters_rivals", name)


def _node(name: str) -> tuple[str, ...]:
    return ("node", str(HERE / "rivals" / f"{name}.js"))


CONTESTANTS = (
    Contestant(_FLOOR, _python("helvetica"), rounds=ROUNDS),
    Contestant("canvas in our face, by ReportLab", _python("canvas"), rounds=ROUNDS),
    Contestant(_OURS, _python("ours"), rounds=ROUNDS),
    Contestant("fpdf2", _python("fpdf2"), 100),
    Contestant("WeasyPrint", _python("weasyprint"), 40),
    Contestant("typst", _python("typst"), 200),
    Contestant("PDFKit under Node", _node("pdfkit"), 200),
    Contestant("pdfmake under Node", _node("pdfmake"), 100),
    Contestant("LibreOffice", _python("libreoffice"), 40),
)


def run() -> None:
    """Print everyone's rate, their share of the floor, bytes per file and memory."""
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "letters.json"
        job.write_text(json.dumps(list(_letters())), "utf-8")
        results: dict[str, list[Result]] = {one.name: [] for one in CONTESTANTS}
        said: dict[str, str] = {}
        for number in range(ROUNDS):
            for one in CONTESTANTS:
                if number < one.rounds and one.name not in said:
                    outcome = _run(one, job, Path(folder) / "out")
                    if isinstance(outcome, str):
                        said[one.name] = outcome
                    else:
                        results[one.name].append(outcome)
    _print(results, said)


def _print(results: dict[str, list[Result]], said: dict[str, str]) -> None:
    floor = statistics.median(result.rate for result in results[_FLOOR])
    print(f"\nLetters ({COUNT:,} different ones, each a file; seconds of one core)")
    for one in CONTESTANTS:
        if not results[one.name]:
            print(f"  {one.name:<34}{said[one.name]}")
            continue
        rates = [result.rate for result in results[one.name]]
        rate, last = statistics.median(rates), results[one.name][-1]
        few = f", {one.count} letters" if one.count != COUNT else ""
        print(f"  {one.name:<34}{rate:>9,.1f} a second ({min(rates):,.1f} .. {max(rates):,.1f})"
              f"  {rate / floor:6.3f} of the floor  {last.size:>8,.0f} bytes"
              f"  {last.memory:>6,.0f} MiB{few}")
    ours = statistics.median(result.rate for result in results[_OURS])
    print(f"  asked: {TARGET_RATE} a second, or {TARGET_SHARE} of the floor; here {ours:,.0f}, or "
          f"{ours / floor:.2f}")


def _run(one: Contestant, job: Path, out: Path) -> Result | str:
    """One contestant in a process of its own on one core; a sentence where it cannot run."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    if shutil.which(one.command[0]) is None:
        return "not installed"
    done = subprocess.run(
        [*one.command, str(job), str(out), str(one.count)], capture_output=True, text=True,
        check=False, env=_environment(), preexec_fn=_one_core)
    if done.returncode:
        return done.stdout.strip() or done.stderr.strip()[-200:]
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    sizes = [path.stat().st_size for path in out.glob("*.pdf")]
    if len(sizes) != one.count:
        return f"made {len(sizes)} of {one.count} letters"
    return Result(one.count / told["seconds"], told["kib"] / 1024, statistics.mean(sizes))


def _environment() -> dict[str, str]:
    modules = os.pathsep.join(filter(None, (str(PACKAGES / "node_modules"),
                                            os.environ.get("NODE_PATH", ""))))
    return os.environ | {"NODE_PATH": modules}


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _letters() -> Iterator[dict[str, Any]]:
    """The letters as words and as lines with their places, each from somebody else."""
    models = list(_models())
    for model, lines in islice(cycle(models), COUNT):
        reference, name = new_id("OPT"), new_id("Avery Sample")
        changes = {model.reference: reference, _NAME: name}
        yield asdict(replace(_with(model, changes), signature_image=b"")) | {
            "signature_image": "", "lines": [[*place, _changed(text, changes)]
                                             for *place, text in lines]}


def _changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _with(letter: Letter, changes: dict[str, str]) -> Letter:
    def changed(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_changed(text, changes) for text in texts)

    return replace(letter, reference=_changed(letter.reference, changes),
                   subject=_changed(letter.subject, changes),
                   signature=_changed(letter.signature, changes), sender=changed(letter.sender),
                   paragraphs=changed(letter.paragraphs))


def _models() -> Iterator[tuple[Letter, list[list[Any]]]]:
    """One-page letters of the demo, with the lines that `letter_pdf` draws of them."""
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        person = people.add_person(desk, demo.sample_person(), actor=OWNER)
        made = demo.create(desk, person.id, demo.actions(desk, person.id))
        composed = [letters.compose(desk, item.request.id) for item in made]
    found = 0
    for letter in composed:
        if isinstance(letter, Letter) and found < MODELS:
            pages = _drawn(letter_pdf(letter))
            if len(pages) == 1:
                found += 1
                yield letter, pages[0]


def _drawn(pdf: bytes) -> list[list[list[Any]]]:
    """What stands where in a PDF, page by page: x, y, face, size in points, text."""
    from pypdf import PdfReader

    pages: list[list[list[Any]]] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        lines: list[list[Any]] = []

        def note(text: str, _: object, place: list[float], face: dict[str, Any] | None,
                 size: float, lines: list[list[Any]] = lines) -> None:
            if text.strip():
                name = str(face["/BaseFont"]).rpartition("+")[2] if face else ""
                lines.append([place[4], place[5], name, size, text.strip("\n")])

        page.extract_text(visitor_text=note)
        if len(lines) < FEWEST_LINES:
            raise AssertionError("The lines of the letter could not be read back.")
        pages.append(lines)
    return pages
