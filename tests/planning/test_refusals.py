"""What is read in a refusal, and what never goes on in a quote of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.person import PersonName
from optout.domain.words import NameKind
from optout.planning.refusals import says_public, without_private
from tests.factories import californian

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("words", "found"), [
    ("We only hold public records.", True), ("It is publicly available information", True),
    ("from public and government records", True), ("a public-domain source", True),
    ("PUBLIC RECORD", True), ("Die Daten sind öffentlich zugänglich.", True),
    ("aus öffentlichen Registern", True), ("Wir veröffentlichen keine Daten.", False),
    ("Ce sont des données publiques.", True), ("accessible au public", True),
    ("les autorités publiques", False), ("Son datos públicos.", True),
    ("fuentes de acceso público", True), ("una empresa pública", False),
    ("The public may look.", False), ("We publish nothing", False),
    ("", False)])
def test_the_word_public_is_read_where_it_speaks_of_data(words: str, *, found: bool) -> None:
    assert says_public(words) is found


@pytest.mark.parametrize("private", [
    "100 Fictional Way", "100  fictional way", "7 Imaginary Court", "San Francisco, CA 94102",
    "94102", "avery.sample@example.com", "someone.else@example.org", "+14155550142",
    "(415) 555-0142", "1985-04-12", "04/12/1985", "April 12, 1985", "12.04.1985",
    "12. April 1985", "12 avril 1985", "12 de abril de 1985", "12th of April, 1985",
    "Apr. 12th, 1985",
    "https://finder.example/p/1", "www.finder.example/p/1", "Old Name"])
def test_what_is_private_stays_out_of_a_quote(private: str) -> None:
    person = californian()
    person = replace(person, names=(
        *person.names, PersonName("Old", "Name", kind=NameKind.DO_NOT_USE)))
    words = without_private(f"We hold {private} for Avery Sample.", person, DAY, mark="[…]")
    assert words == "We hold […] for Avery Sample."


def test_words_without_anything_private_stay_as_they_are() -> None:
    person = replace(californian(), date_of_birth=None, addresses=(), emails=(), phones=())
    words = "Under § 1798.105(d)(2) we keep 12 records since 2019."
    assert without_private(words, person, DAY, mark="[…]") == words
