"""Statute texts looked up, taken into the sources, and held against them again: with a tiny collection."""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.knowledge import check_laws, cite
from evaluation.knowledge.check_laws import doubts_of, faults_of
from evaluation.knowledge.statutes import Passage, Statutes, number_of, open_statutes, plain_title
from knowledge_base.sources import Hold, LegalText
from tests.fakes import legal_text

TODAY = date(2026, 6, 1)
CARD_LAW = "中华人民共和国借书证法"
LINES: list[dict[str, Any]] = [
    {"law": CARD_LAW, "date": "2011-10-29", "article": "第三条", "text": "三十日内办结。"},
    {"law": CARD_LAW, "date": "2020-05-01", "article": "第三条", "text": "二十日内办结。\n节假日顺延。"},
    {"law": CARD_LAW, "date": "2020-05-01", "article": "第四条", "text": "每证四十元。"},
    {"law": CARD_LAW, "date": "2020-05-01", "article": "第十二条之二", "text": "旧证应当交回。"},
    {"law": CARD_LAW, "date": "2027-01-01", "article": "第三条", "text": "十日内办结。"},
    {"law": "借书证登记条例", "date": "2019-01-01", "article": "第一条", "text": "登记机关。"},
    {"law": "借书证管理办法（试行）", "date": "", "article": "第一条", "text": "试行。", "kind": "rule"},
    {"law": "借书证收费的通知", "date": "2018-01-01", "article": "摘录", "text": "工本费10元。", "kind": "notice",
     "src": "https://x.cn/fee"},
]  # fmt: skip


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return written(tmp_path / "laws.jsonl.gz", LINES)


@pytest.fixture
def statutes(collection: Path, tmp_path: Path) -> Statutes:
    return Statutes([collection], tmp_path / "cache")


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return path


