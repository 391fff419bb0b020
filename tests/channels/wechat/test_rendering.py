"""What the hall says, shown as text that is complete, and as menus, cards and codes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from channels.wechat.api.parts import CardPart, MenuPart
from channels.wechat.rendering import Picture, menu_id, offered, show, tapped
from knowledge_base.model import Aspect
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.reply import (
    AnswerReply,
    AppointmentReply,
    ChecklistReply,
    ChecklistTotals,
    Choice,
    ChoicesReply,
    QuestionOption,
    QuestionReply,
    Reply,
    TextReply,
    TicketReply,
    ToldFact,
    ask_payload,
)
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import MessageId

URL = "https://hall.example"
ONE, OTHER = MessageId("m_1"), MessageId("m_2")
OPTIONS = tuple(
    Choice(label=label, payload=ask_payload(aspect, "dog-register"))
    for label, aspect in (("要带什么材料", Aspect.MATERIALS), ("要多少钱", Aspect.FEE))
)
CHOICES = choices_reply("您想问的是：", OPTIONS)
ANSWER = AnswerReply(
    text="给狗上证不收费。",
    answer_id="a",
    guide_id="dog-register",
    guide_name="养狗证",
    aspect=Aspect.FEE,
    region="990100",
    sources=(),
    suggestions=OPTIONS,
)
STARTS = datetime(2026, 6, 2, 9, 0, tzinfo=SHANGHAI)


def appointment(code: str = "ABCDE23456", status: str = "booked") -> AppointmentReply:
    return AppointmentReply(
        text=f"约好了，预约码 {code}。",
        code=code,
        guide_id="g",
        guide_name="借书证首次办理",
        office_id="o",
        office_name="市民中心",
        address="一楼",
        counter="3号窗口",
        starts_at=STARTS,
        ends_at=STARTS + timedelta(minutes=15),
        status=status,
        person="张*",
        qr_url="/x",
        calendar_url="/y",
    )


TICKET = TicketReply(
    text="您是A001号，前面还有2位。", code="ABCDE23456", number="A001", office_id="o", office_name="市民中心", ahead=2,
    estimated_wait_minutes=20, status="checked_in",
)  # fmt: skip


def test_the_text_has_all_of_it_in_order() -> None:
    shown = show(ONE, (TextReply(text="一。"), CHOICES), URL)
    assert shown.text == "一。\n\n您想问的是：\n1. 要带什么材料\n2. 要多少钱"


def test_choices_can_be_tapped_instead_of_their_numbered_lines() -> None:
    shown = show(ONE, (TextReply(text="一。"), CHOICES), URL)
    assert isinstance(shown.menu, MenuPart) and shown.menu.head == "您想问的是："
    assert [label for _, label in shown.menu.options] == ["要带什么材料", "要多少钱"]
    assert all(number.isdecimal() and number.isascii() for number, _ in shown.menu.options)
    assert shown.text[: shown.untapped] == "一。\n\n"


def test_what_an_answer_suggests_is_numbered_below_it() -> None:
    shown = show(ONE, (ANSWER,), URL)
    assert shown.menu is None and shown.text.endswith("1. 要带什么材料\n2. 要多少钱")


def test_it_is_not_where_a_question_stands_below_the_answer() -> None:
    shown = show(ONE, (ANSWER, CHOICES), URL)
    assert shown.text.count("1. ") == 1


@pytest.mark.parametrize("count", [0, 11])
def test_no_menu_of_nothing_and_none_of_too_much(count: int) -> None:
    options = tuple(Choice(label=f"第{number}", payload="/my_appointments") for number in range(count))
    assert show(ONE, (choices_reply("请选：", options),), URL).menu is None


def test_no_menu_whose_head_would_be_long() -> None:
    assert show(ONE, (choices_reply("长" * 300, OPTIONS),), URL).menu is None
    assert show(ONE, (ChoicesReply(text="没有列出来。", options=OPTIONS),), URL).menu is None


def test_a_tap_is_known_by_message_and_place() -> None:
    second = menu_id(ONE, 2)
    assert tapped(second, ONE, OPTIONS) == OPTIONS[1]
    assert tapped(second, OTHER, OPTIONS) is None
    for strange in ("", "1", "01", menu_id(ONE, 3), menu_id(ONE, 0), f"{second}0", "要多少钱", "²²²"):
        assert tapped(strange, ONE, OPTIONS) is None


@pytest.mark.parametrize(
    ("replies", "title"),
    [
        ((appointment(),), "借书证首次办理"),
        ((TICKET,), "A001 · 市民中心"),
        ((appointment(), appointment("FGHJK23456")), "我的预约"),
        ((appointment(), TICKET), "我的预约"),
    ],
)
def test_bookings_and_tickets_have_one_card_with_a_link_and_the_link_in_the_text(
    replies: tuple[Reply, ...], title: str
) -> None:
    shown = show(ONE, replies, URL)
    [card] = [each for each in shown.extras if isinstance(each, CardPart)]
    page = f"{URL}/wechat/enter?to=/chat"
    assert (card.title, card.url) == (title, page)
    assert shown.text.count(f'<a href="{page}">') == 1


def test_a_booking_has_its_code_to_be_scanned() -> None:
    [picture] = [each for each in show(ONE, (appointment(),), URL).extras if isinstance(each, Picture)]
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "replies", [(appointment(status="cancelled"),), (appointment(), appointment("FGHJK23456")), (TICKET,)]
)
def test_nothing_else_has_one(replies: tuple[Reply, ...]) -> None:
    assert not [each for each in show(ONE, replies, URL).extras if isinstance(each, Picture)]


def test_only_the_last_reply_offers_something() -> None:
    assert offered((CHOICES, TextReply(text="一。"))) == () and offered(()) == ()


def test_where_a_number_is_asked_for_none_picks_what_may_be_said_instead() -> None:
    unsure = QuestionOption(label="不清楚", payload="/x", value="unsure")
    asked = QuestionReply(text="几个人？", scenario_id="s", node="n", kind="number", options=(unsure,))
    assert offered((asked,)) == () and show(ONE, (asked,), URL).menu is None


def test_a_list_leads_to_the_page_that_can_be_printed() -> None:
    totals = ChecklistTotals(fee="", amount="", days=0)
    checklist = ChecklistReply(
        text="【养狗】",
        scenario_id="s",
        title="养狗",
        steps=(),
        materials=(),
        totals=totals,
        page_url="/checklists/abcdefgh",
    )
    assert show(ONE, (checklist,), f"{URL}/").text.endswith(
        f'<a href="{URL}/checklists/abcdefgh">打开清单，可以打印、转给家人</a>'
    )


def test_an_answer_that_one_statement_gives_leads_to_it_in_its_guide() -> None:
    fact = ToldFact(statement_id="dog-register/free", text="给狗上证不收费。", sources=())
    shown = show(ONE, (ANSWER.model_copy(update={"fact": fact}),), URL)
    link = f'<a href="{URL}/guides/dog-register?region=990100#free">看这一句的原文和依据</a>'
    assert shown.text.endswith(link)
    assert shown.text.startswith(show(ONE, (ANSWER,), URL).text)
    assert "/guides/" not in show(ONE, (ANSWER,), URL).text
