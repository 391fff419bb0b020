"""The asking in a sentence (多少钱, 去哪办, 能代办吗) apart from the thing it asks about."""

from __future__ import annotations

import re

from knowledge_base.language.tokenize import plain

# Longest first, so that 多少钱 goes before 多少. What is left after these is about a thing.
_FILLERS = re.compile(
    "|".join(
        sorted(
            (
                "请问一下 请问 顺便问一下 顺便问下 顺便 麻烦问下 我想问问 我想问一下 我想问 想问一下 想问下 问一下 问下 我想知道 想知道 你好 您好 谢谢 麻烦 "
                "那这个 那它 那个 这个 这件事 这事 这种 那种 那 它 还有 还 也 都 就 又 再 呢 吗 嘛 吧 啊 呀 哦 嗯 哈 呗 啦 了 的 得 地 着 过(?!户) 是不是 是 "
                "我 你 您 他 她 咱 俺 我们 自己 本人 家里人 家人 家属 爱人 老公 老婆 媳妇 丈夫 妻子 对象 爸爸 妈妈 父母 爸 妈 父亲 母亲 老人 爷爷 奶奶 孩子 小孩 儿子 女儿 闺女 朋友 同事 别人 亲戚 中介 子女 儿女 "
                "多少钱 多少 几块钱 几块 钱 花钱 要钱 收钱 免费 费用 收费 工本费 手续费 价格 交钱 贵不贵 贵 花 收不收 收 交 "
                "材料 资料 手续 东西 证件 带什么 带啥 带些啥 带哪些 带 拿什么 拿 准备 需要 需 要不要 要 复印件 原件 照片 几份 "
                "什么时候 啥时候 什么 啥 哪些 哪个 哪里 哪儿 哪 在哪条路 在哪条街 哪条路 哪条街 在哪 去哪 上哪 到哪 地方 地址 位置 窗口 大厅 怎么走 "
                "怎么办 咋办 怎么弄 咋弄 咋整 怎么 咋 如何 流程 步骤 程序 第一步 办理 办 弄 搞 走 去 来 到 跑 几趟 几次 趟 次 "
                "多久 多长时间 几天 几个工作日 工作日 时间 时限 天 快 慢 当场 当天 马上 立等可取 拿到 能拿 下来 好 完 等 出证 出件 下证 取证 办结 大概 大约 一般 通常 最快 最多 最少 "
                "网上 线上 手机上 手机 小程序 自助机 自助 邮寄 寄 快递 现场 本地 外地 异地 "
                "代办 代领 代替 替 帮 委托 让 给 亲自 必须 必要 一定 非得 "
                "条件 要求 资格 符合 满足 可以 可不可以 能不能 能 行不行 行 会 够 "
                "有效期 有效 管几年 管多久 几年 年 长期 "
                "电话 号码 联系方式 联系 咨询 打 热线 依据 法律 规定 政策 文件 条款 凭什么 凭啥 哪条 "
                "上班 下班 几点 开门 关门 周末 周六 周日 星期六 星期天 中午 节假日 上午 下午 今天 明天 现在 "
                "有 没有 没 不 用 事情 事 那边 这边 样 人 找 接 会 张 几  和 跟 或者 如果 要是 一下 一个 个 第 点 呃 额 哎 在 对 说 问 知道 想 具体 详细 介绍 情况 "
                "刚才 前面 上面 以后 之后 然后 接着 先 后 吗呢 所以 到底 究竟 到时候 到时 谢了 谢啦 那儿 这儿 那里 这里"
            ).split(),
            key=len,
            reverse=True,
        )
    )
)
# These ask how long a thing is good for, or tell what befell it: which of the two only the rest of the talk can say.
_EXPIRY = re.compile("过期|到期|失效|作废")
_FURTHER_BACK = re.compile("前一个|上一个|前面那个|之前那个|前面那件|上一件|前一件|一开始问的|最开始问的")
_ANAPHORA = re.compile(r"^(?:那|它|这个|这事|这种|还|也|那么|哪)")


def content_of(text: str) -> str:
    """What remains once the asking is taken away; one stray character is nothing."""
    rest = residue_of(text)
    return rest if len(rest) > 1 else ""


def residue_of(text: str) -> str:
    """What remains once the asking is taken away, down to the 换 of 要换."""
    return _FILLERS.sub("", plain(text))


def left_unsaid(text: str) -> bool:
    """True if nothing but the asking itself is said: 那多少钱, 能让我妈去吗."""
    return not content_of(_EXPIRY.sub("", plain(text)))


def leans_back(text: str) -> bool:
    """Opens like a follow-up: 那…, 它…, 还…."""
    return bool(_ANAPHORA.match(plain(text)))


def points_further_back(text: str) -> bool:
    """Means the item before the current one: 前一个要多少钱."""
    return bool(_FURTHER_BACK.search(plain(text))) and not content_of(_FURTHER_BACK.sub("", plain(text)))
