"""Name, mobile number and identity number out of one message: 张三 13800138000 110101199003070011."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from service_hall.appointments.person import Details, Fault, check_id_number, check_name, check_phone

_GAP = r"[ \-—–]?"
_IDENTITY = re.compile(
    rf"(?<!\d)\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?!\d)|(?<!\d)(?:\d{{4}} ){{4}}\d[\dXx](?!\d)"
)
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?1\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?![\dXx])")
_LABELLED_IDENTITY = re.compile(r"(?:身份证件?|证件)(?:号码?)?(?:是|为)?[:：, ]*([A-Za-z]?\d[\d \-]{4,24}[\dXx])")
_LABELLED_PHONE = re.compile(
    r"(?:手机|电话|联系方式|tel|phone)(?:号码?)?(?:是|为)?[:：, ]*(\+?\d[\d \-]{4,20})", re.IGNORECASE
)
# A number that is nearly one of the two is more help named as wrong than passed over.
_NEARLY_IDENTITY = re.compile(r"(?<!\d)\d{15,20}[Xx]?(?!\d)")
_NEARLY_PHONE = re.compile(r"(?<!\d)(?:1\d{8,12}|0\d{2,3}-?\d{7,8})(?!\d)")

_RUN_TOGETHER = re.compile(r"(?<!\d)(?:(1[3-9]\d{9})([1-9]\d{16}[\dXx])|([1-9]\d{16}[\dXx])(1[3-9]\d{9}))(?!\d)")

_NAME_LABEL = (
    r"(?:姓名|名字|办理人|预约人|申请人|联系人|本人)(?:是|叫|为)?[:：, ]*|我(?:的名字)?(?:叫做?|姓名是|是)[ ]*|^叫"
)
_LABELLED_NAME = re.compile(rf"(?:{_NAME_LABEL})([^\d,，。;；:：!！?？\n]{{1,40}})")
_LABELS = re.compile(
    r"(?:我的|本人|的)?(?:姓名|名字|手机号?码?|电话号?码?|联系电话|联系方式|身份证件?号?码?|证件号?码?|号码)(?:是|为)?[:：]?",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r"(?:我的|本人|的)?(?:联系)?(?:手机|电话|身份证|证件|号码).*$| *[+#].*$|[吧啊呀哈哦]$")
_LONE_NAME = re.compile(r"[^\s\d,，。;；:：!！?？#]{2,4}")


def read_details(text: str, today: date, *, expect_name: bool = False) -> Details:
    """None for what is not there; a Fault for what is there and cannot be right. A word that stands alone is a name
    only if one was asked for or it stands with a number."""
    said = unicodedata.normalize("NFKC", text[:1000]).strip()
    id_number, rest = _take_id_number(_RUN_TOGETHER.sub(r"\1\3 \2\4", said), today)
    phone, rest = _take_phone(rest)
    return Details(_find_name(rest, expect_name or bool(phone or id_number)), phone, id_number)


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


def _find_name(said: str, lone: bool) -> str | Fault | None:
    labelled = [_NEXT_LABEL.sub("", found[1]).strip() for found in _LABELLED_NAME.finditer(said)]
    outcomes = [check_name(name) for name in labelled if name]
    if good := next((each for each in outcomes if isinstance(each, str)), None):
        return good
    if re.search(r"姓名|名字", said) and outcomes:
        return outcomes[0]
    if not lone:
        return None
    words = [word for word in re.split(r"[\s,，。;；:：!！?？#、/|]+", _LABELS.sub(" ", said)) if word]
    if len(words) == 1 and (_LONE_NAME.fullmatch(words[0]) or "·" in words[0]):
        name = check_name(words[0])
        return name if isinstance(name, str) else None
    return None
