"""A plain yes, in whatever words: 好的, 嗯, 可以, 没问题, 👌. It agrees, and picks nothing."""

from __future__ import annotations

import re

from knowledge_base.language.tokenize import plain

# No word begins like another, so that no run of them can be read in two ways (docs/adr/0016): 好的 and 好吧 are 好 with
# a filler behind it; 就是, 确认无误 and 帮我预约 are put together of the others, too.
_YES_WORD = (
    r"(?:对[头滴]?|是滴?|好滴?|行|可以|o++k(?:ay)?|y(?:es|ep|eah)?|嗯呐?|[没莫冇][有得]?(?:问题|毛病|错|意见)"
    r"|同意|[系係]|走起|安排(?:上(?!面))?|要得|妥|中|成|得咧?|确认|确定|正确|无误|准确"
    r"|就(?:这样|这个|它|这么办|这么定|那样|那个)|定(?:了|下来?|吧)|提交|(?<!的)预?约(?:上(?!面))?|改吧|取消吧)"
)
_YES_FILLER = (
    r"(?:[哦噢喔那我都全了吧啊呀的呢哈啦呗嘛嘞喽哒队您你替帮给太能]|就(?!这样|这个|它|这么办|这么定|那样|那个)"
    r"|这回|这次|这下|信息|内容|上面|资料|谢谢|多谢|麻烦|看过?了|核对(?:过了?)?|收到|知道了|晓得了|明白"
    r"|以上|所有|费心|辛苦|感谢)"
)
_YES = re.compile(rf"{_YES_FILLER}*+{_YES_WORD}(?:{_YES_FILLER}|{_YES_WORD})*+", re.IGNORECASE)
_THUMB = re.compile(r"\s*+[👌👍🆗✅✔☑🙆][\s👌👍🆗✅✔☑🙆\ufe0f\u200d🏻🏼🏽🏾🏿]*+")


def assents(text: str) -> bool:
    """Nothing but a yes is said."""
    return bool(_YES.fullmatch(plain(text)) or _THUMB.fullmatch(text))
