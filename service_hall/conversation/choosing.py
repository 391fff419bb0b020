"""Which of the options on the table a sentence picks."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.language.tokenize import plain
from service_hall.conversation.reply import Choice, ChoicesReply
from service_hall.hearing.consent import names_whole, place_alone
from service_hall.hearing.picking import MANY, place_picked


def choices_reply(opening: str, options: tuple[Choice, ...]) -> ChoicesReply:
    """The text alone must do on a door without buttons: numbered, answered with the number."""
    return ChoicesReply(text=opening + _listed(options), options=options)


def opening_of(reply: ChoicesReply) -> str:
    """What stands before the options."""
    return reply.text.removesuffix(_listed(reply.options))


def _listed(options: Sequence[Choice]) -> str:
    return "".join(f"\n{number}. {option.label}" for number, option in enumerate(options, start=1))


def pick(text: str, options: Sequence[Choice]) -> Choice | None:
    """By place (第二个, 2, 最后一个) or by its own words; None if it picks none of them, or two at once."""
    said = plain(text)
    if not said or not options:
        return None
    place = place_picked(text, len(options))
    if place is not None:
        return options[place] if 0 <= place < len(options) else None
    # 补领那个: the words that only one option has.
    matching = [option for option in options if said in plain(option.label) or plain(option.label) in said]
    return matching[0] if len(matching) == 1 else None


def pick_whole(text: str, options: Sequence[Choice]) -> Choice | None:
    """Where the choice binds: its label whole, or its place alone; 好的，第一个, but not 第一个不对 or 不确认预约."""
    named = [option for option in options if names_whole(text, option.label)]
    return named[0] if len(named) == 1 else pick_alone(text, options)


def pick_alone(text: str, options: Sequence[Choice]) -> Choice | None:
    """By a number (2, 第二个, 那就选3吧) and nothing else: what was only suggested is taken by no other words."""
    place = place_alone(text)
    return options[place] if place is not None and place < len(options) else None


def picks_by_place(text: str) -> bool:
    return place_picked(text, MANY) is not None
