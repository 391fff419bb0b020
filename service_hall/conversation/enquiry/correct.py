"""Rules for taking something back: another region, another aspect, another item."""

from __future__ import annotations

from collections.abc import Collection

from knowledge_base.language.asking import content_of, residue_of
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import MOST_CHOICES, Answered, Decision, NotFound, Unsure
from service_hall.conversation.acts import Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.follow_up import answers_for_region, notes_region
from service_hall.conversation.enquiry.thresholds import THRESHOLDS
from service_hall.conversation.turn import Turn
from service_hall.hearing.correcting import told_apart
from service_hall.hearing.heard import Sentence


def corrects_region(asked: Asked) -> Turn | None:
    """是北屏区不是青桥区."""
    if asked.act is not Act.CORRECT:
        return None
    meant = _meant(asked)
    if not meant.region or not meant.beside_region.leaves_item_unsaid:
        return None
    stated = asked.meaning(meant, Act.STATE_REGION)
    return answers_for_region(stated) or notes_region(stated)


def corrects_aspect(asked: Asked) -> Turn | None:
    """不对，我问的是时间: the item stands, another aspect was meant."""
    if asked.act is not Act.CORRECT or asked.current is None:
        return None
    meant, correction = _meant(asked), asked.said.correction
    if residue_of(meant.text) or residue_of(correction.taken_back if correction else ""):
        return None
    return ends.answer(asked, asked.current, asked.meaning(meant).aspects_of(asked.aspect))


def corrects_item(asked: Asked) -> Turn | None:
    """是换证 leaves out of what: the thing that was talked about."""
    if asked.act is not Act.CORRECT or (asked.current is None and not asked.context.options):
        return None
    library, current, meant = asked.library, asked.current, _item_meant(asked)
    subject = library.subject(current) if current else content_of(asked.context.question)
    stands_alone = subject in meant.text or _is_other_thing(asked, meant, subject)
    query = meant.text if stands_alone else f"{subject}{meant.text}"
    aspect = (
        asked.meaning(meant).aspects_of(asked.aspect)[0] if asked.aspect else (asked.context.aspect or Aspect.OVERVIEW)
    )
    decision = library.find(query)
    if not current and isinstance(among := library.find(meant.text, among=asked.offered), Answered):
        decision = among  # 不是电子的，要盖红泥那种, of two that are on the table
    if current and isinstance(decision, NotFound) and not decision.known:
        decision = library.find(query, among=_neighbours(library, current))
    if current and _takes_current_back(asked) and (isinstance(decision, NotFound) or _finds(decision, current)):
        decision = library.find(meant.text, among=_neighbours(library, current))
    if current and not _denies(asked) and _finds(library.find(meant.text), current):
        return ends.answer(asked, current, (aspect,), question=meant.text)  # 我是问外婆的房子: so it was understood
    not_meant = (current, *asked.context.turned_down)
    if asked.surely_meant and not _puts_another(asked, decision, not_meant):  # 我没问罚款，我问的是交钱那个事
        text = asked.said.text
        return ends.answer(asked, asked.surely_meant, asked.aspects, question=text, sentence=text)
    if isinstance(decision, Answered) and decision.hit.guide_id not in not_meant:
        return ends.answer(asked, decision.hit.guide_id, (aspect,), question=query)
    if isinstance(decision, NotFound):
        at_best = asked.perhaps_meant or asked.at_best_meant
        if at_best and not decision.known:
            return ends.offer(asked, at_best[:MOST_CHOICES], aspect, question=asked.said.text)
        return ends.not_found(asked, decision.known)
    others = [hit for hit in decision.hits if hit.guide_id not in not_meant and hit.has_guide]
    choices = [hit for hit in others if hit.score >= library.calibration.choice_floor][:MOST_CHOICES]
    if len(choices) == 1:
        return ends.answer(asked, choices[0].guide_id, (aspect,), question=query)
    choices = choices or list(asked.at_best_meant)
    return ends.offer(asked, choices, aspect, question=query) if choices else ends.not_found(asked, None)


def without_what_is_taken_back(asked: Asked) -> Asked:
    """Before anything was talked about, a correction is a question for what was meant. 我没丢身份证，只是过期了: of the
    thing that was named along with what is denied."""
    if asked.act is not Act.CORRECT and not asked.said.takes_back:
        return asked
    correction = asked.said.correction
    if correction is None:
        return asked
    meant = asked.meaning(asked.said.part(correction.meant))
    things = () if meant.things else asked.things
    return asked.meaning(asked.said.part(f"{max(things, key=len, default='')}{correction.meant}"))


def _is_other_thing(asked: Asked, meant: Sentence, subject: str) -> bool:
    """是行驶证, where 驾照 was talked about: no item has both in its names."""
    things = asked.meaning(meant).things
    if not things:
        return False
    own = set().union(*asked.meaning(asked.said.part(subject)).things.values())
    return bool(own) and not any(own & items for items in things.values())


def _neighbours(library: Library, item: str) -> frozenset[str]:
    """The other items of its theme: who puts it right means something near."""
    theme = library.theme_of(item)
    return frozenset(each for each in library.guide_ids if each != item and library.theme_of(each) == theme)


def _denies(asked: Asked) -> bool:
    correction = asked.said.correction
    return asked.said.takes_back or bool(correction and correction.taken_back)


def _finds(decision: Decision, item: str) -> bool:
    return isinstance(decision, Answered) and decision.hit.guide_id == item


def _puts_another(asked: Asked, decision: Decision, not_meant: Collection[str | None]) -> bool:
    """是到期换证: a service that was not talked about, clearly or in the place of what is taken back."""
    if not isinstance(decision, Answered) or decision.hit.guide_id in not_meant:
        return isinstance(decision, Unsure) and _takes_current_back(asked)
    return decision.hit.named or decision.hit.score >= THRESHOLDS.sure or _takes_current_back(asked)


def _takes_current_back(asked: Asked) -> bool:
    """不是年检，是过户, after the inspection: what is taken back is what is talked about, what is meant is not."""
    library, current, correction = asked.library, asked.current, asked.said.correction
    if correction is None or not current or not correction.taken_back:
        return False
    return library.is_called(current, correction.taken_back) and not library.is_called(current, correction.meant)


def _meant(asked: Asked) -> Sentence:
    correction = asked.said.correction
    return asked.said.part(correction.meant) if correction else asked.said


def _item_meant(asked: Asked) -> Sentence:
    """不是补证，我们头一回: what is left of it, where that says anything."""
    told = told_apart(asked.said.text)
    return asked.said.part(told.meant) if told.taken_back and content_of(told.meant) else _meant(asked)
