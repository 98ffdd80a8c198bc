"""Hostile text in every field of person and broker, from the form to the file in the hand."""

from __future__ import annotations

import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Document, MadeFile
from optout.domain.document_words import DocumentKind, LabelSheet, PaperKind
from optout.domain.errors import InvalidInput, OptoutError
from optout.domain.later import LaterDetails
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.words import NameKind
from optout.registry.registry import Registry
from optout.services import (
    batches,
    case_bundle,
    later_letters,
    letters,
    papers,
    people,
    requests,
)
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.conftest import MONDAY
from tests.documents.mail_reading import read
from tests.factories import californian
from tests.hostile import HOSTILE, PRODUCT, Change, leaves, unfilled
from tests.services.conftest import BROKERS, PASSPHRASE

ASKED = ("quick-mail", "slow-post", "form-first")
ENDLESS = 40.0
"""Seconds of processor time by which three documents are called stuck."""

FILE_NAME = re.compile(r"OPT-[0-9A-Z]{6}-(?:letter\.pdf|email\.eml|form\.html)")
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version",
           "Content-Type", "Content-Transfer-Encoding", "Content-Language"}
WORST = ("everything", "break", "nul", "half", "override", "heap", "long")
"""The rest goes through the documents in tests/documents/test_canary.py."""

FROM_A_LIST = re.compile(r"\.(?:id|priority|covers\[\d+\]\.id|related.*|registered_in.*)$")
"""Fields of a broker that the reading of the registry takes from lists of its own only."""

CHOSEN = re.compile(r"\.(?:id|language|residences)\b")
"""Ids are ours; the others are chosen from a list, and each says so when it is not in there."""


