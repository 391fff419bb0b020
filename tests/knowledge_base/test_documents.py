from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.documents import GuideDocument, lay_over, resolve, resolve_body
from knowledge_base.model import RegionCode, ServiceGuide
from knowledge_base.statements import Channel, Fee, Limit, Material, Where
from tests import fakes
from tests.fakes import Body, statement

DOG_DOCUMENTS = [fakes.document(body) for body in (fakes.DOG, fakes.DOG_IN_TOWN, fakes.DOG_IN_EAST, fakes.DOG_IN_WEST)]
EVERYWHERE = [fakes.NATION, fakes.PROVINCE, fakes.TOWN, fakes.EAST, fakes.WEST, fakes.WILLOW]


def dog(region: RegionCode, on: date = fakes.TODAY) -> ServiceGuide:
    guide = resolve(DOG_DOCUMENTS, fakes.regions(), region, on)
    assert guide is not None
    return guide


def place_of(guide: ServiceGuide | None) -> str:
    assert guide
    (where,) = guide.of(Where)
    return where.says


def told(guide: ServiceGuide | None) -> list[str]:
    return [each.id for each in guide.statements] if guide else []


class TestWhatARegionInherits:
    def test_the_nation_says_only_what_the_nation_says(self) -> None:
        assert [limit.basis for limit in dog(fakes.NATION).of(Limit)] == ["legal"]

    def test_a_province_without_a_document_says_what_the_nation_says(self) -> None:
        assert dog(fakes.PROVINCE).model_dump() == dog(fakes.NATION).model_dump()

    def test_what_the_town_promises_stands_beside_what_the_law_allows(self) -> None:
        assert [(limit.basis, limit.value) for limit in dog(fakes.TOWN).of(Limit)] == [("legal", 20), ("promised", 5)]

    def test_a_channel_of_the_town_joins_the_inherited_ones(self) -> None:
        assert [channel.name for channel in dog(fakes.TOWN).of(Channel)] == ["办事窗口", "溪城办事小程序"]

    def test_aliases_are_added_to_the_inherited_ones(self) -> None:
        assert dog(fakes.TOWN).aliases == ("养狗证", "狗证", "遛狗证", "溪城狗牌")

    def test_what_is_replaced_stays_in_its_place(self) -> None:
        names = [material.name for material in dog(fakes.EAST).of(Material)]
        assert names == ["居民身份证", "申请表", "狂犬疫苗接种证明"]
        form = dog(fakes.EAST).statement("form")
        assert isinstance(form, Material) and (form.copies, form.source) == (3, ("sample",))

    def test_a_removed_fee_is_gone_and_the_others_stay(self) -> None:
        assert [fee.name for fee in dog(fakes.WEST).of(Fee)] == ["登记费"]

    def test_a_street_inherits_its_district(self) -> None:
        assert place_of(dog(fakes.WILLOW)) == "东河区犬只登记点。"

    def test_a_district_does_not_see_its_neighbour(self) -> None:
        assert place_of(dog(fakes.WEST)) == "居住地的办事窗口。"

    def test_every_statement_knows_whose_document_says_it(self) -> None:
        said_by = {each.id: each.region for each in dog(fakes.EAST).statements}
        assert (said_by["fee"], said_by["town-app"], said_by["form"]) == (fakes.NATION, fakes.TOWN, fakes.EAST)

    def test_the_order_of_the_documents_does_not_matter(self) -> None:
        turned = resolve(reversed(DOG_DOCUMENTS), fakes.regions(), fakes.EAST, fakes.TODAY)
        assert turned == dog(fakes.EAST)

    def test_laying_over_leaves_the_documents_as_they_were(self) -> None:
        before = copy.deepcopy([document.body for document in DOG_DOCUMENTS])
        dog(fakes.EAST)
        assert [document.body for document in DOG_DOCUMENTS] == before

    @pytest.mark.parametrize(
        "change", [{"remove": ["no-such-thing"]}, {"replace": [statement("no-such", "note", "无", aspects=["fee"])]}]
    )
    def test_changing_what_nobody_inherits_does_nothing(self, change: Body) -> None:
        body = {"id": "dog-register", "region": fakes.WEST, **change}
        guide = resolve([fakes.document(fakes.DOG), fakes.document(body)], fakes.regions(), fakes.WEST, fakes.TODAY)
        assert told(guide) == told(dog(fakes.NATION))

    def test_what_hung_on_a_removed_statement_hangs_on_it_no_more(self) -> None:
        asked = {"ask": "要打芯片吗", "options": {"要": ["chip-fee", "fee"], "不要": ["chip-fee"]}}
        documents = [fakes.document({**fakes.DOG, "hangs_on": [asked]}), fakes.document(fakes.DOG_IN_WEST)]
        guide = resolve(documents, fakes.regions(), fakes.WEST, fakes.TODAY)
        assert guide and guide.hangs_on[0].options == {"要": ("fee",), "不要": ()}


