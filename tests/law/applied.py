"""What applies to a person and a broker, as tests ask for it."""

from __future__ import annotations

from datetime import date

from optout.domain.broker import Broker
from optout.domain.footing import Applicable, Footing
from optout.domain.words import ActingAs, Right
from optout.law.applicable import applicable
from tests.law.samples import BROKER, book

TODAY, LAST_DAY, NEW_LAW, LATER = (
    date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 1))
CCPA, DROP, VCDPA, FCRA, GDPR = (
    "us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr")
OPT_OUTS = frozenset({Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS})


def ask(
    residence: str, broker: Broker | None = BROKER, day: date = TODAY,
    acting_as: ActingAs = ActingAs.SELF, *, power: bool = False,
) -> Applicable:
    return applicable(book(), [residence], broker, day, acting_as, holds_power_of_attorney=power)


def pairs(found: Applicable) -> list[tuple[str, Right]]:
    return [(footing.law, footing.right) for footing in found.offered]


def laws(found: Applicable) -> set[str]:
    return {footing.law for footing in found.offered}


def one(found: Applicable, law: str, right: Right) -> Footing:
    return next(f for f in found.offered if (f.law, f.right) == (law, right))


def keys(footing: Footing) -> set[str]:
    return {limit.key for limit in footing.limits}


def reason(found: Applicable, law: str, right: Right | None = None) -> str:
    return next(w.reason for w in found.withheld if (w.law, w.right) == (law, right))
