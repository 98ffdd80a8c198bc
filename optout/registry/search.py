"""Finding a broker by what people remember of it, typing errors forgiven.

Everything is laid out once, so that a search touches few words: the keys without repeats and in
alphabetical order (what begins with the words lies together), one long text of them (what holds
the words is found by one scan), and the keys without blanks in the order of their length (only
those of a similar length can be alike).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from optout.domain.broker import Broker
from optout.registry.names import without_legal_form

WORST = 68
"""Below this score two words have too little in common to be offered."""

_SCHEME = re.compile(r"^[a-z]+://|^www\.")
_BREAKS = re.compile(r"[^0-9a-zà-ÿ]+")
_TRADE_NAME = re.compile(r" (?:d b a|dba|doing business as|fka|f k a|formerly) ")
_SHORT = 3
_EXACT, _BEGINS, _WITHIN, _SCATTERED = 100, 95, 88, 80
_ALIKE, _TURNED_ROUND = 0.94, 0.92
_OWN, _OTHER = 0, 1
"""Names, ids and domains go before aliases and operators, where scores are equal."""


class SearchIndex:
    """The words by which brokers are found."""

    def __init__(self, brokers: Iterable[Broker]) -> None:
        self._ids: list[str] = []
        holders: dict[str, dict[int, int]] = {}
        for number, broker in enumerate(brokers):
            self._ids.append(broker.id)
            for key, kind in _keys_of(broker):
                held = holders.setdefault(key, {})
                held[number] = min(kind, held.get(number, kind))
        self._keys = sorted(holders)
        self._holders = [tuple(holders[key].items()) for key in self._keys]
        self._place = {key: place for place, key in enumerate(self._keys)}
        self._text = "".join(f"{key}\n" for key in self._keys)
        self._starts = list(accumulate((len(key) + 1 for key in self._keys), initial=0))
        self._joined = _Alike((key, place) for place, key in enumerate(self._keys)
                              if " " not in key)
        self._turned = _Alike((_in_order(key), place) for place, key in enumerate(self._keys)
                              if " " in key)

    def search(self, words: str) -> list[tuple[str, int]]:
        """Ids with their scores (0 to 100), best first.

        Equal scores: own names before aliases, the shorter words, then the file's order.
        """
        asked = _plain(words)
        if not asked:
            return []
        scores: dict[int, int] = {}
        for place, score in self._scores(asked):
            if score > scores.get(place, 0):
                scores[place] = score
        best: dict[int, tuple[int, int, int]] = {}
        for place, score in scores.items():
            for number, kind in self._holders[place]:
                rank = (-score, kind, len(self._keys[place]))
                if number not in best or rank < best[number]:
                    best[number] = rank
        return [(self._ids[number], -rank[0]) for number, rank in
                sorted(best.items(), key=lambda found: (found[1], found[0]))]

    def _scores(self, asked: str) -> Iterator[tuple[int, int]]:
        joined = asked.replace(" ", "")
        forms = dict.fromkeys((asked, joined, without_legal_form(asked)))
        for form in forms:
            if form in self._place:
                yield self._place[form], _EXACT
        for form in (asked, joined):
            first = bisect_left(self._keys, form)
            last = bisect_right(self._keys, f"{form}\uffff")
            for place in range(first, last):
                yield place, _BEGINS
        if len(asked) >= _SHORT:
            for form in dict.fromkeys((asked, joined)):
                for place in self._holding(form):
                    yield place, _WITHIN
            yield from self._scattered(asked.split())
        if len(joined) >= _SHORT:
            for form in dict.fromkeys((joined, without_legal_form(asked).replace(" ", ""))):
                yield from self._joined.near(form, _ALIKE)
            yield from self._turned.near(_in_order(asked), _TURNED_ROUND)

    def _holding(self, words: str) -> Iterator[int]:
        """The places of the keys that hold these words."""
        at = self._text.find(words)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place
            at = self._text.find(words, self._starts[place + 1])

    def _scattered(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Keys that hold every one of several words, wherever."""
        if len(words) > 1 and min(map(len, words)) >= _SHORT:
            for place in self._holding(max(words, key=len)):
                if all(word in self._keys[place] for word in words):
                    yield place, _SCATTERED


class _Alike:
    """Words in the order of their length, to be compared with others."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(words, key=lambda one: len(one[0]))
        # taken apart anew, so that they lie side by side in memory: a scan is twice as fast
        self._words = "\n".join(word for word, _ in ordered).split("\n")
        self._places = [place for _, place in ordered]
        self._lengths = [len(word) for word in self._words]

    def near(self, word: str, share: float) -> Iterator[tuple[int, int]]:
        """Places of words that are alike, with the share of the score that they get."""
        from rapidfuzz import fuzz, process

        least = WORST / share
        # 2 * the shorter length / both lengths is the best score that two words can have
        shortest = len(word) * least / (200 - least)
        longest = len(word) * (200 - least) / least
        first = bisect_left(self._lengths, shortest)
        last = bisect_right(self._lengths, longest)
        for _, score, number in process.extract(word, self._words[first:last], scorer=fuzz.ratio,
                                                limit=None, score_cutoff=least):
            yield self._places[first + number], round(score * share)


def _keys_of(broker: Broker) -> Iterator[tuple[str, int]]:
    for words, kind in ((broker.id, _OWN), (broker.name, _OWN), (broker.operator, _OTHER),
                        *((alias, _OTHER) for alias in broker.aliases)):
        whole = _plain(words)
        for key in filter(None, (whole, *_TRADE_NAME.split(whole))):
            yield key, kind
            yield key.replace(" ", ""), kind
            yield without_legal_form(key), kind
            yield without_legal_form(key).replace(" ", ""), kind
    for domain in broker.domains:
        for key in filter(None, (_plain(domain), _plain(domain.rpartition(".")[0]))):
            yield key, _OWN
            yield key.replace(" ", ""), _OWN


def _in_order(key: str) -> str:
    return " ".join(sorted(key.split()))


def _plain(words: str) -> str:
    """Small letters and single blanks; of a link only the host."""
    text = words.strip().casefold()
    if "/" in text or text.startswith("www."):
        while _SCHEME.search(text):
            text = _SCHEME.sub("", text)
        text = text.partition("/")[0] if "." in text.partition("/")[0] else text
    return _BREAKS.sub(" ", text).strip()
