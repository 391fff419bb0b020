"""A word that is in the names of several services leaves open which, with the commonest in front."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.search.find import Answered, Unsure


@pytest.mark.parametrize("word", ["身份证", "营业执照", "医保", "落户", "驾照"])
def test_what_several_services_are_about_is_asked_back(real_library: Library, word: str) -> None:
    assert isinstance(real_library.find_item(word), Unsure)


def test_companies_stand_behind_people_and_rent_before_rarer_ways(real_library: Library) -> None:
    found = real_library.find_item("公积金")
    assert isinstance(found, Unsure)
    listed = [hit.guide_id for hit in found.choices]
    wanted = ["housing-fund-withdraw-rent", "housing-fund-withdraw-buy", "housing-fund-loan"]
    assert [each for each in listed if each in wanted] == wanted and "housing-fund-open" not in listed


@pytest.mark.parametrize(("word", "item"), [("离婚", "divorce-register"), ("居住证", "residence-permit-apply")])
def test_what_no_other_is_clearly_meant_by_is_answered(real_library: Library, word: str, item: str) -> None:
    found = real_library.find_item(word)
    assert isinstance(found, Answered) and found.hit.guide_id == item
