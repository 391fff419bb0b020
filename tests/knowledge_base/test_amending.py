"""What is published is laid beside the library, and answers as if all had been made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from knowledge_base.amending import MOST_AT_ONCE, Amendment, amended, is_all_encoded
from knowledge_base.documents import GuideDocument
from knowledge_base.library import Library, build_library
from knowledge_base.model import CatalogueItem
from knowledge_base.published import Published
from knowledge_base.search.find import Answered, Evidence
from knowledge_base.search.meanings import Meanings
from knowledge_base.turning import that_turn
from tests.fake_encoder import FakeEncoder
from tests.fakes import (
    CALIBRATION,
    CARD_LOST,
    DOG,
    STALL,
    TODAY,
    TOWN,
    document,
    fake_embed,
    guide_body,
    published,
    statement,
    telling,
    town_intents,
)

DRONE = guide_body("drone-register", "无人机实名登记", "登记无人机", ["飞行器上牌", "无人机登记"], ["航拍器要不要登记"])
DRONE_ITEM = CatalogueItem(id="drone-register", name="无人机实名登记", theme="示范", audience="个人", place=99)
DOG_EDITED = telling(
    DOG, statement("breed", "note", "烈性犬一律不给登记。", aspects=["eligibility"], asked=["藏獒能上证吗"])
)
QUESTIONS = (
    "无人机登记在哪办",
    "藏獒能上证吗",
    "借书证丢了怎么补办",
    "养狗要不要上证",
    "夜市摆摊",
    "航拍器",
    "小渔船登记",
    "砍树",
    "多少钱",
    "火星移民",
)


def build(knowledge: Published, on: date = TODAY, encoder: FakeEncoder | None = None) -> Library:
    return build_library(
        knowledge,
        home=TOWN,
        on=on,
        embed=fake_embed,
        intents=town_intents(),
        calibration=CALIBRATION,
        meanings=Meanings(encoder) if encoder else None,
    )


def telling_of(*bodies: Mapping[str, Any], gone: Sequence[str] = (), items: Sequence[CatalogueItem] = ()) -> Published:
    """The made-up town with these guides in place of its own."""
    town = published()
    own = {str(body["id"]): [document(body)] for body in bodies}
    overlays = {each: [other for other in town.documents.get(each, ()) if other.region != "000000"] for each in own}
    documents: dict[str, Sequence[GuideDocument]] = {**town.documents}
    documents |= {each: [*own[each], *overlays[each]] for each in own}
    return replace(
        town,
        catalogue=[*(item for item in town.catalogue if item.id not in gone), *items],
        documents={each: found for each, found in documents.items() if each not in gone},
    )


def figures(library: Library, question: str) -> dict[str, Evidence]:
    return {each.guide_id: each for each in library.evidence(question)}


NEW = telling_of(DOG_EDITED, DRONE, gone=["night-stall"], items=[DRONE_ITEM])
CHANGED = frozenset({"dog-register", "drone-register", "night-stall"})


@pytest.fixture(scope="module")
def both() -> tuple[Library, Library]:
    """Amended, and made anew."""
    return amended(build(published()), Amendment(NEW, TODAY, CHANGED)), build(NEW)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_answers_as_if_it_had_been_made_anew(both: tuple[Library, Library], question: str) -> None:
    one, other = (each.find(question) for each in both)
    assert type(one) is type(other)
    if isinstance(one, Answered) and isinstance(other, Answered):
        assert one.hit.guide_id == other.hit.guide_id and one.hit.score == pytest.approx(other.hit.score, abs=0.02)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_lies_near_is_the_same_to_the_last_digit(both: tuple[Library, Library], question: str) -> None:
    one, other = (figures(each, question) for each in both)
    assert one.keys() == other.keys()
    for item, evidence in one.items():
        same = (evidence.nearest, evidence.nearby, evidence.to_the_point, evidence.named)
        again = other[item]
        assert same == pytest.approx((again.nearest, again.nearby, again.to_the_point, again.named), abs=1e-5)
        # How rare a word is was reckoned when the main part was made.
        assert evidence.lexical == pytest.approx(again.lexical, abs=0.05)
        assert evidence.coverage == pytest.approx(again.coverage, abs=0.12)


def test_a_new_item_is_found_listed_and_suggested(both: tuple[Library, Library]) -> None:
    library, _ = both
    found = library.find("航拍器要不要登记")
    assert isinstance(found, Answered) and found.hit.guide_id == "drone-register"
    assert library.title("drone-register") == "无人机实名登记" and "drone-register" in library.guide_ids
    assert library.suggest("wrj", 8)[:2] == ["无人机登记", "无人机实名登记"]


def test_the_words_of_a_new_item_are_cut_whole_at_once() -> None:
    library = build(published())
    assert "飞行器上牌" not in library.index.tokenizer.tokens("我要给飞行器上牌")
    now = amended(library, Amendment(NEW, TODAY, CHANGED))
    assert "飞行器上牌" in now.index.tokenizer.tokens("我要给飞行器上牌")
    assert "飞行器上牌" not in library.index.tokenizer.tokens("我要给飞行器上牌")


def test_what_is_gone_is_found_no_more_by_anything() -> None:
    library = build(published(), encoder=FakeEncoder())
    assert library.suggest("夜市", 8)
    now = amended(library, Amendment(NEW, TODAY, CHANGED))
    for question in ("夜市摆摊", "夜市摆个摊要办啥手续", "小吃车去哪备案", "备案夜市摊位"):
        assert "night-stall" not in {hit.guide_id for hit in now.find(question).hits}
        assert "night-stall" not in figures(now, question)
        assert now.meaning_index and "night-stall" not in now.meaning_index.of_items(question)
    assert now.suggest("夜市", 8) == [] and now.suggest("yeshi", 8) == []
    assert now.guide("night-stall") is None and not any("夜市" in text.text for text in now.index.texts)


def test_words_of_the_gone_alone_are_unknown_again() -> None:
    library = build(published())
    now = amended(library, Amendment(NEW, TODAY, CHANGED))
    assert library.index.share_known("夜市") > 0 == now.index.share_known("夜市")


def test_a_question_that_was_taken_out_answers_no_more_and_one_put_in_does() -> None:
    asked = "养狗要不要上证"
    without = telling(DOG, statement("summary", "summary", "给狗上证由本人到窗口办理。", asked=["狗狗登记去哪"]))
    library = build(published())
    assert library.listed.only_guide(asked) == "dog-register"
    now = amended(library, Amendment(telling_of(without), TODAY, frozenset({"dog-register"})))
    assert now.listed.only_guide(asked) == "" and now.listed.only_guide("狗狗登记去哪") == "dog-register"
    back = amended(now, Amendment(published(), TODAY, frozenset({"dog-register"})))
    assert back.listed.only_guide(asked) == "dog-register"


def test_one_amendment_after_another_is_as_all_at_once(both: tuple[Library, Library]) -> None:
    step = telling_of(DOG_EDITED)
    library = amended(build(published()), Amendment(step, TODAY, frozenset({"dog-register"})))
    library = amended(library, Amendment(NEW, TODAY, frozenset({"drone-register", "night-stall"})))
    for question in QUESTIONS:
        assert figures(library, question) == figures(both[0], question)


def test_what_has_ended_overnight_is_found_no_more() -> None:
    tomorrow = TODAY + timedelta(days=1)
    ending = telling_of({**STALL, "effective_to": TODAY.isoformat()})
    library = build(ending)
    assert that_turn(ending, TODAY, TODAY) == frozenset() and that_turn(ending, TODAY, tomorrow) == {"night-stall"}
    now = amended(library, Amendment(ending, tomorrow, that_turn(ending, TODAY, tomorrow)))
    assert now.on == tomorrow and now.guide("night-stall") is None
    assert not any(each.has_guide for each in figures(now, "夜市摆摊").values() if each.guide_id == "night-stall")


def test_a_statement_that_begins_tomorrow_turns_its_guide() -> None:
    later = statement("later", "note", "明天起可以邮寄。", aspects=["channels"], effective_from="2026-06-02")
    knowledge = telling_of(telling(CARD_LOST, later))
    assert that_turn(knowledge, TODAY, date(2026, 6, 2)) == {"library-card-lost"}


def test_only_what_is_new_is_encoded_and_but_once() -> None:
    encoder = FakeEncoder()
    library = build(published(), encoder=encoder)
    encoder.asked.clear()
    amendment = Amendment(telling_of(DOG_EDITED), TODAY, frozenset({"dog-register"}))
    assert is_all_encoded(library, amendment)
    now = amended(library, amendment, at_once=True)
    assert len(encoder.asked) == 2 and all("烈性犬" in text or "藏獒" in text for text in encoder.asked)
    amended(now, amendment)
    assert len(encoder.asked) == 2


def test_of_a_long_new_guide_the_encoder_reads_the_names_first() -> None:
    encoder = FakeEncoder()
    library = build(published(), encoder=encoder)
    notes = [
        statement(f"note-{n}", "note", f"第{n}条要求要看清楚。", aspects=["overview"]) for n in range(MOST_AT_ONCE)
    ]
    amendment = Amendment(telling_of(telling(DRONE, *notes), items=[DRONE_ITEM]), TODAY, frozenset({"drone-register"}))
    encoder.asked.clear()
    at_once = amended(library, amendment, at_once=True)
    assert not is_all_encoded(library, amendment) and not any("第1条" in text for text in encoder.asked)
    assert at_once.meaning_index and "drone-register" in at_once.meaning_index.of_items("无人机登记")
    amended(library, amendment)
    assert any("第1条" in text for text in encoder.asked)


def test_a_hall_without_knowledge_is_amended_too() -> None:
    nothing = replace(published(), catalogue=(), documents={}, offices=())
    now = amended(build(nothing), Amendment(published(), TODAY, frozenset(published().documents)))
    found = now.find("借书证丢了怎么补办")
    assert isinstance(found, Answered) and found.hit.guide_id == "library-card-lost"
