from __future__ import annotations

import pytest

from knowledge_base.model import Region, RegionLevel
from knowledge_base.regions import RegionTree, UnknownRegion
from tests import fakes


def region(code: str, parent: str | None) -> Region:
    return Region(code=code, name=f"{code}区", level=RegionLevel.DISTRICT, parent=parent)


def test_the_chain_runs_from_the_nation_down_to_the_place() -> None:
    assert fakes.regions().chain(fakes.WILLOW) == (fakes.NATION, fakes.PROVINCE, fakes.TOWN, fakes.EAST, fakes.WILLOW)


def test_the_chain_of_the_nation_is_the_nation() -> None:
    assert fakes.regions().chain(fakes.NATION) == (fakes.NATION,)


def test_within_holds_the_place_and_everything_below_it() -> None:
    assert set(fakes.regions().within(fakes.EAST)) == {fakes.EAST, fakes.WILLOW}


def test_an_unknown_region_is_told_as_such() -> None:
    tree = fakes.regions()
    assert "999999" not in tree and None not in tree
    with pytest.raises(UnknownRegion):
        tree.chain("999999")


def test_a_region_below_an_unknown_one_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="上级 000000 不存在"):
        RegionTree([region("990100", "000000")])


def test_regions_above_each_other_are_refused() -> None:
    with pytest.raises(UnknownRegion, match="绕成了一圈"):
        RegionTree([region("990100", "990101"), region("990101", "990100")])


def test_a_region_above_itself_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="绕成了一圈"):
        RegionTree([region("990100", "990100")])


def test_a_tree_without_regions_knows_none() -> None:
    assert list(RegionTree([])) == []
