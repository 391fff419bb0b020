from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect, Office, ServiceGuide
from knowledge_base.search.statement_reader import Read
from knowledge_base.statements import Statement
from service_hall.conversation.answering import MOST_OFFICES, MOST_SUGGESTIONS, answer, statement_asked
from service_hall.conversation.citing import Place
from service_hall.conversation.message import Chosen, read_payload
from service_hall.conversation.reply import AnswerReply
from service_hall.shared.ids import AnswerId
from tests import fakes
from tests.fakes import statement

HALL = fakes.office(fakes.TOWN_HALL, "溪城市政务服务中心", fakes.TOWN, ["library-card-lost"])
TOLD = [aspect for aspect in Aspect if aspect is not Aspect.AMOUNT]
"""The guide of the lost card speaks of no money that one receives."""


def guide(*changed: dict[str, Any], without: Sequence[str] = (), **stated: Any) -> ServiceGuide:
    return ServiceGuide.model_validate(fakes.telling(fakes.CARD_LOST, *changed, without=without, **stated))


def place(offices: Sequence[Office] = (HALL,), is_sample: bool = True) -> Place:
    return Place(region=fakes.TOWN, name="溪城市", offices=offices, hotline="0888-12345", is_sample=is_sample)


def about(
    of: ServiceGuide,
    *aspects: Aspect,
    at: Place | None = None,
    leading: Statement | None = None,
    beside: tuple[Statement, ...] = (),
    library: Library | None = None,
    is_outright: bool = True,
) -> AnswerReply:
    where, asked = at or place(), aspects or (Aspect.OVERVIEW,)
    read = Read(leading, beside)
    return answer(AnswerId("a_1"), of, asked, library or fakes.town(), where, read, is_outright=is_outright)


def led(reply: AnswerReply) -> str:
    """What answers, without what must be minded."""
    return reply.text[: reply.lead].partition("\n请注意：")[0]


def titles(reply: AnswerReply) -> list[str]:
    return [source.title for source in reply.sources]


@pytest.mark.parametrize(
    ("aspect", "shown"),
    [
        (Aspect.OVERVIEW, "补办借书证由本人到窗口办理。"),
        (Aspect.ELIGIBILITY, "本地居民可以办。"),
        (Aspect.MATERIALS, "补办借书证要带：\n1. 要带居民身份证。\n2. 要带申请表。"),
        (Aspect.PROCEDURE, "补办借书证这样办：\n1. 申请：到窗口提交材料。\n2. 领取：当场领取。"),
        (Aspect.LOCATION, "居住地的办事窗口。"),
        (
            Aspect.OFFICE_HOURS,
            "补办借书证的窗口，上班时间是：\n· 溪城市政务服务中心：周一至周五 09:00—12:00、13:30—17:00",
        ),
        (Aspect.TIME_LIMIT, "20个工作日内办好。"),
        (Aspect.FEE, "补证工本费每证15元。"),
        (Aspect.CHANNELS, "到办事窗口办。"),
        (Aspect.LEGAL_BASIS, "补办借书证的依据：\n· 《溪城办事办法》第三条：“受理之日起二十个工作日内办结。"),
        (Aspect.CONTACT, "咨询打12345。"),
        (Aspect.PROXY, "可以委托他人办理。"),
        (Aspect.VALIDITY, "长期有效。"),
    ],
)
def test_what_answers_each_aspect_leads(aspect: Aspect, shown: str) -> None:
    reply = about(guide(), aspect)
    assert led(reply).startswith(shown) and reply.aspect is aspect


@pytest.mark.parametrize("aspect", TOLD)
def test_every_answer_cites_a_source_and_says_where_it_holds(aspect: Aspect) -> None:
    reply = about(guide(), aspect)
    assert reply.sources and all(source.title and source.checked_on for source in reply.sources)
    assert "依据：" in reply.text and reply.text.endswith("适用地区：溪城市。")


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_answer_suggests_other_aspects_that_the_guide_speaks_of(aspect: Aspect) -> None:
    chosen = [read_payload(choice.payload) for choice in about(guide(), aspect).suggestions]
    assert 0 < len(chosen) <= MOST_SUGGESTIONS and all(
        isinstance(each, Chosen) and each.guide_id == "library-card-lost" and each.aspect not in (aspect, Aspect.AMOUNT)
        for each in chosen
    )


