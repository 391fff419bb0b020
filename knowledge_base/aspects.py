"""What a citizen can ask of a service item; the `aspect` list of the contract at the doors."""

from __future__ import annotations

from enum import StrEnum


class Aspect(StrEnum):
    OVERVIEW = "overview"
    ELIGIBILITY = "eligibility"
    MATERIALS = "materials"
    PROCEDURE = "procedure"
    LOCATION = "location"
    OFFICE_HOURS = "office_hours"
    TIME_LIMIT = "time_limit"
    FEE = "fee"
    """What one pays."""
    AMOUNT = "amount"
    """What one receives, may borrow or withdraw."""
    CHANNELS = "channels"
    LEGAL_BASIS = "legal_basis"
    CONTACT = "contact"
    PROXY = "proxy"
    VALIDITY = "validity"
