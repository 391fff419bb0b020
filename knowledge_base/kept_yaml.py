"""What YAML files say, kept as JSON by the digest of their bytes: JSON is read in a tenth of the time.

The training step writes it (`knowledge_base.search.learning_texts`). What is not kept, or was read by other rules, is
read as YAML: a file that changed, and all of them where there is no such file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

KEPT_YAML = Path(__file__).parents[1] / "models" / "yaml.jsonl"
READER = Path(__file__).with_name("yaml_lines.py")


class KeptYaml:
    def __init__(self, content: bytes, reader: str) -> None:
        """`reader`: see `digest_of_reader`."""
        first, *lines = content.split(b"\n")
        parts = (line.partition(b" ") for line in lines) if first.decode("ascii", "replace") == reader else ()
        self._said: Mapping[bytes, bytes] = {digest: said for digest, _, said in parts}

    def __len__(self) -> int:
        return len(self._said)

    def said_by(self, written: bytes) -> Any:
        """What the file with these bytes says; None where that is not kept."""
        said = self._said.get(_digest(written)) if self._said else None
        try:
            return None if said is None else json.loads(said)
        except (ValueError, RecursionError):  # cut off while it was written
            return None


def content_of_kept(files: Iterable[tuple[bytes, Any]], reader: str) -> bytes:
    """The file. `files`: the bytes of each, and what they say. What JSON would not give back alike is left out."""
    lines = {_digest(written): _as_json(said) for written, said in files}
    return b"\n".join([reader.encode(), *(b"%s %s" % each for each in sorted(lines.items()) if each[1])])


@cache
def kept_yaml() -> KeptYaml:
    try:
        return KeptYaml(KEPT_YAML.read_bytes(), digest_of_reader())
    except OSError:
        return KeptYaml(b"", digest_of_reader())


@cache
def digest_of_reader() -> str:
    """Of the rules by which YAML is read."""
    return hashlib.sha256(READER.read_bytes()).hexdigest()


def _as_json(said: Any) -> bytes:
    """Empty where it is no object, or holds what JSON does not have: a key that is a number."""
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str)
    return written.encode() if isinstance(said, dict) and json.loads(written) == said else b""


def _digest(written: bytes) -> bytes:
    return hashlib.blake2b(written, digest_size=16).hexdigest().encode()
