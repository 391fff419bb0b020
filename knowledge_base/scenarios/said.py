"""Figures that a scenario says by itself: each must stand in the text that it cites, as those of a statement must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge_base.figures import figures_in, missing
from knowledge_base.scenarios.model import Scenario
from knowledge_base.sources import LegalText, read_reference
from knowledge_base.yaml_lines import Place

_WHICH_DAY = re.compile("哪一[天年]")


def figures_without_source(scenario: Scenario, sources: Mapping[str, LegalText]) -> Iterator[tuple[Place, str]]:
    for place, text, cited in _said(scenario):
        texts = [
            source.articles[reference.article].text
            for reference in map(read_reference, cited)
            if (source := sources.get(reference.source)) and reference.article in source.articles
        ]
        lacking = missing(text, texts) if texts else figures_in(text)
        if lacking:
            told = "、".join(sorted(map(str, lacking)))
            yield place, f"数字没有出处（{told}），请换成事项的陈述，或者写上载有它的出处（source）"


def _said(scenario: Scenario) -> Iterator[tuple[Place, str, Sequence[str]]]:
    yield ("first", "says"), scenario.first.says, scenario.first.source
    for position, question in enumerate(scenario.questions):
        labels = [option.label for option in question.options]
        words = _WHICH_DAY.sub("哪天", "。".join((question.ask, question.help, question.if_unknown.find_out, *labels)))
        yield ("questions", position), words, question.source
    for position, step in enumerate(scenario.steps):
        yield ("steps", position), f"{step.title}。{step.says}", step.source
        yield ("steps", position, "reason"), step.reason, ()
    for position, note in enumerate(scenario.notes):
        yield ("notes", position), note.says, note.source
