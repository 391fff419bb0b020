"""What sentences mean: vectors kept in a file, and the items that lie near a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.language.learned import NotLearned, sources_in
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.kept_meanings import content_of_meanings, digest_of, digest_of_encoder, read_meanings
from knowledge_base.search.meanings import Meanings, MeantText, meaning_index_of

LETTERS = "证丢补换期钱"


class Counting:
    """Each of LETTERS is a direction. Counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def dimensions(self) -> int:
        return len(LETTERS) + 1

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        counts = np.array([[*(text.count(letter) for letter in LETTERS), 0.1] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


TEXTS = [
    MeantText("lost", "补证"),
    MeantText("lost", "证丢了可以补", "should"),
    MeantText("lost", "证丢了怎么补", "should", is_asked=True),
    MeantText("renew", "换证"),
    MeantText("renew", "证到期要换", "expired"),
]


def _written(folder: Path, texts: Sequence[str], encoder: str) -> Path:
    vectors = dict(zip(map(digest_of, texts), Counting().vectors(texts), strict=True))
    path = folder / "meanings.npz"
    path.write_bytes(content_of_meanings(vectors, "these sources", encoder))
    return path


@pytest.fixture
def encoder_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "encoder.onnx").write_bytes(b"weights")
    return folder


def test_what_the_file_holds_is_not_encoded_again(tmp_path: Path, encoder_folder: Path) -> None:
    path = _written(tmp_path, ["补证", "换证"], digest_of_encoder(encoder_folder))
    encoder = Counting()
    meanings = Meanings(encoder, read_meanings(path, encoder_folder))
    found = meanings.vectors(["补证", "证到期", "换证"])
    assert encoder.asked == ["证到期"]
    assert np.allclose(found, Counting().vectors(["补证", "证到期", "换证"]), atol=0.02)


def test_the_file_tells_what_it_was_made_of(tmp_path: Path, encoder_folder: Path) -> None:
    assert sources_in(_written(tmp_path, ["补证"], digest_of_encoder(encoder_folder))) == "these sources"


def test_the_file_of_another_encoder_is_refused(tmp_path: Path, encoder_folder: Path) -> None:
    path = _written(tmp_path, ["补证"], digest_of_encoder(encoder_folder))
    (encoder_folder / "encoder.onnx").write_bytes(b"other weights")
    with pytest.raises(NotLearned, match="another encoder"):
        read_meanings(path, encoder_folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_a_broken_file_says_what_to_do(tmp_path: Path, encoder_folder: Path, content: bytes) -> None:
    (tmp_path / "meanings.npz").write_bytes(content)
    with pytest.raises(NotLearned, match="rasa-train"):
        read_meanings(tmp_path / "meanings.npz", encoder_folder)


def test_without_a_file_it_says_what_to_do(tmp_path: Path, encoder_folder: Path) -> None:
    with pytest.raises(NotLearned, match="rasa-train"):
        read_meanings(tmp_path / "meanings.npz", encoder_folder)


def test_the_item_whose_sentences_are_nearest_has_the_greatest_share() -> None:
    found = meaning_index_of(TEXTS, Meanings(Counting())).of_items("证丢了")
    assert found["lost"].nearest > found["renew"].nearest
    assert found["lost"].share > found["renew"].share
    assert sum(each.share for each in found.values()) == pytest.approx(1, abs=1e-4)


def test_one_question_is_encoded_once() -> None:
    encoder = Counting()
    index = meaning_index_of(TEXTS, Meanings(encoder))
    for _ in range(3):
        index.of_items("证丢了")
    assert encoder.asked.count("证丢了") == 1


def test_how_near_one_item_is_comes_out_as_among_all() -> None:
    index = meaning_index_of(TEXTS, Meanings(Counting()))
    found = index.of_items("证丢了")
    for item in ("lost", "renew"):
        assert index.nears("证丢了", item) == pytest.approx(found[item].nearest, abs=1e-4)


def test_how_near_an_item_is_that_stands_beside_or_among_others_is_left_open() -> None:
    index = meaning_index_of([*TEXTS, MeantText("lost", "证没了")], Meanings(Counting()))
    assert index.nears("证丢了", "lost") == index.nears("证丢了", "unknown") == -1.0
    assert index.amended({"renew"}, [MeantText("renew", "换证")]).nears("证丢了", "renew") == -1.0


def test_packed_or_not_a_text_is_as_near(tmp_path: Path, encoder_folder: Path) -> None:
    kept = read_meanings(_written(tmp_path, ["补证", "换证"], digest_of_encoder(encoder_folder)), encoder_folder)
    meanings = Meanings(Counting(), kept)
    question = meanings.of_question("证丢了")
    for texts in (["补证", "换证"], ["补证", "证到期"], []):
        packed = meanings.packed(texts)
        assert packed.cosines(question) == pytest.approx(meanings.vectors(texts) @ question, abs=1e-6)
        assert len(packed.where(np.zeros(len(texts), np.bool_)).cosines(question)) == 0
    assert meanings.packed(["换证"]).rows.dtype == np.int8
