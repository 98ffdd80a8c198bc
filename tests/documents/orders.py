"""Orders for every kind of letter that this version writes; the people do not exist."""

from __future__ import annotations

from datetime import date

from optout.documents.order import LetterOrder, address_lines
from optout.domain.broker import Procedure
from optout.domain.footing import VOLUNTARY, ComputedDate, Deadlines, Footing, Limit
from optout.domain.places import PostalAddress
from optout.domain.words import ActingAs, Channel, Fact, PeriodUnit, Right

DAY = date(2026, 11, 23)
US_ADDRESS = PostalAddress(("Privacy Department", "100 Example Plaza, Suite 400"),
                           "Sacramento", "US", "CA", "95814")
DE_ADDRESS = PostalAddress(("Datenschutz", "Beispielallee 7"), "Hamburg", "DE", "", "20095")
BUSINESS = Limit("size", "you are a “business” within the meaning of Civil Code section 1798.140")
PUBLIC = Limit("public", "the information is not publicly available under that section")
SENSITIVE = Limit("infers", "you use it to infer characteristics")
AGENCY = Limit("agency", "you are a consumer reporting agency under 15 U.S.C. § 1681a(f)")
CCPA, VCDPA, FCRA, GDPR = "us-ca-ccpa", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr"
_NAMES = {CCPA: "California Consumer Privacy Act", VCDPA: "Virginia Consumer Data Protection Act",
          FCRA: "Fair Credit Reporting Act", GDPR: "General Data Protection Regulation"}


def period(number: int, unit: PeriodUnit, section: str = "") -> ComputedDate:
    return ComputedDate(DAY, DAY, DAY, number, unit, section, ())


def footing(law: str, right: Right, citation: str, *limits: Limit, reaches: bool = True) -> Footing:
    return Footing(law, right, _NAMES[law], citation, reaches, limits)


def days(
    number: int, unit: PeriodUnit = PeriodUnit.CALENDAR_DAYS, section: str = ""
) -> Deadlines:
    return Deadlines(respond_by=period(number, unit, section))


def _california() -> LetterOrder:
    both = Deadlines(
        acknowledge_by=period(10, PeriodUnit.BUSINESS_DAYS, "Cal. Code Regs. tit. 11, § 7021(a)"),
        respond_by=period(45, PeriodUnit.CALENDAR_DAYS, "Cal. Civ. Code § 1798.130(a)(2); "
                          "Cal. Code Regs. tit. 11, § 7021(b)"))
    soon = days(15, PeriodUnit.BUSINESS_DAYS, "Cal. Code Regs. tit. 11, § 7026(f)")
    limit = days(15, PeriodUnit.BUSINESS_DAYS, "Cal. Code Regs. tit. 11, § 7027(g)(1)")
    return LetterOrder(
        reference="OPT-7K3M9Q", day=DAY, person_name="Avery Sample", broker_name="Example Data",
        procedure=Procedure(Channel.POSTAL_MAIL, address=US_ADDRESS),
        footings=(
            footing(CCPA, Right.OPT_OUT_OF_SALE, "Cal. Civ. Code §§ 1798.120, 1798.135",
                    BUSINESS, PUBLIC),
            footing(CCPA, Right.LIMIT_SENSITIVE, "Cal. Civ. Code § 1798.121",
                    BUSINESS, PUBLIC, SENSITIVE),
            footing(CCPA, Right.ACCESS, "Cal. Civ. Code §§ 1798.110, 1798.115, 1798.130",
                    BUSINESS, PUBLIC)),
        deadlines={(CCPA, Right.OPT_OUT_OF_SALE): soon, (CCPA, Right.LIMIT_SENSITIVE): limit,
                   (CCPA, Right.ACCESS): both},
        reply_email="optout.sample@example.com",
        sender_lines=("PO Box 0", "San Francisco, CA 94102"),
        recipient_lines=address_lines("Example Data, Inc.", US_ADDRESS, posted_from="US"),
        covers_names=("Example People", "Example Phones", "Sample Search"),
        facts={Fact.FULL_NAME: ("Avery Sample",), Fact.EMAIL: ("avery.sample@example.com",),
               Fact.STATE_OF_RESIDENCE: ("California",),
               Fact.LISTING_URL: ("https://www.example.com/p/avery-sample/12345",)})


def _by(order: LetterOrder, **changes: object) -> LetterOrder:
    values = {name: getattr(order, name) for name in LetterOrder.__dataclass_fields__}
    return LetterOrder(**(values | changes))


def _deletion() -> LetterOrder:
    law = Limit("amended", "section 1798.105, as amended from January 1, 2027, reaches "
                "information that you obtained from others")
    return _by(_california(), day=date(2027, 1, 4), covers_names=(), footings=(
        footing(CCPA, Right.DELETE, "Cal. Civ. Code 1798.105; 11 CCR 7022", BUSINESS, law),
    ), deadlines={(CCPA, Right.DELETE): days(45)})


