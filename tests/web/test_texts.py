"""Every string goes through gettext, every word of the domain has a name, every file is pinned."""

from __future__ import annotations

import hashlib
import io
import re
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from jinja2 import Environment

import optout
from optout.domain.document_words import PaperKind, Purpose
from optout.domain.words import Standing
from optout.registry.fields import CATEGORIES as KNOWN_CATEGORIES
from optout.settings import resource
from optout.web.app import create_app
from optout.web.categories import CATEGORIES
from optout.web.errors import words_for
from optout.web.labels import TABLES, label
from optout.web.life_labels import SENTENCES
from optout.web.paper_labels import ABOUT
from tests.web.conftest import World

TEMPLATES = resource("templates")
WEB = Path(optout.__file__).parent / "web"
VENDOR = WEB / "static" / "vendor" / "pico"

PAGES = sorted(path for room in ("pages", "partials", "errors")
               for path in (TEMPLATES / room).rglob("*.html"))
SPOKEN = ("placeholder", "title", "alt", "aria-label", "data-done")
"""Attributes that people read or hear."""

NAMES = frozenset({"optout", "– optout", "width=device-width, initial-scale=1"})
"""What is the same in every language."""


class Words(HTMLParser):
    """Gathers what people would read of a template whose expressions are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def bare_words(source: str) -> list[str]:
    """The texts of a template that bypass gettext."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    data = "".join(value for _line, kind, value in environment.lex(source) if kind == "data")
    words = Words()
    words.feed(data)
    found = (" ".join(text.split()) for text in words.found)
    return [text for text in found if re.search(r"[^\W\d_]{2}", text) and text not in NAMES]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_no_template_has_words_outside_gettext(path: Path) -> None:
    assert bare_words(path.read_text("utf-8")) == []


def test_the_check_for_bare_words_finds_some() -> None:
    assert bare_words("<p>Hello</p>{{ _('Fine') }}") == ["Hello"]
    assert bare_words("<img alt='A picture'>") == ["A picture"]


def test_the_catalogue_finds_strings_in_code_and_templates() -> None:
    config = (WEB / "babel.cfg").read_text("utf-8")
    read: Any = parse_mapping_cfg
    methods, options = read(io.StringIO(config))
    keywords: dict[str, Any] = {"_": None, "ngettext": (1, 2), "counted": (1, 2)}
    root = WEB.parent.parent
    found = {message for _file, _line, message, _comments, _context in extract_from_dir(
        root, method_map=methods, options_map=options, keywords=keywords)}
    assert len(found) > 400
    assert "Choose a passphrase" in found  # a template
    assert "Enter your passphrase." in found  # a form
    assert ("%(num)d company", "%(num)d companies") in found
    assert "Kitchen measures" in found


@pytest.mark.parametrize("words", TABLES, ids=lambda words: words.__name__)
def test_every_word_of_the_domain_has_a_name_of_its_own(
    world: World, words: type[StrEnum]
) -> None:
    with world.app.test_request_context(base_url="http://127.0.0.1:5170"):
        names = [label(word) for word in words]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_standing_has_its_sentence_and_every_category_its_name() -> None:
    assert set(SENTENCES) == set(Standing)
    assert set(CATEGORIES) == set(KNOWN_CATEGORIES)
    assert set(ABOUT) == {*Purpose, *PaperKind}


def test_every_http_error_has_words(world: World) -> None:
    with world.app.test_request_context(base_url="http://127.0.0.1:5170"):
        words = {status: words_for(status) for status in (400, 403, 404, 405, 413, 429, 418)}
    assert all(all(parts) for parts in words.values())
    assert len({parts[1] for parts in words.values()}) == len(words)


def test_the_component_library_is_the_pinned_one() -> None:
    pinned = re.search(r"sha256\s+([0-9a-f]{64})\s+pico\.min\.css",
                       (VENDOR / "PINNED.txt").read_text("utf-8"))
    assert pinned is not None
    assert hashlib.sha256((VENDOR / "pico.min.css").read_bytes()).hexdigest() == pinned[1]
    assert "MIT License" in (VENDOR / "LICENSE.md").read_text("utf-8")


def test_no_file_of_ours_names_another_host() -> None:
    for path in (WEB / "static").rglob("*"):
        if path.suffix in {".css", ".js"}:
            text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
            text = text.replace("http://www.w3.org/2000/svg", "")  # a name, nothing is fetched
            assert not re.search(r"https?://|url\((?!['\"]?data:)|@import", text), path
        if path.suffix == ".svg":
            text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|<script|href", text), path


def test_the_factory_makes_independent_apps(world: World) -> None:
    other = create_app(world.instance, world.instance.settings, clock=world.clock)
    assert other.extensions["optout"].start_token != (
        world.app.extensions["optout"].start_token)
