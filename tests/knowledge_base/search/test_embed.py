"""The shipped model, as the service loads it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.pieces import spaced
from knowledge_base.search import embed as embed_module
from knowledge_base.search.embed import Embed, load_embedder
from knowledge_base.search.static_model import read_static_model
from tests.fakes import fake_embed


@pytest.fixture(scope="module")
def embed() -> Embed:
    return load_embedder()


@pytest.mark.parametrize("text", ["身份证丢了", "a", "12345", "啊" * 1000, "身份证 passport 😀"])
def test_vectors_have_unit_length(embed: Embed, text: str) -> None:
    vectors = embed([text])
    assert vectors.dtype == np.float32 and np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", "😀", "\x00"])
def test_a_text_of_nothing_is_a_vector_of_nothing_and_no_nan(embed: Embed, text: str) -> None:
    assert not np.isnan(embed([text])).any()


def test_no_texts_make_no_vectors(embed: Embed) -> None:
    assert len(embed([])) == 0


def test_the_same_text_has_the_same_vector_alone_and_in_company(embed: Embed) -> None:
    alone, company = embed(["护照换发"])[0], embed(["驾照", "护照换发"])[1]
    assert np.allclose(alone, company)


def test_what_means_the_same_lies_nearer_than_what_does_not(embed: Embed) -> None:
    asked, same, other = embed(["身份证弄丢了咋整", "居民身份证丢失补领", "公积金租房提取"])
    assert asked @ same > asked @ other


def test_it_reads_the_model_as_sentence_transformers_does(embed: Embed) -> None:
    texts = ["身份证弄丢了咋整", "护照换发", "", "passport 2026", "啊" * 300]
    through_the_library = embed_module._through_the_library(str(embed_module.SHIPPED_MODEL), spaced)
    assert np.allclose(embed(texts), through_the_library(texts), atol=1e-6)


@pytest.mark.parametrize("modules", [None, "[]", '[{"type": "a.Transformer", "path": ""}]'])
def test_another_kind_of_model_is_left_to_the_library(tmp_path: Path, modules: str | None) -> None:
    if modules is not None:
        (tmp_path / "modules.json").write_text(modules, "ascii")
    assert read_static_model(tmp_path) is None


def test_the_fake_is_deterministic_and_of_unit_length() -> None:
    vectors = fake_embed(["狗证", "狗证", ""])
    assert np.array_equal(vectors[0], vectors[1]) and np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-6)
    assert not vectors[2].any()
