"""The page of all results, from the few that may be at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import report
from evaluation.peers import compare
from evaluation.report import Results, printed, write_report
from evaluation.retrieval.ablation import PARTS
from evaluation.retrieval.records import Asked, FoundHit, SearchResult
from evaluation.scenarios.score import LifeEvents


def asked(question_id: str, kind: str, *found: tuple[str, float]) -> Asked:
    search = SearchResult("answer", "steps", tuple(FoundHit(*each, True) for each in found), 1.0)
    meant = ("a",) if kind == "in" else ()
    return Asked(question_id, "怎么办", meant, ("steps",), kind, "oral", "户籍", search, None)


ASKED = (
    asked("1", "in", ("a", 0.9), ("b", 0.2)),
    asked("2", "in", ("b", 0.6), ("a", 0.4)),
    asked("3", "near", ("b", 0.3)),
)
RANKED = [{"rank": 1, "score": 0.9, "in_scope": True}, {"rank": 0, "score": 0.3, "in_scope": False}]


@pytest.fixture
def results() -> Results:
    return Results("test", ASKED, (), (), (), LifeEvents((), (), ()), nlu=None, load=None)


def test_each_share_of_the_questions_has_its_interval(results: Results) -> None:
    told = printed(results)
    assert "search first" in told and "50.0 % (1/2)" in told and "9.5–90.5" in told
    assert "search reciprocal rank" in told and "0.750 (2)" in told


def test_the_page_is_whole(results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "REPORT", tmp_path / "report.html")
    page = write_report(results).read_text("utf-8")
    assert page.endswith("</html>\n")
    for title in ("Letters", "Coverage and false answers", "Reliability"):
        assert f"<h2>{title}</h2>" in page
    assert "<h2>Peers</h2>" not in page and "<h2>Parts left out</h2>" not in page


def test_peers_and_parts_left_out_stand_there_once_they_are_measured(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "REPORT", tmp_path / "report.html")
    monkeypatch.setattr(compare, "load_questions", lambda split: [])
    systems = {"ours": {"how": "", "ranked": RANKED}, "e5": {"missing": "e5 cannot be installed <here>"}}
    measured = report.Results(
        **{
            **vars(results),
            "peers": {"texts": 2, "items": 1, "systems": systems},
            "ablation": dict.fromkeys(PARTS, RANKED),
        }
    )
    page = write_report(measured).read_text("utf-8")
    assert "<h2>Peers</h2>" in page and "e5 cannot be installed &lt;here&gt;" in page
    assert "<h2>Parts left out</h2>" in page and "the item reader" in page
