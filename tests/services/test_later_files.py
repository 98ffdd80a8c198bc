"""Letters about a request: told apart from the request itself when they are marked."""

from __future__ import annotations

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.person import Person
from optout.services import letters, requests
from optout.services.desk import Desk
from optout.services.later_files import later_document, later_documents_of, mark_later


def test_the_request_itself_is_no_letter_about_it(desk: Desk, avery: Person) -> None:
    file, *_ = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    document, = letters.generate(desk, avery.id, request_ids=(file.request.id,), actor=OWNER)
    assert later_documents_of(desk, file.request.id.lower()) == ()
    with pytest.raises(InvalidInput, match="the request itself"):
        mark_later(desk, document.id, proof=None, actor=OWNER)
    assert len(requests.get_request(desk, file.request.id).events) == 1
    with pytest.raises(NotFound):
        later_document(desk, document.id)
    for unknown in ("OPT-AAAAAA", ""):
        with pytest.raises(NotFound):
            later_documents_of(desk, unknown)