def _everything() -> Person:
    """A person with every field filled."""
    person, span = californian(), {"valid_from": date(2001, 2, 3), "valid_to": date(2040, 1, 1)}
    return replace(
        person,
        names=(PersonName("Avery", "Sample", "Quill", **span),  # type: ignore[arg-type]  # a span of days
               PersonName("Avie", "Sample", "Q", kind=NameKind.ALIAS, **span)),  # type: ignore[arg-type]  # a span of days
        residences=tuple(replace(one, **span) for one in person.residences),  # type: ignore[arg-type]  # a span of days
        emails=tuple(replace(one, **span) for one in person.emails),  # type: ignore[arg-type]  # a span of days
        phones=tuple(replace(one, **span) for one in person.phones),  # type: ignore[arg-type]  # a span of days
        addresses=tuple(replace(one, **span) for one in person.addresses[:1]),  # type: ignore[arg-type]  # a span of days
        advertising_ids=(ContactPoint("a" * 8 + "-0000-4000-8000-" + "b" * 12, **span),))  # type: ignore[arg-type]  # a span of days


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One data folder for all: nobody here meets anybody else."""
    settings = Settings(instance=tmp_path_factory.mktemp("canary") / "instance")
    instance = Instance(settings, HandClock(MONDAY), Library(settings, brokers_file=BROKERS),
                        cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()


def test_the_sample_leaves_no_field_out() -> None:
    assert not list(unfilled(_everything())), "a new field: give it a value in `_everything`"


def _documents(desk: Desk, person: Person, asked: tuple[str, ...] = ASKED) -> list[Document]:
    kept = people.add_person(desk, person, actor=OWNER)
    made = requests.create_requests(desk, kept.id, asked, actor=OWNER)
    documents = letters.generate(desk, kept.id, actor=OWNER,
                                 request_ids=[file.request.id for file in made])
    return [letters.read_document(desk, document.id) for document in documents]


def _checked(documents: list[Document]) -> None:
    for document in documents:
        assert FILE_NAME.fullmatch(document.file_name), document.file_name
        assert PRODUCT.encode() not in document.content
        if document.kind is DocumentKind.EMAIL:
            message = read(document.content)
            assert set(message.names) == HEADERS
            assert message["To"].count("@") == 1
        elif document.kind is DocumentKind.FORM_SHEET:
            page = document.content.decode("utf-8")
            assert page.count("<script") == page.count("</script") == 1
            assert "<para" not in page
            assert "<img" not in page
        else:
            assert document.content.startswith(b"%PDF")
            assert not re.search(rb"/(?:JavaScript|URI|Launch)\b", document.content)


def _tried(desk: Desk, person: Person, asked: tuple[str, ...], path: str) -> None:
    """Make the documents, or be refused with a remedy; anything else fails."""
    begun, refused = time.process_time(), None
    try:
        _checked(_documents(desk, person, asked))
    except OptoutError as error:
        refused = error
    except Exception as error:
        raise AssertionError(path) from error
    assert time.process_time() - begun < ENDLESS, path
    assert refused is None or refused.remedy, f"{path}: {refused}"


@pytest.mark.parametrize("hostile", WORST)
def test_every_field_of_a_person(desk: Desk, hostile: str) -> None:
    turns = cycle(ASKED)
    for path, change in leaves(_everything()):
        if not CHOSEN.match(path) and (person := _changed(change, hostile)):
            _tried(desk, person, (next(turns),), f"{path} = {hostile}")


@pytest.mark.parametrize("hostile", ["everything", "override", "long"])
def test_every_field_of_a_broker(
    desk: Desk, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual: Registry = desk.registry
    for broker_id in ASKED:
        for path, change in leaves(usual.get(broker_id)):
            if not FROM_A_LIST.match(path) and (broker := _changed(change, hostile)):
                changed = Registry(dict(usual.brokers) | {broker_id: broker}, usual.checked)
                monkeypatch.setattr(desk.library, "registry", changed)
                _tried(desk, californian(), (broker_id,), f"{broker_id}{path} = {hostile}")


def _changed(change: Change, hostile: str) -> Any:
    """The value with the hostile text in it; None where the domain itself refuses that."""
    try:
        return change(HOSTILE[hostile])
    except InvalidInput as refused:
        return None if refused.remedy else refused


def test_the_names_in_a_zip_name_nobody(desk: Desk) -> None:
    person = replace(californian(), names=(PersonName(HOSTILE["sheet"], HOSTILE["markup"]),))
    documents = _documents(desk, person)
    with zipfile.ZipFile(BytesIO(b"".join(letters.zip_of(
            desk, [document.request_id for document in documents])))) as bundle:
        assert all(FILE_NAME.fullmatch(name) for name in bundle.namelist())


def _later_kinds(desk: Desk, person: Person, text: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Everything else that is made for a person, by name; `text` is what the broker wrote back."""
    documents = _documents(desk, person)
    kept = requests.get_request(desk, documents[0].request_id).request.person_id
    asked = [document.request_id for document in documents]
    yield "pile", partial(batches.batch_pdf, desk, kept, asked)
    for sheet in LabelSheet:
        yield sheet, partial(batches.label_sheet, desk, kept, asked, sheet=sheet)
    yield "mail list", partial(batches.mail_list, desk, kept, asked)
    yield "manifest", partial(batches.manifest, desk, kept, asked)
    for kind in PaperKind:
        yield kind, partial(papers.paper_for, desk, kept, kind)
    for request_id in asked:
        requests.mark(desk, request_id, "mark_sent", actor=OWNER, detail="seen")
        requests.mark(desk, request_id, "refuse", actor=OWNER, detail="no")
    details = LaterDetails(their_words=text)
    for offer in later_letters.offers_of(desk, asked[0]):
        yield offer.purpose, partial(later_letters.compose_later, desk, asked[0], offer.purpose,
                                     details=details)
    yield "case file", partial(case_bundle.case_bundle, desk, asked[1], actor=OWNER)


@pytest.mark.parametrize("hostile", [*WORST, "emoji"])
def test_every_other_paper_comes_out_or_is_refused(desk: Desk, hostile: str) -> None:
    text, made = HOSTILE[hostile], Counter[str]()
    for person in (californian(), _named(hostile)):
        try:
            kinds = list(_later_kinds(desk, person, text))
        except OptoutError as refused:
            made["refused at once"] += 1 if refused.remedy else -1
            continue
        for name, make in kinds:
            begun = time.process_time()
            try:
                file = make()
                made[name] += 1
                if isinstance(file, MadeFile):
                    assert re.fullmatch(r"[A-Za-z0-9-]+\.(?:pdf|csv|html)", file.file_name)
                    assert not re.search(rb"/(?:JavaScript|Launch)\b", file.content)
                    assert PRODUCT.encode() not in file.content
            except OptoutError as refused:
                made[f"{name} refused"] += 1 if refused.remedy or str(refused) else -1
            except Exception as error:
                raise AssertionError(f"{name} for {hostile}") from error
            assert time.process_time() - begun < ENDLESS, name
    assert min(made.values()) > 0, made
    assert sum(made.values()) > len(PaperKind), made


def _named(hostile: str) -> Person:
    """Somebody with a hostile name, as far as names may be hostile."""
    return replace(californian(), names=(PersonName(HOSTILE[hostile] + "x", "Sample"),))
