"""Short things that are said in the middle of a booking: stop, another time, 跳过, is a place free."""

from __future__ import annotations

import re

from knowledge_base.language.tokenize import plain
from service_hall.conversation.acts import Act
from service_hall.conversation.assent import assents
from service_hall.conversation.flow import Heard

# Where a run of words can be read in two ways, what fails is tried in all of them, 2ⁿ for n words (docs/adr/0016). So a
# run is possessive (*+), and no word of it begins like what may follow it.
_POLITE = r"(?:那|就|我|还是|先|都|请|麻烦|谢谢你?|了|吧|啊|呀|啦|嘛|哦|呢)*+"
_STOP = re.compile(
    rf"{_POLITE}(?:不(?:想|要|用|能)?(?:预?约|办|弄|搞|订|去)|不(?:用|要|需要)了|算了|取消|退出|停止|结束|不继续)"
    rf"(?:这次|这个|预约|算了)*{_POLITE}"
)
_GIVES_UP = re.compile(
    r"取消|退[掉了出]|算了|作罢|撤销?|停止|结束|不(?:想|要|用|再|需要)*(?:预?约|办|去|来|弄|搞|了)|没(?:空|时间|法)"
)
_EARLIER_BOOKING = re.compile(r"之前|以前|原来|上次|已经约|约好的|约过|我的预约|那个预约|[天周号日午]的(?:预约|号)")
_BOOKS = re.compile(r"(?<!大)(?<!已经)(?:预约|约(?!定)|订个?号|占个?号|抢个?号|挂个?号)")
_NO = re.compile(
    r"(?:都|这些|这几个|全|信息|内容|好像)*(?:不|没|唔)(?:行|对|是|合适|可以|方便|同意|要|好|成|确认|取消|太对|准确)[的了吧啊]*"
    r"|(?:写|填|弄|搞|说)?错[了啦的]|有(?:误|问题|错)|否|no",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"(?:换|改|调|挪)[一个下]*(?:别的|其他的?)?(?:时间|日子|日期|天|时段|钟点)|改天|(?:时间|日期)(?:不对|错了|不行|不合适)|重新选时间|别的时间"
)
_OTHER_OFFICE = re.compile(
    r"(?:换|改|重选)[一个下家]*(?:别的|其他的?)?(?:网点|大厅|地方|地点|政务(?:服务)?中心|办事点)|(?:别|其他|另)的?(?:网点|大厅|地方)|太远"
)
_OTHER_PERSON = re.compile(
    r"(?:改|换|修改|更正|重填)[一个下]*(?:信息|资料|个人信息|电话|手机号?码?|号码|姓名|名字|身份证号?码?|办事人|人)"
    r"|(?:信息|电话|手机号?码?|号码|姓名|名字|身份证号?码?)(?:写|填|说|弄|输|打)?(?:错|不对|改)"
)
_SKIP = re.compile(
    rf"{_POLITE}(?:跳过|略过|不用|不填|不写|不给|不留|不提供|没有|没带|记不[住得清]|不记得|不想[给填留说]|不方便|免了|下一步|不需要|不必|不改){_POLITE}"
    rf"(?:(?=[身证号码])(?:身份证件?|证件)?号?码?{_POLITE})?"
)
_GIVEN_NOT = (
    r"(?:(?:不|没|别|唔|冇|懒得)[要用想需必太大]*+(?:填|留|写|给|说|提供|输|报|添|记|带|方便|在身边|知道|晓得)"
    r"|暂不|暂缺|先?空[着出]|跳过?|略过?|省[了略]|免[了填]|算了|(?:不|唔)(?:用|要|必|需要)[了啦吧]?$)"
)
_NO_ID_NUMBER = re.compile(
    rf"(?<!时)(?:身份证件?|证件)(?:号码?)?(?:那个|这个|这项|信息|就|先|我|也|都|暂时?)*{_GIVEN_NOT}"
    r"|(?:不|没|别|免|唔|冇|懒得)(?:想|要|用|需要?|必)?(?:填|留|写|给|提供|带)[^，,。；;\s〔]{0,2}(?:身份证|证件)"
)
_REFUSES = re.compile(
    r"不|没|别|免|唔|冇|先?空[着出]|跳过?|略过?|省[了略]|懒得|算了|否|无|忘|下一步|直接|skip|pass|no|(?:^|那)(?:后面|下面)"
)
_WHY = re.compile(r"[?？吗么呢]$|怎么|咋|能不能|为什么|为啥|干[嘛啥]|必须|一定要|有什么用|安全|会不会|是不是")
_GIVES_BACK = re.compile(
    r"(?:预?约|号|那个|这个|[上下]午的?|[周号天日]的)[^，,。]{0,6}(?:退|取消)[了掉]|(?:退|取消)[了掉]?(?:预约|那个号|我的号)"
    r"|去不了|来不了|不去了|不来了|(?:不能|没法|没空|没时间)[去来]了?$"
)
_SAME_PERSON = re.compile(
    r"(?:还是|就|给)*(?:他|她|我|这个人|这位|本人|自己|我自己|我本人|上次的?人?|老样子|一样|同一个人?|同样的?人?|刚才的?人?)(?:的|办|信息)*|用上次的.*"
)
_SOMEBODY_ELSE = re.compile(r"(?:给|帮|替|换)?(?:别人|另一个人|其他人|另外一个人|家里人|别的人)(?:办|约)?的?")
_WAIT = re.compile(r"候补|排队等|等退号|有(?:人)?(?:退|空|号).{0,8}(?:通知|告诉|叫)我|一有号")
_NEAREST = re.compile(
    r"(?:离|距离?)(?:我|我家|家|这里|这儿|单位|公司)?(?:这里|这边)?(?:最|比较|更)?近(?:一?点)?的?(?:那?[个家])?(?:网点|大厅|地方|政务(?:服务)?中心|办事点)?"
    r"|最近的(?:那?[个家])?(?:网点|大厅|地方|政务(?:服务)?中心|办事点|窗口)|就近|附近的?"
)
_SOONEST = re.compile(r"最早|最快|最先|尽[快早]|越[快早]越好|第一个号|头一个号|(?:早|快)一?点的?$")
_QUESTION = re.compile(
    r"[?？吗呢]|(?<![这那])么|什么|多少|怎么|咋|啥|哪|几[个天时样张份次点]|谁|为何|能不能|可不可以|要不要|用不用|多久|(?<!不)([\u3400-\u9fff])[不没]\1|(?:要|有|能|收|得|办|花|贵|远|难|急).{0,6}[不没][?？]?$"
)
_FREE_PLACES = re.compile(
    r"(?:有|剩|空|约(?:得|到)?).{0,6}(?:号|位置?|空|名额|时段|时间)|能(?:不能)?约|可以约|约得[上到]|有没有|满了?[吗没]|还有[吗没么]|有[吗么]?[?？]?$"
    r"|(?:可以|行|成|好|中|合适|方便)(?:吗|么|嘛|不|不行)?[?？]?$"
)
_ABOUT_SERVICE = re.compile(
    r"带|材料|资料|手续|证件|钱|费|多久|几天|多长时间|能拿|拿到|流程|步骤|怎么(?:办|走|去)|在哪|哪里|地址|电话|条件|资格|代办|网上"
)


