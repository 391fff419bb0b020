"""The peers find what anybody would find."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from evaluation.peers.documents import Scores, best_text, eight_best_texts, grouped
from evaluation.peers.searching import Ways, bm25, by_vectors, character_tfidf, kept_in
from knowledge_base.language.tokenize import Tokenizer

DOCUMENTS = grouped(
    [
        ("passport", "护照首次申领"),
        ("id-card", "身份证补办"),
        ("passport", "办护照要多少钱"),
        ("id-card", "身份证丢了怎么办"),
        ("fund", "公积金提取"),
    ]
)
PIECES = ("护照", "身份证", "公积金", "钱")


def encode(texts: Sequence[str]) -> Scores:
    found = np.array([[piece in text for piece in PIECES] for text in texts], np.float32)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)


def ways_of(peer: str) -> Ways:
    if peer == "bm25":
        return bm25(DOCUMENTS, Tokenizer(["护照", "身份证", "公积金"]))
    return character_tfidf(DOCUMENTS) if peer == "tfidf" else by_vectors(DOCUMENTS, encode, encode)


def test_the_texts_of_an_item_stand_together() -> None:
    assert DOCUMENTS.items == ("passport", "id-card", "fund")
    assert DOCUMENTS.texts[:2] == ("护照首次申领", "办护照要多少钱") and DOCUMENTS.starts.tolist() == [0, 2, 4]
    assert DOCUMENTS.whole[1] == "身份证补办\n身份证丢了怎么办"


@pytest.mark.parametrize("peer", ["bm25", "tfidf", "vectors"])
def test_every_way_of_reading_finds_what_is_asked_for(peer: str) -> None:
    for search in ways_of(peer).values():
        scores = search(["我的身份证不见了", "公积金怎么提取", "护照多少钱"])
        assert scores.shape == (3, 3)
        assert [DOCUMENTS.items[at] for at in scores.argmax(axis=1)] == ["id-card", "fund", "passport"]


def test_what_no_text_has_a_word_of_finds_nothing() -> None:
    for search in ways_of("bm25").values():
        assert not search(["zzz"]).any()


def test_an_item_with_few_texts_is_measured_by_those() -> None:
    many = grouped([("a", str(at)) for at in range(10)] + [("b", "x")])
    scores = np.array([[*range(10), 5]], np.float32)
    assert best_text(scores, many).tolist() == [[9.0, 5.0]]
    assert eight_best_texts(scores, many).tolist() == [[5.5, 5.0]]


def test_vectors_are_made_once(tmp_path: Path) -> None:
    made: list[Sequence[str]] = []

    def noted(texts: Sequence[str]) -> Scores:
        made.append(texts)
        return encode(texts)

    once = kept_in(tmp_path / "vectors", noted)
    first, again, other = once(["护照"]), once(["护照"]), once(["护照", "身份证"])
    assert (first == again).all() and other.shape == (2, 4) and len(made) == 2
