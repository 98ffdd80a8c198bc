"""What a request rests on, law by law: each reason and each condition told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optout.domain.footing import Footing, Limit
from optout.domain.words import Right


@dataclass(frozen=True, slots=True)
class Condition:
    """A limit of a request; `rights` where it does not limit all rights of its law."""

    limit: Limit
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """One law, or none, under a request, with its rights in the order of the request."""

    law: str
    footings: tuple[Footing, ...]

    @property
    def name(self) -> str:
        """The law's name; its id where the request kept none."""
        return self.footings[0].law_name or self.law

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the law reaches, each sentence once."""
        return tuple(dict.fromkeys(one.reason for one in self.footings if one.reason))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What could not be checked, each once."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        limits = {limit: None for one in self.footings for limit in one.limits}
        for limit in limits:
            bound = tuple(one.right for one in self.footings if limit in one.limits)
            yield Condition(limit, bound if len(bound) < len(self.footings) else ())


def bases_of(footings: Sequence[Footing]) -> tuple[Basis, ...]:
    """The footings of a request together by law, in their order."""
    laws = dict.fromkeys(one.law for one in footings)
    return tuple(Basis(law, tuple(one for one in footings if one.law == law)) for law in laws)
