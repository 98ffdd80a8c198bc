"""What a request rests on, law by law."""

from __future__ import annotations

from optout.domain.footing import VOLUNTARY, Footing, Limit
from optout.domain.words import Right
from optout.web.basis import Condition, bases_of

SIZE = Limit("size", "you are large", "Small firms are outside.")
WRONG = Limit("wrong", "it is wrong")


def test_each_law_is_told_once_with_its_reasons_and_conditions() -> None:
    footings = (
        Footing("a", Right.DELETE, "Law A", "§ 1", limits=(SIZE,), reason="You live there."),
        Footing("b", Right.DELETE, limits=(SIZE,)),
        Footing("a", Right.CORRECT, "Law A", "§ 2", limits=(SIZE, WRONG),
                reason="You live there."))
    first, second = bases_of(footings)
    assert first.name == "Law A"
    assert [one.right for one in first.footings] == [Right.DELETE, Right.CORRECT]
    assert first.reasons == ("You live there.",)
    assert first.conditions == (Condition(SIZE), Condition(WRONG, (Right.CORRECT,)))
    assert second.name == "b"
    assert second.reasons == ()


def test_a_courteous_request_rests_on_nothing() -> None:
    basis, = bases_of((VOLUNTARY,))
    assert basis.law == "voluntary"
    assert basis.conditions == ()
