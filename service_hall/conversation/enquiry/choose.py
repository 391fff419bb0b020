"""Rules for choosing from what lies on the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.language.tokenize import plain
from knowledge_base.model import Aspect
from knowledge_base.search.find import MOST_CHOICES, Answered, Decision, Hit, NotFound, Unsure
from service_hall.conversation.acts import ERRANDS, Act
from service_hall.conversation.choosing import pick
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.hints import hint_of
from service_hall.conversation.enquiry.thresholds import THRESHOLDS
from service_hall.conversation.message import read_payload
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.hearing.picking import MANY, place_picked

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


def returns_to_earlier(asked: Asked) -> Turn | None:
    """回到第一个, 回到前面那个, with nothing to choose from: the first service that was talked about, or the last."""
    before = asked.context.talked_about
    if asked.context.options or not before or not asked.current or not _goes_back_by_place(asked):
        return None
    asks = [each for each in asked.clear_aspects if each is not Aspect.OVERVIEW]
    return ends.answer(asked, before[-1] if asked.said.means_the_first else before[0], asks or (Aspect.OVERVIEW,))


def _goes_back_by_place(asked: Asked) -> bool:
    """By the place of the first, or none; of 还是说第一个，多少钱 the one clause."""
    said = asked.said
    if asked.act is Act.CHOOSE_OPTION and not isinstance(asked.found, Answered):
        is_no_place = said.leaves_item_unsaid and not said.picks_by_place
        return is_no_place or _is_first(said)
    is_last_word = len(said.clauses) > 1 and said.leaves_item_unsaid
    return is_last_word and any(_is_first(each) and _picks(asked, each) for each in said.clauses)


def _is_first(said: Sentence) -> bool:
    return place_picked(said.text, MANY) == 0


def _picks(asked: Asked, said: Sentence) -> bool:
    return asked.library.intents.read(said.text).intent == Act.CHOOSE_OPTION


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
    """多久能好, 邮费谁出, to the question which: each of those that were offered tells what it would answer. The same
    once more is no question to them."""
    if not _goes_on_without_choosing(asked):
        return None
    text, context = asked.said.text, asked.context
    whole = asked.library.find(f"{context.question}{text}")
    if isinstance(whole, Answered) and whole.hit.named and whole.hit.guide_id in asked.offered:
        return ends.answer(asked, whole.hit.guide_id, asked.aspects, question=text)  # 社保卡, 丢了
    aspects = asked.aspects_of(asked.aspect)
    if plain(text) == plain(context.choosing) or not _asks_something(asked):
        return None
    if not any(hint_of(asked, each, text, aspects) for each in asked.offered):
        return None
    afresh = replace(asked, context=context.model_copy(update={"missed": 0}))
    turn = ends.offer(afresh, [Hit(each, 0.0, "", True) for each in asked.offered], aspects[0], question=text)
    return replace(turn, context=turn.context.model_copy(update={"question": context.question}))


def tells_how_to_choose(asked: Asked) -> Turn | None:
    """我在外地, to the question which: it may be of any. Told once; said once more, the second is heard by itself."""
    if not _goes_on_without_choosing(asked) or asked.context.missed >= MOST_MISSED:
        return None
    return ends.offer_of(asked, asked.aspects_of(asked.aspect)[0])


def _goes_on_without_choosing(asked: Asked) -> bool:
    """With several on the table; not where the service is sure that it goes on with."""
    if len(asked.offered) < 2:
        return False
    return asked.leaves_item_unsaid or (asked.names_nothing and not asked.surely_meant)


def _asks_something(asked: Asked) -> bool:
    return asked.said.asks or any(each is not Aspect.OVERVIEW for each in asked.clear_aspects)


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
