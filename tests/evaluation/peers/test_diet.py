"""The stock bot, as small as can be, in Rasa's own environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.peers import diet
from evaluation.peers.documents import grouped
from knowledge_base.language.intents import OFF_TOPIC

DOCUMENTS = grouped(
    [
        *(("id-card", text) for text in ("身份证补办", "身份证丢了怎么办", "补办身份证要什么材料")),
        *(("passport", text) for text in ("护照首次申领", "办护照要多少钱", "第一次办护照")),
        *(("fund", text) for text in ("公积金提取", "公积金怎么取出来", "取公积金要多久")),
    ]
)


@pytest.mark.rasa
def test_the_stock_bot_learns_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        diet, "examples_of", lambda: [(text, OFF_TOPIC) for text in ("写首诗", "讲个笑话", "今天下雨吗")]
    )
    for component in diet.CONFIG["pipeline"][-2:]:
        monkeypatch.setitem(component, "epochs", 20)
    first, second = diet.asked_of_stock(DOCUMENTS, ["我的身份证丢了", "护照多少钱"], tmp_path / "stock")
    assert max(first, key=lambda item: first[item]) == "id-card"
    assert max(second, key=lambda item: second[item]) == "passport"
    assert set(first) == {"id-card", "passport", "fund"} and all(0 <= likely <= 1 for likely in first.values())
