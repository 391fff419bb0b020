"""The pieces that Chinese needs, out of the quarter million of the public encoder, and the tokenizer over them.

Kept: what can be written in the characters of GB2312, digits and signs, and the Latin pieces that our texts use. Text
is brought to simplified characters and small letters before, so the others of a pair never come up.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import opencc
from numpy.typing import NDArray
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

SPECIAL = 4
"""Begin, padding, end, unknown: the first pieces, in this order."""
BEGIN, PADDING, END, UNKNOWN = range(SPECIAL)
MOST_LATIN = 5000
LONGEST = 64
"""Pieces of a text that are read; what stands behind is dropped."""
_GAP = "▁"
_LATIN = re.compile(r"[a-z]+")
_SIGNS = re.compile(r"[0-9]{1,4}|[^\w\s]{1,2}|[0-9]+[%.,:]|[.,:][0-9]+")


def is_chinese(piece: str) -> bool:
    """Nothing but characters of GB2312."""
    try:
        encoded = piece.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return bool(piece) and all("\u4e00" <= each <= "\u9fff" for each in piece) and len(encoded) == 2 * len(piece)


def kept_pieces(pieces: Sequence[str], scores: NDArray[np.float32], texts: Iterable[str]) -> list[int]:
    """Rows of the public encoder, its special ones first. `texts`: whatever the encoder is to read."""
    latin = [at for at, piece in enumerate(pieces) if _LATIN.fullmatch(piece.removeprefix(_GAP))]
    written = _latin_in(texts)
    reader = tokenizer_of([pieces[at] for at in latin], scores[latin])
    used = Counter[int]()
    for word, count in sorted(written.items()):
        for piece in reader.encode(word, add_special_tokens=False).ids:
            used[piece] += count
    spoken = {latin[at - SPECIAL] for at, _ in used.most_common(MOST_LATIN) if at >= SPECIAL}
    return [
        *range(SPECIAL),
        *(at for at, piece in enumerate(pieces) if at >= SPECIAL and (at in spoken or _is_kept(piece))),
    ]


def _is_kept(piece: str) -> bool:
    bare = piece.removeprefix(_GAP)
    if not bare or (len(bare) == 1 and bare.isascii()):
        return not any(each.isupper() for each in bare)
    if bare != unicodedata.normalize("NFKC", bare):
        return False
    return (is_chinese(bare) and _simplified().convert(bare) == bare) or bool(_SIGNS.fullmatch(bare))


def _latin_in(texts: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_LATIN.findall(unicodedata.normalize("NFKC", text).lower()))
    return words


def tokenizer_of(pieces: Sequence[str], scores: Iterable[float]) -> Tokenizer:
    """`pieces`: without the special ones."""
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    scored = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(Unigram([*special, *scored], unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_GAP, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", BEGIN), ("</s>", END)]
    )
    return tokenizer


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
