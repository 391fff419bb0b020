"""What a statement says must stand in the text that it cites, in whatever way either writes its numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.figures import Figure, figures_in, missing


def told(text: str) -> set[str]:
    return {str(figure) for figure in figures_in(text)}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # periods, in Chinese numerals and others
        ("自受理之日起三十日内办结", {"30日"}),
        ("30天内", {"30日"}),
        ("３０日", {"30日"}),
        ("六十日内发放", {"60日"}),
        ("十五日", {"15日"}),
        ("二十个工作日", {"20工作日"}),
        ("20 个工作日", {"20工作日"}),
        ("5个自然日", {"5日"}),
        ("当日起七天", {"7日"}),
        ("两个月", {"2月"}),
        ("2个月", {"2月"}),
        ("十二个月", {"12月"}),
        ("三年", {"3年"}),
        ("两周年", {"2年"}),
        ("一年", {"1年"}),
        ("半年", {"0.5年"}),
        ("半个月", {"0.5月"}),
        ("半小时", {"0.5小时"}),
        ("一年半", {"1.5年"}),
        ("两个半月", {"2.5月"}),
        ("24小时", {"24小时"}),
        ("三十分钟", {"30分钟"}),
        ("一周", {"1周"}),
        ("两个星期", {"2周"}),
        ("每季度一次，共4个季度", {"4季度"}),
        # ages
        ("年满十六周岁", {"16岁"}),
        ("未满16周岁", {"16岁"}),
        ("80岁以上", {"80岁"}),
        ("三周岁以下", {"3岁"}),
        ("十六周岁以上不满二十六周岁", {"16岁", "26岁"}),
        # money
        ("每证40元", {"40元"}),
        ("四十元", {"40元"}),
        ("40块钱", {"40元"}),
        ("人民币2,500元", {"2500元"}),
        ("1.5万元", {"15000元"}),
        ("一万五千元", {"15000元"}),
        ("五千元以上一万元以下", {"5000元", "10000元"}),
        ("50万元", {"500000元"}),
        ("3亿元", {"300000000元"}),
        ("三千多元", {"3000元"}),
        ("0.5元", {"0.5元"}),
        ("零元", {"0元"}),
        ("二百元", {"200元"}),
        ("两百元", {"200元"}),
        ("工本费:40元/证", {"40元"}),
        # shares
        ("百分之五十", {"50%"}),
        ("百分之一点五", {"1.5%"}),
        ("百分之3", {"3%"}),
        ("50%", {"50%"}),
        ("50％", {"50%"}),
        ("5‰", {"0.5%"}),
        ("千分之三", {"0.3%"}),
        ("万分之五", {"0.05%"}),
        ("二分之一", {"50%"}),
        ("三分之二", {"66.6667%"}),
        ("1/2", set()),
        ("八成", {"80%"}),
        ("九折", {"90%"}),
        ("9.5折", {"95%"}),
        ("95折", {"95%"}),
        ("九五折", {"95%"}),
        ("减半收取", {"50%"}),
        ("半价", {"50%"}),
        ("一半以上", {"50%"}),
        ("二倍以上五倍以下", {"2倍", "5倍"}),
        # ranges and rows
        ("7至10个工作日", {"7工作日", "10工作日"}),
        ("7—10个工作日", {"7工作日", "10工作日"}),
        ("7-10个工作日", {"7工作日", "10工作日"}),
        ("7～10个工作日", {"7工作日", "10工作日"}),
        ("三至五日", {"3日", "5日"}),
        ("16至25周岁", {"16岁", "25岁"}),
        ("3%至5%", {"3%", "5%"}),
        ("1至3万元", {"10000元", "30000元"}),
        ("1万至3万元", {"10000元", "30000元"}),
        ("二百至一千元", {"200元", "1000元"}),
        ("7、10、15个工作日", {"7工作日", "10工作日", "15工作日"}),
        ("5日或者10日", {"5日", "10日"}),
        ("6个月到3年", {"6月", "3年"}),
        # dates
        ("自2027年1月1日起施行", {"2027年1月1日"}),
        ("二〇二七年一月一日", {"2027年1月1日"}),
        ("二零二五年十二月三十一日", {"2025年12月31日"}),
        ("2027年1月", {"2027年1月"}),
        ("2027年", {"2027年"}),
        ("2026年度", {"2026年"}),
        ("每年3月1日至6月30日", {"3月1日", "6月30日"}),
        ("三月一日至六月三十日", {"3月1日", "6月30日"}),
        ("5月20号", {"5月20日"}),
        # measures and counts
        ("60平方米", {"60平方米"}),
        ("60㎡", {"60平方米"}),
        ("九十平方米", {"90平方米"}),
        ("55公斤", {"55公斤"}),
        ("25公里", {"25公里"}),
        ("长48毫米、宽33毫米", {"48毫米", "33毫米"}),
        ("400瓦，48伏", {"400瓦", "48伏"}),
        ("2寸照片3张", {"2寸", "3张"}),
        ("记12分", {"12分"}),
        ("20人以上", {"20人"}),
        ("不少于3名", {"3人"}),
        ("跑两次", {"2次"}),
        ("第二套住房", {"2套"}),
        ("第十二套住房", {"12套"}),
        ("二套房", {"2套"}),
        ("三孩", {"3孩"}),
        # 國字
        ("三十個工作日", {"30工作日"}),
        ("滿16週歲", {"16岁"}),
        ("兩百元", {"200元"}),
        # what is no figure
        ("", set()),
        ("依照第十五条第二款", set()),
        ("第三人", set()),
        ("第七天", set()),
        ("一次办好，一人一档", set()),
        ("十分重要", set()),
        ("上半年、下半月", set()),
        ("打12367人工服务", set()),
        ("12367，24小时人工", {"24小时"}),
        ("另有一块", set()),
        ("两三天", set()),
        ("十几天", set()),
        ("〔2021〕12号", set()),
        ("周一至周五", set()),
    ],
)
def test_every_number_is_read_with_its_unit(text: str, figures: set[str]) -> None:
    assert told(text) == figures


@pytest.mark.parametrize(
    ("says", "text", "lacking"),
    [
        ("30天内办好", "应当自受理之日起三十日内", set()),
        ("30个工作日内办好", "应当自受理之日起三十日内", {"30工作日"}),
        ("30天内办好", "三十个工作日内", {"30日"}),
        ("一个月内", "三十日内", {"1月"}),
        ("最长24个月", "最长不超过二年", set()),
        ("最长两年", "二十四个月", set()),
        ("半年内", "六个月内", set()),
        ("一周", "七日", set()),
        ("7天", "一周", set()),
        ("半小时", "三十分钟", set()),
        ("1.5公里", "一千五百米", set()),
        ("打九折", "按百分之九十收取", set()),
        ("八成", "80%", set()),
        ("一半", "二分之一", set()),
        ("50%", "减半征收", set()),
        ("每证40元", "每证收费四十元", set()),
        ("每证40元", "每证收费20元", {"40元"}),
        ("1.5万元", "15000元", set()),
        ("2027年起", "自2027年1月1日起施行", set()),
        ("2027年1月起", "自二〇二七年一月一日起施行", set()),
        ("1月1日起", "自2027年1月1日起施行", set()),
        ("2027年1月1日起", "2027年起", {"2027年1月1日"}),
        ("2026年起", "自2027年1月1日起施行", {"2026年"}),
        ("满16周岁", "年满十六周岁", set()),
        ("滿16週歲", "年满十六周岁", set()),
        ("16岁和18岁", "年满十六周岁", {"18岁"}),
        ("不收费，本人办理", "没有数字的条文", set()),
        ("第十五条说的", "与此无关", set()),
    ],
)
def test_what_stands_in_no_text_is_missing(says: str, text: str, lacking: set[str]) -> None:
    assert {str(figure) for figure in missing(says, (text,))} == lacking


def test_figures_may_stand_in_several_texts() -> None:
    assert missing("40元，20个工作日", ("每证四十元", "二十个工作日内")) == frozenset()
    assert {str(each) for each in missing("40元", ())} == {"40元"}


class TestACalculation:
    def test_is_good_for_what_it_leads_to(self) -> None:
        assert missing("100万元的房子交1万元", ("税率为1%",), "100万元×1%＝1万元") == frozenset()

    def test_that_begins_with_nothing_of_the_text_is_good_for_nothing(self) -> None:
        assert missing("交1万元", ("税率为3%",), "100万元×1%＝1万元") == {Figure(Decimal(10_000), "元")}

    def test_may_begin_with_the_text_s_figure_in_another_measure(self) -> None:
        assert missing("最多领540天", ("最长十八个月",), "1.5年=540天") == frozenset()

    def test_without_a_result_leads_nowhere(self) -> None:
        assert missing("交1万元", ("税率为1%",), "100万元×1%") == {Figure(Decimal(10_000), "元")}


class TestAnyText:
    @given(st.text(alphabet="零〇一二三四五六七八九十百千万亿两0123456789.,%至到—-年月日元半分之第个 ", max_size=60))
    def test_is_read_without_a_fault(self, text: str) -> None:
        for figure in figures_in(text):
            assert str(figure)

    @given(st.integers(0, 9999), st.sampled_from(["日", "个工作日", "个月", "元", "周岁", "%"]))
    def test_says_of_itself_what_it_says(self, number: int, unit: str) -> None:
        assert missing(f"{number}{unit}内", (f"应在{number}{unit}以内",)) == frozenset()

    @given(st.integers(2, 9999))
    def test_days_and_working_days_are_never_the_same(self, number: int) -> None:
        assert missing(f"{number}个工作日", (f"{number}日",)) and missing(f"{number}日", (f"{number}个工作日",))

    @pytest.mark.parametrize("text", ["1-" * 5000, "一" * 10_000, "1至" * 4000 + "元", "百分之" * 3000])
    def test_however_long_is_soon_read(self, text: str) -> None:
        assert len(figures_in(text)) <= 8
