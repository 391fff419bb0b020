"""What Rasa loads agrees with what the service offers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from actions.service_actions import all_actions
from knowledge_base.language.examples import NLU_DATA
from knowledge_base.model import Aspect
from knowledge_base.yaml_lines import read_yaml
from service_hall.conversation.acts import Act
from service_hall.conversation.rooms import WALKS
from tests import fakes

BOT = Path(__file__).parents[2] / "bot"


def read(path: Path) -> Any:
    return read_yaml(path).data


@pytest.fixture(scope="module")
def domain() -> Any:
    return read(BOT / "domain" / "domain.yml")


@pytest.fixture(scope="module")
def intents(domain: Any) -> set[str]:
    return {next(iter(intent)) if isinstance(intent, dict) else str(intent) for intent in domain["intents"]}


@pytest.fixture(scope="module")
def rules() -> list[Any]:
    return [rule for path in sorted((BOT / "rules").glob("*.yml")) for rule in read(path)["rules"]]


def steps(kind: str, written: list[Any]) -> list[str]:
    return [step[kind] for rule in written for step in rule["steps"] if kind in step]


def test_intents_are_the_aspects_and_the_acts(intents: set[str]) -> None:
    assert intents == {f"ask_{aspect}" for aspect in Aspect} | {act.value for act in Act if act is not Act.ASK}


def test_every_intent_has_examples_and_every_example_an_intent(intents: set[str]) -> None:
    taught = {block["intent"] for path in NLU_DATA.glob("*.yml") for block in read(path)["nlu"] if "intent" in block}
    assert taught == intents


def test_every_intent_has_one_rule_and_so_has_what_was_not_understood(intents: set[str], rules: list[Any]) -> None:
    ruled = steps("intent", [rule for rule in rules if "condition" not in rule])
    assert sorted(ruled) == sorted(intents | {"nlu_fallback"})


def test_the_slot_of_the_walk_knows_the_walks_there_are(domain: Any) -> None:
    assert domain["slots"]["walk"]["values"] == sorted(WALKS)


def test_every_rule_names_itself(rules: list[Any]) -> None:
    names = [rule["rule"] for rule in rules]
    assert len(set(names)) == len(names)


def test_actions_of_the_domain_are_registered_and_the_other_way_round(domain: Any) -> None:
    assert sorted(domain["actions"]) == sorted(action.name() for action in all_actions(fakes.town_hall()))


def test_every_action_is_reached_by_a_rule_and_rules_reach_no_other(domain: Any, rules: list[Any]) -> None:
    assert set(steps("action", rules)) == set(domain["actions"])


def test_stories_speak_only_of_what_the_domain_has(domain: Any, intents: set[str]) -> None:
    stories = [story for path in sorted((BOT / "stories").glob("*.yml")) for story in read(path)["stories"]]
    assert set(steps("intent", stories)) <= intents and set(steps("action", stories)) <= set(domain["actions"])


def test_what_rasa_falls_back_to_is_an_action_of_ours(domain: Any) -> None:
    config = read(BOT.parent / "config.yml")
    fallbacks = [policy.get("core_fallback_action_name") for policy in config["policies"]]
    assert [name for name in fallbacks if name] and all(name in domain["actions"] for name in fallbacks if name)


def test_entities_that_examples_name_are_in_the_domain(domain: Any) -> None:
    named = {found for path in NLU_DATA.glob("*.yml") for found in re.findall(r"\]\((\w+)\)", path.read_text("utf-8"))}
    assert named and named <= set(domain["entities"])
