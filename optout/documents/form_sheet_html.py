"""The form sheet as one HTML file that needs nothing else and calls nowhere."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from optout.documents.texts import terms
from optout.domain.document import FormSheet
from optout.domain.errors import InvalidInput
from optout.settings import resource


@cache
def _page(language: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource("templates") / "letters"), undefined=StrictUndefined,
        autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    return environment.get_template(f"{language}/form/page.html")


@cache
def _inline(language: str) -> dict[str, str]:
    """Our own style and script, with the hashes by which the page's policy admits them.

    Both hold nothing of any person or recipient, so they may stand in the page as they are.
    """
    folder, words = resource("templates") / "letters", terms(language)
    style = (folder / "form_page.css").read_text(encoding="utf-8").strip()
    script = (folder / "form_page.js").read_text(encoding="utf-8").strip()
    for name in ("copy", "copied"):
        script = script.replace(f"{{{{ {name} }}}}", words[f"button.{name}"])
    return {"style": Markup(style), "style_hash": _hash(style),  # noqa: S704 - our own file
            "script": Markup(script), "script_hash": _hash(script)}  # noqa: S704 - our own file


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")


def form_sheet_page(sheet: FormSheet, language: str = "en") -> bytes:
    """The sheet as UTF-8 HTML, every value escaped; it works without its script too.

    Raises:
        InvalidInput: when the link is no web address.
    """
    if sheet.link and urlsplit(sheet.link).scheme not in {"http", "https"}:
        raise InvalidInput("The link of the form is no web address.", field="link",
                           remedy="Correct the broker’s entry: it begins with https://.")
    given = [value for value in sheet.values if not value.leave_empty_because]
    empty = [value for value in sheet.values if value.leave_empty_because]
    page = _page(language).render(sheet=sheet, given=given, empty=empty, language=language,
                                  **_inline(language))
    return page.encode("utf-8")
