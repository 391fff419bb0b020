"""When a letter counts as read right."""

from __future__ import annotations

import pytest

from evaluation.letters import score as scoring
from evaluation.letters.agreement import agreement, cohens_kappa
from evaluation.letters.generate import Read
from evaluation.letters.letters import Label, Letter
from evaluation.letters.score import letters_table, score
from evaluation.retrieval.records import FoundHit, SearchResult


def letter(a: tuple[str, ...] = (), b: tuple[str, ...] = (), kind: str = "question", aspect: str = "") -> Letter:
    return Letter(0, "", Label(a, kind, aspect, "high"), Label(b, "question", "", "low"))


def read(decision: str, *found: str, aspect: str = "overview") -> Read:
    return Read(0, SearchResult(decision, aspect, tuple(FoundHit(each, 0.5, True) for each in found), 1.0))


def test_labellers_who_never_differ_agree_wholly() -> None:
    assert cohens_kappa([("a", "a"), ("b", "b")]) == cohens_kappa([("a", "a")]) == 1.0


def test_agreement_by_chance_is_none() -> None:
    assert cohens_kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == pytest.approx(0.0)


def test_an_item_in_common_is_less_than_the_same_first() -> None:
    found = agreement([letter(("x", "y"), ("y",)), letter(), letter(("x",)), letter(("x",), ("x",), kind="request")])
    assert (found.same_first.count, found.overlapping.count, found.same_kind.count) == (2, 3, 3)


def test_the_item_of_either_is_right() -> None:
    scores = score([letter(("x",), ("y",))] * 3, [read("answer", "y"), read("answer", "z", "x"), read("clarify", "x")])
    assert (scores.with_item_answered_right.count, scores.with_item_answered_wrong.count) == (1, 1)
    assert (scores.with_item_first.count, scores.with_item_among_three.count, scores.right.count) == (2, 3, 1)


def test_none_is_right_where_either_found_none() -> None:
    scores = score([letter(), letter(("x",)), letter(("x",), ("x",))], [read("not_found")] * 3)
    assert (scores.right.count, scores.both_none_refused.count, scores.both_same_refused.count) == (2, 1, 1)


def test_who_is_told_whom_to_ask_is_answered_by_no_guide() -> None:
    scores = score([letter(), letter()], [read("answer", "hall-traffic", "x"), read("answer", "x")])
    assert (scores.both_none_told_elsewhere.count, scores.both_none_answered.count, scores.right.count) == (1, 1, 1)


def test_a_topic_of_the_hall_does_not_push_an_item_back() -> None:
    scores = score([letter(("x",), ("x",), aspect="condition")], [read("answer", "hall-a", "x", aspect="eligibility")])
    assert (scores.with_item_first.count, scores.aspect_right.count, scores.aspect_right.of) == (1, 1, 1)


def test_where_no_letters_were_read_the_table_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "load_read", lambda split: None)
    assert "--letters" in str(letters_table("test"))
