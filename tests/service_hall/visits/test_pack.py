"""The one-trip pack: taken from the guide, ticked at home, renewed when the guide changes."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge_base.model import ServiceGuide
from service_hall.visits.pack import Pack, pack_of, renewed
from tests.visit_town import CARD, VisitTown

CARD_ID = {"name": "居民身份证"}
FORM = {"name": "申请表", "form": "表格", "copies": 2}
PRINTED = {"name": "申领登记表", "form": "表格", "brings": "window"}
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
    assert [item.detail for item in pack.items] == ["要带居民身份证", "原件1份、复印件2份；要带申请表"]
    assert not pack.dropped and not any(item.ticked or item.change for item in pack.items)


def test_without_a_guide_the_pack_is_empty() -> None:
    assert pack_of(None) == Pack()


def test_what_only_some_need_is_not_missing() -> None:
    by_proxy = {**FORM, "when": "委托他人的", "says": "委托他人的，要带申请表。"}
    pack = pack_of(guide_with(CARD_ID, by_proxy, {"name": "照片", "required": False}))
    assert pack.missing == ("居民身份证",)
    assert "委托他人的" in pack.items[1].detail


def test_what_is_looked_up_on_line_is_not_in_the_pack() -> None:
    assert [item.name for item in pack_of(guide_with(CARD_ID, {**FORM, "brings": "nobody"})).items] == ["居民身份证"]


def test_one_material_of_two_statements_stands_there_once_with_both() -> None:
    of_children = {"name": "户口簿", "when": "孩子", "says": "孩子的，要带户口簿。"}
    of_strangers = {"name": "户口簿", "says": "外地人要带户口簿。"}
    (item,) = pack_of(guide_with(of_children, of_strangers)).items
    assert (item.name, item.detail, item.required) == ("户口簿", "孩子的，要带户口簿；外地人要带户口簿", True)


@pytest.mark.parametrize(
    ("stated", "detail"),
    [
        ({"says": "要带照片。"}, "要带照片"),
        ({"says": "要带照片。", "originals": 3}, "原件3份；要带照片"),
        ({"says": "要带照片。", "originals": 0, "copies": 1}, "复印件1份；要带照片"),
        ({"says": "要带照片原件和2份复印件。", "copies": 2}, "要带照片原件和2份复印件"),
        ({"says": "要带照片。", "electronic_licence": True}, "要带照片；可用电子证照代替"),
        ({"says": "要带照片或者电子照片。", "electronic_licence": True}, "要带照片或者电子照片"),
    ],
)
def test_the_sentence_of_the_guide_tells_all_that_has_to_be_known(stated: dict[str, Any], detail: str) -> None:
    assert pack_of(guide_with({"name": "照片", **stated})).items[0].detail == detail


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

    def test_but_not_where_some_have_to_bring_it(self) -> None:
        of_children = {**PRINTED, "brings": "citizen", "when": "孩子"}
        [item] = pack_of(guide_with(PRINTED, of_children)).items
        assert not item.given_at_counter

    def test_a_pack_of_an_earlier_release_learns_it_and_nothing_is_marked_as_changed(self) -> None:
        guide = guide_with(PRINTED, CARD_ID)
        kept = pack_of(guide).model_dump(exclude={"items": {"__all__": {"given_at_counter", "when"}}})
        before = Pack.model_validate({**kept, "digest": "of an earlier release"}).ticking(["居民身份证"])
        now = renewed(before, guide)
        assert [(item.name, item.given_at_counter, item.ticked, item.change) for item in now.items] == [
            ("申领登记表", True, False, ""),
            ("居民身份证", False, True, ""),
        ]
