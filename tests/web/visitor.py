"""A browser without scripts: it fetches, fills in forms and sends them, and checks every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, stream_encode_multipart

from tests.page_checks import check_page, elements, parse, text_of

PORT = 5170
ORIGIN = f"http://127.0.0.1:{PORT}"
MOST_REDIRECTS = 5

Values = Mapping[str, str | Sequence[str] | None]


@dataclass(frozen=True)
class Page:
    """What came back in the end, after redirects."""

    path: str
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @cached_property
    def root(self) -> Element:
        return parse(self.html)

    @property
    def heading(self) -> str:
        return text_of(next(elements(self.root, "h1")))

    @property
    def title(self) -> str:
        return text_of(next(elements(self.root, "title")))

    @property
    def text(self) -> str:
        return text_of(next(elements(self.root, "main")))

    @property
    def errors(self) -> dict[str, str]:
        """The summary of errors: where each leads, and what it says."""
        summary = next((e for e in elements(self.root, "div") if e.get("id") == "errors"), None)
        if summary is None:
            return {}
        return {(a.get("href") or "").lstrip("#"): text_of(a) for a in elements(summary, "a")}

    def form(self, action: str, nth: int = 0) -> Element:
        """The nth form that goes to an address ending so."""
        found = [f for f in elements(self.root, "form")
                 if urlsplit(f.get("action") or "").path.endswith(action)]
        assert len(found) > nth, f"no form to …{action} on {self.path}: {self.text[:400]}"
        return found[nth]

    def link(self, words: str) -> str:
        """Where the link or button-like link with these words leads."""
        found = [a.get("href") or "" for a in elements(self.root, "a") if words in text_of(a)]
        assert found, f"no link “{words}” on {self.path}"
        return found[0]


@dataclass
class Visitor:
    """One browser with its cookies.

    Args:
        seen: every path that was asked for, with its query.
    """

    app: Flask
    seen: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, *, site: str = "same-origin") -> Page:
        """Open a page."""
        return self._arrived(path, self.ask("GET", path, site=site))

    def submit(self, page: Page, action: str, values: Values | None = None, *,
               button: tuple[str, str] | None = None, nth: int = 0,
               files: Mapping[str, tuple[str, bytes]] | None = None) -> Page:
        """Fill in a form of a page and send it; a value of None takes a box's tick away.

        Args:
            page: where the form stands.
            action: how the address that it goes to ends.
            values: what is typed and chosen, by the control's name.
            button: name and value of the button that is pressed.
            nth: which of several such forms.
            files: name and content of the file for each field that takes one.
        """
        form = page.form(action, nth)
        data = dict(_defaults(form, page.root))
        for name, value in (values or {}).items():
            if value is None:
                data.pop(name, None)
            else:
                assert name in _names(form, page.root), f"no control {name} in {action}"
                data[name] = [value] if isinstance(value, str) else list(value)
        if button is not None:
            data[button[0]] = [button[1]]
        pairs = [(name, value) for name, many in data.items() for value in many]
        target = urljoin(page.path, form.get("action") or "")
        if (form.get("method") or "get").lower() == "get":
            return self.get(f"{urlsplit(target).path}?{urlencode(pairs)}")
        if form.get("enctype") == "multipart/form-data":
            return self._arrived(target, self._upload(target, pairs, files or {}))
        assert not files, f"the form to {action} sends no files"
        response = self.ask("POST", target, data=urlencode(pairs))
        return self._arrived(target, response)

    def _upload(self, target: str, pairs: Sequence[tuple[str, str]],
                files: Mapping[str, tuple[str, bytes]]) -> TestResponse:
        parts: list[tuple[str, Any]] = [p for p in pairs if p[0] not in files]
        parts += [(name, FileStorage(BytesIO(content), file))
                  for name, (file, content) in files.items()]
        stream, length, boundary = stream_encode_multipart(
            MultiDict(parts), use_tempfile=False)
        body = stream.read()
        assert len(body) == length
        return self.ask("POST", target, data=body,
                        content_type=f'multipart/form-data; boundary="{boundary}"')

    def ask(self, method: str, path: str, *, data: str | bytes = b"", site: str | None = None,
            headers: Mapping[str, str] | None = None,
            content_type: str = "application/x-www-form-urlencoded") -> TestResponse:
        """One request, no redirect followed, the page checked."""
        self.seen.append(path)
        sent = {**self.headers, **(headers or {})}
        if site is not None:
            sent["Sec-Fetch-Site"] = site
        response = self.client.open(
            path.partition("#")[0], method=method, base_url=ORIGIN, data=data, headers=sent,
            buffered=True,
            content_type=content_type if method == "POST" else None)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            disposition = response.headers.get("Content-Disposition", "")
            if not disposition.startswith("attachment"):
                check_page(response.get_data(as_text=True), path)
        return response

    def _arrived(self, path: str, response: TestResponse) -> Page:
        for _step in range(MOST_REDIRECTS):
            if not 300 <= response.status_code < 400:
                return Page(path, response)
            path = urljoin(path, response.headers["Location"])
            response = self.ask("GET", path)
        raise AssertionError(f"redirects without end at {path}")


def _controls(form: Element, root: Element) -> Iterator[Element]:
    yield from elements(form, "input", "select", "textarea")
    if form.get("id"):
        inside = {id(e) for e in form.iter()}
        yield from (e for e in elements(root, "input", "select", "textarea")
                    if e.get("form") == form.get("id") and id(e) not in inside)


def _names(form: Element, root: Element) -> set[str]:
    return {e.get("name") or "" for e in _controls(form, root)}


def _defaults(form: Element, root: Element) -> Iterator[tuple[str, list[str]]]:
    """What a browser sends for a form that nobody touched."""
    found: dict[str, list[str]] = {}
    for control in _controls(form, root):
        name, kind = control.get("name"), control.get("type")
        if not name or kind in {"submit", "button"}:
            continue
        if kind in {"checkbox", "radio"}:
            if control.get("checked") is not None:
                found.setdefault(name, []).append(control.get("value") or "on")
        elif control.tag == "select":
            options = list(elements(control, "option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            found.setdefault(name, []).extend(o.get("value") or "" for o in chosen)
        elif control.tag == "textarea":
            found.setdefault(name, []).append((control.text or "").strip())
        else:
            found.setdefault(name, []).append(control.get("value") or "")
    yield from found.items()
