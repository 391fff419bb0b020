"""What is left of a sentence for the item, once time, place, person and the booking itself are taken out."""

from __future__ import annotations

import pytest

from tests.visit_town import VisitTown


@pytest.fixture(scope="module")
def town() -> VisitTown:
    return VisitTown()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("您好，我想要请您帮我提前在线预约一下借书证首次办理", "借书证首次办理"),
        ("麻烦你能不能先给我约个号，给狗上证", "给狗上证"),
        ("请您好预约给狗上证", "给狗上证"),
        ("我想要给狗上证", "我想要给狗上证"),  # polite, and no booking follows
        ("我要给我妈申请养狗证，帮我约明天", "我要 申请养狗证"),
        ("养狗证，我的身份证件号码是〔号码〕，姓名：〔姓名〕", "养狗证"),
        ("养狗证，我的电话换了", "养狗证 我的电话换了"),
        ("预约" + "帮我" * 60, ""),
    ],
)
def test_the_booking_and_its_politeness_are_taken_out_and_nothing_else(town: VisitTown, said: str, left: str) -> None:
    assert town.means.hear(said).subject == left
