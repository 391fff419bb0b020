"""Texts made of repetitions go the way that a message goes in the service: `python -m evaluation.load.repetitions`.

No text may be told from any other by the clock: one that takes long holds up all the others, for Python does one thing
at a time. Prints the slowest, in milliseconds of the processor, so that neighbours do not count; fails above MOST_MS.
Each text is said without a booking and at two of the booking's questions, in turn; with `--every-node` at all of them.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.load.open_questions import Open, open_questions
from evaluation.patterns.finding import own_patterns
from evaluation.patterns.nodes import tree_of
from evaluation.patterns.repetitions import Family, units_of
from knowledge_base.library import Library
from server.bootstrap import open_house
from server.settings import Settings
from service_hall.conversation.context import Context
from service_hall.conversation.message import legible
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId

USUAL, LONGEST = 122, 1000
"""Characters: what froze the service once, and the most that a door lets in."""
MOST_MS = 100
_MARKS = ("，", "。", "？", "！", "、", " ", "-", "/", ":", "~", ".", "*", "(", "#", "\u200d", "👍", "@")
_FIGURES = tuple("0123456789〇一二三四五六七八九十")
_ANEW_AFTER = 40
"""Texts, after which the bookings are made anew: some texts cancel them."""


@dataclass(frozen=True)
class Taken:
    ms: float
    node: str
    """The open question; '' without one."""
    text: str


def texts(library: Library, many: int, seed: int = 1) -> Iterator[str]:
    """Most of USUAL characters, every tenth of LONGEST; the same for the same seed."""
    chance = random.Random(seed)
    parts = _parts(library)

    def some() -> str:
        return chance.choice(parts)

    def mark() -> str:
        return chance.choice(_MARKS)

    for number in range(many):
        characters = LONGEST if number % 10 == 9 else USUAL
        match number % 8:
            case 0 | 1 | 2:
                family = Family("", some(), chance.choice(("", "♪")))
            case 3 | 4:
                family = Family(some(), some() + some(), some())
            case 5:
                family = Family(some(), some() + mark(), "")
            case 6:
                figures = [chance.choice((*_FIGURES, *_MARKS)) for _ in range(chance.randrange(1, 9))]
                family = Family(chance.choice(("", "我约", "电话")), "".join(figures), "")
            case _:
                family = Family("", "".join(chance.choice((some(), mark())) for _ in range(characters)), "")
        yield family.text(characters)[:characters]


def _parts(library: Library) -> list[str]:
    """Of the product's patterns, and the names that it knows."""
    names = {region.name for region in library.regions} | set(library.names.values())
    names |= {name for office in library.published.offices for name in (office.name, *office.aliases)}
    return sorted(each for each in _parts_of_patterns() | names if len(each) <= USUAL // 4)


@cache
def _parts_of_patterns() -> frozenset[str]:
    return frozenset(unit for each in own_patterns() for unit in units_of(tree_of(each.pattern)))


def take(hall: Hall, said: Sequence[str], nodes_each: int) -> Iterator[Taken]:
    """`nodes_each`: at how many of the open questions each text is said, in turn, beside once without any."""
    at_node: dict[str, Open] = {}
    for number, text in enumerate(said):
        if number % _ANEW_AFTER == 0:
            at_node = open_questions(hall, number)
        nodes = sorted(at_node)
        in_turn = (nodes[(number * nodes_each + ahead) % len(nodes)] for ahead in range(nodes_each))
        for node in ("", *in_turn):
            visitor_id, context = at_node.get(node, (VisitorId("v_nobody"), Context()))
            yield Taken(milliseconds_of(hall, visitor_id, text, context), node, text)


def milliseconds_of(hall: Hall, visitor_id: VisitorId, text: str, context: Context) -> float:
    """What the service does with a message before Rasa and, where Rasa is away, instead of it."""
    began = time.process_time()
    taken = hall.reception.take_out_person(visitor_id, legible(text), context)
    sentence = hall.library().plainly(taken.text)
    hall.reception.respond_alone(visitor_id, sentence, context.model_copy(update={"pocket": taken.sealed}))
    return (time.process_time() - began) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=3000, help="texts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every-node", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        hall = open_house(Settings(var=Path(var))).hall
        said = list(texts(hall.library(), options.many, options.seed))
        nodes = len(open_questions(hall, -1)) if options.every_node else 2
        for text in (*said[:20], "约明天下午三点"):  # what a first message loads is loaded
            milliseconds_of(hall, VisitorId("v_first"), text, Context())
        gc.freeze()
        took = sorted(take(hall, said, nodes), key=lambda each: -each.ms)
    print(
        f"{len(said)} texts, said {len(took)} times: {took[len(took) // 2].ms:.1f} ms, the slowest {took[0].ms:.1f} ms"
    )
    for each in took[:10]:
        print(f"{each.ms:8.1f} ms  {each.node or '-':12}  {len(each.text):4}  {each.text[:40]!r}")
    return 0 if took[0].ms <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
