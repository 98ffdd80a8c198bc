"""The case file of a request as one PDF: redacted for others, or complete behind a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.document import MadeFile
from optout.domain.errors import GateClosed, Refused
from optout.domain.footing import ComputedDate
from optout.domain.gate import Gate, GateAnswer, GatePlace
from optout.domain.person import Person
from optout.domain.request import Request, RequestFile
from optout.domain.words import ActingAs, Event, Right
from optout.lifecycle.life import effective
from optout.lifecycle.outcome import confirmed_gone, relisted
from optout.lifecycle.overdue import NOTHING_RUNS, extension_counts
from optout.planning.gates import gates_at
from optout.services import case_words as words
from optout.services.case_duplicates import duplicates_of, papers_of, together
from optout.services.case_exhibits import exhibits_of, material_of
from optout.services.case_private import private_values
from optout.services.case_words import day_in
from optout.services.desk import Desk
from optout.services.history import file_of
from optout.services.merged import merged_by
from optout.services.people import careful_person
from optout.services.typed import request_named
from optout.store import audit, authorizations
from optout.store import gates as stored_answers

if TYPE_CHECKING:
    from optout.documents.case_file import CaseDate, CaseExhibit, CaseFile, CaseStep
    from optout.documents.private_values import PrivateValues

COMPLETE_COPY = "complete-case-file"
"""The question that is answered, for each request, before its complete file is made."""


def case_bundle(
    desk: Desk, request_id: str, *, redacted: bool = True, actor: str, on: date | None = None
) -> MadeFile:
    """One PDF of a request's whole life; the program keeps no copy of it.

    Args:
        desk: the opened data.
        request_id: which request; letter case and spaces around it are forgiven.
        redacted: the copy for others, without private values and without what others wrote;
            else everything, once `allow_complete_copy` was answered with yes.
        actor: who makes it.
        on: the day that it bears, and up to which lateness is counted; default: today.

    Raises:
        NotFound: when there is no such request, or a file of it is lost.
        GateClosed: for a complete copy without an answer, and always for people at risk.
        Refused: when a private value would still be found in the redacted copy.
        Tampered: when a file was changed since it was kept.
    """
    from optout.documents.case_bundle import case_bundle_pdf
    from optout.documents.case_redaction import redacted_case
    from optout.documents.redaction import Redactor

    day = desk.day(on)
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        person = careful_person(session, request.person_id)
        file = file_of(session, request, day)
        duplicates = duplicates_of(session, request.id, day)
        materials = (material_of(session, request, file.events),
                     *(papers_of(session, one) for one in duplicates))
        values = private_values(desk, session, person, together(request, duplicates), day=day)
        helpers = authorizations.of_person(session, person.id)
    if not redacted:
        _require_allowed(complete_copy_gates(desk, request.id))
    country = _country(person, day)
    exhibits = exhibits_of(desk, materials, country=country, redacted=redacted)
    agent = next((one.agent_name for one in reversed(helpers)
                  if one.living_on(request.sent_on or day)), "")
    case = _case(desk, (file, *duplicates), person, exhibits, agent=agent, day=day,
                 redacted=redacted)
    if redacted:
        case = redacted_case(case, Redactor(values))
    content = case_bundle_pdf(case)
    if redacted:
        _require_clean(content, values)
    with desk.store.writing() as session:
        act = "make_redacted_case_file" if redacted else "make_complete_case_file"
        audit.write(session, actor, act, request.id, desk.clock.now())
    name = f"{request.id}-case-file{'-redacted' if redacted else ''}.pdf"
    return MadeFile(name, "application/pdf", content)


def complete_copy_gates(desk: Desk, request_id: str) -> tuple[Gate, ...]:
    """What stands before the complete copy of a request's file; its answer counts for it alone.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        person = careful_person(session, request.person_id)
        answers = stored_answers.answers(session, request.person_id)
    return gates_at(GatePlace.CASE_FILE, person, desk.gates, day=desk.clock.today(),
                    answers=answers, scope=request.id)


