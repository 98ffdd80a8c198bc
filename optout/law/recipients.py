"""What a recipient is to the laws: an agency of the FCRA, the government, or nothing they reach."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from optout.domain.broker import Broker
from optout.domain.words import Role

UNREACHED_ROLES: Mapping[Role, str] = MappingProxyType({
    Role.PUBLIC_RECORD_SOURCE: "These are public records. The office that keeps them follows "
                               "records laws, not consumer privacy laws.",
    Role.PROCESSOR: "This firm holds data for its customers, who decide about them. Ask the firm "
                    "that you dealt with.",
    Role.TOOL_VENDOR: "This firm sells a tool and keeps no data on consumers of its own. There is "
                      "nothing to ask it for.",
    Role.PROGRAM: "This is a programme, not a firm that holds data to sell. It has its own way "
                  "in, without a privacy law.",
    Role.PRACTICE: "This is a way of trading data, not one firm. Ask each firm that takes part.",
})
"""Recipients that no law reaches, and why."""

GOVERNMENT = ("This is a system of the government. Consumer privacy laws do not bind it; laws on "
              "public records may let you see what it holds.")
"""Why the laws on firms are not offered against a system of the government."""


def is_known_agency(broker: Broker) -> bool:
    """Whether the broker is a consumer reporting agency, by its role or a class of the FCRA."""
    return broker.role is Role.CONSUMER_REPORTING_AGENCY or any(
        name.startswith("fcra_") for name in broker.regulated_as)


def is_agency(broker: Broker) -> bool:
    """Whether the FCRA may bind the broker: an agency, or a firm with some data under that act.

    A broker's own filing says only that the act governs some of its data (`fcra`); a marketing
    firm that says so need not keep a single consumer file.
    """
    return is_known_agency(broker) or "fcra" in broker.regulated_as


def is_bound(broker: Broker) -> bool:
    """Whether it is an agency that may be under federal law; an unknown country may be."""
    return is_agency(broker) and broker.country in {"", "US"}


def is_government(broker: Broker | None) -> bool:
    """Whether it is a system of the government."""
    return broker is not None and broker.role is Role.GOVERNMENT_SYSTEM
