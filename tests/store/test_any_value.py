"""Whatever a person's life holds comes back from the database as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout.domain.document import Reply
from optout.domain.footing import ComputedDate, Deadlines, Footing, Limit
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import NameKind
from optout.store import matters, people, replies, requests
from optout.store.store import Store
from tests.store import samples

# Lone surrogates and NUL are no text that a form, a file or a mail can bring.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
WORDS = TEXT.filter(str.strip)
CODES = st.sampled_from(["US-CA", "US-VA", "DE", "FR-75"])
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds take no zone


st.register_type_strategy(str, TEXT)
st.register_type_strategy(date, DAYS)
st.register_type_strategy(int, st.integers(0, 10_000))
ADDRESSES = st.builds(
    PostalAddress, lines=st.lists(WORDS, min_size=1, max_size=4).map(tuple), city=WORDS,
    country=st.sampled_from(["US", "DE"]))
PEOPLE = st.builds(
    Person,
    id=st.just(""),
    names=st.tuples(st.builds(PersonName, given=WORDS, kind=st.just(NameKind.LEGAL)),
                    st.builds(PersonName, family=WORDS)),
    residences=st.lists(st.builds(Residence, code=CODES), min_size=1, max_size=3).map(tuple),
    emails=st.lists(st.builds(ContactPoint), max_size=3).map(tuple),
    phones=st.lists(st.builds(ContactPoint), max_size=3).map(tuple),
    addresses=st.lists(st.builds(PersonAddress, address=ADDRESSES), max_size=3).map(tuple),
    advertising_ids=st.lists(st.builds(ContactPoint), max_size=2).map(tuple),
    reply_address=st.none() | ADDRESSES)
REQUESTS = st.builds(
    Request, footings=st.lists(st.builds(
        Footing, limits=st.lists(st.builds(Limit), max_size=2).map(tuple)),
        min_size=1, max_size=3).map(tuple),
    predecessor_id=st.just(""), successor_id=st.just(""))
EVENTS = st.builds(RequestEvent, actor=st.just("owner"), recorded_at=INSTANTS)
DATES = st.builds(StatutoryDate, deadlines=st.builds(
    Deadlines, respond_by=st.none() | st.builds(ComputedDate)))
REPLIES = st.builds(Reply, request_id=st.just(""), received_at=st.none() | INSTANTS)

ON_ONE_STORE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ON_ONE_STORE
@given(first=PEOPLE, second=PEOPLE)
def test_any_person_comes_back_and_any_other_can_take_its_place(
    store: Store, first: Person, second: Person,
) -> None:
    with store.writing() as session:
        saved = people.save(session, first)
        session.expunge_all()
        assert people.get(session, saved.id) == saved
        people.save(session, replace(second, id=saved.id))
        session.expunge_all()
        assert people.get(session, saved.id) == replace(second, id=saved.id)


@ON_ONE_STORE
@given(request=REQUESTS, event=EVENTS, dates=st.lists(DATES, max_size=3).map(tuple))
def test_any_request_comes_back_added_alone_or_in_bulk(
    store: Store, request: Request, event: RequestEvent, dates: tuple[StatutoryDate, ...],
) -> None:
    with store.writing() as session:
        person = people.save(session, samples.AVERY)
        matter = matters.current(session, person.id, samples.DAY)
        alone = replace(request, id=f"{person.id}-1", person_id=person.id, matter_id=matter.id)
        bulk = replace(alone, id=f"{person.id}-2")
        requests.add_many(session, [alone])
        requests.add_many(session, [bulk])
        requests.add_event(session, alone.id, event)
        requests.save_dates(session, alone.id, dates)
        assert {r.id: r for r in requests.every(session, person.id)} == {
            alone.id: alone, bulk.id: bulk}
        assert requests.events(session, alone.id) == (event,)
        assert requests.dates(session, alone.id) == dates


@ON_ONE_STORE
@given(reply=REPLIES)
def test_any_reply_comes_back(store: Store, reply: Reply) -> None:
    with store.writing() as session:
        if replies.add(session, reply, "R-1"):
            assert reply in replies._select(session, sa.true())
