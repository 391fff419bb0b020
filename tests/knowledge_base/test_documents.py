from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.documents import lay_over, resolve, resolve_body
from knowledge_base.model import RegionCode, ServiceGuide
from tests import fakes

DOG_DOCUMENTS = [fakes.document(body) for body in (fakes.DOG, fakes.DOG_IN_TOWN, fakes.DOG_IN_EAST, fakes.DOG_IN_WEST)]


def dog(region: RegionCode, on: date = fakes.TODAY) -> ServiceGuide:
    guide = resolve(DOG_DOCUMENTS, fakes.regions(), region, on)
    assert guide is not None
    return guide


class TestWhatARegionInherits:
    def test_the_nation_says_only_what_the_nation_says(self) -> None:
        assert dog(fakes.NATION).time_limit.promised is None

    def test_a_province_without_a_document_says_what_the_nation_says(self) -> None:
        assert dog(fakes.PROVINCE).model_dump() == dog(fakes.NATION).model_dump()

    def test_mappings_merge_key_by_key(self) -> None:
        limit = dog(fakes.TOWN).time_limit
        assert limit.legal and limit.promised and (limit.legal.value, limit.promised.value) == (20, 5)

    def test_a_channel_of_another_kind_joins_the_inherited_ones(self) -> None:
        assert [channel.name for channel in dog(fakes.TOWN).channels] == ["办事窗口", "溪城办事小程序"]

    def test_aliases_are_added_to_the_inherited_ones(self) -> None:
        assert dog(fakes.TOWN).aliases == ("养狗证", "狗证", "遛狗证", "溪城狗牌")

    def test_a_material_of_the_same_name_keeps_what_the_district_does_not_restate(self) -> None:
        form = next(material for material in dog(fakes.EAST).materials if material.name == "申请表")
        assert (form.copies, form.form, form.source) == (3, "表格", "rule")

    def test_a_new_material_comes_after_the_inherited_ones(self) -> None:
        assert [material.name for material in dog(fakes.EAST).materials] == ["居民身份证", "申请表", "狂犬疫苗接种证明"]

    def test_a_dropped_fee_is_gone_and_the_others_stay(self) -> None:
        assert [fee.name for fee in dog(fakes.WEST).fees.items] == ["登记费"]

    def test_a_street_inherits_its_district(self) -> None:
        assert dog(fakes.WILLOW).where.text == "东河区犬只登记点。"

    def test_a_district_does_not_see_its_neighbour(self) -> None:
        assert dog(fakes.WEST).where.text == "居住地的办事窗口。"

    def test_the_order_of_the_documents_does_not_matter(self) -> None:
        turned = resolve(reversed(DOG_DOCUMENTS), fakes.regions(), fakes.EAST, fakes.TODAY)
        assert turned == dog(fakes.EAST)

    def test_laying_over_leaves_the_documents_as_they_were(self) -> None:
        before = copy.deepcopy([document.body for document in DOG_DOCUMENTS])
        dog(fakes.EAST)
        assert [document.body for document in DOG_DOCUMENTS] == before

    def test_dropping_what_nobody_inherits_does_nothing(self) -> None:
        body = {**fakes.DOG_IN_WEST, "materials": [{"name": "房产证", "drop": True}]}
        guide = resolve([fakes.document(fakes.DOG), fakes.document(body)], fakes.regions(), fakes.WEST, fakes.TODAY)
        assert guide and len(guide.materials) == 2


