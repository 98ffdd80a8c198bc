"""Pasted listings are matched, shown by their opt-out, kept all at once, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.exposure import Exposure
from optout.domain.person import Person
from optout.domain.words import Fact, Standing
from optout.registry.pasted import MOST_LINKS
from optout.services import exposures, intake
from optout.services.desk import Desk
from optout.services.intake import Found, Intake, LeftOut, Network, Shown, Unknown, Why
from optout.store import audit, matters, requests
from tests.store.samples import request

ONE = "https://quickmail.example/people/avery-sample"
TWO = "https://quickmail.example/people/avery-sample-2"
FORM = "https://formfirst.example/p/avery"
MIRROR = "https://formmirror.example/p/avery"
GONE = "https://longgone.example/avery"
PASTED = f"""
{ONE}?utm_source=x
https://www.quickmail.example/people/avery-sample/
{MIRROR} {FORM} {TWO} {GONE}
https://asksmuch.example › people
https://nobody.example/avery
https://quickmail.example/search https://www.google.com/search?q=avery
https://www.google.com/maps
"""


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as session:
        return [(entry.act, entry.subject) for entry in audit.latest(session)
                if "exposure" in entry.act]


def kept(desk: Desk, person: Person) -> list[str]:
    return [exposure.url for exposure in exposures.list_exposures(desk, person.id)]


def test_a_pasted_text_is_read_without_being_kept(desk: Desk, avery: Person) -> None:
    found = intake.read_pasted(desk.library, PASTED)
    assert found == Intake(
        new=(Found("quick-mail", ONE), Found("form-mirror", MIRROR), Found("form-first", FORM),
             Found("quick-mail", TWO), Found("long-gone", GONE, gone=True)),
        shown_only=(Shown("asksmuch.example", "asks-much"),),
        unknown=(Unknown("nobody.example", 1),),
        left_out=(LeftOut(Why.ENGINE, "google.com", 2),
                  LeftOut(Why.SERVICE_PAGE, "quickmail.example", 1)),
        networks=(Network(("quick-mail",)), Network(("form-mirror", "form-first"), "form-first"),
                  Network(("long-gone",))))
    assert kept(desk, avery) == []
    assert acts(desk) == []


def test_one_listing_of_a_network_stands_alone(desk: Desk) -> None:
    found = intake.read_pasted(desk.library, MIRROR)
    assert found.networks == (Network(("form-mirror",)),)


def test_all_is_kept_but_what_is_at_a_broker_that_is_gone(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    taken = intake.take_in(desk, avery.id, PASTED, actor=OWNER)
    assert kept(desk, avery) == [ONE, MIRROR, FORM, TWO]
    assert list(taken.kept) == list(exposures.list_exposures(desk, avery.id))
    assert {one.seen_on for one in taken.kept} == {clock.today()}
    assert sorted(acts(desk)) == sorted(("add_exposure", one.id) for one in taken.kept)


def test_what_is_known_is_not_kept_twice_however_it_is_written(
    desk: Desk, avery: Person
) -> None:
    intake.take_in(desk, avery.id, ONE, on=date(2026, 11, 1), actor=OWNER)
    again = intake.take_in(
        desk, avery.id, f"http://www.quickmail.example/people/avery-sample/#x {TWO}",
        actor=OWNER)
    assert [one.url for one in again.known] == ["http://www.quickmail.example/people/avery-sample/"]
    assert [one.url for one in again.kept] == [TWO]
    assert again.networks == (Network(("quick-mail",)),)
    assert intake.read_for(desk, avery.id, f"{ONE} {TWO}").new == ()
    assert kept(desk, avery) == [ONE, TWO]


def test_only_what_is_chosen_is_kept_and_nothing_that_was_not_pasted(
    desk: Desk, avery: Person
) -> None:
    taken = intake.take_in(desk, avery.id, PASTED, only=[GONE, "https://quickmail.example/other"],
                           actor=OWNER)
    assert kept(desk, avery) == [GONE]
    assert [one.url for one in taken.kept] == [GONE]
    assert intake.take_in(desk, avery.id, PASTED, only=(), actor=OWNER).kept == ()


def test_another_persons_listing_is_not_known(desk: Desk, avery: Person) -> None:
    from optout.services import people
    from tests.factories import virginian

    other = people.add_person(desk, virginian(), actor=OWNER)
    intake.take_in(desk, avery.id, ONE, actor=OWNER)
    assert len(intake.take_in(desk, other.id, ONE, actor=OWNER).kept) == 1
    with pytest.raises(NotFound):
        intake.forget_exposure(desk, other.id, exposures.list_exposures(desk, avery.id)[0].id,
                               actor=OWNER)


def test_a_listing_entered_by_hand_in_a_form_of_old_does_not_stand_in_the_way(
    desk: Desk, avery: Person
) -> None:
    exposures.add_exposure(desk, avery.id, "quick-mail", "https://localhost/x", actor=OWNER)
    assert len(intake.take_in(desk, avery.id, ONE, actor=OWNER).kept) == 1


def test_if_one_cannot_be_kept_none_is(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def failing(*_: object) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise KeyError("the third")

    monkeypatch.setattr("optout.store.audit.write", failing)
    with pytest.raises(KeyError, match="the third"):
        intake.take_in(desk, avery.id, PASTED, actor=OWNER)
    monkeypatch.undo()
    assert kept(desk, avery) == []
    assert acts(desk) == []


def test_what_cannot_be_taken_in_is_refused_without_repeating_it(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    many = "\n".join(f"{ONE}{n}" for n in range(MOST_LINKS + 1))
    with pytest.raises(InvalidInput) as refused:
        intake.take_in(desk, avery.id, many, actor=OWNER)
    assert "avery" not in str(refused.value)
    with pytest.raises(InvalidInput, match="not come yet"):
        intake.take_in(desk, avery.id, ONE, on=clock.today() + timedelta(days=1), actor=OWNER)
    with pytest.raises(NotFound):
        intake.take_in(desk, "P-222222", ONE, actor=OWNER)
    with pytest.raises(NotFound):
        intake.read_for(desk, "P-222222", ONE)
    assert kept(desk, avery) == []


@pytest.fixture
def listing(desk: Desk, avery: Person) -> Exposure:
    """A listing at the mirror of another broker."""
    return intake.take_in(desk, avery.id, MIRROR, actor=OWNER).kept[0]


def test_a_mistake_is_taken_back(desk: Desk, avery: Person, listing: Exposure) -> None:
    intake.forget_exposure(desk, avery.id, listing.id, actor=OWNER)
    assert kept(desk, avery) == []
    assert acts(desk)[0] == ("forget_exposure", listing.id)
    with pytest.raises(NotFound):
        intake.forget_exposure(desk, avery.id, listing.id, actor=OWNER)


CARRIES = (Fact.FULL_NAME, Fact.LISTING_URL)


@pytest.mark.parametrize(("changes", "sent_after", "reason"), [
    ({"standing": Standing.READY}, None, "prepared"),
    ({"standing": Standing.SENT}, 0, "was sent with this link"),
    ({"standing": Standing.WITHDRAWN}, 3, "was sent with this link"),
    ({"standing": Standing.SENT, "broker_id": "form-mirror", "covers": ()}, 0, "was sent"),
    ({"standing": Standing.READY, "broker_id": "unknown", "covers": ("form-mirror",)}, None,
     "prepared"),
    ({"standing": Standing.SENT}, -1, ""),
    ({"standing": Standing.DRAFT}, None, ""),
    ({"standing": Standing.READY, "facts": (Fact.FULL_NAME,)}, None, ""),
    ({"standing": Standing.READY, "broker_id": "quick-mail"}, None, ""),
])
def test_a_listing_stays_while_a_request_rests_on_it(
    desk: Desk, avery: Person, listing: Exposure, *, changes: dict[str, object],
    sent_after: int | None, reason: str,
) -> None:
    day = listing.seen_on
    with desk.store.writing() as session:
        matter = matters.current(session, avery.id, day)
        made = replace(request(avery.id, matter.id), broker_id="form-first", covers=(),
                       facts=CARRIES)
        sent = None if sent_after is None else day + timedelta(days=sent_after)
        requests.add_many(session, [replace(made, sent_on=sent, **changes)])  # type: ignore[arg-type]  # its fields
    if not reason:
        intake.forget_exposure(desk, avery.id, listing.id, actor=OWNER)
        assert kept(desk, avery) == []
        return
    with pytest.raises(Refused, match=reason) as refused:
        intake.forget_exposure(desk, avery.id, listing.id, actor=OWNER)
    assert "avery" not in str(refused.value)
    assert kept(desk, avery) == [MIRROR]


def test_removing_one_leaves_the_others(desk: Desk, avery: Person) -> None:
    intake.take_in(desk, avery.id, f"{ONE} {TWO}", actor=OWNER)
    first = exposures.list_exposures(desk, avery.id)[0]
    intake.forget_exposure(desk, avery.id, first.id, actor=OWNER)
    assert kept(desk, avery) == [TWO]
