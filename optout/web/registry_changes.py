"""From the forms of the registry to the fields of an entry, and its problems back to the forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from optout.domain.errors import InvalidFile
from optout.domain.words import BasisKind, Channel, Confidence, Role
from optout.registry.sites import host_of, site_of
from optout.web.forms.base import Form, add_error, clean
from optout.web.forms.registry import AddForm, CorrectForm, field_at
from optout.web.i18n import text as _

CONTACTS: Mapping[str, str] = {
    Channel.EMAIL: "email", Channel.PHONE: "phone", Channel.FAX: "phone",
    Channel.POSTAL_MAIL: "address"}
"""The field of a way that says where it goes; for every other channel `url`."""

_PROBLEM = re.compile(
    r"[^:]+:\d+: (?:[a-z0-9-]+: )?(?:(?P<field>[a-z_]+(?:\[\d+\]|\.[a-z_]+)*): )?(?P<words>.+)",
    re.DOTALL)
_ADDED_AT = {
    "id": "name", "domains": "domain", "procedures[0].channel": "channel",
    "procedures[0].url": "contact", "procedures[0].email": "contact",
    "procedures[0].phone": "contact", "procedures[0].needs": "needs", "sources[0].url": "source"}
"""Where a new entry's fields stand in the form to add it."""


def contact_of(channel: str) -> str:
    """The field of a way of this channel that says where it goes."""
    return CONTACTS.get(channel, "url")


def version_of(fields: Mapping[str, Any]) -> str:
    """Another text as soon as an entry's raw fields are others."""
    return sha256(repr(fields).encode()).hexdigest()[:16]


def shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the form to correct an entry begins with.

    Args:
        fields: the entry's raw fields.
    """
    ways = [{**way, "address": _place_shown(way.get("address", {}))}
            for way in fields.get("procedures", [])]
    return {"version": version_of(fields), "status": fields["status"]["is"],
            "domains": "\n".join(fields.get("domains", [])), "procedures": ways,
            "notes": fields.get("notes", "")}


def changes(form: CorrectForm, fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a filled form corrects: by field, the new raw value.

    Args:
        form: valid, with as many ways as the entry has.
        fields: the entry's raw fields as they are.
        today: the day of what the person saw themselves.
    """
    found: dict[str, Any] = {}
    if form.status.data != fields["status"]["is"]:
        found["status"] = {"is": form.status.data, "since": today.isoformat()}
    domains = [_domain(line) for line in str(form.domains.data or "").split()]
    if domains != list(fields.get("domains", [])):
        found["domains"] = list(dict.fromkeys(domains)) or None
    notes = clean(form.notes.data)
    if notes != fields.get("notes", ""):
        found["notes"] = notes or None
    ways = [_way(entry.form, way, today) for entry, way in zip(
        form.procedures.entries, fields.get("procedures", []), strict=True)]
    if ways != fields.get("procedures", []):
        found["procedures"] = ways
    return found


def _way(form: Any, way: Mapping[str, Any], today: date) -> dict[str, Any]:
    name = contact_of(way["channel"])
    value = _place(form.address.form) if name == "address" else clean(form[name].data)
    changed = {**way, name: value}
    if form.seen.data:
        evidence = f"Looked at on {today.isoformat()}."
        others = [one for one in way["basis"] if one["kind"] != BasisKind.OWN_LOOK]
        changed["basis"] = [*others, {"kind": BasisKind.OWN_LOOK.value, "evidence": evidence}]
        changed["checked"] = today.isoformat()
        changed.pop("check_by", None)
    return changed


def new_entry(form: AddForm, today: date) -> dict[str, Any]:
    """The raw fields of a company that is added.

    What the person read on the company's own site counts as a page of its own, anything else as
    one list by others: neither makes it more than unverified.
    """
    domain, source = _domain(str(form.domain.data)), clean(form.source.data)
    entry: dict[str, Any] = {
        "name": clean(form.name.data), "role": Role.BROKER.value, "category": form.category.data,
        "domains": [domain], "status": {"is": "active"},
        "sources": [{"url": source, "checked": today.isoformat(),
                     "confidence": Confidence.MEDIUM.value}]}
    channel = str(form.channel.data or "")
    if not channel:
        return {**entry, "cannot": _("No way out is known yet.")}
    own = site_of(source) == site_of(domain)
    kind = BasisKind.PRIVACY_POLICY if own else BasisKind.INDEPENDENT_LISTS
    name = contact_of(channel)
    place = _place(form.address.form) if name == "address" else clean(form.contact.data)
    return {**entry, "procedures": [{
        "channel": channel, name: place, "needs": list(form.needs.data or []),
        "basis": [{"kind": kind.value}], "checked": today.isoformat()}]}


def _domain(line: str) -> str:
    """A domain as the registry writes it; what is none stays, for the check to complain of."""
    host = host_of(line)
    return (host or line.strip().casefold()).removeprefix("www.")


def _place(form: Any) -> dict[str, Any]:
    found = {name: clean(form[name].data) for name in ("city", "region", "postal_code", "country")}
    lines = [clean(line) for line in str(form.lines.data or "").splitlines() if line.strip()]
    return {"lines": lines, **{name: value for name, value in found.items() if value}}


def _place_shown(address: Mapping[str, Any]) -> dict[str, Any]:
    return {**address, "lines": "\n".join(address.get("lines", []))}


def blame_fields(form: Form, error: InvalidFile) -> None:
    """Show each problem of an entry at its control, else at the head of the form."""
    for problem in error.problems or (str(error),):
        found = _PROBLEM.fullmatch(problem)
        path = found["field"] or "" if found else ""
        words = found["words"] if found else problem
        if isinstance(form, AddForm):
            path = _added_at(path)
        field = field_at(form, path) if path else None
        if field is None:
            form.form_errors.append(f"{path}: {words}" if path else words)
        else:
            add_error(field, words)


def _added_at(path: str) -> str:
    if path.startswith("procedures[0].address"):
        inner = path.partition("address")[2].lstrip(".")
        return f"address.{inner}" if inner else "address.lines"
    return next((name for start, name in _ADDED_AT.items() if path.startswith(start)), path)