def _virginia() -> LetterOrder:
    rights = (Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS, Right.DELETE, Right.ACCESS)
    applies = Limit("controller", "you are a controller to which the Act applies")
    return _by(_california(), procedure=Procedure(Channel.EMAIL, email="privacy@example.com"),
               recipient_lines=(), sender_lines=(), covers_names=(),
               facts={Fact.FULL_NAME: ("Avery Sample",), Fact.STATE_OF_RESIDENCE: ("Virginia",)},
               footings=tuple(footing(VCDPA, right, "Va. Code 59.1-577(A)", applies)
                              for right in rights),
               deadlines={(VCDPA, right): days(45, section="Va. Code § 59.1-577(B)(1)")
                          for right in rights})


def _gdpr() -> LetterOrder:
    rights = ((Right.ACCESS, "Art. 15"), (Right.OBJECT, "Art. 21(1)"),
              (Right.OBJECT_DIRECT_MARKETING, "Art. 21(2)–(3)"), (Right.DELETE, "Art. 17"))
    return _by(_california(), person_name="Jürgen Beispiel", broker_name="Beispiel Daten",
               procedure=Procedure(Channel.POSTAL_MAIL, address=DE_ADDRESS),
               sender_lines=("Postfach 1", "10115 Berlin"), recipient_country="DE",
               recipient_lines=address_lines("Beispiel Daten GmbH", DE_ADDRESS, posted_from="DE"),
               reply_email="auskunft@example.org", covers_names=(),
               facts={Fact.FULL_NAME: ("Jürgen Beispiel",), Fact.EMAIL: ("juergen@example.org",)},
               footings=tuple(footing(GDPR, right, cite) for right, cite in rights),
               deadlines={(GDPR, right): days(1, PeriodUnit.MONTHS, "GDPR Art. 12(3)")
                          for right, _ in rights})


def _file(*rights: tuple[Right, str, Deadlines | None], reason: str = "") -> LetterOrder:
    facts = {Fact.FULL_NAME: ("Avery Sample",), Fact.CURRENT_ADDRESS: ("PO Box 0, Sacramento",)}
    if reason:
        facts[Fact.REASON] = (reason,)
    return _by(_california(), covers_names=(), facts=facts,
               footings=tuple(footing(FCRA, right, cite, AGENCY) for right, cite, _ in rights),
               deadlines={(FCRA, right): due for right, _, due in rights if due})


def _voluntary() -> LetterOrder:
    return _by(_california(), footings=(VOLUNTARY,), deadlines={},
               procedure=Procedure(Channel.EMAIL, email="privacy@example.com"),
               recipient_lines=(), sender_lines=(), covers_names=())


ORDERS: dict[str, LetterOrder] = {
    "california": _california(),
    "california-deletion-2027": _deletion(),
    "california-agent": _by(_california(), acting_as=ActingAs.AGENT, agent_name="Robin Example"),
    "virginia": _virginia(),
    "gdpr": _gdpr(),
    "fcra-disclosure": _file((Right.ACCESS, "15 U.S.C. 1681g(a)", None)),
    "fcra-dispute": _file((Right.DISPUTE, "15 U.S.C. 1681i(a)(1)(A)", days(30)),
                          reason="The debt of March 2024 was never mine"),
    "fcra-freeze": _file((Right.FREEZE, "15 U.S.C. 1681c-1(i)(2)",
                          days(3, PeriodUnit.BUSINESS_DAYS))),
    "fcra-identity-theft": _file((Right.BLOCK, "15 U.S.C. 1681c-2(a)",
                                  days(4, PeriodUnit.BUSINESS_DAYS)),
                                 reason="two card accounts opened in May 2026."),
    "voluntary": _voluntary(),
    "voluntary-guardian": _by(_voluntary(), acting_as=ActingAs.GUARDIAN,
                              agent_name="Robin Example", person_name="Kim Sample"),
}

FORMS: dict[str, LetterOrder] = {
    channel.value: _by(_california(), recipient_lines=(), procedure=Procedure(
        channel, url="https://www.example.com/optout", phone="+1 800 555 0142",
        needs=(Fact.LISTING_URL, Fact.FULL_NAME, Fact.EMAIL, Fact.DATE_OF_BIRTH),
        asked_but_optional=(Fact.PHONE,), steps=("Search for the listing by its name.",)),
        is_platform=channel is Channel.PLATFORM)
    for channel in (Channel.WEB_FORM, Channel.PHONE, Channel.ACCOUNT, Channel.PLATFORM,
                    Channel.PORTAL)
}


def changed(order: LetterOrder, **changes: object) -> LetterOrder:
    """The order with some fields changed."""
    return _by(order, **changes)
