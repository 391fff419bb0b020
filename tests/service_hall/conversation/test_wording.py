from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.model import Aspect, Office, ServiceGuide
from service_hall.conversation import wording
from service_hall.conversation.acts import Act
from service_hall.conversation.wording import aspect_label, describe, hall_part, say
from tests import fakes

FILLED = {
    "hotline": "12345",
    "office": "市民中心",
    "item": "养狗证",
    "region": "东河区",
    "phone": "0888-1000",
    "address": "一楼",
    "now": "现在开着，17:00下班",
    "item_phone": "0888-2000",
    "parts": "“上门”",
    "theme": "户籍身份",
    "far": "约300米",
    "days": "周六、周日",
    "first": "周六",
    "last": "周日",
    "holiday": "元旦",
}
REPLIES: dict[str, Any] = yaml.safe_load((Path(wording.__file__).parent / "replies.yml").read_text("utf-8"))
SAYINGS = sorted(name for name, text in REPLIES.items() if isinstance(text, str))
# What a sentence of the desk ends in; the opening of a list ends in a colon.
END = re.compile(r"[。？：）]$")


def guide(**stated: Any) -> ServiceGuide:
    return ServiceGuide.model_validate({**fakes.DOG, **stated})


def told(aspect: Aspect, offices: tuple[Office, ...] = (), **stated: Any) -> str:
    return describe(aspect, guide(**stated), offices)


@pytest.mark.parametrize("name", SAYINGS)
def test_every_saying_is_whole_once_filled_in(name: str) -> None:
    text = say(name, **FILLED)
    assert END.search(text) and not re.search(r"[{}]", text)


@pytest.mark.parametrize("name", sorted(REPLIES["hall"]))
def test_a_part_of_a_sentence_ends_in_no_stop(name: str) -> None:
    text = hall_part(name, **FILLED, closes="17:00", opens="09:00", day="明天", weekday="周六", hours="09:00—12:00")
    assert not END.search(text) and not re.search(r"[{}]", text)


@pytest.mark.parametrize("name", SAYINGS)
def test_every_saying_is_short(name: str) -> None:
    assert len(say(name, **FILLED)) <= 80


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_has_a_label(aspect: Aspect) -> None:
    assert 2 <= len(aspect_label(aspect)) <= 8


def test_labels_are_told_apart() -> None:
    assert len({aspect_label(aspect) for aspect in Aspect}) == len(Aspect)


@pytest.mark.parametrize(
    "act",
    [
        Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE, Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.CHITCHAT, Act.ABUSE,
        Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.PROGRESS, Act.COMPLAINT,
    ],
)  # fmt: skip
def test_every_act_that_gets_a_saying_has_one(act: Act) -> None:
    assert act.value in SAYINGS


def test_what_a_citizen_wrote_is_never_read_as_a_pattern() -> None:
    assert say("known_item", **{**FILLED, "item": "{hotline}{0}"}).startswith("“{hotline}{0}”")


class TestDescribing:
    def test_nothing_to_pay_is_said_plainly(self) -> None:
        assert told(Aspect.FEE, fees={"charged": False, "source": "rule"}) == "给狗上证不收费。"

    def test_a_fee_without_an_amount_points_to_the_local_rate(self) -> None:
        fees = {"charged": True, "source": "rule", "items": [{"name": "登记费", "source": "rule"}]}
        assert "登记费：以当地公布的标准为准。" in told(Aspect.FEE, fees=fees)

    @pytest.mark.parametrize(
        ("amount", "shown"),
        [(40, "40元"), ("40.00", "40元"), ("0.5", "0.5元"), (1000, "1000元"), ("300000", "300000元"), (0, "0元")],
    )
    def test_amounts_are_written_as_people_write_them(self, amount: int | str, shown: str) -> None:
        fees = {"charged": True, "source": "rule", "items": [{"name": "费", "amount": amount, "source": "rule"}]}
        assert f"费：{shown}。" in told(Aspect.FEE, fees=fees)

    def test_a_waiver_is_told(self) -> None:
        items = [{"name": "登记费", "amount": 50, "waiver": "导盲犬免收。", "source": "rule"}]
        assert "减免：导盲犬免收。" in told(Aspect.FEE, fees={"charged": True, "source": "rule", "items": items})

    def test_no_materials_is_said_plainly(self) -> None:
        assert told(Aspect.MATERIALS, materials=[]) == "给狗上证不用带材料。"

    def test_a_material_tells_when_it_is_needed(self) -> None:
        materials = [{"name": "委托书", "when": "委托他人办理时", "source": "rule"}]
        assert "委托书，原件1份（委托他人办理时）" in told(Aspect.MATERIALS, materials=materials)

    def test_an_electronic_licence_may_stand_in(self) -> None:
        materials = [{"name": "身份证", "electronic_licence": True, "source": "rule"}]
        assert "可用电子证照代替" in told(Aspect.MATERIALS, materials=materials)

    def test_what_is_done_at_once_is_said_so(self) -> None:
        assert "当场就能办好" in told(Aspect.TIME_LIMIT, case_type="1", time_limit={})

    def test_the_promise_comes_before_the_law(self) -> None:
        limit = {
            "legal": {"value": 20, "unit": "工作日", "source": "rule"},
            "promised": {"value": 1, "unit": "个月", "source": "rule"},
        }
        assert told(Aspect.TIME_LIMIT, time_limit=limit) == "给狗上证：承诺1个月办好。法定时限是20个工作日。"

    def test_no_time_limit_at_all_sends_to_the_counter(self) -> None:
        assert "请以窗口答复为准" in told(Aspect.TIME_LIMIT, time_limit={})

    @pytest.mark.parametrize(("allowed", "shown"), [("can", "可以代办"), ("cannot", "不能代办"), ("partly", "看情况")])
    def test_whether_another_may_come_stands_first(self, allowed: str, shown: str) -> None:
        assert told(Aspect.PROXY, proxy={"allowed": allowed, "text": "详情如下。", "source": "rule"}).startswith(shown)

    def test_hours_of_the_same_days_stand_together(self) -> None:
        office = fakes.office(
            "hall", "大厅", fakes.TOWN, ["dog-register"],
            opening_hours=[
                {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"},
                {"days": [1, 2, 3, 4, 5], "opens": "13:30", "closes": "17:00"},
                {"days": [6], "opens": "09:30", "closes": "12:00", "note": "只办社保"},
                {"days": [2, 4], "opens": "18:00", "closes": "20:00"},
            ],
        )  # fmt: skip
        shown = told(Aspect.OFFICE_HOURS, offices=(office,))
        assert "周一至周五 09:00—12:00、13:30—17:00；周六 09:30—12:00（只办社保）；周二、周四 18:00—20:00" in shown

    def test_markup_in_a_guide_stays_plain_text_for_the_doors_to_escape(self) -> None:
        assert "<b>{{ 7 * 7 }}</b>" in told(Aspect.OVERVIEW, summary="<b>{{ 7 * 7 }}</b>")
