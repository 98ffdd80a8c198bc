"""Listings: paste them, look at what was found, keep what is meant, take a mistake back.

What is pasted comes in the body of a request and goes back in its answer alone: never into an
address, the session or a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.exposure import Exposure
from optout.services import exposures, intake, people
from optout.services.desk import Desk
from optout.services.intake import Found, Intake
from optout.web.forms.intake import PasteForm
from optout.web.forms.setup import BareForm
from optout.web.guard import may_send
from optout.web.i18n import counted
from optout.web.i18n import text as _
from optout.web.intake_labels import WHY
from optout.web.selection import choose
from optout.web.state import desk

blueprint = Blueprint("intake", __name__)

MOST_BYTES = 8 * 1024 * 1024
"""Of a pasted text as browsers send it: most signs are one byte, no sign is more than four."""


@dataclass(frozen=True, slots=True)
class Group:
    """Companies whose listings are shown together.

    Args:
        served_by: the company whose one opt-out serves them all; None where there is one company.
        listings: with the number of each on the page, by company.
    """

    served_by: Broker | None
    listings: tuple[tuple[Broker, tuple[tuple[int, Found], ...]], ...]


@blueprint.get("/people/<person_id>/listings")
def paste(person_id: str) -> ResponseReturnValue:
    """The field to paste into, and the listings that are known."""
    return _page(person_id, PasteForm(formdata=None))


@blueprint.post("/people/<person_id>/listings")
@may_send(MOST_BYTES)
def preview(person_id: str) -> ResponseReturnValue:
    """What was found in the pasted text; nothing is kept yet."""
    form = PasteForm()
    if not form.validate_on_submit():
        return _page(person_id, form), 422
    try:
        found = intake.read_for(desk(), person_id, str(form.text.data))
    except InvalidInput as error:
        form.text.data = ""  # it is too much to be sent back
        form.blame(error)
        return _page(person_id, form), 422
    return render_template(
        "pages/intake/preview.html", person=people.get_person(desk(), person_id), found=found,
        groups=_groups(desk(), found), names=_names(desk(), found), reasons=WHY,
        nothing=found == Intake())


@blueprint.post("/people/<person_id>/listings/keep")
@may_send(MOST_BYTES)
def keep(person_id: str) -> ResponseReturnValue:
    """Keep the ticked listings; the service reads and matches each of them anew."""
    ticked = request.form.getlist("link")
    links = "\n".join(f"<{link}>" for link in ticked)
    kept = intake.take_in(desk(), person_id, links, only=ticked, actor=OWNER).kept
    if kept:
        choose(person_id, dict.fromkeys(exposure.broker_id for exposure in kept))
        flash(counted("%(num)d listing is kept, and the company that shows it is selected.",
                      "%(num)d listings are kept, and the companies that show them are selected.",
                      len(kept)))
    else:
        flash(_("Nothing was kept: nothing was ticked, or it is all known already."), "error")
    return redirect(url_for("intake.paste", person_id=person_id, _anchor="known"), 303)


@blueprint.post("/people/<person_id>/listings/forget")
def forget(person_id: str) -> ResponseReturnValue:
    """Take back what was entered by mistake."""
    try:
        intake.forget_exposure(desk(), person_id, request.form.get("listing", ""), actor=OWNER)
    except (NotFound, Refused) as error:
        flash(str(error), "error")
    else:
        flash(_("Removed. Nobody was told."))
    return redirect(url_for("intake.paste", person_id=person_id, _anchor="known"), 303)


def _page(person_id: str, form: PasteForm) -> str:
    person = people.get_person(desk(), person_id)
    known: dict[str, list[Exposure]] = {}
    for exposure in exposures.list_exposures(desk(), person_id):
        known.setdefault(exposure.broker_id, []).append(exposure)
    brokers = desk().registry.brokers
    names = {id_: brokers[id_].name if id_ in brokers else id_ for id_ in known}
    return render_template("pages/intake/paste.html", person=person, form=form, known=known,
                           names=names, bare=BareForm())


def _groups(desk: Desk, found: Intake) -> tuple[Group, ...]:
    """The new listings by network and company, numbered through."""
    brokers, numbered = desk.registry.brokers, tuple(enumerate(found.new, 1))

    def of(id_: str) -> tuple[tuple[int, Found], ...]:
        return tuple(one for one in numbered if one[1].broker_id == id_)

    return tuple(Group(brokers.get(network.served_by),
                       tuple((brokers[id_], of(id_)) for id_ in network.brokers))
                 for network in found.networks)


def _names(desk: Desk, found: Intake) -> dict[str, str]:
    ids: Iterable[str] = {*(one.broker_id for one in found.known),
                          *(one.broker_id for one in found.shown_only if one.broker_id)}
    return {id_: desk.registry.brokers[id_].name for id_ in ids}
