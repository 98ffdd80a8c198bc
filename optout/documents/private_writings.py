"""The ways in which an address, a number, a day or a link is written, as patterns.

All patterns are for folded text (`folding.folded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from optout.documents.folding import is_caseless, plain, squashed
from optout.documents.private_values import Place

_GAP = r"(?:%[0-9a-f]{2}|[\W_])*"
_BROKEN = r"(?:-?[ ]*\n\s*)?"
"""What a word may be divided by: the end of a line, with or without a hyphen."""

_SAME = tuple(frozenset(words.split()) for words in (
    "street st str", "avenue ave av", "road rd", "drive dr drv", "lane ln", "court ct crt",
    "place pl", "boulevard blvd boul", "way wy", "terrace ter terr", "circle cir", "highway hwy",
    "parkway pkwy pky", "square sq", "trail trl", "route rte", "mount mt", "saint st ste",
    "fort ft", "center centre ctr", "heights hts", "north n", "south s", "east e", "west w",
    "northeast ne", "northwest nw", "southeast se", "southwest sw", "apartment apt app",
    "unit", "suite ste", "floor fl", "building bldg", "room rm", "first 1st", "second 2nd",
    "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
    "ninth 9th", "tenth 10th", "strasse str", "platz pl", "allee al", "chemin ch", "calle c",
    "avenida avda av", "numero num no nr n"))
_ENDINGS = ("strasse", "str")
"""German streets grow together with their ending."""

_PARTS = frozenset({"apartment", "apt", "unit", "suite", "ste", "floor", "fl", "room", "rm",
                    "flat", "wohnung", "whg", "no", "nr", "appartement", "app"})
_PART_WRITINGS = r"(?:apartment|apt|unit|suite|ste|floor|fl|room|rm|flat|wohnung|whg|no|nr|app|#)"
_STREET_NAMES = 2
"""Fewest words of a street's name that are a name by themselves."""

_LONG_WORD = 8
_TELLING = 3
_TELLING_SIGNS = 2
"""Letters or signs that say something: of an alphabet with capitals, and of another script."""

_YEAR = 4
_MONTHS = (
    "january jan januar janvier janv enero ene", "february feb februar fevrier fevr febrero",
    "march mar marz mars marzo", "april apr avril avr abril abr", "may mai mayo",
    "june jun juni juin junio", "july jul juli juillet juil julio",
    "august aug aout agosto ago", "september sept sep septembre septiembre",
    "october oct oktober okt octobre octubre", "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic")
_SEPARATED = r"[\W_]{1,4}"
_BIRTH = (r"(?:born|birth\w*|dob|geb(?:oren|urts\w*)?|nee?|naissance|nacid[oa]|nacimiento)")


def word(text: str) -> str:
    """A word, whole, wherever a line may divide it."""
    return _BROKEN.join(map(re.escape, text))


def anywhere(text: str) -> re.Pattern[str]:
    """The words of a text in their order, with any signs between them."""
    return re.compile(_bounded(_GAP.join(map(word, _words(text))), text))


def town_patterns(place: Place) -> Iterator[re.Pattern[str]]:
    """A town with its state or its postal code before or behind it; the group `town` is its name.

    One that is named like a state is meant only with them. Postal codes by themselves are among
    `place_patterns`.
    """
    codes = (place.address.postal_code, *place.regions)
    beside = "|".join(_GAP.join(map(word, _words(one))) for one in codes if one)
    name = _GAP.join(map(word, _words(place.address.city)))
    town = rf"(?P<town>{_bounded(name, place.address.city)})"
    before, behind = rf"(?<!\w)(?:{beside})[\W_]{{1,4}}", rf"[\W_]{{1,4}}(?:{beside})(?!\w)"
    if not beside:
        yield re.compile(town)
    elif place.like_a_region:
        yield re.compile(rf"{before}{town}")
        yield re.compile(rf"{town}{behind}")
    else:
        yield re.compile(rf"(?:{before})?{town}(?:{behind})?")


def mail_pattern(address: str) -> re.Pattern[str]:
    """A mailbox, also with a tag, with words for its signs, or divided at the end of a line."""
    local, _, domain = plain(address).partition("@")
    at = r"\s*(?:@|%40|[(\[]at[)\]]|(?<=\s)at(?=\s))\s*"
    dot = r"\s*(?:\.|[(\[]dot[)\]]|(?<=\s)dot(?=\s))\s*"
    return re.compile(
        rf"(?<![\w.+-]){_chars(local)}(?:\+[^\s@]*)?{at}"
        rf"{dot.join(map(_chars, domain.split('.')))}(?![\w-])")


def phone_pattern(digits: str) -> re.Pattern[str]:
    """A number with any signs between its digits, with or without what a country puts before."""
    between = r"[\W_]{0,3}"
    return re.compile(
        rf"(?<!\d)(?:\((?=\d{{1,5}}\)))?(?:(?:\+|00){between})?(?:\d{{1,3}}{between})?(?:\(?0\)?{between})?"
        rf"{between.join(digits)}(?!\d)")


