"""Back to the page of a request, with what was done said on top."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue


def back_to_request(request_id: str, message: str) -> ResponseReturnValue:
    """The page of a request, which says this once."""
    flash(message)
    return redirect(url_for("requests.show", request_id=request_id), 303)
