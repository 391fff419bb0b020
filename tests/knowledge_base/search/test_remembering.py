from __future__ import annotations

from knowledge_base.search.remembering import remembered


def test_a_sentence_is_looked_up_once() -> None:
    looked: list[str] = []

    def look_up(sentence: str) -> int:
        looked.append(sentence)
        return len(sentence)

    kept: dict[str, int] = {}
    assert [remembered(kept, 9, said, look_up) for said in ("狗证", "狗证", "摊位备案", "狗证")] == [2, 2, 4, 2]
    assert looked == ["狗证", "摊位备案"]


def test_no_more_is_kept_than_may_be() -> None:
    kept: dict[str, int] = {}
    for number in range(50):
        remembered(kept, 8, str(number), int)
    assert 0 < len(kept) <= 8 and kept["49"] == 49
