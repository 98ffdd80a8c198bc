"""E-mails on their way out: written down first, sent once, never again without being asked.

One process hands over at a time, by a mark that dies with it. So whoever has the mark knows that
a row which says `sending` belongs to nobody alive: it becomes `uncertain`, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from optout.domain.discretion import Medium
from optout.domain.errors import Refused
from optout.domain.mail import Attempt, MailKind, MailState, OutgoingMail, Taken
from optout.domain.reference import new_id
from optout.services.desk import Desk
from optout.services.discretion import discretion_of
from optout.services.folder import LOCK_FOLDER, PRIVATE
from optout.services.mail_settings import MailSettings, settings_in
from optout.store import audit
from optout.store import outbox as rows
from optout.vault import marks

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MARK = "outbox"
"""The file in the folder of locks that the process holds which hands e-mails over."""

MOST_AT_ONCE = 20
"""E-mails handed over in one go; the rest follow with the next sweep."""

LADDER: Mapping[MailKind, tuple[timedelta, ...]] = {
    MailKind.DIGEST: (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4)),
    MailKind.TEST: (),
}
"""How long to wait before each further attempt, where a server said “not now”."""

INTERRUPTED = "interrupted"
SUPERSEDED = "superseded"
SWITCHED_OFF = "switched_off"
GIVEN_UP = "given_up"
MOVED = "moved"
HELD_BACK = "held_back"
OUTDATED = "outdated"
"""Answers that no server gave."""


DIGEST = "digest:"
"""Begins the key of each digest; its day follows."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What one round did; ids of e-mails.

    Args:
        later: they will be tried again.
        again_at: when the first of those that wait may be, UTC; None where none does.
        uncertain: nobody here knows whether they arrived; a person has to say.
        elsewhere: another process is handing over at this moment.
    """

    sent: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    elsewhere: bool = False
    again_at: datetime | None = None


def write(
    session: Session, settings: MailSettings, kind: MailKind, key: str, *,
    subject: str, text: str, now: datetime,
) -> OutgoingMail | None:
    """Write an e-mail down, with its Message-ID and its exact bytes, within a transaction.

    Args:
        session: of a writing transaction.
        settings: from whom and to whom.
        kind: what it is for.
        key: of its cause; the same cause never mails twice.
        subject: one line.
        text: plain.
        now: the instant, UTC; the date that the message carries.

    Returns:
        The e-mail; None when one of that key is there already.

    Raises:
        InvalidInput: for an address or a subject that cannot be used.
    """
    from optout.documents.eml import message_id, note_bytes
    from optout.domain.document import EmailHead

    mail_id = new_id("M", 10)
    its_id = message_id(mail_id, 1, settings.sender)
    raw = note_bytes(
        EmailHead(settings.sender, settings.recipient, subject, its_id, now), text)
    mail = OutgoingMail(mail_id, kind, key, its_id, settings.recipient, raw, MailState.QUEUED,
                        attempts=0, created_at=now, changed_at=now)
    return mail if rows.add(session, mail) else None


def send(desk: Desk) -> Handled:
    """Hand over what waits, one after the other; nothing where no mail server is set."""
    with desk.store.reading() as session:
        settings = settings_in(session)
        waits = rows.any_unsent(session)
    if not waits:
        return Handled()
    folder = desk.settings.instance / LOCK_FOLDER
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    held = marks.hold(folder / MARK)
    if held is None:
        return Handled(elsewhere=True)
    with held:
        _recover(desk)
        return Handled() if settings is None else _round(desk, settings)


def arrived(desk: Desk, mail_id: str, *, actor: str) -> OutgoingMail:
    """The person saw that an uncertain e-mail arrived.

    Raises:
        NotFound: when there is no such e-mail.
        Refused: when it is not uncertain.
    """
    return _decide(desk, mail_id, (MailState.UNCERTAIN,), MailState.SENT, "mail_arrived",
                   actor=actor)


def send_again(desk: Desk, mail_id: str, *, actor: str) -> OutgoingMail:
    """The person wants an e-mail sent once more, with the same Message-ID and the same bytes.

    It waits in the outbox then, for one attempt.

    Raises:
        NotFound: when there is no such e-mail.
        Refused: when it arrived or is on its way, its words were deleted, or its day is past.
    """
    mail = get(desk, mail_id)
    if not mail.raw:
        raise Refused("The words of this e-mail were deleted.", remedy="Send a new one instead.")
    if not can_go_again(mail, desk.clock.today()):
        raise Refused("This e-mail tells what was due on a day that is past.",
                      remedy="Leave it: the next one tells what is due then.")
    return _decide(desk, mail_id, (MailState.UNCERTAIN, MailState.FAILED), MailState.QUEUED,
                   "mail_send_again", actor=actor)


def give_up(desk: Desk, mail_id: str, *, actor: str) -> OutgoingMail:
    """The person does not want an e-mail sent any more.

    Raises:
        NotFound: when there is no such e-mail.
        Refused: when it was sent or is just being handed over.
    """
    return _decide(desk, mail_id, (MailState.UNCERTAIN, MailState.QUEUED), MailState.FAILED,
                   "mail_give_up", actor=actor, answer=GIVEN_UP, next_try_at=None)


def shown(desk: Desk, *, most: int = 30) -> tuple[OutgoingMail, ...]:
    """Those that a person has to decide about, then the newest others."""
    with desk.store.reading() as session:
        open_ones = rows.standing_at(session, MailState.UNCERTAIN, most=most)
        newest = rows.latest(session, most=most)
    return tuple({mail.id: mail for mail in (*open_ones, *newest)}.values())


def get(desk: Desk, mail_id: str) -> OutgoingMail:
    """One e-mail.

    Raises:
        NotFound: when there is none of that id.
    """
    with desk.store.reading() as session:
        return rows.get(session, mail_id)


def digest_key(day: date) -> str:
    """The key of the digest of a day: such keys follow one another as the days do."""
    return f"{DIGEST}{day.isoformat()}"


def can_go_again(mail: OutgoingMail, today: date) -> bool:
    """Whether an e-mail can still leave: its words are there, and its day, if any, is not past."""
    return bool(mail.raw) and not _is_outdated(mail, today)


def _is_outdated(mail: OutgoingMail, today: date) -> bool:
    """Whether an e-mail tells what is due “today”, and that day is past.

    It waited for long, or came with a data folder that was put back from a copy.
    """
    return mail.kind is MailKind.DIGEST and mail.key < digest_key(today)


def _decide(
    desk: Desk, mail_id: str, from_states: tuple[MailState, ...], to_state: MailState, act: str,
    *, actor: str, **values: object,
) -> OutgoingMail:
    now = desk.clock.now()
    with desk.store.writing() as session:
        rows.get(session, mail_id)
        if not rows.move(session, mail_id, from_states, to_state, at=now, **values):
            raise Refused("This e-mail has moved on meanwhile.",
                          remedy="Look at the outbox again.")
        audit.write(session, actor, act, mail_id, now)
        return rows.get(session, mail_id)


def _recover(desk: Desk) -> None:
    with desk.store.writing() as session:
        rows.lose(session, at=desk.clock.now(), answer=INTERRUPTED)


def _round(desk: Desk, settings: MailSettings) -> Handled:
    with desk.store.reading() as session:
        waiting = rows.ready(session, desk.clock.now(), most=MOST_AT_ONCE)
    ended: dict[MailState, list[str]] = {state: [] for state in MailState}
    for mail_id in waiting:
        state = _hand_over(desk, settings, mail_id)
        if state is not None:
            ended[state].append(mail_id)
    with desk.store.reading() as session:
        again_at = rows.next_try(session)
    return Handled(
        sent=tuple(ended[MailState.SENT]), later=tuple(ended[MailState.QUEUED]),
        failed=tuple(ended[MailState.FAILED]), uncertain=tuple(ended[MailState.UNCERTAIN]),
        again_at=again_at)


def _hand_over(desk: Desk, settings: MailSettings, mail_id: str) -> MailState | None:
    """One attempt; None where a person decided otherwise meanwhile."""
    from optout.delivery import smtp

    if reason := _held_back(desk, settings, get(desk, mail_id)):
        with desk.store.writing() as session:
            left = rows.move(session, mail_id, (MailState.QUEUED,), MailState.FAILED,
                             at=desk.clock.now(), answer=reason, next_try_at=None)
        return MailState.FAILED if left else None
    with desk.store.writing() as session:  # committed before a word is said to the server
        if not rows.hand_over(session, mail_id, at=desk.clock.now()):
            return None
        mail = rows.get(session, mail_id)
    attempt = smtp.hand_over(settings.server, sender=settings.sender, recipient=mail.recipient,
                             raw=mail.raw)
    now = desk.clock.now()
    state, next_try_at = _ending(mail, attempt, now)
    with desk.store.writing() as session:
        rows.move(session, mail_id, (MailState.SENDING,), state, at=now, answer=attempt.answer,
                  next_try_at=next_try_at)
    return state


def _held_back(desk: Desk, settings: MailSettings, mail: OutgoingMail) -> str:
    """Why an e-mail must not leave as it was written; empty where it may.

    It may have waited, or the person may want it sent again, while its day passed, while they
    chose another address or fewer words, or while somebody here was erased or came to be at risk.
    """
    from optout.services import reminder_settings, reminder_words  # they build on this module

    if not mail.raw:
        return rows.ERASED
    if _is_outdated(mail, desk.clock.today()):
        return OUTDATED
    if mail.recipient != settings.recipient:
        return MOVED
    if mail.kind is not MailKind.DIGEST:
        return ""
    gate = reminder_settings.question(desk, Medium.MAIL)
    with desk.store.reading() as session:
        most = discretion_of(session, Medium.MAIL)
    says = reminder_words.level_of(mail.raw)
    return HELD_BACK if (gate is not None and gate.holds) or says.says_more_than(most) else ""


def _ending(mail: OutgoingMail, attempt: Attempt, now: datetime) -> tuple[MailState,
                                                                          datetime | None]:
    if attempt.taken is Taken.YES:
        return MailState.SENT, None
    if attempt.taken is Taken.UNKNOWN:
        return MailState.UNCERTAIN, None
    ladder = LADDER[mail.kind]
    if attempt.taken is Taken.NOT_NOW and mail.attempts <= len(ladder):
        return MailState.QUEUED, now + ladder[mail.attempts - 1]
    return MailState.FAILED, None
