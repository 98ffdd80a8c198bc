"""Reminders: by e-mail through one's own mail server, on the desktop; and the outbox."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli.frame import Command, Group, choice, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.cli.trouble import REFUSED
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.mail import MailSecurity, MailState
from optout.domain.reminder import Rhythm

if TYPE_CHECKING:
    from optout.domain.mail import OutgoingMail

REACH, WORDS = "who-sees-reminders", "words-in-reminders"
"""The safety questions, each answered by its name: a yes to one is none to the other."""


def _answers(*gates: str) -> Callable[[Any], Any]:
    return click.option("--answer", "answers", multiple=True, metavar="GATE", type=choice(*gates),
                        help="Yes to a safety question, by its name; asked where somebody is at "
                             "risk. May be repeated.")


@click.group("reminders", cls=Group, invoke_without_command=True)
@click.pass_context
def reminders(context: click.Context) -> None:
    """Reminders that come to you: off until you switch them on.

    Alone: what is switched on. The app sends them while it runs and your data is unlocked;
    “optout reminders run” does so once.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@reminders.command("show", cls=Command)
@pass_state
def show(state: State) -> None:
    """Say what is switched on and what needs a word from you."""
    data = _shape(state)
    mail, desktop = data["mail"], data["desktop"]
    answer(state, data, table(("", "", ""), [
        ("e-mail", _on(mail), f"to {mail['to']} through {mail['host']}" if mail["host"]
         else "no mail server: optout reminders server"),
        ("desktop", _on(desktop), "" if desktop["installed"] else f"add: {desktop['add']}"),
        ("outbox", "", f"{data['uncertain']} not certain, {data['failed']} not sent")]))


@reminders.command("server", cls=Command)
@click.option("--host", metavar="NAME", help="Your provider’s server for outgoing mail.")
@click.option("--port", type=int, metavar="N", help="Your provider names it, often 465 or 587.")
@click.option("--security", type=choice(*(kind.value for kind in MailSecurity)), default="tls",
              show_default=True, help="“plain” only for a mail server on this computer.")
@click.option("--user", default="", metavar="NAME", help="Empty if the server asks for none.")
@click.option("--password-file", type=click.Path(path_type=Path, dir_okay=False),
              help="A file with the password alone; without it, it is asked for.")
@click.option("--from", "sender", metavar="ADDRESS", help="The address that they come from.")
@click.option("--to", metavar="ADDRESS", help="The address that reminders go to; default: --from.")
@click.option("--forget", is_flag=True, help="Delete the server with its password.")
@pass_state
def server(  # noqa: PLR0917 -- one for each option
    state: State, host: str | None, port: int | None, security: str, user: str,
    password_file: Path | None, sender: str | None, to: str | None, *, forget: bool,
) -> None:
    """Keep the mail server, encrypted. Nothing is sent.

    The password is never an argument: other users of the machine can read those.
    """
    from optout.domain.mail import MailServer
    from optout.services import mail_settings, reminder_settings

    if forget:
        reminder_settings.switch_off(state.desk, Medium.MAIL, actor=OWNER)
        mail_settings.forget(state.desk, actor=OWNER)
        answer(state, {"kept": False}, "The mail server and its password are deleted.")
        return
    if not (host and port and sender):
        raise click.UsageError("Name --host, --port and --from.")
    desk = state.desk
    password = _password(password_file) if user else ""
    mail_settings.keep(desk, mail_settings.MailSettings(
        MailServer(host, port, MailSecurity(security), user, password), sender, to or sender),
        actor=OWNER)
    answer(state, {"kept": True}, "Kept. See whether it works: optout reminders test")


@reminders.command("mail", cls=Command)
@click.option("--on/--off", "on", required=True, help="Send them, or send none any more.")
@click.option("--rhythm", type=choice(*(rhythm.value for rhythm in Rhythm)), default="due",
              show_default=True,
              help="On each day with something due, only with news, or once a week.")
@click.option("--discretion", type=choice(*(level.value for level in Discretion)),
              default="number", show_default=True, help="How much is said about each task.")
@click.option("--subject", default="", metavar="TEXT", help="Default: “3 reminders”.")
@_answers(REACH, WORDS)
@pass_state
def mail(  # noqa: PLR0917 -- one for each option
    state: State, on: bool, rhythm: str, discretion: str, subject: str,  # noqa: FBT001 -- click's flag
    answers: tuple[str, ...],
) -> None:
    """Switch reminders by e-mail on or off."""
    from optout.services import discretion as speech
    from optout.services import reminder_settings

    if on:
        level, agreed = Discretion(discretion), WORDS in answers
        if not agreed:  # before anything is switched on
            speech.require_allowed(state.desk, Medium.MAIL, level)
        reminder_settings.switch_mail_on(
            state.desk, rhythm=Rhythm(rhythm), subject=subject, accepted=REACH in answers,
            actor=OWNER)
        speech.choose(state.desk, Medium.MAIL, level, actor=OWNER, accepted=agreed)
    else:
        reminder_settings.switch_off(state.desk, Medium.MAIL, actor=OWNER)
    answer(state, _shape(state), "Reminders by e-mail are on." if on
           else "Reminders by e-mail are off.")


