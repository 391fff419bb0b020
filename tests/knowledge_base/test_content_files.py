from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.content_files import Content, Fault, load_content
from knowledge_base.documents import resolve
from tests import fakes
from tests.fakes import statement, telling

Files = Mapping[str, str | Mapping[str, Any]]

REGIONS = [
    {
        "code": each.code,
        "name": each.name,
        "level": each.level.value,
        **({"parent": each.parent} if each.parent else {}),
    }
    for each in fakes.regions()
]
CATALOGUE = "id,name,theme,audience,also_called\n" + "".join(
    f"{item.id},{item.name},{item.theme},{item.audience},{';'.join(item.also_called)}\n" for item in fakes.catalogue()
)
SOURCES = {name: source.model_dump(mode="json", exclude_none=True) for name, source in fakes.sources().items()}
OFFICE = {
    "id": "town-hall", "name": "溪城市政务服务中心", "region": fakes.TOWN, "address": "溪城路1号", "phone": "0888-1000",
    "location": {"lat": 30.0, "lon": 110.0}, "guides": ["dog-register"],
    "opening_hours": [{"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"}],
}  # fmt: skip


class _Spelt(yaml.SafeDumper):
    """Writes everything out: the house's files know no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def but(body: Mapping[str, Any], without: str = "", **stated: Any) -> dict[str, Any]:
    """The body with something stated otherwise, or left out."""
    changed = {**copy.deepcopy(dict(body)), **stated}
    changed.pop(without, None)
    return changed


def as_yaml(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Spelt, allow_unicode=True, sort_keys=False)
    return text


def load(
    folder: Path,
    guides: Files,
    *,
    regions: Any = REGIONS,
    offices: Any = (OFFICE,),
    catalogue: str | bytes = CATALOGUE,
    sources: Mapping[str, Any] = SOURCES,
) -> Content:
    (folder / "offices").mkdir(exist_ok=True)
    (folder / "regions.yml").write_text(as_yaml({"regions": regions}), "utf-8")
    (folder / "offices" / "town.yml").write_text(
        as_yaml({"offices": list(offices) if isinstance(offices, tuple) else offices}), "utf-8"
    )
    (folder / "catalogue.csv").write_bytes(catalogue if isinstance(catalogue, bytes) else catalogue.encode())
    files = {f"guides/{name}": body for name, body in guides.items()}
    files |= {f"sources/{name}.yml": body for name, body in sources.items()}
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body if isinstance(body, str) else as_yaml(body), "utf-8")
    return load_content(folder)


def line_of(folder: Path, fault: Fault) -> str:
    return (folder / fault.file).read_text("utf-8").splitlines()[fault.line - 1]


DOG = {"pets/dog-register.yml": fakes.DOG}
DOGS = {
    **DOG,
    "pets/dog-register.880100.yml": fakes.DOG_IN_TOWN,
    "pets/dog-register.880101.yml": fakes.DOG_IN_EAST,
    "pets/dog-register.880102.yml": fakes.DOG_IN_WEST,
}
EAST = "pets/dog-register.880101.yml"


def test_faultless_content_loads_whole(tmp_path: Path) -> None:
    content = load(tmp_path, {**DOGS, "street/night-stall.yml": fakes.STALL})
    assert content.faults == ()
    assert {guide: len(documents) for guide, documents in content.documents.items()} == {
        "dog-register": 4,
        "night-stall": 1,
    }
    assert content.documents["dog-register"][0].region == fakes.NATION
    assert [office.id for office in content.offices] == ["town-hall"] and len(content.catalogue) == 6
    assert content.sources == fakes.sources()


def test_no_guides_at_all_is_no_fault(tmp_path: Path) -> None:
    assert load(tmp_path, {}).faults == ()


class TestAFaultyGuide:
    def test_is_told_with_file_line_and_field(self, tmp_path: Path) -> None:
        content = load(tmp_path, {"pets/dog-register.yml": but(fakes.DOG, case_type="7")})
        (fault,) = content.faults
        assert (fault.file, fault.field) == ("guides/pets/dog-register.yml", "case_type")
        assert line_of(tmp_path, fault) == "case_type: '7'"
        assert str(fault).startswith(f"guides/pets/dog-register.yml:{fault.line}: case_type: ")

    def test_loads_nothing_while_its_neighbours_load(self, tmp_path: Path) -> None:
        content = load(
            tmp_path, {**DOGS, EAST: but(fakes.DOG_IN_EAST, ownre={}), "street/night-stall.yml": fakes.STALL}
        )
        assert set(content.documents) == {"night-stall"}
        assert [(fault.file, fault.field) for fault in content.faults] == [(f"guides/{EAST}", "ownre")]

    def test_tells_all_its_faults_at_once(self, tmp_path: Path) -> None:
        body = but(fakes.DOG, without="short_name", item_type="99", audience=[])
        content = load(tmp_path, {"pets/dog-register.yml": body})
        assert {fault.field for fault in content.faults} == {"short_name", "item_type", "audience"}

    def test_a_missing_field_is_told_in_plain_words(self, tmp_path: Path) -> None:
        (fault,) = load(tmp_path, {"pets/dog-register.yml": but(fakes.DOG, without="short_name")}).faults
        assert fault.message == "缺少这个字段"

    def test_a_missing_first_day_is_a_fault_and_no_crash(self, tmp_path: Path) -> None:
        content = load(tmp_path, {"pets/dog-register.yml": but(fakes.DOG, without="effective_from")})
        assert [fault.field for fault in content.faults] == ["effective_from"] and not content.documents

    def test_a_fault_of_a_statement_is_shown_on_its_own_line(self, tmp_path: Path) -> None:
        body = telling(fakes.DOG, statement("fee", "fee", "登记费50元。", name="登记费", amount="很多"))
        (fault,) = load(tmp_path, {"pets/dog-register.yml": body}).faults
        assert fault.field == "statements.7.amount" and "很多" in line_of(tmp_path, fault)

    @pytest.mark.parametrize(
        ("body", "field", "message"),
        [
            (statement("fee", "gossip", "登记费50元。"), "statements.7", "没有这个种类（kind）：gossip"),
            ({"id": "fee", "says": "登记费50元。", "source": "rule#3"}, "statements.7", "要写明种类（kind）"),
            (statement("fee", "note", "长" * 161, aspects=["fee"]), "statements.7.says", "太长，最多160个字"),
        ],
    )
    def test_what_a_statement_lacks_is_told_in_plain_words(
        self, tmp_path: Path, body: dict[str, Any], field: str, message: str
    ) -> None:
        (fault,) = load(tmp_path, {"pets/dog-register.yml": telling(fakes.DOG, body)}).faults
        assert (fault.field, fault.message) == (field, message)
        assert "fee" in line_of(tmp_path, fault) or "长" in line_of(tmp_path, fault)

    @pytest.mark.parametrize(
        ("source", "message"), [("hearsay#1", "sources 里没有：hearsay"), ("rule#99", "rule 里没有条文 99")]
    )
    def test_an_unknown_source_is_shown_where_it_is_named(self, tmp_path: Path, source: str, message: str) -> None:
        body = telling(fakes.DOG, statement("place", "place", "窗口。", source))
        (fault,) = load(tmp_path, {"pets/dog-register.yml": body}).faults
        assert (fault.field, fault.message) == ("statements.11.source", message)
        assert source in line_of(tmp_path, fault)

    def test_a_fault_in_an_overlay_is_shown_in_the_overlay(self, tmp_path: Path) -> None:
        vaccine = statement("vaccine", "material", "要带疫苗证明。", "sample", name="疫苗证明", copies=99)
        (fault,) = load(tmp_path, {**DOGS, EAST: but(fakes.DOG_IN_EAST, add=[vaccine])}).faults
        assert (fault.file, fault.field) == (f"guides/{EAST}", "add.0.copies")
        assert "99" in line_of(tmp_path, fault)

    def test_that_is_no_yaml_is_told_with_its_line(self, tmp_path: Path) -> None:
        (fault,) = load(tmp_path, {"pets/dog-register.yml": "id: dog-register\nname: [\n"}).faults
        assert fault.line == 3 and "（整个文件）" in str(fault)

    @pytest.mark.parametrize("text", ["", "- 一个列表\n", "只有一句话\n", "5\n"])
    def test_that_is_no_mapping_is_told(self, tmp_path: Path, text: str) -> None:
        content = load(tmp_path, {"pets/dog-register.yml": text})
        assert [fault.message for fault in content.faults] == ["文件应当是一组“字段: 值”"] and not content.documents

    def test_a_field_that_stands_twice_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, {"pets/dog-register.yml": as_yaml(fakes.DOG) + "name: 又一个\n"})
        assert "重复出现" in content.faults[0].message and not content.documents

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("id", "cat-register", "应与文件名一致：dog-register"),
            ("id", 5, "应与文件名一致：dog-register"),
            ("region", "999999", "没有这个区划：999999"),
            ("region", 880100, "要加引号"),
            ("region", None, "要加引号"),
            ("region", ["000000"], "要加引号"),
            ("name", "养狗登记", "应与目录一致：犬只登记"),
            ("effective_from", "2026/01/01", "日期应写成"),
            ("effective_from", "2026-02-30", "日期应写成"),
            ("effective_to", "明年", "日期应写成"),
            ("effective_to", "2019-01-01", "失效日期早于生效日期"),
        ],
    )
    def test_what_it_says_of_itself_must_hold(self, tmp_path: Path, field: str, value: Any, message: str) -> None:
        content = load(tmp_path, {"pets/dog-register.yml": but(fakes.DOG, **{field: value})})
        assert [fault.field for fault in content.faults] == [field]
        assert message in content.faults[0].message and not content.documents

    def test_an_item_outside_the_catalogue_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, {"pets/cat-register.yml": but(fakes.DOG, id="cat-register")})
        assert [fault.message for fault in content.faults] == ["目录里没有 cat-register"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("statements", [statement("a", "note", "一句话。", aspects=["fee"]), "又一句话"]),
            ("statements", [{"kind": "note", "says": "没有编号。"}]),
            ("statements", {"a": "一句话"}),
            ("statements", [statement("a", "place", "窗口。"), statement("a", "place", "又一个窗口。")]),
            ("statements", [statement("a", "place", "窗口。", effective_to="明年")]),
            ("hangs_on", [{"ask": "丢了吗"}]),
        ],
    )
    def test_what_cannot_be_laid_over_is_told_before_it_is(self, tmp_path: Path, field: str, value: Any) -> None:
        content = load(tmp_path, {**DOGS, "pets/dog-register.yml": but(fakes.DOG, **{field: value})})
        assert content.faults and all(fault.field.startswith(field) for fault in content.faults)
        assert not content.documents

    def test_a_national_guide_may_not_hold_facts_of_the_sample_city(self, tmp_path: Path) -> None:
        body = telling(fakes.DOG, statement("place", "place", "窗口。", "sample"))
        content = load(tmp_path, {"pets/dog-register.yml": body})
        assert "示例数据" in content.faults[0].message and not content.documents

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    @given(
        st.sampled_from([*fakes.DOG, "add", "replace", "remove", "hangs_on", "neighbours", "related"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "甲", "rule#3", "2026-01-01"]),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "kind", "ask"]), inner),
            max_leaves=4,
        ),
        st.booleans(),
    )
    def test_whatever_stands_in_a_field_the_neighbours_load(
        self, tmp_path: Path, field: str, value: Any, in_overlay: bool
    ) -> None:
        spoilt = but(fakes.DOG_IN_EAST if in_overlay else fakes.DOG, **{field: value})
        files = {**DOGS, EAST if in_overlay else "pets/dog-register.yml": spoilt, "street/night-stall.yml": fakes.STALL}
        content = load(tmp_path, files)
        assert "night-stall" in content.documents
        assert "dog-register" in content.documents or content.faults


class TestDocumentsOfOneGuide:
    def test_an_overlay_without_a_guide_above_is_told(self, tmp_path: Path) -> None:
        (fault,) = load(tmp_path, {EAST: fakes.DOG_IN_EAST}).faults
        assert "没有可以继承的上级指南" in fault.message

    def test_an_overlay_that_is_older_than_the_guide_waits_for_it(self, tmp_path: Path) -> None:
        content = load(tmp_path, {**DOG, EAST: but(fakes.DOG_IN_EAST, effective_from="2010-01-01")})
        assert content.faults == () and "dog-register" in content.documents

    def test_an_overlay_without_a_day_of_its_own_begins_with_the_guide(self, tmp_path: Path) -> None:
        content = load(tmp_path, {**DOG, EAST: but(fakes.DOG_IN_EAST, without="effective_from")})
        assert content.faults == ()

    def test_two_versions_stand_side_by_side(self, tmp_path: Path) -> None:
        content = load(tmp_path, {**DOG, "pets/dog-register.2030.yml": but(fakes.DOG, effective_from="2030-01-01")})
        assert content.faults == () and len(content.documents["dog-register"]) == 2

    def test_two_documents_of_one_region_and_day_contradict_each_other(self, tmp_path: Path) -> None:
        content = load(tmp_path, {**DOG, "animals/dog-register.yml": fakes.DOG})
        assert [fault.field for fault in content.faults] == ["effective_from"] and not content.documents

    def test_a_later_version_that_breaks_an_overlay_is_told_now_and_not_on_that_day(self, tmp_path: Path) -> None:
        later = telling(fakes.DOG, without=["form"], effective_from="2030-01-01")
        content = load(tmp_path, {**DOGS, "pets/dog-register.2030.yml": later})
        (fault,) = content.faults
        assert fault.file == f"guides/{EAST}" and fault.field == "replace.0.id"
        assert fault.message == "上级指南里没有这条陈述：form（从 2030-01-01 起）" and not content.documents

    @pytest.mark.parametrize(
        ("change", "field", "message"),
        [
            ({"remove": ["no-such-thing"]}, "remove.0", "上级指南里没有这条陈述：no-such-thing"),
            ({"replace": [statement("no-such", "place", "窗口。", "sample")]}, "replace.0.id", "没有这条陈述：no-such"),
            ({"add": [statement("fee", "place", "窗口。", "sample")]}, "add.0.id", "要改请写到 replace：fee"),
        ],
    )
    def test_an_overlay_changes_only_what_it_inherits(
        self, tmp_path: Path, change: dict[str, Any], field: str, message: str
    ) -> None:
        overlay = {"id": "dog-register", "region": fakes.EAST, **change}
        (fault,) = load(tmp_path, {**DOG, EAST: overlay}).faults
        assert (fault.file, fault.field) == (f"guides/{EAST}", field) and message in fault.message

    def test_a_district_may_change_what_its_city_added(self, tmp_path: Path) -> None:
        promise = statement("town-promise", "limit", "3个工作日。", "sample", basis="promised", value=3, unit="工作日")
        content = load(tmp_path, {**DOGS, EAST: but(fakes.DOG_IN_EAST, replace=[promise])})
        assert content.faults == ()

    def test_a_whole_guide_says_what_it_says_in_its_statements(self, tmp_path: Path) -> None:
        (fault,) = load(tmp_path, {"pets/dog-register.yml": but(fakes.DOG, remove=["fee"])}).faults
        assert (fault.field, fault.message) == ("remove", "全国指南的内容都写在 statements 里")

    def test_a_guide_that_has_ended_leaves_no_whole_guide_and_no_crash(self, tmp_path: Path) -> None:
        content = load(tmp_path, {**DOGS, "pets/dog-register.yml": but(fakes.DOG, effective_to="2025-12-31")})
        assert content.faults == ()
        assert resolve(content.documents["dog-register"], content.regions, fakes.EAST, fakes.TODAY) is None


class TestSources:
    def test_a_source_is_named_like_its_file(self, tmp_path: Path) -> None:
        content = load(tmp_path, {}, sources={"law": SOURCES["rule"]})
        (fault,) = content.faults
        assert (fault.file, fault.field, fault.message) == ("sources/law.yml", "id", "应与文件名一致：law")
        assert not content.sources

    def test_a_faulty_source_is_told_with_its_line_and_takes_only_its_guides_with_it(self, tmp_path: Path) -> None:
        spoilt = {**SOURCES, "fee-rule": {**SOURCES["fee-rule"], "kind": "gossip"}}
        guides = {"books/library-card-lost.yml": fakes.CARD_LOST, "street/night-stall.yml": fakes.STALL}
        content = load(tmp_path, guides, sources=spoilt)
        assert content.faults[0].field == "kind" and "gossip" in line_of(tmp_path, content.faults[0])
        assert {fault.message for fault in content.faults[1:]} == {"sources 里没有：fee-rule"}
        assert set(content.documents) == {"night-stall"} and set(content.sources) == {"rule"}

    def test_a_text_that_was_read_nowhere_is_told(self, tmp_path: Path) -> None:
        unread = {**SOURCES["rule"], "articles": {"3": {"text": "应当。", "hold": "read"}}}
        (fault,) = load(tmp_path, {}, sources={"rule": unread}).faults
        assert fault.field == "articles.3" and "要写明地址" in fault.message

    def test_a_source_that_is_no_mapping_is_told(self, tmp_path: Path) -> None:
        assert [fault.message for fault in load(tmp_path, {}, sources={"rule": "- 一个列表\n"}).faults] == [
            "文件应当是一组“字段: 值”"
        ]


class TestOtherFiles:
    def test_an_office_with_an_unknown_guide_is_told_and_left_out(self, tmp_path: Path) -> None:
        content = load(tmp_path, DOG, offices=(OFFICE, {**OFFICE, "id": "other", "guides": ["cat-register"]}))
        assert [office.id for office in content.offices] == ["town-hall"]
        (fault,) = content.faults
        assert fault.field == "guides" and "cat-register" in fault.message and fault.line > 1

    def test_behind_a_faulty_office_the_lines_are_still_right(self, tmp_path: Path) -> None:
        offices = ({**OFFICE, "phone": ""}, {**OFFICE, "id": "other", "region": "999999"})
        content = load(tmp_path, DOG, offices=offices)
        assert [fault.field for fault in content.faults] == ["offices.0.phone", "region"]
        assert "999999" in line_of(tmp_path, content.faults[1])

    def test_an_office_in_an_unknown_region_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, DOG, offices=({**OFFICE, "region": "999999"},))
        assert [fault.field for fault in content.faults] == ["region"] and not content.offices

    def test_a_fault_in_a_line_of_counters_is_shown_on_that_line(self, tmp_path: Path) -> None:
        line = {"id": "dogs", "name": "犬只", "letter": "A", "counters": ["1", "2"], "guides": ["dog-register"]}
        lines = [{**line, "minutes": 20, "slot_minutes": 45}]
        (fault,) = load(tmp_path, DOG, offices=({**OFFICE, "lines": lines},)).faults
        assert fault.field == "offices.0.lines.0.slot_minutes" and "45" in line_of(tmp_path, fault)
        assert fault.message.startswith("时段长度只能是15")

    def test_an_office_whose_items_stand_in_no_line_is_told_and_left_out(self, tmp_path: Path) -> None:
        line = {"id": "dogs", "name": "犬只", "letter": "A", "counters": ["1"], "guides": ["cat-register"]}
        lines = [{**line, "minutes": 10, "slot_minutes": 30}]
        content = load(tmp_path, DOG, offices=({**OFFICE, "lines": lines},))
        assert [fault.message for fault in content.faults] == ["这些事项没有放进任何业务线：dog-register"]
        assert not content.offices

    @pytest.mark.parametrize("offices", [5, "大厅", {"town-hall": {}}])
    def test_offices_that_are_no_list_are_told(self, tmp_path: Path, offices: Any) -> None:
        content = load(tmp_path, DOG, offices=offices)
        assert [fault.message for fault in content.faults] == ["应当是一个列表"]

    def test_a_region_below_an_unknown_one_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, {}, regions=REGIONS[1:], offices=())
        assert [(fault.file, fault.field) for fault in content.faults] == [("regions.yml", "parent")]

    def test_a_row_of_the_catalogue_with_a_bad_id_is_told_with_its_line(self, tmp_path: Path) -> None:
        content = load(tmp_path, DOG, catalogue=CATALOGUE + "Bad Id,坏编号,示范,个人,\n")
        assert [(fault.file, fault.line, fault.field) for fault in content.faults] == [("catalogue.csv", 8, "id")]

    @pytest.mark.parametrize("row", ["only-id", "a,b,c,d,e,f"])
    def test_a_row_of_the_catalogue_with_too_few_or_too_many_columns_is_told(self, tmp_path: Path, row: str) -> None:
        content = load(tmp_path, DOG, catalogue=CATALOGUE + row + "\n")
        assert {fault.line for fault in content.faults} == {8} and len(content.catalogue) == 6

    def test_a_catalogue_without_a_column_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, {}, offices=(), catalogue="id,name\na-b,甲\n")
        assert {fault.field for fault in content.faults} == {"theme", "audience"}

    def test_a_catalogue_from_a_spreadsheet_may_begin_with_a_mark(self, tmp_path: Path) -> None:
        assert load(tmp_path, DOG, catalogue="\ufeff" + CATALOGUE).faults == ()

    def test_a_catalogue_in_another_encoding_is_told(self, tmp_path: Path) -> None:
        content = load(tmp_path, {}, offices=(), catalogue=CATALOGUE.encode("gbk"))
        assert [fault.message for fault in content.faults] == ["文件不是 UTF-8 编码"]
