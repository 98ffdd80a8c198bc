"""The people of the journeys: fictional, and unmistakable wherever their words turn up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Place:
    """A postal address as a person types it."""

    street: str
    city: str
    region: str
    postal_code: str
    country: str


@dataclass(frozen=True)
class Asker:
    """What one person types into the form.

    Args:
        residence: what the select shows.
        alias: given and family name of another name.
        addresses: the current one first, then earlier ones.
        reply_place: where letters may go; None leaves it empty.
    """

    given: str
    family: str
    residence: str
    middle: str = ""
    alias: tuple[str, str] | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[Place, ...] = ()
    reply_email: str = ""
    reply_place: Place | None = None
    words: tuple[str, ...] = field(default=())

    @property
    def full_name(self) -> str:
        """As letters show it."""
        return " ".join(filter(None, (self.given, self.middle, self.family)))


PASSPHRASE = "seven quixotic otters under a bridge"

CALIFORNIAN = Asker(
    given="Xylophina", middle="Quillfeather", family="Zanzibarson", residence="California",
    alias=("Peregrina", "Wobblewick"),
    emails=("xyla.quibblethorn@example.com", "second.fizzlebrook@example.com"),
    phones=("+1 415 555 0187", "(415) 555-0163"),
    addresses=(
        Place("4711 Canarybird Way", "San Francisco", "CA", "94177", "United States"),
        Place("8155 Formerfinch Street", "Oakland", "CA", "94609", "United States")),
    reply_email="answers.drumlinbox@example.com",
    reply_place=Place("PO Box 881273", "Oakland", "CA", "94604", "United States"),
)

VIRGINIAN = replace(
    CALIFORNIAN, residence="Virginia",
    addresses=(Place("4711 Canarybird Way", "Richmond", "VA", "23218", "United States"),),
    reply_place=Place("PO Box 881273", "Richmond", "VA", "23219", "United States"))

NEW_YORKER = replace(
    CALIFORNIAN, residence="New York",
    addresses=(Place("4711 Canarybird Way", "Albany", "NY", "12207", "United States"),),
    reply_place=Place("PO Box 881273", "Albany", "NY", "12208", "United States"))

BERLINER = Asker(
    given="Jörgine", family="Zwölfpfennig", residence="Germany",
    emails=("xyla.quibblethorn@example.com",), phones=("+49 30 23125 187",),
    addresses=(Place("Kanarienweg 4711", "Berlin", "", "10179", "Germany"),),
    reply_email="answers.drumlinbox@example.com",
    reply_place=Place("Postfach 881273", "Berlin", "", "10117", "Germany"))

CANARY = (
    "xylophina", "quillfeather", "zanzibarson", "peregrina", "wobblewick", "quibblethorn",
    "fizzlebrook", "4155550187", "4155550163", "555 0187", "555-0163", "canarybird",
    "formerfinch", "drumlinbox", "881273", "94177", "quixotic otters", "zwölfpfennig",
    "kanarienweg", "listing-of-wobblewick", "squeamish ossifrage", "tracking-tardigrade",
)
"""Lower-case words of these people, and of what they type later; each is theirs alone."""
