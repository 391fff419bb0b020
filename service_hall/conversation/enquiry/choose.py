"""Rules for choosing from what lies on the table."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.language.tokenize import plain
from knowledge_base.model import Aspect
from knowledge_base.search.find import MOST_CHOICES, Answered, Decision, NotFound, Unsure
from service_hall.conversation.acts import ERRANDS, Act
from service_hall.conversation.choosing import pick
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.thresholds import THRESHOLDS
from service_hall.conversation.message import read_payload
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn

MOST_MISSED = 2
"""So often in a row the same choices are offered for what may mean something else."""


def picks_option(asked: Asked) -> Turn | None:
    if asked.act is not Act.CHOOSE_OPTION or not asked.context.options:
        return None
    if picked := pick(asked.said.text, asked.context.options):
        return ends.take(asked, picked)
    return narrowed(asked)


def picks_no_option(asked: Asked) -> Turn | None:
    """Where the sentence names an item of its own it is a question."""
    if asked.act is not Act.CHOOSE_OPTION or not asked.context.options or asked.is_clear:
        return None
    return ends.offer_again(asked, "no_such_option")


def picks_from_nothing(asked: Asked) -> Turn | None:
    """But for a sentence that finds its answer by itself: 第三个孩子生育登记给登吗."""
    if asked.act is not Act.CHOOSE_OPTION or asked.context.options or isinstance(asked.found, Answered):
        return None
    if asked.said.picks_by_place or asked.said.leaves_item_unsaid:
        return ends.say(asked, "nothing_to_choose", Outcome.NOT_FOUND)
    return None


def picks_by_words_of_errand(asked: Asked) -> Turn | None:
    """换, after 护照 and the question which: no booking is moved, though it sounds like that."""
    if asked.act not in ERRANDS or not asked.context.options or asked.said.speaks_of_booking:
        return None
    return narrowed(asked) or completes_what_was_asked(asked)


def completes_what_was_begun(asked: Asked) -> Turn | None:
    """社保卡, after 补办 and the question of what; 离婚, after 多少钱: what it costs."""
    return _completed(asked, asked.context.begun, (asked.aspect_kept,)) if asked.context.begun else None


def completes_what_was_asked(asked: Asked) -> Turn | None:
    """换, after 护照 and the question which: with what was said before it is clear which item of it is meant. The same
    words once more add nothing."""
    is_repeated = plain(asked.said.text) in plain(asked.context.question)
    if not asked.context.options or is_repeated or not isinstance(asked.found, Unsure):
        return None
    return _completed(asked, asked.context.question, asked.aspects)


def asks_of_all_offered(asked: Asked) -> Turn | None:
    """多久能好, 邮费谁出, to the question which: of those that were offered. Said once more, the second is heard by
    itself."""
    is_asked = asked.leaves_item_unsaid or (asked.names_nothing and asked.context.missed < MOST_MISSED)
    if len(asked.offered) < 2 or not is_asked:
        return None
    whole = asked.library.find(f"{asked.context.question}{asked.said.text}")
    if isinstance(whole, Answered) and whole.hit.named and whole.hit.guide_id in asked.offered:
        return ends.answer(asked, whole.hit.guide_id, asked.aspects, question=asked.said.text)  # 社保卡, 丢了
    return ends.offer_of(asked, asked.aspects_of(asked.aspect)[0])


def _completed(asked: Asked, before: str, aspects: Sequence[Aspect]) -> Turn | None:
    said = asked.said
    if said.picks_by_place or asked.leaves_item_unsaid:
        return None
    whole = only_one(asked.library.find(f"{before}，{said.text}"))
    if whole not in [hit.guide_id for hit in asked.found.hits[:MOST_CHOICES]]:
        return None
    return ends.answer(asked, whole, aspects, question=said.text)


def only_one(whole: Decision) -> str:
    """The one that comes into question: the rest of the sentence has spoken for it, too. Empty: several, or none."""
    if isinstance(whole, Answered):
        return whole.hit.guide_id
    return whole.choices[0].guide_id if isinstance(whole, Unsure) and len(whole.choices) == 1 else ""


def narrowed(asked: Asked) -> Turn | None:
    """With options on the table a few words are enough to tell them apart; what says nothing of any is no such word."""
    said, whole = asked.said, asked.found
    if by_words := pick(said.text, asked.context.options):
        return ends.take(asked, by_words)
    if asked.guess and asked.leaves_item_unsaid:
        return ends.answer(asked, asked.guess, asked.aspects_of(asked.aspect), question=asked.context.question)
    if (by_word := _only_one_called_so(asked)) is not None:
        return ends.take(asked, asked.context.options[by_word])
    if isinstance(whole, Answered) and whole.hit.guide_id not in asked.offered:
        return None
    if isinstance(whole, Unsure) and not {hit.guide_id for hit in whole.hits[:MOST_CHOICES]} & set(asked.offered):
        return None  # another vague topic
    if isinstance(whole, NotFound) and not said.content:
        return None
    among = asked.library.find(f"{asked.context.question} {said.text}", among=asked.offered)
    if not isinstance(among, Answered) or lead_of(among.hit.guide_id, asked.offered, whole) < THRESHOLDS.tells_apart:
        return None
    chosen = (read_payload(option.payload) for option in asked.context.options)
    aspect = next(each.aspect for each in chosen if each and each.guide_id == among.hit.guide_id)
    if asks := [each for each in asked.clear_aspects if each is not Aspect.OVERVIEW]:
        aspect = asks[0]  # 补一张几块钱 picks and asks
    aspects = (aspect,) if said.content else asked.aspects_of(None)
    return ends.answer(asked, among.hit.guide_id, aspects, question=said.text, sentence=said.text)


def _only_one_called_so(asked: Asked) -> int | None:
    """我要租房, to 购房提取 and 租房提取: nothing is said but a word that stands in the names of one of them alone."""
    content, whole = asked.said.content, asked.found
    if len(content) < 2 or (isinstance(whole, Answered) and whole.hit.named):
        return None
    called = [place for place, each in enumerate(asked.offered) if asked.library.is_called(each, content)]
    return called[0] if len(called) == 1 and len(asked.offered) == len(asked.context.options) else None


def lead_of(picked: str, offered: Sequence[str], alone: Decision) -> float:
    """How much likelier the sentence `alone` finds that one than any other of them."""
    likelihood = {hit.guide_id: hit.score for hit in alone.hits}
    others = (likelihood.get(each, 0.0) for each in offered if each != picked)
    return likelihood.get(picked, 0.0) - max(others, default=0.0)
