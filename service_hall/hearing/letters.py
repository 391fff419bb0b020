"""A long letter is reduced to what it asks: 我是…的居民。去年…。请问居住证怎么续？"""

from __future__ import annotations

import re

from service_hall.hearing.heard import Sentence
from service_hall.hearing.parts import item_asked

LONG = 60
"""Letters of a message; what is shorter is understood whole. No development question is longer."""
MOST_READ = 6
"""Sentences that ask, the last ones: what is wanted stands at the end."""
MOST_QUOTED = 60
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")


def question_of(said: Sentence) -> tuple[str, Sentence] | None:
    """The item that the letter surely asks of, with the sentence that asks; None for what is no letter, or leaves that
    open. The surest counts; a sentence that names no item is read with the one before it."""
    if len(said.plain) <= LONG:
        return None
    sentences = [each.strip() for each in _SENTENCE.findall(said.text) if each.strip()]
    asking = [at for at, text in enumerate(sentences) if said.part(text).has_question_word][-MOST_READ:]
    best: tuple[float, str, Sentence] | None = None
    for at in asking:
        for text in (sentences[at], "".join(sentences[max(0, at - 1) : at + 1])):
            part = said.part(text)
            if item := item_asked(part):
                likely = part.found.hits[0].score
                if best is None or likely >= best[0]:
                    best = (likely, item, part)
                break
    return best and (best[1], best[2])


def quoted(question: Sentence) -> str:
    """As it is told back: not the whole of a long sentence."""
    text = question.text.rstrip("。；;\n")
    return text if len(text) <= MOST_QUOTED else f"…{text[-MOST_QUOTED:]}"
