"""One table of measures: what texts write, what citizens say, and what questions and calculators ask for."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from knowledge_base.content_files import load_content
from knowledge_base.figures import Figure, figures_in
from knowledge_base.measures import MEASURES, WHOLES, WRITTEN, Measure, counts_another, spoken_of
from service_hall.hearing.figures import read_figure_said
from service_hall.scenarios.calculators import CALCULATORS


def test_no_word_stands_for_two_of_them() -> None:
    assert max(Counter(each.unit for each in MEASURES).values()) == 1
    for forms in ([form for each in MEASURES for form in each.written], [f for each in MEASURES for f in each.spoken]):
        assert max(Counter(forms).values()) == 1
    assert {unit for pair in WHOLES.items() for unit in (pair[0], pair[1][1])} <= set(WRITTEN.values())


def test_what_is_asked_for_is_among_them() -> None:
    known = {each.unit for each in MEASURES} | {form for each in MEASURES for form in each.spoken}
    asked = {question.unit for each in load_content().scenarios.values() for question in each.questions}
    reckoned = {wanted.unit for each in CALCULATORS.values() for wanted in each.inputs}
    assert (asked | reckoned) - {""} <= known


@pytest.mark.parametrize("measure", [each for each in MEASURES if each.spoken], ids=lambda each: each.unit)
def test_what_is_said_is_read_and_counts_nothing_else(measure: Measure) -> None:
    for form in measure.spoken:
        assert read_figure_said(f"大概7{form}", measure.unit) is not None
        other = "元" if measure.unit != "元" else "人"
        assert counts_another(form, other) is (measure.unit != "个")
        assert not counts_another(form, measure.unit)


@pytest.mark.parametrize(("form", "unit"), sorted(WRITTEN.items()))
def test_what_is_written_is_one_figure(form: str, unit: str) -> None:
    if unit in ("折", "成", "‰"):  # in percent
        unit = "%"
    assert {figure.unit for figure in figures_in(f"不超过7{form}。")} == {unit}


def test_a_unit_that_is_none_is_said_as_it_is() -> None:
    assert spoken_of("头") == ("头",) and spoken_of("") == () and figures_in("三十日") == {Figure(Decimal(30), "日")}
