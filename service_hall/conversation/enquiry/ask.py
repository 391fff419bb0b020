"""Rules for a sentence that asks, whatever it was understood as, once nothing else has taken it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.hall_topics import Told, TopicKind, is_topic
from knowledge_base.language.tokenize import plain
from knowledge_base.model import Aspect
from knowledge_base.search.find import MOST_CHOICES, Answered, Hit, NotFound, Unsure
from knowledge_base.search.lived import Telling
from knowledge_base.statements import Summary
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import pick
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.choose import narrowed, only_one
from service_hall.conversation.enquiry.hints import read_of
from service_hall.conversation.enquiry.thresholds import THRESHOLDS
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from service_hall.hearing.denying import is_denied

_PARKING = "hall-parking"
_OF_PLACE = ("hall-address", "hall-phone", _PARKING)
"""The topics of the hall that tell of the office that is named."""


def says_nothing(asked: Asked) -> Turn | None:
    return None if asked.said.plain else ends.say(asked, "empty", Outcome.NOT_FOUND)


def helps_no_wrong(asked: Asked) -> Turn | None:
    """弄张假的毕业证: whatever else the sentence may be. 卖给我弟 is half of one, and lawful of what went before."""
    found, library, context = asked.found, asked.library, asked.context
    if not isinstance(found, NotFound) or found.lawfully is None:
        return None
    is_half = len(asked.said.plain) <= THRESHOLDS.follow_up_characters
    before = (context.question or library.names.get(context.guide_id or "", "")) if is_half else ""
    if before and library.wrongs and not library.wrongs.wants(f"{before}，{asked.said.text}", NotFound(())):
        return None
    return ends.decline(asked, found.lawfully)


def tells_of_place(asked: Asked) -> Turn | None:
    """车管所在哪, 青桥区的电话: of the office that is named; 停车呢, where nothing is talked about, of the hall."""
    said = asked.said
    if said.asks_of_parking and asked.library.topic(_PARKING, asked.context.region):
        return _in_passing(asked, ends.tell_of(asked, _PARKING))  # 停车费多少, in the middle of whatever
    names_one = said.office is not None or said.region is not None
    if asked.context.options or (asked.current and not is_topic(asked.current) and not names_one):
        return None
    rest = said.beside_office
    asks = (rest.asks_the_way, rest.asks_for_telephone, rest.asks_of_parking)
    topic_id = next((topic for topic, is_asked in zip(_OF_PLACE, asks, strict=True) if is_asked), "")
    if said.office is not None and not rest.plain:
        topic_id = _OF_PLACE[0]
    if not topic_id or asked.library.topic(topic_id, asked.context.region) is None:
        return None
    if said.office is None and said.region and asked.current and not is_topic(asked.current):
        return None  # 北屏区的在哪, of what is talked about
    return ends.tell_of(asked, topic_id)


def tells_of_hall(asked: Asked) -> Turn | None:
    """停车方便吗: of the hall itself, of a matter that others handle, of what befell somebody."""
    if asked.topic is None or (asked.context.options and (asked.said.picks_by_place or asked.said.assents)):
        return None
    if asked.complains_of_hall or _tells_of_life_there(asked, asked.topic):
        return None
    is_of_others = asked.act is Act.MATTER and asked.topic.score >= THRESHOLDS.sure  # 有人打我
    if asked.current and not is_topic(asked.current) and not is_of_others:
        of_item = asked.leaves_item_unsaid and not asked.context.options
        if of_item and not _asks_of_hall_alone(asked, asked.topic):
            return None  # 周六上班吗, of the item that is talked about
        goes_on = asked.surely_meant in (asked.current, *asked.context.talked_about)
        if not asked.topic.named and (goes_on or asked.sounds_like_follow_up):
            return None
    told = ends.tell_of(asked, asked.topic.guide_id, first=_part_beside_event(asked, asked.topic.guide_id))
    return _in_passing(asked, told)


def _in_passing(asked: Asked, told: Turn) -> Turn:
    """几点下班, with choices on the table: they stay there, unless it is another subject."""
    before = asked.context
    if not before.options or told.context.guide_id != before.guide_id or told.outcome is not Outcome.ANSWERED:
        return told
    return replace(told, context=told.context.model_copy(update={"options": before.options, "missed": before.missed}))


def _tells_of_life_there(asked: Asked, topic: Hit) -> bool:
    """我要开个小超市 is not about the one in the hall."""
    if _kind(asked, topic.guide_id) is not TopicKind.HALL or asked.said.asks or not _may_tell_of_life(asked):
        return False
    return bool(asked.library.event_lived(asked.said.text, Telling.ALONE))


def asks_more_of_matter(asked: Asked) -> Turn | None:
    """去哪里投诉, 那要带什么证据: of the matter that is talked about, whichever other one is likest to that."""
    has_guide = asked.library.takes_complaints(asked.current or "")
    is_matter = has_guide or _kind(asked, asked.current) is TopicKind.MATTER
    if not is_matter or asked.act not in (Act.ASK, Act.COMPLAINT, Act.MATTER):
        return None
    topic = asked.topic
    asks_of_hall = topic is not None and topic.named and _kind(asked, topic.guide_id) is TopicKind.HALL
    tells_another = topic is not None and asked.act is Act.MATTER and topic.guide_id != asked.current  # 有人打我
    if asks_of_hall or tells_another or asked.context.options or not asked.said.leaves_matter_unsaid:
        return None
    if has_guide:
        return ends.answer(asked, asked.current or "", asked.aspects, sentence=asked.said.text)
    matter = asked.library.topic(asked.current or "", asked.context.region)
    return ends.tell_of(asked, asked.current or "", first=matter.part_about(asked.said.content) if matter else None)


def belongs_to_event(asked: Asked) -> Turn | None:
    """户口怎么注销, once somebody has died: among what has to be done then, before all else; and what it comes down to,
    before what else the guide tells (whoever settles abroad). What no guide is written for is told as the event tells
    it."""
    event = asked.event
    if event is None or not event.items or asked.leaves_item_unsaid:
        return None
    whole = asked.found
    if isinstance(whole, Answered) and whole.hit.named and whole.hit.guide_id not in event.items:
        return None
    if asked.speaks_of_nothing_in(event):
        return None  # 身份证多少钱, once a child is born, is no 身份号码
    part = event.part_about(asked.beside_event)
    if part and not part.item:
        return ends.tell_of(asked, event.id, first=part)  # 医保卡里的钱能取吗: no item is written for that
    match asked.library.find(asked.said.text, among=event.items):
        case Answered(hit) if part is None or hit.score >= THRESHOLDS.sure:
            text, aspects = asked.said.text, asked.aspects
            if aspects[0] is Aspect.PROXY and Aspect.PROXY not in asked.clear_aspects:
                aspects = (Aspect.OVERVIEW,)  # 爷爷去世要销户口吗: he is spoken of, not sent
            return ends.answer(
                asked, hit.guide_id, aspects, question=text, sentence=_particular(asked, hit.guide_id, aspects)
            )
        case NotFound(_, known) if known:
            return ends.tell_of(asked, event.id, first=event.step_of(known.guide_id))
    is_another = isinstance(whole, Answered) and whole.hit.score >= THRESHOLDS.sure and event.id == asked.current
    return ends.tell_of(asked, event.id, first=part) if part and not is_another else None


def _particular(asked: Asked, item_id: str, aspects: Sequence[Aspect]) -> str:
    """What the sentence asks of the item beside what it comes down to; '' where it names nothing else, and what else
    the guide tells would lead all the same."""
    guide = asked.library.guide(item_id, asked.context.region)
    if guide is None or not asked.says_nothing_beside(guide):
        return asked.said.text
    leading = read_of(asked, guide, asked.said.text, aspects).leading
    return "" if leading and not isinstance(leading, Summary) else asked.said.text


def tells_of_life(asked: Asked) -> Turn | None:
    """盘了个店面想卖早点, where no service is found: of the life event, which offers its list. Where it is clearly told
    it goes before a less likely service that the sentence does not name. 我不想开餐馆了 wants nothing of it."""
    if not asked.said.asks and _denies_what_it_tells(asked):
        return ends.say(asked, "told_not_so", Outcome.ANSWERED)
    found, text = asked.found, asked.said.text
    if not _may_tell_of_life(asked):
        return None
    if isinstance(found, NotFound):
        event = "" if found.known else asked.library.event_lived(text, Telling.ALONE)
    elif asked.topic and _tells_of_life_there(asked, asked.topic):
        event = asked.library.event_lived(text, Telling.ALONE)
    else:
        is_named = isinstance(found, Answered) and found.hit.named
        event = "" if is_named else asked.library.event_lived(text, Telling.INSTEAD, found.hits[0].score)
    return ends.tell_of(asked, event) if event else None


def _may_tell_of_life(asked: Asked) -> bool:
    """Nothing else is talked about, or done with the sentence."""
    return not asked.current and not asked.leaves_item_unsaid and asked.act in (Act.ASK, Act.OUT_OF_SCOPE)


def _denies_what_it_tells(asked: Asked) -> bool:
    scenario = asked.library.scenario_of(asked.library.event_lived(asked.said.text, Telling.BESIDE))
    return scenario is not None and is_denied(scenario.words, asked.said.text)


def takes_option_by_place(asked: Asked) -> Turn | None:
    if not asked.said.picks_by_place or (asked.said.asks and asked.surely_meant not in ("", *asked.offered)):
        return None  # 最前头问的那桩，公告要挂多少天
    picked = pick(asked.said.text, asked.context.options)
    return ends.take(asked, picked) if picked else None


def narrows_options(asked: Asked) -> Turn | None:
    return narrowed(asked) if asked.context.options else None


def returns_to_previous(asked: Asked) -> Turn | None:
    if asked.context.previous_id and asked.said.points_back:
        return ends.answer(asked, asked.context.previous_id, asked.aspects)
    return None


def asks_more_of_current(asked: Asked) -> Turn | None:
    if asked.current and asked.leaves_item_unsaid:
        meant = _meant_by_event(asked) or asked.current
        return ends.answer(asked, meant, asked.aspects_by_words(meant))
    return None


def _meant_by_event(asked: Asked) -> str:
    """The one service that was meant when the event was told, where something is asked of it: 替我妈办行吗, after
    我妈该退休了怎么办."""
    event = asked.event
    if event is None or event.id != asked.current or not event.items or asked.aspects[0] is Aspect.OVERVIEW:
        return ""
    return only_one(asked.library.find(asked.context.question, among=event.items))


def leaves_out_of_what(asked: Asked) -> Turn | None:
    if asked.leaves_item_unsaid and not asked.context.question:
        return ends.ask_which_item(asked, asked.aspects[0])
    return None


def stays_with_current(asked: Asked) -> Turn | None:
    """A clear other item, or none of the hall's business, ends it."""
    current = asked.current
    if current is None or asked.tracked or not _stays(asked, current):
        return None
    return ends.answer(asked, current, asked.aspects, sentence=asked.said.text)


