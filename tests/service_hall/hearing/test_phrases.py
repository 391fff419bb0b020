"""Every notion is said by its examples and by none of its counter-examples."""

from __future__ import annotations

import pytest

from knowledge_base.language.asking import PHRASES
from knowledge_base.language.phrasebook import Phrase
from service_hall.hearing.notions import NOTIONS

FEWEST = 8
ALL = {**PHRASES, **NOTIONS}


@pytest.mark.parametrize("notion", ALL.values(), ids=ALL)
def test_a_notion_is_said_by_its_examples_and_not_by_the_others(notion: Phrase) -> None:
    assert [text for text in notion.yes if not notion.is_said(text)] == []
    assert [text for text in notion.no if notion.is_said(text)] == []


@pytest.mark.parametrize("notion", ALL.values(), ids=ALL)
def test_each_notion_has_examples_enough(notion: Phrase) -> None:
    assert len(set(notion.yes)) >= FEWEST and len(set(notion.no)) >= FEWEST


def test_no_notion_has_two_owners() -> None:
    assert len(ALL) == len(PHRASES) + len(NOTIONS)
