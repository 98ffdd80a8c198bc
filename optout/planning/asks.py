"""What one request asks for: the rights that may stand together in one letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optout.domain.broker import Procedure
from optout.domain.footing import VOLUNTARY, Applicable, Footing, Withheld
from optout.domain.words import Right
from optout.law.limits import AGENCY
from optout.planning.identity import LETTERS

FILE_LAW = "us-federal-fcra"
"""Stands in letters of its own: a consumer file is read and frozen, never opted out of."""

REMOVING: tuple[Right, ...] = (
    Right.DELETE, Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS,
    Right.OPT_OUT_OF_PROFILING, Right.LIMIT_SENSITIVE, Right.OBJECT,
    Right.OBJECT_DIRECT_MARKETING, Right.CEASE_DISSEMINATION, Right.SUPPRESS_PUBLICATION,
)
"""Rights that take data away; they may be asked for together under one law."""

FILE_RIGHTS: tuple[Right, ...] = (Right.OPT_OUT_PRESCREEN, Right.FREEZE, Right.ACCESS)
"""What is asked of a consumer file, each only where the procedure is meant for it.

A dispute, a block or a fraud alert needs words about what is wrong: never asked by default.
"""

_OF_FILES = frozenset({*FILE_RIGHTS, Right.UNFREEZE, Right.DISPUTE, Right.BLOCK, Right.FRAUD_ALERT})
"""What a procedure for consumer files is made for; asking it to remove someone is useless."""

_ONLY_WHERE_NAMED = frozenset({Right.LIMIT_SENSITIVE, Right.OPT_OUT_OF_PROFILING})
"""Rights that a form of unknown scope is not filled in for; a letter may ask for them."""

_OF_ONE_KIND_OF_DATA = frozenset({"consumer_health_data"})
"""Limits of laws on one kind of data: a request on such a law leaves the rest of a record alone."""

_ANOTHER_LAW = ("It stands on another law, and one letter stands on one law. Ask for it in "
                "another one.")


@dataclass(frozen=True, slots=True)
class Ask:
    """The footings of one request, best first, and the laws that have to wait for another one.

    Args:
        footings: empty where a right was asked for by name and cannot be asserted this way.
    """

    footings: tuple[Footing, ...]
    withheld: tuple[Withheld, ...] = ()

    @property
    def is_voluntary(self) -> bool:
        """Whether no law stands behind it."""
        return self.footings == (VOLUNTARY,)

    @property
    def removes(self) -> bool:
        """Whether it asks that data go away, by law or as a courtesy."""
        return self.is_voluntary or _removes(self.footings)


def _removes(footings: Sequence[Footing]) -> bool:
    return any(f.right in REMOVING or f.right is Right.OPT_OUT_PRESCREEN for f in footings)


def is_of_one_kind(footing: Footing) -> bool:
    """Whether it reaches one kind of data only, and leaves the rest of a record alone."""
    return any(limit.key in _OF_ONE_KIND_OF_DATA for limit in footing.limits)


def _removes_the_record(footings: Sequence[Footing]) -> bool:
    return _removes(tuple(f for f in footings if not is_of_one_kind(f)))


def _is_for_removal(procedure: Procedure) -> bool:
    return not procedure.rights or any(r in REMOVING for r in procedure.rights)


def _takes(procedure: Procedure, right: Right) -> bool:
    return not procedure.rights or right in procedure.rights


def _by_itself(offers: Sequence[Footing], procedure: Procedure) -> tuple[Footing, ...]:
    """The rights of one law that a request asks for when nobody chose.

    A firm that is not known to be a consumer reporting agency is not asked for a consumer file.
    """
    if offers[0].law == FILE_LAW:
        offers = [f for f in offers if AGENCY not in f.limits]
        named = [f for f in offers if f.right in FILE_RIGHTS and f.right in procedure.rights]
        plain = [f for f in offers if f.right is Right.ACCESS and not procedure.rights]
        return tuple(named or plain)
    by_form = procedure.channel not in LETTERS
    chosen = [f for f in offers if f.right in REMOVING and _takes(procedure, f.right)
              and not (by_form and f.right in _ONLY_WHERE_NAMED and not procedure.rights)]
    # To see what they hold is asked beside an opt-out, in letters; not beside a deletion, which
    # could empty the answer, and not in a form unless the form is made for it.
    wants_access = not chosen if by_form else all(f.right is not Right.DELETE for f in chosen)
    if wants_access:
        chosen += [f for f in offers if f.right is Right.ACCESS and _takes(procedure, f.right)
                   and (not by_form or f.right in procedure.rights)]
    return tuple(f for f in offers if f in chosen)


def why_no_courtesy(applicable: Applicable, procedure: Procedure) -> str:
    """Why a procedure for consumer files is no way for this person; "" for any other procedure.

    Where the law of such files gives the person nothing that it takes (an agent, an agency that
    a right does not bind), a request to remove them would ask it for what it is not made for.
    """
    if not procedure.rights or not _OF_FILES.issuperset(procedure.rights):
        return ""
    return next((w.reason for w in applicable.withheld
                 if w.law == FILE_LAW and w.right in procedure.rights), "")


def ask_for(applicable: Applicable, procedure: Procedure, right: Right | None = None) -> Ask:
    """What a request by this procedure asks for.

    Args:
        applicable: what the law offers, best first.
        procedure: only rights that it takes are asked for.
        right: ask for this right only; it is never asserted where it is not offered.
    """
    if right is Right.VOLUNTARY:
        return Ask((VOLUNTARY,))
    by_law: dict[str, list[Footing]] = {}
    for footing in applicable.offered:
        by_law.setdefault(footing.law, []).append(footing)
    chosen: list[tuple[Footing, ...]] = []
    for offers in by_law.values():
        asked = _by_itself(offers, procedure) if right is None else tuple(
            f for f in offers if f.right is right and _takes(procedure, right))
        if asked:
            chosen.append(asked)
    if right is None and _is_for_removal(procedure) and not any(
            asked[0].law == FILE_LAW or _removes_the_record(asked) for asked in chosen):
        # A letter that only asks to see, or only for one kind of data, leaves the person listed.
        chosen.insert(0, (VOLUNTARY,))
    if not chosen:
        courteous = right is None and not why_no_courtesy(applicable, procedure)
        return Ask((VOLUNTARY,) if courteous else ())
    # What takes data away goes before what only shows it; else the law's own order holds.
    chosen.sort(key=lambda asked: not (asked == (VOLUNTARY,) or _removes_the_record(asked)))
    waiting = tuple(Withheld(f.law, f.right, _ANOTHER_LAW) for asked in chosen[1:] for f in asked)
    return Ask(chosen[0], waiting)
