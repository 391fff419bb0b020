"""Rules for taking something back: another region, another aspect, another item."""

from __future__ import annotations

from knowledge_base.language.asking import content_of, residue_of
from knowledge_base.model import Aspect
from knowledge_base.search.find import MOST_CHOICES, Answered, NotFound
from service_hall.conversation.acts import Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.follow_up import answers_for_region, notes_region
from service_hall.conversation.turn import Turn
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
    library, current, meant = asked.library, asked.current, _meant(asked)
    subject = library.subject(current) if current else content_of(asked.context.question)
    query = meant.text if subject in meant.text else f"{subject}{meant.text}"
    aspect = (
        asked.meaning(meant).aspects_of(asked.aspect)[0] if asked.aspect else (asked.context.aspect or Aspect.OVERVIEW)
    )
    decision = library.find(query)
    not_meant = (current, *asked.context.turned_down)
    if isinstance(decision, Answered) and decision.hit.guide_id not in not_meant:
        return ends.answer(asked, decision.hit.guide_id, (aspect,), question=query)
    if isinstance(decision, NotFound):
        return ends.not_found(asked, decision.known)
    others = [hit for hit in decision.hits if hit.guide_id not in not_meant and hit.has_guide]
    choices = [hit for hit in others if hit.score >= library.calibration.choice_floor][:MOST_CHOICES]
    if len(choices) == 1:
        return ends.answer(asked, choices[0].guide_id, (aspect,), question=query)
    return ends.offer(asked, choices, aspect, question=query) if choices else ends.not_found(asked, None)


def without_what_is_taken_back(asked: Asked) -> Asked:
    """Before anything was talked about, a correction is a question for what was meant."""
    return asked.meaning(_meant(asked)) if asked.act is Act.CORRECT else asked


def _meant(asked: Asked) -> Sentence:
    correction = asked.said.correction
    return asked.said.part(correction.meant) if correction else asked.said
