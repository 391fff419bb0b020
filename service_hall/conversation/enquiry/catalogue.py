"""Rules for finding one's way: what can be asked at all, the themes, a step back."""

from __future__ import annotations

from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.message import THEME, command_payload
from service_hall.conversation.reply import Choice, Outcome
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.commands import SaidCommand


def helps(asked: Asked) -> Turn | None:
    if asked.said.command is not SaidCommand.HELP:
        return None
    return ends.say(asked, "help", Outcome.ANSWERED)


def lists_themes(asked: Asked) -> Turn | None:
    return _themes(asked) if asked.said.command is SaidCommand.TOPICS else None


def _themes(asked: Asked) -> Turn:
    first_of: dict[str, str] = {}
    for item in asked.library.published.catalogue:
        if item.id in asked.library.published.documents:
            first_of.setdefault(item.theme, item.id)
    options = tuple(
        Choice(label=theme, payload=command_payload(THEME, guide_id=item_id)) for theme, item_id in first_of.items()
    )
    carried = asked.context.model_copy(update={"options": options, "missed": 0})
    return Turn(Outcome.CLARIFY, (choices_reply(say("themes"), options),), carried)


def goes_back(asked: Asked) -> Turn | None:
    """Where no walk is open: from the items of a theme to the themes, and else to the item before."""
    if asked.said.command is not SaidCommand.GO_BACK:
        return None
    if asked.context.options and asked.context.question in {item.theme for item in asked.library.published.catalogue}:
        return _themes(asked)
    if asked.context.previous_id:
        return ends.answer(asked, asked.context.previous_id, asked.aspects)
    return ends.say(asked, "nothing_to_go_back", Outcome.ANSWERED)
