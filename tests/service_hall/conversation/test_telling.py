"""What leads an aspect, and what is told below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from knowledge_base.model import Aspect, Office, ServiceGuide
from service_hall.conversation.citing import Place
from service_hall.conversation.telling import Told, mentions, tell
from tests import fakes
from tests.fakes import EAST, NATION, TOWN, statement

HALL = fakes.office("hall", "大厅", TOWN, ["dog-register"])


def guide(*changed: dict[str, Any], without: Sequence[str] = (), **stated: Any) -> ServiceGuide:
    """The dog's, with these statements."""
    return ServiceGuide.model_validate(fakes.telling(fakes.DOG, *changed, without=without, **stated))


def told(aspect: Aspect, of: ServiceGuide | None = None, offices: tuple[Office, ...] = (), **more: Any) -> Told:
    place = Place(region=TOWN, name="溪城市", offices=offices, hotline="12345", is_sample=True)
    return tell(aspect, of or guide(), place, fakes.sources(), **more)


def limit(statement_id: str, basis: str, says: str, **fields: Any) -> dict[str, Any]:
    return statement(statement_id, "limit", says, basis=basis, value=1, unit="日", **fields)


class TestWhatLeads:
    def test_the_summary_of_the_aspect_leads_and_the_others_follow(self) -> None:
        of_materials = statement("of-materials", "summary", "带身份证，表在窗口填。", aspects=["materials"])
        shown = told(Aspect.MATERIALS, guide(of_materials))
        assert shown.lead == ("带身份证，表在窗口填。",) and shown.leads and shown.leads.id == "of-materials"
        assert shown.rest == ("1. 要带居民身份证。", "2. 要带申请表。")

    def test_without_one_a_list_leads_whole(self) -> None:
        assert told(Aspect.MATERIALS).lead == ("给狗上证要带：", "1. 要带居民身份证。", "2. 要带申请表。")
        assert told(Aspect.MATERIALS).rest == ()

    def test_a_list_of_one_needs_no_heading(self) -> None:
        assert told(Aspect.MATERIALS, guide(without=["form"])).lead == ("要带居民身份证。",)

    def test_elsewhere_the_first_of_what_was_asked_for_leads(self) -> None:
        first_a_note = guide(without=["fee", "chip-fee"])
        body = first_a_note.model_dump(mode="json")
        body["statements"] += [
            statement("cash", "note", "只收现金。", aspects=["fee"]),
            statement("fee", "fee", "登记费50元。", name="登记费", amount=50),
        ]
        shown = told(Aspect.FEE, ServiceGuide.model_validate(body))
        assert (shown.lead, shown.rest) == (("登记费50元。",), ("· 只收现金。",))

    def test_an_amount_is_told_with_how_it_is_reckoned_and_an_example(self) -> None:
        reckoned = statement("paid", "amount", "按天发。", name="补贴", formula="每天2元×天数", example="3天：2×3＝6元")
        assert told(Aspect.AMOUNT, guide(reckoned)).lead == ("按天发。算法：每天2元×天数。例如：3天：2×3＝6元。",)

    @pytest.mark.parametrize(
        ("limits", "leads"),
        [
            ([limit("a", "legal", "法定20日。"), limit("b", "promised", "承诺5日。")], "承诺5日。"),
            ([limit("a", "legal", "法定20日。"), limit("b", "standard", "全国10日。")], "全国10日。"),
            ([limit("a", "promised", "承诺5日。"), limit("b", "promised", "承诺9日。")], "承诺5日。"),
        ],
    )
    def test_of_limits_what_the_hall_promises_leads(self, limits: list[dict[str, Any]], leads: str) -> None:
        assert told(Aspect.TIME_LIMIT, guide(*limits, without=["limit"])).lead == (leads,)

    @pytest.mark.parametrize(
        ("aspect", "own"),
        [
            (Aspect.TIME_LIMIT, limit("own", "promised", "东河承诺3日。", region=EAST)),
            (Aspect.CONTACT, statement("own", "contact", "东河咨询打0888-3。", phone="0888-3", region=EAST)),
            (Aspect.LOCATION, statement("own", "place", "东河区登记点。", region=EAST)),
        ],
    )
    def test_when_where_and_whom_the_nearest_place_says(self, aspect: Aspect, own: dict[str, Any]) -> None:
        of_aspect = statement("of-it", "summary", "全国都一样。", aspects=[aspect.value], region=NATION)
        town = {**own, "id": "town", "region": TOWN, "says": "溪城市的。"}
        shown = told(aspect, guide(of_aspect, town, own))
        assert shown.lead == (own["says"],) and shown.rest[0] == "· 溪城市的。" and "· 全国都一样。" in shown.rest

    def test_what_the_place_sets_leads_with_what_holds_everywhere(self) -> None:
        of_fees = statement("of-it", "summary", "收工本费，多少看当地。", aspects=["fee"], region=NATION)
        town = statement("town", "fee", "溪城每证20元。", name="工本费", amount=20, region=TOWN)
        assert told(Aspect.FEE, guide(of_fees, town)).lead == ("收工本费，多少看当地。溪城每证20元。",)
        of_amounts = statement("of-it", "summary", "多少由省里定。", aspects=["amount"], region=NATION)
        paid = statement("town", "amount", "溪城每月5元。", name="补贴", value=5, region=TOWN)
        assert told(Aspect.AMOUNT, guide(of_amounts, paid)).lead == ("溪城每月5元。多少由省里定。",)

    def test_a_place_s_own_summary_leads_alone(self) -> None:
        of_fees = statement("of-it", "summary", "多少看当地。", aspects=["fee"], region=NATION)
        own = statement("own", "summary", "溪城每证20元。", aspects=["fee"], region=TOWN)
        assert told(Aspect.FEE, guide(of_fees, own)).lead == ("溪城每证20元。",)

    def test_a_formula_that_says_the_same_again_is_left_out(self) -> None:
        paid = statement("paid", "amount", "每天2元乘天数。", name="补贴", formula="每天2元×天数")
        assert told(Aspect.AMOUNT, guide(paid)).lead == ("每天2元乘天数。",)

    def test_what_is_to_be_brought_the_nation_s_summary_says_whatever_a_place_adds(self) -> None:
        of_materials = statement("of-materials", "summary", "带身份证。", aspects=["materials"], region=NATION)
        vaccine = statement("own", "material", "要带疫苗证明。", name="疫苗证明", region=EAST)
        assert told(Aspect.MATERIALS, guide(of_materials, vaccine)).lead == ("带身份证。",)

    def test_what_the_answer_has_said_before_leads_no_more(self) -> None:
        of = guide()
        fee = of.statement("fee")
        assert fee and told(Aspect.FEE, of, already=[fee]).lead == ("芯片费30元。",)
        assert told(Aspect.FEE, of, already=of.about(Aspect.FEE)) == Told()


