"""The day on which a request's clock starts, by the channel that it took."""

from __future__ import annotations

from datetime import date, timedelta

from optout.domain.errors import InvalidInput
from optout.domain.words import Channel
from optout.law.calendar import BusinessCalendar
from optout.law.own_holidays import NO_OWN_HOLIDAYS, OwnHolidays

POST_TAKES_DAYS = 5
"""Calendar days that a letter is taken to need until its delivery is known."""

NO_POST_ON = "US"
"""The region on whose holidays no letter is taken to arrive: almost all recipients are there.

For a letter to another country the estimate may be a day late, never early.
"""


def counts_from(
    channel: Channel, sent_on: date, received_on: date | None = None,
    own: OwnHolidays = NO_OWN_HOLIDAYS,
) -> tuple[date, bool]:
    """The day from which the law counts, and whether it is an estimate.

    The laws count from receipt. An e-mail, a form, a fax or a call is received on the day it is
    made. A letter is received when it is delivered: until that day is known, it is estimated as
    five days after posting, moved to a weekday that is no federal holiday, nor closed by what
    the person entered (`own`).

    Raises:
        InvalidInput: when the request is said to have arrived before it was sent.
    """
    if received_on is not None:
        if received_on < sent_on:
            raise InvalidInput("The day of receipt lies before the day of sending.",
                               field="received_on",
                               remedy="Enter the day on which the request arrived.")
        return received_on, False
    if channel is not Channel.POSTAL_MAIL:
        return sent_on, False
    arrived = sent_on + timedelta(days=POST_TAKES_DAYS)
    return BusinessCalendar(NO_POST_ON, own=own).next_business_day(arrived), True
