"""The language of a request is that of its recipient; the person can read it in English, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import Purpose
from optout.domain.person import Person
from optout.domain.words import Event
from optout.services import later_letters, letters, people, requests
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.factories import berliner, californian
from tests.services.conftest import PASSPHRASE

_ENTRY = """
- id: sample-{id}
  name: Sample {id}
  role: broker
  category: people_search
  country: {country}
  domains: [sample{id}.example]
  status: {{is: active}}
  procedures:
  - channel: {channel}
    {way}
    needs: [full_name]
    basis: [{{kind: privacy_policy}}]
    checked: 2026-10-01
  sources: [{{url: "https://sample{id}.example/privacy", checked: 2026-10-01}}]
"""
_ADDRESS = ("address: {{lines: [1 Exemple], city: Paris, postal_code: '75001', "
            "country: {country}}}")


def _entry(name: str, country: str, *, channel: str = "email") -> str:
    way = {"email": "email: privacy@sample{id}.example",
           "web_form": "url: https://sample{id}.example/optout",
           "postal_mail": _ADDRESS}[channel]
    return _ENTRY.format(id=name, country=country, channel=channel,
                         way=way.format(id=name, country=country))


@pytest.fixture
def europe(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A desk with a firm in each of several countries."""
    file = tmp_path / "brokers.yaml"
    entries = [_entry(code.lower(), code) for code in ("DE", "AT", "FR", "ES", "CH", "US")]
    entries += [_entry("post", "FR", channel="postal_mail"),
                _entry("form", "ES", channel="web_form")]
    file.write_text("schema: optout-brokers/1\nchecked: 2026-11-01\nbrokers:" + "".join(entries)
                    + "\nend: true\n",
                    "utf-8")
    settings = Settings(instance=tmp_path / "instance")
    instance = Instance(settings, clock, Library(settings, brokers_file=file), cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()


def ask(desk: Desk, person: Person, broker: str) -> str:
    stored = people.add_person(desk, person, actor=OWNER)
    (file,) = requests.create_requests(desk, stored.id, (f"sample-{broker}",), actor=OWNER)
    return file.request.id


def letter_of(desk: Desk, request_id: str) -> Letter:
    words = letters.compose(desk, request_id)
    assert isinstance(words, Letter)
    return words


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize(("broker", "written"), [
    ("de", "de"), ("at", "de"), ("fr", "fr"), ("es", "es"), ("ch", "en"), ("us", "en")])
def test_a_firm_is_written_to_in_its_own_language_whatever_the_person_reads(
    europe: Desk, broker: str, written: str, language: str
) -> None:
    made = ask(europe, replace(berliner(), language=language), broker)
    letter = letter_of(europe, made)
    assert letter.language == written
    plain = letters.plain_words(europe, made)
    if written in {"en", language}:
        assert plain is None
    else:
        assert plain is not None
        assert plain.language == "en"
        assert plain.paragraphs[-1].endswith("Thank you for your help.")
        assert (plain.reference, plain.recipient) == (letter.reference, letter.recipient)


def test_a_letter_from_abroad_names_countries_for_those_who_carry_it(europe: Desk) -> None:
    letter = letter_of(europe, ask(europe, berliner(), "post"))
    assert letter.recipient[-1] == "FRANKREICH"
    assert "ALLEMAGNE" in letter.sender
    american = letter_of(europe, ask(europe, californian(), "post"))
    assert american.recipient[-1] == "FRANCE"
    assert "ÉTATS-UNIS D’AMÉRIQUE" in american.sender


def test_a_sheet_brings_its_statement_in_english_itself(europe: Desk) -> None:
    made = ask(europe, berliner(), "form")
    sheet = letters.compose(europe, made)
    assert isinstance(sheet, FormSheet)
    assert sheet.statement_language == "es"
    assert "les solicito lo siguiente" in sheet.statement
    assert "I ask you to do the following" in sheet.statement_in_english
    assert letters.plain_words(europe, made) is None


def test_what_is_made_is_what_the_preview_said(europe: Desk) -> None:
    stored = people.add_person(europe, berliner(), actor=OWNER)
    requests.create_requests(europe, stored.id, ("sample-de",), actor=OWNER)
    (document,) = letters.generate(europe, stored.id, actor=OWNER)
    text = letters.read_document(europe, document.id).content.decode()
    assert "Datenschutzanfrage" in text
    assert "Privacy request" not in text


def test_what_follows_a_request_is_in_its_language_and_can_be_read_in_english(
    europe: Desk, clock: HandClock
) -> None:
    stored = people.add_person(europe, berliner(), actor=OWNER)
    (file,) = requests.create_requests(europe, stored.id, ("sample-fr",), actor=OWNER)
    letters.generate(europe, stored.id, actor=OWNER)
    requests.mark(europe, file.request.id, Event.MARK_SENT.value, actor=OWNER)
    clock.forward(days=45)
    reminder = later_letters.compose_later(europe, file.request.id, Purpose.REMINDER)
    plain = later_letters.compose_later(europe, file.request.id, Purpose.REMINDER,
                                        in_english=True)
    assert isinstance(reminder, Letter)
    assert isinstance(plain, Letter)
    assert (reminder.language, plain.language) == ("fr", "en")
    assert any("La loi vous donnait un mois" in one for one in reminder.paragraphs)
    assert any("The law gave you one month" in one for one in plain.paragraphs)
    written = later_letters.write_later(europe, file.request.id, Purpose.REMINDER, actor=OWNER)
    assert b"Content-Language: fr" in written.content
