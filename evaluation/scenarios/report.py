"""`python -m evaluation.scenarios.report [id …]`: what is wrong with scenarios, what of their own options they do not
understand, and all their ways walked; with answers as JSON behind one id, the list that they come to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date

from evaluation.library import open_library
from evaluation.scenarios.own_words import not_understood
from knowledge_base.content_files import Content, load_content
from knowledge_base.model import RegionCode
from knowledge_base.published import Published
from knowledge_base.scenarios.model import Scenario
from knowledge_base.standing import Standing
from knowledge_base.statements import Material
from server.settings import Settings
from service_hall.scenarios.all_ways import walk_all
from service_hall.scenarios.asking import question_reply
from service_hall.scenarios.calculators import CALCULATORS
from service_hall.scenarios.checklist import make_checklist
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way
from service_hall.shared.clock import shanghai_now


def main(arguments: list[str]) -> int:
    content, today = load_content(), shanghai_now().date()
    standing = standing_of(content, today)
    if arguments[:1] == ["--item"]:
        print("\n".join(line for item in arguments[1:] for line in _statements(item, standing)))
        return 0
    ids = [each for each in arguments if not each.startswith("{")]
    answers = [json.loads(each) for each in arguments if each.startswith("{")]
    faults = [str(fault) for fault in content.faults if not ids or any(each in fault.file for each in ids)]
    library = open_library()
    for scenario in content.scenarios.values():
        if not ids or scenario.id in ids:
            faults += [f"{scenario.id}: {fault}" for fault in told_of(scenario, standing, today)]
            faults += [f"{scenario.id}: {fault}" for fault in not_understood(scenario, library)]
    for given in answers:
        print(_what_comes(content.scenarios[ids[0]], given, standing, today))
    print("\n".join(faults) or "没有问题")
    return 1 if faults else 0


def standing_of(content: Content, on: date) -> Standing:
    published = Published(
        content.regions, content.catalogue, content.offices, content.documents, content.topics, content.sources
    )
    return Standing(published, RegionCode(Settings().region), on)


def told_of(scenario: Scenario, standing: Standing, on: date) -> list[str]:
    walked = walk_all(scenario, standing, on, CALCULATORS)
    drawn = "" if walked.is_whole else "（抽着走的）"
    print(f"{scenario.id}: 走了{walked.ways}条路{drawn}，最多{walked.longest}个问题，事项{len(walked.items)}个")
    return walked.faults


def _statements(item: str, standing: Standing) -> Iterator[str]:
    """Materials first: what each is called, and whether it has to be decided."""
    guide = standing.guide(item)
    for told in sorted(guide.statements if guide else (), key=lambda each: each.kind != "material"):
        if not isinstance(told, Material):
            yield f"{told.kind:10} {told.id:24} {told.says}"
        elif told.brings == "citizen":
            when = "" if told.required and not told.when else f"【{told.when or '不是必须'}】"
            yield f"{told.kind:10} {told.id:24} {when}{told.name}：{told.says}"


def _what_comes(scenario: Scenario, given: dict[str, object], standing: Standing, on: date) -> str:
    way = find_way(scenario, given, on, CALCULATORS)
    if way.refused:
        return f"{way.refused.node}: {way.refused.says}"
    if way.next:
        return question_reply(way, way.next).text
    return tell_checklist(make_checklist(way.told, standing, None), standing, None).text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