def test_what_one_receives_is_suggested_before_what_one_pays() -> None:
    told = guide(statement("allowance", "amount", "每月10元。", name="补贴", value=10))
    chosen = [read_payload(choice.payload) for choice in about(told).suggestions]
    assert [each.aspect for each in chosen if isinstance(each, Chosen)] == [
        Aspect.MATERIALS,
        Aspect.AMOUNT,
        Aspect.FEE,
    ]


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("offices", [(), (HALL,)], ids=["no-office", "office"])
def test_no_answer_shows_its_seams(aspect: Aspect, offices: Sequence[Office]) -> None:
    reply = about(guide(), aspect, at=place(offices=offices))
    assert not any(seam in reply.text for seam in ("{", "}", "None", "。。", "；。", "，。", "\n\n"))
    assert 0 < reply.lead <= reply.details_end < len(reply.text)
    assert reply.text[reply.lead] == reply.text[reply.details_end] == "\n"


class TestWhatMustBeMentioned:
    def test_stands_right_below_what_leads(self) -> None:
        reply = about(guide(), Aspect.PROCEDURE)
        assert led(reply) and reply.text[: reply.lead].endswith("\n请注意：旧证找到后要交回。")
        assert reply.text[reply.details_end :].startswith("\n依据：")

    def test_of_another_aspect_is_left_out(self) -> None:
        assert "旧证找到后要交回" not in about(guide(), Aspect.FEE).text

    @pytest.mark.parametrize("aspect", [Aspect.MATERIALS, Aspect.LOCATION, Aspect.FEE, Aspect.PROXY, Aspect.VALIDITY])
    def test_of_several_aspects_is_mentioned_with_each(self, aspect: Aspect) -> None:
        assert "补办期间不能借书。" in about(guide(), aspect).text

    def test_is_said_once_in_an_answer_to_two_questions(self) -> None:
        assert about(guide(), Aspect.FEE, Aspect.VALIDITY).text.count("补办期间不能借书。") == 1

    def test_stays_in_its_list_where_it_is_one_of_a_list(self) -> None:
        form = statement("form", "material", "要带申请表。", name="申请表", emphasis="must_mention")
        reply = about(guide(form, without=["no-lending"]), Aspect.MATERIALS)
        assert "2. 要带申请表。" in reply.text and "请注意" not in reply.text

    def test_without_a_full_stop_gets_one(self) -> None:
        told = guide(
            statement("weekend", "note", "周末不办", aspects=["contact"], emphasis="must_mention"),
            statement("call", "note", "先打电话", aspects=["contact"], emphasis="must_mention"),
        )
        assert "请注意：周末不办。先打电话。" in about(told, Aspect.CONTACT).text

    def test_has_its_source_cited(self) -> None:
        assert titles(about(guide(), Aspect.PROXY)) == ["溪城办事办法", "借书证收费标准"]


class TestSources:
    def test_what_bears_the_asked_fact_comes_first(self) -> None:
        assert titles(about(guide(), Aspect.FEE))[0] == "借书证收费标准"

    def test_none_is_cited_twice(self) -> None:
        sources = about(guide(), Aspect.PROCEDURE, Aspect.MATERIALS).sources
        assert len(sources) == len(set(sources))

    def test_only_those_of_what_was_said_are_cited(self) -> None:
        assert titles(about(guide(), Aspect.TIME_LIMIT)) == ["溪城办事办法"]

    def test_hours_and_addresses_are_the_place_s_own(self) -> None:
        assert titles(about(guide(), Aspect.OFFICE_HOURS)) == ["溪城市办事指南（示例数据）"]
        assert titles(about(guide(), Aspect.LOCATION))[-1] == "溪城市办事指南（示例数据）"
        assert "示例" not in about(guide(), Aspect.OFFICE_HOURS, at=place(is_sample=False)).text

    def test_what_is_not_in_the_guide_cites_nothing(self) -> None:
        without = [each["id"] for each in fakes.CARD_LOST["statements"] if each["id"] not in ("summary", "contact")]
        reply = about(guide(without=without), Aspect.VALIDITY)
        assert reply.sources == () and "依据" not in reply.text

    def test_who_asks_for_the_rule_gets_the_legal_basis_with_its_words(self) -> None:
        reply = about(guide(legal_basis=["fee-rule#1", "rule#3"]), Aspect.LEGAL_BASIS)
        assert titles(reply) == ["借书证收费标准", "溪城办事办法"]
        assert "· 《借书证收费标准》第一条：“工本费每证10元，补证每证15元。”" in led(reply)
        assert reply.text.count("《借书证收费标准》") == 1

    def test_a_fact_of_the_sample_city_is_shown_as_such(self) -> None:
        told = guide(statement("contact", "contact", "咨询打0888-1。", "sample", phone="0888-1"))
        assert "溪城市办事指南（示例数据）" in titles(about(told, Aspect.CONTACT))


