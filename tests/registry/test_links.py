"""Links are asked politely, and a site that refuses a program is never called dead."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import urllib3

from optout.registry import links
from optout.registry.links import LinkAnswer, LinkKind, ask, ask_all


@dataclass
class Site:
    """A site on this machine, and what it was asked."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def meet(self, asker: BaseHTTPRequestHandler, method: str) -> None:
        with self.lock:
            self.asked.append((method, asker.path))
            self.headers.append(dict(asker.headers))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.01)
        with self.lock:
            self.at_once -= 1
        status, headers = _what(method, asker.path)
        asker.send_response(status)
        for name, value in {**headers, "Set-Cookie": "tracking=1", "Content-Length": "0"}.items():
            asker.send_header(name, value)
        asker.end_headers()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


_FIXED: dict[str, tuple[int, dict[str, str]]] = {
    "away": (301, {"Location": "http://elsewhere.example/new"}),
    "loop": (302, {"Location": "/loop"}),
    "bad": (302, {"Location": "http://[broken/"}),
    "nowhere": (302, {}),
    "wall": (503, {"cf-mitigated": "challenge"}),
}


def _what(method: str, path: str) -> tuple[int, dict[str, str]]:
    """The answer that a path names: `/404`, `/head/405/200` (HEAD, then GET), `/to/200`."""
    first, *rest = path.strip("/").split("/")
    if first in _FIXED:
        return _FIXED[first]
    if first == "to":
        return 302, {"Location": "/" + "/".join(rest)}
    if first == "head":
        return int(rest[method == "GET"]), {}
    return int(first), {}


@pytest.fixture
def site() -> Iterator[Site]:
    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            made.meet(self, "HEAD")

        def do_GET(self) -> None:
            made.meet(self, "GET")

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made = Site(server.server_address[1])
    running = threading.Thread(target=server.serve_forever, args=(0.02,))
    running.start()
    try:
        yield made
    finally:
        server.shutdown()
        running.join()
        server.server_close()


@pytest.fixture
def pool() -> Iterator[urllib3.PoolManager]:
    with links._pool() as made:
        made.connection_pool_kw["timeout"] = urllib3.Timeout(connect=1, read=0.5)
        yield made


@pytest.mark.parametrize(("path", "kind", "methods"), [
    ("/200", LinkKind.ALIVE, ["HEAD"]),
    ("/204", LinkKind.ALIVE, ["HEAD"]),
    ("/head/405/200", LinkKind.ALIVE, ["HEAD", "GET"]),
    ("/head/403/200", LinkKind.ALIVE, ["HEAD", "GET"]),
    ("/head/501/200", LinkKind.ALIVE, ["HEAD", "GET"]),
    ("/head/404/200", LinkKind.ALIVE, ["HEAD", "GET"]),
    ("/404", LinkKind.GONE, ["HEAD", "GET"]),
    ("/410", LinkKind.GONE, ["HEAD", "GET"]),
    ("/head/405/404", LinkKind.GONE, ["HEAD", "GET"]),
    ("/401", LinkKind.REFUSED_US, ["HEAD", "GET"]),
    ("/403", LinkKind.REFUSED_US, ["HEAD", "GET"]),
    ("/406", LinkKind.REFUSED_US, ["HEAD", "GET"]),
    ("/451", LinkKind.REFUSED_US, ["HEAD", "GET"]),
    ("/429", LinkKind.REFUSED_US, ["HEAD"]),
    ("/wall", LinkKind.REFUSED_US, ["HEAD", "GET"]),
    ("/500", LinkKind.UNREACHABLE, ["HEAD", "GET"]),
    ("/503", LinkKind.UNREACHABLE, ["HEAD", "GET"]),
    ("/nowhere", LinkKind.ALIVE, ["HEAD"]),
])
def test_each_answer_has_its_kind(site: Site, pool: urllib3.PoolManager, path: str,
                                  kind: LinkKind, methods: list[str]) -> None:
    answer = ask(site.url(path), pool, 0)
    assert answer.kind is kind
    assert [method for method, _ in site.asked] == methods
    assert answer.to == ""
    assert bool(answer.why) is (kind is LinkKind.UNREACHABLE)


def test_a_redirect_to_another_host_is_told_and_not_followed(
        site: Site, pool: urllib3.PoolManager) -> None:
    assert ask(site.url("/away"), pool, 0) == LinkAnswer(
        site.url("/away"), LinkKind.MOVED, 301, "http://elsewhere.example/new")
    assert len(site.asked) == 1


