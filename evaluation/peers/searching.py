"""Searches with one kind of evidence each. Every one is given two ways of reading an item; which of them is taken, the
development questions decide."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from evaluation.peers.documents import Documents, Scores, best_text, eight_best_texts
from knowledge_base.language.tokenize import Tokenizer

Search = Callable[[Sequence[str]], Scores]
"""Questions → (questions, items)."""
Ways = Mapping[str, Search]
"""How an item is read → the search that reads it so."""
Encode = Callable[[Sequence[str]], Any]
"""Texts → (n, dimensions), unit length."""
AT_ONCE = 128


def bm25(documents: Documents, tokenizer: Tokenizer) -> Ways:
    """`tokenizer`: jieba with the words of the guides, as ours has."""
    texts, whole = _indexed(documents.texts, tokenizer), _indexed(documents.whole, tokenizer)

    def scores(index: bm25s.BM25, count: int, questions: Sequence[str]) -> Scores:
        cut = [[token for token in tokenizer.tokens(each) if token in index.vocab_dict] for each in questions]
        none = np.zeros(count, np.float32)
        return np.stack([index.get_scores(tokens) if tokens else none for tokens in cut])

    return {
        "the best text of an item": lambda asked: _pooled(
            lambda some: scores(texts, len(documents.texts), some), documents, asked
        ),
        "all texts of an item as one": lambda asked: scores(whole, len(documents.items), asked),
    }


def character_tfidf(documents: Documents) -> Ways:
    """Of runs of one to three characters."""
    made = {}
    for name, texts in (
        ("the best text of an item", documents.texts),
        ("all texts of an item as one", documents.whole),
    ):
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        made[name] = (vectorizer, vectorizer.fit_transform(texts).T.tocsr())

    def scores(name: str, questions: Sequence[str]) -> Scores:
        vectorizer, matrix = made[name]
        return np.asarray((vectorizer.transform(questions) @ matrix).toarray(), np.float32)

    texts_alone, as_one = made
    return {
        texts_alone: lambda asked: _pooled(lambda some: scores(texts_alone, some), documents, asked),
        as_one: lambda asked: scores(as_one, asked),
    }


def by_vectors(documents: Documents, of_questions: Encode, of_texts: Encode) -> Ways:
    """By cosine."""
    vectors = np.asarray(of_texts(documents.texts), np.float32)

    def scores(questions: Sequence[str]) -> Scores:
        return np.asarray(np.asarray(of_questions(questions), np.float32) @ vectors.T)

    return {
        "the nearest text of an item": lambda asked: _pooled(scores, documents, asked),
        "the eight nearest texts of an item": lambda asked: _pooled(scores, documents, asked, eight_best_texts),
    }


def kept_in(folder: Path, encode: Encode) -> Encode:
    """As `encode`, which takes minutes for all texts: their vectors are kept by what they were made of."""

    def encode_once(texts: Sequence[str]) -> Any:
        path = folder / f"{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:16]}.npy"
        if not path.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            np.save(path, encode(texts))
        return np.load(path)

    return encode_once


def _indexed(texts: Sequence[str], tokenizer: Tokenizer) -> bm25s.BM25:
    index = bm25s.BM25()
    index.index([tokenizer.tokens(text) for text in texts], show_progress=False)
    return index


def _pooled(
    search: Search,
    documents: Documents,
    questions: Sequence[str],
    pool: Callable[[Scores, Documents], Scores] = best_text,
) -> Scores:
    """Some questions at a time: a score for every text of all of them would fill the memory."""
    some = [questions[at : at + AT_ONCE] for at in range(0, len(questions), AT_ONCE)]
    return np.concatenate([pool(search(each), documents) for each in some])
