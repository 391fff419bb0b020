"""What the guides still want, as `make content-report` tells it; over the made-up town."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.knowledge import report
from evaluation.knowledge.report import look_at, shared_questions
from knowledge_base.content_files import Content
from knowledge_base.faults import Fault
from knowledge_base.support import State
from tests import fakes
from tests.fakes import TODAY, statement

DOG = "dog-register"


def content(*changed: dict[str, Any], without: Sequence[str] = (), **stated: Any) -> Content:
    """The town's, with the dog's national guide changed."""
    town = fakes.content_of(fakes.published())
    national = fakes.document(fakes.telling(fakes.DOG, *changed, without=without, **stated))
    return replace(town, documents={**town.documents, DOG: (national, *town.documents[DOG][1:])})


def wants(*changed: dict[str, Any], on: date = TODAY, **more: Any) -> list[str]:
    return look_at(content(*changed, **more), DOG, on).wants


class TestAGuide:
    def test_is_counted_by_what_is_national(self) -> None:
        found = look_at(content(), DOG, TODAY)
        assert (found.statements, found.questions, found.theme) == (16, 2, "示范")
        assert found.states == {State.VERIFIED: 16} and found.held == 1.0
        assert found.by_kind["fee"] == {State.VERIFIED: 2} and not found.is_whole

    def test_is_whole_with_enough_statements_and_questions(self) -> None:
        notes = [
            statement(f"note-{at}", "note", f"说明{at}。", aspects=["fee"], asked=[f"第{at}个问法", f"另一个{at}问法"])
            for at in range(20)
        ]
        found = look_at(content(*notes), DOG, TODAY)
        assert found.is_whole and not any("of 25" in want or "of 40" in want for want in found.wants)

    def test_that_is_not_in_force_says_only_that(self) -> None:
        assert wants(on=date(2019, 1, 1)) == ["not in force, or not whole"]

    def test_is_held_by_what_was_checked(self) -> None:
        unread = statement("place", "place", "窗口。", "unverified")
        found = look_at(content(unread), DOG, TODAY)
        assert found.states == {State.VERIFIED: 15, State.UNVERIFIED: 1} and found.held == 15 / 16

    def test_says_what_ends_soon(self) -> None:
        ending = statement("chip-fee", "fee", "芯片费30元。", name="芯片费", amount=30, effective_to="2026-07-31")
        assert look_at(content(ending), DOG, TODAY).ends_soon == ["dog-register/chip-fee ends on 2026-07-31"]
        assert look_at(content(ending), DOG, date(2026, 5, 1)).ends_soon == []


class TestWhatItWants:
    @pytest.mark.parametrize(
        ("changed", "want"),
        [
            (
                statement("fee", "fee", "登记费70元。", name="登记费", amount=70),
                "fee: 70元 stands in none of rule#3: 登记费70元。",
            ),
            (statement("place", "place", "窗口。", "unverified"), "place: held against no text: 窗口。"),
            (
                statement("fee", "fee", "登记费50元。", "unverified", name="登记费", amount=50),
                "fee: a figure held against no text: 登记费50元。",
            ),
            (
                statement("fee", "fee", "登记费50元。", name="登记费", amount=30),
                "fee: 30元 does not stand in its own sentence: 登记费50元。",
            ),
            (
                statement("limit", "limit", "二十个工作日内办好。", basis="legal", value=10, unit="工作日"),
                "limit: 10工作日 does not stand in its own sentence: 二十个工作日内办好。",
            ),
            (
                statement("alms", "amount", "每月补50元。", name="补贴", value=60, unit="元/月"),
                "alms: 60元 does not stand in its own sentence: 每月补50元。",
            ),
            (statement("alms", "amount", "每月补50元。", name="补贴", asked=["补多少"]), "alms: 1 questions of 3"),
            (
                statement("place", "place", "窗口。", emphasis="exception", asked=["在哪", "去哪"]),
                "place: 2 questions of 3",
            ),
            (statement("place", "place", "窗口。"), "place: 0 questions of 1"),
        ],
    )
    def test_of_a_statement_is_named(self, changed: dict[str, Any], want: str) -> None:
        assert want in wants(changed)

    @pytest.mark.parametrize(
        "changed",
        [
            statement("fee", "fee", "不收费。", name="登记费", amount=0, asked=["要钱吗"]),
            statement("fee", "fee", "登记费每证五十元。", name="登记费", amount=50, unit="元/证", asked=["要钱吗"]),
            statement("fee", "fee", "按成交价收取。", name="登记费", rate="按成交价", asked=["要钱吗"]),
            statement("fee", "fee", "每页收取，具体看当地。", name="登记费", amount=2, unit="角/页", asked=["要钱吗"]),
        ],
    )
    def test_of_a_faultless_one_is_nothing(self, changed: dict[str, Any]) -> None:
        assert not any(want.startswith("fee:") for want in wants(changed))

    def test_a_source_that_has_ended_is_named(self) -> None:
        ended = fakes.legal_text("rule", "溪城办事办法", {"3": "五十元。"}, in_force_until="2026-05-31")
        whole = replace(content(), sources={**fakes.sources(), "rule": ended})
        assert "place: no longer or not yet in force: rule" in look_at(whole, DOG, TODAY).wants

    def test_an_aspect_of_which_nothing_is_said_is_named(self) -> None:
        assert "nothing on validity" in wants(without=["validity"])
        assert not any(want.startswith("nothing on") for want in wants())

    def test_many_statements_on_one_aspect_want_a_summary(self) -> None:
        notes = [statement(f"note-{at}", "note", "一句话。", aspects=["validity"]) for at in range(3)]
        assert "4 statements on validity and no summary of it" in wants(*notes)
        of_it = statement("of-it", "summary", "长期有效。", aspects=["validity"])
        assert not any("on validity and no summary" in want for want in wants(of_it, *notes))

    def test_what_a_region_adds_wants_its_questions_too(self) -> None:
        assert {"880100 town-app: no question", "880101 vaccine: no question"} <= set(wants())

    def test_voices_that_are_missing_are_named(self) -> None:
        assert any(want.startswith("1 voices of 9; none is oral, terse") for want in wants())


class TestQuestionsThatStandTwice:
    def asked(self, *changed: dict[str, Any], **more: Any) -> list[str]:
        return list(shared_questions(content(*changed, **more), TODAY))

    def test_in_two_statements_or_guides_are_named_with_their_places(self) -> None:
        assert self.asked() == []
        again = statement("place", "place", "窗口。", asked=["养狗要不要上证？", "借书证丢了要赔书吗"])
        assert sorted(self.asked(again)) == [
            "asked of dog-register/place and dog-register/summary: 养狗要不要上证",
            "asked of dog-register/place and library-card-lost/book-too: 借书证丢了要赔书吗",
        ]

    def test_of_a_document_that_has_ended_do_not_count(self) -> None:
        again = statement("place", "place", "窗口。", asked=["借书证丢了要赔书吗"])
        assert self.asked(again, effective_to="2026-05-31") == []


class TestTheCommand:
    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def run(*words: str, faults: tuple[Fault, ...] = (), code: int = 0) -> str:
            monkeypatch.setattr(report, "load_content", lambda: replace(content(), faults=faults))
            monkeypatch.setattr(sys, "argv", ["report", "--on", "2026-06-01", *words])
            assert report.main() == code
            return capsys.readouterr().out

        return run

    def test_counts_by_theme_and_by_kind(self, told: Callable[..., str]) -> None:
        shown = told()
        assert "示范: 5 guides, 0 whole, 79 statements, 99% held (78 verified, 0 read)" in shown
        assert "whole: 0 of 6 items" in shown and "proxy" in shown

    def test_shows_one_guide_in_full(self, told: Callable[..., str]) -> None:
        shown = told("night-stall")
        assert shown.startswith("night-stall: 15 statements (unverified 1, verified 14), 2 questions (plain 2)")
        assert "  proxy: held against no text: 要本人到场。" in shown and "library" not in shown

    def test_a_guide_that_nobody_wrote_is_passed_over(self, told: Callable[..., str]) -> None:
        assert told("no-such-guide").strip() == ""

    def test_shows_faults_and_fails(self, told: Callable[..., str]) -> None:
        fault = Fault("guides/pets/cat.yml", 3, "id", "目录里没有 cat")
        assert told(faults=(fault,), code=1).startswith("guides/pets/cat.yml:3: id: 目录里没有 cat")
