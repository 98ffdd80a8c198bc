"""Files handed to the browser: always saved, never shown in the page's place."""

from __future__ import annotations

from flask import make_response
from flask.wrappers import Response
from werkzeug.utils import secure_filename


def attachment(content: bytes, file_name: str, media_type: str) -> Response:
    """An answer that the browser saves; its file name holds no personal data."""
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{secure_filename(file_name)}"')
    return answer
