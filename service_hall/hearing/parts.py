"""Several questions in one message: 身份证丢了怎么补，另外驾照快到期了要换吗."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import permutations

from knowledge_base.hall_topics import is_topic
from knowledge_base.search.find import Answered
from service_hall.hearing.heard import Sentence

SURE = 0.65
"""So likely each part's item is, where the part does not name it: of 1301 development questions, each of one thing,
three are taken apart then, and one at 0.85; of 40 messages with two, 17 and 11."""
MOST = 3
"""Parts that are answered; who asks more asks again."""
MOST_READ = 6
"""Parts that are looked up at all: each is a search of its own. What falls into more is no list of questions."""
MOST_THEMES = 3
"""What stands in names of items of so many themes at most is a thing (护照), and not what is done with any."""
_JOINED = re.compile("(?:我|的|都|证)?(?:和|跟|与|同|及|、|还有|以及)(?:我的?|我家的?)?")


def questions_of(said: Sentence) -> tuple[tuple[str, Sentence], ...]:
    """Each item that is asked of, with the part that asks, in order; empty where it is all one question. What is no
    question of its own belongs to its neighbour: what is told before it is asked, 要多少钱 behind it. 身份证和驾照都
    丢了 asks of both."""
    if both := of_each_thing(said):
        return both
    parts = _asking_parts(said)
    if not 1 < len(parts) <= MOST_READ:
        return ()
    found: list[tuple[str, str]] = []
    for part in parts:
        item = item_asked(said.part(part))
        if found and item in ("", found[-1][0]):
            found[-1] = (found[-1][0], f"{found[-1][1]}，{part}")
        else:
            found.append((item, part))
    if len(found) > 1 and not found[0][0]:
        (_, begun), (item, part), *others = found
        found = [(item, f"{begun}，{part}"), *others]
    if len({item for item, _ in found}) < len(found) or len(found) < 2:
        return ()
    return tuple((item, said.part(part)) for item, part in found[:MOST])


def item_asked(said: Sentence) -> str:
    """The one with a guide that it surely asks of; '' where it leaves that open."""
    if said.leaves_item_unsaid or not isinstance(found := said.found, Answered) or is_topic(found.hit.guide_id):
        return ""
    is_sure = found.hit.has_guide and (found.hit.named or found.hit.score >= SURE)
    return found.hit.guide_id if is_sure else ""


def of_each_thing(said: Sentence) -> tuple[tuple[str, Sentence], ...]:
    """身份证和驾照都丢了: the sentence of each of the two, where it surely asks of a service that is named for that
    thing; empty otherwise. None of 4,902 development sentences, each of one thing, is taken apart."""
    text = said.library.plainly(said.text)
    things = said.library.things.named_in(text, MOST_THEMES)
    if len(things) < 2 or said.asks_whether_to_bring or said.relates_two:
        return ()
    pair = next(_side_by_side(text, things), None)
    if pair is None:
        return ()
    found = [(item_asked(part), part, thing) for thing, part in ((each, said.part(rest)) for each, rest in pair)]
    if any(item not in things[thing] for item, _, thing in found) or found[0][0] == found[1][0]:
        return ()
    return tuple((item, part) for item, part, _ in found)


def _side_by_side(text: str, things: Mapping[str, frozenset[str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Two things of different items with nothing but 和 between them, each with the text as if it stood alone. The
    longest names first."""
    for one, other in permutations(sorted(things, key=len, reverse=True), 2):
        begins, ends = text.find(one), text.rfind(other)
        between = text[begins + len(one) : ends]
        if begins < ends and _JOINED.fullmatch(between) and not things[one] & things[other]:
            before, behind = text[:begins], text[ends + len(other) :]
            yield (one, f"{before}{one}{behind}"), (other, f"{before}{other}{behind}")


def _asking_parts(said: Sentence) -> list[str]:
    """Each ends with a clause that asks; what is told last belongs to the last."""
    parts: list[str] = []
    told: list[str] = []
    for clause in said.clauses:
        told.append(clause.text)
        if clause.has_question_word:
            parts.append("，".join(told))
            told = []
    if told and parts:
        parts[-1] = "，".join((parts[-1], *told))
    return parts