def tells_what_is_meant(asked: Asked) -> Turn | None:
    """Of what was talked about and what is found, the service that is surely meant; else those that may be."""
    tracked, current, text = asked.tracked, asked.current, asked.said.text
    if tracked is None or current is None:
        return None
    meant = _meant_by_paper(asked) or (tracked.sure.item if tracked.sure else "") or _agreed_on(asked)
    if meant:
        question = None if meant in (current, *asked.context.talked_about) else text
        aspects = asked.aspects_in(meant)
        return ends.answer(asked, meant, asked.aspects, question=question, sentence=text, meant=aspects)
    if isinstance(asked.found, NotFound) and asked.found.known:
        return None
    choices = list(asked.perhaps_meant)
    if asked.names_another_than(current):  # 回到身份证
        choices.sort(key=lambda each: each.guide_id == current)
    return ends.offer(asked, choices[:MOST_CHOICES], asked.aspects[0], question=text) if choices else None


def _meant_by_paper(asked: Asked) -> str:
    """结婚证要带吗: to what is talked about."""
    is_named = isinstance(asked.found, Answered) and asked.found.hit.named
    asks_more = asked.asks_for_paper and asked.sounds_like_follow_up and not is_named
    return (asked.current or "") if asks_more else ""


def _agreed_on(asked: Asked) -> str:
    """老板三个月没发工资了: what the search surely finds, where nothing else is likelier."""
    found = asked.found
    if not isinstance(found, Answered) or found.hit.score < THRESHOLDS.sure or asked.tracked is None:
        return ""
    return found.hit.guide_id if asked.tracked.best.item == found.hit.guide_id else ""


