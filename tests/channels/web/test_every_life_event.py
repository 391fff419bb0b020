"""Every life event is walked to its list over HTTP: by the stateless steps, and in the chat by what one writes."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.library import Library
from service_hall.conversation.message import SCENARIO, command_payload
from tests.channels.web.conftest import Knock
from tests.town_house import TownHouse
from tests.walked_ways import shelf_of, written_answers


async def test_each_ends_in_its_list(tmp_path: Path, knock: Knock, real_library: Library) -> None:
    house = TownHouse(tmp_path, shelf=shelf_of(real_library))
    http, today = knock(house), house.clock().date()
    ends: dict[str, str] = {}
    for scenario in real_library.published.scenarios.values():
        payload = command_payload(SCENARIO, guide_id=scenario.id)
        answer = await http.post("/api/chat/messages", json={"payload": payload})
        headers = {"Authorization": f"Bearer {answer.json()['visitor_token']}"}
        for question, written in written_answers(scenario, today):
            asked = answer.json()["replies"][-1]
            assert asked["type"] == "question" and question.ask in asked["text"], (scenario.id, question.id, asked)
            answer = await http.post("/api/chat/messages", json={"text": written}, headers=headers)
        last = answer.json()["replies"][-1]
        ends[scenario.id] = f"{last['type']} {last.get('scenario_id')}"
    assert len(ends) == 36 and ends == {name: f"checklist {name}" for name in ends}
