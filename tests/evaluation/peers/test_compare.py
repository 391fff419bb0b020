"""What is made of a peer's answers, and what is said of one that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evaluation.peers import installing
from evaluation.peers.compare import best_first, missing, peer_table, ranked_of
from evaluation.peers.diet import likelihoods, project_files
from evaluation.peers.documents import grouped
from evaluation.peers.installing import NotHad, load_peer
from evaluation.questions import Question

QUESTION = Question("q", "怎么办", ("b",), (), "in", "oral")


def test_the_order_of_a_peer_is_what_counts() -> None:
    found = ranked_of(QUESTION, best_first({"a": 0.2, "b": 0.5, "c": 0.9}.items()))
    assert (found.rank, found.score, found.in_scope) == (2, 0.9, True)


def test_what_leads_without_the_best_score_leads() -> None:
    assert ranked_of(QUESTION, [("b", 0.1), ("a", 0.9)]).rank == 1


def test_beyond_ten_nothing_is_found() -> None:
    assert ranked_of(QUESTION, [(str(at), 1.0) for at in range(10)] + [("b", 1.0)]).rank == 0
    assert ranked_of(QUESTION, []).score == 0.0


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
