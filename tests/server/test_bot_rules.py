"""Rasa's rules are what the table of rooms says."""

from __future__ import annotations

from typing import Any

import yaml

from server.bot_rules import RULES, rules
from service_hall.conversation.acts import Act
from service_hall.conversation.rooms import WALKS, Room, room_of


def test_the_rules_are_up_to_date() -> None:
    """`make bot-rules` writes them."""
    assert RULES.read_text("utf-8") == rules()


def test_a_rule_looks_at_the_walk_where_it_changes_who_takes_the_message_and_only_there() -> None:
    written: list[dict[str, Any]] = yaml.safe_load(rules())["rules"]
    found = {}
    for rule in written:
        intent, action = rule["steps"][0]["intent"], rule["steps"][1]["action"]
        walk = rule["condition"][0]["slot_was_set"][0]["walk"] if "condition" in rule else None
        assert (intent, walk) not in found
        found[intent, walk] = action
    for act in set(Act) - {Act.ASK}:
        for walk in (None, *WALKS):
            assert found.get((act, walk), found[act, None]) == f"action_{room_of(act, walk)}"
    assert found["nlu_fallback", None] == f"action_{Room.ANSWER}"
    assert {walk for _, walk in found} == {None, *WALKS}
