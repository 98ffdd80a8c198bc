"""The tables, a module for each topic; importing this package registers them all."""

from optout.store.models.base import Base
from optout.store.models.house import (
    ActorRow,
    AuditRow,
    ErasedRow,
    MetaRow,
    OutboxRow,
)
from optout.store.models.people import (
    AddressRow,
    AuthorizationRow,
    ContactRow,
    MatterRow,
    NameRow,
    PersonRow,
    ResidenceRow,
)
from optout.store.models.plans import (
    CounselRow,
    LookRow,
    PlanChoiceRow,
    PlanMemoryRow,
    PlanWishRow,
)
from optout.store.models.records import (
    DisclosureRow,
    DocumentRow,
    EvidenceRow,
    ExposureRow,
    GateAnswerRow,
    ReplyRow,
    SignatureRow,
)
from optout.store.models.requests import (
    EventRow,
    FollowUpRow,
    RequestRow,
    StandingCountRow,
    StatutoryDateRow,
)
from optout.store.models.search import NoteTextRow, PersonTextRow

__all__ = [
    "ActorRow",
    "AddressRow",
    "AuditRow",
    "AuthorizationRow",
    "Base",
    "ContactRow",
    "CounselRow",
    "DisclosureRow",
    "DocumentRow",
    "ErasedRow",
    "EventRow",
    "EvidenceRow",
    "ExposureRow",
    "FollowUpRow",
    "GateAnswerRow",
    "LookRow",
    "MatterRow",
    "MetaRow",
    "NameRow",
    "NoteTextRow",
    "OutboxRow",
    "PersonRow",
    "PersonTextRow",
    "PlanChoiceRow",
    "PlanMemoryRow",
    "PlanWishRow",
    "ReplyRow",
    "RequestRow",
    "ResidenceRow",
    "SignatureRow",
    "StandingCountRow",
    "StatutoryDateRow",
]