def answers_item(asked: Asked) -> Turn | None:
    if isinstance(asked.found, Answered):
        text, found_id = asked.said.text, asked.found.hit.guide_id
        is_told = asked.library.takes_complaints(found_id)  # 楼上吵得人睡不着 tells, and asks of nothing in particular
        if is_told:
            aspects = asked.clear_aspects or (Aspect.OVERVIEW,)
            return ends.answer(asked, found_id, aspects, question=text, sentence=text)
        meant = asked.aspects_in(found_id)
        return ends.answer(asked, found_id, asked.aspects, question=text, sentence=text, meant=meant)
    return None


def offers_choices(asked: Asked) -> Turn | None:
    if isinstance(asked.found, Unsure):
        return ends.offer(asked, asked.found.choices, asked.aspects[0], question=asked.said.text)
    return None


def finds_nothing(asked: Asked) -> Turn | None:
    return ends.not_found(asked, asked.found.known if isinstance(asked.found, NotFound) else None)


def _part_beside_event(asked: Asked, topic_id: str) -> Told | None:
    """我爸去世了，存款怎么取: the part that the rest of the sentence asks for."""
    event = asked.event
    return event.part_about(asked.beside_event) if event and event.id == topic_id and event.notion else None


def _kind(asked: Asked, topic_id: str | None) -> TopicKind | None:
    topic = asked.library.topic(topic_id, asked.context.region) if topic_id else None
    return topic.kind if topic else None


