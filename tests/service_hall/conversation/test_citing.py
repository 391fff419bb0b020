"""What an answer cites, and how that is printed."""

from __future__ import annotations

import pytest

from knowledge_base.sources import LegalText
from service_hall.conversation.citing import MOST_QUOTED, Place, attribution, cited, quoted
from tests.fakes import TOWN, legal_text

CARD_LAW = legal_text("law", "中华人民共和国借书证法", {"3": "应当交回。", "4": "每证十元。"}, url="https://x.cn/law")
NOTICE = legal_text("notice", "借书证办理指南", {"办理时限": "10日内。"})
LETTER = LegalText(id="letter", title="某某复函", kind=CARD_LAW.kind)
SOURCES = {each.id: each for each in (CARD_LAW, NOTICE, LETTER)}


def place(is_sample: bool = True) -> Place:
    return Place(region=TOWN, name="溪城市", offices=(), hotline="12345", is_sample=is_sample)


def printed(*references: str, is_sample: bool = True) -> str:
    return attribution(cited(references, SOURCES, place(is_sample), "2026-01-01"), place())


class TestWhatIsCited:
    def test_is_the_article_with_its_address_and_the_day_it_was_checked(self) -> None:
        (source,) = cited(["law#3"], SOURCES, place(), "2026-01-01")
        assert (source.title, source.article) == ("中华人民共和国借书证法", "第三条")
        assert (source.url, source.checked_on, source.unverified) == ("https://x.cn/law", "2026-01-01", False)

    def test_comes_once_and_in_the_order_in_which_it_bears_what_was_said(self) -> None:
        sources = cited(["notice#办理时限", "law#4", "notice#办理时限", "law#3"], SOURCES, place(), "2026-01-01")
        assert [source.article for source in sources] == ["办理时限", "第四条", "第三条"]

    @pytest.mark.parametrize("reference", ["letter", "letter#9", "law#99", "law"])
    def test_without_an_article_is_unverified(self, reference: str) -> None:
        (source,) = cited([reference], SOURCES, place(), "2026-01-01")
        assert source.unverified and source.article == ""

    @pytest.mark.parametrize("reference", ["unverified", "no-such-law#3", ""])
    def test_is_nothing_where_there_is_no_text(self, reference: str) -> None:
        assert cited([reference], SOURCES, place(), "2026-01-01") == []

    def test_of_the_place_s_own_facts_is_its_guide(self) -> None:
        sources = cited(["sample", "law#3"], SOURCES, place(), "2026-01-01")
        assert [(source.title, source.own, source.sample) for source in sources] == [
            ("中华人民共和国借书证法", False, False),
            ("溪城市办事指南（示例数据）", True, True),
        ]
        assert sources[1].checked_on == "2026-01-01"

    def test_of_a_real_place_is_not_called_a_sample(self) -> None:
        (source,) = cited(["sample"], SOURCES, place(is_sample=False), "2026-01-01")
        assert (source.title, source.own, source.sample) == ("溪城市办事指南", True, False)


class TestTheLastLine:
    def test_names_a_law_once_with_all_its_articles(self) -> None:
        assert printed("law#3", "law#4") == "依据：《借书证法》第三条、第四条。适用地区：溪城市。"

    def test_names_a_text_without_numbers_by_its_part(self) -> None:
        assert printed("notice#办理时限") == "依据：《借书证办理指南》“办理时限”。适用地区：溪城市。"

    def test_names_the_place_s_own_guide_without_brackets(self) -> None:
        assert printed("sample") == "依据：溪城市办事指南（示例数据）。适用地区：溪城市。"

    def test_says_where_it_holds_when_it_rests_on_nothing(self) -> None:
        assert printed("unverified") == "适用地区：溪城市。"

    def test_names_three_titles_and_says_that_there_are_more(self) -> None:
        assert printed("law#3", "notice#办理时限", "letter", "sample").startswith(
            "依据：《借书证法》第三条、《借书证办理指南》“办理时限”、《某某复函》等。"
        )

    def test_leaves_a_title_with_brackets_of_its_own_as_it_is(self) -> None:
        decision = legal_text("decision", "国务院关于修改《借书证条例》的决定", {"1": "修改。"})
        shown = cited(["decision#1"], {"decision": decision}, place(), "2026-01-01")
        assert attribution(shown, place()).startswith("依据：国务院关于修改《借书证条例》的决定第一条。")


class TestWhoAsksForTheRule:
    def test_gets_its_words(self) -> None:
        assert quoted(["law#3", "notice#办理时限"], SOURCES) == [
            "《借书证法》第三条：“应当交回。”",
            "《借书证办理指南》“办理时限”：“10日内。”",
        ]

    def test_gets_the_title_where_the_words_are_not_here(self) -> None:
        assert quoted(["letter", "letter#9", "no-such-law#1", "sample"], SOURCES) == ["《某某复函》"]

    @pytest.mark.parametrize("text", ["应当交回旧证，" * 40, "长" * 400])
    def test_is_not_buried_under_a_long_article(self, text: str) -> None:
        long = legal_text("long", "长法", {"1": text})
        (line,) = quoted(["long#1"], {"long": long})
        assert line.endswith("……”") and not line.endswith("，……”") and len(line) <= MOST_QUOTED + 20

    def test_reads_paragraphs_as_one_line(self) -> None:
        lines = legal_text("long", "长法", {"1": "下列情形：\n（一）丢失；\n（二）损坏。"})
        assert quoted(["long#1"], {"long": lines}) == ["《长法》第一条：“下列情形：（一）丢失；（二）损坏。”"]
