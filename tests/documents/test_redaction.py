"""Redaction: a value goes however it is written; what only looks alike stays."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.documents.folding import folded, is_caseless, plain, squashed
from optout.documents.letter_pdf import letter_pdf
from optout.documents.private_values import (
    AGE,
    BORN,
    DEVICE,
    EMAIL,
    HOME,
    LISTING,
    NUMBER,
    OTHER,
    PHONE,
    PLATE,
    REPLY,
    VEHICLE,
    Place,
    PrivateValues,
    notice,
)
from optout.documents.readback import leaks
from optout.documents.redaction import Redactor
from optout.domain.document import Letter
from optout.domain.places import PostalAddress
from tests.documents.private import BROKER, VALUES

ENDLESS = 15.0
"""Seconds of processor time that only work growing with the square of a text would take."""

REDACTOR = Redactor(VALUES)


@pytest.mark.parametrize(("text", "kind"), [
    ("100 Fictional Way", HOME), ("100 FICTIONAL WY", HOME), ("100, fictional way", HOME),
    ("100 Fictional\nWay", HOME), ("100 Fictio-\nnal Way", HOME), ("Fictional Way", HOME),
    ("100 Ficti\u00f3nal Way", HOME), ("100 Fic\u00adtional Way", HOME),
    ("100\u00a0Fictional\u2003Way", HOME), ("7 Imaginary Ct", HOME), ("San Francisco", HOME),
    ("SAN FRANCISCO, CALIFORNIA", HOME), ("94102", HOME), ("94102-1234", HOME),
    ("100 Fictional Way, San Francisco, CA 94102", HOME), ("Sacramento", HOME),
    ("PO Box 0", REPLY), ("P.O. Box 0", REPLY), ("Post Office Box 0", REPLY),
    ("(415) 555-0142", PHONE), ("+1 415 555 0142", PHONE), ("14155550142", PHONE),
    ("1.415.555.0142", PHONE), ("415/555 0142", PHONE), ("415\n555\n0142", PHONE),
    ("avery.sample@example.com", EMAIL), ("Avery.Sample@Example.COM", EMAIL),
    ("avery.sample+x@example.com", EMAIL), ("avery.sample@\nexample.com", EMAIL),
    ("avery.sample (at) example.com", EMAIL), ("avery.\nsample@example.com", EMAIL),
    ("1985-04-12", BORN), ("04/12/1985", BORN), ("4/12/85", BORN), ("12.04.1985", BORN),
    ("12. 4. 1985", BORN), ("April 12, 1985", BORN), ("12 April 1985", BORN),
    ("12th of April 1985", BORN), ("Apr. 12, 1985", BORN), ("12. April 1985", BORN),
    ("12 avril 1985", BORN), ("12 de abril de 1985", BORN), ("19850412", BORN),
    ("1985 April 12", BORN), ("1985年4月12日", BORN), ("٠٤/١٢/١٩٨٥", BORN),
    ("100%20Fictional%20Way", HOME), ("٤١٥ ٥٥٥ ٠١٤٢", PHONE), ("555-0142", PHONE),
    ("avery.sample at example dot com", EMAIL), ("avery.sample%40example.com", EMAIL),
    ("avery.sample [at] example [dot] com", EMAIL),
    ("other.example/p/averysample-94", LISTING),
    ("https://quickmail.example/people/avery-sample", LISTING),
    ("www.quickmail.example/people/avery-sample?ref=1", LISTING),
    ("quickmail.example/people/\navery-sample", LISTING),
    ("http://other.example/p/averysample-94", LISTING),
    ("00000000-0000-4000-8000-00000000BEEF", DEVICE),
    ("0000000000004000800000000000beef", DEVICE),
    ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", DEVICE),
    ("1HGCM82633A004352", VEHICLE), ("123-45-6789", NUMBER),
    ("Robin Helper", OTHER), ("HELPER, ROBIN", OTHER), ("Robin\nHelper", OTHER),
    ("Needle Formername", OTHER),
])
def test_a_value_goes_however_it_is_written(text: str, kind: str) -> None:
    for before, after in (("", ""), ("Before ", " after."), ("(", ")"), ("“", "”")):
        assert REDACTOR.redacted(f"{before}{text}{after}") == f"{before}{notice(kind)}{after}"


@pytest.mark.parametrize(("text", "kind", "left"), [
    ("born in 1985", BORN, "born in {}"), ("DOB: 1985", BORN, "DOB: {}"),
    ("geboren 1985", BORN, "geboren {}"), ("Age: 41", AGE, "Age: {}"),
    ("aged 41", AGE, "aged {}"), ("a 41-year-old", AGE, "a {}-year-old"),
    ("41 years old", AGE, "{} years old"), ("License plate: 7ABC123", PLATE, "License plate: {}"),
])
def test_what_is_private_only_beside_a_word_goes_too(text: str, kind: str, left: str) -> None:
    redacted = REDACTOR.redacted(text)
    assert notice(kind) in redacted
    assert redacted.startswith(left.partition("{}")[0])
    assert "1985" not in redacted
    assert "41" not in redacted
    assert "7ABC" not in redacted


@pytest.mark.parametrize("text", [
    "Avery Sample", "Quinn Sample", "optout.sample@example.com", BROKER,
    "Quick Mail LLC\n1 Data Way\nSan Francisco, CA 94102", "45 days", "the 41 pages", "1985",
    "in 1985 the law", "OPT-7K3M9Q", "sample@example.com", "14155550143", "Cal. Civ. Code § 1798",
    "100 Other Way", "april 12", "a plate of food", "941023", "Practical Way", "fictional",
    "a sacramento in small letters", "https://quickmail.example/privacy",
    "6d23b18f 9e128756 6940aa83 6858fd5a 6103b8bd 2037b440 4d20831e ed36b609"])
def test_what_only_looks_alike_stays(text: str) -> None:
    assert REDACTOR.redacted(text) == text


CHINESE = PrivateValues(places=(
    Place(HOME, PostalAddress(("北京路12号",), "广州", "CN", "", "510030")),
    Place(REPLY, PostalAddress(("朝阳区建国路88号院3号楼",), "北京", "CN", "", "100020"))),
    others=("王小明",))
ARABIC = PrivateValues(places=(
    Place(HOME, PostalAddress(("شارع الحمراء ١٢",), "بيروت", "LB", "", "1103")),),
    others=("محمد علي",))


@pytest.mark.parametrize(("values", "text", "left"), [
    (CHINESE, "我住在北京路１２号。", f"我住在{notice(HOME)}。"),
    (CHINESE, "北京路 12 号", notice(HOME)), (CHINESE, "在广州住", f"在{notice(HOME)}住"),
    (CHINESE, "邮编510030", f"邮编{notice(HOME)}"),
    (CHINESE, "朝阳区建国路88号", f"{notice(REPLY)}号"),
    (CHINESE, "这是王小明的", f"这是{notice(OTHER)}的"),
    (ARABIC, "في شارع الحمراء 12", f"في {notice(HOME)}"),
    (ARABIC, "is ٢١ شارع الحمراء now", f"is {notice(HOME)} now"),
    (ARABIC, "وبيروت", f"و{notice(HOME)}"), (ARABIC, "ومحمد علي", f"و{notice(OTHER)}")])
def test_scripts_whose_words_grow_together_hide_nothing(
    values: PrivateValues, text: str, left: str
) -> None:
    assert Redactor(values).redacted(text) == left
    assert leaks_in(text, values)
    assert not leaks_in(left, values)


def leaks_in(text: str, values: PrivateValues) -> tuple[str, ...]:
    """What is found when a letter with such a text is read back."""
    letter = Letter(reference="OPT-7K3M9Q", language="en", page="letter", sender=("A B",),
                    recipient=("C D",), date_line="E", subject="F", salutation="G",
                    paragraphs=(text,), closing="H", signature="A B")
    return leaks(letter_pdf(letter), values)


def test_all_parts_of_one_address_become_one_notice() -> None:
    assert REDACTOR.redacted("I live at 100 Fictional Way\nSan Francisco, CA 94102-0001\nUSA") == (
        f"I live at {notice(HOME)}\nUSA")
    assert REDACTOR.redacted("PO Box 0, San Francisco, CA 94102") == notice(REPLY)


def test_a_small_raised_letter_is_no_other_script() -> None:
    assert not is_caseless("Calle Inventada nº 5, 2ª")
    assert is_caseless("תל אביב")


def test_a_flat_goes_by_any_of_its_names() -> None:
    home = PostalAddress(("5 Elm Street", "Apt. 4B"), "Albany", "US", "NY", "12207")
    redactor = Redactor(PrivateValues(places=(Place(HOME, home, ("NY", "New York")),)))
    for text in ("5 Elm St #4B", "5 Elm Street, Apartment 4B, Albany NY", "Unit 4B",
                 "5 Elm St., Apt 4B,\nAlbany, New York 12207"):
        assert redactor.redacted(text) == notice(HOME), text


def test_german_streets_go_with_their_endings() -> None:
    home = PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115")
    redactor = Redactor(PrivateValues(places=(Place(HOME, home),)))
    for text in ("Musterstraße 1", "MUSTERSTRASSE 1", "Musterstr. 1", "Muster-Straße 1",
                 "Musterstraße", "10115 Berlin", "Musterstr. 1, 10115 Berlin"):
        assert redactor.redacted(text) == notice(HOME), text
    assert redactor.redacted("Berliner Gesetz") == "Berliner Gesetz"


def test_british_codes_go_with_and_without_their_space() -> None:
    home = PostalAddress(("3 Nowhere Lane",), "Leeds", "GB", "", "LS1 4AB")
    redactor = Redactor(PrivateValues(places=(Place(HOME, home),)))
    assert redactor.redacted("Leeds LS14AB or ls1 4ab") == f"{notice(HOME)} or {notice(HOME)}"


def test_a_town_named_like_its_state_goes_only_as_a_town() -> None:
    home = PostalAddress(("9 Nowhere Road",), "New York", "US", "NY", "10001")
    redactor = Redactor(PrivateValues(places=(
        Place(HOME, home, ("NY", "New York"), like_a_region=True),)))
    assert redactor.redacted("New York General Business Law") == "New York General Business Law"
    assert redactor.redacted("I live in New York, NY 10001.") == f"I live in {notice(HOME)}."


def test_a_postal_code_that_could_be_a_year_goes_only_beside_its_town() -> None:
    home = PostalAddress(("Beispielgasse 4", "7"), "Neuenburg", "CH", "", "2026")
    redactor = Redactor(PrivateValues(places=(Place(HOME, home),)))
    assert redactor.redacted("On 7 May 2026, page 7") == "On 7 May 2026, page 7"
    assert redactor.redacted("Beispielgasse 4, 2026 Neuenburg; since 2026") == (
        f"{notice(HOME)}; since 2026")


@given(text=st.text(max_size=12), body=st.text(max_size=60))
def test_no_value_however_odd_breaks_a_text(text: str, body: str) -> None:
    """Values without letters, with signs of patterns, empty ones."""
    line = text.strip() or "-"
    redactor = Redactor(PrivateValues(
        places=(Place(HOME, PostalAddress((line,), line, "US", "", text), (text,)),),
        phones=("", "1"), emails=(text,), listings=(f"https://x.example/{text}",),
        devices=(text,), others=(text,), given=(text,), family=(text or "x",), kept=(text,)))
    once = redactor.redacted(f"{body} {text}", foreign=True)
    assert once.count("[") <= f"{body} {text}".count("[") + len(body) + len(text)


def test_others_write_of_relatives_and_link_to_pages() -> None:
    def foreign(text: str) -> str:
        return REDACTOR.redacted(text, foreign=True)

    assert foreign("We found Maria Sample and Jo Q. Sample.") == (
        f"We found {notice(OTHER)} and {notice(OTHER)}.")
    assert foreign("SAMPLE, MARIA; Maria\nSample") == f"{notice(OTHER)}; {notice(OTHER)}"
    assert foreign("SAMPLE, AVERY; Ms. Sample, We refuse") == "SAMPLE, AVERY; Ms. Sample, We refuse"
    assert foreign("at tracker.example/r/1.") == f"at {notice(LISTING)}"
    for kept in ("Dear Avery Sample,", "Dear Ms. Sample,", "Avery Q. Sample", "a free sample"):
        assert foreign(kept) == kept
    assert foreign("See https://tracker.example/r/1 now") == f"See {notice(LISTING)} now"
    assert REDACTOR.redacted("Maria Sample, https://a.example/x") == (
        "Maria Sample, https://a.example/x")


def test_a_given_name_of_two_parts_is_nobody_elses() -> None:
    redactor = Redactor(PrivateValues(given=("Mary-Jane",), family=("Sample",)))
    assert redactor.redacted("Dear Mary-Jane Sample and Mary-Lou Sample,", foreign=True) == (
        f"Dear Mary-Jane Sample and {notice(OTHER)},")


def test_one_without_any_values_changes_nothing() -> None:
    assert Redactor(PrivateValues()).redacted("100 Fictional Way") == "100 Fictional Way"


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzäöüßéñçøABCDEFGHIJKLMNOPQRSTUVWXYZ",
                  min_size=4, max_size=12)
ADDRESSES = st.builds(
    lambda number, name, ending, city, code: PostalAddress(
        (f"{number} {name} {ending}",), city.capitalize(), "US", "CA", f"{code:05}"),
    st.integers(1, 99999), LETTERS, st.sampled_from(["Street", "Ave", "Rd", "Boulevard", "Way"]),
    LETTERS, st.integers(501, 99950))


def broken(text: str, breaks: list[int]) -> str:
    """The text with ends of lines where its words end, and in its words."""
    pieces = list(text)
    for place in sorted({place % len(text) for place in breaks}, reverse=True):
        if pieces[place] == " ":
            pieces[place] = "\n"
        elif pieces[place].isalpha() and place and pieces[place - 1].isalpha():
            pieces.insert(place, "-\n")
    return "".join(pieces)


@given(home=ADDRESSES, breaks=st.lists(st.integers(0, 200), max_size=4),
       form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
       case=st.sampled_from([str, str.upper, str.title]),
       around=st.sampled_from(["{}", "At {}.", "Address\t{}", "({})", "x, {} y"]))
def test_no_writing_of_any_address_comes_through(
    home: PostalAddress, breaks: list[int], form: str, case: type[str], around: str
) -> None:
    redactor = Redactor(PrivateValues(places=(Place(HOME, home, ("CA", "California")),)))
    whole = f"{home.lines[0]}, {home.city_line}"
    written = unicodedata.normalize(form, broken(case(whole), breaks))  # type: ignore[arg-type]  # a drawn name of a form
    redacted = redactor.redacted(around.format(written))
    assert redacted == around.format(notice(HOME))


@given(number=st.integers(2_000_000_000, 9_999_999_999),
       signs=st.lists(st.sampled_from(["", " ", "-", ".", ") ", "\n", " - "]), min_size=9,
                      max_size=9))
def test_no_writing_of_any_number_comes_through(number: int, signs: list[str]) -> None:
    redactor = Redactor(PrivateValues(phones=(str(number),)))
    written = "".join(digit + sign for digit, sign in zip(str(number), [*signs, ""], strict=True))
    for before in ("", "+1 ", "001-", "1 "):
        assert redactor.redacted(f"Call {before}{written} now") == f"Call {notice(PHONE)} now"


@given(born=st.dates(date(1920, 1, 1), date(2015, 12, 31)), form=st.sampled_from([
    "%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%Y%m%d",
    "%m/%d/%y"]))
def test_no_writing_of_any_date_of_birth_comes_through(born: date, form: str) -> None:
    redacted = Redactor(replace(VALUES, born=born, phones=())).redacted(
        f"Given: {born.strftime(form)}.")
    assert redacted == f"Given: {notice(BORN)}."


@given(st.text(max_size=300))
def test_no_text_is_a_mistake_and_redacting_twice_changes_nothing(text: str) -> None:
    once = REDACTOR.redacted(text, foreign=True)
    assert REDACTOR.redacted(once, foreign=True) == once


@given(st.text(max_size=100))
def test_a_folded_text_knows_where_it_came_from(text: str) -> None:
    found = folded(text)
    assert len(found.places) == len(found.text) + 1
    assert found.text == plain(text)
    assert list(found.places) == sorted(found.places)
    assert found.span(0, len(found.text))[1] == len(text)
    assert squashed(text) == squashed(unicodedata.normalize("NFD", text))


def test_a_thousand_recipients_that_stay_cost_next_to_nothing() -> None:
    many = tuple(f"Broker {number} LLC {number} Data Way Los Angeles, CA 90001"
                 for number in range(1500))
    started = time.process_time()
    redactor = Redactor(replace(VALUES, kept=(*many, BROKER)))
    assert redactor.redacted(f"{BROKER} or San Francisco") == f"{BROKER} or {notice(HOME)}"
    assert time.process_time() - started < ENDLESS


@pytest.mark.parametrize("piece", ["a-", "a.", "100%20", "SAMPLE, ", "avery.sample at ", "1985年"])
def test_no_text_holds_it_up(piece: str) -> None:
    started = time.process_time()
    REDACTOR.redacted(piece * 80_000, foreign=True)
    assert time.process_time() - started < ENDLESS
