"""Answers to the questions of life events, as somebody says them who has never seen the options: how each is read.

Who wrote them saw the questions and the labels, and none of the words that stand for an option.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from evaluation.dialogue.script import NOW
from evaluation.results import read_lines
from evaluation.retrieval.measures import Share
from evaluation.scenarios.situations import FOLDER
from evaluation.tables import Table
from knowledge_base.library import Library
from knowledge_base.scenarios.questions import Question
from service_hall.hearing.heard import Sentence
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.shared.working_calendar import WorkingCalendar

Reading = Literal["taken right", "taken wrong", "asked back right", "asked back wrong", "asked again"]


@dataclass(frozen=True)
class SaidAnswer:
    scenario: str
    question: str
    means: str | list[str]
    """A value, or several of a question of several; nothing where no option fits, and it should be asked again."""
    text: str


def load_answers(split: Literal["dev", "test"]) -> list[SaidAnswer]:
    return [SaidAnswer(**row) for row in read_lines(FOLDER / f"answers.{split}.jsonl")]


def question_of(answer: SaidAnswer, library: Library) -> Question:
    question = library.published.scenarios[answer.scenario].question(answer.question)
    if question is None:
        raise LookupError(f"{answer.scenario} asks no {answer.question}")
    return question


def hear(text: str, library: Library) -> Sentence:
    return Sentence(text, datetime.fromisoformat(NOW), library, WorkingCalendar())


def read(answer: SaidAnswer, library: Library) -> Reading:
    question, sentence = question_of(answer, library), hear(answer.text, library)
    meant = read_told(question, sentence, sentence.now.date())
    if meant is None:
        return "asked again"
    is_right = _is_meant(meant.told, answer)
    if meant.is_sure:
        return "taken right" if is_right else "taken wrong"
    return "asked back right" if is_right else "asked back wrong"


def read_all(library: Library) -> list[dict[str, str]]:
    """Of the held-out answers: where each was asked, what was said, and how it was read."""
    answers = load_answers("test")
    return [
        {"at": f"{each.scenario}.{each.question}", "text": each.text, "reading": read(each, library)}
        for each in answers
    ]


@dataclass(frozen=True)
class AnswersRead:
    rows: Sequence[Mapping[str, str]]

    def share(self, *readings: str) -> Share:
        counts = Counter(row["reading"] for row in self.rows)
        return Share(len(self.rows), sum(counts[each] for each in readings))

    @property
    def right(self) -> Share:
        return self.share("taken right")

    @property
    def wrong(self) -> Share:
        return self.share("taken wrong")

    @property
    def table(self) -> Table:
        rows = (
            ("taken right", str(self.right)),
            ("taken wrong", str(self.wrong)),
            ("asked back, and it is so", str(self.share("asked back right"))),
            ("asked back, and it is not", str(self.share("asked back wrong"))),
            ("asked again", str(self.share("asked again"))),
        )
        return Table("Answers to questions of life events, in words of their own", ("reading", "share"), rows)

    def lines(self, reading: str) -> Iterator[str]:
        yield from (f"{row['at']}：{row['text']}" for row in self.rows if row["reading"] == reading)


def _is_meant(told: object, answer: SaidAnswer) -> bool:
    if isinstance(told, list) and isinstance(answer.means, list):
        return set(told) == set(answer.means)
    return told == answer.means
