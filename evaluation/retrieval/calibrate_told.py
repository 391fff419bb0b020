"""Fit how clearly a sentence must tell of a case, a grievance or a matter of others: a part of `make calibrate`.

For: the training examples that tell, each read by what was learned from the others (five folds). Against: those that
ask or are beside the point, read likewise, and the development questions. A floor is the lowest above which no more
than a small share of them is taken, by what speaks for an item: once for what the words alone say, once for what the
encoder says with them. Writes knowledge_base/search/told_calibration.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.library import open_library
from evaluation.questions import load_questions
from knowledge_base.content_files import load_content
from knowledge_base.hall_topics import TopicKind
from knowledge_base.language.asking import left_unsaid
from knowledge_base.language.examples import examples_of, private_of
from knowledge_base.language.intents import OFF_TOPIC
from knowledge_base.language.learned import TOLD
from knowledge_base.language.learning import learn_told
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from knowledge_base.published import meant_texts_of
from knowledge_base.search.encoder import Encoder
from knowledge_base.search.kept_meanings import MEANINGS_LEARNED_OF, read_meanings, together
from knowledge_base.search.learning_told import Labelled, asked_of_hall, asked_of_items, learn_told_apart, told_examples
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.told import TOLD_CALIBRATION, Reading
from knowledge_base.search.told_reader import CASE, ToldReader, told_of_both
from knowledge_base.search.topics import Against, against, takes_complaints

Read = Callable[[str], dict[str, float]]
"""How likely each intent of TOLD is."""
Learn = Callable[[Sequence[Labelled]], Read]
Floors = dict[str, dict[Against, float]]
_PRIVATE = frozenset(private_of())
"""Learned of with what the encoder says alone."""
FOLDS = 5
ASKS = "ask_"
MOST_TAKEN = {
    Against.NAMED: 0.002,
    Against.FOUND: 0.002,
    Against.UNSURE: 0.005,
    Against.NOTHING: 0.04,
}
"""Share of the sentences that ask, or are beside the point, that each intent may take: the more an item speaks against
it, the more is lost."""
MOST_BESIDE = 0.08
"""Share of what is beside the point: it is told that no counter handles it. At 0.03 one in twenty-five of those who
tell of a grievance or a matter of others was heard no longer."""
MOST_OF_DEVELOPMENT = 0.05
"""Share of the development questions with an item, or one: they are what citizens ask whole."""
LOWEST, HIGHEST = 0.08, 0.95
RATHER_THAN_ASKED = 0.5
"""What the encoder reads, too, is told where an item speaks against it only if it is rather told than asked: of honest
sentences with an item the folds hold too few to show how often a lower floor takes one."""


@dataclass(frozen=True)
class Case:
    tells: str
    """The right intent of TOLD; empty: it asks."""
    is_beside: bool
    is_development: bool
    speaks: Against
    chances: dict[str, float]


def main() -> None:
    library = open_library()
    of_readings = {
        Reading.AT_A_GLANCE: list(_cases(library, _by_words, library.intents.told)),
        Reading.CLOSELY: list(_cases(library, _closely_by(library), library.told_chances)),
    }
    fitted = {reading: _floors(reading, cases) for reading, cases in of_readings.items()}
    note = f"{len(of_readings[Reading.CLOSELY])} sentences by evaluation/retrieval/calibrate_told.py"
    TOLD_CALIBRATION.write_text(json.dumps({**fitted, "fitted_on": note}, indent=1) + "\n")
    for reading, cases in of_readings.items():
        print(reading.value)
        _show(fitted[reading], cases)


def _floors(reading: Reading, cases: list[Case]) -> Floors:
    return {
        intent: {
            speaks: _floor(
                [each for each in cases if each.speaks is speaks],
                intent,
                most,
                _lowest(reading, intent, speaks),
            )
            for speaks, most in MOST_TAKEN.items()
        }
        for intent in sorted(TOLD)
    }


def _show(floors: Floors, cases: list[Case]) -> None:
    for intent, by in floors.items():
        for speaks, floor in by.items():
            telling = [each for each in cases if each.tells == intent and each.speaks is speaks]
            heard = sum(_is_taken(each, intent, floor) for each in telling)
            taken = sum(_is_taken(each, intent, floor) for each in cases if not each.tells and each.speaks is speaks)
            print(f"{intent:10} {speaks:8} floor {floor:.2f}  heard {heard} of {len(telling)}  taken wrongly {taken}")


def _lowest(reading: Reading, intent: str, speaks: Against) -> float:
    by_words = reading is Reading.AT_A_GLANCE or intent == CASE
    return LOWEST if by_words or speaks is Against.NOTHING else RATHER_THAN_ASKED


def _floor(cases: list[Case], intent: str, most: float, lowest: float) -> float:
    asking = [each for each in cases if not each.tells and not each.is_beside]
    beside = [each for each in cases if each.is_beside]
    whole = [each for each in asking if each.is_development]
    for percent in range(round(lowest * 100), round(HIGHEST * 100)):
        limits = ((asking, most), (whole, MOST_OF_DEVELOPMENT), (beside, MOST_BESIDE))
        if all(
            sum(_is_taken(case, intent, percent / 100) for case in kind) <= max(1, limit * len(kind))
            for kind, limit in limits
        ):
            return percent / 100
    return HIGHEST


def _is_taken(case: Case, intent: str, floor: float) -> bool:
    return case.chances.get(intent, 0.0) >= floor and max(case.chances, key=lambda each: case.chances[each]) == intent


def _cases(library: Library, learn: Learn, reader: Read) -> Iterator[Case]:
    """`reader`: learned of all examples, for what is none of them."""
    examples = [(text, intent) for text, intent in (*examples_of(), *private_of()) if plain(text)]
    for fold in range(FOLDS):
        read = learn([example for at, example in enumerate(examples) if at % FOLDS != fold])
        for text, intent in examples[fold::FOLDS]:
            if intent in TOLD or intent == OFF_TOPIC or (intent.startswith(ASKS) and not _is_of_others(library, text)):
                told = intent if intent in TOLD else ""
                yield Case(told, intent == OFF_TOPIC, False, _speaks(library, text), read(text))
    for question in load_questions("dev"):
        if question.is_in_scope:
            yield Case("", False, True, _speaks(library, question.text), reader(question.text))


def _by_words(examples: Sequence[Labelled]) -> Read:
    grams = learn_told(each for each in examples if each not in _PRIVATE)
    return lambda text: _of_told(zip(grams.labels, grams.chances(plain(text)), strict=True))


def _closely_by(library: Library) -> Learn:
    content, plainly = load_content(), library.plainly
    meanings = Meanings(Encoder(), together(read_meanings(), read_meanings(MEANINGS_LEARNED_OF)))
    sentences = meant_texts_of(library.published.catalogue, library.guide, plainly)
    complained_by = [item_id for item_id, name in library.names.items() if takes_complaints(name)]
    asked = [*asked_of_hall(content, plainly), *asked_of_items(sentences, complained_by)]

    def learn(examples: Sequence[Labelled]) -> Read:
        learned = learn_told_apart([*told_examples(examples, plainly), *asked], meanings)
        closely, by_words = ToldReader(plainly, meanings, learned).told, _by_words(examples)
        return lambda text: told_of_both(by_words(text), closely(text))

    return learn


def _of_told(chances: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {label: chance for label, chance in chances if label in TOLD}


def _is_of_others(library: Library, text: str) -> bool:
    """被城管罚了两千，觉得冤: told as a question, and yet no question to the hall."""
    hit = library.topic_meant(text)
    topic = library.topic(hit.guide_id) if hit else None
    floor = library.hall_calibration.floors[Against.GRIEVED]
    return hit is not None and topic is not None and topic.kind is TopicKind.MATTER and hit.score >= floor


def _speaks(library: Library, text: str) -> Against:
    return against(library.find_item(text), left_unsaid(text), is_grieved=False)


if __name__ == "__main__":
    main()
