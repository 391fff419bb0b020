"""A glance first; the encoder is asked where that decides nothing, and for the statement that answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.language.spoken import load_spoken
from knowledge_base.model import Aspect
from knowledge_base.published import meant_texts_of
from knowledge_base.search.find import Weighing
from knowledge_base.search.looking import Look
from knowledge_base.search.meanings import Meanings, meaning_index_of
from knowledge_base.search.statement_reader import (
    Read,
    StatementCalibration,
    StatementReader,
    load_statement_calibration,
)
from knowledge_base.standing import Standing
from tests.fake_encoder import FakeEncoder
from tests.fakes import TODAY, TOWN, build_town, catalogue, published, town_intents

ASKED = "借书证丢了要赔书吗"


def _looking(sure: float) -> tuple[Look, FakeEncoder]:
    town, encoder = build_town(), FakeEncoder()
    texts = [*meant_texts_of(published().catalogue, Standing(published(), TOWN, TODAY).guide, load_spoken())]
    index = meaning_index_of(texts, Meanings(encoder))
    encoder.asked.clear()
    calibration = replace(town.calibration, sure=sure)
    return Look(town.index, index, town_intents(), load_spoken(), calibration), encoder


def test_where_a_glance_decides_the_encoder_is_not_asked() -> None:
    look, encoder = _looking(sure=0.0)
    assert all(each.meant is None for each in look.weighed(ASKED).evidence) and not encoder.asked


def test_where_a_glance_decides_nothing_the_encoder_speaks_for_every_item() -> None:
    look, encoder = _looking(sure=1.1)
    found = look.weighed(ASKED).evidence
    assert found and all(each.meant for each in found) and encoder.asked == [ASKED]
    best = max(found, key=lambda each: each.meant.nearest if each.meant else 0)
    assert best.guide_id == "library-card-lost"


def test_of_what_no_text_has_a_word_of_the_encoder_is_not_asked() -> None:
    look, encoder = _looking(sure=1.1)
    assert look.weighed("xyzzy").evidence == () and not encoder.asked


def test_a_closer_look_weighs_whatever_a_glance_weighs() -> None:
    look, _ = _looking(sure=1.1)
    glanced, closely = look.at_a_glance(ASKED), look.closely(ASKED)
    assert {each.guide_id for each in glanced} <= {each.guide_id for each in closely}
    figures = {each.guide_id: each._replace(meant=None) for each in closely}
    assert all(figures[each.guide_id] == each for each in glanced)


def test_without_an_encoder_every_look_is_a_glance() -> None:
    town = build_town()
    assert town.look.closely(ASKED) == town.look.at_a_glance(ASKED)


def _reader(floor: float) -> StatementReader:
    # What is asked of a statement decides alone.
    weights = (0.0, 10.0, *[0.0] * (len(load_statement_calibration().weighing.weights) - 2))
    calibration = StatementCalibration(
        Weighing(weights, -5.0), {"asked": floor, "overview": 1.0, "other": 1.0, "beside": 1.0}
    )
    return StatementReader(
        catalogue(), load_spoken(), Meanings(FakeEncoder()), lambda _: {Aspect.FEE: 1.0}, calibration
    )


@pytest.mark.parametrize(
    ("aspect", "floor", "led_by"),
    [(Aspect.FEE, 0.5, "book-too"), (Aspect.FEE, 1.0, None), (Aspect.LOCATION, 0.5, None)],
    ids=["surely the answer", "not surely enough", "about something else than was asked"],
)
def test_a_statement_leads_where_it_surely_answers(aspect: Aspect, floor: float, led_by: str | None) -> None:
    guide = build_town().guide("library-card-lost")
    assert guide
    found = _reader(floor).read(guide, "书证丢了要赔书不", [aspect]).leading
    assert (found.id if found else None) == led_by


def test_a_statement_is_weighed_by_how_likely_its_aspect_is_asked() -> None:
    guide = build_town().guide("library-card-lost")
    assert guide
    rows = _reader(0.5).rows(guide, ASKED, [Aspect.LOCATION])
    about_money = [Aspect.FEE in each.about for each in guide.statements]
    assert any(about_money) and [row[-2] for row in rows] == [float(each) for each in about_money]


def test_nothing_said_is_answered_by_no_statement() -> None:
    guide = build_town().guide("library-card-lost")
    assert guide and _reader(0.0).read(guide, "？？", [Aspect.FEE]) == Read()


def test_a_question_may_be_weighed_as_if_nobody_had_listed_it() -> None:
    guide = build_town().guide("library-card-lost")
    assert guide
    at = [each.id for each in guide.statements].index("book-too")
    listed, unlisted = (
        _reader(0.5).rows(guide, ASKED, [Aspect.FEE], without) for without in ("", "借书证丢了要赔书吗？")
    )
    assert listed[at][1] > unlisted[at][1]


def test_the_shipped_weights_fit_what_is_weighed() -> None:
    guide = build_town().guide("library-card-lost")
    assert guide
    rows = _reader(0.5).rows(guide, ASKED, [Aspect.FEE])
    assert {len(row) for row in rows} == {len(load_statement_calibration().weighing.weights)}