def _asks_of_hall_alone(asked: Asked, topic: Hit) -> bool:
    """来晚了怎么办, 能带孩子去吗: what no aspect of a service would answer."""
    told = asked.library.topic(topic.guide_id, asked.context.region)
    return topic.named and told is not None and told.aspect is Aspect.OVERVIEW


def _stays(asked: Asked, current: str) -> bool:
    decision, content = asked.found, asked.said.content
    is_named = isinstance(decision, Answered) and decision.hit.named
    if isinstance(decision, Answered) and decision.hit.guide_id == current:
        return True
    if not is_named and asked.asks_for_paper and asked.sounds_like_follow_up:
        return True
    if asked.names_another_than(current):
        return False
    if content and content == asked.said.plain and isinstance(decision, Unsure):
        return False  # a bare noun opens a topic
    return _sounds_like_more(asked, current)


def _sounds_like_more(asked: Asked, current: str) -> bool:
    """Where no statements can be held against the sentence: of a topic of the hall, or without the encoder."""
    decision = asked.found
    if isinstance(decision, Answered) and (decision.hit.named or decision.hit.score >= THRESHOLDS.sure):
        return False
    best = decision.hits[0] if decision.hits else None
    if (isinstance(decision, NotFound) and decision.known) or (best and best.named and best.guide_id != current):
        return False
    return _is_detail_of(asked, current) or asked.sounds_like_follow_up


def _is_detail_of(asked: Asked, guide_id: str) -> bool:
    """户口本 after 补领身份证: a thing that the guide itself speaks of, rather than a new item."""
    guide, content = asked.library.guide(guide_id, asked.context.region), asked.said.content
    if guide is None or len(content) < 2:
        return False
    return content in plain("".join(each.says for each in guide.statements))
