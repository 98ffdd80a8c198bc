"""Somebody whose name and home are in another script gets a copy for others all the same."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind
from optout.domain.person import Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.services import case_bundle, evidence, letters, people, requests
from optout.services.desk import Desk
from tests.factories import californian

POST = "z-post"


def of(name: PersonName, *home: str, city: str) -> Person:
    """A Californian whose letters are answered at an address in another script."""
    lived = PostalAddress((*home,), city, "US", "CA", "94102")
    return replace(californian(), names=(name,), reply_address=lived, reply_email="",
                   addresses=(PersonAddress(lived, current=True),))


@pytest.mark.parametrize(("person", "private"), [
    (of(PersonName("سارة", "الخطيب"), "شارع الحمراء ١٢", city="سان فرانسيسكو"),
     ("الحمراء", "فرانسيسكو", "94102")),
    (of(PersonName("伟", "李"), "北京路12号", city="旧金山"), ("北京路", "旧金山", "94102")),
    (of(PersonName("דנה", "כהן"), "רחוב הרצל 12", city="סן פרנסיסקו"),
     ("הרצל", "פרנסיסקו", "94102"))], ids=["arabic", "chinese", "hebrew"])
def test_no_script_hides_a_home_from_the_copy_for_others(
    desk: Desk, person: Person, private: tuple[str, ...]
) -> None:
    kept = people.add_person(desk, person, actor=OWNER)
    (file,) = requests.create_requests(desk, kept.id, [POST], actor=OWNER)
    made = file.request.id
    letters.generate(desk, kept.id, actor=OWNER)
    (written,) = letters.documents_of(desk, made)
    shown = letters.read_document(desk, written.id).content
    requests.mark(desk, made, "mark_sent", actor=OWNER)
    home = f"{person.addresses[0].address.lines[0]}, {person.addresses[0].address.city}"
    requests.mark(desk, made, "refuse", detail=f"We know {home}.", actor=OWNER)
    evidence.add_evidence(desk, made, home.encode(), name=f"{home}.txt",
                          kind=EvidenceKind.ANSWER, actor=OWNER)
    bare = case_bundle.case_bundle(desk, made, actor=OWNER).content
    for value in private:
        assert value in text_of(shown)
        assert value not in text_of(bare)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