class TestWhatIsInForce:
    def test_before_its_first_day_an_overlay_says_nothing(self) -> None:
        assert place_of(dog(fakes.EAST, on=date(2023, 12, 31))) == "居住地的办事窗口。"

    def test_on_its_first_day_an_overlay_speaks(self) -> None:
        assert place_of(dog(fakes.EAST, on=date(2024, 1, 1))) == "东河区犬只登记点。"

    def test_before_the_national_guide_there_is_none(self) -> None:
        assert resolve(DOG_DOCUMENTS, fakes.regions(), fakes.EAST, date(2019, 12, 31)) is None

    def test_the_last_day_still_counts(self) -> None:
        ending = {**fakes.DOG_IN_EAST, "effective_to": "2026-06-01"}
        documents = [fakes.document(fakes.DOG), fakes.document(ending)]
        places = [
            place_of(resolve(documents, fakes.regions(), fakes.EAST, day))
            for day in (date(2026, 6, 1), date(2026, 6, 2))
        ]
        assert places == ["东河区犬只登记点。", "居住地的办事窗口。"]

    def test_of_two_versions_the_later_speaks_from_its_first_day(self) -> None:
        later = fakes.telling(fakes.DOG, statement("summary", "summary", "新规定。"), effective_from="2026-07-01")
        documents = [fakes.document(later), fakes.document(fakes.DOG)]
        spoken = [
            guide.summary
            for day in (date(2026, 6, 30), date(2026, 7, 1))
            if (guide := resolve(documents, fakes.regions(), fakes.NATION, day))
        ]
        assert spoken == ["给狗上证由本人到窗口办理。", "新规定。"]

    def test_a_later_version_that_has_ended_gives_way_to_the_earlier(self) -> None:
        trial = fakes.telling(
            fakes.DOG,
            statement("summary", "summary", "试行。"),
            effective_from="2026-01-01",
            effective_to="2026-03-31",
        )
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

    def test_what_changes_on_a_known_day_is_two_statements(self) -> None:
        dear = statement("fee", "fee", "登记费50元。", name="登记费", amount=50, effective_to="2026-06-30")
        cheap = statement("fee-2026", "fee", "登记费30元。", name="登记费", amount=30, effective_from="2026-07-01")
        documents = [fakes.document(fakes.telling(fakes.DOG, dear, cheap, without=["chip-fee"]))]
        said = [
            [fee.says for fee in guide.of(Fee)]
            for day in (date(2026, 6, 30), date(2026, 7, 1))
            if (guide := resolve(documents, fakes.regions(), fakes.TOWN, day))
        ]
        assert said == [["登记费50元。"], ["登记费30元。"]]

    def test_a_guide_of_which_nothing_holds_that_day_is_none(self) -> None:
        """It used to break the whole library on that day."""
        later = [{**each, "effective_from": "2030-01-01"} for each in fakes.DOG["statements"]]
        documents = [fakes.document({**fakes.DOG, "statements": later})]
        assert resolve(documents, fakes.regions(), fakes.TOWN, fakes.TODAY) is None
        assert resolve(documents, fakes.regions(), fakes.TOWN, date(2030, 1, 1))

    def test_what_hangs_on_a_statement_that_has_ended_hangs_on_it_no_more(self) -> None:
        ended = statement("fee", "fee", "登记费50元。", name="登记费", amount=50, effective_to="2026-05-31")
        asked = {"ask": "是小狗吗", "options": {"是": ["fee", "chip-fee"]}}
        guide = resolve(
            [fakes.document(fakes.telling(fakes.DOG, ended, hangs_on=[asked]))],
            fakes.regions(),
            fakes.TOWN,
            fakes.TODAY,
        )
        assert guide and guide.hangs_on[0].options == {"是": ("chip-fee",)}

    def test_no_documents_make_no_guide(self) -> None:
        assert resolve([], fakes.regions(), fakes.TOWN, fakes.TODAY) is None

    @given(st.dates(), st.sampled_from(EVERYWHERE))
    def test_on_any_day_anywhere_there_is_a_whole_guide_or_none(self, on: date, region: RegionCode) -> None:
        guide = resolve(DOG_DOCUMENTS, fakes.regions(), region, on)
        assert (guide is None) == (on < date(2020, 1, 1))


