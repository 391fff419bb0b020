"""The report names what is wrong with a scenario, and shows what comes of answers."""

from __future__ import annotations

import pytest

from evaluation.scenarios import report


def test_the_shipped_scenarios_are_without_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["open-restaurant", '{"owner": "individual", "runs": "adult"}', '{"area": 0}']) == 0
    told = capsys.readouterr().out
    assert "店面大概多少平方米？" in told and "area: 面积要大于0" in told and told.endswith("没有问题\n")


def test_the_statements_of_an_item_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--item", "hukou-birth"]) == 0
    assert "birth-certificate-paper" in capsys.readouterr().out
