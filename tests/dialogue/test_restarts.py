"""The real Rasa and the real service, hung by a signal, under the supervisor of `make run`."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import httpx
import pytest

from evaluation.stack import Stack, environment_of
from server import posts
from server.posts import rasas_post, services_post
from server.processes import Child
from server.supervisor import Post, Supervisor
from tests.dialogue.citizen import Citizen, answer_of

pytestmark = pytest.mark.rasa
GUIDE = "id-card-lost"


@pytest.fixture(autouse=True)
def impatient_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody loads the machine here as citizens would."""
    monkeypatch.setattr(posts, "LOOK_SECONDS", 0.5)


@pytest.fixture(autouse=True)
def nobody_stays_stopped(running_stack_of_both: Stack) -> Iterator[None]:
    yield
    for child in (running_stack_of_both.rasa, running_stack_of_both.service):
        child.process.send_signal(signal.SIGCONT)


def see_it_back(post: Post, hung: Child) -> Child:
    """Who is at the post afterwards."""
    told: list[str] = []
    supervisor = Supervisor([post], told.append)
    supervisor.adopt([hung])

    class IsBack(Exception):
        pass

    def pause(_: float) -> None:
        if any("answers again" in line for line in told):
            raise IsBack
        time.sleep(0.1)  # another process takes part; pytest's time-out bounds it

    with pytest.raises(IsBack):
        supervisor.watch(pause)
    assert told[0] == f"{post.name} does not answer and is started again; see {post.log}"
    assert len(told) == 2
    [child] = supervisor.children
    assert child.process.pid != hung.process.pid
    assert not hung.is_running
    return child


def test_a_hung_service_is_started_again_and_no_booking_is_lost(citizen: Citizen, running_stack_of_both: Stack) -> None:
    stack = running_stack_of_both
    assert answer_of(citizen.say("身份证丢了怎么补办"))["guide_id"] == GUIDE
    booked = citizen.book(GUIDE)
    stack.service.process.send_signal(signal.SIGSTOP)
    post = services_post(stack.settings, environment_of(stack.settings))
    stack.service = see_it_back(post, stack.service)
    assert [each["code"] for each in citizen.appointments()] == [booked["code"]]
    assert citizen.appointments()[0]["status"] == "booked"
    again = answer_of(citizen.say("要多少钱"))
    assert (again["guide_id"], again["aspect"]) == (GUIDE, "fee")


def test_while_rasa_hangs_citizens_get_answers_and_afterwards_from_rasa_again(
    citizen: Citizen, running_stack_of_both: Stack
) -> None:
    stack = running_stack_of_both
    assert citizen.say("身份证丢了怎么补办")["outcome"] == "answered"
    stack.rasa.process.send_signal(signal.SIGSTOP)
    alone = citizen.say("要多少钱")
    assert alone["outcome"] == "degraded"
    assert (answer_of(alone)["guide_id"], answer_of(alone)["aspect"]) == (GUIDE, "fee")
    assert httpx.get(f"{stack.url}/readyz", trust_env=False).json()["rasa"] == "down"
    assert httpx.get(f"{stack.url}/healthz", trust_env=False).status_code == 200
    stack.rasa = see_it_back(rasas_post(stack.settings), stack.rasa)
    while (again := citizen.say("要带什么"))["outcome"] == "degraded":
        time.sleep(0.2)  # the client lets Rasa rest a moment after faults; pytest's time-out bounds this
    assert (again["outcome"], answer_of(again)["guide_id"]) == ("answered", GUIDE)
