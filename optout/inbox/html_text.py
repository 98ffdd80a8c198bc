"""The words of an HTML message, to be read and matched, never to be shown as markup."""

from __future__ import annotations

from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table",
                     "blockquote", "hr"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


class _Words(HTMLParser):
    """Collects text; block elements end a line, quoted blocks are marked as quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.unseen += tag in _UNSEEN
        self.quotes += tag == "blockquote"
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        self._end_line(tag)
        self.quotes -= tag == "blockquote" and self.quotes > 0

    def _end_line(self, tag: str) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n> " if self.quotes else "\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def text_of(html: str) -> str:
    """The text of an HTML part, line by line."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return "\n".join(lines).strip()
