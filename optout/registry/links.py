"""Whether links still work, asked politely, on the user's own connection, and only on request.

The one module that opens connections to others. It sends no cookies and nothing about a person,
keeps no pages, and asks one host one thing at a time. A site that turns a program away is not dead:
it is only called gone where it says so itself.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import optout
from optout.registry.sites import host_of

if TYPE_CHECKING:
    from urllib3 import PoolManager

AGENT = f"optout/{optout.__version__} (asks whether opt-out pages still exist)"
PAUSE = 1.0
"""Seconds between two questions to one host."""

AT_ONCE = 6
"""Hosts that are asked at the same time."""

_CONNECT, _READ = 10.0, 20.0
_MOST_HOPS = 5
_TOO_MANY = 429
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_SERVER_TROUBLE = 500
_WALLS = frozenset({"cf-mitigated", "x-datadome", "x-sucuri-id", "x-amzn-waf-action"})
"""Headers of services that keep programs out."""


class LinkKind(StrEnum):
    """What became of a link."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    REFUSED_US = "refused_us"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What one link answered.

    Args:
        status: the HTTP status; 0 where there was none.
        to: where a moved link leads; it was not followed to another host.
        why: for what could not be asked, in a few words.
    """

    url: str
    kind: LinkKind
    status: int = 0
    to: str = ""
    why: str = ""


def ask_all(urls: Iterable[str], *, pause: float = PAUSE,
            pool: PoolManager | None = None) -> Iterator[LinkAnswer]:
    """The answer of each link, in the order in which they come.

    One host is asked one link at a time. Once it says that it is asked too much, its other links
    are left out.

    Args:
        urls: whole links; each is asked once.
        pause: seconds between two questions to a host.
        pool: for tests.
    """
    by_host: dict[str, deque[str]] = {}
    for url in dict.fromkeys(urls):
        by_host.setdefault(_bare(_host(url)), deque()).append(url)
    pool = pool or _pool()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links") as workers:
        waiting: dict[Future[LinkAnswer], str] = {
            workers.submit(ask, links.popleft(), pool, pause): host
            for host, links in by_host.items()}
        try:
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for one in done:
                    host, answer = waiting.pop(one), one.result()
                    yield answer
                    if by_host[host] and answer.status != _TOO_MANY:
                        waiting[workers.submit(_after, pause, by_host[host].popleft(), pool)] = host
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def ask(url: str, pool: PoolManager, pause: float = PAUSE) -> LinkAnswer:
    """What a link answers: HEAD first, GET where that tells nothing.

    Redirects are followed on the same host only (`www.` and https make no difference).
    """
    from urllib3.exceptions import HTTPError

    here, status = url, 0
    try:
        for _ in range(_MOST_HOPS):
            status, headers = _heads(pool, here, pause)
            if status not in _REDIRECTS or not headers.get("location"):
                return _answer(url, here, status, headers)
            to = urljoin(here, headers["location"])
            if _bare(_host(to)) != _bare(_host(url)):
                return LinkAnswer(url, LinkKind.MOVED, status, to)
            here = to
            time.sleep(pause)
    except (HTTPError, ValueError, OSError) as error:
        return LinkAnswer(url, LinkKind.UNREACHABLE, why=_why(error))
    # mostly a site that insists on cookies, and we send none
    return LinkAnswer(url, LinkKind.REFUSED_US, status, why="it redirects without end")


def _after(pause: float, url: str, pool: PoolManager) -> LinkAnswer:
    time.sleep(pause)
    return ask(url, pool, pause)


def _heads(pool: PoolManager, url: str, pause: float) -> tuple[int, Any]:
    """Status and headers; a HEAD that fails is no proof, so GET is asked as well."""
    status, headers = _request(pool, "HEAD", url)
    if status >= 400 and status != _TOO_MANY:  # noqa: PLR2004 -- where HTTP's errors begin
        time.sleep(pause)
        status, headers = _request(pool, "GET", url)
    return status, headers


def _request(pool: PoolManager, method: str, url: str) -> tuple[int, Any]:
    response = pool.request(method, url, redirect=False, retries=False, preload_content=False)
    try:
        return response.status, response.headers
    finally:
        response.close()  # the page itself is never read


def _answer(url: str, here: str, status: int, headers: Any) -> LinkAnswer:
    if status in _GONE:
        return LinkAnswer(url, LinkKind.GONE, status)
    if status >= 400:  # noqa: PLR2004 -- where HTTP's errors begin
        walled = any(name in headers for name in _WALLS)
        if status < _SERVER_TROUBLE or walled:
            return LinkAnswer(url, LinkKind.REFUSED_US, status)
        return LinkAnswer(url, LinkKind.UNREACHABLE, status, why="its server is in trouble")
    if _page(here) != _page(url):
        return LinkAnswer(url, LinkKind.MOVED, status, here)
    return LinkAnswer(url, LinkKind.ALIVE, status)


def _page(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.path.rstrip("/"), parts.query


def _host(url: str) -> str:
    return host_of(url) or (urlsplit(url).netloc or url)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _why(error: Exception) -> str:
    from urllib3 import exceptions

    reasons: tuple[tuple[type[Exception], str], ...] = (
        (exceptions.NameResolutionError, "no such host"),
        (exceptions.SSLError, "its certificate is not valid"),
        (exceptions.NewConnectionError, "it takes no connection"),
        (exceptions.TimeoutError, "it does not answer in time"),
        (exceptions.ProtocolError, "it breaks off"),
        (ValueError, "it is no link that can be asked"),
    )
    return next((words for kind, words in reasons if isinstance(error, kind)), "it fails")


def _pool() -> PoolManager:
    from urllib3 import PoolManager, Timeout

    return PoolManager(headers={"User-Agent": AGENT, "Accept": "*/*"},
                       timeout=Timeout(connect=_CONNECT, read=_READ))
