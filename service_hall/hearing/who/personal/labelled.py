"""Numbers that only the words before them make personal: 台胞证12345678, 我家电话66668888, 手机1380013800."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service_hall.hearing.who.personal.everyday import Everyday
from service_hall.hearing.who.personal.folding import DIGIT, narrow
from service_hall.hearing.who.personal.found import Found, Kind
from service_hall.hearing.who.personal.runs import Group, runs_in, whole

_NUMBER_WORD = r"(?P<word>证?件?号码?|编号|卡号|账号|帐号|NO\.?|NUMBER|[\u4e00-\u9fff]字第)?"
_IS = r"[\s是为:=#(]{0,4}"
_DIGITS = rf"(?P<said>[A-Z]{{0,3}}[\s\-]?{DIGIT}(?:[\s\-–—.·/_]{{0,2}}{DIGIT}){{5,24}}X?)"
_LABELS = tuple(
    (kind, re.compile(rf"(?:{label}){_IS}{_DIGITS}"))
    for kind, label in (
        (Kind.IDENTITY, rf"(?:身份证|身分证|身份|居住证){_NUMBER_WORD}"),
        (
            Kind.DOCUMENT,
            r"(?:护照|通行证|台胞证|回乡证|返乡证|居留许可|居留证|永居证|绿卡|残疾人?证|残证|军官证|士兵证|警官证|驾驶证|驾照"
            rf"|结婚证|离婚证|出生证明?|出生医学证明|学籍|档案|证件|PASSPORT|HKID){_NUMBER_WORD}",
        ),
        (
            Kind.CARD,
            r"(?:卡号|账号|帐号|账户|帐户|户号)码?|(?:银行卡|信用卡|储蓄卡|社保卡|医保卡|市民卡|公积金|社保|医保|个人)(?:号码?|编号|卡|账号)",
        ),
        (Kind.NUMBER, r"QQ号?码?|微信号?码?|VX号?"),
    )
)
_BOX = re.compile(r"(?:微信|VX|WX)号?码?(?:[\s是为:=]{1,3}|(?<=号)|(?<=码))(?P<said>[A-Z][A-Z0-9_\-]{5,19})")
# A mobile with a digit too few or too many.
_PHONE = re.compile(
    r"(?:手机|电话|联系方式|TEL|PHONE|MOBILE)(?:号码?)?[\s是为:=]{0,3}"
    rf"(?P<said>[1１][3-9３-９](?:[\s\-–—.·/_]{{0,2}}{DIGIT}){{7,11}}(?!{DIGIT}))"
)
_KIN = "[爸妈爹娘爷奶公婆哥姐弟妹儿女]|父亲|母亲|老公|老婆|老伴|爱人|丈夫|妻子|儿子|女儿|孩子"
_LANDLINE = (
    rf"(?P<said>(?:[0０]{DIGIT}{{2,3}}[\s\-]{{0,2}})?[2-8２-８](?:[\s\-]?{DIGIT}){{6,7}}(?:-[0-9]{{1,5}})?(?!{DIGIT}))"
)
_PHONE_WORD = r"(?:座机|固话|固定电话|宅电|电话|联系电话|联系方式|号码)(?:号码?)?[\s是为:]{0,3}"
# Halls' landlines are public. A person's is known by its owner, or by the line of a form that it fills in.
_OWNED = re.compile(
    rf"(?:(?:我|俺|咱|他|她|本人|自己|(?:{_KIN}))(?:们|的|家里?的?|单位的?){{0,2}}|(?:家里?|家庭|住宅)的?){_PHONE_WORD}{_LANDLINE}"
    rf"|(?:^|[\n,;。])\s?(?:联系|家庭|住宅|固定)?(?:电话|座机|固话)(?:号码?)?\s?:\s?{_LANDLINE.replace('said', 'also')}"
)


def find_labelled(text: str) -> Iterator[Found]:
    """`text`: folded."""
    everyday = Everyday(text)
    for kind, pattern in _LABELS:
        for found in pattern.finditer(text):
            if found.groupdict().get("word") or not _is_everyday(text, found, everyday):
                yield _found(kind, found, "said")
    for found in _PHONE.finditer(text):
        yield _found(Kind.NUMBER, found, "said")
    for found in _BOX.finditer(text):
        yield _found(Kind.NUMBER, found, "said")
    for found in _OWNED.finditer(text):
        yield _found(Kind.NUMBER, found, "said" if found["said"] else "also")


def _is_everyday(text: str, found: re.Match[str], everyday: Everyday) -> bool:
    """身份证20261231到期, 公积金账户120000元."""
    run = next(runs_in(found["said"]))
    at = found.start("said")
    groups = [Group(at + each.start, at + each.end, each.digits) for each in run.groups]
    return everyday.explains(whole(text, groups))


def _found(kind: Kind, found: re.Match[str], part: str) -> Found:
    said = re.sub("[^0-9A-Z]", "", narrow(found[part]))
    return Found(kind, found.start(part), found.end(part), said)
