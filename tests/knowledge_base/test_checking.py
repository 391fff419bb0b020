from __future__ import annotations

from typing import Any

import pytest

from knowledge_base.checking import (
    faults_over,
    faulty_days,
    faulty_shapes,
    names_sample_facts,
    own_place,
    unknown_sources,
)
from tests import fakes


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ({"statements": [{"id": "a"}, {"di": "b"}]}, [(("statements", 1), "每一条陈述都要有 id")]),
        ({"statements": [{"id": "a"}, {"id": "a"}]}, [(("statements", 1, "id"), "id 重复：a")]),
        ({"replace": [{"id": "a"}], "add": [{"id": "a"}]}, [(("replace", 0, "id"), "id 重复：a")]),
        ({"add": ["一句话"]}, [(("add", 0), "每一条陈述都要有 id")]),
        ({"add": [{"id": ["a"]}]}, [(("add", 0), "每一条陈述都要有 id")]),
        ({"statements": "一句话"}, [(("statements",), "应当是一个列表")]),
        ({"add": {"id": "a"}}, [(("add",), "应当是一个列表")]),
        ({"remove": "a"}, [(("remove",), "应当是 id 的列表")]),
        ({"remove": [{"id": "a"}]}, [(("remove",), "应当是 id 的列表")]),
        ({"hangs_on": [{"ask": "丢了吗"}]}, [(("hangs_on", 0, "options"), "缺少这个字段")]),
        ({"hangs_on": [{"ask": "丢了吗", "options": {"丢了": "fee"}}]}, None),
        ({"hangs_on": "丢了吗"}, None),
        (
            {"add": [{"id": "a", "effective_from": "明年"}]},
            [(("add", 0, "effective_from"), "日期应写成 2026-01-31 的样子")],
        ),
        ({"statements": [{"id": "a"}], "add": None, "replace": [], "remove": [], "hangs_on": None}, []),
        ({"add": [{"id": "a"}], "replace": [{"id": "b"}], "remove": ["c"]}, []),
    ],
)
def test_what_could_not_be_laid_over_is_found_where_it_stands(body: Any, findings: Any) -> None:
    found = list(faulty_shapes(body))
    assert found == findings if findings is not None else found


@pytest.mark.parametrize(
    "written", ["2026-02-30", "2026/01/01", "20260101", "2026-W01-1", "明年", 2026, ["2026-01-01"], "", [], False, 0]
)
def test_a_day_is_written_in_one_way(written: Any) -> None:
    found = faulty_days({"effective_from": written, "effective_to": "2026-01-31"})
    assert [place for place, _ in found] == [("effective_from",)]


def test_only_what_stands_above_can_be_replaced_or_removed_and_only_what_does_not_be_added() -> None:
    body = {"replace": [{"id": "a"}, {"id": "x"}], "remove": ["b", "y"], "add": [{"id": "c"}, {"id": "z"}]}
    found = dict(faults_over(body, {"statements": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}))
    assert set(found) == {("replace", 1, "id"), ("remove", 1), ("add", 0, "id")}
    assert "要改请写到 replace：c" in found[("add", 0, "id")]


@pytest.mark.parametrize("change", ["add", "replace", "remove"])
def test_a_whole_guide_changes_nothing(change: str) -> None:
    assert [place for place, _ in faults_over({"statements": [], change: []}, None)] == [(change,)]


def test_unknown_sources_are_found_where_they_are_named() -> None:
    body = {
        "legal_basis": ["rule#3", "decree#1", 5],
        "statements": [
            {"id": "a", "source": "rule#3"},
            {"id": "b", "source": ["rule", "rule#99"]},
            {"id": "c", "source": "hearsay"},
        ],
        "add": [{"id": "d", "source": "sample"}, {"id": "e", "source": ["unverified", None, "gossip#1"]}],
    }
    assert list(unknown_sources(body, fakes.sources())) == [
        (("legal_basis", 1), "sources 里没有：decree"),
        (("statements", 1, "source"), "rule 里没有条文 99"),
        (("statements", 2, "source"), "sources 里没有：hearsay"),
        (("add", 1, "source"), "sources 里没有：gossip"),
    ]


@pytest.mark.parametrize("source", [5, None, {"rule": 3}, [5], [], ""])
def test_a_source_of_another_kind_is_left_to_the_model(source: Any) -> None:
    faults = list(unknown_sources({"legal_basis": source, "statements": [{"id": "a", "source": source}]}, {}))
    assert not faults or source == ""


def test_sample_facts_are_found_in_every_list() -> None:
    assert names_sample_facts({"statements": [{"id": "a", "source": ["rule#3", "sample"]}]})
    assert names_sample_facts({"replace": [{"id": "a", "source": "sample"}]})
    assert not names_sample_facts({"statements": [{"id": "sample", "says": "sample", "source": "rule#3"}]})


WHOLE: Any = {"statements": [{"id": "a"}, {"id": "b"}, {"id": "c", "copies": 99}]}


class TestAPlaceInTheWholeGuide:
    @pytest.mark.parametrize("change", ["add", "replace"])
    def test_is_found_in_the_district_s_document(self, change: str) -> None:
        own = {change: [{"id": "x"}, {"id": "c", "copies": 99}]}
        assert own_place(WHOLE, own, ("statements", 2, "material", "copies")) == (change, 1, "copies")

    def test_stands_nowhere_there_if_it_was_inherited(self) -> None:
        assert own_place(WHOLE, {"add": [{"id": "b"}]}, ("statements", 2, "material", "copies")) == ()

    def test_of_the_head_is_the_same(self) -> None:
        assert own_place(WHOLE, {}, ("authority", "handled_by")) == ("authority", "handled_by")

    def test_of_all_statements_is_the_list(self) -> None:
        assert own_place(WHOLE, {}, ("statements",)) == ("statements",)
