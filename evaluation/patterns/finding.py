"""Every pattern that may see citizens' text."""

from __future__ import annotations

from evaluation.patterns.calls import patterns_in_calls
from evaluation.patterns.found import Found, once_each
from evaluation.patterns.kept import patterns_in, patterns_kept
from evaluation.patterns.outside import patterns_of_jieba, patterns_of_rasa
from knowledge_base.language.spoken import load_spoken


def own_patterns() -> tuple[Found, ...]:
    """Of the product's own code."""
    written, _ = patterns_in_calls()
    return once_each([*patterns_kept(), *written, *patterns_in(load_spoken(), "load_spoken()")])


def every_pattern() -> tuple[Found, ...]:
    return once_each([*own_patterns(), *patterns_of_rasa(), *patterns_of_jieba()])
