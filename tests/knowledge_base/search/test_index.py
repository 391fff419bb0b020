from __future__ import annotations

import pytest

from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.search import coarse as coarse_module
from knowledge_base.search import index as index_module
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
    assert [each.text for each in found.texts] == ["要等几天", "要等很多天"]


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


def test_an_item_s_nearness_is_the_mean_over_its_nearest_texts_and_the_furthest_within_reach(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "NEARBY", 2)
    found = {each.guide_id: each for each in Index(TEXTS, fake_embed, tokenizer).evidence("犬只登记")}
    cosines = (fake_embed(["犬只登记"]) @ fake_embed([text.text for text in TEXTS]).T)[0]
    assert found["dog"].nearby == pytest.approx(float(cosines[:2].mean()), abs=1e-6)
    assert found["stall"].nearby == pytest.approx(float(cosines[2] + cosines.min()) / 2, abs=1e-6)


class TestManyTexts:
    """Are looked through in a coarse form first."""

    MANY = tuple(
        IndexedText(f"{animal}-{errand}", f"{place}的{animal}{errand}", False, True)
        for animal in "犬猫鸟鱼龟兔马牛羊鸡鸭鹅"
        for errand in ("登记", "注销", "迁出", "补证")
        for place in (
            "东河",
            "西山",
            "南岸",
            "北屏",
            "中城",
            "柳岸",
            "桥头",
            "新港",
            "旧港",
            "青桥",
            "白塔",
            "红门",
            "黄岭",
        )
    )

    def test_the_same_is_found_as_among_few(self, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch) -> None:
        exact = Index(self.MANY, fake_embed, tokenizer)
        monkeypatch.setattr(coarse_module, "MANY_TEXTS", 600)
        coarse = Index(self.MANY, fake_embed, tokenizer)
        for question in ("白塔的猫登记", "我家的羊要迁出", "马", "红门鸭补证怎么弄"):
            found, wanted = ({each.guide_id: each for each in one.evidence(question)} for one in (coarse, exact))
            like = [guide_id for guide_id, each in wanted.items() if each.nearest > 0]
            assert like and all(
                (found[each].nearest, found[each].text) == (wanted[each].nearest, wanted[each].text) for each in like
            )
            assert all(0 <= each.nearby <= each.nearest for each in found.values())

    def test_a_question_without_a_known_piece_is_as_far_from_all(
        self, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(coarse_module, "MANY_TEXTS", 600)
        index = Index(self.MANY, lambda texts: fake_embed(texts if len(texts) > 1 else [""]), tokenizer)
        assert {each.nearest for each in index.evidence("白塔的猫登记")} == {0.0}