def allow_complete_copy(desk: Desk, request_id: str, *, accepted: bool, actor: str) -> None:
    """Remember the answer to the question before the complete copy; the newest counts.

    Raises:
        NotFound: when there is no such request.
        Refused: for a yes where no answer opens it: for people at risk.
    """
    gates = complete_copy_gates(desk, request_id)
    closed = next((gate for gate in gates if gate.remedy), None)
    if accepted and closed is not None:
        raise Refused("This safeguard cannot be answered away.", remedy=closed.remedy)
    with desk.store.writing() as session:
        request = request_named(session, request_id)
        stored_answers.record(session, request.person_id, GateAnswer(
            COMPLETE_COPY, request.id, accepted, desk.clock.today(), actor))
        audit.write(session, actor, "answer_gate", request.id, desk.clock.now())


def _require_allowed(gates: Sequence[Gate]) -> None:
    held = [gate for gate in gates if gate.holds]
    if held:
        raise GateClosed(
            f"A question must be settled first: {held[0].question}",
            gates=tuple(gate.id for gate in held),
            remedy=held[0].remedy or f"Read what it means, then answer “{held[0].id}”; or make "
                                     "the redacted file.")


def _require_clean(content: bytes, values: PrivateValues) -> None:
    """Read the finished file back.

    Raises:
        Refused: naming the kinds of values that it would still show, never the values.
    """
    from optout.documents.readback import leaks

    found = leaks(content, values)
    if found:
        raise Refused(f"The copy would still show: {', '.join(found)}. It was not made.",
                      remedy="Please report this as a mistake of the program, without the file.")


def _country(person: Person, day: date) -> str:
    return (person.residences_on(day) or person.residences)[0].country


def _case(
    desk: Desk, files: Sequence[RequestFile], person: Person,
    exhibits: tuple[CaseExhibit, ...], *, agent: str, day: date, redacted: bool,
) -> CaseFile:
    """What the file of the first request says; the others are its duplicates."""
    from optout.documents.case_file import CaseFile
    from optout.documents.words import LETTER_PAPER

    file, *duplicates = files
    request, country = file.request, _country(person, day)
    return CaseFile(
        reference=request.id, title=f"Case file {request.id}",
        page="letter" if country in LETTER_PAPER else "a4", redacted=redacted,
        mark=words.MARK_REDACTED if redacted else words.MARK_COMPLETE,
        facts=tuple(_facts(desk, request, person, agent, day)),
        asked=tuple(_asked(request)), standing=tuple(_standing(file, country)),
        notes=tuple(_notes(exhibits, duplicates, redacted=redacted)),
        history=(*_history(file, country, redacted=redacted),
                 *(replace(step, what=f"{one.request.id}: {step.what}") for one in duplicates
                   for step in _history(one, country, redacted=redacted))),
        dates=tuple(_dates(file, country)), exhibits=exhibits)


def _facts(
    desk: Desk, request: Request, person: Person, agent: str, day: date
) -> Iterator[tuple[str, str]]:
    country = _country(person, day)
    broker = desk.registry.brokers.get(request.broker_id)
    yield "Reference", request.id
    shown = next((name for name in (person.main_name, *person.names) if name.may_be_sent), None)
    yield "Who asks", shown.full if shown else "not named"
    if request.acting_as is not ActingAs.SELF and agent:
        yield "Acting for them", agent
    yield "Asked of", (broker.operator or broker.name) if broker else request.broker_id
    procedures = broker.procedures if broker else ()
    ways = [one for one in procedures if one.channel is request.channel]
    at = next((", ".join((*one.address.lines, one.address.city_line)) if one.address
               else one.email or one.url for one in ways), "")
    if at:
        yield "Its contact, by our registry", at
    yield "By", words.CHANNELS[request.channel]
    yield "Begun on", day_in(request.created_on, country)
    yield "Left on", day_in(request.sent_on, country) if request.sent_on else "not recorded"
    yield "This file made on", day_in(day, country)


def _asked(request: Request) -> Iterator[str]:
    for footing in request.footings:
        law = ", ".join(filter(None, (footing.law_name, footing.citation)))
        yield f"{words.RIGHTS[footing.right]} ({law})" if law else words.RIGHTS[footing.right]