IDS = ["a", "b", "c", "d", "e"]
days = st.none() | st.dates(date(2026, 5, 20), date(2026, 6, 10))


@st.composite
def dated_notes(draw: st.DrawFn, ids: Iterable[str], says: str) -> list[Body]:
    """A note for each id, some of them for some days only."""
    notes = []
    for note_id in ids:
        first, last = sorted([draw(days), draw(days)], key=lambda day: day or date.max)
        dated = {"effective_from": first, "effective_to": last} if draw(st.booleans()) else {}
        fields = {name: day.isoformat() for name, day in dated.items() if day}
        notes.append(statement(note_id, "note", f"{says}{note_id}", "sample", aspects=["fee"], **fields))
    return notes


@st.composite
def overlays(draw: st.DrawFn, region: RegionCode, above: set[str]) -> tuple[Body, set[str]]:
    """A document that changes some of what stands above, and what stands there then."""
    removed = draw(st.sets(st.sampled_from(sorted(above)))) if above else set()
    replaced = draw(st.sets(st.sampled_from(sorted(above - removed)))) if above - removed else set()
    added = {f"{region}-{name}" for name in draw(st.sets(st.sampled_from(IDS), max_size=2))}
    body: Body = {
        "id": "dog-register",
        "region": region,
        "remove": sorted(removed),
        "replace": draw(dated_notes(sorted(replaced), region)),
        "add": draw(dated_notes(sorted(added), region)),
    }
    return body, (above - removed) | added


@st.composite
def families(draw: st.DrawFn) -> list[GuideDocument]:
    """A national guide with overlays of the town and of one of its districts."""
    national = {**fakes.DOG, "statements": draw(dated_notes(IDS, "全国"))}
    town, there = draw(overlays(fakes.TOWN, set(IDS)))
    east, _ = draw(overlays(fakes.EAST, there))
    return [fakes.document(body) for body in (national, town, east)]


def holds(note: Body, on: date) -> bool:
    return str(note.get("effective_from", "0000")) <= on.isoformat() <= str(note.get("effective_to", "9999"))


