"""Chinese text cut into the pieces that the shipped static model has vectors for.

StaticEmbedding takes only a `tokenizers.Tokenizer`, which knows no jieba: so text is cut first, and the
model's WordLevel tokenizer splits at the spaces. Words, characters and character pairs stand side by side,
so that a word unknown to the model, a typo or an odd cut still shares pieces with what was meant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from knowledge_base.language.general_words import general_words

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


def pieces(text: str) -> list[str]:
    """Words of two or more characters, single characters, and character pairs, in reading order."""
    # The dictionary of the knowledge grows with every guide; the model's pieces must not move with it.
    words = general_words()
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0] < "\u3400":
            found.append(run)
            continue
        found += [word for word in words.cut(run, HMM=False) if len(word) > 2]
        found += run
        found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found


@lru_cache(maxsize=4096)
def spaced(text: str) -> str:
    """The pieces as one line for the model's tokenizer."""
    return " ".join(pieces(text))
