"""The examples of how citizens speak, in `nlu_data/`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from knowledge_base.yaml_lines import read_yaml

NLU_DATA = Path(__file__).parents[2] / "nlu_data" / "intents"
PRIVATE = "private"
"""The folder beside it: what people also tell, and no office handles. Only who tells of a grievance or of a matter of
others is learned against it; intents are not, and what waits there sounds like a case by its words."""
_LEARNING = Path(__file__).with_name("learning.py")
_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")


def examples_of(folder: Path = NLU_DATA) -> list[tuple[str, str]]:
    """(text, intent) of every example, without its annotations."""
    return [example for path in sorted(folder.glob("*.yml")) for example in examples_of_file(path)]


def private_of(folder: Path = NLU_DATA) -> list[tuple[str, str]]:
    """(text, intent) of what stands beside the examples."""
    return examples_of(folder.with_name(PRIVATE))


def sources_of(folder: Path = NLU_DATA) -> str:
    """Digest of the files and of how is learned from them: milliseconds, where reading the examples takes seconds."""
    digest = hashlib.sha256()
    beside = folder.with_name(PRIVATE)
    for path in [_LEARNING, *sorted(folder.glob("*.yml")), *sorted(beside.glob("*.yml"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def examples_of_file(path: Path) -> list[tuple[str, str]]:
    data: Any = read_yaml(path).data
    return [
        (_ANNOTATION.sub(r"\1", text), block["intent"])
        for block in data.get("nlu", [])
        if "intent" in block
        for line in block["examples"].splitlines()
        if (text := line.strip().removeprefix("-").strip())
    ]