class TestWhatNobodyHasChecked:
    def test_is_told_as_such(self) -> None:
        told = guide(statement("validity", "validity", "长期有效。", "unverified"))
        assert "还没有核对原文" in about(told, Aspect.VALIDITY).text

    def test_says_nothing_where_all_was_checked(self) -> None:
        assert "还没有核对原文" not in about(guide(), Aspect.PROXY).text

    def test_counts_only_where_it_was_said(self) -> None:
        told = guide(statement("validity", "validity", "长期有效。", "unverified"))
        assert "还没有核对原文" not in about(told, Aspect.FEE).text

    def test_is_a_figure_too_that_stands_in_no_text(self) -> None:
        told = guide(statement("limit", "limit", "20日内办好。", basis="legal", value=20, unit="日"))
        assert "还没有核对原文" in about(told, Aspect.TIME_LIMIT).text

    def test_is_a_rule_that_is_known_by_title_only(self) -> None:
        unread = {**fakes.sources(), "fee-rule": fakes.legal_text("fee-rule", "借书证收费标准", {})}
        library = replace(fakes.town(), published=fakes.published(sources=unread))
        reply = about(guide(), Aspect.FEE, library=library)
        assert "还没有核对原文" in reply.text
        assert [source.unverified for source in reply.sources] == [True]

    def test_is_not_the_sample_city_s_own(self) -> None:
        told = guide(statement("validity", "validity", "长期有效。", "sample"), without=["no-lending"])
        assert "还没有核对原文" not in about(told, Aspect.VALIDITY).text


class TestTwoQuestionsAtOnce:
    def test_both_lead_and_the_first_gives_its_name(self) -> None:
        reply = about(guide(), Aspect.FEE, Aspect.TIME_LIMIT)
        assert reply.aspect is Aspect.FEE and led(reply) == "补证工本费每证15元。\n20个工作日内办好。"

    def test_what_was_told_is_not_suggested(self) -> None:
        chosen = [read_payload(choice.payload) for choice in about(guide(), Aspect.FEE, Aspect.MATERIALS).suggestions]
        assert Aspect.MATERIALS not in [each.aspect for each in chosen if isinstance(each, Chosen)]

    def test_what_is_about_both_is_said_once(self) -> None:
        told = guide(statement("reach", "reach", "全市通办。", scope="市内"))
        assert about(told, Aspect.LOCATION, Aspect.CHANNELS).text.count("全市通办。") == 1


