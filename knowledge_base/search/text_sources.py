"""What the kept texts (`knowledge_base.search.kept_texts`) are made of, and by which rules. Imports no cutter: every
start asks whether they are up to date."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from knowledge_base.kept_yaml import digest_of_reader
from knowledge_base.language.learned import sources_in
from knowledge_base.search.kept_meanings import MEANINGS

_ROOT = Path(__file__).parents[1]
_ROOMS = (_ROOT, _ROOT.parent / "service_hall")
_CUTTERS = ("embedding/pieces.py", "language/general_words.py", "language/plain.py", "language/tokenize.py")


def yaml_files() -> list[Path]:
    """Those that the service reads as it starts."""
    return sorted(path for room in _ROOMS for path in room.rglob("*.yml"))


def text_sources() -> str:
    """Digest of all that the kept texts are made of."""
    digest = hashlib.sha256(f"{digest_of_cutters()} {digest_of_reader()} {sources_in(MEANINGS)}".encode())
    return _with_files(digest, [*sorted(_ROOT.glob("content/*.csv")), *yaml_files()])


@cache
def digest_of_cutters() -> str:
    """Of the rules by which texts are cut, with the dictionary and the model's pieces."""
    jieba = find_spec("jieba")
    assert jieba and jieba.origin
    of_jieba = [Path(jieba.origin), Path(jieba.origin).with_name("dict.txt")]
    of_model = sorted((_ROOT / "embedding" / "model").rglob("*.json"))
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    return _with_files(digest, [*of_jieba, *(_ROOT / each for each in _CUTTERS), *of_model])


def _with_files(digest: hashlib._Hash, paths: Iterable[Path]) -> str:
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
