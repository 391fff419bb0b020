"""Citizens before the real service: Rasa, actions, search and database, as `make run` starts them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evaluation.stack import Stack
from tests.dialogue.citizen import Citizen
from tests.dialogue.on_wechat import OnWeChat
from tests.standins.wechat import StandIn


@pytest.fixture
def citizen(running_service: str) -> Citizen:
    return Citizen(running_service)


@pytest.fixture
def li(running_stack_of_both: Stack, wechat: StandIn) -> Iterator[OnWeChat]:
    citizen = OnWeChat(running_stack_of_both.url, wechat)
    yield citizen
    citizen.http.close()
