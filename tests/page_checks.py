"""What holds for every page that any test fetches, whoever fetches it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

OWN_HOSTS = frozenset({"", "127.0.0.1", "localhost"})
LABELLED = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
LOADING = (("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"),
           ("source", "src"), ("video", "src"), ("audio", "src"), ("embed", "src"),
           ("object", "data"), ("form", "action"), ("button", "formaction"))
"""Elements and attributes by which a page loads or sends something."""


def check_page(html: str, address: str) -> None:
    """Assert everything that every page must be; `address` names the page in a failure."""
    root = parse(html)
    for check in (check_heading, check_ids, check_labels, check_forms, check_hosts, check_style,
                  check_landmarks, check_links):
        problems = list(check(root))
        assert not problems, f"{address}: {problems}"


@lru_cache(maxsize=4)
def parse(html: str) -> Element:
    """The page's tree; parsed once though it is first checked and then read. Nobody changes it.

    Raises:
        html5lib.html5parser.ParseError: when the page is not valid HTML.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def text_of(element: Element) -> str:
    """The text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def elements(root: Element, *names: str) -> Iterator[Element]:
    """Every element of these names (comments have no name and are passed over)."""
    found: Iterable[Any] = root.iter()
    return (e for e in found if isinstance(e.tag, str) and (not names or e.tag in names))


def check_heading(root: Element) -> Iterator[str]:
    """One h1, and the title begins with it; headings skip no level."""
    headings = [text_of(e) for e in elements(root, "h1")]
    title = next(text_of(e) for e in elements(root, "title"))
    if len(headings) != 1 or not headings[0]:
        yield f"{len(headings)} h1: {headings}"
    elif not title.startswith(headings[0]):
        yield f"the title “{title}” does not begin with the h1 “{headings[0]}”"
    level = 0
    for element in elements(root, "h1", "h2", "h3", "h4", "h5", "h6"):
        now = int(str(element.tag)[1])
        if now > level + 1:
            yield f"h{now} “{text_of(element)}” follows h{level}"
        level = now
    if not next(elements(root, "html")).get("lang"):
        yield "the page names no language"


def check_ids(root: Element) -> Iterator[str]:
    """Ids are there once, and whatever refers to one finds it."""
    ids = Counter(i for e in elements(root) if (i := e.get("id")) is not None)
    yield from (f"id “{i}” stands {n} times" for i, n in ids.items() if n > 1)
    for element in elements(root):
        for name in ("aria-describedby", "aria-labelledby", "for", "form"):
            for target in (element.get(name) or "").split():
                if target not in ids:
                    yield f"{element.tag} {name}={target} points nowhere"


def check_labels(root: Element) -> Iterator[str]:
    """Every control has a name."""
    named = {e.get("for") for e in elements(root, "label") if text_of(e)}
    wrapped = {id(c) for e in elements(root, "label") if text_of(e) for c in e.iter()}
    for control in elements(root, *LABELLED):
        if control.get("type") in NEEDS_NO_LABEL or control.get("aria-label"):
            continue
        if control.get("id") not in named and id(control) not in wrapped:
            yield f"{control.tag} {control.get('name')} has no label"
    for button in elements(root, "button", "a"):
        if not (text_of(button) or button.get("aria-label")):
            yield f"{button.tag} {button.attrib} has no name"
    for image in elements(root, "img"):
        if image.get("alt") is None:
            yield f"img {image.get('src')} has no alt"


def check_forms(root: Element) -> Iterator[str]:
    """Every form says where it goes; one that changes something carries a token."""
    for form in elements(root, "form"):
        if not form.get("action"):
            yield f"a form without an action: {form.attrib}"
        if (form.get("method") or "get").lower() == "get":
            continue
        tokens = [e for e in elements(form, "input")
                  if (e.get("name") or "").endswith("csrf_token") and e.get("value")]
        if len(tokens) != 1:
            yield f"the form to {form.get('action')} has {len(tokens)} tokens"


def check_hosts(root: Element) -> Iterator[str]:
    """Nothing is loaded from, or sent to, another host."""
    for tag, attribute in LOADING:
        for element in elements(root, tag):
            target = element.get(attribute)
            if target and not target.startswith("data:") and urlsplit(target).netloc:
                yield f"{tag} {attribute}={target}"
    waiting = {id(meta) for part in elements(root, "noscript") for meta in elements(part, "meta")
               if (meta.get("content") or "").isdigit()}  # for the same page, without scripts
    for meta in elements(root, "meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and id(meta) not in waiting:
            yield "the page sends the browser on by itself"


def check_style(root: Element) -> Iterator[str]:
    """Nothing inline that the content policy would refuse."""
    for element in elements(root):
        for name in element.attrib:
            if name == "style" or str(name).startswith("on"):
                yield f"{element.tag} has an inline {name}"
    for element in elements(root, "script", "style"):
        if text_of(element):
            yield f"an inline {element.tag}"


def check_landmarks(root: Element) -> Iterator[str]:
    """One main part, which the skip link can reach."""
    mains = list(elements(root, "main"))
    if len(mains) != 1:
        yield f"{len(mains)} main parts"


def check_links(root: Element) -> Iterator[str]:
    """Links out of the program carry nothing with them; fragments point at something."""
    ids = {e.get("id") for e in elements(root)}
    for link in elements(root, "a"):
        target = link.get("href") or ""
        host: Any = urlsplit(target).hostname or ""
        if host not in OWN_HOSTS and "noreferrer" not in (link.get("rel") or ""):
            yield f"the link to {target} names where it came from"
        if target.startswith("javascript:"):
            yield f"a script as a link: {target}"
        if target.startswith("#") and target[1:] not in ids:
            yield f"the link {target} points nowhere"
