"""Files handed to the browser: always saved, never shown in the page's place."""

from __future__ import annotations

from collections.abc import Iterable

from flask.wrappers import Response
from werkzeug.utils import secure_filename


def attachment(content: bytes | Iterable[bytes], file_name: str, media_type: str) -> Response:
    """An answer that the browser saves; its file name holds no personal data.

    What comes in pieces is handed on piece by piece, never held as a whole.
    """
    answer = Response(content)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{secure_filename(file_name)}"')
    return answer
