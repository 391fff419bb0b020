"""Name, mobile number and identity number out of one message: 张三 13800138000 110101199003070011."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from service_hall.hearing.who.checks import Details, Fault, check_id_number, check_name, check_phone
from service_hall.hearing.who.masking import write_numbers_plainly
from service_hall.hearing.who.surnames import has_compound_surname, is_like_name

FEWEST_DIGITS = 7
"""Of an answer to the question who comes that is taken for a number, right or wrong."""
# Letter by letter, so that what is found stands at the same place in the message.
_SIMPLIFIED = str.maketrans("機電話號碼證聯繫絡寫給為媽爺", "机电话号码证联系络写给为妈爷")
_PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1\d{10}(?![\dXx])")
_LABELLED_IDENTITY = re.compile(r"(?:身份证件?|证件)(?:号码?)?(?:是|为)?[:：, ]*([A-Za-z]?\d[\d \-]{4,24}[\dXx])")
_LABELLED_PHONE = re.compile(
    r"(?:手机|电话|联系方式|tel|phone)(?:号码?)?(?:是|为)?[:：, ]*(\+?\d[\d \-]{4,20})", re.IGNORECASE
)
# A number that is nearly one of the two is more help named as wrong than passed over.
_NEARLY_IDENTITY = re.compile(r"(?<!\d)\d{15,20}[Xx]?(?!\d)")
_NEARLY_PHONE = re.compile(r"(?<!\d)(?:1\d{8,12}|0\d{2,3}-?\d{7,8})(?!\d)")

_RUN_TOGETHER = re.compile(r"(?<!\d)(?:(1[3-9]\d{9})([1-9]\d{16}[\dXx])|([1-9]\d{16}[\dXx])(1[3-9]\d{9}))(?!\d)")

_KIN = (
    r"(?:爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|老公|老婆|老伴|爱人|先生|太太"
    r"|儿子|女儿|闺女|孙子|孙女|孩子|宝宝|娃|哥|姐|弟|妹)"
)
_NAME_LABEL = (
    r"(?:姓名|名字|全名|(?:办理|预约|申请|联系|经办|办事|当事)人|本人)(?:是|叫|为)?[:：, ]*"
    rf"|(?:我|她|他|俺|咱|人|{_KIN})(?:的?(?:名字|姓名))?(?:就?[叫喊]做?|姓名是|名叫)[ ]*"
    r"|我(?:的名字)?(?:姓名)?是[ ]*|(?:^|[,，。 ])叫"
)
_LABELLED_NAME = re.compile(rf"(?:{_NAME_LABEL})([^\d,，。;；:：!！?？\n]{{1,40}})")
# 我姓孙叫孙悟晴电话是: the name is not marked off on its right.
_CALLED = re.compile(r"(?<=[叫喊])[ ]?([\u3400-\u9fff]{2,4})")
# Of what follows a name, and is seldom in one: 我叫李四要办, 我叫车去大厅.
_NO_PART = re.compile("[去来要到在给想就也都没有能可会办约多几什怎哪是]")
_SPEAKS_OF_NAMES = re.compile("姓名|名字|全名|[叫喊]")
# Whatever follows is the name, though it begins with no surname: 名字叫阿依古丽, 姓名：阿依古丽.
_SURELY_A_NAME = re.compile(r"(?:姓名|名字|全名)(?:是|叫|为)?[:：]|(?:姓名|名字|全名|我名|她名|他名)叫")
_LABELS = re.compile(
    r"(?:我的|本人|的)?(?:姓名|名字|手机号?码?|电话号?码?|联系电话|联系方式|身份证件?号?码?|证件号?码?|号码)(?:是|为)?[:：]?",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r"(?:我的|本人|的)?(?:联系)?(?:手机|电话|身份证|证件|号码).*$|[+#].*$|[吧啊呀哈哦]$")
_BEFORE_NAME = re.compile(r"^(?:还是|就是|是|给|那|就|用|写|填|换成|换|改成|改为|人|我)+(?=[\u3400-\u9fff]{2})")
_LONE_NAME = re.compile(r"[^\s\d,，。;；:：!！?？#]{2,4}")

IsWord = Callable[[str], bool]


def read_details(
    text: str,
    today: date,
    *,
    expect_name: bool = False,
    is_word: IsWord = lambda _: False,
    is_common_word: IsWord = lambda _: False,
    any_of: int = FEWEST_DIGITS,
) -> Details:
    """None for what is not there; a Fault for what is there and cannot be right. A word that stands alone is a name
    only if one was asked for or it stands with a number. `is_word`: of one that could be a name, whether it is none;
    `is_common_word`: the same, asked more strictly, where no number and nothing of the sentence speaks of a name.
    `any_of`: so many digits are taken
    for a try at a number, in whichever way they are written."""
    normal = unicodedata.normalize("NFKC", write_numbers_plainly(text[:1000], any_of)).translate(_SIMPLIFIED)
    said = _PICTURES.sub(" ", normal).strip()
    id_number, rest = _take_id_number(_RUN_TOGETHER.sub(r"\1\3 \2\4", said), today)
    phone, rest = _take_phone(rest)
    is_expected = bool(phone or id_number) or bool(_SPEAKS_OF_NAMES.search(rest))
    name = _find_name(rest, expect_name, bool(phone or id_number), is_word if is_expected else is_common_word)
    return Details(name, phone, id_number)


def _take_id_number(said: str, today: date) -> tuple[str | Fault | None, str]:
    candidates = [*_IDENTITY.finditer(said), *_LABELLED_IDENTITY.finditer(said), *_NEARLY_IDENTITY.finditer(said)]
    return _take(said, [(found, check_id_number(found[found.lastindex or 0], today)) for found in candidates])


def _take_phone(said: str) -> tuple[str | Fault | None, str]:
    candidates = [*_MOBILE.finditer(said), *_LABELLED_PHONE.finditer(said), *_NEARLY_PHONE.finditer(said)]
    return _take(said, [(found, check_phone(found[found.lastindex or 0])) for found in candidates])


def _take(said: str, checked: list[tuple[re.Match[str], str | Fault]]) -> tuple[str | Fault | None, str]:
    """The first that is right, else the first that is wrong; and the text without it."""
    chosen = next((each for each in checked if isinstance(each[1], str)), checked[0] if checked else None)
    if chosen is None:
        return None, said
    found, outcome = chosen
    return outcome, f"{said[: found.start()]}#{said[found.end() :]}"


def _find_name(said: str, asked: bool, beside_number: bool, is_word: IsWord) -> str | Fault | None:
    labelled = [_NEXT_LABEL.sub("", found[1]).strip() for found in _LABELLED_NAME.finditer(said)]
    outcomes = [check_name(name) for name in labelled if name]
    good = [each for each in outcomes if isinstance(each, str) and not is_word(each)]
    if sure := next((name for name in good if is_like_name(name)), None):
        return sure
    if called := next((name for found in _CALLED.finditer(said) if (name := _surnamed(found[1]))), None):
        return called
    is_expected = asked or beside_number
    if is_expected or labelled:
        unlabelled = _LABELS.sub(" ", said) if is_expected else said
        for word in (_BEFORE_NAME.sub("", each) for each in _words(unlabelled)):
            if is_like_name(word) and _is_name(word) and not is_word(word):
                return word
    if good and (is_expected or "·" in good[0] or _SURELY_A_NAME.search(said)):
        return good[0]
    faults = [each for each in outcomes if isinstance(each, Fault)]
    if faults and re.search(r"姓名|名字", said):
        return faults[0]
    words = _words(_LABELS.sub(" ", said))
    if asked and len(words) == 1 and (_LONE_NAME.fullmatch(words[0]) or "·" in words[0]):
        return words[0] if _is_name(words[0]) and not is_word(words[0]) else None
    return None


def _words(said: str) -> list[str]:
    return [word for word in re.split(r"[\s,，。;；:：!！?？#、/|〔〕]+", said) if word]


def _is_name(word: str) -> bool:
    return isinstance(check_name(word), str)


def _surnamed(run: str) -> str:
    """The longest name at the beginning of 孙悟晴电话; '' if there is none."""
    lengths = range(min(len(run), 4 if has_compound_surname(run) else 3), 1, -1)
    names = (run[:n] for n in lengths if not _NO_PART.search(run[1:n]))
    return next((name for name in names if is_like_name(name) and _is_name(name)), "")
