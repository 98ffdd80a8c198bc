"""What all forms share: the token, errors that speak to their field, what was typed is kept."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField

from optout.domain.errors import InvalidInput, OptoutError

MOST_ROWS = 30
"""Rows of one kind that a form takes; more come from a file on the command line."""


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with a CSRF token and a summary of its errors."""

    def blame(self, error: OptoutError, **fields: str) -> None:
        """Show an error of the domain at its field, else at the head of the form.

        Args:
            error: what the domain or a service said.
            fields: the form's field for each field of the domain, where they differ.
        """
        name = error.field if isinstance(error, InvalidInput) else ""
        field = self._fields.get(fields.get(name, name))
        if field is None or hasattr(field, "form"):
            self.form_errors.append(str(error))
        else:
            add_error(field, str(error))


def unremembered(field: Field) -> dict[str, str]:
    """What asks the browser to remember nothing typed in a control, and to send it to nobody.

    Browsers offer earlier entries to whoever sits down next; some have the spelling checked
    elsewhere. What a field asks for itself counts.
    """
    return {"autocomplete": "off", "spellcheck": "false", **(field.render_kw or {})} if (
        isinstance(field, StringField)) else {}


def add_error(field: Field, message: str) -> None:
    """Put a message at a field."""
    field.errors = [*field.errors, message]


def clean(value: Any) -> str:
    """Typed text without white space around it and with single spaces inside."""
    return " ".join(str(value or "").split())
