"""What is learned of the items from their questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.language.learned import NotLearned, sources_in
from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.search.index import Index, IndexedText
from knowledge_base.search.item_reader import ItemReader, content_of_items, item_sources, load_item_reader
from knowledge_base.search.learning_items import learn_items
from tests.fakes import fake_embed

FEW = [
    ("身份证丢了怎么补", "lost"), ("证件掉了补一张", "lost"), ("丢了身份证", "lost"),
    ("身份证到期怎么换", "renew"), ("证件过期换一张", "renew"), ("到期换身份证", "renew"),
]  # fmt: skip


def _index(*texts: tuple[str, str]) -> Index:
    indexed = [IndexedText(guide_id, text, False, True) for guide_id, text in texts]
    return Index(indexed, fake_embed, Tokenizer(), ItemReader(learn_items(FEW)))


def test_a_question_sounds_most_like_the_item_whose_questions_it_resembles() -> None:
    reader = ItemReader(learn_items(FEW))
    scores = dict(zip(reader.items, reader.scores("我的证丢了"), strict=True))
    assert scores["lost"] > 0 > scores["renew"]


def test_of_more_than_two_items_one_row_each_is_learned() -> None:
    reader = ItemReader(learn_items([*FEW, ("孩子落户口", "birth"), ("给宝宝上户口", "birth")]))
    scores = reader.scores("宝宝户口怎么上")
    assert len(scores) == len(reader.items) == 3 and reader.items[scores.index(max(scores))] == "birth"


def test_of_an_item_newer_than_what_was_learned_nothing_is_claimed() -> None:
    found = _index(("lost", "身份证丢了"), ("brand-new", "身份证升级")).evidence("身份证升级怎么办")
    assert {each.guide_id: each.learned is None for each in found} == {"lost": False, "brand-new": True}


def test_an_item_that_is_no_longer_published_is_not_found() -> None:
    found = _index(("lost", "身份证丢了")).evidence("身份证到期换一张")
    assert [each.guide_id for each in found] == ["lost"]


def test_the_same_examples_in_another_order_give_the_same_bytes() -> None:
    given, turned = (content_of_items(learn_items(examples), "") for examples in (FEW, FEW[::-1]))
    assert given == turned


def test_a_changed_guide_is_learned_again(tmp_path: Path) -> None:
    for name in ("catalogue.csv", "spoken.yml", "guides/a.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "ascii")
    before = item_sources(tmp_path)
    (tmp_path / "guides" / "a.yml").write_text("y", "ascii")
    assert item_sources(tmp_path) != before


def test_without_what_was_learned_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(NotLearned):
        load_item_reader(tmp_path / "items.npz")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    learned = learn_items(FEW)
    (tmp_path / "items.npz").write_bytes(content_of_items(learned, "abc"))
    again = load_item_reader(tmp_path / "items.npz")
    assert again.scores("身份证丢了") == ItemReader(learned).scores("身份证丢了")
    assert sources_in(tmp_path / "items.npz") == "abc"
