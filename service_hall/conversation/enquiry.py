"""The conversation about services: a sentence and what was said before, in; replies and what carries over, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge_base.language.asking import content_of, residue_of
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Answered, Decision, Hit, NotFound, Unsure
from service_hall.conversation.acts import Act
from service_hall.conversation.answering import answer, frequent_question
from service_hall.conversation.choosing import choices_reply, pick
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen, read_payload
from service_hall.conversation.reply import Choice, HandoverReply, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.conversation.whereabouts import place_of, whom_to_ask
from service_hall.conversation.wording import say
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import new_answer_id

SURE = 0.8
"""A hit that speaks against what the act or the context suggests must be this likely to prevail."""
MOST_ASPECTS = 2


class Enquiry:
    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def respond(self, said: Sentence, act: Act, aspect: Aspect | None, context: Context) -> Turn:
        """`act` and `aspect` as Rasa understood it; `aspect` None where none was asked."""
        turn = _Turn(said.library, context)
        if not said.plain:
            return turn.say("empty", Outcome.NOT_FOUND)
        return turn.respond(said, act, aspect)

    def understand(self, text: str) -> tuple[Act, Aspect | None]:
        """As the knowledge base's own reader reads the sentence, in place of Rasa."""
        reading = self._library().intents.read(text) if plain(text) else None
        if reading is None or reading.aspect or reading.intent not in set(Act):
            return Act.ASK, reading.aspect if reading else None
        return Act(reading.intent), None

    def choose(self, chosen: Chosen, context: Context) -> Turn:
        """A choice or suggestion was tapped."""
        turn = _Turn(self._library(), context)
        return turn.answer(chosen.guide_id, (chosen.aspect,), question=turn.library.names.get(chosen.guide_id, ""))


