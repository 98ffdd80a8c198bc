"""The person form and the domain's Person, both ways; each rule speaks at its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wtforms import Form as PlainForm

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import kept_text
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.words import NameKind, Sensitivity
from optout.services.contact import checked_advertising_id, checked_email, checked_phone
from optout.web.forms.base import add_error, clean
from optout.web.forms.person import PersonForm
from optout.web.i18n import text as _


def person_from(form: PersonForm, before: Person | None) -> Person | None:
    """The person that the form describes; the id and unshown facts of the former one are kept.

    Returns:
        None when a row cannot be used; the message stands at its field.

    Raises:
        InvalidInput: for a rule about the whole person; its field names a list of the form.
    """
    reader = _Reader()
    country = next((r.code.data[:2] for r in form.residences if r.code.data), "US")
    names = reader.rows(form.names, _name, "given")
    residences = reader.rows(form.residences, _residence, "code")
    emails = reader.rows(form.emails, _email, "value")
    phones = reader.rows(form.phones, lambda row: _phone(row, country), "value")
    addresses = reader.rows(form.addresses, _address, "street")
    devices = reader.rows(form.advertising_ids, _device, "value")
    reply_address = reader.one(form.reply_address.form, postal_or_none, "street")
    reply_email = reader.one(form, _reply_email, "reply_email")
    _say_what_is_missing(form, names, residences, reader)
    if reader.wrong:
        return None
    values: dict[str, Any] = {
        "names": names, "residences": residences, "emails": emails, "phones": phones,
        "addresses": addresses, "advertising_ids": devices,
        "date_of_birth": form.date_of_birth.data,
        "reply_email": reply_email or "", "reply_address": reply_address,
        "at_risk": bool(form.at_risk.data)}
    if before is None:
        return Person(**values)
    kept = {name: _with_unshown(values[name], getattr(before, name), key, unshown)
            for name, (key, unshown) in _UNSHOWN.items()}
    return replace(before, **{**values, **kept})


def form_data(person: Person) -> dict[str, Any]:
    """What the form shows for a stored person."""
    return {
        "names": [{"given": n.given, "middle": n.middle, "family": n.family, "kind": n.kind}
                  for n in person.names],
        "residences": [{"code": r.code, "until": r.valid_to} for r in person.residences],
        "emails": [_contact_data(c) for c in person.emails],
        "phones": [_contact_data(c) for c in person.phones],
        "addresses": [
            {**_place_data(a.address), "when": _when(a), "substitute": a.substitute,
             "sensitivity": a.sensitivity} for a in person.addresses],
        "advertising_ids": [_contact_data(c) for c in person.advertising_ids],
        "date_of_birth": person.date_of_birth,
        "reply_email": person.reply_email,
        "reply_address": _place_data(person.reply_address) if person.reply_address else {},
        "at_risk": person.at_risk,
    }


_DATES = ("valid_from", "valid_to")
_UNSHOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "names": (("given", "middle", "family"), ("sensitivity", *_DATES)),
    "residences": (("code", "valid_to"), ("valid_from",)),
    "emails": (("value",), _DATES),
    "phones": (("value",), _DATES),
    "advertising_ids": (("value",), _DATES),
    "addresses": (("address",), _DATES),
}
"""For each list: what makes a row the same as before, and what the form does not show of it."""


def _with_unshown(
    rows: tuple[Any, ...], before: tuple[Any, ...], key: tuple[str, ...], unshown: tuple[str, ...]
) -> tuple[Any, ...]:
    """The rows, each with what the form does not show of its former self."""
    known = {tuple(getattr(old, k) for k in key): old for old in before}
    found = ((row, known.get(tuple(getattr(row, k) for k in key))) for row in rows)
    return tuple(row if old is None else replace(row, **{n: getattr(old, n) for n in unshown})
                 for row, old in found)


class _Reader:
    """Reads rows and gathers every refusal at its field."""

    def __init__(self) -> None:
        self.wrong = False

    def rows(self, field_list: Any, read: Callable[[Any], Any], default: str) -> tuple[Any, ...]:
        """The values of all rows that are not empty."""
        values = (self.one(entry.form, read, default) for entry in field_list)
        return tuple(value for value in values if value is not None)

    def one(self, row: PlainForm, read: Callable[[Any], Any], default: str) -> Any:
        """One value; None when the row is empty or refused."""
        try:
            return read(row)
        except InvalidInput as error:
            self.wrong = True
            add_error(row._fields.get(error.field) or row[default], str(error))
            return None


def _say_what_is_missing(
    form: PersonForm, names: tuple[PersonName, ...], residences: tuple[Residence, ...],
    reader: _Reader,
) -> None:
    """The two things that every person needs, both at once and before anything is refused."""
    if not any(name.kind is not NameKind.DO_NOT_USE for name in names) and (
            not any(form.names.entries[0].form.errors.values())):
        add_error(form.names.entries[0].form.given,
                  _("Enter one name that requests may carry."))
        reader.wrong = True
    if not residences and not any(form.residences.entries[0].form.errors.values()):
        add_error(form.residences.entries[0].form.code, _(
            "Choose the state or country where the person lives: it decides which law applies."))
        reader.wrong = True


def _name(row: Any) -> PersonName | None:
    given, middle, family = (clean(row[name].data) for name in ("given", "middle", "family"))
    if not (given or middle or family):
        return None
    for field, text in (("given", given), ("middle", middle), ("family", family)):
        kept_text(text, field)
    return PersonName(given, family, middle, NameKind(row.kind.data))


def _residence(row: Any) -> Residence | None:
    code = clean(row.code.data).upper()
    if not code:
        if row.until.data:
            raise InvalidInput(_("Choose the state or country that this date belongs to."),
                               field="code")
        return None
    try:
        return Residence(code, valid_to=row.until.data)
    except InvalidInput as error:
        error.field = "code"
        raise


def _email(row: Any) -> ContactPoint | None:
    text = clean(row.value.data)
    return ContactPoint(checked_email(text), Sensitivity(row.sensitivity.data)) if text else None


def _phone(row: Any, country: str) -> ContactPoint | None:
    text = clean(row.value.data)
    if not text:
        return None
    return ContactPoint(checked_phone(text, country), Sensitivity(row.sensitivity.data))


def _device(row: Any) -> ContactPoint | None:
    text = clean(row.value.data)
    if not text:
        return None
    return ContactPoint(checked_advertising_id(text), Sensitivity(row.sensitivity.data))


def _reply_email(form: PersonForm) -> str:
    text = clean(form.reply_email.data)
    return checked_email(text) if text else ""


def postal_or_none(row: Any) -> PostalAddress | None:
    """The postal address of the fields of a `PlaceRow`; None where nothing was typed.

    Raises:
        InvalidInput: when it is no whole address; its field is one of the row's.
    """
    typed = {name: clean(row[name].data) for name in _PLACE}
    if not any(typed.values()):
        return None
    if not typed["country"]:
        raise InvalidInput(_("Choose the country of this address."), field="country")
    for name in ("street", "extra", "city"):
        kept_text(typed[name], name)
    lines = tuple(line for line in (typed["street"], typed["extra"]) if line)
    return PostalAddress(lines=lines if typed["street"] else (), city=typed["city"],
                         country=typed["country"], region=typed["region"],
                         postal_code=typed["postal_code"])


_PLACE = ("street", "extra", "city", "region", "postal_code", "country")


def _address(row: Any) -> PersonAddress | None:
    place = postal_or_none(row)
    if place is None:
        return None
    return PersonAddress(place, current=row.when.data == "current",
                         substitute=bool(row.substitute.data),
                         sensitivity=Sensitivity(row.sensitivity.data))


def _contact_data(point: ContactPoint) -> dict[str, Any]:
    return {"value": point.value, "sensitivity": point.sensitivity}


def _place_data(place: PostalAddress) -> dict[str, Any]:
    return {"street": place.lines[0], "extra": ", ".join(place.lines[1:]), "city": place.city,
            "region": place.region, "postal_code": place.postal_code, "country": place.country}


def _when(address: PersonAddress) -> str:
    return "current" if address.current else "earlier"
