"""A first letter asks. It never threatens: with no authority, no court, no fine, no consequence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optout.settings import resource

LETTERS = resource("templates") / "letters"
FIRST = ("request", "asks", "form", "terms.txt")
"""What a first letter is made of; everything else comes after it, or is for the person."""

THREATS = {
    "en": r"(supervisory|data protection|public) authorit|regulator|\bcourts?\b|legal (action|step)"
          r"|lawsuit|\bsue\b|attorney general|penalt|\bfined?\b|\bfines\b|consequence"
          r"|(will|shall|may|might) (have to )?(complain|report|appeal|escalate)"
          r"|complain(t)? (to|with) (?!you)|damages",
    "de": r"aufsichtsbeh|behörde|gericht|rechtliche schritte|klage|anwalt|bußgeld|beschwer"
          r"|konsequenz|schadens?ersatz",
    "es": r"autoridad|tribunal|juzgado|demandar|acciones legales|multa|sanci|denunci|reclamaci"
          r"|consecuencia|indemniza",
    "fr": r"autorité de contrôle|\bcnil\b|tribuna|justice|poursui|amende|sanction|plainte"
          r"|réclamation|conséquence|dommages",
}


def first_texts(language: str) -> list[Path]:
    folder = LETTERS / language
    return [path for part in FIRST for path in (
        (folder / part).rglob("*.txt") if (folder / part).is_dir() else [folder / part])
        if path.exists()]


def test_every_language_is_looked_at() -> None:
    assert {path.name for path in LETTERS.iterdir() if path.is_dir()} == set(THREATS)


@pytest.mark.parametrize("language", sorted(THREATS))
def test_no_text_of_a_first_letter_threatens(language: str) -> None:
    texts = first_texts(language)
    assert len(texts) > 2
    found = [f"{path.relative_to(LETTERS)}: {match.group()}" for path in texts
             for match in re.finditer(THREATS[language], path.read_text("utf-8").casefold())]
    assert found == []


@pytest.mark.parametrize(("language", "threat"), [
    ("en", "otherwise i will complain to the attorney general"),
    ("en", "a court may order this"),
    ("de", "sonst wende ich mich an die aufsichtsbehörde"),
    ("es", "presentaré una reclamación ante la autoridad"),
    ("fr", "sinon je saisirai la cnil d’une plainte"),
])
def test_a_threat_would_be_found(language: str, threat: str) -> None:
    assert re.search(THREATS[language], threat)
