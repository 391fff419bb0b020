from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from server import knowledge_words
from server.knowledge_words import generated_files
from tests import fakes


def files(folder: Path) -> Mapping[str, str]:
    return {path.name: text for path, text in generated_files(fakes.content_of(fakes.published()), folder).items()}


def test_four_files_are_written(tmp_path: Path) -> None:
    assert set(files(tmp_path)) == {"knowledge.txt", "service_item.yml", "office.yml", "region.yml"}


def test_the_dictionary_is_in_jieba_s_form(tmp_path: Path) -> None:
    lines = files(tmp_path)["knowledge.txt"].splitlines()
    assert "狂犬疫苗接种证明 100000 n" in lines and all(len(line.split(" ")) == 3 for line in lines)


def test_items_regions_and_offices_are_looked_up_by_every_name(tmp_path: Path) -> None:
    written = files(tmp_path)
    assert all(
        f"      - {name}\n" in written["service_item.yml"] for name in ("犬只登记", "养狗登记", "溪城狗牌", "渔船证")
    )
    assert all(f"      - {name}\n" in written["region.yml"] for name in ("东河区", "东河", "溪城市"))
    assert "      - 西山区政务服务中心\n" in written["office.yml"]


def test_longer_names_come_first(tmp_path: Path) -> None:
    names = [
        line.removeprefix("      - ")
        for line in files(tmp_path)["region.yml"].splitlines()
        if line.startswith("      - ")
    ]
    assert names == sorted(names, key=lambda name: -len(name)) and len(names) == len(set(names))


def test_the_same_knowledge_always_gives_the_same_files(tmp_path: Path) -> None:
    assert files(tmp_path) == files(tmp_path)


def test_checking_tells_what_is_out_of_date_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        knowledge_words, "generated_files", lambda _: generated_files(fakes.content_of(fakes.published()), tmp_path)
    )
    monkeypatch.setattr(sys, "argv", ["knowledge_words", "--check"])
    assert knowledge_words.main() == 1 and list(tmp_path.iterdir()) == []
    assert "out of date: knowledge.txt" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["knowledge_words"])
    assert knowledge_words.main() == 0
    monkeypatch.setattr(sys, "argv", ["knowledge_words", "--check"])
    assert knowledge_words.main() == 0
