"""ZIP: the same bytes each time, safe names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from optout.documents.bundle import zip_parts
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind

DAY = date(2026, 11, 23)


def document(name: str, content: bytes) -> Document:
    return Document(id=name, request_id="OPT-7K3M9Q", kind=DocumentKind.LETTER, file_name=name,
                    media_type="application/pdf", sha256=hashlib.sha256(content).hexdigest(),
                    made_on=DAY, content=content)


def zipped(documents: Sequence[Document], day: date) -> bytes:
    return b"".join(zip_parts(documents, day))


def test_a_zip_holds_the_documents_whole_and_in_order() -> None:
    made = zipped([document("OPT-B.pdf", b"two"), document("OPT-A.eml", b"one")], DAY)
    with ZipFile(BytesIO(made)) as bundle:
        assert bundle.testzip() is None
        assert bundle.namelist() == ["OPT-B.pdf", "OPT-A.eml"]
        assert bundle.read("OPT-A.eml") == b"one"
        assert all(e.date_time[:3] == (2026, 11, 23) for e in bundle.infolist())
        assert all(e.external_attr >> 16 & 0o077 == 0 for e in bundle.infolist())


def test_a_zip_is_the_same_for_the_same_documents() -> None:
    documents = [document("OPT-A.pdf", b"x" * 1000)]
    assert zipped(documents, DAY) == zipped(documents, DAY)


@pytest.mark.parametrize(("wanted", "got"), [
    ("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ("/a/", "document")])
def test_a_name_in_a_zip_is_a_bare_name(wanted: str, got: str) -> None:
    with ZipFile(BytesIO(zipped([document(wanted, b"x")], DAY))) as bundle:
        assert bundle.namelist() == [got]


def test_equal_names_in_a_zip_get_numbers() -> None:
    made = zipped([document("a.pdf", b"1"), document("a.pdf", b"2"), document("a.pdf", b"3")],
                  DAY)
    with ZipFile(BytesIO(made)) as bundle:
        assert bundle.namelist() == ["a.pdf", "a-2.pdf", "a-3.pdf"]
        assert bundle.read("a-3.pdf") == b"3"
