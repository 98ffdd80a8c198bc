"""What a browser uploads never lies in a temporary file."""

from __future__ import annotations

from io import BytesIO

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import stream_encode_multipart

from optout.web.uploads import InMemoryRequest
from tests.web.conftest import World
from tests.web.visitor import PORT


def test_a_large_upload_stays_in_memory(world: World) -> None:
    assert world.app.request_class is InMemoryRequest
    large = b"x" * 900_000  # from half a megabyte on, others take a temporary file
    body, _length, boundary = stream_encode_multipart(
        MultiDict([("file", FileStorage(BytesIO(large), "large.png"))]), use_tempfile=False)
    with world.app.test_request_context(
            "/", method="POST", base_url=f"http://127.0.0.1:{PORT}", data=body.read(),
            content_type=f'multipart/form-data; boundary="{boundary}"') as context:
        file = context.request.files["file"]
        assert isinstance(file.stream, BytesIO)
        assert file.read() == large
