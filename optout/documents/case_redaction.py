"""A case file for others: our own words without private values, foreign ones mostly left out."""

from __future__ import annotations

from dataclasses import replace

from optout.documents.case_file import CaseExhibit, CaseFile, CaseText, Pairs
from optout.documents.redaction import Redactor

LEFT_OUT = ("What others sent or showed is left out of this copy, because it may name other "
            "people or private details. The original is kept under the hash above.")


def redacted_case(case: CaseFile, redactor: Redactor) -> CaseFile:
    """The copy for others: every word of it has passed the redactor.

    What we wrote is set anew as text; of what came from outside only the facts and the sentence
    that its reading rests on are shown.
    """
    clean = redactor.redacted
    return replace(
        case, redacted=True, title=clean(case.title), facts=_pairs(redactor, case.facts),
        asked=tuple(map(clean, case.asked)), standing=_pairs(redactor, case.standing, foreign=True),
        notes=tuple(map(clean, case.notes)),
        history=tuple(replace(step, day=clean(step.day), what=clean(step.what),
                              words=clean(step.words, foreign=True)) for step in case.history),
        dates=tuple(replace(date, what=clean(date.what), law=clean(date.law),
                            citation=clean(date.citation)) for date in case.dates),
        exhibits=tuple(_exhibit(redactor, exhibit) for exhibit in case.exhibits))


def _exhibit(redactor: Redactor, exhibit: CaseExhibit) -> CaseExhibit:
    known = replace(
        exhibit, title=redactor.redacted(exhibit.title), pdf=b"", picture=b"", text=None,
        about=_pairs(redactor, exhibit.about, foreign=not exhibit.ours),
        quote=redactor.redacted(exhibit.quote, foreign=True))
    if not exhibit.ours:
        return replace(known, left_out=LEFT_OUT)
    if exhibit.text is None:
        return replace(known, left_out=redactor.redacted(exhibit.left_out))
    return replace(known, text=CaseText(
        _pairs(redactor, exhibit.text.head), redactor.redacted(exhibit.text.body),
        tuple(map(redactor.redacted, exhibit.text.attached))))


def _pairs(redactor: Redactor, pairs: Pairs, *, foreign: bool = False) -> Pairs:
    return tuple((label, redactor.redacted(value, foreign=foreign)) for label, value in pairs)
