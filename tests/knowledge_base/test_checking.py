from __future__ import annotations

from typing import Any

from knowledge_base.checking import faulty_lists, names_sample_facts, own_place, undeclared_sources


def test_every_entry_of_a_keyed_list_needs_its_key() -> None:
    body = {"fees": {"items": [{"name": "登记费"}, {"nmae": "芯片费"}]}}
    assert list(faulty_lists(body)) == [(("fees", "items", 1), "每一项都要有 name")]


def test_a_key_stands_once_in_a_list() -> None:
    body = {"materials": [{"name": "照片"}, {"name": "照片"}]}
    assert list(faulty_lists(body)) == [(("materials", 1, "name"), "name 重复：照片")]


def test_lists_of_plain_words_need_no_key() -> None:
    assert list(faulty_lists({"proxy": {"materials": ["委托书", "委托书"]}})) == []


def test_an_entry_that_is_no_mapping_among_mappings_is_found() -> None:
    assert list(faulty_lists({"materials": [{"name": "照片"}, "户口本"]})) == [(("materials", 1), "每一项都要有 name")]


def test_a_key_that_is_no_text_is_found() -> None:
    assert list(faulty_lists({"materials": [{"name": ["照片"]}]})) == [(("materials", 0), "每一项都要有 name")]


def test_undeclared_sources_are_found_where_they_are_named() -> None:
    body = {"legal_basis": ["law", "decree"], "where": {"source": "hearsay"}, "steps": [{"source": "law"}]}
    found = [place for place, _ in undeclared_sources(body, {"law"})]
    assert found == [("legal_basis", 1), ("where", "source")]


def test_sample_facts_are_found_however_deep() -> None:
    assert names_sample_facts({"time_limit": {"promised": {"source": "sample"}}})
    assert not names_sample_facts({"note": "sample", "sources": [{"id": "rule"}]})


def test_a_place_in_the_whole_guide_is_found_in_the_district_document() -> None:
    whole: dict[str, Any] = {"materials": [{"name": "甲"}, {"name": "乙"}, {"name": "丙", "copies": 99}]}
    own = {"materials": [{"name": "丙", "copies": 99}]}
    assert own_place(whole, own, ("materials", 2, "copies")) == ("materials", 0, "copies")


def test_an_inherited_place_stands_nowhere_in_the_district_document() -> None:
    whole: dict[str, Any] = {"materials": [{"name": "甲"}], "fees": {"note": 5}}
    assert own_place(whole, {"materials": [{"name": "乙"}]}, ("materials", 0, "copies")) == ("materials",)
    assert own_place(whole, {}, ("fees", "note")) == ("fees",)
