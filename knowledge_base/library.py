"""Everything published, ready to be asked: guides by region, offices, names, and the index over them.

A library never changes. When knowledge is published, a new one is built and takes the old one's place whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from knowledge_base.documents import resolve
from knowledge_base.hall_topics import HallTopic, TopicKind, resolve_topic
from knowledge_base.language.asking import PHRASES, asks_for_all, content_of, left_unsaid, names_hall
from knowledge_base.language.intents import GRIEVANCES, IntentReader
from knowledge_base.language.spoken import Plainly, load_spoken
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.model import NATIONAL, Aspect, Office, RegionCode, ServiceGuide
from knowledge_base.published import Published as Published
from knowledge_base.published import meant_by, meant_texts_of, questions_of_one, texts_of, words_of_knowledge
from knowledge_base.regions import RegionTree
from knowledge_base.search.embed import Embed
from knowledge_base.search.find import (
    MOST_CHOICES,
    Answered,
    Calibration,
    Decision,
    Evidence,
    Hit,
    Meant,
    NotFound,
    Unsure,
    decide,
    is_sure,
    rank,
)
from knowledge_base.search.index import CANDIDATES, Index, IndexedText
from knowledge_base.search.item_reader import ItemReader
from knowledge_base.search.meanings import MeaningIndex, Meanings
from knowledge_base.search.statement_reader import (
    ReadGuide,
    StatementCalibration,
    load_statement_calibration,
    read_guide,
    statement_meant,
)
from knowledge_base.search.told import ToldCalibration, load_told_calibration
from knowledge_base.search.topics import (
    Against,
    HallCalibration,
    against,
    hall_rows,
    is_event,
    likeliest_topic,
    load_hall_calibration,
)
from knowledge_base.statements import Statement
from knowledge_base.support import State, support_of

# Offered to whoever asks 多少钱 out of the blue; one each of four themes.
MOST_REMEMBERED = 4096
MOST_ASKED = ("id-card-lost", "social-security-card-first", "passport-first", "individual-business-register")


@dataclass
class Library:
    published: Published
    home: RegionCode
    """The region that speaks where the citizen named none."""
    on: date
    index: Index
    topic_index: Index
    calibration: Calibration
    hall_calibration: HallCalibration
    told_calibration: ToldCalibration
    intents: IntentReader
    names: Mapping[str, str]
    """Item id → its name in the catalogue."""
    topic_names: Mapping[str, str]
    """Topic of the hall → its name."""
    plainly: Plainly
    """Speech to the plain words of the guides."""
    meaning_index: MeaningIndex | None = None
    """None: there is no encoder, and items are found at a glance."""
    statement_calibration: StatementCalibration = field(default_factory=load_statement_calibration)
    _guides_read: dict[tuple[str, str], ReadGuide] = field(default_factory=dict)
    _names_with_guide: tuple[tuple[str, str], ...] = ()
    _exact_names: frozenset[str] = frozenset()
    _listed: Mapping[str, str] = field(default_factory=dict)
    """A question that one guide alone lists, bare → that guide."""
    _found: dict[tuple[str, bool], Decision] = field(default_factory=dict)
    _resolved: dict[tuple[str, str], ServiceGuide | None] = field(default_factory=dict)
    _topics: dict[tuple[str, str], HallTopic | None] = field(default_factory=dict)
    _notions: Mapping[str, str] = field(default_factory=dict)
    """Topic → the notion that means it."""
    _of_others: frozenset[str] = frozenset()
    """Topics of what others handle."""

    @property
    def regions(self) -> RegionTree:
        return self.published.regions

    @property
    def guide_ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.published.catalogue if item.id in self.published.documents)

    def guide(self, guide_id: str, region: str | None = None) -> ServiceGuide | None:
        """As it stands in `region` (the hall's own if None) today; None if unknown or not in force."""
        place = region if region in self.regions else self.home
        key = (guide_id, str(place))
        if key not in self._resolved:
            documents = self.published.documents.get(guide_id, ())
            self._resolved[key] = resolve(documents, self.regions, RegionCode(key[1]), self.on)
        return self._resolved[key]

    def state_of(self, statement: Statement) -> State:
        """How well it is held today."""
        return support_of(statement, self.published.sources, self.on).state

    def topic(self, topic_id: str, region: str | None = None) -> HallTopic | None:
        """As it stands in `region` (the hall's own if None) today; None if there is no such topic."""
        place = RegionCode(region) if region and region in self.regions else self.home
        key = (topic_id, str(place))
        if key not in self._topics:
            documents = self.published.topics.get(topic_id, ())
            self._topics[key] = resolve_topic(documents, self.regions, place, self.on)
        return self._topics[key]

    def title(self, found_id: str) -> str:
        """The name of an item or of a topic; '' for neither."""
        return self.names.get(found_id) or self.topic_names.get(found_id, "")

    def find(self, question: str, among: Collection[str] | None = None) -> Decision:
        """Of items and topics of the hall. `among`: weigh only these against each other."""
        if among is not None:
            evidence = [each for each in self.evidence(question) if each.guide_id in among]
            return decide(rank(evidence, self.calibration), self.calibration)
        return self._remembered(question, topics_too=True)

    def find_item(self, question: str) -> Decision:
        """For whoever books: topics of the hall stand aside."""
        return self._remembered(question, topics_too=False)

    def told(self, question: str, of_item: bool = False) -> str:
        """What the sentence tells that no guide answers (an intent of TOLD); empty: it asks. `of_item`: it may be about
        an item that is talked about, which speaks as one that is named."""
        return self._told_beside(question, self.find_item(question), of_item)

    def topic_meant(self, question: str) -> Hit | None:
        """The topic of the hall that the question may be about; `score`: how likely that is."""
        items = self.evidence(question)
        return self._topic_beside(question, items, rank(items, self.calibration), is_grieved=False)

    def _remembered(self, question: str, topics_too: bool) -> Decision:
        # One turn looks the same sentence up several times, and citizens ask the same things.
        key = (question, topics_too)
        if key not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[key] = self._look_up(question, topics_too)
        return self._found[key]

    def _look_up(self, question: str, topics_too: bool) -> Decision:
        items = self.evidence(question)
        hits = rank(items, self.calibration)
        if listed := self._listed_question(question, hits):
            return listed
        decision = self._decide_item(question, hits)
        if not topics_too:
            return decision
        if told := self._told_outright(question, decision):
            return told
        is_grieved = self._told_beside(question, decision) in GRIEVANCES
        topic = self._topic_beside(question, items, hits, is_grieved)
        is_one_of_all = topic and is_event(topic.guide_id) and isinstance(decision, Answered)
        if is_one_of_all and (decision.hits[0].named or not asks_for_all(question)):
            return decision  # 刚出生的宝宝上户口 asks for one thing of all that has to be done
        if topic and self.hall_calibration.answers(topic, decision, left_unsaid(question), is_grieved):
            return Answered(topic, (topic, *decision.hits))
        return decision

    def _listed_question(self, question: str, hits: tuple[Hit, ...]) -> Decision | None:
        lists_it = self._listed.get(plain(question)) or self._listed.get(plain(self.plainly(question)))
        own = [hit for hit in hits if hit.guide_id == lists_it]
        return Answered(own[0], (own[0], *(hit for hit in hits if hit is not own[0]))) if own else None

    def _told_outright(self, question: str, items: Decision) -> Decision | None:
        """我爸走了 alone is the event, and so it is where nothing is found for the rest; 我爸走了，房子怎么过户 is one
        thing of all that has to be done then."""
        said = (topic_id for topic_id, notion in self._notions.items() if PHRASES[notion].is_said(question))
        if (topic_id := next(said, None)) is None or (topic := self.topic(topic_id)) is None:
            return None
        hit = Hit(topic_id, 1.0, topic.name, True, True)
        outright = Answered(hit, (hit, *items.hits))
        beside = PHRASES["asks_for_all"].without(PHRASES[topic.notion].without(question))
        if not content_of(beside):
            return outright
        if isinstance(items, Answered) or (isinstance(items, NotFound) and items.known):
            return None
        among = self.find(question, among=topic.items)
        return among if isinstance(among, Answered) else outright

    def _decide_item(self, question: str, hits: tuple[Hit, ...]) -> Decision:
        if hits and not hits[0].named and (meant := self._items_of_bare_topic(question)):
            listed = [hit for hit in hits if hit.guide_id in meant]
            return Unsure(tuple(listed[:MOST_CHOICES]), hits)
        return decide(hits, self.calibration)

    def _told_beside(self, question: str, items: Decision, of_item: bool = False) -> str:
        speaks = against(items, left_unsaid(question), is_grieved=False)
        if of_item and speaks is Against.NOTHING:
            speaks = Against.NAMED
        return self.told_calibration.told(self.intents.told(question), speaks)

    def _topic_beside(
        self, question: str, items: Sequence[Evidence], hits: Sequence[Hit], is_grieved: bool
    ) -> Hit | None:
        """The topic of the hall that the question may be about; `score`: how likely that is, beside what speaks for the
        items. Who is grieved means none of those that tell how the hall does something."""
        asked = self.without_regions(self.plainly(question))  # 北屏大厅 says where
        topics = self.topic_index.evidence(asked, self.intents.off_topic(asked))
        if is_grieved:
            topics = [each for each in topics if each.guide_id in self._of_others]
        best = max((hit.score for hit in hits), default=0.0)
        return likeliest_topic(
            topics, hall_rows(topics, items, best, names_hall(asked), asks_for_all(asked)), self.hall_calibration
        )

    def _items_of_bare_topic(self, question: str) -> frozenset[str]:
        """身份证, 公积金: a thing that several items are about, and nothing said of which. Empty if it is not so."""
        topic = content_of(self.without_regions(self.plainly(question)))
        if len(topic) < 2 or topic in self._exact_names:
            return frozenset()
        titled = [item for item, title in self._plain_titles if topic in title]
        holders = frozenset(item for name, item in self._names_with_guide if topic in name)
        return holders if len(holders) > 1 and len(titled) != 1 else frozenset()

    @cached_property
    def _plain_titles(self) -> list[tuple[str, str]]:
        """Of the items with a guide."""
        return [(item, plain(self.names.get(item, ""))) for item in self.published.documents]

    def evidence(self, question: str) -> list[Evidence]:
        """Of the items. At a glance where that decides it, or where nothing of the question is known."""
        found = self.evidence_at_a_glance(question)
        if self.meaning_index is None or not found or is_sure(rank(found, self.calibration), self.calibration):
            return found
        return self.evidence_closely(question)

    def evidence_at_a_glance(self, question: str) -> list[Evidence]:
        """Without the encoder."""
        asked = self.plainly(question)
        return self.index.evidence(asked, self.intents.off_topic(asked))

    def evidence_closely(self, question: str) -> list[Evidence]:
        """With what the encoder says; as at a glance where there is none."""
        if self.meaning_index is None:
            return self.evidence_at_a_glance(question)
        asked = self.plainly(question)
        meant = self.meaning_index.of_items(asked)
        nearest = sorted(meant, key=lambda item: -meant[item].nearest)[:CANDIDATES]
        floor = min(each.nearest for each in meant.values())
        found = self.index.evidence(asked, self.intents.off_topic(asked), nearest)
        return [each._replace(meant=meant.get(each.guide_id, Meant(floor, floor, 0.0))) for each in found]

    def statement_meant(self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> Statement | None:
        """The one of the guide that surely answers the question; None without an encoder. `aspects`: what the question
        was understood to ask, at least one."""
        if self.meaning_index is None or not plain(question):
            return None
        rows = self.statement_rows(guide, question, aspects)
        return statement_meant(guide, rows, aspects, self.statement_calibration)

    def statement_rows(
        self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect], without: str = ""
    ) -> list[tuple[float, ...]]:
        """What the encoder says of each statement. `without`: as if no question came to that. Needs an encoder."""
        if self.meaning_index is None:
            raise RuntimeError("no encoder: see `meaning_index`")
        key = (guide.id, guide.region)
        if key not in self._guides_read:
            item = next(each for each in self.published.catalogue if each.id == guide.id)
            names = (item.name, *item.also_called, guide.short_name, *guide.aliases)
            texts = [*meant_by(guide, names, self.plainly)]
            self._guides_read[key] = read_guide(guide, texts, self.meaning_index.meanings.vectors)
        read = self._guides_read[key].without(without) if without else self._guides_read[key]
        return read.rows(self.meaning_index.meanings.of_question(self.plainly(question)), aspects)

    def offices_for(self, guide_id: str, region: str | None = None) -> tuple[Office, ...]:
        """Offices that handle the item in the region, its parts, or else the city above; nearest level first."""
        place = RegionCode(region) if region in self.regions and region else self.home
        handling = [office for office in self.published.offices if guide_id in office.guides]
        for code in reversed(self.regions.chain(place)):
            if code == NATIONAL:
                break
            near = set(self.regions.within(code))
            found = tuple(office for office in handling if office.region in near)
            if found:
                return found
        return ()

    def suggest(self, prefix: str, most: int) -> list[str]:
        """Names and questions that begin with, or else contain, what has been typed."""
        typed = plain(prefix)
        if not typed:
            return []
        fitting = [(bare, text) for bare, text in self._suggestible if typed in bare]
        begins = [text for bare, text in fitting if bare.startswith(typed)]
        return list(dict.fromkeys((*begins, *(text for _, text in fitting))))[:most]

    @cached_property
    def _suggestible(self) -> list[tuple[str, str]]:
        """(plain form, text), the shortest first: made once, for it is gone through with each key that is typed."""
        return sorted(((plain(text), text) for text in self.index.texts_with_guide()), key=lambda pair: len(pair[1]))

    def main_hall(self, region: str | None = None) -> Office | None:
        """The region's own hall, or that of the region above."""
        place = region if region in self.regions and region else self.home
        for code in reversed(self.regions.chain(place)):
            for office in self.published.offices:
                if office.region == code:
                    return office
        return None

    @property
    def most_asked(self) -> tuple[str, ...]:
        """Four items to begin with when nothing is known of what is wanted."""
        return tuple(guide_id for guide_id in MOST_ASKED if guide_id in self.published.documents) or self.guide_ids[:4]

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
        names = {name for region in self.regions for name in (region.name, *region.aliases) if len(name) >= 2}
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        return text

    def subject(self, guide_id: str) -> str:
        """What the item's names have in common, e.g. 身份证: the thing that a short follow-up leaves out."""
        guide = self.guide(guide_id)
        return _common_core((guide.name, *guide.aliases)) if guide else ""


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
) -> Library:
    """`item_reader`: None where nothing was learned of the items; the rest of the evidence finds them. So it does where
    `meanings` is None."""
    tokenizer = Tokenizer(words_of_knowledge(published))
    topics = [
        topic for each in published.topics.values() if (topic := resolve_topic(each, published.regions, home, on))
    ]
    texts = list(texts_of(published, home, on))
    plainly = load_spoken()
    names = tuple((plain(text.text), text.guide_id) for text in texts if text.is_name and text.has_guide)
    return Library(
        published=published,
        home=home,
        on=on,
        index=Index(texts, embed, tokenizer, item_reader),
        topic_index=index_of_topics(topics, embed, tokenizer),
        calibration=calibration,
        hall_calibration=hall_calibration or load_hall_calibration(),
        told_calibration=load_told_calibration(),
        intents=intents,
        names={item.id: item.name for item in published.catalogue},
        topic_names={topic.id: topic.name for topic in topics},
        plainly=plainly,
        meaning_index=MeaningIndex([*meant_texts_of(published, home, on, plainly)], meanings) if meanings else None,
        _names_with_guide=names,
        _exact_names=frozenset(name for name, _ in names),
        _listed=questions_of_one(texts, plainly),
        _notions={topic.id: topic.notion for topic in topics if topic.notion},
        _of_others=frozenset(topic.id for topic in topics if topic.kind is TopicKind.MATTER),
    )


def index_of_topics(topics: Iterable[HallTopic], embed: Embed, tokenizer: Tokenizer) -> Index:
    texts = [
        IndexedText(topic.id, text, is_name, True)
        for topic in topics
        for is_name, said in ((True, (topic.name, *topic.words)), (False, topic.asked))
        for text in said
    ]
    return Index(texts, embed, tokenizer)


@lru_cache(maxsize=1024)
def _common_core(names: tuple[str, ...]) -> str:
    """The longest run of 2 to 6 characters that stands in most of the names."""
    bare = [plain(name) for name in names]
    runs = {name[at : at + length] for name in bare for length in range(2, 7) for at in range(len(name) - length + 1)}
    held = {run: sum(run in name for name in bare) for run in runs}
    return max(runs, key=lambda run: (held[run] * (len(run) - 1), run), default="")
