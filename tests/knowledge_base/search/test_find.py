from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.search.calibration import load_calibration
from knowledge_base.search.find import (
    COMPARED,
    MOST_CHOICES,
    Answered,
    Calibration,
    Decision,
    Evidence,
    Hit,
    Meant,
    NotFound,
    Unsure,
    Weighing,
    Weighings,
    decide,
    feature_rows,
    rank,
)

NO_WEIGHING = Weighing((), 0.0)
NO_WEIGHINGS = Weighings(NO_WEIGHING, NO_WEIGHING)
FLOORS = Calibration(
    NO_WEIGHINGS, NO_WEIGHINGS, sure=0.9, answer_floor=0.7, alone_floor=0.6, margin=0.3, choice_floor=0.2
)


def hit(guide_id: str, score: float, has_guide: bool = True) -> Hit:
    return Hit(guide_id, score, guide_id, has_guide)


def decided(*hits: Hit) -> Decision:
    return decide(hits, FLOORS)


class TestDeciding:
    def test_nothing_found_is_not_found(self) -> None:
        assert decided() == NotFound(())

    def test_a_clear_lead_is_answered(self) -> None:
        assert isinstance(decided(hit("a", 0.9), hit("b", 0.3)), Answered)

    def test_a_score_at_the_floor_is_answered(self) -> None:
        assert isinstance(decided(hit("a", 0.7)), Answered)

    def test_a_narrow_lead_offers_both(self) -> None:
        decision = decided(hit("a", 0.9), hit("b", 0.8))
        assert isinstance(decision, Unsure) and [each.guide_id for each in decision.choices] == ["a", "b"]

    def test_below_the_floor_is_offered_and_not_answered(self) -> None:
        assert isinstance(decided(hit("a", 0.69), hit("b", 0.2)), Unsure)

    def test_below_every_floor_is_not_found(self) -> None:
        assert isinstance(decided(hit("a", 0.19)), NotFound)

    def test_a_known_item_without_a_guide_is_named_and_not_answered(self) -> None:
        decision = decided(hit("a", 0.9, has_guide=False), hit("b", 0.1))
        assert isinstance(decision, NotFound) and decision.known and decision.known.guide_id == "a"

    def test_what_comes_alone_into_question_need_be_less_likely(self) -> None:
        assert isinstance(decided(hit("a", 0.65), hit("b", 0.1)), Answered)
        assert isinstance(decided(hit("a", 0.65), hit("b", 0.25)), Unsure)
        assert isinstance(decided(hit("a", 0.55), hit("b", 0.1)), Unsure)

    def test_an_item_without_a_guide_is_never_offered(self) -> None:
        decision = decided(hit("a", 0.6), hit("b", 0.5, has_guide=False), hit("c", 0.4))
        assert isinstance(decision, Unsure) and [each.guide_id for each in decision.choices] == ["a", "c"]

    def test_no_more_choices_than_a_citizen_can_weigh(self) -> None:
        decision = decided(*(hit(name, 0.6) for name in "abcdefgh"))
        assert isinstance(decision, Unsure) and len(decision.choices) == MOST_CHOICES


likelihoods = st.floats(0, 1)
hits = st.lists(st.builds(hit, st.text("abcdef", min_size=1, max_size=3), likelihoods, st.booleans()), max_size=12).map(
    lambda found: tuple(sorted(found, key=lambda each: -each.score))
)
floors = st.builds(
    lambda answer_floor, less, margin, part: Calibration(
        NO_WEIGHINGS, NO_WEIGHINGS, 0.9, answer_floor, answer_floor * less, margin, answer_floor * less * part
    ),
    answer_floor=likelihoods,
    less=likelihoods,
    margin=likelihoods,
    part=likelihoods,
)


