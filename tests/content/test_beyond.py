"""What lies beyond the catalogue: sound, none of the items', and told as what it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knowledge_base.beyond import read_beyond
from knowledge_base.content_files import CONTENT, load_content
from knowledge_base.content_reading import Reading
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from knowledge_base.search.find import Answered, NotFound


def test_every_matter_is_sound() -> None:
    reading = Reading(CONTENT)
    assert read_beyond(reading) == load_content().beyond
    assert reading.faults == []
    told = Counter(plain(text) for matter in load_content().beyond for text in matter.texts)
    assert [text for text, count in told.items() if count > 1] == []


def test_a_faulty_matter_is_told_with_its_place_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "beyond"
    folder.mkdir()
    sound = "  - {id: beyond-x, name: 某事, asked: [一, 二, 三, 四]}\n"
    (folder / "some.yml").write_text(f"matters:\n{sound}{sound}  - {{id: other, name: 某事, asked: []}}\n", "utf-8")
    reading = Reading(tmp_path)
    assert read_beyond(reading) == ()
    assert {(fault.file, fault.line) for fault in reading.faults} >= {("beyond/some.yml", 2), ("beyond/some.yml", 3)}


def test_no_matter_is_called_like_an_item_or_asked_like_one(real_library: Library) -> None:
    of_items = {plain(text.text) for text in real_library.index.texts}
    assert [text for matter in load_content().beyond for text in matter.texts if plain(text) in of_items] == []


@pytest.mark.parametrize(
    ("sentence", "matter"),
    [
        ("男朋友借钱不还，想去法院告他怎么立案", "beyond-c-civil-suit"),
        ("商标快到期了，续展要多少钱", "beyond-b-trademark-renew"),
    ],
)
def test_what_lies_beyond_is_taken_for_no_item(real_library: Library, sentence: str, matter: str) -> None:
    found = real_library.find_item(sentence)
    assert isinstance(found, NotFound) and found.known is None
    assert found.beyond is None or found.beyond.id == matter


@pytest.mark.parametrize(
    "sentence", ["身份证丢了怎么补", "结婚登记要带什么", "公积金能提出来交房租吗", "想开个小饭馆办什么证"]
)
def test_what_an_item_answers_is_still_answered(real_library: Library, sentence: str) -> None:
    assert isinstance(real_library.find_item(sentence), Answered)
