"""The open walk, which the service sends with each message, as an entity; a slot takes it, and rules look at that.

What Rasa itself remembers of a conversation counts for nothing here (docs/adr/0033).
"""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, ENTITY_ATTRIBUTE_TYPE, ENTITY_ATTRIBUTE_VALUE
from rasa.shared.nlu.training_data.message import Message

WALK = "walk"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class WalkReader(GraphComponent, EntityExtractorMixin):
    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "WalkReader":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            walk = (message.get("metadata") or {}).get(WALK)
            if isinstance(walk, str) and walk:
                entity = {ENTITY_ATTRIBUTE_TYPE: WALK, ENTITY_ATTRIBUTE_VALUE: walk, "start": 0, "end": 0}
                found = [*message.get(ENTITIES, []), *self.add_extractor_name([entity])]
                message.set(ENTITIES, found, add_to_output=True)
        return messages
