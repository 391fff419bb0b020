"""What of ours stands in Rasa's place does what Rasa did, with less ado."""

from __future__ import annotations

import pytest

from tests.bot.within_rasa import said_within_rasa, within_rasa
from tests.made_once import all_is_trained

pytestmark = pytest.mark.rasa

GRAPH = """
import json, tempfile
from pathlib import Path
import bot.components
import rasa.core.processor
from bot.components.straight_graph_runner import StraightGraphRunner
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

class Adds(GraphComponent):
    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        component = cls()
        component.config = config
        return component
    def add(self, **given):
        ran.append(self.config["name"])
        if self.config.get("fails"):
            raise ValueError("no")
        return self.config["plus"] + sum(given.values())

def node(name, plus, needs, **more):
    return SchemaNode(needs=needs, uses=Adds, constructor_name="create", fn="add", config={"name": name, "plus": plus, **more}, eager=True)

schema = GraphSchema({
    "last": node("last", 100, {"a": "left", "b": "right"}),
    "left": node("left", 10, {"a": "first"}),
    "right": node("right", 20, {"a": "first", "b": "asked"}),
    "first": node("first", 1, {"a": "asked"}),
    "other": node("other", 5, {"a": "asked"}),
    "broken": node("broken", 0, {"a": "asked"}, fails=True),
    "lonely": node("lonely", 0, {"a": "nobody"}),
})
ran, found = [], {}
for runner_class in (DaskGraphRunner, StraightGraphRunner):
    runner = runner_class.create(schema, LocalModelStorage.create(Path(tempfile.mkdtemp())), ExecutionContext(schema))
    name, ran[:] = runner_class.__name__, []
    results = [runner.run({"asked": asked}, targets) for asked in (1, 2) for targets in (["last"], ["left", "other"])]
    faults = []
    for target in ("broken", "lonely"):
        try:
            runner.run({"asked": 1}, [target])
        except Exception as fault:
            faults.append(type(fault).__name__)
    found[name] = [results, sorted(ran), faults]
print(json.dumps([found, rasa.core.processor.DaskGraphRunner.__name__]))
"""


def test_the_straight_runner_finds_what_dask_finds_and_fails_where_it_fails() -> None:
    found, in_use = within_rasa(GRAPH)
    assert found["StraightGraphRunner"] == found["DaskGraphRunner"]
    assert len(found["DaskGraphRunner"][2]) == 2 and in_use == "StraightGraphRunner"


POLICY = """
import asyncio, json, tempfile
from pathlib import Path
from bot.components.quick_rule_policy import QuickRulePolicy
from rasa.core.agent import Agent
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

agent = Agent.load("models/wenban.tar.gz")
domain = agent.domain
[policy] = [node._component for node in agent.processor.graph_runner._instantiated_nodes.values() if isinstance(node._component, QuickRulePolicy)]
slots = {slot.name: slot for slot in domain.slots}
walks = [None, *(slots["walk"].values if "walk" in slots else [])]

def decide(intent, walk, done, quickly):
    events = [ActionExecuted("action_listen"), UserUttered("x", {"name": intent, "confidence": 1.0})]
    events += [SlotSet("walk", walk)] if walk else []
    tracker = DialogueStateTracker.from_events("v", [*events, *map(ActionExecuted, done)], domain.slots)
    kept, policy._decided = policy._decided, (policy._decided if quickly else None)
    prediction = policy.predict_action_probabilities(tracker, domain)
    policy._decided = kept
    return domain.action_names_or_texts[prediction.max_confidence_index], prediction.max_confidence

cases = differing = 0
decided = set()
for intent in [*domain.intents, "nlu_fallback", "unheard_of"]:
    for walk in walks:
        action, _ = slow = decide(intent, walk, [], False)
        for done in ([], [action]):
            slow = decide(intent, walk, done, False)
            cases += 1
            differing += any(decide(intent, walk, done, True) != slow for _ in range(2))
            decided.add(slow[0])
print(json.dumps([cases, differing, sorted(decided), policy._decided is not None]))
"""


def test_the_quick_policy_decides_everything_as_the_rule_policy_does() -> None:
    all_is_trained()
    cases, differing, decided, is_quick = within_rasa(POLICY)
    assert is_quick and cases > 80 and differing == 0
    assert {"action_answer", "action_listen"} <= set(decided)


