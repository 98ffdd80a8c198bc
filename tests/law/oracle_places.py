"""Laws that follow the person’s place, the firm’s, or what the firm aims at."""

from __future__ import annotations

from tests.law.oracle_verdict import Verdict, no

EEA = frozenset({
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
    "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO"})
_OWN_PRIVATE_LAW = frozenset({"CA-QC", "CA-AB", "CA-BC"})
_HOME_BY_LAW = {"ch-fadp": "CH", "ca-pipeda": "CA", "br-lgpd": "BR"}


def linked(law: str, residence: str, firm: str) -> Verdict:
    """Whether such a law links this person and this firm; both as ISO 3166 codes."""
    country, link = residence[:2], frozenset({"link"})
    if law in {"eu-gdpr", "gb-uk-gdpr"}:
        within = EEA if law == "eu-gdpr" else frozenset({"GB"})
        if firm in within:
            return Verdict(may=True, expected=True)
        return Verdict(may=True, limits=link, expected=True) if country in within else no(
            "neither the person nor the firm is there")
    if law == "ca-qc-law25":
        if residence == "CA-QC":
            return Verdict(may=True, limits=link, expected=True)
        return Verdict(may=True, limits=link) if firm == "CA" else no("no link to Quebec")
    home = _HOME_BY_LAW[law]
    if country == home:
        limits = frozenset() if firm == home else link
        own = residence in _OWN_PRIVATE_LAW
        return Verdict(may=True, limits=limits | ({"province"} if own else set()),
                       expected=not own)
    return Verdict(may=True, limits=link) if firm == home else no(f"no link to {home}")
