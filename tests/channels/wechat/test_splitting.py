from __future__ import annotations

import pytest

from channels.wechat.splitting import MOST_BYTES, split

SENTENCE = "补领身份证要带户口簿，本人到公安窗口去办。"


def texts(text: str, most: int = MOST_BYTES) -> list[str]:
    return [piece.text for piece in split(text, most)]


def test_a_short_text_is_one_piece() -> None:
    assert texts(SENTENCE) == [SENTENCE]


def test_no_piece_is_longer_than_wechat_takes_and_each_ends_with_a_sentence() -> None:
    pieces = texts(SENTENCE * 100)
    assert "".join(pieces) == SENTENCE * 100 and len(pieces) == 4
    assert all(len(piece.encode()) <= MOST_BYTES and piece.endswith("。") for piece in pieces)


@pytest.mark.parametrize("length", range(2040, 2056))
def test_the_bound_is_2048_bytes(length: int) -> None:
    assert len(texts("x" * length)) == (1 if length <= 2048 else 2)


def test_a_line_is_a_better_place_than_a_sentence() -> None:
    assert texts("第一行。还是第一行。\n第二行。还有。", 40) == ["第一行。还是第一行。", "第二行。还有。"]


def test_nothing_is_lost_where_there_is_no_place_to_cut() -> None:
    assert "".join(texts("字" * 3000)) == "字" * 3000


@pytest.mark.parametrize("whole", ["👨‍👩‍👧‍👦", "e\u0301", "☎️"])
def test_what_is_seen_as_one_character_stays_one(whole: str) -> None:
    for lead in range(12):
        pieces = texts("好" * lead + whole * 3, 28)
        assert all(not piece.startswith(tuple(whole[1:])) for piece in pieces)


def test_a_link_is_never_cut_in_two() -> None:
    link = '<a href="https://hall.example/a/b?c=d. e">打开，网页查看。</a>'
    for lead in range(0, 60, 3):
        pieces = texts("好" * lead + "。" + link, 130)
        assert any(link in piece for piece in pieces)


def test_each_piece_says_where_the_next_begins() -> None:
    text = "第一段。\n\n第二段，很长很长。第三段。"
    at = 0
    for piece in split(text, 24):
        assert text[at : piece.end].strip("\n") == piece.text
        at = piece.end
    assert at == len(text)


@pytest.mark.parametrize("text", ["", "\n", "\n\n"])
def test_of_nothing_there_is_no_piece(text: str) -> None:
    assert split(text) == []
