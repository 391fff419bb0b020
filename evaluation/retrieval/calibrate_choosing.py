"""Fit how much a sentence must itself say for one of the services on the table: the last part of `make calibrate`.

With what was asked before in front of it, nearly every sentence finds one of those that were offered. For: development
questions about one of them, whole and without the thing that all are about (身份证). Against: those about others.
Writes `tells_apart` of service_hall/conversation/enquiry/thresholds.json and prints its curve, and beside it that of
the sentence's length, which tells nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.library import open_library
from evaluation.questions import Question, load_questions
from knowledge_base.language.asking import content_of, left_unsaid
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.search.find import Answered, NotFound, Unsure
from service_hall.conversation.enquiry.choose import lead_of
from service_hall.conversation.enquiry.thresholds import PATH, THRESHOLDS

FLOORS = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3)
LENGTHS = (6, 8, 10, 12, 14, 16, 20, 30)


@dataclass(frozen=True)
class Reply:
    """What was said with services on the table. `lead`: how much more likely it finds the picked one than another."""

    means_one: bool
    picked: bool
    is_right: bool
    lead: float
    characters: int


def main() -> None:
    library = open_library()
    replies = list(_replies(library, load_questions("dev")))
    best = min(FLOORS, key=lambda floor: cost(replies, lambda reply: reply.lead >= floor))
    PATH.write_text(json.dumps({**json.loads(PATH.read_text("utf-8")), "tells_apart": best}, indent=1) + "\n")
    print(f"{len(replies)} replies; before {THRESHOLDS.tells_apart}, now {best}")
    for floor in FLOORS:
        print(f"lead       {floor:5}: {_shares(replies, lambda reply, at=floor: reply.lead >= at)}")  # type: ignore[misc]
    for length in LENGTHS:
        print(f"characters {length:5}: {_shares(replies, lambda reply, at=length: reply.characters <= at)}")  # type: ignore[misc]


def cost(replies: Sequence[Reply], takes: Callable[[Reply], bool]) -> float:
    """The share of what means one of them and does not get it, and the share of all else that one is taken for."""
    right, wrong, taken = _counted(replies, takes)
    return 1 - right + wrong + taken


def _counted(replies: Sequence[Reply], takes: Callable[[Reply], bool]) -> tuple[float, float, float]:
    meaning = [each for each in replies if each.means_one]
    beside = [each for each in replies if not each.means_one]
    got = [each for each in meaning if each.picked and takes(each)]
    right = sum(each.is_right for each in got)
    taken = sum(each.picked and takes(each) for each in beside)
    return right / len(meaning), (len(got) - right) / len(meaning), taken / len(beside)


def _shares(replies: Sequence[Reply], takes: Callable[[Reply], bool]) -> str:
    right, wrong, taken = _counted(replies, takes)
    return f"right {right:.3f}  another {wrong:.3f}  taken from what means none {taken:.4f}"


def _replies(library: Library, questions: Sequence[Question]) -> Iterator[Reply]:
    for before, offered in _tables(library, questions):
        for question in questions:
            if question.text != before:
                for said in _ways_of_saying(library, question, offered):
                    if reply := _reply(library, before, offered, said, question.guide_ids):
                        yield reply


def _tables(library: Library, questions: Sequence[Question]) -> Iterator[tuple[str, Sequence[str]]]:
    """What is asked before, and the services that are offered then."""
    subjects = {subject for guide_id in library.guide_ids if (subject := library.subject(guide_id))}
    for text in (*(question.text for question in questions), *sorted(subjects)):
        decision = library.find(text)
        if isinstance(decision, Unsure) and len(decision.choices) > 1:
            yield text, [hit.guide_id for hit in decision.choices]


def _ways_of_saying(library: Library, question: Question, offered: Sequence[str]) -> Iterator[str]:
    yield question.text
    subjects = {library.subject(guide_id) for guide_id in question.guide_ids if guide_id in offered}
    yield from (question.text.replace(subject, "") for subject in subjects if subject and subject in question.text)


def _reply(library: Library, before: str, offered: Sequence[str], said: str, meant: Sequence[str]) -> Reply | None:
    """None for what is decided before. As `narrowed` of the enquiry decides it."""
    if not plain(said) or left_unsaid(said):
        return None
    alone = library.find(said)
    is_another = (
        (isinstance(alone, Answered) and alone.hit.guide_id not in offered)
        or (isinstance(alone, Unsure) and not {hit.guide_id for hit in alone.choices} & set(offered))
        or (isinstance(alone, NotFound) and not content_of(said))
    )
    among = library.find(f"{before} {said}", among=offered)
    picked = "" if is_another or not isinstance(among, Answered) else among.hit.guide_id
    return Reply(
        means_one=bool(set(meant) & set(offered)),
        picked=bool(picked),
        is_right=picked in meant,
        lead=lead_of(picked, offered, alone),
        characters=len(plain(said)),
    )


if __name__ == "__main__":
    main()