class TestLines:
    def test_what_the_citizen_does_not_bring_has_no_number(self) -> None:
        of = guide(
            statement("form", "material", "申请表在窗口领。", name="申请表", brings="window"),
            statement("record", "material", "户籍信息由窗口查。", name="户籍信息", brings="nobody"),
            statement("photo", "material", "要带照片。", name="照片"),
        )
        assert told(Aspect.MATERIALS, of).lead[1:] == (
            "1. 要带居民身份证。",
            "· 申请表在窗口领。",
            "· 户籍信息由窗口查。",
            "2. 要带照片。",
        )

    def test_notes_follow_the_list_that_they_are_on(self) -> None:
        body = fakes.telling(fakes.DOG, without=["apply"])
        note = statement("final", "note", "决定是最终的。", aspects=["procedure"])
        body["statements"] = [note, *body["statements"], statement("apply", "step", "到窗口提交。", title="申请")]
        shown = told(Aspect.PROCEDURE, ServiceGuide.model_validate(body))
        assert shown.lead[1:] == ("1. 领取：当场领取。", "2. 申请：到窗口提交。", "· 决定是最终的。")

    @pytest.mark.parametrize(
        ("says", "shown"),
        [
            ("要带居民身份证。", "1. 要带居民身份证。可以用电子证照代替。"),
            ("要带身份证，也可以出示电子身份证。", "1. 要带身份证，也可以出示电子身份证。"),
        ],
    )
    def test_an_electronic_licence_may_stand_in(self, says: str, shown: str) -> None:
        of = guide(statement("id-card", "material", says, name="居民身份证", electronic_licence=True))
        assert told(Aspect.MATERIALS, of).lead[1] == shown

    def test_a_step_has_its_title_and_a_channel_its_kind(self) -> None:
        app = statement("app", "channel", "在小程序上办。", through="mobile", name="小程序")
        assert told(Aspect.PROCEDURE).lead[1] == "1. 申请：到窗口提交材料。"
        assert "· 手机：在小程序上办。" in told(Aspect.CHANNELS, guide(app)).rest

    @pytest.mark.parametrize(
        ("says", "shown"),
        [
            ("登记费每年调整。", "· 登记费每年调整。（由省级人民政府定）"),
            ("登记费由省级人民政府定。", "· 登记费由省级人民政府定。"),
            ("登记费由各地定。", "· 登记费由各地定。"),
        ],
    )
    def test_what_is_set_locally_says_by_whom(self, says: str, shown: str) -> None:
        of = guide(statement("set", "note", says, aspects=["fee"], set_by="省级人民政府"))
        assert told(Aspect.FEE, of).rest[-1] == shown

    def test_a_line_does_not_name_the_item_once_more(self) -> None:
        of = guide(statement("form", "material", "办理给狗上证，要带申请表。", name="申请表"))
        assert told(Aspect.MATERIALS, of).lead[2] == "2. 要带申请表。"

    def test_the_overview_has_the_steps_in_short(self) -> None:
        assert told(Aspect.OVERVIEW).rest == ("怎么办：1. 申请；2. 领取。",)
        assert told(Aspect.OVERVIEW, guide(without=["apply", "take"])).rest == ()

    def test_markup_in_a_guide_stays_plain_text_for_the_doors_to_escape(self) -> None:
        attack = statement("summary", "summary", "<b>{{ 7 * 7 }}{facts}</b>")
        assert told(Aspect.OVERVIEW, guide(attack)).lead == ("<b>{{ 7 * 7 }}{facts}</b>",)


