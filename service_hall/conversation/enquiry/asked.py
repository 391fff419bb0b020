"""One question at the desk: what was said, how it was understood, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge_base.hall_topics import HallTopic, TopicKind, is_topic
from knowledge_base.language.learned import TOLD
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.aspect_reader import is_price_of_money
from knowledge_base.search.find import Answered, Decision, Hit, NotFound, Unsure
from knowledge_base.search.lived import Telling
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry.thresholds import THRESHOLDS
from service_hall.conversation.enquiry.tracking import Candidate, Tracked, track
from service_hall.conversation.hall_facts import HallFacts
from service_hall.conversation.message import read_payload
from service_hall.hearing.consent import names_whole
from service_hall.hearing.heard import Sentence

MOST_ASPECTS = 3
COMPLAINT = "hall-complaint"
_MAY_TELL = {Act.ASK, Act.OUT_OF_SCOPE, Act.GIVE_DETAILS, *map(Act, TOLD)}
"""Whatever else it was understood as is nothing of that kind."""


@dataclass(frozen=True, eq=False)
class Asked:
    said: Sentence
    act: Act
    """As understood, and put right by what lies on the table (`at_the_desk`)."""
    aspect: Aspect | None
    """None where none was asked."""
    context: Context
    facts: HallFacts

    @property
    def library(self) -> Library:
        return self.said.library

    @property
    def current(self) -> str | None:
        """The service item, matter or event that is talked about."""
        return self.context.guide_id

    @cached_property
    def facts_here(self) -> Mapping[str, str]:
        """Of the hall of the region, for what is said without a guide."""
        return self.facts.of(self.library, self.context.region or self.library.home, self.said.office)

    def meaning(self, said: Sentence, act: Act = Act.ASK) -> Asked:
        return replace(self, said=said, act=act)

    @property
    def found(self) -> Decision:
        return self.said.found

    @cached_property
    def is_listed(self) -> bool:
        """One guide alone lists the sentence as it stands: it is that guide's, whatever it sounds like."""
        return bool(self.library.listed.only_guide(self.said.text))

    @cached_property
    def topic(self) -> Hit | None:
        """The topic of the hall that the sentence is about."""
        found = self.found
        return found.hit if isinstance(found, Answered) and is_topic(found.hit.guide_id) else None

    @property
    def complains_of_hall(self) -> bool:
        """取号机旁的保安骂人: a word of the hall stands in it, yet nobody asks for a ticket machine."""
        complaint = self.library.topic(COMPLAINT, self.context.region)
        topic = self.library.topic(self.topic.guide_id, self.context.region) if self.topic else None
        if self.act is not Act.COMPLAINT or complaint is None or topic is None:
            return False
        return topic.kind is TopicKind.HALL and topic.id not in (COMPLAINT, *complaint.related)

    @cached_property
    def event(self) -> HallTopic | None:
        """What befell somebody: told in this sentence, or talked about."""
        event_id = self.library.event_told_in(self.said.text) or self.current
        topic = self.library.topic(event_id, self.context.region) if event_id else None
        return topic if topic and topic.kind is TopicKind.EVENT else None

    @property
    def beside_event(self) -> str:
        """What the sentence says beside that: 我爸去世了，存款怎么取."""
        return self.library.content_beside_event(self.said.text)

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """What Rasa understood first, then the other aspects that a clause of the sentence asks clearly. A bare noun
        asks for all of it; 护照呢, for what was asked before."""
        if self._asks_the_same_of_another:
            return (self.aspect_kept,)
        if self.said.content == self.said.plain or self._only_tells:
            return (Aspect.OVERVIEW,)
        return self.aspects_of(self._outright or self.aspect)

    def aspects_by_words(self, item_id: str) -> tuple[Aspect, ...]:
        """What the words ask of this service: 多少钱 of what pays is how much one gets."""
        guide = self.library.guide(item_id, self.context.region)
        is_amount = guide is not None and is_price_of_money(guide, self.said.text, self.aspects[0])
        return (Aspect.AMOUNT,) if is_amount else self.aspects

    def aspects_in(
        self, item_id: str, sentence: str | None = None, understood: Sequence[Aspect] = ()
    ) -> tuple[Aspect, ...]:
        """What the sentence asks of this service, by what its guide says to it; by its words alone, where they say it
        outright or there is no guide. `sentence`: another than was said now, with what it was `understood` to ask."""
        guide, reader = self.library.guide(item_id, self.context.region), self.library.aspect_reader
        text, aspects = sentence or self.said.text, tuple(understood) or self.aspects
        is_given = self._outright or self._only_tells or self._asks_the_same_of_another
        if guide is None or reader is None or is_given or not plain(text):
            return aspects
        return reader.read(guide, text, aspects)

    @property
    def _asks_the_same_of_another(self) -> bool:
        """护照呢, after something was asked."""
        asks_the_same = self.context.aspect is not None and self.said.asks_the_same_of_another
        return asks_the_same and not self.leaves_item_unsaid

    @property
    def _only_tells(self) -> bool:
        """上班的时候摔伤了腿 asks for no hours: it says what befell somebody, and asks nothing."""
        return not self.said.asks and bool(self.library.event_lived(self.said.text, Telling.ALONE))

    @property
    def _outright(self) -> Aspect | None:
        """What 可以 asks whether one may, in 哪里可以办 and 周六可以办吗 asks where and when; 怎么走 is no 怎么办."""
        if self.said.asks_whether_that_day:
            return Aspect.OFFICE_HOURS
        return Aspect.LOCATION if self.said.asks_where_it_is_done or self.said.asks_the_way else None

    @cached_property
    def clear_aspects(self) -> tuple[Aspect, ...]:
        return self.library.intents.read_aspects(self.said.text)

    def aspects_of(self, aspect: Aspect | None) -> tuple[Aspect, ...]:
        clear = self.clear_aspects
        first = aspect or (clear[0] if clear else self.library.intents.likeliest_aspect(self.said.text))
        others = [each for each in clear if each not in (first, Aspect.OVERVIEW)]
        if first is Aspect.OVERVIEW and others:
            first, *others = others
        return (first, *others)[:MOST_ASPECTS]

    @cached_property
    def aspect_kept(self) -> Aspect:
        """The aspect that the sentence asks clearly; else the one that was talked about."""
        asked = [each for each in self.clear_aspects if each is not Aspect.OVERVIEW]
        return asked[0] if asked else (self.context.aspect or Aspect.OVERVIEW)

    @property
    def leaves_item_unsaid(self) -> bool:
        """北屏区的呢，多久能拿到: a region says where, not what."""
        return self.said.beside_region.leaves_item_unsaid

    @cached_property
    def is_clear(self) -> bool:
        """The sentence names an item or a topic beyond doubt, whatever else it does."""
        if self.topic:
            return True
        if self.said.leaves_item_unsaid:
            return False
        return isinstance(self.found, Answered) and self.found.hit.score >= THRESHOLDS.sure

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """The guides among the options on the table, in order."""
        read = (read_payload(option.payload) for option in self.context.options)
        return tuple(chosen.guide_id for chosen in read if chosen)

    @property
    def guess(self) -> str:
        """The only guide that was offered, to be taken or turned down: 您是想问…吗. '' where there is a choice."""
        return self.offered[0] if len(self.offered) == 1 else ""

    @cached_property
    def things(self) -> Mapping[str, frozenset[str]]:
        """What is named that items are named for (护照, 医保), with those items."""
        return self.library.things.named_in(self.library.plainly(self.said.text), THRESHOLDS.thing_themes)

    def names_another_than(self, current: str) -> bool:
        """老板不发工资, 那医保怎么交: a thing that is another item's."""
        if self.asks_for_paper:
            return False
        return strangeness(self.library, self.things, self.found, current) > THRESHOLDS.another

    def speaks_of_nothing_in(self, event: HallTopic) -> bool:
        """What it is found to be is called by a thing that it names, for which none of the event's items is named and
        of which the event says nothing."""
        told, found = "，".join(each.text for each in event.told), self.found.hits[:1]
        named = {thing for thing in self.things if found and thing in self.library.names.get(found[0].guide_id, "")}
        whole = [thing for thing in named if not any(thing in other and thing != other for other in named)]
        return bool(whole) and not any(self.things[thing] & {*event.items} or thing in told for thing in whole)

    def says_nothing_beside(self, guide: ServiceGuide) -> bool:
        """Than the item and what is asked of it; False without the encoder."""
        reader = self.library.statement_reader
        return reader is not None and reader.says_nothing_else(guide, self.said.text)

    @cached_property
    def names_nothing(self) -> bool:
        """还没下来, 邮费谁出: short, and no thing that any item is named for."""
        said = self.said
        is_short = said.leans_back or len(said.plain) <= THRESHOLDS.follow_up_characters
        if self.topic or self.things or self.library.intents.off_topic(said.text) >= THRESHOLDS.off_topic:
            return False
        is_known = isinstance(self.found, NotFound) and self.found.known is not None
        return is_short and not is_known and not any(hit.named for hit in self.found.hits[:1])

    @cached_property
    def tracked(self) -> Tracked | None:
        """Which service the sentence means, of those talked about and those found; None where none is talked about, or
        without the encoder."""
        library = self.library
        before = (self.current, *self.context.talked_about)
        talked_about = [each for each in before if each and library.guide(each, self.context.region)]
        if not talked_about or talked_about[0] != self.current or library.statement_reader is None:
            return None
        return track(library, self.said.text, talked_about, self.aspects)

    @property
    def surely_meant(self) -> str:
        """The service, after others were talked about; '' where none is sure."""
        sure = self.tracked.sure if self.tracked else None
        return sure.item if sure else ""

    @cached_property
    def perhaps_meant(self) -> tuple[Hit, ...]:
        """The services that may be, each with a guide, the likeliest first."""
        return self._with_guide(self.tracked.possible if self.tracked else ())

    @property
    def at_best_meant(self) -> tuple[Hit, ...]:
        """The likeliest two of them, however unlikely: of whoever puts something right, one is meant."""
        return self._with_guide(self.tracked.candidates[:2] if self.tracked else ())

    def _with_guide(self, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
        return tuple(
            Hit(each.item, each.likelihood, "", has_guide=True)
            for each in candidates
            if self.library.guide(each.item, self.context.region)
        )

    @property
    def asks_for_paper(self) -> bool:
        """那要带户口本不: whether one more thing has to be brought to what is talked about."""
        return bool(self.things) and self.aspect is Aspect.MATERIALS and self.said.asks_whether_to_bring

    @cached_property
    def sounds_like_follow_up(self) -> bool:
        """Short, and something of the hall's business: 一般要等几天, 本人不在能找人开吗."""
        said = self.said
        return (
            (said.leans_back or len(said.plain) <= THRESHOLDS.follow_up_characters)
            and self.library.index.share_known(said.content) >= THRESHOLDS.words_known
            and self.library.intents.off_topic(said.text) < THRESHOLDS.off_topic
        )


def strangeness(library: Library, things: Mapping[str, frozenset[str]], found: Decision, current: str) -> float:
    """How sure it is that one of the things is another item's than `current`: 1.0 for what its guide never speaks of;
    else as likely as the search finds another."""
    others = [thing for thing, items in things.items() if current not in items]
    if not all(library.speaks_of(current, thing) for thing in others):
        return 1.0
    if not others or isinstance(found, NotFound) or found.hits[0].guide_id == current:
        return 0.0
    return found.hits[0].score


def at_the_desk(said: Sentence, act: Act, aspect: Aspect | None, context: Context, facts: HallFacts) -> Asked:
    """`act` and `aspect` as Rasa understood them."""
    if context.region is not None and context.region not in said.library.regions:
        context = context.model_copy(update={"region": None})  # it may have gone from the tree since
    if said.region:
        context = context.model_copy(update={"region": said.region})
    if said.region and said.beside_region.only_says_where:
        act = Act.STATE_REGION
    if act in (Act.ASK, Act.CHOOSE_OPTION, Act.CORRECT) and context.options and said.assents:
        act = Act.AFFIRM
    heard = Asked(said, act, aspect, context, facts)
    if any(names_whole(said.text, option.label) for option in context.options):
        return replace(heard, act=Act.CHOOSE_OPTION)  # 不是，换个说法, as it was offered
    asked = replace(heard, act=_as_told(heard))
    if said.takes_back and asked.guess:
        turned_down = context.model_copy(update={"turned_down": (*context.turned_down, asked.guess)})
        return replace(asked, act=Act.CORRECT, context=turned_down)
    return replace(asked, act=Act.CORRECT) if act is Act.ASK and context.guide_id and said.takes_back else asked


def _as_told(asked: Asked) -> Act:
    """What the search found speaks for or against a case, a grievance, a matter of others. What asks, and may be about
    what is talked about or about the hall itself, is left to that."""
    act, said = asked.act, asked.said
    if act not in _MAY_TELL or said.plain.isascii():  # dfgkjh tells nothing
        return act
    told = said.library.told(said.text, of_item=asked.current is not None)
    if told and (act in TOLD or (asked.current is None and asked.topic is None)):
        return Act(told)
    is_other = asked.current is not None or _is_found(said.library.find_item(said.text))
    return Act.ASK if act in TOLD and not told and is_other else act


def _is_found(found: Decision) -> bool:
    """Surely, or among few: there is more to lose than a sentence that nobody understood."""
    if isinstance(found, Answered):
        return found.hit.named or found.hit.score >= THRESHOLDS.sure
    return isinstance(found, Unsure)
