"""The security headers that every answer carries, errors and files included."""

from __future__ import annotations

import re
from io import BytesIO

from flask import Flask, Response, request
from werkzeug.wsgi import wrap_file

# The check marks and arrows of the style sheet are data: images.
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          "base-uri 'none'")

_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]"
    rb"|[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]")
"""Control characters and what is no character, in UTF-8."""

SHORT = 256 * 1024
"""Bytes of an answer that certainly stay in the server's memory."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # nothing to others; "no-referrer" makes our own Origin null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
                          "payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def add_headers(response: Response) -> Response:
    """Put the headers on an answer; only files of the program itself may be kept by browsers."""
    response.headers.update(HEADERS)
    own_file = request.endpoint == "static" and response.status_code in {200, 304}
    response.headers["Cache-Control"] = "no-cache" if own_file else "no-store"
    response.headers.pop("Server", None)
    return response


def keep_in_memory(response: Response) -> Response:
    """Hand a long answer over as a file in memory.

    The server puts long answers into a temporary file while the browser is slower than it, and
    that file would hold letters and lists in the clear.
    """
    if not response.direct_passthrough and (response.content_length or 0) > SHORT:
        content = response.get_data()
        response.response = wrap_file(request.environ, BytesIO(content))
        response.direct_passthrough = True
    return response


def show_unseen(response: Response) -> Response:
    """Put a mark for each character that HTML does not allow: pages repeat what was sent."""
    if response.mimetype == "text/html" and not response.direct_passthrough:
        content = response.get_data()
        if _FORBIDDEN.search(content):
            response.set_data(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}".encode(), content))
    return response


def setup_headers(app: Flask) -> None:
    """Have every answer of the app carry the headers."""
    app.after_request(keep_in_memory)
    app.after_request(show_unseen)  # the last one named is the first to run
    app.after_request(add_headers)
