"""What YAML files say, kept as JSON by the digest of their bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base import yaml_lines
from knowledge_base.kept_yaml import KeptYaml, content_of_kept
from knowledge_base.search.text_sources import yaml_files
from knowledge_base.yaml_lines import lined_yaml, read_yaml

WRITTEN = "name: 护照\nfee: 1.50\ndays: 7\nopen: true\nnone: ~\nlist:\n  - a: 一\n"


def kept_of(*texts: str, reader: str = "rules") -> KeptYaml:
    files = [(text.encode(), lined_yaml(text).data) for text in texts]
    return KeptYaml(content_of_kept(files, reader), "rules")


def test_what_is_kept_is_what_the_file_says() -> None:
    said = kept_of(WRITTEN).said_by(WRITTEN.encode())
    assert said == lined_yaml(WRITTEN).data
    assert [type(each) for each in said.values()] == [str, float, int, bool, type(None), list]


def test_every_file_of_the_house_is_kept_as_it_is_read() -> None:
    some = yaml_files()[::40]
    kept = kept_of(*(path.read_text("utf-8") for path in some))
    assert len(kept) > len(some) * 0.9
    for path in some:
        said = kept.said_by(path.read_bytes())
        assert said is None or said == lined_yaml(path.read_text("utf-8")).data


def test_a_file_that_changed_is_not_taken_for_the_one_before() -> None:
    assert kept_of(WRITTEN).said_by(WRITTEN.replace("7", "8").encode()) is None


def test_what_was_read_by_other_rules_is_not_believed() -> None:
    assert len(kept_of(WRITTEN, reader="others")) == 0


def test_what_json_has_not_is_read_as_yaml() -> None:
    assert kept_of("1: eins\n").said_by(b"1: eins\n") is None
    assert kept_of("- eins\n").said_by(b"- eins\n") is None


def test_a_file_cut_off_is_read_as_yaml() -> None:
    content = content_of_kept([(WRITTEN.encode(), lined_yaml(WRITTEN).data)], "rules")
    assert KeptYaml(content[:-3], "rules").said_by(WRITTEN.encode()) is None


def test_a_fault_in_a_kept_file_is_shown_on_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yml"
    path.write_text(WRITTEN, "utf-8")
    kept = KeptYaml(content_of_kept([(path.read_bytes(), {"list": [{"a": "kept"}]})], "rules"), "rules")
    monkeypatch.setattr(yaml_lines, "kept_yaml", lambda: kept)
    lined = read_yaml(path)
    assert lined.data == {"list": [{"a": "kept"}]}
    assert lined.line_of(("list", 0, "a")) == 7