class TestWhatIsInForce:
    def test_before_its_first_day_an_overlay_says_nothing(self) -> None:
        assert dog(fakes.EAST, on=date(2023, 12, 31)).where.text == "居住地的办事窗口。"

    def test_on_its_first_day_an_overlay_speaks(self) -> None:
        assert dog(fakes.EAST, on=date(2024, 1, 1)).where.text == "东河区犬只登记点。"

    def test_before_the_national_guide_there_is_none(self) -> None:
        assert resolve(DOG_DOCUMENTS, fakes.regions(), fakes.EAST, date(2019, 12, 31)) is None

    def test_the_last_day_still_counts(self) -> None:
        ending = {**fakes.DOG_IN_EAST, "effective_to": "2026-06-01"}
        documents = [fakes.document(fakes.DOG), fakes.document(ending)]
        places = [
            guide.where.text
            for day in (date(2026, 6, 1), date(2026, 6, 2))
            if (guide := resolve(documents, fakes.regions(), fakes.EAST, day))
        ]
        assert places == ["东河区犬只登记点。", "居住地的办事窗口。"]

    def test_of_two_versions_the_later_speaks_from_its_first_day(self) -> None:
        later = {**fakes.DOG, "effective_from": "2026-07-01", "summary": "新规定。"}
        documents = [fakes.document(later), fakes.document(fakes.DOG)]
        spoken = [
            guide.summary
            for day in (date(2026, 6, 30), date(2026, 7, 1))
            if (guide := resolve(documents, fakes.regions(), fakes.NATION, day))
        ]
        assert spoken == ["给狗上证由本人到窗口办理。", "新规定。"]

    def test_a_later_version_that_has_ended_gives_way_to_the_earlier(self) -> None:
        trial = {**fakes.DOG, "effective_from": "2026-01-01", "effective_to": "2026-03-31", "summary": "试行。"}
        guide = resolve([fakes.document(fakes.DOG), fakes.document(trial)], fakes.regions(), fakes.TOWN, fakes.TODAY)
        assert guide and guide.summary == "给狗上证由本人到窗口办理。"

    def test_an_overlay_says_nothing_once_the_national_guide_has_ended(self) -> None:
        """An overlay with materials used to be taken for a whole guide, and broke the whole library."""
        ended = {**fakes.DOG, "effective_to": "2025-12-31"}
        documents = [fakes.document(ended), fakes.document(fakes.DOG_IN_EAST)]
        assert resolve(documents, fakes.regions(), fakes.EAST, fakes.TODAY) is None

    def test_a_whole_local_guide_needs_nothing_above_it(self) -> None:
        local = {**fakes.DOG, "region": fakes.TOWN}
        assert resolve([fakes.document(local)], fakes.regions(), fakes.EAST, fakes.TODAY)
        assert resolve([fakes.document(local)], fakes.regions(), fakes.PROVINCE, fakes.TODAY) is None

    def test_no_documents_make_no_guide(self) -> None:
        assert resolve([], fakes.regions(), fakes.TOWN, fakes.TODAY) is None

    @given(
        st.dates(), st.sampled_from([fakes.NATION, fakes.PROVINCE, fakes.TOWN, fakes.EAST, fakes.WEST, fakes.WILLOW])
    )
    def test_on_any_day_anywhere_there_is_a_whole_guide_or_none(self, on: date, region: RegionCode) -> None:
        guide = resolve(DOG_DOCUMENTS, fakes.regions(), region, on)
        assert (guide is None) == (on < date(2020, 1, 1))


names = st.sampled_from(["甲", "乙", "丙", "丁"])


def keyed(key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.fixed_dictionaries({key: names}, optional={"note": st.text(max_size=3), "drop": st.booleans()})
    return st.lists(entry, max_size=4, unique_by=lambda each: each[key])


bodies = st.fixed_dictionaries(
    {},
    optional={
        "summary": st.text(max_size=3),
        "materials": keyed("name"),
        "sources": keyed("id"),
        "faq": keyed("question"),
        "aliases": st.lists(names, unique=True, max_size=3),
        "questions": st.lists(names, unique=True, max_size=3),
        "steps": st.lists(names, max_size=3),
        "related": st.lists(names, max_size=3),
        "fees": st.fixed_dictionaries({}, optional={"items": keyed("name"), "note": st.text(max_size=3)}),
        "contact": st.none() | st.dictionaries(names, st.text(max_size=2), max_size=2),
    },
)


class TestLayingOver:
    @given(bodies, bodies)
    def test_laying_the_same_over_twice_changes_nothing_more(
        self, inherited: dict[str, Any], own: dict[str, Any]
    ) -> None:
        once = lay_over(inherited, own)
        assert lay_over(once, own) == once

    @given(bodies)
    def test_laying_nothing_over_changes_nothing(self, inherited: dict[str, Any]) -> None:
        assert lay_over(inherited, {}) == inherited

    @given(bodies, bodies)
    def test_neither_body_is_touched(self, inherited: dict[str, Any], own: dict[str, Any]) -> None:
        before = copy.deepcopy((inherited, own))
        lay_over(inherited, own)
        assert (inherited, own) == before

    @given(bodies, bodies)
    def test_nothing_that_was_dropped_remains(self, inherited: dict[str, Any], own: dict[str, Any]) -> None:
        dropped = {each["name"] for each in own.get("materials", []) if each.get("drop")}
        whole = lay_over(lay_over({}, inherited), own)
        assert not dropped & {each["name"] for each in whole.get("materials", [])}

    @pytest.mark.parametrize("value", [None, "免费", 5, []])
    def test_a_value_of_another_kind_replaces_the_inherited_one(self, value: Any) -> None:
        assert lay_over({"steps": [{"title": "申请"}], "fees": {"charged": True}}, {"steps": value, "fees": value}) == {
            "steps": value,
            "fees": value,
        }

    def test_plain_lists_are_replaced_and_not_mixed(self) -> None:
        assert lay_over({"related": ["a"], "audience": ["1"]}, {"related": ["b"]}) == {
            "related": ["b"],
            "audience": ["1"],
        }


def test_resolve_body_tells_no_more_than_the_documents() -> None:
    assert resolve_body(DOG_DOCUMENTS[:1], fakes.regions(), fakes.EAST, fakes.TODAY) == fakes.DOG
