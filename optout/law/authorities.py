"""The supervisory authorities of Europe: who hears a complaint there, and how it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.errors import InvalidFile
from optout.law.fields import FieldProblem, Fields

_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")
_REGION = re.compile("[A-Z]{2}-[A-Z0-9]{1,3}")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


class Hears(StrEnum):
    """About whom an authority hears complaints, where a country has several."""

    ANYONE = "anyone"
    FIRMS_OF_A_STATE = "firms_of_a_state"
    PUBLIC_BODIES_OF_A_STATE = "public_bodies_of_a_state"
    FEDERAL_BODIES = "federal_bodies"
    CHURCHES = "churches"
    BROADCASTERS = "broadcasters"


@dataclass(frozen=True, slots=True)
class SupervisoryAuthority:
    """One authority (GDPR Art. 51, or its like in Switzerland and the United Kingdom).

    Where a country has several, their names say for whom each is there: a state, churches,
    broadcasters.

    Args:
        id: a promise, never changed.
        country: ISO 3166-1 alpha-2.
        region: the ISO 3166-2 code of the state that it is there for; empty for a whole country.
        hears: about whom, where a country has several.
        address: the lines of an envelope without the country.
        phone: as `+43152152000`; empty where unknown. fax likewise.
        complaint_form: a page on which a complaint can be entered.
        language: the language that it asks complaints in, ISO 639-1; empty where it does not say.
        prefers: `email` or `letter` where it says so.
        sources: pages on which its contacts were read.
        checked: the day of the compilation that the contacts come from.
    """

    id: str
    name: str
    country: str
    address: tuple[str, ...]
    sources: tuple[str, ...]
    checked: date
    site: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    complaint_form: str = ""
    language: str = ""
    prefers: str = ""
    region: str = ""
    hears: Hears = Hears.ANYONE


@dataclass(frozen=True, slots=True)
class Authorities:
    """All of them, in the order of their file."""

    all: tuple[SupervisoryAuthority, ...]

    def of(self, country: str) -> tuple[SupervisoryAuthority, ...]:
        """Those of a country; empty where none is known."""
        return tuple(one for one in self.all if one.country == country)


def read_authorities(data: object) -> Authorities:
    """The authorities out of a parsed file.

    Raises:
        InvalidFile: naming the field that is wrong, and how to mend it.
    """
    try:
        top = Fields(data)
        checked = top.day("checked")
        found = tuple(_read(fields, checked) for fields in _entries(top))
        top.done()
    except FieldProblem as problem:
        raise InvalidFile("authorities.yaml cannot be read.",
                          problems=[f"authorities.yaml: {problem}"]) from None
    return Authorities(found)


def _entries(top: Fields) -> Iterator[Fields]:
    seen: set[str] = set()
    for fields in top.each("authorities", lambda one: one):
        id_ = str(fields.rest().get("id"))
        if id_ in seen:
            raise FieldProblem(f"{fields.at('id')}: “{id_}” stands twice. Remove one.")
        seen.add(id_)
        yield fields


def _read(fields: Fields, checked: date) -> SupervisoryAuthority:
    found = SupervisoryAuthority(
        id=fields.text("id"), name=fields.text("name"),
        country=_shaped(fields, "country", re.compile("[A-Z]{2}"), "a code like DE"),
        address=fields.texts("address"), site=fields.text("site", ""),
        sources=fields.texts("sources"), checked=checked,
        email=_shaped(fields, "email", _MAILBOX, "a mailbox like office@example.com", ""),
        phone=_shaped(fields, "phone", _PHONE, "a number like +4930123456", ""),
        fax=_shaped(fields, "fax", _PHONE, "a number like +4930123456", ""),
        complaint_form=fields.text("complaint_form", ""), language=fields.text("language", ""),
        prefers=fields.text("prefers", ""),
        region=_shaped(fields, "region", _REGION, "a code like DE-BY", ""),
        hears=fields.one_of("hears", Hears, Hears.ANYONE))
    if not found.sources:
        raise FieldProblem(f"{fields.at('sources')}: is missing. Name a page.")
    fields.done()
    return found


def _shaped(fields: Fields, key: str, shape: re.Pattern[str], like: str,
            default: str | None = None) -> str:
    text = fields.text(key, default)
    if text and not shape.fullmatch(text):
        raise FieldProblem(f"{fields.at(key)}: “{text}” is not right. Write {like}.")
    return text
