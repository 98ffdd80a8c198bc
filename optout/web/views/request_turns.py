"""The turns of a request's life, each a button: another way, a successor, a merge."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput
from optout.domain.words import Channel
from optout.services import merging, next_way, requests, successors
from optout.web.i18n import text as _
from optout.web.labels import label
from optout.web.request_back import back_to_request
from optout.web.request_page import broker_name
from optout.web.state import desk, state

blueprint = Blueprint("request_turns", __name__)


@blueprint.post("/requests/<request_id>/reroute")
def reroute(request_id: str) -> ResponseReturnValue:
    """Prepare it for another way; the second of a double click finds it ready and says so."""
    with state().turn:
        if next_way.next_ways(desk(), request_id) is None:
            return back_to_request(request_id, _("It is prepared for another way already."))
        file = next_way.reroute(desk(), request_id, channel=_channel(), actor=OWNER)
    return back_to_request(request_id, _("It is ready to go another way: %(way)s.",
                                         way=label(file.request.channel)))


@blueprint.post("/requests/<request_id>/successor")
def successor(request_id: str) -> ResponseReturnValue:
    """Open the request that continues this one; a double click leads to the one that is there."""
    with state().turn:
        old = requests.get_request(desk(), request_id).request
        if old.successor_id:
            return back_to_request(old.successor_id, _("It goes on here already."))
        new = successors.continue_request(desk(), request_id, actor=OWNER).request
    return back_to_request(new.id, _("This request continues %(old)s, which is closed.",
                                     old=old.id))


@blueprint.get("/requests/<request_id>/merge/<other_id>")
def confirm_merge(request_id: str, other_id: str) -> ResponseReturnValue:
    """Ask once more before a duplicate is ended."""
    keep = requests.get_request(desk(), request_id)
    other = requests.get_request(desk(), other_id)
    return render_template("pages/requests/merge.html", keep=keep, other=other,
                           broker=broker_name(keep.request.broker_id))


@blueprint.post("/requests/<request_id>/merge/<other_id>")
def merge(request_id: str, other_id: str) -> ResponseReturnValue:
    """End the duplicate; a double click finds it merged."""
    with state().turn:
        if requests.get_request(desk(), other_id).request.merged_into != request_id:
            merging.merge(desk(), request_id, other_id, actor=OWNER)
    return back_to_request(request_id, _("%(other)s is merged into this request.", other=other_id))


def _channel() -> Channel | None:
    """The channel that was chosen; the best where none was."""
    chosen = request.form.get("channel", "")
    try:
        return Channel(chosen) if chosen else None
    except ValueError:
        raise InvalidInput("There is no such way.", field="channel",
                           remedy="Choose one of those on the page.") from None