def stops(heard: Heard) -> bool:
    said = plain(heard.text)
    if _STOP.fullmatch(said):
        return True
    # A guess at the intent alone does not give a place away.
    return heard.act is Act.CANCEL and bool(_GIVES_UP.search(said)) and not means_earlier_booking(heard.text)


def books(text: str) -> bool:
    """办社保卡，约后天下午三点: a booking, though most of it tells a time."""
    return bool(_BOOKS.search(text)) and not is_question(text)


def cancels(heard: Heard) -> bool:
    """At the question whether to cancel, 取消 says yes and 算了 no."""
    said = plain(heard.text)
    return "取消" in said and not re.search("不取消|别取消|不用取消|先别|算了", said)


def gives_back(text: str) -> bool:
    """把社保卡那个退了: a booking that is not wanted any more."""
    return bool(_GIVES_BACK.search(text)) and not (is_question(text) or re.search("[代替]|委托", text))


def means_earlier_booking(text: str) -> bool:
    return bool(_EARLIER_BOOKING.search(text))


def agrees(heard: Heard) -> bool:
    said = plain(heard.text)
    return assents(heard.text) or (heard.act is Act.AFFIRM and not _NO.fullmatch(said))


def disagrees(heard: Heard) -> bool:
    return bool(_NO.fullmatch(plain(heard.text))) or heard.act is Act.DENY


def wants_other_time(text: str) -> bool:
    return bool(_OTHER_TIME.search(text))


def wants_other_office(text: str) -> bool:
    return bool(_OTHER_OFFICE.search(text))


def wants_to_change_person(text: str) -> bool:
    return bool(_OTHER_PERSON.search(text))


def skips(text: str) -> bool:
    return bool(_SKIP.fullmatch(plain(text)))


def leaves_out_id_number(text: str) -> bool:
    """身份证号就不留了, whatever else the sentence says."""
    return bool(_NO_ID_NUMBER.search(text)) and not _WHY.search(text)


def without_id_number(text: str) -> str:
    """The part that tells that none is given."""
    parts = re.split(r"([，,。；;！!？?\s]+)", text)
    return "".join("，" if leaves_out_id_number(part) else part for part in parts)


def refuses_id_number(text: str) -> bool:
    """At the question whether to leave one, where any no will do."""
    if _STOP.fullmatch(plain(text)) and not skips(text):
        return False
    return bool(_REFUSES.search(text)) and not _WHY.search(text) and "〔号码〕" not in text


def same_person(text: str) -> bool:
    return bool(_SAME_PERSON.fullmatch(plain(text)))


def somebody_else(text: str) -> bool:
    return bool(_SOMEBODY_ELSE.fullmatch(plain(text)))


def wants_to_wait(text: str) -> bool:
    return bool(_WAIT.search(text))


def wants_nearest(text: str) -> bool:
    return bool(_NEAREST.search(text))


def without_nearest(text: str) -> str:
    """离我最近的 is no time."""
    return _NEAREST.sub("，", text)


def wants_soonest(text: str) -> bool:
    return bool(_SOONEST.search(text))


def is_question(text: str) -> bool:
    return bool(_QUESTION.search(text))


def asks_about_service(text: str) -> bool:
    """明天下午去要带什么, 几天能拿: about the service, though a time is told."""
    return bool(_ABOUT_SERVICE.search(text))


def asks_for_free_places(text: str) -> bool:
    return bool(_FREE_PLACES.search(text))
