from __future__ import annotations

import pytest

from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.search.index import Index, IndexedText
from tests.fakes import fake_embed

TEXTS = [
    IndexedText("dog", "犬只登记", True, True),
    IndexedText("dog", "家里的狗去哪上证", False, True),
    IndexedText("stall", "夜市摊位备案", True, True),
    IndexedText("boat", "渔船登记", True, False),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@pytest.fixture(scope="module")
def index(tokenizer: Tokenizer) -> Index:
    return Index(TEXTS, fake_embed, tokenizer)


def test_the_very_text_is_found_as_itself(index: Index) -> None:
    best = max(index.evidence("夜市摊位备案"), key=lambda each: each.nearest)
    assert (best.guide_id, best.text) == ("stall", "夜市摊位备案")
    assert best.nearest == pytest.approx(1.0, abs=1e-5) and best.named == 1.0


def test_a_question_that_leaves_its_item_unsaid_is_found_with_it_and_shown_without(tokenizer: Tokenizer) -> None:
    asked = [
        IndexedText("dog", "要等几天", False, True, "给狗上证，要等几天"),
        IndexedText("stall", "要等很多天", False, True),
    ]
    found = Index(asked, fake_embed, tokenizer)
    best = max(found.evidence("给狗上证要等几天"), key=lambda each: each.nearest)
    assert (best.guide_id, best.text) == ("dog", "要等几天") and best.nearest == pytest.approx(1.0, abs=1e-5)
    assert found.texts_with_guide() == ["要等几天", "要等很多天"]


def test_each_item_is_weighed_once(index: Index) -> None:
    items = [each.guide_id for each in index.evidence("登记")]
    assert len(items) == len(set(items))


def test_a_name_inside_the_sentence_counts_by_its_share(index: Index) -> None:
    found = {each.guide_id: each.named for each in index.evidence("我要办犬只登记")}
    assert found["dog"] == pytest.approx(4 / 7) and found["stall"] == 0.0


def test_figures_stay_in_their_range(index: Index) -> None:
    for each in index.evidence("狗去夜市登记 abc 123"):
        assert -1.001 <= each.nearest <= 1.001 and each.nearby <= each.nearest + 1e-6
        assert 0 <= each.lexical < 1 and 0 <= each.coverage <= 1 and 0 <= each.named <= 1


def test_an_item_without_a_guide_says_so(index: Index) -> None:
    assert {each.guide_id: each.has_guide for each in index.evidence("登记")}["boat"] is False


def test_only_texts_with_a_guide_are_suggested_from(index: Index) -> None:
    assert "渔船登记" not in index.texts_with_guide() and len(index.texts_with_guide()) == 3


@pytest.mark.parametrize("question", ["", "？", "😀", "\u200b"])
def test_nothing_said_has_no_evidence(index: Index, question: str) -> None:
    assert index.evidence(question) == []


def test_words_that_stand_nowhere_are_no_trouble(index: Index) -> None:
    assert all(each.lexical == 0 for each in index.evidence("quantum"))


def test_an_index_over_nothing_has_no_evidence(tokenizer: Tokenizer) -> None:
    empty = Index([], fake_embed, tokenizer)
    assert len(empty) == 0 and empty.evidence("犬只登记") == []


def test_an_index_over_one_text_works(tokenizer: Tokenizer) -> None:
    (only,) = Index(TEXTS[:1], fake_embed, tokenizer).evidence("犬只登记多少钱")
    assert only.guide_id == "dog"
