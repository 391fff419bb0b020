"""A talk is played as a citizen would talk, and judged by its list; its words stay evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evaluation.scenarios.leading import is_pulled, scenario_led_to
from evaluation.scenarios.score import LifeEvents
from evaluation.scenarios.situations import load_ordinary, load_situations
from evaluation.scenarios.talks import FOLDER, PlayedTalk, Talk, _by_number, load_talks, play
from evaluation.visitor import Said
from knowledge_base.library import Library
from service_hall.conversation.message import command_payload
from service_hall.scenarios.talk.walk import wording

TALK = Talk("t", "dog", "添了条狗", {"whose": "firm", "also": ["reads", "sells"]}, {"whose": "厂里看门的"})
OPTIONS = {"whose": ("family", "firm"), "also": ("reads", "sells", "none")}
OFFER = {"type": "answer", "guide_id": "x", "suggestions": [{"payload": command_payload("scenario", guide_id="dog")}]}
LIST = {"type": "checklist", "scenario_id": "dog", "steps": [{"step_id": "a"}], "materials": [{"name": "狗证"}]}


def question(node: str, note: str = "") -> dict[str, Any]:
    options = [{"label": each, "value": each} for each in OPTIONS[node]]
    text = "\n".join(filter(None, (note, f"{node}？")))
    kind = "multi" if node == "also" else "single"
    return {"type": "question", "scenario_id": "dog", "node": node, "kind": kind, "options": options, "text": text}


def steps(scenario: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    left = [node for node in OPTIONS if node not in answers]
    return {"question": question(left[0])} if left else {"checklist": LIST}


class Desk:
    """Says what it was told to say, and keeps what was said to it."""

    def __init__(self, *replies: dict[str, Any]) -> None:
        self._replies = iter(replies)
        self.heard: list[str] = []

    def say(self, text: str, region: str | None = None) -> Said:
        self.heard.append(text)
        return Said("asking", (next(self._replies),), 1.0)

    def choose(self, option: Mapping[str, Any], number: int, region: str | None = None) -> Said:
        return self.say(f"[{number}]")


def test_words_are_said_where_there_are_some_and_else_the_number() -> None:
    desk = Desk(OFFER, question("whose"), question("also"), LIST)
    played = play(TALK, desk, steps)
    assert desk.heard == ["添了条狗", "好的", "厂里看门的", "1、2"]
    assert played.passed and played.said == 1 and played.misheard == ()


def test_where_the_opening_asks_for_all_its_questions_begin_and_nothing_is_agreed_to() -> None:
    desk = Desk(question("whose"), question("also"), LIST)
    played = play(TALK, desk, steps)
    assert played.passed and played.begun_at_once and desk.heard == ["添了条狗", "厂里看门的", "1、2"]


def test_what_is_not_understood_is_picked_by_number_and_noted() -> None:
    desk = Desk(OFFER, question("whose"), question("whose", "没听明白"), question("also"), LIST)
    played = play(TALK, desk, steps)
    assert played.passed and played.misheard == ("whose",) and desk.heard[3] == "2"


def test_what_was_told_before_is_confirmed_only_where_it_is_meant() -> None:
    firm, family = (wording.say("told_before", answer=each) for each in ("firm", "family"))
    for note, said in ((firm, "对"), (family, "厂里看门的")):
        desk = Desk(OFFER, question("whose", note), question("also"), LIST)
        assert play(TALK, desk, steps).passed and desk.heard[2] == said


def test_what_is_asked_back_is_confirmed_where_it_is_meant() -> None:
    back = wording.say("is_it_so", answer="firm")
    desk = Desk(OFFER, question("whose"), question("whose", back), question("also"), LIST)
    played = play(TALK, desk, steps)
    assert played.passed and played.misheard == ("whose",) and desk.heard[3] == "对"


def test_to_a_number_not_knowing_is_written_in_words() -> None:
    asked = {"kind": "number", "options": [{"value": "unsure", "label": "不清楚"}]}
    assert _by_number(asked, "unsure") == "不清楚" and _by_number(asked, 12) == "12"


def test_another_list_fails_and_says_what_differs() -> None:
    other = {**LIST, "materials": [{"name": "猫证"}]}
    played = play(TALK, Desk(OFFER, question("whose"), question("also"), other), steps)
    assert played.ends == "materials: 猫证 too many, 狗证 missing"


def test_an_opening_that_leads_elsewhere_fails_at_once() -> None:
    desk = Desk({"type": "text", "text": "没找到"})
    assert play(TALK, desk, steps).ends == "the opening leads to no scenario" and len(desk.heard) == 1


def test_an_answer_that_only_offers_a_list_pulls_nobody() -> None:
    offered = Said("answered", (OFFER,), 1.0)
    told = Said("answered", ({"type": "answer", "guide_id": "hall-event-dog", "text": ""},), 1.0)
    assert scenario_led_to(offered) == "dog" and not is_pulled(offered) and is_pulled(told)


def test_shares_count_what_they_say() -> None:
    talks = [PlayedTalk("1", "a", "a", 3, ("x",), ""), PlayedTalk("2", "b", "", 0, (), "no")]
    led: list[dict[str, Any]] = [{"scenario": "a", "led_to": "a"}, {"scenario": "a", "led_to": "b", "is_begun": True}]
    found = LifeEvents(led, [], talks)
    assert (found.begun_right.of, found.begun_right.count) == (1, 0)
    assert (found.right_first.percent, found.wrong_first.percent, found.right_list.percent) == (50, 50, 50)
    assert (found.understood.of, found.understood.count) == (3, 2) and found.pulled.of == 0


def test_what_a_person_means_can_be_answered(real_library: Library) -> None:
    scenarios = real_library.published.scenarios
    for talk in load_talks():
        asked = {question.id for question in scenarios[talk.scenario].questions}
        assert set(talk.says) <= set(talk.means) <= asked, talk.id


def test_words_are_those_of_the_writer_alone() -> None:
    written = {row["id"]: row["answers"] for row in map(json.loads, (FOLDER / "talks.jsonl").read_text().splitlines())}
    assert [talk.id for talk in load_talks() if not set(talk.says.values()) <= set(written[talk.id])] == []


def test_there_are_as_many_as_the_bars_want() -> None:
    assert len({talk.scenario for talk in load_talks()}) >= 20
    assert len(load_situations("test")) >= 250 and len(load_ordinary()) >= 100
