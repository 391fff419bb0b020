"""Everything published, ready to be asked: guides by region, offices, names, and the index over them.

A library never changes. When knowledge is published, a new one is built and takes the old one's place whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from knowledge_base.beyond import Matter
from knowledge_base.hall_topics import HallTopic, TopicKind
from knowledge_base.language.asking import PHRASES, asks_for_all, content_of, left_unsaid, names_hall, tells_beside_all
from knowledge_base.language.intents import GRIEVANCES, IntentReader
from knowledge_base.language.spelling import Spelling
from knowledge_base.language.spoken import Plainly, load_spoken
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.model import NATIONAL, RegionCode
from knowledge_base.published import Published as Published
from knowledge_base.published import index_of_topics, meant_texts_of, texts_of, things_of, words_of_knowledge
from knowledge_base.scenarios.english import scenario_told_in_english
from knowledge_base.scenarios.topics import situations_of, topic_id_of, topic_of
from knowledge_base.search.answers import AnswerReader
from knowledge_base.search.aspect_reader import AspectReader
from knowledge_base.search.beyond_reader import BeyondReader, unless_beyond
from knowledge_base.search.embed import Embed
from knowledge_base.search.find import (
    Answered,
    Calibration,
    Decision,
    Evidence,
    Hit,
    NotFound,
    Unsure,
    Weighed,
    decide,
    rank,
)
from knowledge_base.search.index import Index
from knowledge_base.search.item_reader import ItemReader
from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptTexts
from knowledge_base.search.learned_lives import LearnedLives
from knowledge_base.search.listed import ListedQuestions
from knowledge_base.search.lived import LivedReader, Telling, in_brief, rather_lived
from knowledge_base.search.looking import Look
from knowledge_base.search.meanings import MeaningIndex, Meanings, meaning_index_of
from knowledge_base.search.remembering import MOST_REMEMBERED, MOST_WEIGHED, remembered
from knowledge_base.search.spelled_words import spelling_of
from knowledge_base.search.statement_reader import StatementReader
from knowledge_base.search.suggest import Suggestions
from knowledge_base.search.things import Things, common_core, texts_in
from knowledge_base.search.told import Reading, ToldCalibration, load_told_calibration
from knowledge_base.search.told_reader import ToldReader, told_of_both
from knowledge_base.search.topics import (
    Against,
    HallCalibration,
    against,
    hall_rows,
    is_event,
    likeliest_topic,
    load_hall_calibration,
    takes_complaints,
)
from knowledge_base.search.wrongs_reader import WrongsReader, is_wrong, unless_wrong
from knowledge_base.standing import Standing

FAINTLY = 0.01
"""Where no other item that a bare word may mean is even so likely, the word leaves nothing open (离婚); nor where the
likeliest is that by which the thing is got at all, and leads (居住证)."""
GETTING = ("申领", "登记", "办理", "核发")
MOST_LISTED, FOR_COMPANIES = 8, "企业"  # services to choose from where a bare word is in the names of many


@dataclass
class Library(Standing):
    """`home`: the region that speaks where the citizen named none; `on`: today."""

    index: Index
    topic_index: Index
    calibration: Calibration
    hall_calibration: HallCalibration
    told_calibration: ToldCalibration
    intents: IntentReader
    topics_at_home: Mapping[str, HallTopic]  # by id
    plainly: Plainly  # speech to the plain words of the guides
    spelling: Spelling  # what a citizen said goes through it at the door: in plain words, and rightly spelled
    things: Things  # what the items are named for
    listed: ListedQuestions
    meaning_index: MeaningIndex | None = None  # None: there is no encoder, and items are found at a glance
    statement_reader: StatementReader | None = None  # tells which statement of a guide answers; None as above
    aspect_reader: AspectReader | None = None  # tells what of an item is asked; None as above
    lived: LivedReader | None = None  # tells which life event is told of; None as above
    answers: AnswerReader | None = None  # tells which option of a question an answer means; None as above
    beyond: BeyondReader | None = None  # tells what lies beyond the catalogue; None as above
    wrongs: WrongsReader | None = None  # tells who wants help to break the law; None as above
    told_reader: ToldReader | None = None  # tells who tells of what no guide answers; None: by words alone
    _weighed: dict[str, Weighed] = field(init=False, default_factory=dict)
    _items_found: dict[str, Decision] = field(init=False, default_factory=dict)
    _found: dict[str, Decision] = field(init=False, default_factory=dict)
    _spoken: dict[str, str] = field(init=False, default_factory=dict)

    @cached_property
    def topic_names(self) -> Mapping[str, str]:
        """Topic of the hall → its name."""
        return {topic.id: topic.name for topic in self.topics_at_home.values()}

    @cached_property
    def _notions(self) -> Mapping[str, str]:
        """Topic → the notion that means it."""
        return {topic.id: topic.notion for topic in self.topics_at_home.values() if topic.notion}

    @cached_property
    def _of_others(self) -> frozenset[str]:
        """Topics of what others handle."""
        return frozenset(topic.id for topic in self.topics_at_home.values() if topic.kind is TopicKind.MATTER)

    @cached_property
    def _names_with_guide(self) -> tuple[tuple[str, str], ...]:
        return tuple((plain(text.text), text.guide_id) for text in self.index.texts if text.is_name and text.has_guide)

    @cached_property
    def _exact_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self._names_with_guide)

    def title(self, found_id: str) -> str:
        """The name of an item or of a topic; '' for neither."""
        return self.names.get(found_id) or self.topic_names.get(found_id, "")

    def find(self, question: str, among: Collection[str] | None = None) -> Decision:
        """Of items and topics of the hall. `among`: weigh only these against each other."""
        if among is not None:
            evidence = [each for each in self._weigh(question).evidence if each.guide_id in among]
            return decide(rank(evidence, self.calibration), self.calibration)
        return remembered(self._found, MOST_REMEMBERED, question, self._look_up)

    def find_item(self, question: str) -> Decision:
        """For whoever books: topics of the hall stand aside."""
        return remembered(self._items_found, MOST_REMEMBERED, question, self._look_up_item)

    def told(self, question: str, of_item: bool = False) -> str:
        """What the sentence tells that no guide answers (TOLD); '': it asks. `of_item`: maybe of one talked about."""
        return self._told_beside(question, self.find_item(question), of_item)

    def told_chances(self, question: str) -> dict[str, float]:
        """How likely each of TOLD is; what is left of 1 asks."""
        closely = self.told_reader.told(question) if self.told_reader else None
        return told_of_both(self.intents.told(question), closely)

    def event_lived(self, text: str, telling: Telling, against: float = 0.0) -> str:
        """The topic of the life event that the sentence tells of, where it has a scenario; '' for none that is likely
        enough for that. `against`: how likely something else is."""
        hit = self.lived.likeliest(text) if self.lived else None
        if self.lived is None or hit is None or self.scenario_of(hit.guide_id) is None:
            return ""  # who tells of what is withdrawn tells of no other event
        return hit.guide_id if hit.score >= max(against, self.lived.calibration.floors[telling]) else ""

    def topic_meant(self, question: str) -> Hit | None:
        """The topic of the hall that the question may be about; `score`: how likely that is."""
        return self._topic_beside(question, self._weigh(question), is_grieved=False)

    def _weigh(self, question: str) -> Weighed:
        return remembered(self._weighed, MOST_WEIGHED, question, self.look.weighed)

    def _look_up_item(self, question: str) -> Decision:
        hits = self._weigh(question).hits
        if listed := self._listed_question(question, hits):
            return listed
        decided = unless_beyond(self._decide_item(question, hits), question, self.beyond, self.meaning_index)
        return unless_wrong(decided, question, self.wrongs)

    def _look_up(self, question: str) -> Decision:
        decision, items = self.find_item(question), self._weigh(question)
        if self._listed_question(question, items.hits) or is_wrong(decision):
            return decision
        if told := self._told_outright(question, decision) or self._listed_situation(question, decision):
            return told
        is_grieved = self._told_beside(question, decision) in GRIEVANCES and not self._is_taken_up(decision)
        topic = self._topic_beside(question, items, is_grieved)
        topic = rather_lived(topic, lambda: self.event_lived(question, Telling.INSTEAD))
        is_one_of_all = topic and is_event(topic.guide_id) and isinstance(decision, Answered)
        if is_one_of_all and (decision.hits[0].named or not asks_for_all(question)):
            return decision  # 刚出生的宝宝上户口 asks for one thing of all that has to be done
        if topic and self.hall_calibration.answers(topic, decision, left_unsaid(question), is_grieved, self._of_others):
            return Answered(topic, (topic, *decision.hits))
        return decision

    def takes_complaints(self, found_id: str) -> bool:
        """Noise, wages, shops: whoever complains of them wants just that service."""
        return takes_complaints(self.names.get(found_id, ""))

    def _is_taken_up(self, decision: Decision) -> bool:
        return isinstance(decision, Answered) and self.takes_complaints(decision.hit.guide_id)

    def _listed_question(self, question: str, hits: tuple[Hit, ...]) -> Decision | None:
        lists_it = self.listed.only_guide(question)
        own = [hit for hit in hits if hit.guide_id == lists_it]
        return Answered(own[0], (own[0], *(hit for hit in hits if hit is not own[0]))) if own else None

    def _listed_situation(self, question: str, items: Decision) -> Decision | None:
        """我想开个小饭馆: told in the words of one scenario alone."""
        topic = self.topic(self.event_listed(question))
        if topic is None:
            return None
        hit = Hit(topic.id, 1.0, topic.name, True, True)
        return Answered(hit, (hit, *items.hits))

    def event_listed(self, text: str) -> str:
        """The topic of the one scenario that lists the sentence as it stands, or is told so in English; '' for none."""
        listed = self._situations.get(plain(text)) or self._situations.get(plain(self.plainly(text)), "")
        english = scenario_told_in_english(text)
        return listed or (topic_id_of(english) if english in self.published.scenarios else "")

    @cached_property
    def _situations(self) -> Mapping[str, str]:
        """A sentence that one scenario alone lists, bare → its topic."""
        return situations_of(self.published.scenarios.values())

    def event_told_in(self, text: str) -> str:
        """The topic whose notion the text says (我爸走了); empty for none."""
        return next((event for event, notion in self._notions.items() if PHRASES[notion].is_said(in_brief(text))), "")

    def content_beside_event(self, text: str) -> str:
        """What the text speaks of beside what befell somebody."""
        notion = self._notions.get(self.event_told_in(text), "")
        return content_of(PHRASES["asks_for_all"].without(PHRASES[notion].without(text) if notion else text))

    def _told_outright(self, question: str, items: Decision) -> Decision | None:
        """我爸走了, alone or beside what nothing is found for; 房子怎么过户 beside it is one thing of all."""
        if (topic := self.topic(self.event_told_in(question))) is None:
            return None
        hit = Hit(topic.id, 1.0, topic.name, True, True)
        outright = Answered(hit, (hit, *items.hits))
        if not self.content_beside_event(question):
            return outright
        if isinstance(items, Answered) or (isinstance(items, NotFound) and items.known):
            return None
        among = self.find(question, among=topic.items)
        return among if isinstance(among, Answered) else outright

    def _decide_item(self, question: str, hits: tuple[Hit, ...]) -> Decision:
        topic = content_of(self.without_regions(self.plainly(question)))
        meant = self._items_of_bare_topic(topic) if hits and not hits[0].named else frozenset()
        is_got = hits and self.names.get(hits[0].guide_id, "").startswith(tuple(topic + verb for verb in GETTING))
        clearly = hits[0].score - self.calibration.margin if is_got else FAINTLY
        if any(hit.guide_id in meant and hit.score >= clearly for hit in hits[1:]):
            return Unsure(self._to_choose_from(topic, [hit for hit in hits if hit.guide_id in meant]), hits)
        return decide(hits, self.calibration)

    def _to_choose_from(self, topic: str, meant: Sequence[Hit]) -> tuple[Hit, ...]:
        """What is called so first; else in the catalogue's order, which has the commonest of a kind in front, for a
        bare word cannot tell the likeliest; what people need before what companies do."""
        places = {item.id: (item.audience == FOR_COMPANIES, item.place) for item in self.published.catalogue}
        floor = self.calibration.answer_floor
        called = {hit.guide_id for hit in meant if hit.score >= floor or topic in plain(self.names[hit.guide_id])}
        in_order = sorted(meant, key=lambda hit: (hit.guide_id not in called, *places[hit.guide_id]))
        return tuple(in_order[:MOST_LISTED])

    def _told_beside(self, question: str, items: Decision, of_item: bool = False) -> str:
        speaks = against(items, left_unsaid(question), is_grieved=False)
        found = Against.NAMED if of_item and speaks is Against.NOTHING else speaks
        return self.told_calibration.told(self.told_chances(question), found)

    def _topic_beside(self, question: str, items: Weighed, is_grieved: bool) -> Hit | None:
        """The topic of the hall that the question may be about; `score`: how likely that is, beside what speaks for the
        items. Who is grieved means none of those that tell how the hall does something."""
        asked = self.without_regions(self.plainly(question))  # 北屏大厅 says where
        topics = self.topic_index.evidence(asked, self.intents.off_topic(asked))
        # Whether an event is told was learned of all that is told of it; 接下来要办什么 tells of none.
        if self.lived and not tells_beside_all(in_brief(asked)):
            topics = [each for each in topics if not is_event(each.guide_id)]
        if is_grieved:
            topics = [each for each in topics if each.guide_id in self._of_others]
        best = max((hit.score for hit in items.hits), default=0.0)
        rows = hall_rows(topics, items.evidence, best, names_hall(asked), asks_for_all(asked))
        return likeliest_topic(topics, rows, self.hall_calibration)

    def _items_of_bare_topic(self, topic: str) -> frozenset[str]:
        """身份证, 公积金: a thing that several items are about, and nothing said of which. Empty if it is not so."""
        if len(topic) < 2 or topic in self._exact_names or topic not in self._all_names:
            return frozenset()
        holders = frozenset(item for name, item in self._names_with_guide if topic in name)
        return holders if len(holders) > 1 else frozenset()

    @cached_property
    def _all_names(self) -> str:
        """Of items with a guide, in one: most of what is asked stands in none of them."""
        return "\n".join(name for name, _ in self._names_with_guide)

    def evidence(self, question: str) -> list[Evidence]:
        """Of the items."""
        return list(self._weigh(question).evidence)

    @cached_property
    def look(self) -> Look:
        return Look(self.index, self.meaning_index, self.intents, self.plainly, self.calibration)

    def suggest(self, typed: str, most: int) -> list[str]:
        """Names and questions that begin with, or else contain, what has been typed: characters, pinyin, initials."""
        return list(self.suggestions.fitting(typed, most))

    @cached_property
    def suggestions(self) -> Suggestions:
        return Suggestions(self.index.texts)

    def region_named_in(self, text: str) -> RegionCode | None:
        """The most local region whose name stands in the text; of two alike, the one named last (从青桥搬到北屏)."""
        named = {
            region.code: max([text.rfind(name) for name in (region.name, *region.aliases) if len(name) > 1], default=-1)
            for region in self.regions
            if region.code != NATIONAL
        }
        found = [code for code, at in named.items() if at >= 0]
        return RegionCode(max(found, key=lambda code: (len(self.regions.chain(code)), named[code]))) if found else None

    def without_regions(self, text: str) -> str:
        """The text less every region's name."""
        for name in self._region_names:
            text = text.replace(name, "")
        return text

    @cached_property
    def _region_names(self) -> list[str]:
        """The longest first."""
        names = {name for region in self.regions for name in (region.name, *region.aliases) if len(name) >= 2}
        return sorted(names, key=len, reverse=True)

    def speaks_of(self, found_id: str, word: str) -> bool:
        """Whether the word stands anywhere in the guide or the topic, as it is at home."""
        if found_id not in self._spoken:
            told = self.guide(found_id) or self.topic(found_id)
            self._spoken[found_id] = plain("\n".join(texts_in(told.model_dump(mode="json")))) if told else ""
        return plain(word) in self._spoken[found_id]

    def is_called(self, guide_id: str, word: str) -> bool:
        """Whether the word stands in one of the guide's names."""
        guide = self.guide(guide_id)
        return guide is not None and any(plain(word) in plain(name) for name in (guide.name, *guide.aliases))

    def subject(self, guide_id: str) -> str:
        """What the item's names have in common, e.g. 身份证: the thing that a short follow-up leaves out."""
        guide = self.guide(guide_id)
        return common_core((guide.name, *guide.aliases)) if guide else ""


