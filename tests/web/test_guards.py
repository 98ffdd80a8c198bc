"""Who may ask for what: hosts, origins, tokens, sessions, headers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from optout.web.app import MOST_BYTES, start_path
from optout.web.headers import HEADERS
from tests.page_checks import check_page
from tests.web.conftest import CANARY, PASSPHRASE, World
from tests.web.visitor import ORIGIN, PORT, Visitor

COOKIE = f"optout-{PORT}"

FOREIGN_HOSTS = (
    "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0",  # noqa: S104 (a Host to refuse)
    "127.0.0.2", "[::1]", "LOCALHOST.", "127.0.0.1@evil.example", "")


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["/", "/unlock", "/measures", "/static/css/app.css", "/nope"])
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(
    world: World, host: str, path: str
) -> None:
    answer = world.app.test_client().get(
        path, base_url=ORIGIN, headers={"Host": f"{host}:{PORT}" if host else ""})
    assert answer.status_code == 400
    assert "Wrong address" in answer.text
    assert not answer.headers.getlist("Set-Cookie")
    check_page(answer.text, path)


def test_a_host_with_another_port_is_refused(world: World) -> None:
    for host in (f"127.0.0.1:{PORT + 1}", "127.0.0.1", "localhost:80"):
        answer = world.app.test_client().get("/measures", base_url=ORIGIN, headers={"Host": host})
        assert answer.status_code == 400, host


def test_both_of_our_own_names_are_served(world: World) -> None:
    for host in (f"127.0.0.1:{PORT}", f"localhost:{PORT}"):
        answer = world.app.test_client().get("/measures", base_url=f"http://{host}")
        assert answer.status_code == 200


def test_pages_that_others_open_show_nothing(world: World) -> None:
    world.with_person()
    for path in ("/", "/people", "/due", "/requests", f"/people/{world.person_id}",
                 "/calendar.ics", "/documents/D-222222", "/unlock", "/help", "/nope"):
        for site in ("cross-site", "same-site"):
            page = world.visitor.get(path, site=site)
            assert (page.status, page.heading) == (403, "Opened from elsewhere"), path
            assert not [word for word in CANARY if word in page.html]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_forms_sent_by_others_change_nothing(world: World, site: str) -> None:
    world.with_person()
    token = re.search(r'name="csrf_token" value="([^"]+)"', world.visitor.get("/people").html)
    assert token is not None
    answer = world.visitor.ask("POST", "/lock", data=f"csrf_token={token[1]}", site=site)
    assert answer.status_code == 403
    assert world.instance.is_open


def test_without_fetch_metadata_the_origin_decides(world: World) -> None:
    world.with_person()
    browser = world.visitor
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/people").html)
    assert token is not None
    browser.headers = {}
    for origin in ("http://evil.example", f"http://127.0.0.1:{PORT + 1}", "null",
                   f"http://localhost:{PORT}"):
        answer = browser.ask("POST", "/lock", data=f"csrf_token={token[1]}",
                             headers={"Origin": origin})
        assert answer.status_code == 403, origin
    assert world.instance.is_open
    browser.ask("POST", "/lock", data=f"csrf_token={token[1]}", headers={"Origin": ORIGIN})
    assert not world.instance.is_open


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    world.with_person()
    for data in ("", "csrf_token=", "csrf_token=forged"):
        answer = world.visitor.ask("POST", "/lock", data=data)
        assert answer.status_code == 400
        assert "Form out of date" in answer.text
    assert world.instance.is_open


def test_the_token_of_another_session_is_worth_nothing(world: World) -> None:
    world.with_person()
    stranger = world.another()
    token = re.search(r'name="csrf_token" value="([^"]+)"', stranger.get("/unlock").html)
    assert token is not None
    assert world.visitor.ask("POST", "/lock", data=f"csrf_token={token[1]}").status_code == 400


def test_every_answer_carries_the_headers(world: World) -> None:
    world.asked("sample-post")
    browser = world.visitor
    document = re.search(r'href="(/documents/[^"]+)"', browser.get(
        re.search(r"/requests/OPT-\w+", browser.get("/requests").html)[0]).html)  # type: ignore[index]  # the page has one
    assert document is not None
    answers = [browser.ask(method, path, data=data) for method, path, data in (
        ("GET", "/", ""), ("GET", "/due", ""), ("GET", "/nope", ""), ("PUT", "/due", ""),
        ("POST", "/lock", ""), ("GET", document[1], ""), ("GET", "/calendar.ics", ""),
        ("GET", "/static/css/app.css", ""), ("GET", "/static/nope.css", ""))]
    answers.append(browser.ask("GET", "/due", site="cross-site"))
    answers.append(world.app.test_client().get("/", headers={"Host": "evil.example"}))
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (answer.request.path, name)
        own_file = answer.request.path == "/static/css/app.css"
        assert answer.headers["Cache-Control"] == ("no-cache" if own_file else "no-store")


def test_the_policy_allows_only_this_program() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy.pop("img-src") == "'self' data:"
    assert policy.pop("default-src") == policy.pop("frame-ancestors") == "'none'"
    assert policy.pop("base-uri") == "'none'"
    assert set(policy) == {"script-src", "style-src", "font-src", "connect-src", "form-action"}
    assert set(policy.values()) == {"'self'"}


def _cookie(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    return cookie.value if cookie else ""


def test_the_cookie_is_a_random_id_that_scripts_and_other_sites_do_not_get(world: World) -> None:
    answer = world.visitor.ask("GET", start_path(world.app), site="none")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Expires" not in cookie
    assert re.fullmatch(r"[\w-]{43}", _cookie(world.visitor))


def test_the_id_known_before_unlocking_is_worth_nothing_after(world: World) -> None:
    world.started()
    before = _cookie(world.visitor)
    page = world.visitor.submit(world.visitor.get("/welcome/safety"), "/safety",
                                {"at_risk": "no"})
    world.visitor.submit(page, "/passphrase", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    after = _cookie(world.visitor)
    assert before != after
    thief = world.another()
    thief.client.set_cookie(COOKIE, before, domain="127.0.0.1")
    assert thief.get("/people").heading == "Unlock"


def test_an_id_that_a_stranger_chose_is_not_taken(world: World) -> None:
    browser = world.visitor
    browser.client.set_cookie(COOKIE, "chosen-by-a-stranger", domain="127.0.0.1")
    world.set_up()
    assert _cookie(browser) != "chosen-by-a-stranger"


def test_locking_ends_every_session_and_drops_the_keys(world: World) -> None:
    page = world.with_person()
    second = world.another()
    second.submit(second.get("/unlock"), "/unlock", {"passphrase": PASSPHRASE})
    assert second.get("/people").heading == "People"
    page = world.visitor.submit(page, "/lock")
    assert page.heading == "Unlock"
    assert not world.instance.is_open
    assert second.get("/people").heading == "Unlock"


def test_an_unlocked_program_asks_every_other_browser_for_the_passphrase(world: World) -> None:
    world.with_person()
    stranger = world.another()
    for path in ("/people", "/due", "/requests", f"/people/{world.person_id}", "/calendar.ics",
                 f"/people/{world.person_id}/documents.zip"):
        page = stranger.get(path)
        assert page.heading == "Unlock", path
        assert not [word for word in CANARY if word in page.html]


def test_idle_pages_lock_themselves(world: World) -> None:
    world.with_person()
    world.clock._now += timedelta(minutes=14)
    assert world.visitor.get("/people").heading == "People"
    world.clock._now += timedelta(minutes=16)
    assert world.visitor.get("/people").heading == "Unlock"
    assert not world.instance.is_open


def test_a_session_ends_after_half_a_day_however_busy(world: World) -> None:
    world.with_person()
    for _step in range(12 * 6 - 1):
        world.clock._now += timedelta(minutes=10)
        world.visitor.get("/help")
    assert world.visitor.get("/people").heading == "People"
    world.clock._now += timedelta(minutes=10)
    assert world.visitor.get("/people").heading == "Unlock"


def test_the_idle_watch_locks_without_anyone_asking(world: World) -> None:
    world.with_person()
    state = world.app.extensions["optout"]
    world.clock.forward(hours=1)
    state._look()
    assert not world.instance.is_open


def test_a_wrong_passphrase_is_explained_and_opens_nothing(world: World) -> None:
    page = world.visitor.submit(world.with_person(), "/lock")
    page = world.visitor.submit(page, "/unlock", {"passphrase": "not the one at all"})
    assert page.status == 422
    assert page.errors["passphrase"].startswith("The passphrase is wrong")
    assert not world.instance.is_open


def test_the_right_passphrase_opens_again(world: World) -> None:
    page = world.visitor.submit(world.with_person(at_risk=True), "/lock")
    page = world.visitor.submit(page, "/unlock", {"passphrase": PASSPHRASE})
    assert page.heading == "Due"
    assert "Leave quickly" in page.html


def test_leaving_quickly_locks_and_shows_something_else(world: World) -> None:
    page = world.visitor.submit(world.with_person(at_risk=True), "/leave")
    assert page.title == page.heading == "Kitchen measures"
    assert "optout" not in page.html.lower().replace("/static/", "")
    assert not world.instance.is_open
    assert world.visitor.get("/people").heading == "Unlock"


def test_what_is_too_large_is_refused(world: World) -> None:
    world.with_person()
    answer = world.visitor.ask("POST", "/people/new", data=b"a=" + b"x" * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_the_start_link_signs_in_where_the_program_was_opened_by_its_passphrase_file(
    world: World,
) -> None:
    world.instance.create(PASSPHRASE)
    page = world.started()
    assert page.heading == "About you"
    assert world.another().get("/people").heading == "Unlock"
