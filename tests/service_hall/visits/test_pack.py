"""The one-trip pack: taken from the guide, ticked at home, renewed when the guide changes."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge_base.model import ServiceGuide
from service_hall.visits.pack import Pack, pack_of, renewed
from tests.visit_town import CARD, VisitTown

CARD_ID = {"name": "居民身份证"}
FORM = {"name": "申请表", "form": "表格", "copies": 2}
PRINTED = {"name": "申领登记表", "form": "表格", "obtained_from": "办理窗口"}
WARD = {"name": "监护人身份证", "when": "未满十六周岁"}


def guide_with(*materials: dict[str, Any]) -> ServiceGuide:
    town = VisitTown()
    town.change_materials(*materials)
    guide = town.library.guide(CARD)
    assert guide is not None
    return guide


def test_the_pack_has_every_material_once_and_in_order() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM))
    assert [item.name for item in pack.items] == ["居民身份证", "申请表"]
    assert pack.items[1].detail.endswith("复印件2份")
    assert not pack.dropped and not any(item.ticked or item.change for item in pack.items)


def test_without_a_guide_the_pack_is_empty() -> None:
    assert pack_of(None) == Pack()


def test_what_only_some_need_is_not_missing() -> None:
    pack = pack_of(guide_with(CARD_ID, {**FORM, "when": "委托他人的"}, {"name": "照片", "required": False}))
    assert pack.missing == ("居民身份证",)
    assert "委托他人的" in pack.items[1].detail


def test_exactly_what_is_named_is_ticked() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM)).ticking(["申请表", "没有这样材料", ""])
    assert [(item.name, item.ticked) for item in pack.items] == [("居民身份证", False), ("申请表", True)]
    assert pack.missing == ("居民身份证",)
    assert pack.ticking([]).missing == ("居民身份证", "申请表")


def test_the_digest_tells_other_materials_and_not_other_ticks() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM))
    assert pack.ticking(["申请表"]).digest == pack.digest
    assert pack_of(guide_with(CARD_ID, FORM)).digest == pack.digest
    assert pack_of(guide_with(CARD_ID, {**FORM, "copies": 3})).digest != pack.digest


def test_a_renewed_pack_keeps_the_ticks_of_what_stayed_the_same() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM)).ticking(["居民身份证", "申请表"])
    new = renewed(pack, guide_with(CARD_ID, {**FORM, "copies": 3}, {"name": "照片"}))
    assert [(item.name, item.ticked, item.change) for item in new.items] == [
        ("居民身份证", True, ""),
        ("申请表", False, "changed"),
        ("照片", False, "new"),
    ]
    assert new.digest == pack_of(guide_with(CARD_ID, {**FORM, "copies": 3}, {"name": "照片"})).digest


def test_what_is_no_longer_needed_is_told_until_it_is_needed_again() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM))
    without = renewed(pack, guide_with(CARD_ID))
    assert (without.dropped, [item.name for item in without.items]) == (("申请表",), ["居民身份证"])
    still = renewed(without, guide_with(CARD_ID, {"name": "照片"}))
    assert still.dropped == ("申请表",)
    again = renewed(still, guide_with(CARD_ID, FORM))
    assert again.dropped == ("照片",)
    assert [item.change for item in again.items] == ["", "new"]


def test_a_guide_that_is_gone_leaves_the_pack_as_it_is() -> None:
    pack = pack_of(guide_with(CARD_ID, FORM)).ticking(["申请表"])
    assert renewed(pack, None) == pack


def test_a_pack_survives_being_written_down() -> None:
    pack = renewed(pack_of(guide_with(CARD_ID, FORM)).ticking(["居民身份证"]), guide_with(CARD_ID))
    assert Pack.model_validate_json(pack.model_dump_json()) == pack


class TestWhatTheCounterGives:
    def test_is_told_apart_and_never_missing(self) -> None:
        pack = pack_of(guide_with(PRINTED, WARD, CARD_ID))
        assert [item.name for item in pack.to_bring] == ["居民身份证", "监护人身份证"]
        assert [item.name for item in pack.at_counter] == ["申领登记表"]
        assert pack.missing == ("居民身份证",)
        assert pack.to_bring[1].when == "未满十六周岁"

    @pytest.mark.parametrize(
        ("form", "obtained_from", "is_given"),
        [
            ("表格", "办理窗口，或者网上先填", True),
            ("表格", "婚姻登记处", True),
            ("表格", "网上填写或者窗口领取", True),
            ("表格", "登记系统下载", False),
            ("表格", "在学生在线系统填写后打印签名", False),
            ("表格", "窗口现场填写，收入证明由单位开", False),
            ("表格", "", False),
            ("纸质", "办正式身份证的公安窗口", False),
            ("照片", "申请人自备，多数大厅可以现场拍", False),
        ],
    )
    def test_is_a_form_that_is_to_be_had_there(self, form: str, obtained_from: str, is_given: bool) -> None:
        [item] = pack_of(guide_with({"name": "某表", "form": form, "obtained_from": obtained_from})).items
        assert item.given_at_counter is is_given

    def test_a_pack_of_an_earlier_release_learns_it_and_nothing_is_marked_as_changed(self) -> None:
        guide = guide_with(PRINTED, CARD_ID)
        kept = pack_of(guide).model_dump(exclude={"items": {"__all__": {"given_at_counter", "when"}}})
        before = Pack.model_validate({**kept, "digest": "of an earlier release"}).ticking(["居民身份证"])
        now = renewed(before, guide)
        assert [(item.name, item.given_at_counter, item.ticked, item.change) for item in now.items] == [
            ("申领登记表", True, False, ""),
            ("居民身份证", False, True, ""),
        ]
