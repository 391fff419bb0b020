"""How many streams may be open at once: of a visitor, of an address, of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from channels.refusals import Refusal
from service_hall.shared.ids import VisitorId

MOST_OF_A_VISITOR = 5
MOST_OF_THE_PROCESS = 2000
WAIT_SECONDS = 30


class Seats:
    def __init__(self, of_an_address: int) -> None:
        self._of_an_address = of_an_address
        self._taken: Counter[str] = Counter()

    def take(self, visitor_id: VisitorId, address: str) -> Callable[[], None]:
        """Counted in the moment of asking: a burst finds no gap. Refuses (429, and 503 when the house is full). What
        comes back frees the seat."""
        bounds = {f"visitor {visitor_id}": MOST_OF_A_VISITOR, f"address {address}": self._of_an_address}
        if any(self._taken[name] >= most for name, most in bounds.items()):
            raise _full(429, "too_many_requests")
        if self._taken.total() >= MOST_OF_THE_PROCESS * len(bounds):
            raise _full(503, "busy")
        self._taken.update(bounds.keys())

        def leave() -> None:
            self._taken -= Counter(bounds.keys())  # and forgets those who have none left

        return leave


def _full(status: int, code: str) -> Refusal:
    sentence = f"现在连着的页面很多，请过{WAIT_SECONDS}秒再试。"
    return Refusal(status, code, sentence, headers={"Retry-After": str(WAIT_SECONDS)})
