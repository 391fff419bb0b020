"""Whole talks about what befell somebody, in words written apart: does each end in the list that its person needs?

Who wrote `talks.jsonl` knew the person and none of our questions. `talks.means.jsonl` says which of those words answer
which question, and what the person means by it. Where no words were written, or they are not understood, the option is
picked by its number, as at a door without buttons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx

from evaluation.results import read_lines
from evaluation.scenarios.leading import is_begun, scenario_led_to
from evaluation.visitor import Said, Talker
from service_hall.scenarios.talk.walk import wording

FOLDER = Path(__file__).parent
MOST_TURNS = 40


@dataclass(frozen=True)
class Talk:
    id: str
    scenario: str
    opening: str
    means: Mapping[str, Any]
    """JSON: question → what the person would answer to a clerk."""
    says: Mapping[str, str]
    """Question → how it was written; of the others there are no words."""


@dataclass(frozen=True)
class PlayedTalk:
    id: str
    scenario: str
    led_to: str
    """The scenario to which the opening led first; '' for none."""
    said: int
    """How many answers were given in words."""
    misheard: tuple[str, ...]
    """Questions whose words were not understood, so that the option was picked by number."""
    ends: str
    """Why the list is another one, or there is none; '' for the right one."""
    begun_at_once: bool = False
    """The opening asked for all that is to be done, and was not asked back whether it wants the list."""

    @property
    def passed(self) -> bool:
        return not self.ends

    @property
    def as_row(self) -> dict[str, Any]:
        return asdict(self)


class Steps(Protocol):
    """What the stateless engine says to answers: the next question, or the list."""

    def __call__(self, scenario: str, answers: Mapping[str, Any]) -> Mapping[str, Any]: ...


def load_talks() -> list[Talk]:
    meant = {row["id"]: row for row in read_lines(FOLDER / "talks.means.jsonl")}
    written = [json.loads(line) for line in (FOLDER / "talks.jsonl").read_text("utf-8").splitlines()]
    return [
        Talk(row["id"], row["scenario"], row["opening"], meant[row["id"]]["means"], meant[row["id"]]["says"])
        for row in written
    ]


def steps_over(http: httpx.Client, as_of: str) -> Steps:
    """`as_of`: YYYY-MM-DD, the day of the talk."""

    def step(scenario: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        body = {"answers": answers, "as_of": as_of}
        found: Mapping[str, Any] = http.post(f"/api/scenarios/{scenario}/step", json=body).raise_for_status().json()
        return found

    return step


def play(talk: Talk, citizen: Talker, steps: Steps) -> PlayedTalk:
    said = citizen.say(talk.opening)
    led_to = scenario_led_to(said)
    misheard: list[str] = []
    in_words = 0

    begun_at_once = is_begun(said)

    def end(why: str) -> PlayedTalk:
        return PlayedTalk(talk.id, talk.scenario, led_to, in_words, tuple(misheard), why, begun_at_once)

    if led_to != talk.scenario:
        return end(f"the opening leads to {led_to or 'no scenario'}")
    if not begun_at_once:
        said = _agree(citizen, said)
    answers: dict[str, Any] = {}
    for _ in range(MOST_TURNS):
        step = steps(talk.scenario, answers)
        if "checklist" in step:
            return end(_compared(said, step["checklist"]))
        question = step["question"]
        node = question["node"]
        if question["text"] not in said.text:
            return end(f"not asked for {node}, but: {_asked_in(said) or said.text[:60]}")
        if node not in talk.means:
            return end(f"nobody wrote what the person means by {node}")
        told = talk.means[node]
        words = _confirms(question, told, said) or talk.says.get(node, "")
        by_number = _by_number(question, told)
        in_words += bool(words)
        said = citizen.say(words or by_number)
        if words and question["text"] in said.text:
            misheard.append(node)
            said = citizen.say(_confirms(question, told, said) or by_number)
        answers[node] = told
    return end("it does not end")


def _agree(citizen: Talker, said: Said) -> Said:
    """好的 to an offer; of choices, the one that leads to the list."""
    for number, option in enumerate(said.options, start=1):
        if "/scenario{" in option["payload"]:
            return citizen.choose(option, number)
    return citizen.say("好的")


def _asked_in(said: Said) -> str:
    """The question of a scenario that is open; '' for none."""
    return str(said.replies[-1]["text"]) if is_begun(said) else ""


def _confirms(question: Mapping[str, Any], told: Any, said: Said) -> str:
    """对 where what is offered, or asked back, is what she means."""
    labels = {option["value"]: option["label"] for option in question["options"]}
    values = told if isinstance(told, list) else [told]
    answer = "、".join(labels.get(str(each), str(each)) for each in values)
    offered = (wording.say(name, answer=answer) for name in ("told_before", "is_it_so"))
    return "对" if any(each.split("”")[0] in said.text for each in offered) else ""


def _by_number(question: Mapping[str, Any], told: Any) -> str:
    if question["kind"] in ("number", "date"):  # a bare number is one
        words = {option["value"]: option["label"] for option in question["options"]}
        return str(words.get(str(told), told))
    values = [option["value"] for option in question["options"]]
    chosen: Sequence[Any] = told if isinstance(told, list) else [told]
    places = [values.index(each) + 1 for each in chosen if each in values]
    return "、".join(map(str, places)) if places else str(told)


def _compared(said: Said, right: Mapping[str, Any]) -> str:
    listed = next((reply for reply in said.replies if reply.get("type") == "checklist"), None)
    if listed is None:
        return f"no list, but: {_asked_in(said) or said.text[:60]}"
    if listed["scenario_id"] != right["scenario_id"]:
        return f"the list of {listed['scenario_id']}"
    for what, name in (("steps", "step_id"), ("materials", "name")):
        told, wanted = ([each[name] for each in of[what]] for of in (listed, right))
        if told != wanted:
            more, less = set(told) - set(wanted), set(wanted) - set(told)
            return f"{what}: {'、'.join(sorted(more))} too many, {'、'.join(sorted(less))} missing"
    return ""
