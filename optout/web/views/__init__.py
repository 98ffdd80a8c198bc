"""The blueprints, one a topic, with their pages in a folder of the same name."""

from __future__ import annotations

from flask import Blueprint

from optout.web.views import (
    brokers,
    corrections,
    documents,
    due,
    help_pages,
    laws,
    lock,
    people,
    plan,
    registry,
    requests,
    welcome,
)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint of the app."""
    rooms = (welcome, lock, people, brokers, plan, requests, documents, due, registry,
             corrections, laws, help_pages)
    return tuple(room.blueprint for room in rooms)
