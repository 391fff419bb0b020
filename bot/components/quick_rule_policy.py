"""RulePolicy that decides what it has decided before with one look into a table.

Rasa's own walks through all rules for every state of the conversation, four times a message: a quarter of Rasa's time.
Where each rule speaks of one turn alone, as all of ours do, its decision follows from that turn: what was understood,
what was done since, and the slots that rules look at. Rules, their training and its checks are Rasa's.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Text, Tuple

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT, INTENT_NAME_KEY


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class QuickRulePolicy(RulePolicy):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._decided: Optional[Dict[Tuple[Any, ...], Tuple[PolicyPrediction, Optional[Text]]]] = None

    @classmethod
    def load(cls, *arguments: Any, **named: Any) -> QuickRulePolicy:
        policy = super().load(*arguments, **named)
        if all(map(_is_of_one_turn, policy.lookup[RULES])) and not policy.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH):
            policy._decided = {}
        return policy

    def _predict(self, tracker: DialogueStateTracker, domain: Domain) -> Tuple[PolicyPrediction, Optional[Text]]:
        turn = None if self._decided is None else _turn_of(tracker)
        if turn is None:
            return super()._predict(tracker, domain)
        found = self._decided.get(turn)
        if found is None:
            found = self._decided[turn] = super()._predict(tracker, domain)
        return found


def _is_of_one_turn(rule_key: Text) -> bool:
    first, *others = json.loads(rule_key)
    understood = first.get(USER, {})
    return (
        first.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
        and list(understood) == [INTENT]
        and all(state.get(USER) == understood for state in others)
    )


def _turn_of(tracker: DialogueStateTracker) -> Optional[Tuple[Any, ...]]:
    """All that a rule of one turn can look at; None where there is more to it. Not many there can be: intents and
    actions are the domain's, and a slot is told by its features."""
    if tracker.active_loop_name or not tracker.latest_message or tracker.latest_message.use_text_for_featurization:
        return None
    done = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecutionRejected):
            return None
        if isinstance(event, ActionExecuted):
            if event.action_name == ACTION_LISTEN_NAME:
                break
            done.append(event.action_name)
    slots = tuple(tuple(slot.as_feature()) for _, slot in sorted(tracker.slots.items()) if slot.influence_conversation)
    return tracker.latest_message.intent.get(INTENT_NAME_KEY), tuple(done), slots
