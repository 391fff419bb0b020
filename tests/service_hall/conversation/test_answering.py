from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from knowledge_base.model import Aspect, FrequentQuestion, Office, ServiceGuide
from service_hall.conversation.answering import MOST_OFFICES, MOST_SOURCES, Place, answer
from service_hall.conversation.message import Chosen, read_payload
from service_hall.conversation.reply import AnswerReply
from service_hall.shared.ids import AnswerId
from tests import fakes

HALL = fakes.office(fakes.TOWN_HALL, "溪城市政务服务中心", fakes.TOWN, ["library-card-lost"])


def guide(**stated: Any) -> ServiceGuide:
    return ServiceGuide.model_validate({**fakes.CARD_LOST, **stated})


def place(offices: Sequence[Office] = (HALL,), is_sample: bool = True) -> Place:
    return Place(region=fakes.TOWN, name="溪城市", offices=offices, hotline="0888-12345", is_sample=is_sample)


def about(
    of: ServiceGuide, *aspects: Aspect, at: Place | None = None, frequent: FrequentQuestion | None = None
) -> AnswerReply:
    return answer(AnswerId("a_1"), of, aspects or (Aspect.OVERVIEW,), at or place(), frequent)


@pytest.mark.parametrize(
    ("aspect", "shown"),
    [
        (Aspect.OVERVIEW, "补办借书证由本人到窗口办理。"),
        (Aspect.ELIGIBILITY, "本地居民。"),
        (Aspect.MATERIALS, "2. 申请表，原件1份、复印件2份"),
        (Aspect.PROCEDURE, "1. 申请：到窗口提交材料。"),
        (Aspect.LOCATION, "溪城市政务服务中心一楼"),
        (Aspect.OFFICE_HOURS, "周一至周五 09:00—12:00、13:30—17:00"),
        (Aspect.TIME_LIMIT, "20个工作日"),
        (Aspect.FEE, "补证工本费：15元/证"),
        (Aspect.CHANNELS, "窗口：办事窗口"),
        (Aspect.LEGAL_BASIS, "《借书证办法》第三条"),
        (Aspect.CONTACT, "12345"),
        (Aspect.PROXY, "可以代办。可以委托他人办理。"),
        (Aspect.VALIDITY, "长期有效。"),
    ],
)
def test_each_aspect_tells_what_the_guide_says_of_it(aspect: Aspect, shown: str) -> None:
    reply = about(guide(), aspect)
    assert shown in reply.text and reply.aspect is aspect


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_answer_cites_a_source_and_says_where_it_holds(aspect: Aspect) -> None:
    reply = about(guide(), aspect)
    assert reply.sources and all(source.title and source.checked_on for source in reply.sources)
    assert reply.text.splitlines()[-1].startswith("依据：") and reply.text.endswith("适用地区：溪城市。")


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_answer_suggests_other_aspects_of_the_same_guide(aspect: Aspect) -> None:
    chosen = [read_payload(choice.payload) for choice in about(guide(), aspect).suggestions]
    assert chosen and all(
        isinstance(each, Chosen) and each.guide_id == "library-card-lost" and each.aspect is not aspect
        for each in chosen
    )


@pytest.mark.parametrize("aspect", list(Aspect))
def test_no_answer_shows_the_seams_of_its_template(aspect: Aspect) -> None:
    text = about(guide(), aspect, at=place(offices=())).text
    assert not any(seam in text for seam in ("{{", "{%", "None", "。。", "；。", "\n\n", "Undefined"))


class TestWhatMustBeMentioned:
    def test_a_fact_of_the_asked_aspect_is_mentioned(self) -> None:
        assert "请注意：旧证找到后要交回。" in about(guide(), Aspect.PROCEDURE).text

    def test_a_fact_of_another_aspect_is_left_out(self) -> None:
        assert "旧证找到后要交回" not in about(guide(), Aspect.FEE).text

    @pytest.mark.parametrize("aspect", list(Aspect))
    def test_a_fact_of_no_aspect_is_mentioned_always(self, aspect: Aspect) -> None:
        assert "补办期间不能借书。" in about(guide(), aspect).text

    def test_a_fact_that_was_said_anyway_is_not_said_twice(self) -> None:
        told = guide(summary="补办借书证要本人来。补办期间不能借书。")
        assert about(told, Aspect.OVERVIEW).text.count("补办期间不能借书。") == 1

    def test_a_fact_without_a_full_stop_gets_one(self) -> None:
        told = guide(must_mention=[{"text": "周末不办", "source": "rule"}, {"text": "先打电话", "source": "rule"}])
        assert "请注意：周末不办。先打电话。" in about(told, Aspect.CONTACT).text

    def test_the_source_of_a_mentioned_fact_is_cited(self) -> None:
        cited = [source.title for source in about(guide(), Aspect.PROXY).sources]
        assert cited == ["借书证办法", "借书证收费标准"]


