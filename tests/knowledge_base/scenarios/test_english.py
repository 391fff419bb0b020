"""Life events that are told in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.content_files import load_content
from knowledge_base.scenarios import english
from knowledge_base.scenarios.english import asks_for_all_in_english, is_english, scenario_told_in_english
from knowledge_base.yaml_lines import read_yaml


@pytest.mark.parametrize(
    ("said", "scenario"),
    [
        ("I want to open a small restaurant", "open-restaurant"),
        ("My father passed away.", "after-a-death"),
        ("having a baby", "have-a-baby"),
        ("we are getting married next month", "get-married"),
        ("I lost my job", "lost-job"),
        ("where is the restaurant", ""),
        ("我想open a restaurant", ""),
        ("OK", ""),
    ],
)
def test_it_is_told_by_its_words_in_a_row(said: str, scenario: str) -> None:
    assert scenario_told_in_english(said) == scenario


def test_every_scenario_has_some_and_none_is_shared() -> None:
    told = read_yaml(Path(english.__file__).with_suffix(".yml")).data
    assert set(told) == set(load_content().scenarios)
    phrases = [words for each in told.values() for words in each]
    assert len(set(phrases)) == len(phrases) and all(words == words.lower() for words in phrases)


def test_what_asks_for_all() -> None:
    assert asks_for_all_in_english("My mother died, what do I need to do?") and not asks_for_all_in_english("it is due")
    assert is_english("my list please") and not is_english("PDF") and not is_english("办ETC and visa")
