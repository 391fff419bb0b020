"""The form in which phrases are written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.language.fragments import compiled, one_of
from knowledge_base.language.phrasebook import Phrasebook

WORDS = {"polite": "请 麻烦", "place": "空?号 {wide}", "wide": "位置?"}


@pytest.mark.parametrize(
    ("written", "text", "is_said"),
    [
        ("有号", "还有号吗", True),
        ("最[早快]", "最快", True),
        ("最[^早]", "最早", False),
        ("换(个|一下)时间", "换一下时间", True),
        ("换(个|一下)?时间", "换时间", True),
        ("约(!定|束)", "约定", False),
        ("约(=明天)", "约明天", True),
        ("(<!大|已经)约", "已经约", False),
        ("(<!大|已经)约", "我要约", True),
        ("(<今|明)天", "明天", True),
        ("(<今|明)天", "后天", False),
        ("有<3>号", "有没有号", True),
        ("有<,3>号", "有，号", False),
        ("^我", "和我", False),
        ("了$", "了吗", False),
        ("(<!不){A不A}", "行不行", True),
        ("(<!不){A不A}", "行不对", False),
        ("{polite}*帮我", "请麻烦请帮我", True),
        ("有{place}", "有位", True),
        ("号_[_、]码", "号  码", True),
        ("a*b", "b", True),
    ],
)
def test_a_fragment_says_what_it_is_written_for(written: str, text: str, is_said: bool) -> None:
    assert bool(compiled(one_of(written, WORDS)).search(text)) == is_said


@pytest.mark.parametrize("written", ["a{2}", "a+", "a.b", r"\d", "(?=a)", "[a", "a)b", "<x>", "(a", "((<!a)"])
def test_what_is_no_fragment_is_refused(written: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        compiled(one_of(written, WORDS))


def test_a_longer_fragment_prevails_over_a_shorter_one() -> None:
    found = compiled(one_of("多少 多少钱", WORDS)).match("多少钱")
    assert found and found[0] == "多少钱"


def test_a_phrase_with_a_key_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wants.yml").write_text("says: 要\nunles: 不要\n", "utf-8")
    with pytest.raises(ValueError, match="unles"):
        Phrasebook(tmp_path)


def test_a_notion_may_deny_another_and_be_said_by_one(tmp_path: Path) -> None:
    (tmp_path / "asks.yml").write_text("says: 吗\n", "utf-8")
    (tmp_path / "nods.yml").write_text("says: 嗯\nsaid: whole\n", "utf-8")
    (tmp_path / "wants.yml").write_text("says: 要\nunless: 不要\nunless_said: asks\nor_said: nods\n", "utf-8")
    wants = Phrasebook(tmp_path)["wants"]
    said = {text: wants.is_said(text) for text in ("我要", "要吗", "不要", "嗯", "嗯哼")}
    assert said == {"我要": True, "要吗": False, "不要": False, "嗯": True, "嗯哼": False}


def test_a_run_of_words_is_taken_out_with_what_it_leads_to_and_left_where_it_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "books.yml").write_text("before: 我 想 要\nsays: 约\n", "utf-8")
    books = Phrasebook(tmp_path)["books"]
    assert books.without("我想要约护照") == "，护照"
    assert books.without("我想要护照") == "我想要护照"
    assert books.is_said("我想约") and not books.is_said("我想")
