"""The grammar of consent: what it makes agrees, and nothing else does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.language.fragments import one_of
from service_hall.hearing.consent import GRAMMAR, Deed, consents, names_whole, place_alone

SAID_WHEN_BOOKED = [
    *(
        "队，确定",
        "行行行就这个",
        "对对对",
        "好，定了",
        "好滴～",
        "信息都对，提交吧",
        "嗯这回对了",
        "就这样吧",
        "对，就这个",
        "中，就这么办",
    ),
    *(
        "👌 可以",
        "对头，定下来",
        "确认预约",
        "嗯对的就这样吧",
        "就这样定了",
        "好 确认",
        "莫得问题",
        "OK，没问题",
        "嗯，替我提交",
        "对对快提交",
    ),
    *(
        "好了好了就这个",
        "对，没错了",
        "嗯 就它了",
        "这次行了",
        "可以 约吧",
        "以上确认无误。",
        "ok啦",
        "确认确认 烦死了",
        "没有问题的，谢谢您费心",
    ),
    *(
        "以上信息无误",
        "嗯嗯可以",
        "系，冇错",
        "嗯呐 整吧",
        "确任",
        "没错，麻烦了",
        "能行能行",
        "好的呢",
        "这下好了 确认",
        "收到 就这样定了",
    ),
    *(
        "知道了 确认",
        "对，就约这个时间",
        "谢谢你，就那个",
        "帮我预约上吧",
        "信息都核对过了，没有错",
        "好的师傅",
        "师傅，好",
    ),
]
SAID_TO_CANCEL = [
    *(
        "是的，取消",
        "确定取消",
        "取消",
        "对，取消",
        "嗯取消",
        "对 取消",
        "帮我取消",
        "取消掉",
        "我要取消",
        "是的，取消这个",
        "麻烦取消",
    ),
    *("取消这个预约", "可以，取消", "是", "没错", "cancel"),
]
BINDS_NO_ACT = [
    *(
        "你好",
        "您好",
        "太好",
        "能行",
        "你行",
        "你对",
        "我对",
        "对了",
        "得了",
        "得了吧",
        "嗯...",
        "嗯……",
        "师傅好",
        "老师好",
        "好了",
        "知道了",
        "谢谢",
    ),
    *(
        "拒绝确认",
        "反对",
        "无法确认",
        "not ok",
        "no ok",
        "是否正确",
        "正确与否",
        "妥否",
        "正在核对",
        "信息核对中",
        "核对过，有错",
    ),
    *(
        "对对对错了",
        "错对错",
        "回头确认",
        "好，回头吧",
        "OK，我先看看",
        "确认一下",
        "您确认一下",
        "好是好",
        "可以是可以",
        "对是对",
    ),
    *(
        "行，就是远了点",
        "好远",
        "好烦",
        "好像可以吧",
        "应该对吧",
        "好像没错吧",
        "难道确认",
        "确认你个头",
        "确认个屁",
        "可以改吧",
    ),
    *(
        "就这么算了",
        "都行",
        "都可以",
        "正确的是李小明",
        "是吧",
        "对吧",
        "没错吧",
        "好吧？",
        "行吗",
        "好呢",
        "可以么",
        "中行",
        "行行好",
        "👌👎",
        "“确认”",
    ),
    *(
        "不确认预约",
        "先不要确认预约",
        "我没点确认预约",
        "确认预约吗",
        "确认预约？",
        "确认预约之前",
        "确认预约是什么意思",
        "点确认预约没反应",
    ),
    *(
        "拒绝取消",
        "我反对取消",
        "不可以取消",
        "可以取消",
        "禁止取消",
        "谁让你取消的",
        "你敢取消试试",
        "撤回取消",
        "撤销取消",
        "取消取消",
    ),
    *(
        "我妈说取消，我说不",
        "取消错了",
        "不小心点了取消",
        "误点取消",
        "取消键点错了",
        "我考虑取消",
        "我没想好取消",
        "该不该取消",
        "是否取消",
    ),
    *(
        "如果取消",
        "要是取消的话",
        "取消前问一下",
        "暂缓取消",
        "无法取消",
        "回头取消",
        "改天再取消",
        "下周再取消",
        "等我妈同意再取消",
        "明天取消",
    ),
    *(
        "我要取消的是护照",
        "取消护照那个",
        "不确认，全部删除",
        "确认，全部删除吗",
        "什么叫确认，全部删除",
        "可以删除",
        "确认，另外取消护照",
    ),
]
PLACES_NOT_PICKED = [
    *(
        "第一个不对",
        "第一个是什么意思",
        "第一个吗",
        "第一个？",
        "1?",
        "除了第一个",
        "选第一个之前先问下",
        "要么第一个要么算了",
        "第二个是什么意思",
    ),
    *("第一个算了", "不要第一个", "1楼吗", "1、3、4分别是什么", "第一个第二个"),
]
COMMON = re.findall(
    r"\S+",
    """
    不 没 别 未 先 再 再说 等等 等一下 回头 明天 后天 下周 改天 晚点 早点 换 时间 地点 材料 护照 身份证
    社保卡 名字 手机 电话 地址 妈 爸 孩子 老公 老婆 朋友 单位 公司 什么 怎么 为什么 哪里 多少 谁 几点 吗 么
    如果 要是 除非 除了 但是 不过 可是 就是说 因为 所以 或者 还是 要么 好像 可能 也许 大概 应该 似乎 估计
    差不多 考虑 想想 看看 问问 试试 商量 打听 研究 忘 记 错 误 拒绝 反对 禁止 撤回 撤销 暂停 停止 退出 返回
    上一步 重来 从头 算了 作罢 免 甭 休想 谁让你 不敢 远 近 贵 便宜 快慢 慢 早 晚 多 少 大 小 新 旧 热
    冷 忙 闲 累 急 饿 病 医院 银行 学校 大厅 窗口 楼 停车 地铁 公交 开车 走路 排队 取号 叫号 报到 钱 费
    元 免费 收费 发票 押金 罚款 扣分 记录 影响 后果 规定 法律 政策 条件 资格 年龄 户口 结婚 离婚 出生 死亡
    退休 失业 工资 税 房 车 驾照 贷款 补贴 津贴 公积金 医保 社保 养老 低保 残疾 军人 学生 老人 小孩 外地
    本地 北京 上海 青桥 北屏 李小明 王芳 张三 一半 另外 顺便 同时 然后 之前 之后 以前 以后 问题多 毛病多 理由
    原因 道理 情况 事情 东西 地方 消息 短信 网站 小程序 微信 支付 密码 验证 登录 注册 下载 打印 复印 照片
    指纹 签名 盖章 委托 代办
    """,
)


def test_the_yes_of_citizens_is_heard() -> None:
    assert [text for text in SAID_WHEN_BOOKED if not consents(text, Deed.BOOK)] == []
    assert [text for text in SAID_TO_CANCEL if not consents(text, Deed.CANCEL)] == []
    assert [
        text for text in ("删", "都删了吧", "确认删除", "全部删除", "是的") if not consents(text, Deed.DELETE)
    ] == []


def test_haste_and_dialect_are_no_remainder() -> None:
    assert all(consents(text, Deed.BOOK) for text in ("妥了，就这么的", "确认，快点吧"))
    assert all(consents(text, Deed.MOVE) for text in ("挪过去吧", "对，换过去"))


def test_what_only_holds_a_yes_somewhere_agrees_to_nothing() -> None:
    assert [(text, to) for text in BINDS_NO_ACT for to in Deed if consents(text, to)] == []


def test_what_settles_a_booking_cancels_and_deletes_none() -> None:
    said = ("就这样吧", "定了", "就这个", "约吧", "改吧", "提交")
    assert [(text, to) for text in said for to in (Deed.CANCEL, Deed.DELETE) if consents(text, to)] == []


def test_a_place_that_is_refused_asked_or_excepted_is_no_place() -> None:
    assert [text for text in PLACES_NOT_PICKED if place_alone(text) is not None] == []


@pytest.mark.parametrize("said", ["1", "1.", "①", "1号", "第一个", "就第一个", "选1", "好的，第一个", "那就选1吧"])
def test_a_place_alone_is_one(said: str) -> None:
    assert place_alone(said) == 0


def test_a_label_is_named_whole_or_not_at_all() -> None:
    assert all(
        names_whole(said, "确认预约") for said in ("确认预约", "好，确认预约吧", "1. 确认预约", "确认预约，谢谢")
    )
    refused = [text for text in BINDS_NO_ACT if "确认预约" in text]
    assert refused and not any(names_whole(text, "确认预约") for text in refused)


def _made(fragments: str) -> st.SearchStrategy[str]:
    return st.from_regex(one_of(fragments, GRAMMAR["words"]), fullmatch=True)


def _sentences(to: Deed) -> st.SearchStrategy[str]:
    """Of the grammar, a sign between their words."""
    verb = st.tuples(_made(GRAMMAR["lead"]), _made(GRAMMAR["verb"][to].replace("(=吧|了吧)", "吧"))).map("".join)
    agreeing = st.one_of(_made(GRAMMAR["yes"]), _made(GRAMMAR["state"]), _made(GRAMMAR["picture"]), verb)
    around = st.lists(_made(f"{GRAMMAR['beside']} {GRAMMAR['address']}"), max_size=1)
    sign = st.sampled_from(["，", " ", "。", "！", "～"])
    return st.tuples(around, agreeing, around, sign).map(lambda made: made[3].join([*made[0], made[1], *made[2]]))


@pytest.mark.parametrize("to", list(Deed))
@given(data=st.data())
def test_each_sentence_of_the_grammar_agrees_and_none_with_a_word_more(to: Deed, data: st.DataObject) -> None:
    said = data.draw(_sentences(to))
    assert consents(said, to)
    word, at = data.draw(st.sampled_from(COMMON)), data.draw(st.integers(0, len(said)))
    assert not consents(f"{said[:at]}{word}{said[at:]}", to)


def test_common_words_added_anywhere_to_a_yes_take_it_back() -> None:
    yes = ("好的", "确认", "对，没错", "可以，取消", "没问题，约吧", "都对，谢谢")
    longer = (f"{said[:at]}{word}{said[at:]}" for said in yes for word in COMMON for at in range(len(said) + 1))
    assert [text for text in longer if any(consents(text, to) for to in Deed)] == []
