"""From a person and their requests to the orders for papers: every value, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document_words import PaperKind
from optout.domain.errors import NotFound, Refused
from optout.domain.papers import AskedOf, PlannedAuthorization
from optout.domain.person import Authorization, Person
from optout.domain.progress import Progress
from optout.domain.words import ActingAs, Channel, Standing
from optout.planning.facts import main_name
from optout.services.authority import living_authorization
from optout.services.desk import Desk
from optout.services.people import careful_person
from optout.services.person_progress import progress_in
from optout.services.progress import asked_of
from optout.store import authorizations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.papers import PermissionOrder
    from optout.documents.papers_client import CoverOrder
    from optout.documents.papers_progress import ProgressOrder

CALIFORNIA, CALIFORNIAN_LAW = "US-CA", "us-ca-ccpa"

_SHOWS_NAME = frozenset({PaperKind.AUTHORIZATION, PaperKind.AUTHORIZATION_US_CA,
                         PaperKind.REVOCATION, PaperKind.COVER_LETTER})
_NO_NAME = "There is no name that this paper may show."
_NOT_CALIFORNIAN = "This paper is for people who live in California."
_NOTHING_TO_SIGN = ("Nothing waits for a signature, and leaflets are not for the post of a "
                    "person at risk: others may open it.")
_NO_AUTHORIZATION = "No authorization is written down for this person."
_POWER = ("A power of attorney is a paper of its own, and no form here replaces it or takes it "
          "back.")
_ASK_A_LAWYER = "Ask a lawyer about it."


@dataclass(frozen=True, slots=True)
class Around:
    """What the papers of a person are made of, read once.

    Args:
        person: at risk, if they or this folder's owner are.
        permissions: ended and revoked ones too, oldest first.
        asked: what was asked of whom, oldest first.
        drafts: how many drafts for a lawyer there are besides.
        over_time: the same counted over time.
    """

    person: Person
    permissions: tuple[Authorization, ...]
    asked: tuple[AskedOf, ...]
    drafts: int
    over_time: Progress


def around_of(
    desk: Desk, session: Session, person_id: str, day: date, *, named: bool
) -> Around:
    """What the papers of a person are made of.

    Raises:
        NotFound: when no such person is stored.
    """
    person = careful_person(session, person_id)
    asked, drafts = asked_of(desk, session, person_id, day, named=named)
    return Around(person, authorizations.of_person(session, person_id), asked, drafts,
                  progress_in(desk, session, person_id, day))


class PaperMaker:
    """Makes the orders for one person's papers on one day."""

    def __init__(self, desk: Desk, around: Around, day: date, *, discreet: bool) -> None:
        self.around = around
        self.day = day
        self._law = desk.laws.law(CALIFORNIAN_LAW, day)
        self._discreet = discreet
        name = main_name(around.person, day)
        self._name = name.full if name else ""

    def unmet(self, kind: PaperKind) -> str:
        """What a paper lacks, as a sentence; empty when nothing."""
        permissions = self.around.permissions
        if kind in _SHOWS_NAME and not self._name:
            return _NO_NAME
        if kind is PaperKind.AUTHORIZATION_US_CA and not self._is_californian:
            return _NOT_CALIFORNIAN
        if kind is PaperKind.COVER_LETTER and not (self._papers() or self._letters()):
            return _NOTHING_TO_SIGN
        if kind is PaperKind.REVOCATION and not permissions:
            return _NO_AUTHORIZATION
        if kind is PaperKind.REVOCATION and all(one.power_of_attorney for one in permissions):
            return _POWER
        return ""

    def progress(self) -> ProgressOrder:
        """How everything stands; without a name to show, the person's id."""
        from optout.documents.papers_progress import ProgressOrder

        return ProgressOrder(self.day, self.around.asked, self._name or self.around.person.id,
                             self.around.drafts, self.around.over_time)

    def cover(self) -> CoverOrder:
        """What goes to the client: what is still to be signed, and what is to be read."""
        from optout.documents.papers_client import CoverOrder

        return CoverOrder(self.day, self._name, self._papers(), self._letters(),
                          discreet=self._discreet or self.around.person.at_risk)

    def _papers(self) -> tuple[PaperKind, ...]:
        """What is still to be signed, and a leaflet; none for a person at risk.

        Others may open their post: what it says about them is handed over, not sent.
        """
        papers = list[PaperKind]()
        if living_authorization(self.around.permissions, self.day) is None:
            papers.append(PaperKind.AUTHORIZATION)
            if self._is_californian:
                papers.append(PaperKind.AUTHORIZATION_US_CA)
        if not self.around.person.at_risk:
            papers.append(PaperKind.WHAT_WE_DO)
        return tuple(papers)

    def _letters(self) -> tuple[str, ...]:
        """To whom the letters go that wait for the person’s signature."""
        return tuple(one.name or one.reference for one in self.around.asked
                     if one.standing is Standing.READY and one.acting_as is ActingAs.SELF
                     and one.channel is Channel.POSTAL_MAIL)

    def permission(
        self, kind: PaperKind, authorization_id: str, planned: PlannedAuthorization | None
    ) -> PermissionOrder:
        """An authorization as it is stored or planned; what is open is written by hand.

        Raises:
            NotFound: when the person has no such authorization.
            Refused: when it is a power of attorney.
        """
        from optout.documents.papers import PermissionOrder

        plan = planned or PlannedAuthorization()
        if authorization_id:
            stored = self._stored(authorization_id)
            plan = replace(plan, agent_name=stored.agent_name, starts_on=stored.signed_on,
                           ends_on=stored.ends_on)
        order = PermissionOrder(self._name, plan.agent_name, plan.starts_on, plan.ends_on,
                                plan.companies)
        return self._californian(order) if kind is PaperKind.AUTHORIZATION_US_CA else order

    def revocation(self, authorization_id: str) -> PermissionOrder:
        """What takes an authorization back, from its day of revocation or from this day.

        Raises:
            NotFound: when the person has no such authorization.
            Refused: when it is a power of attorney.
        """
        from optout.documents.papers import PermissionOrder

        mere = [one for one in self.around.permissions if not one.power_of_attorney]
        permission = (self._stored(authorization_id) if authorization_id
                      else living_authorization(mere, self.day) or mere[-1])
        return PermissionOrder(
            self._name, permission.agent_name, ends_on=permission.revoked_on or self.day,
            signed_on=permission.signed_on, reply=self.around.person.reply_email)

    @property
    def _is_californian(self) -> bool:
        """Whether California's law lets an agent act for this person, as far as that is certain."""
        return not self._law.is_low("agent") and any(
            home.code == CALIFORNIA for home in self.around.person.residences_on(self.day))

    def _californian(self, order: PermissionOrder) -> PermissionOrder:
        """The order with what California's law lets an agent ask for, and nothing uncertain."""
        law = self._law
        return replace(
            order, law=law.id, citation=law.citation,
            rights=tuple((right, law.rule(right).section) for right in law.agent.rights
                         if law.is_certain_of(right)),
            section="" if law.is_low("agent.section") else law.agent.section)

    def _stored(self, authorization_id: str) -> Authorization:
        found = next((one for one in self.around.permissions if one.id == authorization_id), None)
        if found is None:
            raise NotFound("This person has no such authorization.")
        if found.power_of_attorney:
            raise Refused(_POWER, remedy=_ASK_A_LAWYER)
        return found
