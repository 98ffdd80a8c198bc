"""What of a correction is fit for everyone: evidence, mailboxes and listings stay at home."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from optout.domain.regions import US_STATES
from optout.domain.words import BasisKind
from optout.registry.fields import BROKER
from optout.registry.finding import dotted
from optout.registry.kinds import Flags, Kind, ListOf, Path, Record

_MAILBOX = re.compile(r"[^\s@<>\"“”]+@[^\s@<>\"“”]+\.[a-z]{2,}", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d[\s().-]{0,2}){7,}")
_LINK = re.compile(r"https?://\S+")
_SENTENCES = frozenset({"text", "steps", "limits", "note", "notes", "cannot", "helps", "cautions",
                        "reason", "holds", "buyers", "name", "aliases", "operator"})
"""Fields of free words; a mailbox or a long number in them may be somebody's own."""

_PEOPLE = frozenset({"people", "person", "persons", "profile", "profiles", "name", "names", "find",
                     "p", "pf", "listing", "listings", "record", "records", "report", "details",
                     "address", "phone", "result", "results"})
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_NAMELIKE = re.compile(r"[^\W\d_]+(?:[-_+ .][^\W\d_]+)+(?:[-_+ .]?\d+)?")
_STATES = frozenset({code.lower() for code in US_STATES} | {
    name.lower().replace(" ", "-") for name in US_STATES.values()})
_ONE_PERSON = re.compile(r"\d{6,}|[0-9a-f]{16,}", re.IGNORECASE)
_FORM = re.compile(r"form|privacy|opt.?out|dsa?r\b|request|suppress|remov|delet|ccpa|do.not|"
                   r"policy|contact|terms|about|broker", re.IGNORECASE)
"""Words in the link of a page that is for everybody."""
_FORM_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_VERIFYING = frozenset({BasisKind.DELIVERED_MAIL.value, BasisKind.REPLY.value,
                        BasisKind.OWN_LOOK.value})
_GONE = object()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What does not go into the patch.

    Args:
        broker: the entry's id.
        field: the path of the field, such as `procedures[0].basis[0].evidence`.
        reason: why, as a sentence for its owner.
    """

    broker: str
    field: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """The shape in `registry patch`."""
        return {"id": self.broker, "field": self.field, "reason": self.reason}


@dataclass(slots=True)
class Screen:
    """Lets through what may be shared, and writes down what may not.

    Args:
        broker: the id of the entry that is looked at.
        public: texts of the packaged entry: what is public already passes.
        patterns: how the links of its listings are made, `{first}` and the like in them.
    """

    broker: str
    public: frozenset[str]
    patterns: tuple[str, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)

    def passes(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of an entry, without what may not be shared."""
        kinds = {one.name: one.kind for one in BROKER.fields}
        seen = {name: self._value(value, kinds.get(name), (name,))
                for name, value in fields.items()}
        return {name: value for name, value in seen.items() if value is not _GONE}

    def _value(self, value: Any, kind: Kind | None, path: Path) -> Any:
        if isinstance(kind, Record) and isinstance(value, Mapping):
            return self._record(value, kind, path)
        if isinstance(kind, ListOf) and isinstance(value, list):
            return self._list(value, kind, path)
        if kind is None:
            return self._drop(path, "It is no field of the registry.")
        if not isinstance(value, str) or value in self.public or isinstance(kind, Flags):
            return value
        name = next(str(step) for step in reversed(path) if isinstance(step, str))
        reason = _doubt(value, name, self.patterns)
        return self._drop(path, reason) if reason else value

    def _record(self, value: Mapping[str, Any], kind: Record, path: Path) -> Any:
        found = {}
        for one in kind.fields:
            if one.name not in value:
                continue
            at = (*path, one.name)
            if one.name == "evidence" and value["evidence"] not in self.public:
                self._drop(at, "What was seen is told by your own data; it stays with you.")
                if value.get("kind") in _VERIFYING:
                    return _GONE
                continue
            seen = self._value(value[one.name], one.kind, at)
            if seen is not _GONE:
                found[one.name] = seen
            elif one.required:
                return _GONE
        return found or _GONE

    def _list(self, value: list[Any], kind: ListOf, path: Path) -> Any:
        seen = [self._value(item, kind.kind, (*path, number))
                for number, item in enumerate(value)]
        kept = [item for item in seen if item is not _GONE]
        if len(kept) == len(value):
            return kept
        # Steps and envelopes are whole or worthless; ways and sources stand for themselves.
        whole = not isinstance(kind.kind, Record)
        return _GONE if whole or len(kept) < max(kind.least, 1) else kept

    def _drop(self, path: Path, reason: str) -> object:
        self.left_out.append(LeftOut(self.broker, dotted(path), reason))
        return _GONE


def _doubt(text: str, name: str, patterns: Sequence[str]) -> str:
    """Why a text may be personal; "" where nothing speaks for it."""
    if name in {"url", "pattern"}:
        return "The link looks like the listing of one person." if (
            is_listing(text, patterns)) else ""
    if name not in _SENTENCES:
        return ""
    if _MAILBOX.search(text):
        return "A mailbox stands in it; mailboxes belong into ways out and dead contacts."
    links = _LINK.findall(text)
    if any(is_listing(link, patterns) for link in links):
        return "A link in it looks like the listing of one person."
    if _NUMBER.search(_DAY.sub("", _LINK.sub("", text))):
        return "A long number stands in it, such as a phone number."
    return ""


def is_listing(link: str, patterns: Sequence[str] = ()) -> bool:
    """Whether a link looks like the page of one person: by a name, a number or a mailbox in it.

    Placeholders such as `{first}` are nobody's name. A doubt counts against the link.

    Args:
        link: a whole link, or a pattern of one.
        patterns: how the listings of the same site are linked.
    """
    everybodys = _FORM.search(link.partition("://")[2].partition("/")[2]) is not None
    if everybodys:
        link = _FORM_NUMBER.sub("0", link)
    elif "{" not in link and any(_matches(pattern, link) for pattern in patterns):
        return True
    try:
        parts = urlsplit(_PLACEHOLDER.sub("0", link))
    except ValueError:
        return True
    words = [unquote(word) for word in parts.path.split("/") if word]
    answers = [unquote(pair.partition("=")[2]) for pair in
               re.split(r"[&;]", f"{parts.query}&{parts.fragment}")]
    if any("@" in word or _ONE_PERSON.search(word) for word in (*words, *answers)):
        return True
    if any(_NAMELIKE.fullmatch(word.replace("+", " ")) for word in answers):
        return True
    return any(_NAMELIKE.fullmatch(word) and not _FORM.search(word) and (
        before.lower() in _PEOPLE or after.lower() in _STATES)
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False))


def _matches(pattern: str, link: str) -> bool:
    parts = [re.escape(part) for part in _PLACEHOLDER.split(pattern)]
    return re.match("[^/?&#]+".join(parts), link, re.IGNORECASE) is not None
