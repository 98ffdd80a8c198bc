"""When a safety rule bites: the named predicates that the rules of `gates.yaml` choose from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from optout.domain.never_kept import why_never_kept
from optout.domain.words import ActingAs, Fact, Right, Role, Trust, Verification
from optout.planning.asks import FILE_LAW
from optout.planning.disclosure import UNAVOIDABLE, guarded
from optout.planning.facts import shown_address, to_be_asked, values_of
from optout.planning.gate_act import Act, Scene
from optout.planning.identity import LETTERS, ON_PAPER, reply_is_safe, shows_home

HOMELAND_SECURITY = frozenset({
    "ice", "cbp", "uscis", "obim-ident-hart", "dhs-trip", "dhs-hq-privacy-foia",
    "palantir-icm", "palantir-immigrationos", "ice-mobile-fortify"})
"""Systems whose requests are read by the Department of Homeland Security; its own rules on who
may ask and how hold for each. Systems built for an agency count as the agency's."""

AGENCY_HOSTS = ("dhs.gov", "ice.gov", "cbp.gov", "uscis.gov", "fbi.gov", "justice.gov",
                "usdoj.gov")
"""Where the agencies receive mail and forms: who writes there writes to them, whatever an entry
of somebody’s own calls itself."""

VOTER_FILES = "voter-files"
SUPERVISION = "supervision"

_ANSWERED_BY_MAIL = frozenset({
    Verification.EMAIL_CODE, Verification.EMAIL_LINK, Verification.EMAIL_REPLY})
_PAPERS = frozenset({Fact.GOVERNMENT_ID, Fact.SSN})
_SOLD_TO_GOVERNMENT = ("sold_federal_government", "sold_law_enforcement")
_HOMES = frozenset({Fact.CURRENT_ADDRESS, Fact.PREVIOUS_ADDRESS})
_NAME_OR_PLACE = frozenset({
    Fact.FULL_NAME, Fact.ALIASES, Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS,
    Fact.PREVIOUS_ADDRESS})