class TestAnyOverlay:
    @given(families(), st.dates(date(2026, 5, 15), date(2026, 6, 15)), st.sampled_from(EVERYWHERE))
    def test_leaves_everything_that_it_does_not_name(
        self, family: list[GuideDocument], on: date, region: RegionCode
    ) -> None:
        """What no document on the way down names is told there word for word, on each day on which it holds."""
        chain = [each for each in family[1:] if each.region in fakes.regions().chain(region)]
        named = {
            name
            for each in chain
            for name in (*each.body["remove"], *(changed["id"] for changed in each.body["replace"]))
        }
        guide = resolve(family, fakes.regions(), region, on)
        said = {each.id: each.says for each in guide.statements} if guide else {}
        for note in family[0].body["statements"]:
            if note["id"] not in named and holds(note, on):
                assert said.get(note["id"]) == note["says"]

    @given(families(), st.dates(date(2026, 5, 15), date(2026, 6, 15)), st.sampled_from(EVERYWHERE))
    def test_tells_nothing_that_does_not_hold_that_day(
        self, family: list[GuideDocument], on: date, region: RegionCode
    ) -> None:
        guide = resolve(family, fakes.regions(), region, on)
        assert all(each.is_in_force(on) for each in (guide.statements if guide else ()))

    @given(families(), st.dates(date(2026, 5, 15), date(2026, 6, 15)))
    def test_does_what_it_says(self, family: list[GuideDocument], on: date) -> None:
        town = family[1].body
        guide = resolve(family[:2], fakes.regions(), fakes.TOWN, on)
        said = {each.id: each.says for each in guide.statements} if guide else {}
        assert not said.keys() & set(town["remove"])
        for note in (*town["replace"], *town["add"]):
            assert (said.get(note["id"]) == note["says"]) == holds(note, on)

    @given(families(), st.sampled_from(EVERYWHERE))
    def test_can_only_change_on_the_days_that_it_names(self, family: list[GuideDocument], region: RegionCode) -> None:
        """Nothing is told or dropped overnight but where a statement begins or has ended."""
        notes = [
            note for each in family for name in ("statements", "add", "replace") for note in each.body.get(name, ())
        ]
        turns = {date.fromisoformat(note["effective_from"]) for note in notes if "effective_from" in note}
        turns |= {date.fromisoformat(note["effective_to"]) + timedelta(1) for note in notes if "effective_to" in note}
        for turn in range(26):
            today = date(2026, 5, 18) + timedelta(turn)
            if today not in turns:
                before = resolve(family, fakes.regions(), region, today - timedelta(1))
                assert told(before) == told(resolve(family, fakes.regions(), region, today))


def over(inherited: Body, **own: Any) -> Body:
    return lay_over(inherited, GuideDocument("dog-register", fakes.TOWN, own))


bodies: st.SearchStrategy[Body] = st.fixed_dictionaries(
    {"statements": st.just([])},
    optional={
        "name": st.text(max_size=3),
        "aliases": st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=3),
        "related": st.lists(st.sampled_from("甲乙丙丁"), max_size=3),
        "authority": st.dictionaries(st.sampled_from("甲乙丙丁"), st.text(max_size=3), max_size=3),
        "result": st.none() | st.dictionaries(st.sampled_from("甲乙丙丁"), st.text(max_size=2), max_size=2),
    },
)


class TestTheHeadOfAGuide:
    @given(bodies, bodies)
    def test_laying_the_same_over_twice_changes_nothing_more(self, inherited: Body, own: Body) -> None:
        once = over(inherited, **own)
        assert over(once, **own) == once

    @given(bodies)
    def test_laying_nothing_over_changes_nothing(self, inherited: Body) -> None:
        assert over(inherited) == inherited

    @given(bodies, bodies)
    def test_neither_body_is_touched(self, inherited: Body, own: Body) -> None:
        before = copy.deepcopy((inherited, own))
        over(inherited, **own)
        assert (inherited, own) == before

    @pytest.mark.parametrize("value", [None, "公安局", 5, []])
    def test_a_value_of_another_kind_replaces_the_inherited_one(self, value: Any) -> None:
        above = {"authority": {"implementing_body": "公安局"}, "aliases": "狗证"}
        whole = over(above, authority=value, aliases=value)
        assert (whole["authority"], whole["aliases"]) == (value, value)

    def test_plain_lists_are_replaced_and_not_mixed(self) -> None:
        whole = over({"related": ["a"], "audience": ["1"]}, related=["b"])
        assert (whole["related"], whole["audience"]) == (["b"], ["1"])

    def test_mappings_merge_key_by_key(self) -> None:
        whole = over(
            {"authority": {"implementing_body": "公安局", "handled_by": "派出所"}}, authority={"handled_by": "大厅"}
        )
        assert whole["authority"] == {"implementing_body": "公安局", "handled_by": "大厅"}


def test_resolve_body_tells_no_more_than_the_documents() -> None:
    body = resolve_body(DOG_DOCUMENTS[:1], fakes.regions(), fakes.EAST, fakes.TODAY)
    assert body == {**fakes.DOG, "statements": [{**each, "region": fakes.NATION} for each in fakes.DOG["statements"]]}
