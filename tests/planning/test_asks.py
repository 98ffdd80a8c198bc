"""One letter stands on one law, and asks only for what is offered and taken."""

from __future__ import annotations

from optout.domain.broker import Procedure
from optout.domain.footing import VOLUNTARY, Applicable, Footing, Limit
from optout.domain.words import Channel, Right
from optout.planning.asks import FILE_LAW, Ask, ask_for
from tests.planning.builders import procedure

FORM = Channel.WEB_FORM


def offer(*pairs: tuple[str, Right]) -> Applicable:
    return Applicable(tuple(Footing(law, right) for law, right in pairs), ())


CALIFORNIA = offer(("ca", Right.OPT_OUT_OF_SALE), ("ca", Right.LIMIT_SENSITIVE),
                   ("ca", Right.ACCESS), ("ca", Right.CORRECT))
EUROPE = offer(("eu", Right.DELETE), ("eu", Right.OBJECT), ("eu", Right.RESTRICT),
               ("eu", Right.ACCESS))


def rights(ask: Ask) -> list[Right]:
    return [footing.right for footing in ask.footings]


def by(channel: Channel = Channel.EMAIL, *named: Right) -> Procedure:
    return procedure(channel, rights=named)


def test_a_letter_asks_to_opt_out_and_to_see_what_is_held() -> None:
    assert rights(ask_for(CALIFORNIA, by())) == [
        Right.OPT_OUT_OF_SALE, Right.LIMIT_SENSITIVE, Right.ACCESS]


def test_access_is_not_asked_beside_a_deletion() -> None:
    assert rights(ask_for(EUROPE, by())) == [Right.DELETE, Right.OBJECT]


def test_a_form_of_unknown_scope_asks_for_removal_alone() -> None:
    assert rights(ask_for(CALIFORNIA, by(FORM))) == [Right.OPT_OUT_OF_SALE]
    assert rights(ask_for(CALIFORNIA, by(FORM, Right.ACCESS))) == [Right.ACCESS]


def test_only_what_the_procedure_takes_is_asked() -> None:
    assert rights(ask_for(CALIFORNIA, by(FORM, Right.LIMIT_SENSITIVE))) == [Right.LIMIT_SENSITIVE]


def test_where_no_right_fits_it_is_asked_as_a_courtesy() -> None:
    assert ask_for(CALIFORNIA, by(FORM, Right.DELETE)).footings == (VOLUNTARY,)
    assert ask_for(offer(), by()).is_voluntary


def test_a_law_that_only_shows_waits_for_a_courteous_removal() -> None:
    ask = ask_for(offer(("ch", Right.ACCESS)), by())
    assert ask.footings == (VOLUNTARY,)
    assert [(w.law, w.right) for w in ask.withheld] == [("ch", Right.ACCESS)]
    assert rights(ask_for(offer(("ch", Right.ACCESS)), by(FORM, Right.ACCESS))) == [Right.ACCESS]


def test_a_law_on_one_kind_of_data_does_not_stand_in_for_the_whole_record() -> None:
    health = Footing("wa", Right.DELETE, limits=(Limit("consumer_health_data", "it is"),))
    ask = ask_for(Applicable((health,), ()), by())
    assert ask.footings == (VOLUNTARY,)
    assert [(w.law, w.right) for w in ask.withheld] == [("wa", Right.DELETE)]
    assert ask_for(Applicable((health,), ()), by(), Right.DELETE).footings == (health,)


def test_a_consumer_file_and_a_privacy_law_never_share_a_letter() -> None:
    both = Applicable((Footing(FILE_LAW, Right.ACCESS), *CALIFORNIA.offered), ())
    ask = ask_for(both, by())
    assert {f.law for f in ask.footings} == {"ca"}
    assert [(w.law, w.right) for w in ask.withheld] == [(FILE_LAW, Right.ACCESS)]
    assert "one law" in ask.withheld[0].reason


def test_a_consumer_file_is_frozen_or_disputed_only_where_the_procedure_is_meant_for_it() -> None:
    file = offer((FILE_LAW, Right.ACCESS), (FILE_LAW, Right.FREEZE), (FILE_LAW, Right.DISPUTE))
    assert rights(ask_for(file, by())) == [Right.ACCESS]
    assert rights(ask_for(file, by(FORM, Right.FREEZE))) == [Right.FREEZE]
    assert ask_for(file, by(FORM, Right.DISPUTE)).is_voluntary


def test_a_right_asked_for_by_name_is_asked_for_alone() -> None:
    assert rights(ask_for(EUROPE, by(), Right.ACCESS)) == [Right.ACCESS]
    assert rights(ask_for(CALIFORNIA, by(), Right.CORRECT)) == [Right.CORRECT]


def test_a_right_that_the_person_lacks_is_never_asserted() -> None:
    assert ask_for(CALIFORNIA, by(), Right.DELETE).footings == ()


def test_a_courtesy_can_be_chosen_where_a_law_applies() -> None:
    assert ask_for(CALIFORNIA, by(), Right.VOLUNTARY).footings == (VOLUNTARY,)