CALLS = """
import asyncio, json
import bot.components
from rasa.utils.endpoints import EndpointConfig
from aiohttp import web

peers, seen = set(), []

async def answer(request):
    peers.add(request.transport.get_extra_info("peername"))
    seen.append((await request.json())["number"])
    return web.json_response({"number": seen[-1]})

async def main():
    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
    one_by_one = [(await endpoint.request(json={"number": number}))["number"] for number in range(5)]
    peers_then = len(peers)
    at_once = await asyncio.gather(*(endpoint.request(json={"number": 10 + number}) for number in range(8)))
    await runner.cleanup()
    try:
        await endpoint.request(json={"number": 99})
    except Exception as fault:
        is_said = any(kind.__name__ == "ClientConnectionError" for kind in type(fault).__mro__)
    runner = web.AppRunner(app2 := web.Application())
    app2.router.add_post("/webhook", answer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    again = (await endpoint.request(json={"number": 7}))["number"]
    await runner.cleanup()
    print(json.dumps([one_by_one, peers_then, [each["number"] for each in at_once], is_said, again, seen.count(99)]))

asyncio.run(main())
"""


def test_connections_are_kept_and_opened_anew_when_the_other_side_was_away() -> None:
    one_by_one, connections, at_once, is_said, again, doubled = within_rasa(CALLS)
    assert one_by_one == [0, 1, 2, 3, 4] and connections == 1
    assert at_once == list(range(10, 18))
    # That nobody is there is told as before, and who has come back is found.
    assert is_said and again == 7 and doubled == 0


STORE = """
import asyncio, json
from bot.components.forgetful_tracker_store import ForgetfulTrackerStore
from rasa.core.tracker_store import check_if_tracker_store_async
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered

async def main():
    store = ForgetfulTrackerStore(Domain.load("bot/domain"))
    tracker = await store.get_or_create_tracker("v", append_action_listen=False)
    before = (tracker.latest_action_name, len(tracker.events))
    tracker.update(UserUttered("我叫张三"))
    await store.save(tracker)
    again = await store.retrieve("v")
    print(json.dumps([before, len(again.events), list(await store.keys()), check_if_tracker_store_async(store)]))

asyncio.run(main())
"""


def test_the_tracker_store_keeps_nothing_and_begins_by_listening() -> None:
    assert within_rasa(STORE) == [["action_listen", 1], 1, [], True]


WALK = """
import asyncio, json
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.utils.endpoints import EndpointConfig
from bot.components.forgetful_tracker_store import ForgetfulTrackerStore
from rasa.shared.core.domain import Domain

async def main():
    agent = Agent.load("models/wenban.tar.gz", tracker_store=ForgetfulTrackerStore(Domain.load("bot/domain")))
    asked = []

    class Endpoint(EndpointConfig):
        async def request(self, **call):
            asked.append(call["json"]["next_action"])
            return {"events": [], "responses": []}

    agent.action_endpoint = agent.processor.action_endpoint = Endpoint("http://nowhere")
    for walk in (None, "booking", None, "of another release", 7, ["booking"]):
        metadata = {"message_id": "m", **({"walk": walk} if walk else {})}
        await agent.handle_message(UserMessage("可以", CollectingOutputChannel(), "same", metadata=metadata))
    await agent.handle_message(UserMessage("可以", CollectingOutputChannel(), "same"))
    print(json.dumps(asked))

asyncio.run(main())
"""


def test_rasa_knows_of_a_walk_what_came_with_the_message_and_remembers_none() -> None:
    all_is_trained()
    assert within_rasa(WALK) == ["action_follow_up", "action_booking", *["action_follow_up"] * 5]


GIVEN_UP = """
import asyncio, json, logging
from rasa.utils.log_utils import configure_structlog
configure_structlog(logging.DEBUG)  # before the components, as on Rasa's command line
import bot.components
from rasa.core.channels.rest import RestInput
from sanic import Sanic

async def receive(on_new_message):
    blueprint = RestInput().blueprint(on_new_message)
    handler = next(each.handler for each in blueprint._future_routes if "POST" in each.methods)

    class Request:
        args, json = {}, {"sender": "v", "message": "我叫张三，借书证丢了"}

    await handler(Request())

async def given_up(message):
    raise asyncio.CancelledError

async def failing(message):
    said = message.text
    raise ValueError("no")

for fault in (given_up, failing):
    asyncio.run(receive(fault))
print(json.dumps("done"))
"""


def test_what_was_said_stays_out_of_rasas_log_when_a_message_is_given_up_or_fails() -> None:
    *logged, _ = said_within_rasa(GIVEN_UP)
    told = "\n".join(logged)
    assert "rest.message.received.timeout" in told and "rest.message.received.failure" in told
    assert "张三" not in told and "借书证" not in told and ascii("张三")[1:-1] not in told
