"""Reminders that reach people: by e-mail, on the desktop; and the e-mails on their way."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.delivery import desktop as screen
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import InvalidInput
from optout.domain.mail import MailState, OutgoingMail
from optout.domain.reminder import Rhythm
from optout.services import (
    discretion,
    mail_settings,
    mail_words,
    outbox,
    reminder_settings,
    reminder_words,
    reminders,
)
from optout.web.forms.reminders import STATES, DesktopForm, MailForm, ServerForm
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("reminders", __name__)

ACTS = {"arrived": outbox.arrived, "again": outbox.send_again, "leave": outbox.give_up}


@blueprint.get("/reminders")
def show() -> ResponseReturnValue:
    """What is switched on, and what became of the e-mails."""
    return _page()


@blueprint.post("/reminders/mail")
def mail_on() -> ResponseReturnValue:
    """Switch e-mails on, or change when they come and what they say."""
    form = MailForm()
    if not form.validate_on_submit():
        return _page(mail_form=form), 422
    level = Discretion(str(form.discretion.data))
    reach = reminder_settings.question(desk(), Medium.MAIL)
    words = discretion.question(desk(), Medium.MAIL, level)
    if (reach is not None and reach.holds and not form.accepted.data) or (
            words is not None and words.holds and not form.words_accepted.data):
        return _page(mail_form=form, words_gate=words), 422
    try:
        reminder_settings.switch_mail_on(
            desk(), rhythm=Rhythm(str(form.rhythm.data)), subject=str(form.subject.data or ""),
            accepted=bool(form.accepted.data), actor=OWNER)
    except InvalidInput as error:
        form.blame(error)
        return _page(mail_form=form), 422
    discretion.choose(desk(), Medium.MAIL, level, actor=OWNER,
                      accepted=bool(form.words_accepted.data))
    flash(_("Kept. At most one e-mail a day comes from now on, while this program runs and your "
            "data is unlocked."))
    return _back()


@blueprint.post("/reminders/mail/off")
def mail_off() -> ResponseReturnValue:
    """Switch e-mails off."""
    reminder_settings.switch_off(desk(), Medium.MAIL, actor=OWNER)
    flash(_("No more reminders are sent by e-mail."))
    return _back()


@blueprint.route("/reminders/mail-server", methods=["GET", "POST"])
def server() -> ResponseReturnValue:
    """Where e-mails leave."""
    kept = mail_settings.mail_settings(desk())
    form = ServerForm(data=None if kept is None else {
        "host": kept.server.host, "port": kept.server.port,
        "security": kept.server.security.value, "user": kept.server.user,
        "sender": kept.sender, "recipient": kept.recipient})
    if form.validate_on_submit():
        entered = form.settings()
        try:
            mail_settings.keep(
                desk(), entered, actor=OWNER,
                same_password=kept is not None and not entered.server.password
                and bool(entered.server.user))
        except InvalidInput as error:
            form.blame(error)
        else:
            flash(_("Kept. Nothing was sent yet: send a test to see whether it works."))
            return _back()
    return render_template("pages/reminders/server.html", form=form, kept=kept is not None), (
        422 if form.errors or form.form_errors else 200)


@blueprint.post("/reminders/mail-server/forget")
def forget() -> ResponseReturnValue:
    """Delete the mail server with its password; e-mails are off then."""
    reminder_settings.switch_off(desk(), Medium.MAIL, actor=OWNER)
    mail_settings.forget(desk(), actor=OWNER)
    flash(_("The mail server and its password are deleted. E-mails are off."))
    return _back()


@blueprint.post("/reminders/test")
def test() -> ResponseReturnValue:
    """Send a test now."""
    _tell(reminders.send_test(desk(), actor=OWNER).id)
    return _back()


@blueprint.post("/reminders/outbox/<mail_id>/<any(arrived, again, leave):act>")
def decide(mail_id: str, act: str) -> ResponseReturnValue:
    """Say what becomes of an e-mail that is uncertain, waits, or was not sent."""
    ACTS[act](desk(), mail_id, actor=OWNER)
    if act == "again":
        outbox.send(desk())
    _tell(mail_id)
    return _back()


@blueprint.post("/reminders/desktop")
def desktop_on() -> ResponseReturnValue:
    """Switch notifications on."""
    form = DesktopForm()
    gate = reminder_settings.question(desk(), Medium.DESKTOP)
    if gate is not None and gate.holds and not form.accepted.data:
        return _page(desktop_unanswered=True), 422
    reminder_settings.switch_desktop_on(desk(), accepted=bool(form.accepted.data), actor=OWNER)
    flash(_("From now on the desktop tells you at most once a day that something is due."))
    return _back()


@blueprint.post("/reminders/desktop/off")
def desktop_off() -> ResponseReturnValue:
    """Switch notifications off."""
    reminder_settings.switch_off(desk(), Medium.DESKTOP, actor=OWNER)
    flash(_("Nothing more is shown on the desktop."))
    return _back()


@blueprint.post("/reminders/desktop/test")
def desktop_test() -> ResponseReturnValue:
    """Show a notification now."""
    if screen.show(reminder_words.DESKTOP_TITLE, _("This is a test.")) is screen.Shown.YES:
        flash(_("The desktop has it. If you see nothing, look whether it is set not to disturb."))
    else:
        flash(_("There is no desktop here that shows notifications to this program."), "error")
    return _back()


def _page(
    *, mail_form: MailForm | None = None, words_gate: object = None,
    desktop_unanswered: bool = False,
) -> str:
    on = reminder_settings.reminder_settings(desk())
    with desk().store.reading() as session:
        level = discretion.discretion_of(session, Medium.MAIL)
    subject, words = reminders.preview(desk())
    return render_template(
        "pages/reminders/show.html", on=on, kept=mail_settings.mail_settings(desk()),
        form=mail_form or MailForm(data={
            "rhythm": on.rhythm.value, "discretion": level.value, "subject": on.subject}),
        desktop_form=DesktopForm(formdata=None), gate=reminder_settings.question(
            desk(), Medium.MAIL), words_gate=words_gate,
        desktop_gate=reminder_settings.question(desk(), Medium.DESKTOP),
        desktop_unanswered=desktop_unanswered,
        desktop_there=screen.is_there(), how_to_add=reminder_settings.how_to_add(),
        subject=subject, words=words, states=STATES,
        mails=[_told(mail) for mail in outbox.shown(desk())])


def _told(mail: OutgoingMail) -> tuple[OutgoingMail, mail_words.Told, bool]:
    """An e-mail, what became of it, and whether it can be sent again."""
    again = outbox.can_go_again(mail, desk().clock.today())
    return mail, mail_words.told(mail, again=again), again


def _tell(mail_id: str) -> None:
    """Say what became of an e-mail."""
    mail, told, _again = _told(outbox.get(desk(), mail_id))
    fine = mail.state in (MailState.SENT, MailState.QUEUED)
    flash(f"{told.what} {told.remedy}".strip(), "message" if fine else "error")


def _back() -> ResponseReturnValue:
    return redirect(url_for("reminders.show"), 303)
