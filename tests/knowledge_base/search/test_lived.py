"""Which life event a citizen tells of, and whether she tells of one at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.scenarios.situations import load_ordinary, load_situations
from evaluation.scenarios.talks import load_talks
from knowledge_base.language.learned import ASKED as ASKED_INTENT
from knowledge_base.language.learned import NotLearned, sources_in
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from knowledge_base.scenarios.topics import topic_id_of, topic_of
from knowledge_base.search.find import Answered, NotFound, Weighing
from knowledge_base.search.learned_lives import LearnedLives, load_lives
from knowledge_base.search.learning_lives import learn_lives
from knowledge_base.search.learning_wrongs import Wrongs
from knowledge_base.search.lived import LivedCalibration, LivedReader, Telling
from knowledge_base.search.meanings import Meanings
from tests.fake_encoder import FakeEncoder
from tests.scenario_town import dog_life

FIRST, MOST_PULLED = 0.95, 0.02
"""Reached: 0.97 of the held-out situations, and one of the ordinary questions."""
DOG, CAT, FISH = (topic_id_of(each) for each in ("keep-a-dog", "keep-a-cat", "keep-fish"))
TOLD = [
    *((text, DOG) for text in ("家里添了条狗", "狗抱回家了", "养了一条小狗", "捡了只狗回来")),
    *((text, CAT) for text in ("家里添了只猫", "猫抱回家了", "养了一只小猫", "捡了只猫回来")),
    *((text, FISH) for text in ("买了个鱼缸", "养了一缸鱼", "想养金鱼", "鱼买回来了")),
]
ASKED = [
    "借书证丢了怎么补",
    "借书证多少钱",
    "借书证怎么办理",
    "砍树要批吗",
    "砍树怎么申请",
    "摆摊多少钱",
    "摆摊怎么备案",
]
WRONGS = Wrongs(
    wrong=["弄张假的借书证", "偷偷砍树不被发现", "弄个假的摆摊证", "偷着摆摊不备案"],
    lawful=["假的借书证怎么举报"],
    beside=ASKED,
)

LABELLED = [
    *((text, "complaint") for text in ("你们窗口的人骂我", "你们态度真差", "窗口的人真凶", "你们太不像话")),
    *((text, ASKED_INTENT) for text in (*ASKED, "你们那收费不", "你们几点上班")),
]


@pytest.fixture(scope="module")
def learned() -> LearnedLives:
    return learn_lives(TOLD, ASKED, WRONGS, LABELLED, Meanings(FakeEncoder()))


def reader(learned: LearnedLives, *events: str) -> LivedReader:
    topic = topic_of(dog_life(), {})
    calibration = LivedCalibration(Weighing((1.0, 1.0, 0.0), 0.0), dict.fromkeys(Telling, 0.5))
    topics = [topic.model_copy(update={"id": each}) for each in events]
    return LivedReader(topics, lambda text: text, Meanings(FakeEncoder()), learned, calibration)


def test_what_is_told_is_taken_for_its_event_and_what_is_asked_for_less_likely_any(learned: LearnedLives) -> None:
    lived = reader(learned, DOG, CAT, FISH)
    told, asked = lived.likeliest("昨天捡了条狗"), lived.likeliest("借书证丢了多少钱")
    assert told and asked and told.guide_id == DOG and told.score > 0.5 > asked.score


def test_an_event_that_is_not_told_here_is_not_found(learned: LearnedLives) -> None:
    found = reader(learned, CAT, FISH).read("昨天捡了条狗")
    assert found and found.event in (CAT, FISH)


def test_the_lead_of_a_single_event_is_whole(learned: LearnedLives) -> None:
    found = reader(learned, DOG).read("昨天捡了条狗")
    assert found and found.lead == 1.0 and found.letters == 6


def test_nothing_said_tells_of_none(learned: LearnedLives) -> None:
    assert reader(learned, DOG).likeliest("？！") is None and reader(learned).likeliest("捡了条狗") is None


def test_the_same_sentences_in_another_order_give_the_same_bytes(learned: LearnedLives) -> None:
    again = learn_lives(TOLD[::-1], ASKED[::-1], WRONGS, LABELLED, Meanings(FakeEncoder()))
    assert again.content("abc") == learned.content("abc")


def test_what_is_written_is_read_back(learned: LearnedLives, tmp_path: Path) -> None:
    path = tmp_path / "lives.npz"
    with pytest.raises(NotLearned):
        load_lives(path)
    path.write_bytes(learned.content("abc"))
    assert reader(load_lives(path), DOG, CAT).read("养了条狗") == reader(learned, DOG, CAT).read("养了条狗")
    assert sources_in(path) == "abc"


def test_the_likeliest_event_is_mostly_theirs(real_library: Library) -> None:
    lived = real_library.lived
    assert lived
    situations = load_situations("test")
    found = [(each, lived.read(each.text)) for each in situations]
    right = [each for each, hit in found if hit and hit.event == topic_id_of(each.scenario)]
    assert len(right) / len(situations) >= FIRST


def test_ordinary_questions_are_left_to_the_services(real_library: Library) -> None:
    asked = load_ordinary()
    pulled = []
    for text in asked:
        found = real_library.find(text)
        is_named = isinstance(found, Answered) and found.hit.named
        telling = Telling.ALONE if isinstance(found, NotFound) else Telling.INSTEAD
        against = 0.0 if isinstance(found, NotFound) else found.hits[0].score
        if not is_named and real_library.event_lived(text, telling, against):
            pulled.append(text)
    assert len(pulled) / len(asked) <= MOST_PULLED, pulled


def test_a_library_without_what_was_learned_tells_of_none(real_library: Library) -> None:
    assert replace(real_library, lived=None).event_lived("我想开个小饭馆", Telling.BESIDE) == ""


def test_no_held_out_sentence_was_learned(real_library: Library) -> None:
    told = {plain(each.q) for scenario in real_library.published.scenarios.values() for each in scenario.asked}
    listed = {plain(each.text) for each in real_library.index.texts if each.has_guide}
    held_out = [each.text for each in (*load_situations("dev"), *load_situations("test"))]
    held_out += [talk.opening for talk in load_talks()]
    assert [text for text in held_out if plain(text) in told] == []
    assert [text for text in load_ordinary() if plain(text) in told | listed] == []


def test_no_held_out_word_of_a_talk_stands_among_the_options(real_library: Library) -> None:
    words = {
        plain(word)
        for scenario in real_library.published.scenarios.values()
        for question in scenario.questions
        for option in question.options
        for word in (option.label, *option.means)
    }
    assert [
        said for talk in load_talks() for said in talk.says.values() if len(said) > 5 and plain(said) in words
    ] == []
