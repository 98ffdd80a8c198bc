"""The private values of somebody who does not exist."""

from __future__ import annotations

from datetime import date

from optout.documents.private_values import HOME, REPLY, Place, PrivateValues
from tests.factories import HOME as HOUSE
from tests.factories import OLD_HOME, PO_BOX

REGIONS = ("CA", "California")
BROKER = "Quick Mail LLC 1 Data Way San Francisco, CA 94102"

VALUES = PrivateValues(
    places=(Place(HOME, HOUSE, REGIONS), Place(HOME, OLD_HOME, REGIONS),
            Place(REPLY, PO_BOX, REGIONS)),
    phones=("4155550142", "5550142"), emails=("avery.sample@example.com",), born=date(1985, 4, 12),
    ages=(41,), listings=("https://quickmail.example/people/avery-sample",),
    devices=("00000000-0000-4000-8000-00000000beef",),
    others=("Robin Helper", "Needle Formername"), given=("Avery", "Quinn"), family=("Sample",),
    kept=(BROKER, "optout.sample@example.com"))
