"""The curve of overload, made tiny, against a stand-in for Rasa that carries two messages at a time."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import pytest
import uvicorn

from evaluation import figures
from evaluation.load import overload
from evaluation.load.blocks import dealt, questions_to_ask
from evaluation.load.overload import Step
from server.app import make_app
from tests.stand_ins import Heard
from tests.town_house import TownHouse

QUESTIONS = ["借书证丢了怎么补办", "养狗证怎么办", "那要多少钱"]
AT_ONCE, LINE = 2, 4
MESSAGES = 60


@pytest.fixture
async def town(tmp_path: Path) -> TownHouse:
    town = TownHouse(tmp_path, rasa_at_once=AT_ONCE, rasa_line=LINE)

    async def takes_its_time(_: Heard) -> None:
        await asyncio.sleep(0.005)

    town.rasa.before = takes_its_time
    return town


@pytest.fixture
async def port(town: TownHouse) -> AsyncIterator[int]:
    server = uvicorn.Server(uvicorn.Config(make_app(town.house), port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def test_every_message_of_a_crowd_is_answered_and_rasas_line_is_used(town: TownHouse, port: int) -> None:
    few, many = await asyncio.to_thread(overload.measure, port, itertools.repeat(QUESTIONS), 60, (1, 32), MESSAGES)
    assert few.outcomes.get("degraded", 0) == few.asked_to_come_again == 0
    for step in (few, many):
        assert step.messages == step.answered + step.degraded + step.asked_to_come_again == MESSAGES
        assert step.lost == {}
    assert many.answered >= AT_ONCE + LINE
    assert len(town.rasa.heard) == few.answered + many.answered
    assert overload.faults([asdict(few), asdict(many)]) == []


async def test_a_visitor_who_is_asked_to_come_again_waits_as_the_page_does(town: TownHouse, port: int) -> None:
    town.house.rasa.line.longest = town.house.switchboard.alone.longest = 0
    [step] = await asyncio.to_thread(overload.measure, port, iter([QUESTIONS]), 1, (32,))
    assert step.asked_to_come_again > 0
    # Each of them asked once, waited, and the second was over.
    assert step.asked_to_come_again <= 32
    assert step.lost == {}


def test_no_block_hears_what_another_has_heard() -> None:
    texts = questions_to_ask()
    hands = list(dealt(texts, 18))
    assert len(set(texts)) == len(texts) == sum(map(len, hands))
    assert len(set().union(*hands)) == len(texts)
    assert all(len(set(hand)) > 2500 for hand in hands)  # more than are asked in a block of eight seconds


def a_step(**changed: object) -> Step:
    whole = {"visitors": 64, "messages": 100, "per_second": 50.0, "answered_per_second": 30.0, "p50_ms": 900.0}
    rest = {"p95_ms": 2000.0, "p99_ms": 2500.0, "longest_ms": 3000.0, "outcomes": {"answered": 60, "degraded": 40}}
    return Step(**{**whole, **rest, **changed})  # type: ignore[arg-type]


def test_what_was_lost_and_who_waited_too_long_are_named() -> None:
    outcomes = {"answered": 50, "degraded": 20, "status 503": 20, "status 500": 9, "status 0": 1}
    lost = a_step(outcomes=outcomes)
    assert (lost.answered, lost.degraded, lost.asked_to_come_again) == (50, 20, 20)
    assert lost.lost == {"status 500": 9, "status 0": 1}
    steps = [asdict(a_step()), asdict(lost), asdict(a_step(longest_ms=5001.0))]
    assert len(overload.faults(steps)) == 2
    assert overload.faults(steps[:1]) == []


def test_the_curve_is_told_and_drawn() -> None:
    steps = [asdict(a_step(visitors=number)) for number in overload.VISITORS]
    assert "60.0" in str(overload.step_table(steps))
    assert figures.overload_curve(steps).count("<svg") == 1
