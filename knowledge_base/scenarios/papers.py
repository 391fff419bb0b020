"""Which papers of different guides are the same thing. What a name alone cannot tell is asked of the editor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.model import Scenario
from knowledge_base.statements import Material, Statement

_CORES = (
    *("身份证", "户口簿", "居住证", "护照", "结婚证", "离婚证", "出生医学证明", "出生证", "死亡医学证明", "死亡证明"),
    *("营业执照", "不动产权证", "房产证", "租赁合同", "租房合同", "购房合同", "劳动合同", "社会保障卡", "社保卡"),
    *("医保码", "银行卡", "银行账户", "驾驶证", "行驶证", "毕业证", "病历", "诊断证明", "委托书", "残疾人证", "退役证"),
    *("健康证", "一寸照片", "证件照"),
)
"""Papers that many counters want."""
_DECORATION = re.compile(r"[（(][^（()）]{0,40}[）)]|有效|居民|本人|申请人|原件|复印件|的")


def bare_name(name: str) -> str:
    """经营者的有效身份证（原件） → 经营者身份证: names that are equal so are one paper."""
    return plain(_DECORATION.sub("", name)) or plain(name)


def papers_alike(scenario: Scenario, items: Mapping[str, Mapping[str, Statement]]) -> Iterator[str]:
    """Papers of two items with the same core that `papers` says nothing of."""
    settled = {reference for paper in scenario.papers for reference in paper.of}
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for reference, name in _brought(scenario, items):
        for core in (each for each in _CORES if each in name):
            named[core][reference] = bare_name(name)
    for core, found in named.items():
        loose = {reference: name for reference, name in found.items() if reference not in settled}
        is_same = len({*found.values()}) == 1 and len(loose) == len(found)
        of_items = {reference.partition("/")[0] for reference in found}
        if loose and len(of_items) > 1 and not is_same:
            yield f"{core}（{'、'.join(sorted(loose))}）"


def _brought(scenario: Scenario, items: Mapping[str, Mapping[str, Statement]]) -> Iterator[tuple[str, str]]:
    """Reference and name of what the citizen may have to bring; not of what is never needed here."""
    for step in scenario.steps:
        for statement in items.get(step.item or "", {}).values():
            if not isinstance(statement, Material) or statement.brings != "citizen":
                continue
            if step.statements.get(statement.id) is not False:
                yield f"{step.item}/{statement.id}", statement.name
