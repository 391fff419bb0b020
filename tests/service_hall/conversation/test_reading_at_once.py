"""How many sentences the enquiry reads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from typing import Any

import pytest

from service_hall.conversation import enquiry
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import build_town

VISITORS = 8


def test_no_more_sentences_are_read_at_once_than_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = EnquiryDesk(build_town)
    inside, may_go_on = Semaphore(0), Event()

    def decide(_: Any) -> Turn:
        inside.release()
        assert may_go_on.wait(60)
        return Turn(Outcome.ANSWERED, (), Context())

    monkeypatch.setattr(enquiry, "decide", decide)
    with ThreadPoolExecutor(VISITORS) as visitors:
        turns = [visitors.submit(desk.respond, "身份证怎么补", Act.ASK, None, Context()) for _ in range(VISITORS)]
        try:
            assert all(inside.acquire(timeout=60) for _ in range(enquiry.AT_ONCE))
            assert not desk.enquiry._reading.acquire(blocking=False)
        finally:
            may_go_on.set()
    assert [each.result().outcome for each in turns] == [Outcome.ANSWERED] * VISITORS


def test_what_goes_wrong_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = EnquiryDesk(build_town)

    def decide(_: Any) -> Turn:
        raise RuntimeError

    monkeypatch.setattr(enquiry, "decide", decide)
    for _ in range(enquiry.AT_ONCE + 1):
        with pytest.raises(RuntimeError):
            desk.respond("身份证怎么补", Act.ASK, None, Context())