class TestWhateverIsFound:
    @given(hits, floors)
    def test_nothing_below_the_floor_is_answered(self, found: tuple[Hit, ...], calibration: Calibration) -> None:
        decision = decide(found, calibration)
        if isinstance(decision, Answered):
            is_alone = all(other.score < calibration.choice_floor for other in found[1:])
            floor = calibration.alone_floor if is_alone else calibration.answer_floor
            assert decision.hit.score >= floor and decision.hit.has_guide
            assert is_alone or all(decision.hit.score - other.score >= calibration.margin for other in found[1:])

    @given(hits, floors)
    def test_nothing_below_the_choice_floor_is_offered(self, found: tuple[Hit, ...], calibration: Calibration) -> None:
        decision = decide(found, calibration)
        if isinstance(decision, Unsure):
            assert 1 <= len(decision.choices) <= MOST_CHOICES
            assert all(each.score >= calibration.choice_floor and each.has_guide for each in decision.choices)

    @given(hits, floors)
    def test_what_was_weighed_is_kept(self, found: tuple[Hit, ...], calibration: Calibration) -> None:
        assert decide(found, calibration).hits == found

    @given(hits, floors)
    def test_what_is_called_known_has_no_guide(self, found: tuple[Hit, ...], calibration: Calibration) -> None:
        decision = decide(found, calibration)
        if isinstance(decision, NotFound) and decision.known:
            assert not decision.known.has_guide


def evidence(guide_id: str, figure: float, meant: Meant | None = None, **stated: float) -> Evidence:
    figures = dict.fromkeys(("nearest", "nearby", "to_the_point", "lexical", "coverage", "named", "off_topic"), figure)
    return Evidence(guide_id=guide_id, text=guide_id, has_guide=True, meant=meant, **{**figures, **stated})


class TestRanking:
    def test_no_evidence_ranks_nothing(self) -> None:
        assert rank([], load_calibration()) == () and feature_rows([]) == []

    def test_better_evidence_ranks_higher(self) -> None:
        ranked = rank([evidence("poor", 0.1, off_topic=0), evidence("good", 0.9, off_topic=0)], load_calibration())
        assert [each.guide_id for each in ranked] == ["good", "poor"]

    def test_alike_evidence_is_ranked_by_id(self) -> None:
        ranked = rank([evidence("b", 0.5), evidence("a", 0.5)], load_calibration())
        assert [each.guide_id for each in ranked] == ["a", "b"]

    def test_the_order_of_the_evidence_does_not_matter(self) -> None:
        three = [evidence("a", 0.2), evidence("b", 0.8), evidence("c", 0.5)]
        assert rank(three, load_calibration()) == rank(three[::-1], load_calibration())

    def test_the_lead_is_over_the_best_of_the_others(self) -> None:
        rows = feature_rows([evidence("a", 0.9), evidence("b", 0.6), evidence("c", 0.1)])
        leads = [row[-len(COMPARED)] for row in rows]
        assert leads == pytest.approx([0.3, -0.3, -0.8])

    def test_alone_an_item_leads_over_nothing(self) -> None:
        assert feature_rows([evidence("a", 0.9)])[0][-1] == pytest.approx(0.9)

    def test_what_sounds_like_the_item_ranks_higher_where_all_else_is_alike(self) -> None:
        ranked = rank([evidence("a", 0.5, learned=-0.9), evidence("b", 0.5, learned=0.4)], load_calibration())
        assert [each.guide_id for each in ranked] == ["b", "a"]

    def test_an_item_too_new_to_be_learned_wins_by_all_else(self) -> None:
        new, old = evidence("new", 0.9, off_topic=0), evidence("old", 0.2, off_topic=0, learned=-0.8)
        assert rank([old, new], load_calibration())[0].guide_id == "new"

    @given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
    def test_likelihoods_stay_likelihoods(self, figures: list[float]) -> None:
        ranked = rank([evidence(f"g{at}", figure) for at, figure in enumerate(figures)], load_calibration())
        assert all(0 <= each.score <= 1 for each in ranked)
        assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


def test_the_shipped_calibration_fits_the_features() -> None:
    calibration = load_calibration()
    for weighings, meant in ((calibration.at_a_glance, None), (calibration.closely, Meant(0.5, 0.5, 0.5))):
        new, old = evidence("a", 0.5, meant), evidence("a", 0.5, meant, learned=0.5)
        assert len(weighings.unlearned.speaks(feature_rows([new])[0])) == len(feature_rows([new])[0])
        assert len(weighings.learned.speaks(feature_rows([old])[0])) == len(feature_rows([old])[0])
    assert (
        0 < calibration.choice_floor <= calibration.alone_floor <= calibration.answer_floor < 1
        and 0 <= calibration.margin < 1
    )
