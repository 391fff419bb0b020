from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.language.examples import examples_of, sources_of
from knowledge_base.language.intents import IntentReader, Reading, load_intent_reader
from knowledge_base.language.learned import NotLearned
from knowledge_base.language.learning import learn, write_learned
from knowledge_base.model import Aspect
from tests import fakes


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return fakes.town_intents()


def test_an_aspect_is_read_from_its_intent() -> None:
    assert Reading("ask_fee", 0.9).aspect is Aspect.FEE


@pytest.mark.parametrize("intent", ["greet", "ask_human", "fee_", "", "ask_"])
def test_what_asks_no_aspect_has_none(intent: str) -> None:
    assert Reading(intent, 0.9).aspect is None


@pytest.mark.parametrize(
    ("text", "intent"), [("这个要多少钱呀", "ask_fee"), ("你好啊", "greet"), ("给我转人工", "ask_human")]
)
def test_a_sentence_close_to_an_example_is_read_like_it(reader: IntentReader, text: str, intent: str) -> None:
    assert reader.read(text).intent == intent


def test_each_clause_tells_its_aspect_in_order(reader: IntentReader) -> None:
    assert reader.read_aspects("多少钱，带什么材料") == (Aspect.FEE, Aspect.MATERIALS)


def test_an_aspect_asked_twice_is_told_once(reader: IntentReader) -> None:
    assert reader.read_aspects("多少钱？要交钱吗？") == (Aspect.FEE,)


@pytest.mark.parametrize("text", ["", "，，，", "？", "a", "你好"])
def test_where_no_aspect_is_asked_clearly_there_is_none(reader: IntentReader, text: str) -> None:
    assert reader.read_aspects(text) == ()


@pytest.mark.parametrize("text", ["", "😀", "/restart", "<script>", "啊" * 1000])
def test_any_text_gets_a_reading_with_a_likelihood(reader: IntentReader, text: str) -> None:
    assert 0 < reader.read(text).confidence <= 1 and isinstance(reader.likeliest_aspect(text), Aspect)
    assert 0 <= reader.off_topic(text) <= 1


def test_what_says_nothing_is_off_topic(reader: IntentReader) -> None:
    assert reader.off_topic("😀") == 1.0 and reader.off_topic("明天下雨吗") > reader.off_topic("多少钱")


NLU = """version: "3.1"
nlu:
  - intent: ask_fee
    examples: |
      - [身份证](service_item)多少钱
      - 补[驾照]{"entity": "service_item"}收费吗
  - intent: greet
    examples: |
      - 你好
      - 您好
  - lookup: region
    examples: |
      - 青桥区
"""


def test_annotations_are_no_part_of_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "few.yml").write_text(NLU, "utf-8")
    # The names of entities would be learned as if citizens said them.
    assert examples_of(tmp_path) == [
        ("身份证多少钱", "ask_fee"),
        ("补驾照收费吗", "ask_fee"),
        ("你好", "greet"),
        ("您好", "greet"),
    ]


def test_without_the_file_the_reader_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotLearned, match="make rasa-train"):
        load_intent_reader(tmp_path / "intents.npz")


def test_what_was_learned_from_other_examples_is_refused(tmp_path: Path) -> None:
    examples, file = tmp_path / "few.yml", tmp_path / "intents.npz"
    examples.write_text(NLU, "utf-8")
    write_learned(learn(examples_of(tmp_path), sources_of(tmp_path)), file)
    assert load_intent_reader(file, tmp_path).read("身份证多少钱").intent == "ask_fee"
    examples.write_text(NLU.replace("您好", "早上好"), "utf-8")
    with pytest.raises(NotLearned, match="other examples"):
        load_intent_reader(file, tmp_path)
