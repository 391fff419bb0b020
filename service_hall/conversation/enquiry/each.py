"""Several services asked of in one message: each is answered, in order, with its own sources. A long letter: what it
asks is answered, and told back."""

from __future__ import annotations

from dataclasses import replace

from service_hall.conversation.acts import Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.reply import AnswerReply, Outcome
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.letters import question_of, quoted
from service_hall.hearing.parts import of_each_thing, questions_of


def answers_question_of_letter(asked: Asked) -> Turn | None:
    """What else it tells would be taken for what it asks: of 191 development questions within a letter 4 % are answered
    rightly as a whole, half of them by their sentence."""
    if asked.act not in (Act.ASK, Act.OUT_OF_SCOPE) or asked.context.options:
        return None
    found = question_of(asked.said)
    if found is None:
        return None
    item_id, part = found
    of_part = replace(asked, said=part, act=Act.ASK, aspect=None)
    turn = ends.answer(of_part, item_id, of_part.aspects, question=part.text, sentence=part.text)
    told_back = say("question_of_letter", question=quoted(part)) + "\n"
    replies = tuple(each.led_by(told_back) if isinstance(each, AnswerReply) else each for each in turn.replies)
    return replace(turn, replies=replies)


def answers_each(asked: Asked) -> Turn | None:
    """身份证丢了怎么补，另外驾照快到期了要换吗. What is talked about afterwards is the last of them."""
    if asked.act is not Act.ASK:
        return None
    # Two things that stand side by side pick no option.
    questions = of_each_thing(asked.said) if asked.context.options else questions_of(asked.said)
    if not questions:
        return None
    replies: list[AnswerReply] = []
    context = asked.context
    for item_id, part in questions:
        of_part = replace(asked, said=part, aspect=None, context=context)
        text = part.text
        turn = ends.answer(of_part, item_id, of_part.aspects, question=text, sentence=text)
        replies += [
            reply.led_by(say("one_of_several", number=str(len(replies) + 1), item=reply.guide_name) + "\n")
            for reply in turn.replies
            if isinstance(reply, AnswerReply)
        ]
        context = turn.context
    if len(replies) < len(questions):
        return None
    return Turn(Outcome.ANSWERED, tuple(replies), context)
