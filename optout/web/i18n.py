"""Languages: every string of pages and forms goes through gettext; English for now."""

from __future__ import annotations

from typing import cast

from flask import Flask
from flask_babel import Babel, gettext, lazy_gettext, ngettext

LANGUAGES = ("en",)


def choose_locale() -> str:
    """The language of this page."""
    return LANGUAGES[0]


def text(message: str, **values: object) -> str:
    """A sentence in the language of the page being made."""
    return str(gettext(message, **values))


def lazy(message: str) -> str:
    """A sentence whose language is chosen when it is shown; typed as the text it becomes."""
    return cast("str", lazy_gettext(message))


def counted(one: str, many: str, number: int) -> str:
    """A sentence with `%(num)d`, in the singular or plural that the number wants."""
    return str(ngettext(one, many, number))


def setup_i18n(app: Flask) -> None:
    """Give the templates gettext, and forms and dates their language."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    app.config["BABEL_DEFAULT_TIMEZONE"] = "UTC"
    Babel(app, locale_selector=choose_locale)