def register(path: Path) -> Path:
    """Its newest law is of 2025."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE laws (law_id, version_date, status)")
        database.execute("CREATE TABLE articles (law_id, law_name, article_no, article_text)")
        database.executemany(
            "INSERT INTO laws VALUES (?, ?, ?)",
            [(1, "2020-05-01", "现行有效"), (2, "2000-01-01", "已废止"), (3, "2025-03-01", "现行有效")],
        )
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?)",
            [
                (1, CARD_LAW, "第三条", "二十日。"),
                (2, "旧法", "第一条", "废。"),
                (1, CARD_LAW, "", "章名"),
                (3, "新书法", "第一条", "新。"),
            ],
        )
    return path


class TestLookingUp:
    @pytest.mark.parametrize(
        ("on", "text"),
        [
            (date(2015, 1, 1), "三十日内办结。"),
            (date(2020, 4, 30), "三十日内办结。"),
            (date(2020, 5, 1), "二十日内办结。\n节假日顺延。"),
            (TODAY, "二十日内办结。\n节假日顺延。"),
            (date(2027, 1, 1), "十日内办结。"),
        ],
    )
    def test_the_version_of_the_day_speaks(self, statutes: Statutes, on: date, text: str) -> None:
        found = statutes.article(CARD_LAW, "3", on)
        assert found and found.text == text

    @pytest.mark.parametrize("title", [CARD_LAW, f"《{CARD_LAW}》", f"{CARD_LAW}（2020年修订）", f" {CARD_LAW} "])
    def test_a_title_is_found_however_it_is_written(self, statutes: Statutes, title: str) -> None:
        assert [passage.number for passage in statutes.law(title, TODAY)] == ["3", "4", "12-2"]

    def test_a_text_without_a_date_is_found_on_any_day(self, statutes: Statutes) -> None:
        assert statutes.article("借书证管理办法", "1", date(1990, 1, 1))

    def test_what_is_not_there_is_not_found(self, statutes: Statutes) -> None:
        assert statutes.law("没有的法", TODAY) == [] and statutes.article(CARD_LAW, "99", TODAY) is None
        assert statutes.law(CARD_LAW, date(2000, 1, 1)) == []

    def test_titles_are_found_by_their_words_with_their_versions(self, statutes: Statutes) -> None:
        assert statutes.titles_like("借书证 法")[:3] == [
            (CARD_LAW, date(2027, 1, 1), 1),
            (CARD_LAW, date(2020, 5, 1), 3),
            (CARD_LAW, date(2011, 10, 29), 1),
        ]

    def test_articles_are_found_by_all_of_their_words_the_newest_first(self, statutes: Statutes) -> None:
        assert [each.version for each in statutes.search("日内 办结")] == [
            date(2027, 1, 1),
            date(2020, 5, 1),
            date(2011, 10, 29),
        ]
        assert statutes.search("日内 交回") == [] and statutes.search("登记", law="条例")[0].number == "1"

    def test_of_two_collections_the_first_speaks_and_both_are_heard(self, collection: Path, tmp_path: Path) -> None:
        other = written(
            tmp_path / "other.jsonl.gz",
            [{"law": CARD_LAW, "date": "2020-05-01", "article": "第三条", "text": "贰拾日内办结。"}],
        )
        both = Statutes([other, collection], tmp_path / "cache")
        assert {each.collection for each in both.law(CARD_LAW, TODAY)} == {"laws.jsonl.gz"}
        assert {each.collection for each in both.everywhere(CARD_LAW, TODAY)} == {"laws.jsonl.gz", "other.jsonl.gz"}

    def test_a_database_of_statutes_is_a_collection_too(self, tmp_path: Path) -> None:
        found = Statutes([register(tmp_path / "laws.db")], tmp_path / "cache")
        assert [(each.number, each.text) for each in found.law(CARD_LAW, TODAY)] == [("3", "二十日。")]
        assert found.law("旧法", TODAY) == []

    def test_what_is_filed_under_a_law_that_the_register_has_is_no_version_of_it(self, tmp_path: Path) -> None:
        interpretation = {"law": CARD_LAW, "date": "2023-01-01", "article": "第三条", "text": "人民法院应予支持。"}
        amended = {"law": CARD_LAW, "date": "2026-05-01", "article": "第三条", "text": "五日。"}
        lines = written(tmp_path / "laws.jsonl.gz", [interpretation, amended])
        both = Statutes([lines, register(tmp_path / "register.db")], tmp_path / "cache")
        assert [each.text for each in both.law(CARD_LAW, date(2025, 1, 1))] == ["二十日。"]
        # The register ends before that day and cannot know.
        assert [each.text for each in both.law(CARD_LAW, TODAY)] == ["五日。"]

    def test_a_collection_that_changed_is_read_anew(self, collection: Path, tmp_path: Path) -> None:
        assert Statutes([collection], tmp_path / "cache").law("新法", TODAY) == []
        written(collection, [*LINES, {"law": "新法", "date": "2026-01-01", "article": "第一条", "text": "新。"}])
        assert Statutes([collection], tmp_path / "cache").law("新法", TODAY)

    @pytest.mark.parametrize(
        ("label", "number"),
        [
            ("第三条", "3"),
            ("第一百零五条", "105"),
            ("第十二条之二", "12-2"),
            ("摘录", "摘录"),
            ("附件第三条", "附件第三条"),
        ],
    )
    def test_an_article_is_numbered_as_references_write_it(self, label: str, number: str) -> None:
        assert number_of(label) == number

    def test_a_version_in_brackets_is_no_part_of_the_name(self) -> None:
        assert plain_title("《某法》（2019年文本）") == plain_title("某 法（试行）") == "某法"

    def test_without_any_collection_it_says_how_to_name_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WENBAN_STATUTES", raising=False)
        with pytest.raises(SystemExit, match="WENBAN_STATUTES"):
            open_statutes()

    def test_a_notice_of_the_collection_was_read_and_a_law_is_held(self, statutes: Statutes) -> None:
        notice, law = statutes.article("借书证收费的通知", "摘录", TODAY), statutes.article(CARD_LAW, "3", TODAY)
        assert notice and law
        assert (notice.hold, law.hold) == (Hold.READ, Hold.STATUTE)


Cite = Callable[..., int]


@pytest.fixture
def run_cite(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cite:
    """The command, over the tiny collection, writing into a folder of its own."""
    monkeypatch.setattr(cite, "SOURCES", tmp_path / "sources")
    monkeypatch.setattr("evaluation.knowledge.statutes.Settings", lambda: type("Set", (), {"var": tmp_path})())
    monkeypatch.setattr(cite, "shanghai_now", lambda: type("Now", (), {"date": staticmethod(lambda: TODAY)})())

    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["cite", "--statutes", str(collection), *words])
        return cite.main()

    return run


def kept(tmp_path: Path, source_id: str) -> LegalText:
    path = tmp_path / "sources" / f"{source_id}.yml"
    return LegalText.model_validate(yaml.safe_load(path.read_text("utf-8")))


class TestTakingArticles:
    def test_they_are_kept_as_the_version_of_the_day_has_them(self, run_cite: Cite, tmp_path: Path) -> None:
        assert run_cite("add", "card-law", CARD_LAW, "4", "3", "12-2") == 0
        source = kept(tmp_path, "card-law")
        assert (source.title, source.kind, source.version) == (CARD_LAW, "law", date(2020, 5, 1))
        assert source.checked_on == TODAY and list(source.articles) == ["3", "4", "12-2"]
        assert source.articles["3"].text.startswith("二十日") and source.articles["3"].hold is Hold.STATUTE

    def test_further_ones_join_them_and_what_somebody_wrote_stays(self, run_cite: Cite, tmp_path: Path) -> None:
        run_cite("add", "card-law", CARD_LAW, "4", "--from", "2020-06-01")
        path = tmp_path / "sources" / "card-law.yml"
        path.write_text(path.read_text("utf-8") + "note: 看第四条\n", "utf-8")
        run_cite("add", "card-law", CARD_LAW, "3")
        source = kept(tmp_path, "card-law")
        assert (list(source.articles), source.note) == (["3", "4"], "看第四条")
        assert source.in_force_from == date(2020, 6, 1)

    def test_an_article_that_is_not_there_is_refused_and_nothing_is_written(
        self, run_cite: Cite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run_cite("add", "card-law", CARD_LAW, "3", "99") == 1
        assert "no article 99" in capsys.readouterr().err and not (tmp_path / "sources").exists()

    @pytest.mark.parametrize(
        ("title", "article", "kind"),
        [("借书证登记条例", "1", "regulation"), ("借书证管理办法", "1", "rule"), (CARD_LAW, "3", "law")],
    )
    def test_the_rank_follows_from_the_collection_or_the_name(
        self, run_cite: Cite, tmp_path: Path, title: str, article: str, kind: str
    ) -> None:
        run_cite("add", "a-source", title, article)
        assert kept(tmp_path, "a-source").kind == kind

    def test_an_excerpt_of_a_notice_says_where_it_was_read(self, run_cite: Cite, tmp_path: Path) -> None:
        run_cite("add", "fee-notice", "借书证收费的通知", "摘录")
        article = kept(tmp_path, "fee-notice").articles["摘录"]
        assert (article.hold, article.read_at, article.read_on) == (Hold.READ, "https://x.cn/fee", TODAY)

    def test_a_text_that_was_read_elsewhere_is_kept_with_its_address(self, run_cite: Cite, tmp_path: Path) -> None:
        words = ("--title", "办证通知", "--text", "10日内。", "--at", "https://x.cn/a", "--issuer", "某部")
        assert run_cite("read", "a-notice", "时限", *words) == 0
        source = kept(tmp_path, "a-notice")
        assert (source.issuer, source.kind, source.checked_on) == ("某部", "notice", TODAY)
        assert source.articles["时限"].read_at == "https://x.cn/a"

    def test_many_are_taken_from_a_file(self, run_cite: Cite, tmp_path: Path) -> None:
        rows = [{"article": "时限", "text": "10日。", "at": "https://x.cn/a"}, {"article": "收费", "text": "免费。"}]
        many = tmp_path / "many.jsonl"
        many.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
        run_cite("read", "a-notice", "--title", "办证通知", "--many", str(many), "--at", "https://x.cn/b")
        articles = kept(tmp_path, "a-notice").articles
        assert {name: each.read_at for name, each in articles.items()} == {
            "时限": "https://x.cn/a",
            "收费": "https://x.cn/b",
        }

    def test_a_text_without_an_address_is_refused(self, run_cite: Cite) -> None:
        with pytest.raises(ValueError, match="要写明地址"):
            run_cite("read", "a-notice", "时限", "--title", "办证通知", "--text", "10日内。")

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            (["find", "借书证", "条例"], "借书证登记条例  2019-01-01  1条"),
            (["show", CARD_LAW, "4"], "第四条\n每证四十元。"),
            (["show", "借书证法", "4"], "第四条\n每证四十元。"),
            (["grep", "旧证", "交回"], "第十二条之二\n旧证应当交回。"),
            (["grep", "办结", "--law", "借书证法"], "十日内办结。"),
        ],
    )
    def test_texts_are_shown_for_reading(
        self, run_cite: Cite, capsys: pytest.CaptureFixture[str], words: list[str], shown: str
    ) -> None:
        assert run_cite(*words) == 0
        assert shown in capsys.readouterr().out

    def test_showing_what_is_not_there_says_so(self, run_cite: Cite) -> None:
        assert run_cite("show", CARD_LAW, "99") == 1


class TestHoldingSourcesAgainstThem:
    def faults(self, statutes: Statutes, articles: dict[str, str], **stated: Any) -> list[str]:
        source = legal_text("card-law", CARD_LAW, articles, **{"version": "2020-05-01", **stated})
        return list(faults_of(source, statutes, TODAY))

    def test_what_reads_as_in_the_collection_is_faultless(self, statutes: Statutes) -> None:
        assert self.faults(statutes, {"3": "二十日内办结。节假日顺延。", "12-2": "旧证应当交回。"}) == []

    def test_points_and_line_breaks_do_not_count(self, statutes: Statutes) -> None:
        assert self.faults(statutes, {"3": "二十日内办结；\n\n节假日，顺延"}) == []

    def test_another_word_is_a_fault(self, statutes: Statutes) -> None:
        assert self.faults(statutes, {"3": "三十日内办结。"}) == [f"第三条 reads otherwise in {CARD_LAW}"]

    def test_an_article_that_is_not_there_is_a_fault(self, statutes: Statutes) -> None:
        assert self.faults(statutes, {"99": "没有。"}) == [f"{CARD_LAW} has no 第九十九条"]

    def test_a_version_that_no_collection_has_is_a_fault(self, statutes: Statutes) -> None:
        assert self.faults(statutes, {"3": "二十日。"}, version="2019-01-01") == [
            f"no collection has {CARD_LAW} in the version of 2019-01-01"
        ]

    def test_an_amended_law_is_a_fault_unless_it_says_until_when_it_holds(self, statutes: Statutes) -> None:
        old = {"3": "三十日内办结。"}
        (fault,) = self.faults(statutes, old, version="2011-10-29")
        assert "was amended on 2020-05-01" in fault
        assert self.faults(statutes, old, version="2011-10-29", in_force_until="2020-04-30") == []

    def test_a_law_that_no_collection_has_is_a_fault(self, statutes: Statutes) -> None:
        source = legal_text("gossip", "没有的法", {"1": "听说。"})
        assert list(faults_of(source, statutes, TODAY)) == ["no collection has 没有的法"]

    def test_what_was_read_elsewhere_or_is_known_by_title_is_left_out(self, statutes: Statutes) -> None:
        read = {"1": {"text": "听说。", "hold": "read", "read_at": "https://x.cn/a", "read_on": "2026-01-01"}}
        source = LegalText.model_validate({"id": "gossip", "title": "没有的法", "kind": "notice", "articles": read})
        assert list(faults_of(source, statutes, TODAY)) == []
        assert list(faults_of(legal_text("letter", "某某复函", {}), statutes, TODAY)) == []

    def test_any_collection_may_have_the_words(self, collection: Path, tmp_path: Path) -> None:
        other = written(
            tmp_path / "other.jsonl.gz",
            [{"law": CARD_LAW, "date": "2020-05-01", "article": "第四条", "text": "每张证四十元。"}],
        )
        both = Statutes([collection, other], tmp_path / "cache")
        assert self.faults(both, {"4": "每证四十元。"}) == self.faults(both, {"4": "每张证四十元。"}) == []

    @pytest.mark.parametrize(("text", "code"), [("每证四十元。", 0), ("每证五十元。", 1)])
    def test_the_command_counts_and_fails_on_a_fault(
        self,
        collection: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        text: str,
        code: int,
    ) -> None:
        source = legal_text("card-law", CARD_LAW, {"4": text}, version="2020-05-01")
        content = type("Content", (), {"faults": (), "sources": {"card-law": source}})()
        monkeypatch.setattr(check_laws, "load_content", lambda: content)
        monkeypatch.setattr("evaluation.knowledge.statutes.Settings", lambda: type("Set", (), {"var": tmp_path})())
        monkeypatch.setattr(
            check_laws, "shanghai_now", lambda: type("Now", (), {"date": staticmethod(lambda: TODAY)})()
        )
        monkeypatch.setattr(sys, "argv", ["check_laws", str(collection)])
        assert check_laws.main() == code
        assert f"1 articles of 1 sources, {code} faults" in capsys.readouterr().out


def test_a_passage_knows_its_collection() -> None:
    passage = Passage("某法", TODAY, "1", "有效。", "law", "laws.jsonl.gz:https://x.cn/a:b")
    assert passage.collection == "laws.jsonl.gz"


def test_the_heading_of_the_next_part_is_no_part_of_an_article(tmp_path: Path) -> None:
    text = "应当交回。\n第二章 借书证的使用"
    lines = written(
        tmp_path / "laws.jsonl.gz", [{"law": CARD_LAW, "date": "2020-05-01", "article": "第三条", "text": text}]
    )
    found = Statutes([lines], tmp_path / "cache").article(CARD_LAW, "3", TODAY)
    assert found and found.text == "应当交回。"


def test_what_a_register_calls_repealed_is_a_doubt_until_the_source_says_its_end(tmp_path: Path) -> None:
    lines = written(
        tmp_path / "laws.jsonl.gz", [{"law": "旧法", "date": "2000-01-01", "article": "第一条", "text": "废。"}]
    )
    held = Statutes([lines, register(tmp_path / "register.db")], tmp_path / "cache")
    old = legal_text("old", "旧法", {"1": "废。"})
    assert list(faults_of(old, held, TODAY)) == []
    assert list(doubts_of(old, held)) == ["old: a register calls 旧法 repealed: has it an end?"]
    assert list(doubts_of(old.model_copy(update={"in_force_until": date(2026, 5, 1)}), held)) == []
    assert list(doubts_of(legal_text("card", CARD_LAW, {"3": "二十日。"}), held)) == []
