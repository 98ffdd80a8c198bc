"""Finding a broker by what people remember of it, typing errors forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from optout.domain.broker import Broker

WORST = 68
"""Below this score two words have too little in common to be offered."""

_SCHEME = re.compile(r"^[a-z]+://|^www\.")
_BREAKS = re.compile(r"[^0-9a-zà-ÿ]+")
_SHORT = 3
_EXACT, _BEGINS, _WITHIN = 100, 95, 88


class SearchIndex:
    """The words by which brokers are found."""

    def __init__(self, brokers: Iterable[Broker]) -> None:
        self._ids: list[str] = []
        self._keys: list[str] = []
        self._order: dict[str, int] = {}
        for number, broker in enumerate(brokers):
            self._order[broker.id] = number
            for key in dict.fromkeys(_keys_of(broker)):
                self._ids.append(broker.id)
                self._keys.append(key)

    def search(self, words: str) -> list[tuple[str, int]]:
        """Ids with their scores (0 to 100), best first; equal scores in the file's order."""
        asked = _plain(words)
        if not asked:
            return []
        best: dict[str, int] = {}
        for number, score in self._scores(asked, asked.replace(" ", "")):
            id_ = self._ids[number]
            best[id_] = max(best.get(id_, 0), score)
        return sorted(best.items(), key=lambda found: (-found[1], self._order[found[0]]))

    def _scores(self, asked: str, joined: str) -> Iterator[tuple[int, int]]:
        from rapidfuzz import fuzz, process

        for number, key in enumerate(self._keys):
            if key in (asked, joined):
                yield number, _EXACT
            elif key.startswith((asked, joined)):
                yield number, _BEGINS
            elif len(asked) >= _SHORT and (asked in key or joined in key):
                yield number, _WITHIN
        if len(joined) < _SHORT:
            return
        for words, scorer, share in ((asked, fuzz.ratio, 0.94), (joined, fuzz.ratio, 0.94),
                                     (asked, fuzz.token_sort_ratio, 0.92)):
            for _, score, number in process.extract(words, self._keys, scorer=scorer, limit=None,
                                                    score_cutoff=WORST / share):
                yield number, round(score * share)


def _keys_of(broker: Broker) -> Iterator[str]:
    for words in (broker.id, broker.name, *broker.aliases, broker.operator):
        key = _plain(words)
        if key:
            yield key
            yield key.replace(" ", "")
    for domain in broker.domains:
        yield _plain(domain)
        yield _plain(domain.rpartition(".")[0]).replace(" ", "")


def _plain(words: str) -> str:
    """Small letters and single blanks; of a link only the host."""
    text = words.strip().casefold()
    if "/" in text or text.startswith("www."):
        while _SCHEME.search(text):
            text = _SCHEME.sub("", text)
        text = text.partition("/")[0] if "." in text.partition("/")[0] else text
    return _BREAKS.sub(" ", text).strip()
