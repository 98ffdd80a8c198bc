"""The list of requests: a page of it, its filters, and what waits to be sent."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from optout.domain.listing import Wanted
from optout.domain.words import Standing
from optout.services import listing, people
from optout.services.pile_later import waiting_later
from optout.web.forms.listing import FilterForm
from optout.web.list_query import after, place_of, query, sort_of, wanted_of
from optout.web.state import desk

MOST_BUNDLES = 5
"""People on a page for whom it offers all documents."""


def request_list() -> str:
    """The page of the list that the address asks for."""
    wanted = wanted_of(request.args, desk().clock.today())
    sort = sort_of(request.args)
    page = listing.list_page(desk(), wanted, sort=sort, after=place_of(request.args))
    only = people.only_person(desk())
    whom, person_id = wanted.person_id or only, wanted.person_id
    plain = wanted == Wanted(person_id=person_id)
    owners = list(dict.fromkeys((row.request.person_id, row.person_name) for row in page.rows))
    return render_template(
        "pages/requests/list.html", page=page, wanted=wanted, sort=sort, plain=plain,
        person_id=person_id, person_name=name_of(person_id), whom=whom,
        several=not only and people.any_person(desk()), anybody=people.any_person(desk()),
        number=listing.count(desk(), wanted), query=query(wanted, sort),
        more=after(page.more) if page.more else "", form=filter_form(wanted, sort.value),
        owners=owners if len(owners) <= MOST_BUNDLES else [],
        ready=_waiting(person_id, Standing.READY),
        drafts=_waiting(person_id, Standing.DRAFT) if person_id else (),
        by_post=bool(whom and (listing.has_post(desk(), whom) or waiting_later(desk(), whom))),
        outdated=bool(person_id) and "outdated" in request.args)


def filter_form(wanted: Wanted, sort: str) -> FilterForm:
    """The filters, set as they are."""
    known: dict[str, Any] = {
        "person": wanted.person_id, "law": wanted.law, "sort": sort, "claim": wanted.claim or "",
        "look": wanted.look or "", "channel": wanted.channel or "",
        "late": bool(wanted.late_by), "mine": bool(wanted.shown_by),
        "company": listing.broker_name(desk(), wanted.broker_id) if wanted.broker_id else "",
        "standing": next(iter(query(Wanted(standings=wanted.standings)).get("standing", [])), ""),
        **{name: getattr(wanted, name) for name in (
            "made_from", "made_to", "sent_from", "sent_to")}}
    laws = [(law.id, law.name) for law in desk().laws.all_on(desk().clock.today())]
    return FilterForm(people=people_to_choose(wanted.person_id), laws=sorted(
        laws, key=lambda law: law[1]), data=known)


def people_to_choose(chosen: str = "") -> list[tuple[str, str]]:
    """Ids and names for a list of choices: everybody, or where they are too many, the one chosen.

    Others are then found by the search.
    """
    found = people.people_page(desk(), most=people.PAGE + 1)
    if len(found) > people.PAGE:
        return [(chosen, name_of(chosen))] if chosen else []
    return [(person.id, person.main_name.full) for person in found]


def name_of(person_id: str) -> str:
    """A person's name; empty without one."""
    return people.names_of(desk(), [person_id]).get(person_id, "") if person_id else ""


def _waiting(person_id: str, standing: Standing) -> tuple[str, ...]:
    return listing.unsent_of(desk(), person_id, standing, most=listing.MOST_WAITING)
