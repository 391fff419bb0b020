from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.sources import Article, Hold, LegalText, Reference, article_label, read_reference
from tests import fakes


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("id-card-law#12", Reference("id-card-law", "12")),
        ("id-card-law#12-2", Reference("id-card-law", "12-2")),
        ("fee-rule#办理时限", Reference("fee-rule", "办理时限")),
        ("fee-rule", Reference("fee-rule")),
        ("sample", Reference("sample")),
        ("", Reference("")),
    ],
)
def test_a_reference_is_taken_apart_and_put_together(written: str, reference: Reference) -> None:
    assert read_reference(written) == reference and str(reference) == written


@pytest.mark.parametrize(
    ("article", "label"),
    [
        ("3", "第三条"),
        ("12", "第十二条"),
        ("105", "第一百零五条"),
        ("1260", "第一千二百六十条"),
        ("12-2", "第十二条之二"),
        ("办理时限", "办理时限"),
        ("附件一-2", "附件一-2"),
        ("", ""),
    ],
)
def test_an_article_is_called_as_the_law_calls_it(article: str, label: str) -> None:
    assert article_label(article) == label


def test_an_article_of_the_collections_needs_only_its_text() -> None:
    assert Article(text="应当交回。").hold is Hold.STATUTE


@pytest.mark.parametrize("lacking", ["read_at", "read_on"])
def test_a_text_that_was_read_says_where_and_when(lacking: str) -> None:
    stated: dict[str, Any] = {
        "text": "应当交回。",
        "hold": "read",
        "read_at": "https://x.cn/a",
        "read_on": "2026-01-01",
    }
    assert Article.model_validate(stated)
    with pytest.raises(ValidationError, match="要写明地址"):
        Article.model_validate({name: value for name, value in stated.items() if name != lacking})


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", "Bad Id"), ("title", ""), ("kind", "gossip"), ("articles", {"3": {"text": ""}}), ("author", "某人")],
)
def test_a_source_that_nobody_could_look_up_is_refused(field: str, value: Any) -> None:
    whole = fakes.sources()["rule"].model_dump(mode="json")
    assert LegalText.model_validate(whole) == fakes.sources()["rule"]
    with pytest.raises(ValidationError, match=field):
        LegalText.model_validate({**whole, field: value})


def test_a_source_is_in_force_on_its_first_and_its_last_day() -> None:
    law = fakes.legal_text("law", "某法", {"1": "有效。"}, in_force_from="2026-01-01", in_force_until="2026-12-31")
    days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert [law.is_in_force(date.fromisoformat(day)) for day in days] == [False, True, True, False]
