"""What strangers can spoil: other sites, other programs, pages of an earlier session."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from optout.web.app import start_path
from optout.web.sessions import MOST
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import ORIGIN, Page, Visitor


def unlocked_again(world: World) -> Page:
    """A page of the session before, after the data was locked and unlocked in another tab."""
    stale = world.with_person(at_risk=True)
    page = world.visitor.submit(world.visitor.get("/people"), "/lock")
    world.visitor.submit(page, "/unlock", {"passphrase": PASSPHRASE})
    assert world.instance.is_open
    return stale


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_on_another_page_does_not_sign_the_person_out(world: World, site: str) -> None:
    world.with_person()
    # SameSite=Strict: browsers follow a link of another site without the cookie
    answer = world.app.test_client().get(
        "/people", base_url=ORIGIN, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert not answer.headers.getlist("Set-Cookie")
    answer = world.visitor.ask("GET", "/people", site=site)
    assert not answer.headers.getlist("Set-Cookie")
    assert world.visitor.get("/people").heading == "People"


def test_pages_that_others_open_do_not_keep_the_data_open(world: World) -> None:
    world.with_person()
    for _step in range(4):
        world.clock._now += timedelta(minutes=5)
        world.visitor.get("/people", site="same-site")
    assert world.visitor.get("/people").heading == "Unlock"


def test_a_refused_page_does_not_tell_others_whether_the_data_is_open(world: World) -> None:
    world.with_person()
    page = world.visitor.get("/people", site="same-site")
    assert "Lock" not in [b.text for b in page.root.iter("button")]


def test_strangers_without_number_push_nobody_out(world: World) -> None:
    world.with_person()
    for _one in range(MOST + 5):
        world.app.test_client().get("/unlock", base_url=ORIGIN)
        world.clock._now += timedelta(seconds=1)
    assert world.visitor.get("/people").heading == "People"


def test_strangers_without_number_do_not_end_the_first_run(world: World) -> None:
    world.started()
    for _one in range(MOST + 5):
        world.app.test_client().get("/help", base_url=ORIGIN)
        world.clock._now += timedelta(seconds=1)
    assert world.visitor.get("/welcome").heading == "Welcome"


def test_the_sessions_of_strangers_do_not_fill_the_memory(world: World) -> None:
    for _one in range(MOST + 20):
        world.app.test_client().get("/help", base_url=ORIGIN)
    assert len(world.app.extensions["optout"].sessions._kept) == MOST


def test_leaving_works_from_a_page_of_an_earlier_session(world: World) -> None:
    stale = unlocked_again(world)
    page = world.visitor.submit(stale, "/leave")
    assert page.heading == "Kitchen measures"
    assert not world.instance.is_open


def test_another_page_cannot_make_one_leave(world: World) -> None:
    world.with_person(at_risk=True)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert world.visitor.ask("POST", "/leave", headers=headers).status_code == 403
    world.visitor.headers = {}
    for origin in ("null", "http://evil.example"):
        answer = world.visitor.ask("POST", "/leave", headers={"Origin": origin})
        assert answer.status_code == 403
    assert world.instance.is_open


def test_leaving_from_a_page_that_is_locked_already_shows_the_harmless_page(world: World) -> None:
    stale = world.with_person(at_risk=True)
    world.app.extensions["optout"].lock()
    assert world.visitor.submit(stale, "/leave").heading == "Kitchen measures"


def test_locking_what_is_locked_already_is_no_error(world: World) -> None:
    stale = world.with_person()
    world.app.extensions["optout"].lock()
    page = world.visitor.submit(stale, "/lock")
    assert (page.status, page.heading) == (200, "Unlock")


def test_who_has_no_unlocked_session_cannot_lock_others_out(world: World) -> None:
    world.with_person()
    stranger = Visitor(world.app)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', stranger.get("/unlock").html)
    assert token is not None
    stranger.ask("POST", "/lock", data=f"csrf_token={token[1]}")
    assert world.instance.is_open


def test_a_form_of_an_earlier_session_changes_nothing_and_says_so(world: World) -> None:
    stale = unlocked_again(world)
    page = world.visitor.submit(stale, "/companies", {"broker": "sample-post"}, nth=1)
    assert (page.status, page.heading) == (400, "Form out of date")


def test_what_was_sent_after_the_lock_is_not_lost_in_silence(world: World) -> None:
    stale = world.with_person()
    world.app.extensions["optout"].lock()
    page = world.visitor.submit(stale, "/companies", {"broker": "sample-post"}, nth=1)
    assert page.heading == "Unlock"
    assert "was not kept" in page.text


def test_the_first_look_at_the_start_link_does_not_use_it_up(world: World) -> None:
    world.app.test_client().head(start_path(world.app), base_url=ORIGIN)
    assert world.started().heading == "Welcome"


def test_other_sites_learn_nothing_of_the_address_that_they_were_opened_from(
    world: World,
) -> None:
    answer = world.visitor.ask("GET", "/help")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in answer.text