def _standing(file: RequestFile, country: str) -> Iterator[tuple[str, str]]:
    request = file.request
    yield "The request", words.STANDINGS[request.standing]
    said = "Nothing so far." if request.claim is None else words.CLAIMS[request.claim]
    yield "The recipient says", f"{said} {_quoted(request.claim_words)}".strip()
    seen = "Nobody has looked."
    if request.last_look is not None and request.last_look_on is not None:
        seen = f"On {day_in(request.last_look_on, country)}: {words.LOOKS[request.last_look]}"
    if confirmed_gone(file.events):
        seen += " It counts as confirmed gone."
    if relisted(file.events):
        seen += " It had been gone and came back."
    yield "What was seen", seen
    if file.overdue_days:
        days = "1 day" if file.overdue_days == 1 else f"{file.overdue_days} days"
        yield "Late", f"The recipient is {days} late."


def _quoted(text: str) -> str:
    return f"In its words: “{text}”" if text.strip() else ""


def _notes(
    exhibits: Sequence[CaseExhibit], duplicates: Sequence[RequestFile], *, redacted: bool
) -> Iterator[str]:
    if exhibits:
        ends = (f"exhibits {exhibits[0].label} to {exhibits[-1].label}" if len(exhibits) > 1
                else "exhibit A")
        yield f"This file has the history of the request, a table of its documents, and {ends}."
    for one in duplicates:
        yield (f"{one.request.id} asked for the same and was merged into this request. What "
               "comes from it bears its number.")
    yield from (words.WHERE_FROM, words.SENT_IS_NOT_DONE, words.NO_ADVICE)
    yield words.REDACTED if redacted else words.COMPLETE


def _history(file: RequestFile, country: str, *, redacted: bool) -> Iterator[CaseStep]:
    from optout.documents.case_file import CaseStep

    for event in effective(file.events):
        what = words.EVENTS[event.event]
        if merged_by(event):
            what = f"It was merged into {file.request.merged_into} as its duplicate"
        if event.event is Event.MARK_SENT and event.received_on:
            what += f"; it arrived on {day_in(event.received_on, country)}"
        if event.until:
            what += f"; until {day_in(event.until, country)}"
        if event.reason is not None:
            what += f": {words.REASONS[event.reason]}"
        # One's own notes may name anybody; a parcel's number leads to an address.
        shown = not redacted or event.event in words.THEIR_WORDS
        yield CaseStep(day_in(event.on, country), what, event.detail if shown else "")


def _dates(file: RequestFile, country: str) -> Iterator[CaseDate]:
    """The dates of the law, earliest first; rights that share one stand together."""
    from optout.documents.case_file import CaseDate

    if file.request.standing in NOTHING_RUNS:
        return
    rights: dict[tuple[date, str, str, CaseDate], list[str]] = {}
    names = {footing.law: footing.law_name or footing.law for footing in file.request.footings}
    for row in file.dates:
        dates = row.deadlines
        longer = ("Answer, as more time was announced" if extension_counts(row, file.events)
                  else "Answer, if more time is announced in time")
        for what, one in (("Confirm receipt", dates.acknowledge_by),
                          ("Answer", dates.respond_by), (longer, dates.extended_respond_by)):
            if one is not None:
                day = f"{day_in(one.day, country)}{_beside(one, country)}"
                known = CaseDate(what, day, names.get(row.law, row.law), one.citation)
                rights.setdefault((one.day, what, one.citation, known), []).append(
                    words.RIGHTS[Right(row.right)])
    for (_, what, _, known), shared in sorted(rights.items(), key=lambda item: item[0][:3]):
        yield replace(known, what=f"{what}: {'; '.join(shared)}")


def _beside(one: ComputedDate, country: str) -> str:
    """What keeps a last day from being the last word: a resting clock, a holiday, a longer time."""
    if one.provisional:
        return " (will move: the clock rests)"
    if one.late_from > one.day + timedelta(days=1):
        return f" (late from {day_in(one.late_from, country)})"
    return ""
