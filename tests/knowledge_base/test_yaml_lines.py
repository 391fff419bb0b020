from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.yaml_lines import LinedYaml, YamlFault, read_yaml


def read(folder: Path, text: str) -> LinedYaml:
    path = folder / "read.yml"
    path.write_text(text, "utf-8")
    return read_yaml(path)


def fault(folder: Path, text: str) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        read(folder, text)
    return caught.value


def test_every_value_has_its_line(tmp_path: Path) -> None:
    lined = read(tmp_path, "name: 甲\nsteps:\n  - title: 申请\n    text: 到窗口\n  - {title: 领取}\n")
    assert [lined.line_of(place) for place in [("name",), ("steps",), ("steps", 0, "text"), ("steps", 1)]] == [
        1,
        2,
        4,
        5,
    ]


def test_a_missing_thing_is_shown_at_what_lacks_it(tmp_path: Path) -> None:
    lined = read(tmp_path, "steps:\n  - title: 申请\n")
    assert lined.line_of(("steps", 0, "source")) == 2
    assert lined.line_of(("summary", "text")) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("true", True), ("false", False), ("True", "True"),
        ("010", "010"), ("0", 0), ("-5", -5), ("1.50", 1.5), ("1e3", "1e3"), ("0x1f", "0x1f"), ("1_000", "1_000"),
        ("2026-01-31", "2026-01-31"), ("9:00", "9:00"), ("12345", 12345), ("000000", "000000"), ("~", None), ("null", None),
    ],
)  # fmt: skip
def test_values_read_as_people_mean_them(tmp_path: Path, written: str, meant: object) -> None:
    value = read(tmp_path, f"value: {written}\n").data["value"]
    assert value == meant and type(value) is type(meant)


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "").data is None
    assert read(tmp_path, "# 只有注释\n").data is None


def test_a_repeated_field_is_a_fault_where_it_stands_again(tmp_path: Path) -> None:
    found = fault(tmp_path, "name: 甲\nfees:\n  note: 一\n  note: 二\n")
    assert (found.line, str(found)) == (4, "字段 note 重复出现")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n\tb: 2\n", 2),
        ("a: [1, 2\n", 2),
        ('a: 1\nb: "没有结束\n', 3),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\n? [x, y]\n: 2\n", 2),
        ("a: 1\nb: !!python/object:os.system ls\n", 2),
        ("a: !!timestamp nope\n", 1),
        ("a: !!int 三\n", 1),
        ("a: 1\nb: " + "9" * 5000 + "\n", 2),
        ("a: 1\x07\n", 1),
        ("a: \x00\n", 1),
        ("[" * 3000 + "]" * 3000, 1),
        ("a: &x [1]\nb: *x\n", 1),
        ("&x [*x]\n", 1),
    ],
)
def test_what_is_no_plain_yaml_is_a_fault_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert fault(tmp_path, text).line == line


def test_aliases_cannot_blow_a_file_up(tmp_path: Path) -> None:
    doubling = "".join(f"b{at}: &b{at} [*b{at - 1}, *b{at - 1}]\n" for at in range(1, 60))
    assert "引用" in str(fault(tmp_path, "b0: &b0 [1]\n" + doubling))


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yml"
    path.write_bytes("name: 身份证\n".encode("gbk"))
    with pytest.raises(YamlFault, match="UTF-8"):
        read_yaml(path)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yml"
        path.write_text(text, "utf-8", errors="surrogatepass")
        try:
            read_yaml(path)
        except YamlFault as found:
            assert found.line >= 1 and str(found)
