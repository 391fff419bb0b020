"""Each scenario is drawn: every question and step in its box, in a file that browsers can read."""

from __future__ import annotations

from xml.etree import ElementTree

from knowledge_base.scenarios.conditions import read_condition
from knowledge_base.scenarios.drawing import DeadEnds, drawn
from knowledge_base.scenarios.in_words import in_words
from tests.scenario_town import dog_life


def test_every_question_and_step_has_its_box() -> None:
    picture = ElementTree.fromstring(drawn(dog_life(), {"dog-register": "犬只登记<>"}))
    words = "".join(picture.itertext())
    for question in dog_life().questions:
        assert question.ask in words
    assert "打狂犬疫苗" in words and "犬只登记<>" in words
    boxes = [each for each in picture.iter() if each.tag.endswith("rect")]
    assert len(boxes) == len(dog_life().questions) + len(dog_life().steps)


def test_what_it_waits_for_is_an_arrow() -> None:
    picture = ElementTree.fromstring(drawn(dog_life(), {}))
    arrows = [each for each in picture.iter() if each.tag.endswith("path") and "marker-end" in each.attrib]
    assert len(arrows) == sum(len(step.after) for step in dog_life().steps)


def test_a_condition_reads_as_staff_say_it() -> None:
    written = {
        "all": ["family", {"any": [{"answer": "dogs", "at_least": 3}, {"not": {"answer": "whose", "is": "firm"}}]}]
    }
    assert in_words(read_condition(written), dog_life()) == (
        "狗是谁养？ 是 自己家养，且（一共几只？ ≥ 3，或不是（狗是谁养？ 是 单位养来看门））"
    )


def test_a_dead_end_says_why_in_its_own_box() -> None:
    dead = DeadEnds(questions={"dogs": "走不到<>"}, steps={"stall": "没有在办的指南"})
    picture = ElementTree.fromstring(drawn(dog_life(), {}, dead, look=""))
    told = {each.get("class"): "".join(each.itertext()) for each in picture.iter() if "dead" in each.get("class", "")}
    assert "走不到<>" in told["question dead"] and "一共几只" in told["question dead"]
    assert "没有在办的指南" in told["step dead"]
    assert not [each for each in picture.iter() if each.tag.endswith("style")]