def url_pattern(url: str) -> re.Pattern[str]:
    """A link in full or without its beginning, divided anywhere, and whatever hangs on to it."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = parts.netloc.removeprefix("www.")
    writings = {f"{host}{path}".rstrip("/") for path in (parts.path, unquote(parts.path))}
    either = "|".join(_chars(plain(one)) for one in sorted(writings))
    return re.compile(rf"(?:https?\s*:\s*/\s*/\s*)?(?:www\.)?(?<![\w-])(?:{either})[^\s<>\"”)]*")


def place_patterns(place: Place) -> Iterator[re.Pattern[str]]:
    """An address by its parts: the street with and without the number, the flat, the code."""
    for line in place.address.lines:
        words = _words(line)
        if not tells(line):
            continue
        if words[0] in _PARTS and len(words) > 1:
            rest = _GAP.join(map(word, words[1:]))
            yield re.compile(rf"(?<!\w){_PART_WRITINGS}[\W_]{{0,3}}{rest}(?!\w)")
            continue
        yield _street(words, line)
        if is_caseless(line):
            yield from _unnumbered(line)
            continue
        named = [one for one in words if not one[0].isdigit()]
        long = len(named) == 1 and len(named[0]) >= _LONG_WORD
        if len(named) < len(words) and (len(named) >= _STREET_NAMES or long):
            yield _street(named, line)
    code = place.address.postal_code
    if is_distinct(code):
        more = r"(?:[- ]?\d{4})?" if place.address.country == "US" else ""
        spaced = r"[\s-]*".join(map(re.escape, re.sub(r"[\s-]", "", plain(code))[:_whole(place)]))
        yield re.compile(rf"(?<![a-z0-9]){spaced}{more}(?![a-z0-9])")


def tells(line: str) -> bool:
    """Whether a line of an address says something by itself; a mere “7” does not."""
    return len(squashed(line)) >= (_TELLING_SIGNS if is_caseless(line) else _TELLING)


def unnumbered(line: str) -> Iterator[tuple[str, ...]]:
    """The words of a line between its figures, where they are a name by themselves."""
    part: list[str] = []
    for one in (*_words(line), "0"):
        if not one[0].isdigit():
            part.append(one)
            continue
        if len("".join(part)) >= _TELLING:
            yield tuple(part)
        part = []


def is_distinct(code: str) -> bool:
    """Whether a postal code is one wherever it stands; four digits may be a year."""
    return len(squashed(code)) > _YEAR


def dates_of(day: date) -> Iterator[re.Pattern[str]]:
    """A day in figures in any order, and with its month in English, German, French, Spanish."""
    full, short = str(day.year), f"(?:{day.year}|{day.year % 100:02})"
    in_month, month = f"0?{day.day}", f"0?{day.month}"
    name = f"(?:{'|'.join(sorted(_MONTHS[day.month - 1].split(), key=len, reverse=True))})"
    nth = rf"{in_month}(?:st|nd|rd|th|er)?"
    of = r"[\W_]{0,3}(?:(?:de|del|of)[\W_]{1,3})?"
    for writing in (
        rf"{full}{_SEPARATED}{month}{_SEPARATED}{in_month}",
        rf"{month}{_SEPARATED}{in_month}{_SEPARATED}{short}",
        rf"{in_month}{_SEPARATED}{month}{_SEPARATED}{short}",
        rf"{day:%Y%m%d}", rf"{day:%m%d%Y}", rf"{day:%d%m%Y}",
        rf"{nth}{of}{name}{of}{short}", rf"{name}[\W_]{{0,3}}{nth}[\W_]{{1,3}}{short}",
        rf"{full}[\W_]{{1,3}}{name}[\W_]{{0,3}}{nth}",
        rf"{full}\W?年\W{{0,2}}{month}\W?月\W{{0,2}}{in_month}日?",
    ):
        yield re.compile(rf"(?<!\d)(?<![a-z]){writing}(?!\d)(?![a-z])")


def birth_context(day: date) -> re.Pattern[str]:
    """The year of birth behind a word that says that it is one."""
    return re.compile(rf"(?<!\w){_BIRTH}(?!\w)[^\n]{{0,30}}?(?<!\d)(?P<value>{day.year})(?!\d)")


def _bounded(pattern: str, text: str) -> str:
    """A pattern that begins and ends where a word does, in scripts that part their words."""
    return pattern if is_caseless(text) else rf"(?<!\w){pattern}(?!\w)"


def _street(words: list[str], line: str) -> re.Pattern[str]:
    return re.compile(_bounded(_GAP.join(map(_street_word, words)), line))


def _unnumbered(line: str) -> Iterator[re.Pattern[str]]:
    """The names in a line with a figure on either side: where scripts meet, it may change sides."""
    figure = r"\d{1,5}"
    for part in unnumbered(line):
        name = _GAP.join(map(word, part))
        yield re.compile(rf"(?:{figure}[^\w\n]{{0,3}})?{name}(?:[^\w\n]{{0,3}}{figure})?")


def _street_word(text: str) -> str:
    """A word of a street with the ways to write it."""
    if text == "po":
        return rf"(?:p{_GAP}o|post{_GAP}office|post)"
    ending = next((one for one in _ENDINGS if text.endswith(one) and text != one), "")
    if ending:
        return rf"{word(text.removesuffix(ending))}[\W_]*(?:strasse|str)"
    ways = {text}.union(*(group for group in _SAME if text in group))
    longest_first = sorted(ways, key=lambda one: (-len(one), one))
    return word(text) if len(ways) == 1 else f"(?:{'|'.join(map(word, longest_first))})"


def _whole(place: Place) -> int | None:
    """How much of a postal code marks the place: of an American one the five digits."""
    return 5 if place.address.country == "US" else None


def _words(text: str) -> list[str]:
    kinds = r"\d+|[^\W\d_]+" if is_caseless(text) else r"[^\W_]+"
    found = re.findall(kinds, plain(text))
    return found or [re.escape(plain(text))]


def _chars(text: str) -> str:
    return _BROKEN.join(map(re.escape, text))
