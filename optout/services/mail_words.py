"""What became of an e-mail, in a plain sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optout.domain.mail import MailState, MailStep, OutgoingMail
from optout.services import outbox
from optout.store.outbox import ERASED


@dataclass(frozen=True, slots=True)
class Told:
    """One e-mail explained.

    Args:
        what: what became of it.
        remedy: what to do; empty where there is nothing to do.
    """

    what: str
    remedy: str = ""


_STEPS: Mapping[str, Told] = {
    MailStep.CONNECT: Told(
        "The mail server could not be reached.",
        "Check your connection, the name of the server, and its port."),
    MailStep.CERTIFICATE: Told(
        "The mail server could not prove that it is the one that you named, so it got nothing.",
        "Check its name. In a café or a hotel, sign in to their network first."),
    MailStep.TLS: Told(
        "The mail server did not offer the protection that you chose, so it got nothing.",
        "Ask your mail provider for the right port and protection."),
    MailStep.SIGN_IN: Told(
        "The mail server did not accept the user name and the password.",
        "Check both. Many providers want a password made for programs in place of your own."),
    MailStep.SENDER: Told(
        "The mail server does not take e-mails from this address.",
        "Use the address that belongs to the user name."),
    MailStep.RECIPIENT: Told(
        "The mail server does not take e-mails to this address.",
        "Check the address that reminders go to."),
    MailStep.CONTENT: Told("The mail server did not take the e-mail.", "Try it again later."),
}
_OWN: Mapping[str, Told] = {
    outbox.SUPERSEDED: Told("It was not sent, as a newer one took its place."),
    outbox.SWITCHED_OFF: Told("It was not sent, as reminders were switched off."),
    outbox.GIVEN_UP: Told("You decided that it is not sent."),
    ERASED: Told("It was not sent, as somebody whom it was about was deleted here."),
    outbox.OUTDATED: Told(
        "It was not sent, as its day was past. The next one tells what is due then."),
    outbox.MOVED: Told("It was not sent, as reminders go to another address now."),
    outbox.HELD_BACK: Told(
        "It was not sent, as it says more than reminders may say now, or a safety question is "
        "open.", "See what is chosen under “Reminders”: the next e-mail follows it."),
}
_UNCERTAIN = Told(
    "It was being handed over when the line broke or the program ended. Nobody here knows whether "
    "it arrived.",
    "Look into the mailbox. If it is there, say so. If not, you can send it again.")


_UNCERTAIN_AND_OVER = Told(
    _UNCERTAIN.what,
    "Look into the mailbox. If it is there, say so. If not, leave it: it cannot be sent again.")


def went_wrong(mail: OutgoingMail) -> bool:
    """Whether an e-mail was not sent although it should have been."""
    return mail.state is MailState.FAILED and mail.answer not in _OWN


def told(mail: OutgoingMail, *, again: bool = True) -> Told:
    """What became of an e-mail.

    Args:
        mail: the e-mail.
        again: it can be sent again; see `outbox.can_go_again`.
    """
    if mail.state is MailState.SENT:
        return Told("The mail server took it.")
    if mail.state is MailState.UNCERTAIN:
        return _UNCERTAIN if again else _UNCERTAIN_AND_OVER
    if mail.state is MailState.SENDING:
        return Told("It is being handed over.")
    if mail.state is MailState.QUEUED and not mail.answer:
        return Told("It waits to be sent.")
    found = _reason(mail.answer)
    if mail.state is MailState.QUEUED:
        return Told(f"{found.what} It will be tried again.", found.remedy)
    return found


def _reason(answer: str) -> Told:
    if answer in _OWN:
        return _OWN[answer]
    step, _, code = answer.partition(" ")
    found = _STEPS.get(step, _STEPS[MailStep.CONTENT])
    return Told(f"{found.what} (It said {code}.)", found.remedy) if code else found
