"""Papers of a person, as tests ask for them."""

from __future__ import annotations

from datetime import date

from optout.domain.document_words import PaperKind
from optout.domain.person import Authorization, Person
from optout.services import papers
from optout.services.desk import Desk
from tests.documents.reading import words_of

PERMISSION = Authorization("", "", "Sample Legal Clinic", date(2026, 11, 2), date(2027, 11, 1))


def words(desk: Desk, person: Person, kind: PaperKind, **given: object) -> str:
    return words_of(papers.paper_for(
        desk, person.id, kind, **given).content)  # type: ignore[arg-type]  # of the caller’s choice
