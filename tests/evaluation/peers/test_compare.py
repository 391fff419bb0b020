"""What is made of a peer's answers, and what is said of one that is not there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from evaluation.peers import installing
from evaluation.peers.choosing import best_way, ranked_by, ranked_by_likelihoods, ranked_of
from evaluation.peers.compare import missing, peer_table
from evaluation.peers.diet import likelihoods, project_files
from evaluation.peers.documents import grouped
from evaluation.peers.installing import NotHad, load_peer
from evaluation.questions import Question

QUESTION = Question("q", "怎么办", ("b",), (), "in", "oral")


def test_what_a_peer_puts_first_counts() -> None:
    assert (ranked_of(QUESTION, ["c", "b", "a"], 0.9).rank, ranked_of(QUESTION, ["a"], 0.9).rank) == (2, 0)
    assert ranked_of(QUESTION, [*"0123456789", "b"], 0.9).rank == 0  # of more than ten nobody reads


def test_a_likelihood_is_as_sure_as_it_says() -> None:
    found = ranked_by_likelihoods([QUESTION, QUESTION], [{"a": 0.2, "b": 0.5, "c": 0.9}, {}])
    assert [(each.rank, each.score) for each in found] == [(2, 0.9), (0, 0.0)]


def test_a_peer_is_read_in_the_way_that_suits_it() -> None:
    documents = grouped([("a", "甲"), ("b", "乙"), ("c", "丙")])
    asked = [QUESTION, Question("n", "写首诗", (), (), "near", "oral")]
    good, bad = np.array([[0.1, 0.5, 0.1], [0.6, 0.6, 0.6]], np.float32), np.array([[0.9, 0.5, 0.1]] * 2, np.float32)
    way = best_way({"badly": lambda texts: bad, "well": lambda texts: good}, documents, asked)
    assert way.how == "well, sure by its lead"  # the score is higher where there is nothing to find
    assert [(each.rank, round(each.score, 3)) for each in ranked_by(way, documents, asked)] == [(1, 0.4), (0, 0.0)]


def test_the_stock_bot_is_as_sure_as_intent_and_response_together() -> None:
    answer = {
        "intents": [["faq", 0.5], ["out_of_scope", 0.5]],
        "responses": [["faq/id-card-first", 0.8], ["faq/passport-first", 0.1]],
    }
    assert likelihoods(answer) == pytest.approx({"id-card-first": 0.4, "passport-first": 0.05})


def test_the_stock_bot_learns_the_texts_of_the_items() -> None:
    files = project_files(grouped([("a", "身份证"), ("b", "护照"), ("a", "补办\n身份证")]))
    nlu = {each["intent"]: each["examples"] for each in yaml.safe_load(files["nlu.yml"])["nlu"]}
    assert (nlu["faq/a"], nlu["faq/b"]) == ("- 身份证\n- 补办 身份证\n", "- 护照\n")
    assert nlu["out_of_scope"].startswith("- ")
    assert set(yaml.safe_load(files["domain.yml"])["responses"]) == {"utter_faq/a", "utter_faq/b"}


def test_a_peer_that_cannot_be_had_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(package: str, folder: Path) -> None:
        raise NotHad(f"{package} cannot be installed here: no network")

    monkeypatch.setattr(installing, "_install", refuse)
    with pytest.raises(NotHad, match="no network"):
        load_peer("nowhere==1", "nowhere", tmp_path)


def test_the_table_passes_over_what_was_not_measured() -> None:
    ranked = [{"rank": 1, "score": 0.9, "in_scope": True}, {"rank": 0, "score": 0.1, "in_scope": False}]
    measured = {
        "texts": 3,
        "items": 2,
        "systems": {
            "ours": {"how": "as it is shipped", "ranked": ranked},
            "BM25": {"how": "the best text", "ranked": ranked},
            "e5": {"missing": "it cannot be installed here"},
        },
    }
    assert [row[0] for row in peer_table(measured).rows] == ["ours", "BM25: the best text"]
    assert missing(measured) == ["e5: it cannot be installed here"]
