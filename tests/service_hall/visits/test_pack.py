"""The one-trip pack: taken from the guide, ticked at home, renewed when the guide changes."""

from __future__ import annotations

from typing import Any

from knowledge_base.model import ServiceGuide
from service_hall.visits.pack import Pack, pack_of, renewed
from tests.visit_town import CARD, VisitTown

CARD_ID = {"name": "居民身份证"}
FORM = {"name": "申请表", "form": "表格", "copies": 2}


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
