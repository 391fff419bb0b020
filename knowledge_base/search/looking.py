"""What speaks for each item, at a glance or closely: the encoder is asked where a glance decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.language.intents import IntentReader
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.find import Calibration, Evidence, Meant, Weighed, is_sure, rank
from knowledge_base.search.index import CANDIDATES, Index
from knowledge_base.search.meanings import MeaningIndex


@dataclass(frozen=True)
class Look:
    index: Index
    meaning_index: MeaningIndex | None
    """None: there is no encoder, and every look is a glance."""
    intents: IntentReader
    plainly: Plainly
    calibration: Calibration

    def weighed(self, question: str) -> Weighed:
        """Ranked once: a message comes here with each of its sentences."""
        glance = self._ranked(self.at_a_glance(question))
        # Of what no text has a word of, the encoder would find the nearest all the same.
        if self.meaning_index is None or not glance.evidence or is_sure(glance.hits, self.calibration):
            return glance
        return self._ranked(self.closely(question))

    def at_a_glance(self, question: str) -> list[Evidence]:
        """Without the encoder."""
        asked = self.plainly(question)
        return self.index.evidence(asked, self.intents.off_topic(asked))

    def closely(self, question: str) -> list[Evidence]:
        """With what the encoder says; as at a glance where there is none."""
        if self.meaning_index is None:
            return self.at_a_glance(question)
        asked = self.plainly(question)
        meant = self.meaning_index.of_items(asked)
        nearest = sorted(meant, key=lambda item: -meant[item].nearest)[:CANDIDATES]
        floor = min((each.nearest for each in meant.values()), default=0.0)
        found = self.index.evidence(asked, self.intents.off_topic(asked), nearest)
        return [each._replace(meant=meant.get(each.guide_id, Meant(floor, floor, 0.0))) for each in found]

    def _ranked(self, evidence: list[Evidence]) -> Weighed:
        return Weighed(tuple(evidence), rank(evidence, self.calibration))
