"""What is cut and learned ahead changes nothing: the same texts have the same pieces, words and vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.pieces import spaced
from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.search import kept_texts
from knowledge_base.search.embed import load_embedder, shipped_model
from knowledge_base.search.kept_texts import (
    NOTHING_KEPT,
    KeptTexts,
    content_of_kept_texts,
    digest_of_words,
    read_kept_texts,
)

WORDS = ["居住证", "落户"]
TEXTS = ["居住证丢了怎么补", "落户要多久", "Ａ４纸要几张", "护照，要等几天", "…"]
NEW = "新生儿怎么上户口"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    model, cut = shipped_model()
    tokens = Tokenizer(WORDS)
    content = content_of_kept_texts(
        {text: model.pieces_of([text], cut)[0] for text in TEXTS},
        {text: tokens.tokens(text) for text in TEXTS},
        digest_of_words(WORDS),
        {"d": np.ones(8, np.float32)},
        "sources",
    )
    path = tmp_path / "texts.npz"
    path.write_bytes(content)
    return path


@pytest.fixture
def kept(file: Path) -> KeptTexts:
    return read_kept_texts(file)


def test_the_same_texts_have_the_same_vectors(kept: KeptTexts) -> None:
    texts = [TEXTS[3], NEW, *TEXTS]
    assert np.array_equal(load_embedder(kept=kept)(texts), load_embedder()(texts))


def test_what_is_kept_is_not_cut_again(kept: KeptTexts, monkeypatch: pytest.MonkeyPatch) -> None:
    model, _ = shipped_model()
    cut: list[str] = []
    model.vectors([*TEXTS, NEW], lambda text: cut.append(text) or spaced(text), kept.pieces)  # type: ignore[func-returns-value]
    assert cut == [NEW]


def test_the_same_words_cut_alike(kept: KeptTexts) -> None:
    known, anew = Tokenizer(WORDS, kept.tokens_with(WORDS)), Tokenizer(WORDS)
    assert known.tokens_of_all([*TEXTS, NEW]) == [anew.tokens(text) for text in (*TEXTS, NEW)]
    assert kept.tokens_with(WORDS)([TEXTS[0], NEW]) == [anew.tokens(TEXTS[0]), None]


def test_with_a_word_more_all_is_cut_anew(kept: KeptTexts) -> None:
    assert kept.tokens_with([*WORDS, "新生儿"])(TEXTS[:1]) == [None]


def test_what_others_cut_is_not_believed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "digest_of_cutters", lambda: "others")
    assert read_kept_texts(file) is NOTHING_KEPT


@pytest.mark.parametrize("damage", [lambda content: b"", lambda content: content[:-200], lambda content: b"no file"])
def test_a_damaged_file_keeps_nothing(file: Path, damage: object) -> None:
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    assert read_kept_texts(file) is NOTHING_KEPT


def test_no_file_keeps_nothing(tmp_path: Path) -> None:
    assert read_kept_texts(tmp_path / "texts.npz") is NOTHING_KEPT


def test_a_book_is_kept_by_its_digest(kept: KeptTexts) -> None:
    assert np.array_equal(kept.coarse["d"], np.ones(8, np.float32))
