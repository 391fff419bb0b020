"""A figure as it is told: 两个人合伙, 一百来平, 3.5万, 十几万."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cn2an import cn2an

from knowledge_base.language.general_words import general_words
from knowledge_base.measures import WHOLES, counts_alone, counts_another, counts_anything, spoken_of

_HAN = "〇零一二三四五六七八九十百千万亿两半"
# 几十万 and 好几百 name no figure; 十几万 and 20来万 name about one.
_FIGURE = re.compile(
    rf"(?<![几数多好\d])(?P<number>\d{{1,9}}(?:\.\d{{1,4}})?|[{_HAN}]{{1,10}})"
    r"(?P<about>[来几]|(?<=[百千万])把|多(?!少)|余)?(?P<scale>[百千万亿]?)(?P<more>[来几]|多(?!少)|余)?"
)
# 百来平, 千把块, 百十来个: of one hundred or thousand the one is left unsaid.
_ONE_UNSAID = re.compile(rf"(?<![{_HAN}几数多好上成\d])(?P<whole>[百千万])(?P<ten>十?)(?=[来把多余])")
# 两三个, 四五十: one or the other.
_EITHER = re.compile(r"(?<![一二三四五六七八九两])[一二三四五六七八九两]{2}(?![一二三四五六七八九两])")
# -3, 负三, 1-3: below nothing, or from one to the other.
_BELOW_OR_BETWEEN = re.compile(rf"[-－—–~～负][\d{_HAN}]")
_AROUND_AMOUNT = re.compile(
    r"^(?:就|只|有|才|一共|共|大概|大|约|差不多|负|[\s－-])*+|(?<![吧呢啊的左右。！!\s])[吧呢啊的左右。！!\s]++$"
)
_BARE = re.compile(rf"[\s选第]*+(?:[0-9０-９]{{1,9}}+(?:[.．][0-9０-９]{{1,4}}+)?|[{_HAN}]{{1,10}}+)[\s个号。.]*+")
_TWINS = re.compile("双胞胎|龙凤胎|双胎")
_SCALES: Mapping[str, int] = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NO_MORE = ("来", "把")
"""About so many, and perhaps a little less."""
_IN_YEARS = ("年", "岁")
_NOT_WHOLE = ("不到", "不满", "没到", "没满", "未满", "差点")
_MONTHS, _ = WHOLES["年"]
_IN_MONTHS = tuple(form for form in spoken_of("月") if form != "月")
"""八个月 counts them; 八月 names one."""


@dataclass(frozen=True)
class Figure:
    value: int | float
    is_about: bool
    """十几万: somewhere above; taken in the middle of what it may be. 一百来平 may be a little less, too."""


def read_figure_said(text: str, unit: str) -> Figure | None:
    """两个人合伙, 一百来平, 3.5万; the one that stands before the unit, else the only one that stands before no other:
    一套房子 tells no years. Of years the whole ones: 不到三年 are two, 八个月 none."""
    said = _in_full(text)
    if _BELOW_OR_BETWEEN.search(said):
        return None
    found = list(_figures(said))
    measured = [pair for pair in found if said[pair[0].end() :].startswith(spoken_of(unit))] if unit else []
    if not measured and unit in _IN_YEARS:
        if said.startswith(f"半{unit}") or said == "半年":
            return Figure(0, is_about=False)
        in_months = [pair for pair in found if said[pair[0].end() :].startswith(_IN_MONTHS)]
        if len(in_months) == 1:
            return Figure(int(in_months[0][1].value) // _MONTHS, is_about=False)
    unmeasured = [pair for pair in found if _counts_on_its_own(said, pair[0], unit)]
    told = {_whole(said[: each.start()], figure, unit) for each, figure in measured or unmeasured}
    return told.pop() if len(told) == 1 else None


def figures_in(text: str) -> Iterator[tuple[int, int, float]]:
    """Where each begins and ends, and what it is: those of a label, as it is written."""
    yield from ((found.start(), found.end(), float(figure.value)) for found, figure in _figures(text))


def is_amount(text: str) -> bool:
    """0个人, 就三口人: a figure with what it counts, and nothing else."""
    said = _AROUND_AMOUNT.sub("", _in_full(text))
    found = _FIGURE.match(said)
    return found is not None and _number(found["number"]) is not None and counts_alone(said[found.end() :])


def says_only_number(text: str) -> bool:
    """5, 第三, 100: and not what it counts."""
    return _BARE.fullmatch(text) is not None


def _in_full(text: str) -> str:
    said = _TWINS.sub("两胞胎", text.replace(",", ""))
    return _ONE_UNSAID.sub(lambda found: f"一{found['whole']}{'一十' if found['ten'] else ''}", said)


def _counts_on_its_own(said: str, found: re.Match[str], unit: str) -> bool:
    return not (_is_of_another(said[found.end() :], unit) or _is_part_of_a_word(said, found))


def _is_part_of_a_word(said: str, found: re.Match[str]) -> bool:
    """改一下, 五金, 统一: one numeral alone that is no number there. 三个 and 三口 count."""
    before, after = said[: found.start()][-1:], said[found.end() :]
    if found[0] not in _HAN or counts_anything(after):
        return False
    words = general_words().FREQ
    return bool(before and words.get(before + found[0])) or bool(after and words.get(found[0] + after[0]))


def _is_of_another(after: str, unit: str) -> bool:
    return counts_another(after, unit) or (unit in _IN_YEARS and after.startswith("个"))


def _whole(before: str, figure: Figure, unit: str) -> Figure:
    if unit in _IN_YEARS and before.endswith(_NOT_WHOLE):
        return Figure(max(0, int(figure.value) - 1), is_about=False)
    return figure


def _figures(said: str) -> Iterator[tuple[re.Match[str], Figure]]:
    for each in _FIGURE.finditer(said):
        number = _number(each["number"])
        if number is None:
            continue
        about = each["about"] or each["more"] or ""
        scale = _SCALES[each["scale"]]
        if each["more"] and scale > 1 and not each["about"]:  # 3万多: between three and four of them
            number, about = number * scale, each["more"]
            value = number + (_place_of(number) / 2 if about not in _NO_MORE else 0)
        else:
            value = (number + (_place_of(number) / 2 if about and about not in _NO_MORE else 0)) * scale
        yield each, Figure(int(value) if value == value.to_integral_value() else float(value), bool(about))


def _place_of(number: Decimal) -> Decimal:
    """Of its last figure that is not nothing: 10 of 30, 100 of 1,200."""
    place = Decimal(1)
    while number and number % (place * 10) == 0:
        place *= 10
    return place


def _number(written: str) -> Decimal | None:
    said = written.replace("两", "二").replace("〇", "零")
    if written == "半" or _EITHER.search(written):
        return None
    try:
        return Decimal(said) if said[0].isdigit() else Decimal(str(cn2an(said, "smart")))
    except (ValueError, ArithmeticError):
        return None