class TestAQuestionInTheGuidesOwnWords:
    def asked(self, sentence: str, *aspects: Aspect, of: ServiceGuide | None = None) -> str | None:
        found = statement_asked(of or guide(), sentence, aspects)
        return found.id if found else None

    @pytest.mark.parametrize("sentence", ["借书证丢了要赔书吗？", "借书证丢了要赔书吗", " 借书证丢了，要赔书吗?? "])
    def test_is_found_whatever_points_it_has(self, sentence: str) -> None:
        assert self.asked(sentence, Aspect.FEE) == "book-too"

    @pytest.mark.parametrize("sentence", ["", "？？", "赔书", "借书证丢了要赔书吗，要的话赔多少"])
    def test_is_not_found_in_other_words(self, sentence: str) -> None:
        assert self.asked(sentence, Aspect.FEE) is None

    def test_may_be_understood_as_another_aspect(self) -> None:
        assert self.asked("借书证丢了要赔书吗", Aspect.PROXY) == "book-too"

    def test_is_not_answered_by_the_summary_if_it_asks_one_aspect(self) -> None:
        assert self.asked("借书证丢了怎么补办", Aspect.OVERVIEW) == "summary"
        assert self.asked("借书证丢了怎么补办", Aspect.PROCEDURE) is None

    def test_is_answered_by_the_summary_of_that_aspect(self) -> None:
        of_fees = statement("of-fees", "summary", "一共15元。", aspects=["fee"], asked=["总共几块钱"])
        assert self.asked("总共几块钱", Aspect.FEE, of=guide(of_fees)) == "of-fees"

    def test_is_answered_with_its_statement_first_and_the_rest_of_the_aspect_below(self) -> None:
        told = guide()
        reply = about(told, Aspect.FEE, leading=told.statement("book-too"))
        assert led(reply) == "不用，书没丢就不用赔。"
        assert "补证工本费每证15元。" in reply.text[reply.lead :]
        assert reply.sources[0].title == "溪城办事办法"
        assert reply.fact and (reply.fact.statement_id, reply.fact.text) == (
            "library-card-lost/book-too",
            "不用，书没丢就不用赔。",
        )
        assert [source.article for source in reply.fact.sources] == ["第三条"]

    def test_that_must_be_mentioned_anyway_is_said_once(self) -> None:
        told = guide()
        reply = about(told, Aspect.PROCEDURE, leading=told.statement("old-card"))
        assert led(reply) == "旧证找到后要交回。" and reply.text.count("旧证找到后要交回。") == 1

    def test_about_one_of_a_list_leaves_the_others_below(self) -> None:
        told = guide()
        reply = about(told, Aspect.MATERIALS, leading=told.statement("form"))
        assert led(reply) == "要带申请表。" and reply.text.count("要带申请表。") == 1
        assert "要带居民身份证。" in reply.text

    def test_that_was_found_by_its_meaning_stands_before_what_was_understood_to_be_asked(self) -> None:
        told = guide()
        reply = about(told, Aspect.LOCATION, leading=told.statement("book-too"), is_outright=False)
        assert reply.aspect is Aspect.LOCATION and led(reply) == "不用，书没丢就不用赔。"
        rest = about(told, Aspect.LOCATION)
        assert led(rest) in reply.text[reply.lead :]
        assert reply.fact and reply.fact.statement_id == "library-card-lost/book-too"

    def test_what_may_answer_as_well_is_told_next_and_once(self) -> None:
        told = guide()
        leading, beside = told.statement("book-too"), told.statement("form")
        assert leading and beside
        reply = about(told, Aspect.PROCEDURE, leading=leading, beside=(beside,), is_outright=False)
        assert reply.text[reply.lead :].startswith(f"\n· {beside.says}") and reply.text.count(beside.says) == 1

    def test_where_none_leads_what_may_answer_stands_below_what_was_asked(self) -> None:
        told = guide()
        beside = told.statement("book-too")
        assert beside
        reply = about(told, Aspect.LOCATION, beside=(beside,), is_outright=False)
        assert led(reply) == led(about(told, Aspect.LOCATION))
        assert reply.text[reply.lead :].startswith(f"\n· {beside.says}")

    def test_where_nothing_is_known_of_what_was_understood_what_may_answer_leads_alone(self) -> None:
        told = guide()
        beside = told.statement("book-too")
        assert beside and not told.about(Aspect.AMOUNT)
        for leading in (None, beside):
            reply = about(told, Aspect.AMOUNT, leading=leading, beside=(beside,), is_outright=False)
            assert led(reply) == beside.says and "还没有收录" not in reply.text

    def test_the_fact_is_what_leads_and_none_where_a_list_does(self) -> None:
        told = about(guide(), Aspect.FEE).fact
        assert told and told.text == "补证工本费每证15元。"
        assert about(guide(), Aspect.MATERIALS).fact is None


def test_no_more_offices_than_a_citizen_reads() -> None:
    many = [fakes.office(f"hall-{at}", f"第{at}大厅", fakes.TOWN, ["library-card-lost"]) for at in range(6)]
    assert about(guide(), Aspect.LOCATION, at=place(many)).text.count("大厅一楼") == MOST_OFFICES


def test_without_an_office_the_phone_is_given_instead_of_hours() -> None:
    assert "12345" in led(about(guide(), Aspect.OFFICE_HOURS, at=place(offices=())))


def test_an_amount_that_the_guide_does_not_know_is_not_made_up() -> None:
    told = guide(statement("alms", "note", "每月另有10元。", aspects=["overview"], emphasis="must_mention"))
    reply = about(told, Aspect.AMOUNT)
    assert led(reply) == "补办借书证“能领多少”，指南里还没有收录，请打12345问一下。"
    assert "请注意：旧证找到后要交回。每月另有10元。" in reply.text
