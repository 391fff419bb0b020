"""A topic of the hall that is written wrongly is told with file, line and field, and is not published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.content_files import CONTENT, Content, load_content

WHOLE: dict[str, Any] = {
    "id": "hall-parking",
    "region": "000000",
    "kind": "hall",
    "name": "停车",
    "words": ["停车"],
    "asked": [f"第{number}种问法" for number in range(12)],
    "lead": {"text": "请打 {phone} 问。", "source": "office"},
}
HERE: dict[str, Any] = {"id": "hall-parking", "region": "990100", "lead": {"text": "有车库。", "source": "sample"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("regions.yml", "catalogue.csv", "booking_rules.yml"):
        shutil.copy(CONTENT / name, tmp_path / name)
    (tmp_path / "hall").mkdir()
    return tmp_path


def read(folder: Path, *topics: Any) -> Content:
    (folder / "hall" / "hall.yml").write_text(
        yaml.safe_dump({"topics": [json.loads(json.dumps(topic)) for topic in topics]}, allow_unicode=True), "utf-8"
    )
    return load_content(folder)


def test_a_topic_and_what_a_place_says_instead_are_read(folder: Path) -> None:
    content = read(folder, HERE, WHOLE)
    assert content.faults == ()
    assert [document.region for document in content.topics["hall-parking"]] == ["000000", "990100"]


@pytest.mark.parametrize(
    ("topics", "field", "message"),
    [
        ([{**WHOLE, "asked": ["停车"]}], "topics.0.asked", "太少"),
        (
            [{**WHOLE, "lead": {"text": "打 {telephone}", "source": "office"}}],
            "topics.0.lead",
            "没有这样的空：telephone",
        ),
        ([{**WHOLE, "lead": {"text": "打 {phone", "source": "office"}}], "topics.0.lead", ""),
        ([{**WHOLE, "lead": {"text": "好停。", "source": "sample"}}], "topics.0.source", "示例数据"),
        (
            [{**WHOLE, "lead": {"text": "好停。", "source": "somewhere"}}],
            "topics.0.lead.source",
            "sources 里没有：somewhere",
        ),
        ([{**WHOLE, "parking": "好停"}], "topics.0.parking", "没有这个字段"),
        ([{**WHOLE, "asked": [*WHOLE["asked"], WHOLE["asked"][0]]}], "topics.0", "写了两遍"),
        ([{**WHOLE, "id": "parking"}], "topics.0.id", "hall-"),
        ([{**WHOLE, "region": "123456"}], "topics.0.region", "没有这个区划"),
        ([WHOLE, dict(WHOLE)], "topics.0.region", "写了两遍"),
        ([HERE], "topics.0.region", "没有全国通用的一项"),
        ([{**WHOLE, "related": ["hall-nothing"]}], "topics.0.related.0", "没有这个话题"),
        (
            [{**WHOLE, "details": [{"text": "另有一件。", "item": "no-such-item", "source": "office"}]}],
            "topics.0.details",
            "目录里没有：no-such-item",
        ),
        (["不是一项"], "topics.0.id", "hall-"),
    ],
)
def test_a_fault_is_told_where_it_stands(folder: Path, topics: list[Any], field: str, message: str) -> None:
    content = read(folder, *topics)
    faults = [fault for fault in content.faults if fault.file == "hall/hall.yml"]
    assert faults[0].field == field and message in faults[0].message
    assert all(fault.line >= 1 for fault in faults)


def test_nothing_of_a_faulty_topic_is_published(folder: Path) -> None:
    assert read(folder, WHOLE, {**HERE, "kind": "elsewhere"}).topics == {}


def test_a_file_that_is_no_list_is_told(folder: Path) -> None:
    (folder / "hall" / "hall.yml").write_text("topics: 停车\n", "utf-8")
    assert [fault.field for fault in load_content(folder).faults] == ["topics"]
