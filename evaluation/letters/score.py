"""What the search makes of real letters, from results at hand: `python -m evaluation.letters.score --split test`.

Right is the item of either labeller, or none where one of them gave none.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.letters.agreement import agreement_table
from evaluation.letters.generate import Read, load_read
from evaluation.letters.letters import Letter, load_letters
from evaluation.questions import Split
from evaluation.retrieval.measures import AMONG_FIRST, Mean, Share, rank_of_right
from evaluation.tables import Table
from knowledge_base.hall_topics import PREFIX
from knowledge_base.model import Aspect

ASPECTS = {
    "condition": Aspect.ELIGIBILITY,
    "exception": Aspect.ELIGIBILITY,
    "steps": Aspect.PROCEDURE,
    "time": Aspect.TIME_LIMIT,
    "place": Aspect.LOCATION,
    "online": Aspect.CHANNELS,
}
"""As the labellers call them → as the search does, where it calls them by another name."""
NOT_READ = "The letters were not read: name their file by --letters (make evaluate LETTERS=…)."


@dataclass(frozen=True)
class Answer:
    letter: Letter
    read: Read

    @property
    def items_found(self) -> list[str]:
        """Service items, best first; topics of the hall stand aside."""
        return [hit.guide_id for hit in self.read.search.hits if not hit.guide_id.startswith(PREFIX)]

    @property
    def rank(self) -> int:
        return rank_of_right(tuple(self.letter.items), self.items_found)

    @property
    def refused(self) -> bool:
        return self.read.search.decision == "not_found"

    @property
    def asked_back(self) -> bool:
        return self.read.search.decision == "clarify"

    @property
    def told_elsewhere(self) -> bool:
        """Answered by a topic of the hall: whom to ask for what no guide handles."""
        return self.read.search.decision == "answer" and self.read.search.first.startswith(PREFIX)

    @property
    def answered(self) -> bool:
        """By a guide."""
        return self.read.search.decision == "answer" and not self.told_elsewhere

    @property
    def answered_right(self) -> bool:
        return self.answered and self.read.search.first in self.letter.items


@dataclass(frozen=True)
class LetterScores:
    with_item_first: Share
    """Of the letters in which either found an item: it is the first item found, whatever was decided."""
    with_item_among_three: Share
    with_item_reciprocal_rank: Mean
    with_item_answered_right: Share
    with_item_answered_wrong: Share
    with_item_asked_back: Share
    aspect_right: Share
    """Of the letters whose item is first, and which either says to ask something: what."""
    both_same_refused: Share
    """Of the letters in which both found the same item first."""
    both_none_answered: Share
    """Of the letters in which both found none, like the rest."""
    both_none_asked_back: Share
    both_none_told_elsewhere: Share
    both_none_refused: Share
    right: Share
    """Of all: an item of either answers; or, where either found none, no guide does and nothing is asked back."""


def score(letters: Sequence[Letter], found: Sequence[Read]) -> LetterScores:
    """`found`: of the same letters, in their order."""
    answers = [Answer(letter, read) for letter, read in zip(letters, found, strict=True)]
    with_item = [each for each in answers if each.letter.items]
    same = [each for each in answers if each.letter.a.items and each.letter.a.first == each.letter.b.first]
    none = [each for each in answers if not each.letter.items]
    asking = [each for each in with_item if each.rank == 1 and _aspects(each.letter)]
    return LetterScores(
        with_item_first=_share(with_item, lambda each: each.rank == 1),
        with_item_among_three=_share(with_item, lambda each: 0 < each.rank <= AMONG_FIRST),
        with_item_reciprocal_rank=Mean(tuple(1 / each.rank if each.rank else 0.0 for each in with_item)),
        with_item_answered_right=_share(with_item, lambda each: each.answered_right),
        with_item_answered_wrong=_share(with_item, lambda each: each.answered and not each.answered_right),
        with_item_asked_back=_share(with_item, lambda each: each.asked_back),
        aspect_right=_share(asking, lambda each: each.read.search.aspect in _aspects(each.letter)),
        both_same_refused=_share(same, lambda each: each.refused),
        both_none_answered=_share(none, lambda each: each.answered),
        both_none_asked_back=_share(none, lambda each: each.asked_back),
        both_none_told_elsewhere=_share(none, lambda each: each.told_elsewhere),
        both_none_refused=_share(none, lambda each: each.refused),
        right=_share(answers, _is_right),
    )


def letters_table(split: Split) -> Table:
    """Empty but for a sentence where no letters were read."""
    found = load_read(split)
    if found is None:
        return Table(f"Letters: {NOT_READ}", ("measure", "share", "95 %"), ())
    letters = load_letters(split)
    rows = tuple(
        (name.replace("_", " "), str(each), each.interval.spelled(3 if isinstance(each, Mean) else 1))
        for name, each in vars(score(letters, found)).items()
    )
    return Table(f"{len(letters)} real letters, put whole to the search ({split})", ("measure", "share", "95 %"), rows)


def labels_table() -> Table:
    return agreement_table([*load_letters("dev"), *load_letters("test")])


def _aspects(letter: Letter) -> set[str]:
    return {str(ASPECTS.get(each, each)) for each in (letter.a.aspect, letter.b.aspect)} - {"", "other"}


def _is_right(answer: Answer) -> bool:
    if answer.answered:
        return answer.answered_right
    return answer.letter.may_be_none and not answer.asked_back


def _share(answers: Iterable[Answer], claim: Callable[[Answer], bool]) -> Share:
    held = list(answers)
    return Share(len(held), sum(map(claim, held)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    print(f"{labels_table()}\n\n{letters_table(options.parse_args().split)}")


if __name__ == "__main__":
    main()
