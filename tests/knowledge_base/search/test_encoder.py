"""The shipped encoder."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from knowledge_base.search.encoder import LONGEST, Encoder

ONLY_LOADING = """
import sys
from knowledge_base.search.encoder import Encoder
Encoder().vectors(["身份证丢了怎么补办"])
print([name for name in ("torch", "transformers", "sentence_transformers", "onnx") if name in sys.modules])
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_a_question_lies_nearer_to_its_answer_than_to_that_of_a_neighbour(encoder: Encoder) -> None:
    asked, own, other, far = encoder.vectors(
        ["身份证让我弄丢了咋整", "身份证丢失的，应当申请补领。", "护照到期前可以换发。", "今天天气不错，适合爬山。"]
    )
    assert asked @ own > asked @ other > asked @ far


def test_vectors_have_unit_length_whatever_the_text(encoder: Encoder) -> None:
    vectors = encoder.vectors(["", " ", "😀", "\x00", "a" * 100_000, "身份证" * LONGEST])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_nothing_gives_nothing(encoder: Encoder) -> None:
    assert encoder.vectors([]).shape == (0, encoder.dimensions)


def test_a_text_means_the_same_alone_and_among_others(encoder: Encoder) -> None:
    texts = ["补身份证多少钱", "护照去哪办", "公积金能提几次", "身份证丢了要去哪里补办才行"]
    together, alone = encoder.vectors(texts), [encoder.vectors([text])[0] for text in texts]
    assert np.array_equal(together, alone)


def test_letters_mean_the_same_in_any_size_and_width(encoder: Encoder) -> None:
    one, other = encoder.vectors(["ETC怎么办理", "ｅｔｃ怎么办理"])
    assert float(one @ other) > 0.999


def test_it_needs_no_torch() -> None:
    said = subprocess.run([sys.executable, "-c", ONLY_LOADING], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
