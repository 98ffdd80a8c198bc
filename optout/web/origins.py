"""Where a request comes from: our own pages and the person's own hand, or somewhere else.

Browsers share cookies between the ports of 127.0.0.1, so `SameSite` does not tell our own pages
from those of another local program; `Sec-Fetch-Site` does.
"""

from __future__ import annotations

from werkzeug.wrappers import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_DOING = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for our own pages and for what the person did by hand."""


def is_foreign(request: Request) -> bool:
    """Whether a page of another origin caused the request.

    Old browsers send no Sec-Fetch-Site: then the Origin of what changes something decides, and
    a browser that tells neither is held by SameSite and the form's token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OWN_DOING
    origin = request.headers.get("Origin")
    ours = f"{request.scheme}://{request.headers.get('Host', '')}"
    return request.method not in SAFE_METHODS and origin is not None and origin != ours
