"""The fixed words of a law: its status and kind, its people and recipients, how it counts."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Whether a law can be relied on at all; its dates say from when."""

    IN_FORCE = "in_force"
    ENACTED_NOT_YET_EFFECTIVE = "enacted_not_yet_effective"
    PARTLY_IN_FORCE = "partly_in_force"
    STRUCK_DOWN = "struck_down_in_federal_court"


class Kind(StrEnum):
    """What sort of law it is."""

    COMPREHENSIVE = "comprehensive"
    DATA_BROKER = "data_broker"
    TECHNOLOGY_DUTY = "technology_duty"
    SECTORAL = "sectoral"
    OFFICIAL_PROTECTION = "official_protection"
    POINTER = "pointer"
    FEDERAL = "federal"
    RECORDS_ACCESS = "records_access"
    INTERNATIONAL = "international"


class PersonClass(StrEnum):
    """Who may invoke a law."""

    RESIDENTS = "residents"
    RESIDENTS_OR_DATA_COLLECTED_THERE = "residents_or_data_collected_there"
    ANY_CONSUMER = "any_consumer"
    ANY_PERSON = "any_person"
    DATA_SUBJECTS = "data_subjects"
    INDIVIDUALS = "individuals"
    AGGRIEVED_PERSON = "aggrieved_person"
    COVERED_PERSONS = "covered_persons"
    ENROLLED_PARTICIPANTS = "enrolled_participants"
    CITIZENS_AND_PERMANENT_RESIDENTS = "citizens_and_permanent_residents"
    CITIZENS_OF_DESIGNATED_COUNTRIES = "citizens_of_designated_countries"
    NONE = "none"


class Recipients(StrEnum):
    """Whom a law's requests are addressed to."""

    BUSINESSES = "businesses"
    CONSUMER_REPORTING_AGENCIES = "consumer_reporting_agencies"
    PLATFORM = "platform"
    GOVERNMENT = "government"
    NOBODY = "nobody"


class EndRule(StrEnum):
    """What happens when the last day of a period is a closed day.

    `PLAIN`: it stays the last day. `LATENESS_MOVES`: it stays the last day, but lateness is
    claimed only after the next business day, because state interpretation acts often move it.
    `MOVES`: the period itself ends on the next business day (Regulation 1182/71, Art. 3(4)).
    """

    PLAIN = "plain"
    LATENESS_MOVES = "lateness_moves"
    MOVES = "moves"


class ClockStart(StrEnum):
    """What a period runs from.

    `RECEIPT`: the request reached the recipient. `VERIFICATION`: the recipient could verify it,
    so a demand for identity holds the start back. `PICK_UP`: a broker fetched it from a
    platform. `COMPLETE`: everything that must be enclosed is there. `OTHER`: see the words.
    """

    RECEIPT = "receipt"
    VERIFICATION = "verification"
    PICK_UP = "pick_up"
    COMPLETE = "complete"
    OTHER = "other"


class AgentScope(StrEnum):
    """What the law says about someone who acts for the person."""

    ALL_RIGHTS = "all_rights"
    OPT_OUT_ONLY = "opt_out_only"
    LIMITED = "limited"
    YES = "yes"
    YES_WITH_CERTIFICATION = "yes_with_certification"
    WITH_CONSENT = "with_consent"
    AUTHORIZED_PERSONS = "authorized_persons"
    DESIGNATED_AGENT = "designated_agent"
    NOT_PROVIDED_FOR = "not_provided_for"
    NOT_APPLICABLE = "not_applicable"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"
