"""The table of the law as one page that needs nothing else and calls nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from optout.settings import resource

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The page's own promise to the browser: it holds a style, and nothing that runs or loads."""


def page(context: Mapping[str, Any]) -> bytes:
    """The page in UTF-8.

    Args:
        context: what the template names; every text is escaped.
    """
    folder = resource("templates") / "law_table"
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    style = (folder / "page.css").read_text(encoding="utf-8").strip()
    return environment.get_template("page.html").render(
        context, policy=POLICY, style=Markup(style)).encode()  # noqa: S704 - our own file
