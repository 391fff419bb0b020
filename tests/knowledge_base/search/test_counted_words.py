from __future__ import annotations

import random

import bm25s
import numpy as np

from knowledge_base.search.counted_words import count_words
from knowledge_base.search.lexicon import Lexicon

NOTHING: list[list[list[str]]] = [[], [[]]]
TEXTS = [["补办", "身份", "份证"], [], ["身份", "身份", "办理", "社保"], ["社保", "补办"], ["护照"]]


def some_texts(chance: random.Random) -> list[list[str]]:
    words = [f"w{each}" for each in range(60)]
    return [[chance.choice(words[: chance.randint(1, 60)]) for _ in range(chance.randint(0, 12))] for _ in range(300)]


def test_scores_are_those_of_bm25s_to_the_last_bit() -> None:
    for texts in (TEXTS, some_texts(random.Random(1)), some_texts(random.Random(2))):
        theirs, ours = bm25s.BM25(), count_words(texts).bm25()
        theirs.index(texts, show_progress=False)
        for asked in (["身份"], ["补办", "社保", "身份", "社保"], ["w1", "w40"], ["w0", "w59", "w7", "w7", "w33"]):
            known = [word for word in asked if word in theirs.vocab_dict]
            if known:
                assert np.array_equal(ours.get_scores(known), theirs.get_scores(known))


def test_each_word_has_its_items_in_order_and_once() -> None:
    held = count_words(TEXTS).places(np.array([1, 1, 0, 1, 2], np.int32))

    assert {word: places.tolist() for word, places in held.items()} == {
        "补办": [1],
        "身份": [0, 1],
        "份证": [1],
        "办理": [0],
        "社保": [0, 1],
        "护照": [2],
    }


def test_a_word_is_counted_once_a_text() -> None:
    counted = count_words(TEXTS)

    assert counted.texts_with[counted.number["身份"]] == 2


def test_of_no_texts_nothing_is_known() -> None:
    for texts in NOTHING:
        lexicon = Lexicon(texts, np.zeros(len(texts), np.int32), len(texts))
        assert not lexicon.knows("身份")
        assert lexicon.best(["身份"]).tolist() == [0.0] * len(texts)
