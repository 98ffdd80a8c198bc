"""Whether the links of the registry still work: asked only when a person asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput
from optout.services.desk import Library

if TYPE_CHECKING:
    from optout.registry.links import LinkAnswer

FRESH_DAYS = 7
"""An answer of this week is not asked for again, so that an interrupted run can go on."""

_KEEP_EVERY = 20
"""Answers after which the file is written."""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What became of the links that were looked at.

    Args:
        answers: by link, with the day on which it was asked; older ones of this week among them.
        brokers: by link, the ids of the entries that have it.
        left: links that were not asked, because their host asked for a rest.
        file: where the answers are kept.
    """

    answers: dict[str, tuple[LinkAnswer, date]]
    brokers: dict[str, tuple[str, ...]]
    left: int
    file: Path

    def as_dict(self) -> dict[str, Any]:
        """The shape for programs."""
        from optout.registry.links import LinkKind

        counts = Counter(answer.kind for answer, _ in self.answers.values())
        return {
            **{kind.value: counts[kind] for kind in LinkKind}, "left": self.left,
            "file": str(self.file),
            "answers": [{"url": url, "brokers": list(self.brokers[url]),
                         "kind": answer.kind.value, "status": answer.status, "to": answer.to,
                         "why": answer.why, "on": on.isoformat()}
                        for url, (answer, on) in self.answers.items()]}


def check_links(library: Library, folder: Path, *, day: date, only: str = "",
                progress: Callable[[int, int], None] = lambda _done, _all: None,
                pause: float | None = None) -> LinkCheck:
    """Ask each link of the registry, on the user's own connection.

    Args:
        library: the registry.
        folder: the data folder, which keeps the answers.
        day: today.
        only: the id of one entry; every entry without one. One entry is always asked anew.
        progress: is told how many links are done, of how many.
        pause: seconds between two questions to a host; the polite measure without it.

    Raises:
        NotFound: for an unknown id.
        InvalidInput: when the data folder cannot be written to.
    """
    from optout.registry import link_file, links

    entries = (library.registry.get(only),) if only else library.registry.all()
    brokers = _links_of(entries)
    kept = link_file.read(folder)
    fresh = set() if only else {url for url, (_, on) in kept.items()
                                if day - timedelta(days=FRESH_DAYS) < on <= day}
    asked = [url for url in brokers if url not in fresh]
    done = len(brokers) - len(asked)
    progress(done, len(brokers))
    try:
        link_file.write(folder, kept)  # before anybody is asked for nothing
        try:
            for answer in links.ask_all(asked, pause=links.PAUSE if pause is None else pause):
                kept[answer.url] = answer, day
                done += 1
                progress(done, len(brokers))
                if done % _KEEP_EVERY == 0:
                    link_file.write(folder, kept)
        finally:
            link_file.write(folder, kept)
    except OSError as error:
        raise InvalidInput("The answers cannot be written to the data folder.",
                           remedy=f"Make {folder} writable: {error.strerror}.") from None
    answers = {url: kept[url] for url in brokers if url in kept}
    return LinkCheck(answers, brokers, len(brokers) - done, folder / link_file.FILE_NAME)


def _links_of(entries: tuple[Broker, ...]) -> dict[str, tuple[str, ...]]:
    """The links that a person may be sent to, with the entries that have them."""
    from optout.registry.lint.addresses import is_public

    found: dict[str, dict[str, None]] = {}
    for broker in entries:
        ways = [way.url for way in broker.procedures]
        search = broker.search.url if broker.search else ""
        for url in (*ways, search):
            if url and is_public(url):
                found.setdefault(url, {})[broker.id] = None
    return {url: tuple(ids) for url, ids in found.items()}
