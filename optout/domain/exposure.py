"""An exposure: a listing of a person that was seen at a broker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Exposure:
    """One listing; a broker may show several of the same person.

    Args:
        id: ours, random, without meaning; empty until stored.
        url: where the listing is; personal data, like the note.
        note: what was seen, in the person's own words.
    """

    person_id: str
    broker_id: str
    url: str
    seen_on: date
    note: str = ""
    id: str = ""
