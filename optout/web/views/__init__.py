"""The blueprints, one a topic, with their pages in a folder of the same name."""

from __future__ import annotations

from flask import Blueprint

from optout.web.views import (
    board,
    brokers,
    bundle,
    calendar,
    choices,
    clock,
    corrections,
    cover,
    documents,
    drafts,
    due,
    evidence,
    help_pages,
    intake,
    jobs,
    later,
    laws,
    listing,
    lock,
    looks,
    papers,
    people,
    plan,
    printing,
    progress,
    recheck,
    registry,
    reminders,
    request_turns,
    requests,
    search,
    systems,
    welcome,
)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint of the app."""
    rooms = (
        welcome, lock, clock, people, intake, brokers, cover, plan, choices, looks, requests,
        request_turns, documents, drafts, later, evidence, bundle, papers, printing, progress,
        jobs, due, calendar, reminders, recheck, board, listing, search, registry, systems,
        corrections, laws, help_pages)
    return tuple(room.blueprint for room in rooms)
