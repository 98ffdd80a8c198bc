"""Back to where a person was in a plan: the company’s card, or its own page."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

OWN_PAGE = "action"
"""What forms on a company’s own page send as `page`."""


def is_own_page() -> bool:
    """Whether the form was sent from the page of one company."""
    return request.form.get("page") == OWN_PAGE


def back(person_id: str, anchor: str) -> ResponseReturnValue:
    """Back to a part of the plan."""
    return redirect(url_for("plan.plan", person_id=person_id, _anchor=anchor), 303)


def back_to(person_id: str, broker: str) -> ResponseReturnValue:
    """Back to one company: on its own page, or unfolded in the plan."""
    if is_own_page():
        return redirect(url_for("plan.show", person_id=person_id, broker_id=broker), 303)
    session["opened"] = broker
    return back(person_id, f"company-{broker}")