def build_library(
    published: Published,
    *,
    home: RegionCode,
    on: date,
    embed: Embed,
    intents: IntentReader,
    calibration: Calibration,
    hall_calibration: HallCalibration | None = None,
    item_reader: ItemReader | None = None,
    meanings: Meanings | None = None,
    kept: KeptTexts = NOTHING_KEPT,
    lives: LearnedLives | None = None,
    beyond: Sequence[Matter] = (),
) -> Library:
    """`item_reader`: None where nothing was learned of the items; the rest of the evidence finds them. So it does where
    `meanings` is None. `kept`: of the shipped texts, what need not be made again."""
    words = words_of_knowledge(published)
    tokenizer = Tokenizer(words, kept.tokens_with(words))
    standing = Standing(published, home, on)
    topics = [topic for each in standing.topic_ids if (topic := standing.topic(each))]
    texts = list(texts_of(published.catalogue, standing.guide))
    plainly = load_spoken()
    meant = [*meant_texts_of(published.catalogue, standing.guide, plainly)] if meanings else []
    index = Index(texts, embed, tokenizer, item_reader, kept)
    reader = StatementReader(published.catalogue, plainly, meanings, intents.aspect_chances) if meanings else None
    events = [*filter(standing.is_lived, topics), *(topic_of(each, {}) for each in published.withdrawn.values())]
    told_reader = ToldReader(plainly, meanings, lives.told) if meanings and lives else None
    library = Library(
        published=published,
        home=home,
        on=on,
        index=index,
        topic_index=index_of_topics(topics, embed, tokenizer),
        calibration=calibration,
        hall_calibration=hall_calibration or load_hall_calibration(),
        told_calibration=load_told_calibration(Reading.CLOSELY if told_reader else Reading.AT_A_GLANCE),
        intents=intents,
        topics_at_home={topic.id: topic for topic in topics},
        plainly=plainly,
        spelling=spelling_of(index, plainly),
        meaning_index=meaning_index_of(meant, meanings, kept.coarse) if meanings else None,
        statement_reader=reader,
        aspect_reader=AspectReader(intents, reader) if reader else None,
        lived=LivedReader(events, plainly, meanings, lives) if meanings and lives else None,
        answers=AnswerReader(plainly, meanings) if meanings else None,
        beyond=BeyondReader(beyond, plainly, meanings, kept.coarse) if meanings and beyond else None,
        wrongs=WrongsReader(plainly, meanings, lives.wrongs) if meanings and lives else None,
        told_reader=told_reader,
        things=things_of(index, published),
        listed=ListedQuestions(texts, plainly),
    )
    library.take_over(standing)
    return library
