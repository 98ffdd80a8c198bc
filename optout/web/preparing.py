"""Writing documents from a page: at once, or in the background where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.services import bulk_jobs, letters
from optout.web.i18n import counted
from optout.web.state import desk

MANY = 25
"""Documents from which on a page of its own shows how far it is: a second's work or more."""


def prepared(person_id: str, request_ids: Sequence[str], back: str) -> ResponseReturnValue:
    """Write the documents of these requests.

    Args:
        person_id: whose they are.
        request_ids: of which requests.
        back: the address to go to when they are written at once.

    Raises:
        Refused: when one cannot be made, or while others are being written.
    """
    if len(request_ids) > MANY:
        job = bulk_jobs.start(desk(), person_id, request_ids, actor=OWNER)
        return redirect(url_for("jobs.show", job_id=job), 303)
    letters.generate(desk(), person_id, request_ids=request_ids, actor=OWNER)
    flash(counted("%(num)d request is ready to send.", "%(num)d requests are ready to send.",
                  len(request_ids)))
    return redirect(back, 303)