def test_a_redirect_on_the_same_host_is_followed_and_told(
        site: Site, pool: urllib3.PoolManager) -> None:
    answer = ask(site.url("/to/200"), pool, 0)
    assert (answer.kind, answer.status, answer.to) == (LinkKind.MOVED, 200, site.url("/200"))
    assert ask(site.url("/to/404"), pool, 0).kind is LinkKind.GONE
    assert ask(site.url("/to/away"), pool, 0).to == "http://elsewhere.example/new"
    assert ask(site.url("/to/403"), pool, 0).kind is LinkKind.REFUSED_US
    endless = ask(site.url("/loop"), pool, 0)
    assert (endless.kind, endless.why) == (LinkKind.REFUSED_US, "it redirects without end")
    assert ask(site.url("/bad"), pool, 0).kind is LinkKind.UNREACHABLE


def test_with_or_without_www_is_one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([(301, {"location": "https://www.sample.org/a/"}), (200, {})])
    monkeypatch.setattr(links, "_heads", lambda *_: next(told))
    assert ask("http://sample.org/a", urllib3.PoolManager(), 0).kind is LinkKind.ALIVE


def test_what_cannot_be_reached_says_why(pool: urllib3.PoolManager, site: Site,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        slow = ask(f"http://{address}/", pool, 0)
        assert (slow.kind, slow.why) == (LinkKind.UNREACHABLE, "it does not answer in time")
    refused = ask(f"http://{address}/", pool, 0)
    assert (refused.kind, refused.why) == (LinkKind.UNREACHABLE, "it takes no connection")
    plain = ask(site.url("/200").replace("http:", "https:"), pool, 0)
    assert (plain.kind, plain.why) == (LinkKind.UNREACHABLE, "its certificate is not valid")
    assert ask("http://[broken/", pool, 0).why == "it is no link that can be asked"

    def unknown(*_arguments: Any, **_named: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask("http://nobody.example/", pool, 0).why == "no such host"


def test_a_server_that_breaks_off_is_unreachable(pool: urllib3.PoolManager) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        def hang_up() -> None:
            met, _ = server.accept()
            with met:
                met.recv(100)

        running = threading.Thread(target=hang_up)
        running.start()
        answer = ask(f"http://127.0.0.1:{server.getsockname()[1]}/", pool, 0)
        running.join()
    assert (answer.kind, answer.why) == (LinkKind.UNREACHABLE, "it breaks off")


def test_an_unnamed_failure_is_a_failure() -> None:
    assert links._why(OSError()) == "it fails"


def test_nothing_but_a_plain_name_is_sent(site: Site) -> None:
    urls = [site.url(f"/200/{number}") for number in range(3)]
    assert {one.kind for one in ask_all(urls, pause=0)} == {LinkKind.ALIVE}
    for sent in site.headers:
        assert sent["User-Agent"].startswith("optout/")
        assert set(sent) <= {"Host", "User-Agent", "Accept", "Accept-Encoding"}


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(site: Site) -> None:
    urls = [site.url(f"/200/{number}") for number in range(4)]
    start = time.perf_counter()
    answers = list(ask_all([*urls, urls[0]], pause=0.05))
    assert time.perf_counter() - start >= 3 * 0.05
    assert site.most_at_once == 1
    assert [one.url for one in answers] == urls, "each once"


def test_other_hosts_go_on_while_one_is_slow(site: Site) -> None:
    urls = [site.url("/200"), site.url("/404", "localhost"), site.url("/200/2")]
    assert {(one.url, one.kind) for one in ask_all(urls, pause=0)} == {
        (urls[0], LinkKind.ALIVE), (urls[1], LinkKind.GONE), (urls[2], LinkKind.ALIVE)}


def test_a_host_that_is_asked_too_much_is_left_in_peace(site: Site) -> None:
    urls = [site.url("/200"), site.url("/429"), site.url("/200/never")]
    assert [one.status for one in ask_all(urls, pause=0)] == [200, 429]
    assert len(site.asked) == 2


def test_who_stops_listening_stops_the_asking(site: Site) -> None:
    answers = ask_all([site.url(f"/200/{number}") for number in range(50)], pause=0)
    next(answers)
    answers.close()  # type: ignore[attr-defined]  # it is a generator
    assert len(site.asked) < 50
