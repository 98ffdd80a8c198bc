"""The words of each language: none borrowed, the same places to fill, its own conventions."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from optout.documents.clauses import listing
from optout.documents.country_names import country_name
from optout.documents.eml import letter_text
from optout.documents.lines import bind
from optout.documents.order import address_lines, recipient_of
from optout.documents.texts import languages, terms
from optout.documents.words import compose_letter, date_words
from optout.domain.broker import Procedure
from optout.domain.countries import COUNTRY_NAMES
from optout.domain.words import Channel, Fact, Right
from tests.documents.language_words import GRAMMAR, LETTERS, OTHERS, placeholders, sentences
from tests.documents.orders import DAY, changed
from tests.documents.speaking import PLACES, REMOVAL, SPOKEN, firm_in, order_in
from tests.planning.builders import laws

NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize("name", SPOKEN)
def test_no_english_is_left_in_a_letter(name: str) -> None:
    order = SPOKEN[name]
    text = letter_text(compose_letter(order))
    assert not [piece for piece in sentences(LETTERS / "en") if piece in text]
    for one in order.footings:
        assert not [limit.text for limit in one.limits if limit.text in text]
    words = set(re.findall(r"\w+", text.lower()))
    assert not words & {"the", "and", "your", "you", "please", "which", "law", "request", "month",
                        "gdpr", "name", "my"} - ({"name"} if order.language == "de" else set())
    assert "GDPR" not in text
    assert not re.search(r"[.!?][A-ZÄÖÜÉ]", text.replace("S. L.", "")), "a space is missing"


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_borrows_from_another(language: str) -> None:
    own = sentences(LETTERS / language)
    for other in languages():
        assert other == language or not own & sentences(LETTERS / other)
ONLY_ELSEWHERE = {"appeal", "no_proof", "lasts", "courtesy"}
"""What a request under the regulation, or without a law, never carries."""


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", ["body", "closing", "opening", "salutation", "statement",
                                  "subject"])
def test_the_same_placeholders_stand_in_every_language(language: str, part: str) -> None:
    name = f"request/{part}"
    own, english = placeholders(language, name), placeholders("en", name)
    assert own - GRAMMAR == english - GRAMMAR - ONLY_ELSEWHERE - {"day_first"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_ask_takes_the_same_values_as_in_english(language: str) -> None:
    names = [path.relative_to(LETTERS / language).with_suffix("").as_posix()
             for path in (LETTERS / language / "asks").rglob("*.txt")]
    assert {name.rpartition("/")[2] for name in names} == {
        *laws().law("eu-gdpr", DAY).rights, Right.WITHDRAW_CONSENT, Right.VOLUNTARY}
    for name in names:
        english = name if (LETTERS / "en" / f"{name}.txt").exists() else (
            f"asks/{name.rpartition('/')[2]}")
        assert placeholders(language, name) - GRAMMAR == placeholders("en", english) - GRAMMAR


@pytest.mark.parametrize("language", OTHERS)
def test_the_small_words_are_those_of_english_and_all_that_such_a_letter_needs(
    language: str,
) -> None:
    english, own = set(terms("en")), set(terms(language))
    extra = {f"country.{code}" for code in COUNTRY_NAMES} | {"join.before_i", "date.first_day"}
    assert own <= english | extra
    groups = ("month.", "date.", "period.", "fact.", "self.", "other.")
    assert {key for key in english if key.startswith(groups)} <= own
    assert {f"country.{code}" for code in COUNTRY_NAMES} <= own
    assert all(terms(language)[f"fact.{fact}"] for fact in Fact)


# Conventions.

@pytest.mark.parametrize(("language", "written"), [
    ("de", "24. November 2026"), ("fr", "24 novembre 2026"), ("es", "24 de noviembre de 2026"),
    ("en", "24 November 2026")])
def test_a_date_is_written_as_its_reader_writes_it(language: str, written: str) -> None:
    assert date_words(date(2026, 11, 24), language, "DE") == written


@pytest.mark.parametrize(("language", "written"), [
    ("de", "1. März 2027"), ("fr", "1er mars 2027"), ("es", "1 de marzo de 2027")])
def test_the_first_of_a_month_is_counted_in_french(language: str, written: str) -> None:
    assert date_words(date(2027, 3, 1), language, "FR") == written


def test_two_names_are_joined_as_the_ear_wants_it() -> None:
    spanish = terms("es")
    assert listing(["Norte", "Sur"], spanish) == "Norte y Sur"
    assert listing(["Norte", "Illustra"], spanish) == "Norte e Illustra"
    assert listing(["Norte", "Sur", "Hispania"], spanish) == "Norte, Sur e Hispania"
    assert listing(["Norte", "Hielo"], spanish) == "Norte y Hielo"
    assert listing(["A", "Illustra"], terms("de")) == "A und Illustra"


def test_an_address_names_the_country_in_the_words_of_those_who_carry_it() -> None:
    place = PLACES["de"]
    assert address_lines("", place.address, posted_from="FR", language="fr")[-1] == "ALLEMAGNE"
    assert address_lines("", place.address, posted_from="US")[-1] == "GERMANY"
    firm = firm_in("DE")
    way = Procedure(Channel.POSTAL_MAIL, address=place.address)
    assert recipient_of(firm, way, posted_from="ES", language="es")[0][-1] == "ALEMANIA"
    assert country_name("XX", "de") == "XX"


def test_homes_and_addresses_name_their_country_in_the_letters_language() -> None:
    order = changed(order_in("de", REMOVAL), facts={
        Fact.FULL_NAME: ("Canada",), Fact.STATE_OF_RESIDENCE: ("Germany", "California"),
        Fact.CURRENT_ADDRESS: ("7, rue de l’Exemple, 75001 Paris, France",),
        Fact.PREVIOUS_ADDRESS: ("1 Sample Road, Sampleton, CA 94102, US",)})
    text = letter_text(compose_letter(order))
    assert "Name: Canada\n" in text
    assert "Wohnsitz: Deutschland\nWohnsitz: California\n" in text
    assert "75001 Paris, Frankreich\n" in text
    assert "CA 94102, Vereinigte Staaten von Amerika\n" in text


@pytest.mark.parametrize(("text", "bound"), [
    ("Art. 15 Abs. 1 Buchst. g DSGVO", "Art.~15 Abs.~1 Buchst.~g DSGVO"),
    ("Art. 6 Abs. 1 Buchst. e oder f", "Art.~6 Abs.~1 Buchst.~e oder f"),
    ("zu Nr. 2 von 30 Kalendertagen", "zu Nr.~2 von 30~Kalendertagen"),
    ("von 5 Arbeitstagen", "von 5~Arbeitstagen"),
    ("am 24. November 2026", "am 24.~November 2026"),
    ("article 15, paragraphe 1, point g), du RGPD", "article~15, paragraphe~1, point~g), du RGPD"),
    ("n° 1182/71, 2 mois, le 24 novembre 2026", "n°~1182/71, 2~mois, le 24~novembre 2026"),
    ("artículo 15, apartado 1, letra g), del", "artículo~15, apartado~1, letra~g), del"),
    ("n.º 1182/71, 2 meses, el 24 de noviembre de 2026",
     "n.º~1182/71, 2~meses, el 24~de noviembre de 2026"),
    ("points a and b, an article about 5 things", "points a and b, an article about 5 things")])
def test_what_belongs_together_stays_on_one_line(text: str, bound: str) -> None:
    assert bind(text).replace("\N{NO-BREAK SPACE}", "~") == bound


def plain_text_of(path: Path) -> str:
    """A template's text without its tags, remarks and keys."""
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "§", path.read_text("utf-8"), flags=re.DOTALL)
    lines = [line for line in text.split("\n") if not line.startswith("#") or
             path.name not in {"terms.txt", "eu-gdpr.txt"}]
    if path.parent.name == "laws" or path.name == "terms.txt":
        lines = [line.partition(" = ")[2] for line in lines]
    return "\n".join(lines)


TEMPLATES = sorted(LETTERS.rglob("*.txt"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(LETTERS)))
def test_quotation_marks_dashes_and_spaces_are_those_of_a_printer(path: Path) -> None:
    language = path.relative_to(LETTERS).parts[0]
    text = plain_text_of(path)
    assert "'" not in text
    assert '"' not in text
    assert "--" not in text.replace("_", "")
    assert "..." not in text
    assert not re.search(r"\S +-(?: |$)", text), "a hyphen for a dash"
    assert not re.search(r"[^\s\[(\\]  +\S", text), "two spaces"
    wrong = {"de": "”«»‘", "fr": "„“”‘", "es": "„‘", "en": "„«»"}[language]
    assert not set(text) & set(wrong)
    if language == "fr":
        assert not re.search(rf"[^{NARROW}§\s:/][;!?»]|«[^{NARROW}]", text)
        assert not re.search(rf"(?<!https)(?<!http)[^{NARROW}§:\d]:(?!/)", text)
        assert not re.search(r"[  \N{NO-BREAK SPACE}][;:!?»]", text)
    elif language == "de":
        assert text.count("„") == text.count("“")
