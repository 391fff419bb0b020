"""Rules for what builds on the turn before: another item, a region, again, yes and no."""

from __future__ import annotations

from knowledge_base.language.asking import content_of
from knowledge_base.model import NATIONAL, Aspect
from knowledge_base.search.find import Answered, NotFound, Unsure
from knowledge_base.statements import Reach
from service_hall.conversation.acts import Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.consent import Deed

_MAY_I = "外地户口能办吗"
"""What 我不是本地人 asks of a service."""
_SHORT_REST = 3
"""Characters that may be left beside the region: 我户口在…, 我住…那边."""


def changes_item(asked: Asked) -> Turn | None:
    if asked.act is not Act.CHANGE_ITEM or (asked.leaves_item_unsaid and asked.current):
        return None
    if asked.event and asked.names_nothing:
        return None  # 要是不销呢
    match asked.found:
        case Answered(hit):
            text = asked.said.text
            return ends.answer(asked, hit.guide_id, (asked.aspect_kept,), question=text, sentence=text)
        case Unsure(choices):
            return ends.offer(asked, choices, asked.aspect_kept, question=asked.said.text)
        case NotFound(_, known):
            return ends.not_found(asked, known)


def answers_for_region(asked: Asked) -> Turn | None:
    if asked.act is not Act.STATE_REGION or asked.is_clear or not asked.said.region or not asked.current:
        return None
    return ends.answer(asked, asked.current, (asked.aspect_kept,))


def notes_region(asked: Asked) -> Turn | None:
    region = asked.said.region
    if asked.act is not Act.STATE_REGION or asked.is_clear or not region:
        return None
    if len(asked.said.beside_region.content) > _SHORT_REST:
        return None
    if asked.offered:
        return ends.offer_again(asked, "choices")  # 离北屏近的, before it is chosen which
    return ends.say(asked, "region_noted", Outcome.ANSWERED, region=asked.library.regions[region].name)


def tells_whether_from_elsewhere(asked: Asked) -> Turn | None:
    """我不是本地人, 异地的呢, of what is talked about: how far it reaches, what holds everywhere first; where its guide
    has no word on that, who may."""
    guide = asked.library.guide(asked.current or "", asked.context.region)
    if guide is None or not asked.said.comes_from_elsewhere or asked.context.options:
        return None
    reaching = sorted(guide.of(Reach), key=lambda each: each.region not in ("", NATIONAL))
    if reaching:
        return ends.answer(asked, guide.id, reaching[0].about, leading=reaching[0])
    return ends.answer(asked, guide.id, (Aspect.ELIGIBILITY,), sentence=_MAY_I)


def repeats(asked: Asked) -> Turn | None:
    if asked.act is not Act.REPEAT or asked.is_clear:
        return None
    if asked.context.options:
        return ends.offer_again(asked, "choices")
    if asked.current:
        return ends.answer(asked, asked.current, (asked.context.aspect or Aspect.OVERVIEW,))
    return ends.say(asked, "nothing_to_repeat", Outcome.ANSWERED)


def says_it_plainer(asked: Asked) -> Turn | None:
    """太长了, 听不懂: in one sentence, and who tells it aloud."""
    guide = asked.library.guide(asked.current or "", asked.context.region)
    if not asked.said.wants_it_plainer or asked.context.options:
        return None
    if guide is None:
        return ends.say(asked, "plainer_of_nothing", Outcome.ANSWERED)
    told = say("plainer", item=guide.name, **asked.facts_here)
    return Turn(Outcome.ANSWERED, (TextReply(text=f"{guide.summary}\n{told}"),), asked.context)


def affirms(asked: Asked) -> Turn | None:
    """确认 and 同意 stand in the names of items. 随便 takes none of what is offered."""
    leaves_choice = bool(asked.context.options) and asked.said.leaves_choice
    says_more = asked.is_clear or (bool(asked.surely_meant) and not asked.leaves_item_unsaid)
    if not leaves_choice and (asked.act is not Act.AFFIRM or (not asked.said.assents and says_more)):
        return None  # 证没丢啊，谁要补了，就是到日子换
    options = asked.context.options
    if asked.guess and asked.said.consents(Deed.ASK):
        return ends.take(asked, options[0])
    return ends.offer_again(asked, "choices_again") if options else ends.say(asked, "affirm", Outcome.ANSWERED)


def turns_guess_down(asked: Asked) -> Turn | None:
    """不是 to 您是想问…吗. 不是，是流动摊 puts it right: that is a question."""
    if not asked.guess or asked.said.picks_by_place:
        return None
    correction = asked.said.correction
    says_more = asked.is_clear or (correction is not None and bool(content_of(correction.meant)))
    is_no = asked.said.refuses or asked.said.turns_down_place or asked.act is Act.DENY or asked.said.takes_back
    return ends.turn_down(asked) if is_no and not says_more else None


def denies(asked: Asked) -> Turn | None:
    if asked.act is not Act.DENY or asked.is_clear or (asked.surely_meant and not asked.leaves_item_unsaid):
        return None
    if asked.context.options and not asked.said.declines:
        return ends.not_found(asked, None)
    if asked.current and not (asked.said.declines or asked.said.refuses):
        says_wrong = asked.said.takes_back and isinstance(asked.found, NotFound) and not asked.surely_meant
        return ends.ask_which_item(asked, asked.aspects[0]) if says_wrong else None  # 没办过, of a passport
    return ends.say(asked, "deny_nothing", Outcome.ANSWERED)
