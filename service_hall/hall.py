"""The bundle of use cases that doors and actions receive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge_base.library import Library
from service_hall.conversation.enquiry import Enquiry
from service_hall.shared.clock import Clock


@dataclass(frozen=True)
class Hall:
    clock: Clock
    library: Callable[[], Library]
    """The library of this moment; ask again for each message."""
    enquiry: Enquiry