class TestSources:
    def test_what_bears_the_asked_fact_comes_first(self) -> None:
        assert about(guide(), Aspect.FEE).sources[0].title == "借书证收费标准"

    def test_none_is_cited_twice(self) -> None:
        sources = about(guide(), Aspect.PROCEDURE, Aspect.MATERIALS).sources
        assert len(sources) == len(set(sources))

    def test_no_more_than_a_citizen_reads(self) -> None:
        many = [{"id": f"rule-{at}", "title": f"第{at}号办法", "checked_on": "2026-01-01"} for at in range(9)]
        steps = [{"title": "申请", "text": "去窗口。", "source": each["id"]} for each in many]
        told = guide(sources=[*fakes.CARD_LOST["sources"], *many], steps=steps)
        assert len(about(told, Aspect.PROCEDURE).sources) <= MOST_SOURCES + 1

    def test_office_hours_rest_on_the_legal_basis(self) -> None:
        assert [source.title for source in about(guide(must_mention=[]), Aspect.OFFICE_HOURS).sources] == ["借书证办法"]

    def test_a_fact_of_the_sample_city_is_shown_as_such(self) -> None:
        told = guide(contact={"phone": "0888-1", "source": "sample"}, must_mention=[])
        reply = about(told, Aspect.CONTACT)
        assert "溪城市办事指南（示例数据）" in [source.title for source in reply.sources]

    def test_a_fact_of_a_real_city_is_not_called_a_sample(self) -> None:
        told = guide(contact={"phone": "0888-1", "source": "sample"}, must_mention=[])
        assert "示例" not in about(told, Aspect.CONTACT, at=place(is_sample=False)).text

    def test_an_unverified_fact_says_so(self) -> None:
        told = guide(proxy={"allowed": "can", "text": "可以代办。", "source": "unverified"})
        reply = about(told, Aspect.PROXY)
        assert "还没有核对原文" in reply.text and reply.sources

    def test_a_verified_fact_does_not_warn(self) -> None:
        assert "还没有核对原文" not in about(guide(), Aspect.PROXY).text

    def test_an_unverified_rule_says_so(self) -> None:
        unread = [{**source, "unverified": True} for source in fakes.CARD_LOST["sources"]]
        reply = about(guide(sources=unread), Aspect.FEE)
        assert "还没有核对原文" in reply.text and all(source.unverified for source in reply.sources)


class TestSeveralAspects:
    def test_both_are_told_and_the_first_gives_its_name(self) -> None:
        reply = about(guide(), Aspect.FEE, Aspect.MATERIALS)
        assert reply.aspect is Aspect.FEE and reply.text.index("补证工本费") < reply.text.index("申请表")

    def test_what_was_told_is_not_suggested(self) -> None:
        labels = [read_payload(choice.payload) for choice in about(guide(), Aspect.FEE, Aspect.MATERIALS).suggestions]
        assert Aspect.MATERIALS not in [chosen.aspect for chosen in labels if chosen]


def test_a_listed_question_is_answered_in_its_own_words() -> None:
    told = guide()
    reply = about(told, Aspect.FEE, frequent=told.faq[0])
    assert reply.text.startswith("不用，书没丢就不用赔。") and "补证工本费" not in reply.text
    assert reply.sources[0].title == "借书证办法"


def test_no_more_offices_than_a_citizen_reads() -> None:
    many = [fakes.office(f"hall-{at}", f"第{at}大厅", fakes.TOWN, ["library-card-lost"]) for at in range(6)]
    assert about(guide(), Aspect.LOCATION, at=place(many)).text.count("大厅一楼") == MOST_OFFICES


def test_without_an_office_the_phone_is_given_instead_of_hours() -> None:
    assert "12345" in about(guide(), Aspect.OFFICE_HOURS, at=place(offices=())).text