@reminders.command("desktop", cls=Command)
@click.option("--on/--off", "on", required=True, help="Show them, or show none any more.")
@_answers(REACH)
@pass_state
def desktop(state: State, on: bool, answers: tuple[str, ...]) -> None:  # noqa: FBT001 -- click's flags
    """Switch notifications on the desktop on or off."""
    from optout.services import reminder_settings

    if on:
        reminder_settings.switch_desktop_on(state.desk, accepted=REACH in answers, actor=OWNER)
    else:
        reminder_settings.switch_off(state.desk, Medium.DESKTOP, actor=OWNER)
    answer(state, _shape(state), "Notifications are on." if on else "Notifications are off.")


@reminders.command("test", cls=Command)
@click.pass_context
def test(context: click.Context) -> None:
    """Send a test e-mail to yourself, now. Exits 1 if the mail server did not take it."""
    from optout.services.reminders import send_test

    state = context.ensure_object(State)
    sent = send_test(state.desk, actor=OWNER)
    _answer_mails(state, (sent,))
    if sent.state is not MailState.SENT:
        context.exit(REFUSED)


@reminders.command("run", cls=Command)
@pass_state
def run(state: State) -> None:
    """Remind once, as the app does every hour."""
    from optout.services.reminders import remind

    state.instance.unlock_from_environment()
    desk = state.desk  # opening it sweeps
    done = remind(desk)
    sent = done.mail.sent if done.mail else ()
    answer(state, {"written": done.written or None, "sent": list(sent),
                   "desktop": done.desktop and done.desktop.value},
           f"{len(sent)} e-mails sent." if sent else "No e-mail was due.",
           *(["The desktop was told."] if done.desktop == "yes" else []))


@reminders.command("outbox", cls=Command)
@click.option("--arrived", metavar="ID", help="You saw that it arrived.")
@click.option("--again", metavar="ID", help="Send it again, now.")
@click.option("--leave", metavar="ID", help="It shall not be sent.")
@pass_state
def outbox(state: State, arrived: str | None, again: str | None, leave: str | None) -> None:
    """List its e-mails, or say what becomes of one.

    One that is “uncertain” was being handed over when the line broke: look into the mailbox,
    then say whether it arrived. It is never sent again unless you ask for it.
    """
    from optout.services import outbox as mails
    from optout.services.typed import as_stored

    for mail_id, act in ((arrived, mails.arrived), (again, mails.send_again),
                         (leave, mails.give_up)):
        if mail_id:
            act(state.desk, as_stored(mail_id), actor=OWNER)
    if again:
        mails.send(state.desk)
    _answer_mails(state, mails.shown(state.desk))


def _password(path: Path | None) -> str:
    from optout.domain.errors import InvalidInput

    if path is None:
        if not sys.stdin.isatty():
            raise InvalidInput("There is no terminal to ask for the password.", field="password",
                               remedy="Write it into a file that only you can read and name that "
                                      "file with --password-file.")
        return str(click.prompt("Password of the mail server", hide_input=True, err=True))
    try:
        return path.read_text("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The password file {path} cannot be read.", field="password",
                           remedy="Check the path, and that you may read it.") from error


def _shape(state: State) -> dict[str, Any]:
    from optout.delivery.desktop import is_there
    from optout.services import mail_settings, reminder_settings
    from optout.services import outbox as mails
    from optout.services.discretion import discretion_of

    desk = state.desk
    on = reminder_settings.reminder_settings(desk)
    kept = mail_settings.mail_settings(desk)
    with desk.store.reading() as session:
        words = discretion_of(session, Medium.MAIL)
        reaches = {medium: reminder_settings.may_reach(desk, session, medium)
                   for medium in (Medium.MAIL, Medium.DESKTOP)}
    states = [one.state for one in mails.shown(desk)]
    return {
        "mail": {"on": on.mail, "held": on.mail and not reaches[Medium.MAIL],
                 "rhythm": on.rhythm.value, "discretion": words.value, "subject": on.subject,
                 "host": kept and kept.server.host, "to": kept and kept.recipient},
        "desktop": {"on": on.desktop, "held": on.desktop and not reaches[Medium.DESKTOP],
                    "installed": is_there(), "add": reminder_settings.how_to_add()},
        "uncertain": states.count(MailState.UNCERTAIN), "failed": states.count(MailState.FAILED)}


def _on(part: dict[str, Any]) -> str:
    if part["held"]:
        return "held back: a safety question is open"
    return "on" if part["on"] else "off"


def _answer_mails(state: State, mails: tuple[OutgoingMail, ...]) -> None:
    from optout.services.mail_words import told
    from optout.services.outbox import can_go_again

    today = state.desk.clock.today()
    explained = [(one, told(one, again=can_go_again(one, today))) for one in mails]
    answer(state, [{"id": one.id, "kind": one.kind.value, "state": one.state.value,
                    "attempts": one.attempts, "created_at": one.created_at.isoformat(),
                    "what": words.what, "remedy": words.remedy} for one, words in explained],
           table(("id", "what", "state", "what became of it"),
                 [(one.id, one.kind.value, one.state.value,
                   f"{words.what} {words.remedy}".strip()) for one, words in explained],
                 empty="This program has sent no e-mail."))


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(reminders)
