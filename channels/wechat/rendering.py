"""What the hall says, as WeChat shows it best: all of it as text, and beside that what one taps, opens or scans."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from channels.qr_codes import qr_code
from channels.statement_links import statement_path
from channels.wechat.api.parts import CardPart, MenuPart
from channels.wechat.identity.entry import entry_url
from service_hall.conversation.reply import (
    AnswerReply,
    AppointmentReply,
    ChecklistReply,
    Choice,
    ChoicesReply,
    QuestionReply,
    Reply,
    TicketReply,
)
from service_hall.shared.ids import MessageId
from service_hall.shared.wording import Wording
from service_hall.visits.visit import Code

wording = Wording(Path(__file__).parent / "wording.yml")
MOST_TO_TAP = 10
_MOST_HEAD_BYTES = 600
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Picture:
    png: bytes


Extra = CardPart | Picture
"""Shown where the account may; nothing is missing without it."""


@dataclass(frozen=True)
class Shown:
    """`text`: all of it. `menu`: what stands at its end, to be tapped, instead of `text[untapped:]`."""

    text: str
    menu: MenuPart | None = None
    untapped: int = 0
    extras: tuple[Extra, ...] = ()


def show(message_id: MessageId, replies: Sequence[Reply], public_url: str) -> Shown:
    text = _BETWEEN.join(reply.text for reply in replies)
    menu, untapped = None, 0
    options, last = offered(replies), replies[-1]
    if isinstance(last, ChoicesReply | QuestionReply) and 0 < len(options) <= MOST_TO_TAP:
        listed = _numbered(options)
        if text.endswith(listed):
            beginning = text.removesuffix(listed).rstrip("\n")
            head = beginning.rpartition(_BETWEEN)[2]
            if len(head.encode()) <= _MOST_HEAD_BYTES:
                told = tuple((menu_id(message_id, number), each.label) for number, each in enumerate(options, start=1))
                menu, untapped = MenuPart(head, told, wording.say("or_write")), len(beginning) - len(head)
    elif isinstance(last, AnswerReply) and options:
        text = f"{text}{_BETWEEN}{wording.say('goes_on')}\n{_numbered(options)}"
    cards = _cards(replies, public_url)
    if cards:
        text += f'\n<a href="{cards[0].url}">{wording.say("see_page")}</a>'
    if isinstance(last, AnswerReply) and (path := statement_path(last)):
        text += f'\n<a href="{public_url.rstrip("/")}{path}">{wording.say("see_statement")}</a>'
    if page := next((each.page_url for each in replies if isinstance(each, ChecklistReply)), ""):
        text += f'\n<a href="{public_url.rstrip("/")}{page}">{wording.say("see_list")}</a>'
    return Shown(text, menu, untapped, (*cards, *_codes(replies)))


def offered(replies: Sequence[Reply]) -> Sequence[Choice]:
    """What is taken by its number, or tapped: of the last reply alone."""
    match replies[-1] if replies else None:
        case QuestionReply(kind="number" | "date" | "text", scenario_id=scenario) if scenario:
            return ()  # 1 is an answer of its own there
        case ChoicesReply(options=options) | QuestionReply(options=options) | AnswerReply(suggestions=options):
            return options
        case _:
            return ()


def menu_id(message_id: MessageId, number: int) -> str:
    """Digits alone, as WeChat wants them; of which message, and which of its options."""
    return f"{_digits_of(message_id)}{number:02}"


def tapped(tap: str, message_id: MessageId, options: Sequence[Choice]) -> Choice | None:
    """None: it was no option of that message."""
    of, number = tap[:-2], tap[-2:]
    is_of_it = of == _digits_of(message_id) and number.isdigit() and 0 < int(number) <= len(options)
    return options[int(number) - 1] if is_of_it else None


def _digits_of(message_id: MessageId) -> str:
    return f"{int.from_bytes(hashlib.sha256(message_id.encode()).digest()[:4], 'big') % 10**8:08}"


def _numbered(options: Sequence[Choice]) -> str:
    return "\n".join(f"{number}. {option.label}" for number, option in enumerate(options, start=1))


def _cards(replies: Sequence[Reply], public_url: str) -> tuple[CardPart, ...]:
    """One, with the link to the page where it is told as it stands."""
    visits = [reply for reply in replies if isinstance(reply, AppointmentReply)]
    tickets = [reply for reply in replies if isinstance(reply, TicketReply)]
    url = entry_url(public_url, "/chat")
    match visits, tickets:
        case [only], []:
            where = f"{only.office_name} {only.counter}".strip()
            when = f"{only.starts_at.month}月{only.starts_at.day}日 {only.starts_at:%H:%M}"
            return (CardPart(only.guide_name, wording.say("card_of_appointment", when=when, where=where), url),)
        case [], [only, *_]:
            ahead = wording.say("card_of_ticket", ahead=only.ahead, minutes=only.estimated_wait_minutes)
            return (CardPart(f"{only.number} · {only.office_name}", ahead, url),)
        case [], []:
            return ()
    return (CardPart(wording.say("list_title"), wording.say("list_of", count=len(visits)), url),)


def _codes(replies: Sequence[Reply]) -> tuple[Picture, ...]:
    """What the kiosk scans, of a booking that was just made or is the only one."""
    booked = [reply for reply in replies if isinstance(reply, AppointmentReply) and reply.status == "booked"]
    if len(booked) != 1:
        return ()
    return (Picture(qr_code(Code(booked[0].code), "png")),)