class TestWhatIsLeftOut:
    question = statement("q", "faq", "不用。", aspects=["fee"], asked=["要押金吗"])
    mention = statement("m", "note", "只收现金。", aspects=["fee"], emphasis="must_mention")

    def test_a_question_of_its_own_waits_until_it_is_asked(self) -> None:
        shown = told(Aspect.FEE, guide(self.question))
        assert "不用。" not in "".join((*shown.lead, *shown.rest))

    def test_what_must_be_mentioned_is_told_apart(self) -> None:
        of = guide(self.mention)
        assert "只收现金" not in "".join((*told(Aspect.FEE, of).lead, *told(Aspect.FEE, of).rest))
        assert [each.id for each in mentions(of, [Aspect.FEE], [])] == ["m"]
        assert mentions(of, [Aspect.PROXY], []) == [] and mentions(of, [Aspect.FEE], of.statements) == []

    @pytest.mark.parametrize("only", [question, mention], ids=["question", "mention"])
    def test_unless_nothing_else_is_known_of_the_aspect(self, only: dict[str, Any]) -> None:
        assert told(Aspect.FEE, guide(only, without=["fee", "chip-fee"])).lead == (only["says"],)

    def test_what_nobody_wrote_down_is_said_to_be_unknown(self) -> None:
        shown = told(Aspect.VALIDITY, guide(without=["validity"]))
        assert shown == Told(("给狗上证“有效期多久”，指南里还没有收录，请打12345问一下。",), is_unknown=True)

    def test_the_nearest_telephone_is_given_then(self) -> None:
        own = statement("own", "contact", "咨询打0888-3。", phone="0888-3", region=EAST)
        assert "请打0888-3问一下" in told(Aspect.VALIDITY, guide(own, without=["validity"])).lead[0]
        assert "12345" in told(Aspect.VALIDITY, guide(without=["validity", "contact"])).lead[0]


class TestOffices:
    def test_hours_of_the_same_days_stand_together(self) -> None:
        office = fakes.office(
            "hall", "大厅", TOWN, ["dog-register"],
            opening_hours=[
                {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"},
                {"days": [1, 2, 3, 4, 5], "opens": "13:30", "closes": "17:00"},
                {"days": [6], "opens": "09:30", "closes": "12:00", "note": "只办社保"},
                {"days": [2, 4], "opens": "18:00", "closes": "20:00"},
            ],
        )  # fmt: skip
        assert told(Aspect.OFFICE_HOURS, offices=(office,)).lead[1] == (
            "· 大厅：周一至周五 09:00—12:00、13:30—17:00；周六 09:30—12:00（只办社保）；周二、周四 18:00—20:00"
        )

    def test_what_the_guide_says_of_hours_stands_below_them(self) -> None:
        of = guide(statement("saturday", "note", "周六也办。", aspects=["office_hours"]))
        shown = told(Aspect.OFFICE_HOURS, of, (HALL,))
        assert shown.rest == ("法定节假日休息，调休上班日照常。", "· 周六也办。") and shown.by_offices

    def test_where_there_is_none_the_telephone_is_given(self) -> None:
        shown = told(Aspect.OFFICE_HOURS)
        assert shown.lead == ("本地给狗上证的窗口几点上班还没有收录，去之前请先打电话12345问一下。",)
        assert not shown.by_offices

    @pytest.mark.parametrize(
        ("aspect", "line"),
        [(Aspect.LOCATION, "· 大厅：大厅一楼，电话 0888-1000"), (Aspect.CONTACT, "· 大厅：0888-1000")],
    )
    def test_addresses_and_telephones_stand_right_below_what_leads(self, aspect: Aspect, line: str) -> None:
        shown = told(aspect, offices=(HALL,))
        assert shown.rest[0] == line and shown.by_offices
        assert not told(aspect).by_offices
