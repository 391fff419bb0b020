"""YAML with the line of every value, so that a fault can be shown where it stands.

Booleans are `true` and `false` alone, numbers decimal, dates plain text: the YAML 1.1 readings of
`no`, `on` and 9:00 have bitten every hand-kept data set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.kept_yaml import kept_yaml

Place = tuple[str | int, ...]


class YamlFault(ValueError):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class LinedYaml:
    data: Any
    written: str

    def line_of(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it; lines count from 1."""
        node, line = self._root, self._root.start_mark.line + 1 if self._root else 1
        for step in place:
            found = _within(node, step)
            if found is None:
                break
            line, node = found
        return line

    @cached_property
    def _root(self) -> yaml.Node | None:
        """None: an empty file. Looked at where there is a fault to show."""
        root: yaml.Node | None = _PlainLoader(self.written).get_single_node()
        return root


def _within(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


class _PlainLoader(yaml.CSafeLoader):
    pass


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9]\d*)$", "-0123456789"),
    ("float", r"^-?\d+\.\d+$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_yaml(path: Path) -> LinedYaml:
    """Raises YamlFault for what is not YAML, for a key that stands twice, and for anchors and tags.

    What one line says stands on that line: aliases (`*name`) would hide it, and can blow up without end.
    """
    written = path.read_bytes()
    try:
        text = written.decode()
    except UnicodeDecodeError as fault:
        raise YamlFault(1, "文件不是 UTF-8 编码") from fault
    said = kept_yaml().said_by(written)
    return lined_yaml(text) if said is None else LinedYaml(said, text)


def lined_yaml(text: str) -> LinedYaml:
    """As `read_yaml`."""
    try:
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        if node is None:
            return LinedYaml(None, text)
        _check(node, set())
        return LinedYaml(loader.construct_document(node), text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise YamlFault(mark.line + 1 if mark else 1, fault.problem or "不是合法的 YAML") from fault
    except yaml.reader.ReaderError as fault:
        raise YamlFault(1, f"有不能用的控制字符：U+{fault.character:04X}") from fault
    except YamlFault:
        raise
    except ValueError as fault:  # !!int abc
        raise YamlFault(1, "类型标记和值对不上") from fault
    except RecursionError as fault:
        raise YamlFault(1, "一层套一层，太深了") from fault


_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "seq", "map")}
_MOST_DIGITS = 30  # beyond 4300 Python refuses to read a number, and no figure of ours comes near


def _check(node: yaml.Node, met: set[int]) -> None:
    if id(node) in met:
        raise YamlFault(node.start_mark.line + 1, "不能用 & 和 * 引用别处，请把内容写出来")
    met.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        raise YamlFault(node.start_mark.line + 1, f"不能用类型标记 {node.tag}")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlFault(key.start_mark.line + 1, "字段名应当是一个词")
            if key.value in seen:
                raise YamlFault(key.start_mark.line + 1, f"字段 {key.value} 重复出现")
            seen.add(key.value)
            _check(value, met)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _check(value, met)
    elif node.tag.endswith((":int", ":float")) and len(node.value) > _MOST_DIGITS:
        raise YamlFault(node.start_mark.line + 1, "数字太长")