_NUMBERS_OF_THEIR_OWN = frozenset({
    Fact.PHONE, Fact.EMAIL, Fact.REPLY_EMAIL, Fact.ADVERTISING_ID, Fact.LISTING_URL,
    Fact.POSTAL_CODE})
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:(?://)?)?(?:[^/@]*@)?")
"""What stands before the host in a link or a mailbox."""
_BY_STATE = frozenset({"US", "CA"})
"""Countries whose addresses name the state or province by its code."""
_STATE_LAW = re.compile(r"us-([a-z]{2})-")


def always(_: Scene) -> bool:
    """It concerns everybody."""
    return True


def is_at_risk(scene: Scene) -> bool:
    """Somebody is looking for the person, or others use this computer."""
    return scene.person.at_risk


def is_a_public_agency(scene: Scene) -> bool:
    """The recipient is a public agency's system, or is written to at an agency."""
    broker = scene.broker
    return broker is not None and (
        broker.role is Role.GOVERNMENT_SYSTEM or broker.id in HOMELAND_SECURITY
        or any(_is_an_agencys(address) for procedure in broker.procedures
               for address in (procedure.email, procedure.url)))


@lru_cache(maxsize=8192)  # contacts of the registry, no personal data
def _is_an_agencys(address: str) -> bool:
    host = _HOST.sub("", address.strip().casefold())
    host = re.split(r"[/:?#]", host, maxsplit=1)[0].rstrip(".")
    return any(host == own or host.endswith(f".{own}") for own in AGENCY_HOSTS)


def is_homeland_security(scene: Scene) -> bool:
    """The Department of Homeland Security would read it."""
    return scene.broker is not None and scene.broker.id in HOMELAND_SECURITY


def is_a_states_platform(scene: Scene) -> bool:
    """The request goes through a state's platform, which checks who one is."""
    return scene.broker is not None and scene.broker.role is Role.PLATFORM


def names_an_end_of_removal(scene: Scene) -> bool:
    """A page on which somebody could hope that a public agency is reached too."""
    return is_a_public_agency(scene) or is_a_states_platform(scene)


def is_a_voter_file(scene: Scene) -> bool:
    """It is about a voter roll, or what is copied from one."""
    return scene.broker is not None and scene.broker.id == VOTER_FILES


def is_a_monitor(scene: Scene) -> bool:
    """It is about an ankle monitor, or an app that somebody must carry."""
    return scene.broker is not None and scene.broker.category == SUPERVISION


def sells_to_government(scene: Scene) -> bool:
    """The broker told a state that it sold or shared data to the government or the police."""
    return scene.broker is not None and any(
        scene.broker.reported.get(flag, False) for flag in _SOLD_TO_GOVERNMENT)


def lives_apart_from_residence(scene: Scene) -> bool:
    """The address that is current lies in no place that is entered as a residence."""
    address = shown_address(scene.person, scene.day)
    if address is None or address.substitute or not address.address.country:
        return False
    here = address.address
    homes = scene.person.residences_on(scene.day) or scene.person.residences
    by_state = here.country in _BY_STATE and bool(here.region)
    return not any(
        home.country == here.country and (
            not by_state or "-" not in home.code
            or home.code == f"{here.country}-{here.region}")
        for home in homes)


def acts_for_another(act: Act) -> bool:
    """Somebody acts for the person."""
    return act.acting_as is not ActingAs.SELF


def acts_without_permission(act: Act) -> bool:
    """Somebody acts for the person, and no signed permission is alive that day."""
    return act.acting_as is not ActingAs.SELF and not any(
        a.living_on(act.day) for a in act.authorizations)


def shows_home_without_counsel(act: Act) -> bool:
    """A draft would carry an address of the person that counsel did not let in."""
    allowed = (act.counsel is not None and act.counsel.person_id == act.person.id
               and act.counsel.may_show_home)
    return is_homeland_security(act) and bool(_HOMES & act.shown) and not allowed


def lacks_reply_identity(act: Act) -> bool:
    """No reply mailbox or address of its own is set (at risk: none that is safe)."""
    channel = act.procedure.channel
    if act.person.at_risk:
        return not reply_is_safe(act.person, channel)
    if channel in ON_PAPER:
        return not act.person.reply_email and act.person.reply_address is None
    awaits_mail = Fact.REPLY_EMAIL in act.shown or bool(
        _ANSWERED_BY_MAIL.intersection(act.procedure.verification))
    return awaits_mail and not act.person.reply_email


def hands_over_something_new(act: Act) -> bool:
    """A fact that nothing shows the broker to hold would reach it.

    A state's platform sells nothing and hands on no more than scrambled values for matching.
    """
    return act.broker.role is not Role.PLATFORM and any(
        guarded(act.person, need, act.day) for need in act.disclosure.needs)


def carries_more_than_is_needed(act: Act) -> bool:
    """It carries a fact that neither the way out needs nor a letter shows."""
    letter = UNAVOIDABLE if act.procedure.channel in LETTERS else frozenset[Fact]()
    return not act.shown <= {*act.procedure.needs, *act.procedure.matches_on, *letter}


def carries_a_number_never_sent(act: Act) -> bool:
    """A value that would leave is a number of a kind that no broker ever gets."""
    return any(
        why_never_kept(value)
        for fact in sorted(act.shown - _NUMBERS_OF_THEIR_OWN)
        for value in values_of(act.person, fact, act.day,
                               every=fact in act.procedure.matches_on))


def shows_the_home(act: Act) -> bool:
    """The address where the person lives would be seen."""
    address = shown_address(act.person, act.day)
    listed = (Fact.CURRENT_ADDRESS in act.shown and address is not None
              and not address.substitute)
    return listed or (act.procedure.channel in ON_PAPER and shows_home(act.person))


def carries_what_is_to_be_asked(act: Act) -> bool:
    """A value that the person marked “ask me first” would leave."""
    return any(to_be_asked(act.person, fact, act.day, every=fact in act.procedure.matches_on)
               for fact in act.shown)


def carries_a_relative(act: Act) -> bool:
    """It would name somebody else of the family or the household."""
    return Fact.RELATIONSHIP in act.shown


def wants_a_face(act: Act) -> bool:
    """The way out asks for a photo."""
    return Fact.PHOTO in act.demanded or (
        Verification.PHOTO_MATCH in act.procedure.verification)


def wants_papers(act: Act) -> bool:
    """The way out asks for an identity document or a social security number."""
    return bool(_PAPERS & act.demanded) or Verification.ID_UPLOAD in act.procedure.verification


def wants_a_birth_date(act: Act) -> bool:
    """The way out asks for the full date of birth."""
    return Fact.DATE_OF_BIRTH in act.demanded


def goes_by_advertising_id(act: Act) -> bool:
    """The broker keeps people by the id of their phone."""
    return Fact.ADVERTISING_ID in act.demanded


def goes_by_plate(act: Act) -> bool:
    """The broker keeps people by the plate of their car."""
    return Fact.LICENSE_PLATE in act.demanded


def joins_plate_and_name(act: Act) -> bool:
    """A plate and a name or an address would stand in one request."""
    return Fact.LICENSE_PLATE in act.shown and bool(_NAME_OR_PLACE & act.shown)


def makes_one_look(act: Act) -> bool:
    """The person must look themselves up at the broker."""
    return act.looking or bool({Fact.LISTING_URL, Fact.RECORD_SELECTION} & act.demanded) or (
        Verification.RECORD_MATCH in act.procedure.verification)


def is_about_a_consumer_file(act: Act) -> bool:
    """The request stands on the law of consumer files, or asks for a freeze."""
    return any(f.law == FILE_LAW or f.right is Right.FREEZE for f in act.ask.footings)


def is_not_proven(act: Act) -> bool:
    """Nobody has seen this way work yet, or what it asks for is assumed."""
    return act.procedure.trust is Trust.UNVERIFIED or act.procedure.needs_assumed


def was_checked_long_ago(act: Act) -> bool:
    """What is known of this way is past its check-by date."""
    return act.procedure.wants_a_look(act.day)


def is_a_letter_of_an_agent(act: Act) -> bool:
    """A letter would name who acts for the person."""
    return act.acting_as is not ActingAs.SELF and act.procedure.channel in LETTERS


def removes_what_is_listed(act: Act) -> bool:
    """A listing that was seen would be taken down."""
    return act.listed and act.ask.removes


def rests_on_no_residence(act: Act) -> bool:
    """It claims a state where the person never said to live."""
    entered = {code for home in act.person.residences for code in home.containing()}
    only_for = set(act.procedure.eligible.residences)
    claimed = {f"US-{found[1].upper()}" for footing in act.ask.footings
               if (found := _STATE_LAW.match(footing.law)) is not None}
    return (bool(only_for) and not only_for & entered) or not claimed <= entered


ON_PAGES: Mapping[str, Callable[[Scene], bool]] = MappingProxyType({
    one.__name__: one for one in (
        always, is_at_risk, is_a_public_agency, is_homeland_security, is_a_states_platform,
        names_an_end_of_removal, is_a_voter_file, is_a_monitor, sells_to_government,
        lives_apart_from_residence)})
"""Predicates that need no request, and so serve on pages too."""

OF_ACTS: Mapping[str, Callable[[Act], bool]] = MappingProxyType({
    one.__name__: one for one in (
        acts_for_another, acts_without_permission, shows_home_without_counsel,
        lacks_reply_identity, hands_over_something_new, carries_more_than_is_needed,
        carries_a_number_never_sent, shows_the_home, carries_what_is_to_be_asked,
        carries_a_relative, wants_a_face, wants_papers, wants_a_birth_date,
        goes_by_advertising_id, goes_by_plate, joins_plate_and_name, makes_one_look,
        is_about_a_consumer_file, is_not_proven, was_checked_long_ago,
        is_a_letter_of_an_agent, removes_what_is_listed, rests_on_no_residence)})
"""Predicates over one request or one look."""

