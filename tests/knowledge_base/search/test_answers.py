"""Which option an answer in words of its own means."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.scenarios.questions import Option, OwnWords, Question
from knowledge_base.search.answers import AnswerReader, AnswersCalibration, load_answers_calibration, texts_told
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from tests.fake_encoder import FakeEncoder

FUNERAL = Question(
    id="funeral",
    kind="single",
    ask="火化办了吗？",
    options=(
        Option(value="to-do", label="还没有", means=("没火化",), said=("正在守灵", "等亲戚到齐")),
        Option(value="done", label="已经办完了", said=("骨灰盒领回来了", "已经下葬了")),
    ),
    unsure=OwnWords(label="不清楚"),
)
CALIBRATION = AnswersCalibration((10.0, 10.0), Weighing((0.1, 1.0, 1.0), -1.0), 0.6, 0.4, 0.8)


def reader() -> AnswerReader:
    return AnswerReader(lambda text: text, Meanings(FakeEncoder()), CALIBRATION)


@pytest.mark.parametrize(
    ("said", "meant"), [("骨灰领回来了", "done"), ("还在守灵呢", "to-do"), ("我不太清楚", "unsure"), ("下葬了", "done")]
)
def test_the_nearest_option_is_meant(said: str, meant: str) -> None:
    found = reader().read(FUNERAL, said)
    assert found and found.value == meant and 0 < found.lead <= found.share <= 1


def test_what_is_nearer_is_likelier() -> None:
    near, far = reader().read(FUNERAL, "骨灰盒领回来了"), reader().read(FUNERAL, "今天天气不错")
    assert near and far and near.likelihood > far.likelihood


def test_letters_that_all_options_share_tell_none_apart() -> None:
    options = tuple(Option(value=value, label=f"办理{value}的证") for value in ("a", "b"))
    _, [(_, of_one), (_, of_other)] = reader().figures(
        Question(id="x", kind="single", ask="？", options=options), "办理的证"
    )
    assert of_one == pytest.approx(of_other)


def test_nothing_said_and_a_question_without_options_mean_none() -> None:
    born = Question.model_validate(
        {"id": "age", "kind": "number", "ask": "几岁？", "bounds": [{"at_least": 0, "says": "不能是负数。"}]}
    )
    assert reader().read(FUNERAL, "？！") is None and reader().read(born, "三岁") is None


def test_what_is_said_belongs_to_one_answer_alone() -> None:
    with pytest.raises(ValueError, match="同一句话属于两个选项：已经下葬了"):
        Question.model_validate({**FUNERAL.model_dump(), "unsure": {"label": "不清楚", "said": ["已经下葬了"]}})


def test_the_floors_stand_in_order() -> None:
    fitted = load_answers_calibration()
    assert 0 < fitted.likely <= fitted.sure <= fitted.sure_of_question < 1


def test_what_stands_for_the_options_is_encoded_ahead(real_library: Library) -> None:
    """Nobody who opens a scenario waits for the encoder."""
    assert real_library.answers
    questions = [each for one in real_library.published.scenarios.values() for each in one.questions]
    told = [text for each in questions for _, texts in texts_told(each, real_library.plainly) for text in texts]
    assert len(told) > 3000 and [text for text in told if not real_library.answers.meanings.has(text)] == []