class _Turn:
    """One turn. Public methods are its possible ends; each gives the whole `Turn`."""

    def __init__(self, library: Library, context: Context) -> None:
        self.library = library
        # A region that was named before may have gone from the tree since.
        is_known = context.region is None or context.region in library.regions
        self.context = context if is_known else context.model_copy(update={"region": None})

    def respond(self, said: Sentence, act: Act, aspect: Aspect | None) -> Turn:
        if named := said.region:
            self.context = self.context.model_copy(update={"region": named})
        if act is Act.ASK and self.context.guide_id and said.takes_back:
            act = Act.CORRECT
        if act in (Act.ASK, Act.CHOOSE_OPTION) and self.context.options and said.assents:
            act = Act.AFFIRM
        match act:
            case Act.ASK | Act.GIVE_DETAILS:  # a name or a day, where no flow had asked for it
                return self._ask(said, aspect)
            case Act.CHOOSE_OPTION:
                return self._choose(said, aspect)
            case Act.CORRECT:
                return self._correct(said, aspect)
            case Act.CHANGE_ITEM:
                return self._change_item(said)
            case Act.STATE_REGION:
                return self._state_region(said)
            case Act.REPEAT:
                return self._repeat(said)
            case Act.AFFIRM:
                return self._affirm(said)
            case Act.DENY:
                return self._deny(said)
            case Act.ASK_HUMAN:
                handover = HandoverReply(
                    text=say("handover", **whom_to_ask(self.library, self.context.region)), status="closed"
                )
                return Turn(Outcome.HANDED_OVER, (handover,), self.context)
            case Act.OUT_OF_SCOPE:
                return self._perhaps_not_a_service(said)
            case (
                Act.BOOK
                | Act.CANCEL
                | Act.RESCHEDULE
                | Act.MY_APPOINTMENTS
                | Act.CHECK_IN
                | Act.QUEUE_STATE
                | Act.PROGRESS
                | Act.COMPLAINT
            ):
                return self.say(act.value, Outcome.ANSWERED)
            case (
                Act.GREET
                | Act.THANKS
                | Act.GOODBYE
                | Act.PRAISE
                | Act.BOT_IDENTITY
                | Act.BOT_CAPABILITY
                | Act.CHITCHAT
                | Act.ABUSE
            ):
                return self._small_talk(said, act)

    # what a sentence can be

    def _ask(self, said: Sentence, aspect: Aspect | None) -> Turn:
        is_bare_noun = said.content == said.plain
        aspects = (Aspect.OVERVIEW,) if is_bare_noun else self._aspects(said, aspect)
        if self.context.options:
            if by_place := (pick(said.text, self.context.options) if said.picks_by_place else None):
                return self._take(by_place)
            if (narrowed := self._narrow(said)) is not None:
                return narrowed
        if self.context.previous_id and said.points_back:
            return self.answer(self.context.previous_id, aspects)
        if self._leaves_item_unsaid(said):
            if self.context.guide_id:
                return self.answer(self.context.guide_id, aspects)
            if not self.context.question:
                return self._ask_which_item(aspects[0])
        decision = said.found
        current = self.context.guide_id
        if current and self._stays(said, decision, current):
            return self.answer(current, aspects, sentence=said.text)
        match decision:
            case Answered(hit):
                return self.answer(hit.guide_id, aspects, question=said.text, sentence=said.text)
            case Unsure(choices):
                return self.offer(choices, aspects[0], question=said.text)
            case NotFound(_, known):
                return self.not_found(known)

    def _stays(self, said: Sentence, decision: Decision, current: str) -> bool:
        """Is the sentence still about the current item? A clear other item, or none of the hall's business, ends it."""
        if isinstance(decision, Answered):
            if decision.hit.guide_id == current:
                return True
            return not decision.hit.named and decision.hit.score < SURE and self._sounds_like_follow_up(said)
        if isinstance(decision, NotFound) and decision.known:
            return False
        best = decision.hits[0] if decision.hits else None
        if best and best.named and best.guide_id != current:
            return False  # it names another item, if not clearly which
        content = said.content
        if content and content == said.plain and isinstance(decision, Unsure):
            return False  # a bare noun opens a topic
        return self._is_detail_of(current, content) or self._sounds_like_follow_up(said)

    def _sounds_like_follow_up(self, said: Sentence) -> bool:
        """Short, and something of the hall's business: 一般要等几天, 本人不在能找人开吗."""
        content = said.content
        return (
            (said.leans_back or len(said.plain) <= 14)
            and self.library.index.share_known(content) >= 0.5
            and self.library.intents.off_topic(said.text) < 0.4
        )

    def _is_detail_of(self, guide_id: str, content: str) -> bool:
        """户口本 after 补领身份证: a thing that the guide itself speaks of, rather than a new item."""
        guide = self.library.guide(guide_id, self.context.region)
        if guide is None or not content:
            return False
        spoken = "".join(
            (*(material.name + material.note + material.when for material in guide.materials), guide.summary)
        )
        return len(content) >= 2 and content in plain(spoken)

    def _narrow(self, said: Sentence) -> Turn | None:
        """With options on the table a few words are enough to tell them apart."""
        options = [(option, chosen) for option in self.context.options if (chosen := read_payload(option.payload))]
        if by_words := pick(said.text, self.context.options):
            return self._take(by_words)
        whole = said.found
        offered = sorted(self._offered())
        if isinstance(whole, Answered) and whole.hit.guide_id not in offered:
            return None
        if isinstance(whole, Unsure) and not {hit.guide_id for hit in whole.choices} & set(offered):
            return None  # another vague topic
        if isinstance(whole, NotFound) and not said.content:
            return None
        among = self.library.find(f"{self.context.question} {said.text}", among=offered)
        if isinstance(among, Answered) and len(said.plain) <= 12:
            aspect = next(chosen.aspect for _, chosen in options if chosen.guide_id == among.hit.guide_id)
            return self.answer(
                among.hit.guide_id, self._aspects(said, None) if not said.content else (aspect,), question=said.text
            )
        return None

    def _choose(self, said: Sentence, aspect: Aspect | None) -> Turn:
        if not self.context.options:
            if said.picks_by_place or said.leaves_item_unsaid:
                return self.say("nothing_to_choose", Outcome.NOT_FOUND)
            return self._ask(said, aspect)
        if picked := pick(said.text, self.context.options):
            return self._take(picked)
        if (narrowed := self._narrow(said)) is not None:
            return narrowed
        if self._is_clear(said):
            return self._ask(said, aspect)
        return self._offer_again("no_such_option")

    def _correct(self, said: Sentence, aspect: Aspect | None) -> Turn:
        correction = said.correction
        meant = said.part(correction.meant) if correction else said
        if meant.region and meant.beside_region.leaves_item_unsaid:
            return self._state_region(meant)  # 是北屏区不是青桥区
        current = self.context.guide_id
        taken_back = correction.taken_back if correction else ""
        if (
            current and not residue_of(meant.text) and not residue_of(taken_back)
        ):  # 不对，我问的是时间: the item stands, another aspect was meant
            return self.answer(current, self._aspects(meant, aspect))
        if current is None and not self.context.options:
            return self._ask(meant, aspect)
        # 是换证 leaves out of what: the thing that was talked about.
        subject = self.library.subject(current) if current else content_of(self.context.question)
        query = meant.text if subject in meant.text else f"{subject}{meant.text}"
        asked = self._aspects(meant, aspect)[0] if aspect else (self.context.aspect or Aspect.OVERVIEW)
        decision = self.library.find(query)
        others = [hit for hit in decision.hits if hit.guide_id != current]
        if isinstance(decision, Answered) and decision.hit.guide_id != current:
            return self.answer(decision.hit.guide_id, (asked,), question=query)
        if isinstance(decision, NotFound):
            return self.not_found(decision.known)
        choices = [hit for hit in others if hit.has_guide and hit.score >= self.library.calibration.choice_floor][:4]
        if len(choices) == 1:
            return self.answer(choices[0].guide_id, (asked,), question=query)
        return self.offer(choices, asked, question=query) if choices else self.not_found(None)

    def _change_item(self, said: Sentence) -> Turn:
        if self._leaves_item_unsaid(said) and self.context.guide_id:
            return self._ask(said, None)
        asked = [each for each in self.library.intents.read_aspects(said.text) if each is not Aspect.OVERVIEW]
        aspect = asked[0] if asked else (self.context.aspect or Aspect.OVERVIEW)
        match said.found:
            case Answered(hit):
                return self.answer(hit.guide_id, (aspect,), question=said.text)
            case Unsure(choices):
                return self.offer(choices, aspect, question=said.text)
            case NotFound(_, known):
                return self.not_found(known)

    def _state_region(self, said: Sentence) -> Turn:
        region = said.region
        if self._is_clear(said):
            return self._ask(said, None)
        if region and self.context.guide_id:
            asked = [each for each in self.library.intents.read_aspects(said.text) if each is not Aspect.OVERVIEW]
            aspect = asked[0] if asked else (self.context.aspect or Aspect.OVERVIEW)
            return self.answer(self.context.guide_id, (aspect,))
        if region and len(said.beside_region.content) <= 3:  # 我户口在…, 我住…那边
            return self.say("region_noted", Outcome.ANSWERED, region=self.library.regions[region].name)
        return self._ask(said, None)

    def _repeat(self, said: Sentence) -> Turn:
        if self._is_clear(said):
            return self._ask(said, None)
        if self.context.options:
            return self._offer_again("choices")
        if self.context.guide_id:
            return self.answer(self.context.guide_id, (self.context.aspect or Aspect.OVERVIEW,))
        return self.say("nothing_to_repeat", Outcome.ANSWERED)

    def _affirm(self, said: Sentence) -> Turn:
        if not said.assents and self._is_clear(said):  # 确认 and 同意 stand in the names of items
            return self._ask(said, None)
        if len(self.context.options) == 1:
            return self._take(self.context.options[0])
        return self._offer_again("choices_again") if self.context.options else self.say("affirm", Outcome.ANSWERED)

    def _deny(self, said: Sentence) -> Turn:
        if self._is_clear(said):
            return self._ask(said, None)
        return self.not_found(None) if self.context.options else self.say("deny", Outcome.ANSWERED)

    def _perhaps_not_a_service(self, said: Sentence) -> Turn:
        # The search weighs how off-topic a sentence sounds, too: what it still answers is a service.
        decision = said.found
        if isinstance(decision, Answered):
            return self._ask(said, None)
        if isinstance(decision, NotFound) and decision.known:
            return self.not_found(decision.known)
        if self.context.guide_id and said.leaves_item_unsaid:
            return self._ask(said, None)
        return self.say("not_a_service", Outcome.NOT_FOUND)

    def _small_talk(self, said: Sentence, act: Act) -> Turn:
        if self._is_clear(said):  # 你好，身份证丢了咋办 is no greeting
            return self._ask(said, None)
        return self.say(act.value, Outcome.ANSWERED)

    # how a turn can end

    def answer(
        self, guide_id: str, aspects: Sequence[Aspect], *, question: str | None = None, sentence: str = ""
    ) -> Turn:
        guide = self.library.guide(guide_id, self.context.region)
        if guide is None:
            name = self.library.names.get(guide_id)
            return self.not_found(Hit(guide_id, 1.0, name, False) if name else None)
        frequent = frequent_question(guide, sentence)
        asked = (frequent.aspect,) if frequent else tuple(aspects)
        reply = answer(new_answer_id(), guide, asked, place_of(guide.id, self.library, self.context.region), frequent)
        carried = Context(
            guide_id=guide_id,
            aspect=asked[0],
            region=self.context.region,
            question=self.context.question if question is None else question,
            previous_id=self.context.guide_id if self.context.guide_id != guide_id else self.context.previous_id,
        )
        return Turn(Outcome.ANSWERED, (reply,), carried)

    def offer(self, choices: Sequence[Hit], aspect: Aspect, question: str) -> Turn:
        if self.context.missed >= 1 and self._offered() & {hit.guide_id for hit in choices}:
            # These were offered before and did not help: an honest end instead of a circle.
            return self.not_found(None)
        options = tuple(
            Choice(label=self._label(hit.guide_id), payload=ask_payload(aspect, hit.guide_id)) for hit in choices
        )
        carried = self.context.model_copy(update={"options": options, "question": question, "missed": 1})
        return Turn(Outcome.CLARIFY, (choices_reply(say("choices"), options),), carried)

    def not_found(self, known: Hit | None) -> Turn:
        if known:
            item = self.library.names[known.guide_id]
            return self.say("known_item", Outcome.NOT_FOUND, item=item)
        return self.say("unknown_item", Outcome.NOT_FOUND)

    def say(self, name: str, outcome: Outcome, **filled: str) -> Turn:
        text = say(name, **whom_to_ask(self.library, self.context.region), **filled)
        carried = self.context.model_copy(update={"options": (), "missed": 0})
        return Turn(outcome, (TextReply(text=text),), carried)

    # what the ends are made of

    def _aspects(self, said: Sentence, aspect: Aspect | None) -> tuple[Aspect, ...]:
        """What Rasa understood first, then the other aspects that a clause of the sentence asks clearly."""
        clear = self.library.intents.read_aspects(said.text)
        first = aspect or (clear[0] if clear else self.library.intents.likeliest_aspect(said.text))
        others = [each for each in clear if each not in (first, Aspect.OVERVIEW)]
        if first is Aspect.OVERVIEW and others:
            first, *others = others
        return (first, *others)[:MOST_ASPECTS]

    def _leaves_item_unsaid(self, said: Sentence) -> bool:
        """北屏区的呢，多久能拿到: a region says where, not what."""
        return said.beside_region.leaves_item_unsaid

    def _is_clear(self, said: Sentence) -> bool:
        """The sentence names an item beyond doubt, whatever else it does."""
        if said.leaves_item_unsaid:
            return False
        decision = said.found
        return isinstance(decision, Answered) and decision.hit.score >= SURE

    def _offered(self) -> set[str]:
        read = (read_payload(option.payload) for option in self.context.options)
        return {chosen.guide_id for chosen in read if chosen}

    def _take(self, option: Choice) -> Turn:
        chosen = read_payload(option.payload)
        if chosen is None:
            return self._offer_again("no_such_option")
        return self.answer(chosen.guide_id, (chosen.aspect,), question=option.label)

    def _offer_again(self, name: str) -> Turn:
        if not self.context.options:
            return self.say("nothing_to_choose", Outcome.NOT_FOUND)
        return Turn(Outcome.CLARIFY, (choices_reply(say(name), self.context.options),), self.context)

    def _ask_which_item(self, aspect: Aspect) -> Turn:
        options = tuple(
            Choice(label=self._label(guide_id), payload=ask_payload(aspect, guide_id))
            for guide_id in self.library.most_asked
        )
        carried = self.context.model_copy(update={"options": options, "aspect": aspect})
        return Turn(Outcome.CLARIFY, (choices_reply(say("ask_which_item"), options),), carried)

    def _label(self, guide_id: str) -> str:
        return self.library.names[guide_id]
